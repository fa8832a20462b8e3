//! The conversation: intents and tones to choose, or free words that show how they were understood.

use engine::people::{Utterance, intent, tone, topic};
use engine::ticket::Action;
use engine::world::PersonId;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::fields::{self, PRIMARY, SECONDARY, line, select, sent, submit, value};
use super::island::part;
use super::state::{BenchState, follow};
use crate::error::AppError;
use crate::tickets::api::{Asked, EntryView};
use crate::tickets::words;

#[component]
pub fn Talk(bench: BenchState) -> AnyView {
    let said = move || bench.entries.with(|entries| entries.iter().filter_map(|entry| spoken(bench, entry)).collect::<Vec<_>>());
    let nothing = move || bench.entries.with(|entries| !entries.iter().any(|entry| matches!(entry.action, Action::Say(_))));
    let log = NodeRef::<html::Div>::new();
    follow(bench, log);
    let content = view! {
        <div class="talk-log" role="log" aria-label="Conversation" tabindex="0" node_ref=log>
            {said}
            {move || {
                nothing()
                    .then(|| {
                        view! {
                            <p class="quiet small">"Nobody has been spoken to yet. A greeting and a question are a good start."</p>
                        }
                    })
            }}
        </div>
        <Chosen bench/>
        <Typed bench/>
    };
    part("part-talk", "Conversation", true, content.into_any())
}

fn spoken(bench: BenchState, entry: &EntryView) -> Option<AnyView> {
    let Action::Say(utterance) = &entry.action else { return None };
    let to = bench.about.with_value(|view| {
        view.people.iter().find(|person| person.id == utterance.to).map(|person| person.name.clone()).unwrap_or_default()
    });
    let how = words::said(utterance.intent, utterance.tone, utterance.topic);
    let what = if utterance.words.is_empty() { how.clone() } else { utterance.words.clone() };
    let how = (!utterance.words.is_empty()).then(|| format!("understood as: {how}"));
    let row = view! {
        <div class="talk-turn">
            <p class="talk-you">
                <span class="quiet small">"You to " {to} ", " {entry.at.clone()} ": "</span>
                {what}
                " "
                <span class="quiet small">{how}</span>
            </p>
            <p class="talk-them">{entry.shown.text()}</p>
        </div>
    };
    Some(row.into_any())
}

fn people(bench: BenchState) -> (Vec<(String, String)>, String) {
    bench.about.with_value(|view| {
        let people = view.people.iter().map(|person| (person.id.0.to_string(), format!("{}, {}", person.name, person.job)));
        (people.collect(), view.requester.0.to_string())
    })
}

/// Choose whom, what about, and how.
#[component]
fn Chosen(bench: BenchState) -> AnyView {
    let say = move |event: SubmitEvent| {
        let Some(form) = sent(&event) else { return };
        let get = |name: &str| value(&form, name);
        let (Some(to), Some(intent), Some(tone), Some(topic)) = (
            get("talk-to").parse().ok().map(PersonId),
            intent(&get("talk-intent")),
            tone(&get("talk-tone")),
            topic(&get("talk-topic")),
        ) else {
            return;
        };
        bench.act(Action::Say(Utterance { to, intent, tone, topic, words: String::new() }));
    };
    let (people, requester) = people(bench);
    view! {
        <form class="talk-form" on:submit=say>
            {select("talk-to", "Talk to", people, &requester)}
            {select("talk-intent", "What you do", words::intents(), "greet")}
            {select("talk-topic", "Subject", words::topics(), "symptom")}
            {select("talk-tone", "Tone", words::tones(), "friendly")}
            {submit("Say it", PRIMARY, bench.pending)}
        </form>
    }
    .into_any()
}

/// Type what you would say; the page shows what it was taken for.
#[component]
fn Typed(bench: BenchState) -> AnyView {
    let wrong = RwSignal::new(None::<String>);
    let say = move |event: SubmitEvent| {
        let Some(form) = sent(&event) else { return };
        let words = value(&form, "talk-words");
        let to = form_person(bench);
        if words.is_empty() {
            return;
        }
        let done = move |outcome: Result<(), AppError>| {
            wrong.set(super::text::message(&outcome));
            if outcome.is_ok() {
                form.reset();
                fields::refocus("talk-words");
            }
        };
        bench.ask(Asked::Speak { to, words }, Box::new(done));
    };
    let understood = move || bench.understood.get().map(|how| format!("Understood as: {how}"));
    view! {
        <form class="talk-words" on:submit=say>
            {line("talk-words", "Or in your own words", "", "")}
            {submit("Say", SECONDARY, bench.pending)}
            <p class="quiet small" role="status">
                {move || wrong.get().or_else(understood)}
            </p>
        </form>
    }
    .into_any()
}

/// Who is chosen in the form above.
fn form_person(bench: BenchState) -> PersonId {
    use wasm_bindgen::JsCast;
    let select =
        document().get_element_by_id("talk-to").and_then(|element| element.dyn_into::<web_sys::HtmlSelectElement>().ok());
    let chosen = select.and_then(|select| select.value().parse().ok()).map(PersonId);
    chosen.unwrap_or_else(|| bench.about.with_value(|view| view.requester))
}
