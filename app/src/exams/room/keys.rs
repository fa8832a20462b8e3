//! Single-key shortcuts of the exam room: off while typing, off by one switch in the account (WCAG 2.1.4), listed on the page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::state::{Place, Room};
use crate::practice::quiz::keys::{acts_on_enter, takes_text};

/// Keys and what they do, as shown to the learner.
const SHORTCUTS: [(&str, &str); 5] = [
    ("1–6", "choose an option"),
    ("Enter", "save and go on to the next question"),
    ("P", "go to the previous question"),
    ("F", "flag the question for review, or take the flag away"),
    ("R", "review all questions"),
];

#[component]
pub fn Shortcuts() -> AnyView {
    let rows = SHORTCUTS.map(|(key, does)| {
        view! {
            <dt>
                <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
        }
    });
    view! {
        <details class="shortcuts">
            <summary>"Keyboard shortcuts"</summary>
            <dl>{Vec::from(rows)}</dl>
            <p>
                "They are off while you type. " <a href="/account">"Your account"</a> " has a switch that turns them off for good."
            </p>
        </details>
    }
    .into_any()
}

/// Listens for as long as the room is on the page.
pub fn listen(room: Room) {
    Effect::new(move || {
        let handle = window_event_listener(ev::keydown, move |event| press(room, &event));
        on_cleanup(move || handle.remove());
    });
}

fn press(room: Room, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() || target.as_ref().is_some_and(takes_text) {
        return;
    }
    let handled = match event.key().as_str() {
        "Enter" => {
            !target.as_ref().is_some_and(acts_on_enter) && click(".exam-room .quiz-form .button-primary[type=submit]").is_some()
        }
        "p" | "P" => click("#exam-previous").is_some(),
        "f" | "F" => click("#exam-flag").is_some(),
        "r" | "R" if room.ready.get_untracked() => {
            room.go(Place::Review);
            true
        }
        key => choose(key).is_some(),
    };
    if handled {
        event.prevent_default();
    }
}

fn choose(key: &str) -> Option<()> {
    let place: u8 = key.parse().ok().filter(|place| (1..=6).contains(place))?;
    let input = click(&format!(".exam-room .option-input[value=\"{place}\"]"))?;
    let _ = input.focus();
    Some(())
}

fn click(selector: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document().query_selector(selector).ok()??.dyn_into().ok()?;
    element.click();
    Some(element)
}
