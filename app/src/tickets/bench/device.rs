//! A device: its panels, its command lines, and hands.

use engine::panel::PanelKind;
use engine::physical::Act;
use engine::ticket::Action;
use engine::world::DeviceId;
use leptos::prelude::*;

use super::site::links_of;
use super::spot::{self, Spot, Terminal};
use super::state::BenchState;
use crate::tickets::api::{PlaceToWork, ShellView};
use crate::tickets::seen::Seen;
use crate::tickets::words;
use crate::ui::Skeleton;

#[component]
pub fn Device(bench: BenchState, device: DeviceId) -> AnyView {
    let facts = bench.about.with_value(|view| {
        let found = spot::device(view, device)?;
        let users: Vec<_> =
            view.people.iter().filter(|person| person.device == Some(device)).map(|person| person.name.clone()).collect();
        Some((format!("{}, {}", words::device_kind(found.kind), found.model), users.join(", "), links_of(view, device)))
    });
    let (what, users, links) = facts.unwrap_or_default();
    let row = |label: &'static str, value: String| (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd>{value}</dd> });
    view! {
        <dl class="facts">{row("What it is", what)} {row("Used by", users)} {row("Connected to, as documented", links)}</dl>
        <Look bench device/>
        {move || match bench.around.get() {
            Some(around) if around.device == device => ways(bench, around),
            _ => view! { <Skeleton label="Looking what can be done here" lines=4/> }.into_any(),
        }}
    }
    .into_any()
}

/// Eyes only: lights, screen, cables.
#[component]
fn Look(bench: BenchState, device: DeviceId) -> AnyView {
    let seen = move || {
        bench.entries.with(|entries| {
            let last = entries.iter().rev().find(|entry| entry.action == Action::Physical(Act::Look(device)))?;
            Some((last.at.clone(), last.shown.clone()))
        })
    };
    view! {
        <div class="row">
            <button
                class="button button-secondary"
                type="button"
                id="device-look"
                on:click=move |_| bench.act(Action::Physical(Act::Look(device)))
            >
                "Go there and look at it"
            </button>
        </div>
        <div class="bench-look" role="status">
            {move || seen().map(|(at, shown)| view! { <p class="quiet small">"Seen at " {at}</p> <Seen shown/> })}
        </div>
    }
    .into_any()
}

fn ways(bench: BenchState, around: PlaceToWork) -> AnyView {
    let PlaceToWork { device, panels, shells } = around;
    let bench_panel = Spot::Panel(device, PanelKind::Bench);
    let hands = panels.contains(&PanelKind::Bench).then(|| way(bench, bench_panel, "Parts, cables, power, shelf"));
    let panels: Vec<_> = panels.into_iter().filter(|panel| *panel != PanelKind::Bench).collect();
    let panels: Vec<_> = words::panel_groups(&panels).into_iter().map(|group| panel_group(bench, device, group)).collect();
    let commands: Vec<_> = shells.iter().map(known).collect();
    let shells: Vec<_> = shells.iter().flat_map(|shell| lines(bench, device, shell)).collect();
    view! {
        {(!shells.is_empty()).then(|| view! { <h3>"Command lines"</h3> <ul class="ways">{shells}</ul> })}
        {(!panels.is_empty()).then(|| view! { <h3>"Panels"</h3> <dl class="way-groups">{panels}</dl> })}
        {hands.map(|hands| view! { <h3>"Hands"</h3> <ul class="ways">{hands}</ul> })}
        <details class="disclosure">
            <summary>"What can I do here?"</summary>
            <div class="disclosure-body">
                <p>"A panel shows the state of one thing and offers what can be changed in it. Looking costs a few seconds of the company's time, working with hands costs minutes."</p>
                {commands}
            </div>
        </details>
    }
    .into_any()
}

fn panel_group(bench: BenchState, device: DeviceId, (about, panels): (&'static str, Vec<PanelKind>)) -> AnyView {
    let panels: Vec<_> = panels.into_iter().map(|panel| way(bench, Spot::Panel(device, panel), panel.title())).collect();
    view! {
        <div>
            <dt>{about}</dt>
            <dd>
                <ul class="ways">{panels}</ul>
            </dd>
        </div>
    }
    .into_any()
}

fn way(bench: BenchState, spot: Spot, label: &'static str) -> AnyView {
    view! {
        <li>
            <button class="way" type="button" on:click=move |_| bench.go(spot)>
                {label}
            </button>
        </li>
    }
    .into_any()
}

/// With and without an administrator's rights, where the system knows the difference.
fn lines(bench: BenchState, device: DeviceId, shell: &ShellView) -> Vec<AnyView> {
    let both: &[bool] = if shell.kind == engine::shell::ShellKind::Ios { &[false] } else { &[false, true] };
    let line = |elevated: &bool| {
        let terminal = Terminal { device, shell: shell.kind, elevated: *elevated };
        way(bench, Spot::Terminal(terminal), words::shell(shell.kind, *elevated))
    };
    both.iter().map(line).collect()
}

/// The commands that a shell knows, without saying which of them helps.
pub fn known(shell: &ShellView) -> AnyView {
    view! {
        <p>
            <strong>{words::shell(shell.kind, false)}</strong>
            " knows: "
            <code>{shell.commands.join(", ")}</code>
        </p>
    }
    .into_any()
}
