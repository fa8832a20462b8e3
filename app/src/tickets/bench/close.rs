//! The two ways a ticket ends: resolved, or handed over with what was seen.

use engine::ticket::Action;
use engine::ticket::action::{Escalation, Level, Resolution};
use engine::ticket::script;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::fields::{PRIMARY, area, select, sent, submit, tick, value, values};
use super::island::part;
use super::state::BenchState;
use crate::tickets::api::EntryView;
use crate::tickets::words;

#[component]
pub fn Resolve(bench: BenchState) -> AnyView {
    let resolve = move |event: SubmitEvent| {
        let Some(form) = sent(&event) else { return };
        let get = |name: &str| value(&form, name);
        bench.act(Action::Resolve(Resolution {
            cause: get("resolve-cause"),
            change: get("resolve-change"),
            verification: get("resolve-verification"),
            prevention: get("resolve-prevention"),
        }));
    };
    let content = view! {
        <p class="quiet small">"Closes the ticket and gives the verdict. Look again and ask the person first."</p>
        <form class="form" on:submit=resolve>
            {area("resolve-cause", "What it was", "", true)}
            {area("resolve-change", "What you changed", "", true)}
            {area("resolve-verification", "How you know that it works", "", true)}
            {area("resolve-prevention", "What keeps it from coming back", "", false)}
            {submit("Resolve the ticket", PRIMARY, bench.pending)}
        </form>
    };
    part("part-resolve", "Resolve", false, content.into_any())
}

#[component]
pub fn HandOver(bench: BenchState) -> AnyView {
    let hand_over = move |event: SubmitEvent| {
        let Some(form) = sent(&event) else { return };
        let Some(to) = script::tier(&value(&form, "hand-to")) else { return };
        let level = |name: &str| script::level(&value(&form, name)).unwrap_or(Level::Medium);
        bench.act(Action::Escalate(Escalation {
            to,
            evidence: values(&form, "hand-evidence").iter().filter_map(|number| number.parse().ok()).collect(),
            tried: value(&form, "hand-tried"),
            impact: level("hand-impact"),
            urgency: level("hand-urgency"),
        }));
    };
    let shown = move || bench.entries.with(|entries| entries.iter().filter(|entry| shows(entry)).cloned().collect::<Vec<_>>());
    let nothing = move || bench.entries.with(|entries| !entries.iter().any(shows));
    // The first is the service desk itself.
    let tiers = words::tiers().into_iter().skip(1).collect();
    let content = view! {
        <p class="quiet small">
            "When it is not yours to solve: it needs other rights, other hands, or it is an incident. Tell the person what happens next before you do."
        </p>
        <form class="form" on:submit=hand_over>
            {select("hand-to", "To whom", tiers, "T2")}
            <fieldset class="fieldset">
                <legend class="field-label">"What shows it"</legend>
                <p class="quiet small" hidden=move || !nothing()>
                    "You have not looked at anything yet."
                </p>
                // What is ticked stays so when something is done meanwhile.
                <div class="evidence">
                    <For each=shown key=|entry| (entry.number, entry.told.clone()) children=|entry| evidence(&entry)/>
                </div>
            </fieldset>
            {area("hand-tried", "What was tried, and what came of it", "", true)}
            {select("hand-impact", "Impact: how many are affected", words::levels(), "medium")}
            {select("hand-urgency", "Urgency: how soon it hurts", words::levels(), "medium")}
            {submit("Hand the ticket over", PRIMARY, bench.pending)}
        </form>
    };
    part("part-hand-over", "Hand over", false, content.into_any())
}

/// Only what shows something can be evidence.
fn shows(entry: &EntryView) -> bool {
    matches!(
        entry.action,
        Action::Shell { .. } | Action::Open { .. } | Action::Panel { .. } | Action::Physical(_) | Action::Say(_)
    )
}

fn evidence(entry: &EntryView) -> AnyView {
    let label = format!("{}. {}", entry.number, entry.told);
    tick(format!("hand-evidence-{}", entry.number), "hand-evidence".to_owned(), entry.number.to_string(), label, false)
}
