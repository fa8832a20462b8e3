//! The bench: everything one does on a ticket. One island, because all of it shows the same log.

use leptos::prelude::*;

use super::close::{HandOver, Resolve};
use super::head::{Failure, Foot, Head, TheoryWanted};
use super::here::Here;
use super::hints::Hints;
use super::log::Log;
use super::notes::Notes;
use super::spot::Spot;
use super::state::{BenchState, Pane};
use super::talk::Talk;
use super::text::TextView;
use super::theory::TheoryForm;
use super::ticket::Request;
use crate::tickets::api::BenchView;

/// `text`: everything as text; `spot`: where one was when the page was left.
#[cfg_attr(feature = "bench", island)]
#[cfg_attr(not(feature = "bench"), component)]
pub fn Bench(view: BenchView, text: bool, spot: Spot) -> impl IntoView {
    let bench = BenchState::new(view, spot);
    Effect::new(move || bench.take_over());
    let content = if text { view! { <TextView bench/> }.into_any() } else { view! { <Panes bench/> }.into_any() };
    view! {
        <article class="bench" aria-label="Bench">
            <Head bench text/>
            <Failure bench/>
            <TheoryWanted bench text/>
            {content}
            <Foot bench/>
        </article>
    }
}

#[component]
fn Panes(bench: BenchState) -> AnyView {
    // Of an exam the state at its end is all that counts.
    let own = bench.exam().is_none();
    let pane = bench.pane;
    let class = move || match pane.get() {
        Pane::Desk => "bench-panes bench-desk-first",
        Pane::Company => "bench-panes bench-company-first",
    };
    let button = move |which: Pane, label: &'static str| {
        view! {
            <button
                class="button button-secondary"
                type="button"
                aria-pressed=move || (pane.get() == which).to_string()
                on:click=move |_| pane.set(which)
            >
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="bench-switch" role="group" aria-label="What is in view">
            {button(Pane::Desk, "Ticket")} {button(Pane::Company, "Company")}
        </div>
        <div class=class>
            <section class="bench-desk" aria-label="Ticket and people">
                <Request bench/>
                <Talk bench/>
                {own.then(|| view! { <TheoryForm bench/> <Notes bench/> <Hints bench/> })}
                <Log bench/>
                {own.then(|| view! { <Resolve bench/> <HandOver bench/> })}
            </section>
            <section class="bench-company" aria-label="Company and devices">
                <Here bench/>
            </section>
        </div>
    }
    .into_any()
}

/// A part of the left side that can be folded away.
pub fn part(id: &'static str, title: &'static str, open: bool, content: AnyView) -> AnyView {
    view! {
        <details class="bench-part" id=id open=open>
            <summary>
                <h2>{title}</h2>
            </summary>
            <div class="bench-part-body">{content}</div>
        </details>
    }
    .into_any()
}

/// Opens a part and puts the focus on one of its fields.
pub fn open_part(bench: BenchState, id: &'static str, field: &'static str) {
    use wasm_bindgen::JsCast;
    if let Some(part) = document().get_element_by_id(id).and_then(|part| part.dyn_into::<web_sys::HtmlDetailsElement>().ok()) {
        part.set_open(true);
    }
    bench.pane.set(Pane::Desk);
    super::state::focus_soon(field);
}
