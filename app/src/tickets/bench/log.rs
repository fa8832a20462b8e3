//! Everything that was done, and the way back: undo, or go back to any action. Practice only; in an assessment it is a list.

use domain::tickets::Mode;
use leptos::prelude::*;

use super::island::part;
use super::state::BenchState;
use crate::tickets::api::{Asked, EntryView};

#[component]
pub fn Log(bench: BenchState) -> AnyView {
    let practice = bench.mode == Mode::Practice;
    let rows =
        move || bench.entries.with(|entries| entries.iter().map(|entry| row(bench, entry, entries.len())).collect::<Vec<_>>());
    let empty = move || bench.entries.with(Vec::is_empty);
    let undo = move |_| {
        let to = bench.entries.with_untracked(|entries| u32::try_from(entries.len().saturating_sub(1)).unwrap_or(u32::MAX));
        bench.ask(Asked::Rewind { to }, Box::new(|_| {}));
    };
    let content = view! {
        {move || empty().then(|| view! { <p class="quiet small">"Nothing yet."</p> })}
        <ol class="done-list">{rows}</ol>
        {practice
            .then(|| {
                view! {
                    <button class="button button-secondary" type="button" disabled=empty on:click=undo>
                        "Undo the last action"
                    </button>
                }
            })}
    };
    part("part-log", "What you did", false, content.into_any())
}

fn row(bench: BenchState, entry: &EntryView, all: usize) -> AnyView {
    let number = entry.number;
    let back = (bench.mode == Mode::Practice && usize::try_from(number) != Ok(all)).then(|| {
        view! {
            <button
                class="link-button small"
                type="button"
                on:click=move |_| bench.ask(Asked::Rewind { to: number }, Box::new(|_| {}))
            >
                "Go back to here"
                <span class="visually-hidden">", after action " {number}</span>
            </button>
        }
    });
    let changed = entry.changed.then(|| view! { <span class="badge badge-accent">"changed something"</span> });
    view! {
        <li>
            <span class="quiet small">{entry.at.clone()} " "</span>
            {entry.told.clone()}
            " "
            {changed}
            " "
            {back}
        </li>
    }
    .into_any()
}
