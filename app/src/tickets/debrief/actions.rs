//! Each action with what it showed and ruled out, and the reference path beside one's own.

use std::collections::BTreeMap;

use domain::ids::TicketId;
use engine::ticket::cause::titles_of;
use engine::ticket::verdict::Evidence;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::forms::failure_of;
use crate::tickets::api::{EntryView, Fork};
use crate::tickets::seen::Seen;
use crate::tickets::words::span;
use crate::ui::{Badge, BadgeKind, ErrorSummary};

#[component]
pub fn Actions(
    ticket: TicketId,
    entries: Vec<EntryView>,
    evidence: Vec<Evidence>,
    /// After how many actions each hint was taken, its text and its cost.
    hints: Vec<(u32, String, u16)>,
    /// In practice one can continue differently from any action.
    practice: bool,
) -> AnyView {
    let ruled_out: BTreeMap<u32, Vec<String>> = evidence.into_iter().map(|one| (one.action, one.excludes)).collect();
    let mut hints = hints.into_iter().peekable();
    let first_change = entries.iter().find(|entry| entry.changed).map(|entry| entry.number);
    let failure = failure_of(Fork::PATH);
    let last = entries.len();
    let rows: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            let excludes = ruled_out.get(&entry.number).map(|ids| titles_of(ids));
            let hints: Vec<_> = std::iter::from_fn(|| hints.next_if(|(after, ..)| *after < entry.number)).map(hint).collect();
            let fork = practice && usize::try_from(entry.number) != Ok(last);
            view! { {hints} {row(entry, excludes, fork)} }
        })
        .collect();
    let before = first_change
        .map(|first| format!("The first change was action {first}. Only what was seen before it narrows the cause down."));
    view! {
        <section aria-labelledby="debrief-actions">
            <h2 id="debrief-actions">"What you did, and what it showed"</h2>
            <p class="quiet">{before}</p>
            {failure.map(|failure| view! { <ErrorSummary message=failure.error.to_string() fields=Vec::new()/> })}
            <form method="post" action=Fork::PATH>
                <input type="hidden" name="from" value=format!("/tickets/{ticket}/debrief")/>
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <ol class="told-actions">{rows}</ol>
            </form>
        </section>
    }
    .into_any()
}

fn hint((_, text, cost): (u32, String, u16)) -> AnyView {
    view! { <li class="told-hint"><Badge kind=BadgeKind::Warning>"hint"</Badge> " " {text} {format!(" (−{cost})")}</li> }
        .into_any()
}

fn row(entry: EntryView, excludes: Option<String>, fork: bool) -> AnyView {
    let number = entry.number;
    let excludes = excludes.map(|titles| view! { <p class="told-evidence">"Ruled out: " {titles}</p> });
    let changed = entry.changed.then(|| view! { <Badge kind=BadgeKind::Accent>"changed something"</Badge> });
    let fork = fork.then(|| {
        view! {
            <button class="button button-quiet" type="submit" name="actions" value=number.to_string()>
                "Continue differently from here" <span class="visually-hidden">", after action " {number}</span>
            </button>
        }
    });
    view! {
        <li class="told-action" id=format!("action-{number}") tabindex="-1">
            <p>
                <span class="told-number">{number} "."</span> " " {entry.told} " " {changed}
                <span class="quiet small">" " {entry.at} ", took " {span(entry.took)}</span>
            </p>
            {excludes}
            <div class="row">
                <details class="told-seen">
                    <summary>"What was shown" <span class="visually-hidden">" by action " {number}</span></summary>
                    <Seen shown=entry.shown/>
                </details>
                {fork}
            </div>
        </li>
    }
    .into_any()
}

/// One's own path and the one that the author took.
#[component]
pub fn Paths(own: Vec<String>, reference: Vec<String>) -> AnyView {
    let list = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    view! {
        <section aria-labelledby="debrief-paths">
            <h2 id="debrief-paths">"Your path and one that solves it"</h2>
            <p class="quiet">"There is more than one good path. This one was written by the author of the ticket."</p>
            <div class="paths">
                <div>
                    <h3>"Yours"</h3>
                    <ol>{list(own)}</ol>
                </div>
                <div>
                    <h3>"Reference"</h3>
                    <ol>{list(reference)}</ol>
                </div>
            </div>
        </section>
    }
    .into_any()
}
