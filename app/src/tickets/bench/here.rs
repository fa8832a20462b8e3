//! The centre: where one is, and what is there.

use leptos::either::Either;
use leptos::prelude::*;

use super::device::Device;
use super::panel::Panel;
use super::site::{Room, Site};
use super::spot::{self, Spot, Terminal};
use super::state::BenchState;
use super::terminal::TerminalView;
use crate::tickets::words;

#[component]
pub fn Here(bench: BenchState) -> AnyView {
    let anew = Anew::default();
    let content = move || {
        anew.build(match bench.spot.get() {
            Spot::Site => view! { <Site bench/> }.into_any(),
            Spot::Room(place) => view! { <Room bench place/> }.into_any(),
            Spot::Device(device) => view! { <Device bench device/> }.into_any(),
            Spot::Panel(device, panel) => view! { <Panel bench device panel/> }.into_any(),
            Spot::Terminal(terminal) => view! { <TerminalView bench terminal/> }.into_any(),
        })
    };
    view! {
        <Trail bench/>
        <OpenTerminals bench/>
        <h2 class="bench-here" id="bench-here" tabindex="-1">
            {move || title(bench, bench.spot.get())}
        </h2>
        {content}
    }
    .into_any()
}

/// Builds a view from nothing each time, so that no control keeps what another has held before: the two sides take turns.
#[derive(Clone, Copy)]
pub struct Anew(StoredValue<bool>);

impl Default for Anew {
    fn default() -> Self {
        Self(StoredValue::new(false))
    }
}

impl Anew {
    pub fn build(self, view: AnyView) -> Either<AnyView, AnyView> {
        self.0.update_value(|turn| *turn = !*turn);
        if self.0.get_value() { Either::Left(view) } else { Either::Right(view) }
    }
}

pub fn title(bench: BenchState, spot: Spot) -> String {
    match spot {
        Spot::Site => bench.about.with_value(|view| view.company.clone()),
        Spot::Room(place) => {
            bench.about.with_value(|view| view.places.get(usize::from(place)).map(|place| place.name.clone()).unwrap_or_default())
        }
        Spot::Device(device) => bench.name_of(device),
        Spot::Panel(device, panel) => format!("{}: {}", bench.name_of(device), panel.title()),
        Spot::Terminal(terminal) => terminal_title(bench, terminal),
    }
}

pub fn terminal_title(bench: BenchState, terminal: Terminal) -> String {
    format!("{}: {}", bench.name_of(terminal.device), words::shell(terminal.shell, terminal.elevated))
}

/// Site › room › device › view. The last is the heading below.
#[component]
fn Trail(bench: BenchState) -> AnyView {
    let links = move || {
        let here = bench.spot.get();
        let mut above = vec![(Spot::Site, "Site".to_owned())];
        bench.about.with_value(|view| {
            let place = match here {
                Spot::Room(place) => Some(place),
                _ => here.device().and_then(|id| spot::device(view, id)).map(|device| device.place),
            };
            if let Some(place) = place {
                above.extend(spot::path_of(view, place).into_iter().map(|(at, name)| (Spot::Room(at), name)));
            }
            if let Some(device) = here.device() {
                above.push((Spot::Device(device), spot::device_name(view, device)));
            }
        });
        above.retain(|(spot, _)| *spot != here);
        above.into_iter().map(|(spot, name)| view! { <li>{go_button(bench, spot, name)}</li> }).collect::<Vec<_>>()
    };
    view! {
        <nav class="breadcrumbs" aria-label="Where you are">
            <ol class="breadcrumbs-list">
                {links}
                <li>
                    <span aria-current="location">{move || last(bench, bench.spot.get())}</span>
                </li>
            </ol>
        </nav>
    }
    .into_any()
}

fn last(bench: BenchState, spot: Spot) -> String {
    match spot {
        Spot::Site => "Site".to_owned(),
        Spot::Panel(_, panel) => panel.title().to_owned(),
        Spot::Terminal(terminal) => words::shell(terminal.shell, terminal.elevated).to_owned(),
        other => title(bench, other),
    }
}

pub fn go_button(bench: BenchState, spot: Spot, label: String) -> AnyView {
    view! {
        <button class="link-button" type="button" on:click=move |_| bench.go(spot)>
            {label}
        </button>
    }
    .into_any()
}

/// Command lines stay open; each is one press away from anywhere.
#[component]
fn OpenTerminals(bench: BenchState) -> AnyView {
    let tabs = move || {
        let here = bench.spot.get();
        bench
            .terminals
            .get()
            .into_iter()
            .map(|terminal| {
                let current = here == Spot::Terminal(terminal);
                view! {
                    <li>
                        <button
                            class="terminal-tab"
                            type="button"
                            aria-pressed=current.to_string()
                            on:click=move |_| bench.go(Spot::Terminal(terminal))
                        >
                            {terminal_title(bench, terminal)}
                        </button>
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    let any = move || bench.terminals.with(|open| !open.is_empty());
    view! {
        <nav class="terminal-tabs" aria-label="Open terminals" hidden=move || !any()>
            <ul class="terminal-tabs-list">{tabs}</ul>
        </nav>
    }
    .into_any()
}
