//! Notes for whoever reads the ticket next.

use engine::ticket::Action;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::fields::{SECONDARY, area, sent, submit, value};
use super::island::part;
use super::state::BenchState;

#[component]
pub fn Notes(bench: BenchState) -> AnyView {
    let written = move || {
        bench.entries.with(|entries| {
            entries
                .iter()
                .filter_map(|entry| match &entry.action {
                    Action::Note(text) => {
                        Some(view! { <li><span class="quiet small">{entry.at.clone()} " "</span> {text.clone()}</li> })
                    }
                    _ => None,
                })
                .collect::<Vec<_>>()
        })
    };
    let write = move |event: SubmitEvent| {
        let Some(form) = sent(&event) else { return };
        let text = value(&form, "note");
        if !text.is_empty() {
            bench.act_then(Action::Note(text), move || form.reset());
        }
    };
    let content = view! {
        <ul class="note-list">{written}</ul>
        <form class="form" on:submit=write>
            {area("note", "A note for the ticket", "What you saw and what you did, so that a colleague can go on from here.", true)}
            {submit("Add the note", SECONDARY, bench.pending)}
        </form>
    };
    part("part-notes", "Notes", false, content.into_any())
}
