//! A panel of a device: what it shows, and what it offers to do, with native controls.

use engine::panel::{Field, Input, Offer, Operation, PanelKind, Table, View};
use engine::ticket::Action;
use engine::ticket::run::Shown;
use engine::world::DeviceId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use web_sys::HtmlFormElement;

use super::fields::{SECONDARY, line, pairs, select, sent, submit, tick, value};
use super::here::Anew;
use super::state::{BenchState, focus_soon};
use crate::tickets::api::{Asked, EntryView};
use crate::tickets::seen::{fact_list, notes, tables};
use crate::ui::{Notice, NoticeKind};

/// What was seen of a panel last.
#[derive(Clone, PartialEq)]
struct Look {
    at: String,
    shown: Shown,
    /// What the operation just before came to.
    outcome: Option<Shown>,
}

#[component]
pub fn Panel(bench: BenchState, device: DeviceId, panel: PanelKind) -> AnyView {
    let look = Memo::new(move |_| bench.entries.with(|entries| last_look(entries, device, panel)));
    // The operation that was used last stays open.
    let used = RwSignal::new(String::new());
    let anew = Anew::default();
    let content = move || {
        anew.build(match look.get() {
            None => view! { <p class="quiet">"Not looked into yet."</p> }.into_any(),
            Some(look) => drawn(bench, device, panel, look, used),
        })
    };
    view! {
        <div class="row">
            <button
                class="button button-secondary"
                type="button"
                id="panel-again"
                on:click=move |_| bench.act(Action::Open { device, panel })
            >
                "Look again"
            </button>
            <span class="quiet small">{move || look.get().map(|look| format!("Seen at {}", look.at))}</span>
        </div>
        {content}
    }
    .into_any()
}

fn last_look(entries: &[EntryView], device: DeviceId, panel: PanelKind) -> Option<Look> {
    let opens = |entry: &EntryView| entry.action == Action::Open { device, panel };
    let at = entries.iter().rposition(opens)?;
    let entry = entries.get(at)?;
    let before = at.checked_sub(1).and_then(|at| entries.get(at));
    let outcome = before
        .filter(|entry| matches!(&entry.action, Action::Panel { device: on, panel: of, .. } if *on == device && *of == panel));
    Some(Look { at: entry.at.clone(), shown: entry.shown.clone(), outcome: outcome.map(|entry| entry.shown.clone()) })
}

fn drawn(bench: BenchState, device: DeviceId, panel: PanelKind, look: Look, used: RwSignal<String>) -> AnyView {
    let outcome = outcome(look.outcome);
    let View { notices, facts, tables: all, operations, .. } = match look.shown {
        Shown::Panel(view) => view,
        Shown::Text(text) | Shown::Refused(text) => {
            return view! { {outcome} <Notice kind=NoticeKind::Warning word="Not there"><p>{text}</p></Notice> }.into_any();
        }
    };
    let offered = |offer| offered(bench, device, panel, offer, &all, used);
    let offers: Vec<_> = operations.into_iter().map(offered).collect();
    let any = !offers.is_empty();
    view! {
        {outcome}
        {notes(notices)}
        {fact_list(facts)}
        {any.then(|| view! { <h3>"What can be done"</h3> <div class="operations">{offers}</div> })}
        {tables(all)}
    }
    .into_any()
}

fn outcome(shown: Option<Shown>) -> AnyView {
    let (kind, word, text) = match shown {
        None => return view! { <div id="panel-outcome" tabindex="-1" role="status"></div> }.into_any(),
        Some(Shown::Refused(text)) => (NoticeKind::Warning, "Not done", text),
        Some(Shown::Text(text)) => (NoticeKind::Success, "Done", text),
        Some(Shown::Panel(view)) => (NoticeKind::Success, "Done", view.title),
    };
    view! {
        <div id="panel-outcome" tabindex="-1" role="status">
            <Notice kind word>{lines(text)}</Notice>
        </div>
    }
    .into_any()
}

/// What an instrument prints keeps its columns.
fn lines(text: String) -> AnyView {
    if text.contains('\n') {
        view! { <pre class="output" tabindex="0">{text}</pre> }.into_any()
    } else {
        view! { <p>{text}</p> }.into_any()
    }
}

/// One operation: a button alone, or a form that opens.
fn offered(
    bench: BenchState,
    device: DeviceId,
    panel: PanelKind,
    offer: Offer,
    seen: &[Table],
    used: RwSignal<String>,
) -> AnyView {
    let Offer { verb, label, targets, fields } = offer;
    let operate = move |operation: Operation| {
        used.set(operation.verb.clone());
        bench.act_then(Action::Panel { device, panel, operation }, move || {
            bench.ask(Asked::Act(Action::Open { device, panel }), Box::new(|_| focus_soon("panel-outcome")));
        });
    };
    if targets.is_empty() && fields.is_empty() {
        return view! {
            <button
                class=SECONDARY
                type="button"
                on:click=move |_| operate(Operation { verb: verb.clone(), ..Operation::default() })
            >
                {label}
            </button>
        }
        .into_any();
    }
    let open = used.get_untracked() == verb;
    let target = (!targets.is_empty()).then(|| {
        select(&format!("op-{verb}-target"), "On", targets.into_iter().map(|target| labelled(target, seen)).collect(), "")
    });
    let controls: Vec<_> = fields.iter().map(|field| control(&verb, field)).collect();
    let submitted = move |event: SubmitEvent| {
        if let Some(form) = sent(&event) {
            operate(filled(&form, &verb, &fields));
        }
    };
    view! {
        <details class="operation" open=open>
            <summary class="button button-secondary">{label.clone()}</summary>
            <form class="form" on:submit=submitted aria-label=label>
                {target}
                {controls}
                {submit("Do it", SECONDARY, bench.pending)}
            </form>
        </details>
    }
    .into_any()
}

/// A target with what its row says of it: `psu 0 – Power supply, 300 W`.
fn labelled(target: String, seen: &[Table]) -> (String, String) {
    let row = seen.iter().flat_map(|table| &table.rows).find(|row| row.first() == Some(&target));
    let more = row.and_then(|row| row.get(1)).filter(|more| !more.is_empty());
    let label = more.map_or_else(|| target.clone(), |more| format!("{target} – {more}"));
    (target, label)
}

fn control(verb: &str, field: &Field) -> AnyView {
    let id = format!("op-{verb}-{}", field.name);
    match &field.input {
        Input::Text => line(&id, &field.label, "", &field.value),
        Input::Toggle => tick(id.clone(), id, "yes".to_owned(), field.label.clone(), field.value == "yes"),
        Input::Choice(choices) => {
            select(&id, &field.label, pairs(choices.iter().map(|choice| (choice.as_str(), choice.as_str()))), &field.value)
        }
    }
}

/// What the form holds now. Empty fields are left out: a panel reads both alike.
fn filled(form: &HtmlFormElement, verb: &str, fields: &[Field]) -> Operation {
    let of = |field: &Field| {
        let held = value(form, &format!("op-{verb}-{}", field.name));
        match field.input {
            Input::Toggle if held.is_empty() => "no".to_owned(),
            _ => held,
        }
    };
    let values = fields.iter().map(|field| (field.name.clone(), of(field))).filter(|(_, value)| !value.is_empty());
    Operation { verb: verb.to_owned(), target: value(form, &format!("op-{verb}-target")), values: values.collect() }
}
