//! Single-key shortcuts: off while typing, off by one switch in the account (WCAG 2.1.4), all listed on the page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::state::{QuizState, element};
use super::told::{EXPLANATION, NEXT};

/// Keys and what they do, as shown to the learner.
const SHORTCUTS: [(&str, &str); 5] = [
    ("1–6", "choose an option"),
    ("Enter", "check the answer, then go on to the next question"),
    ("M", "mark the question for review, or take the mark away"),
    ("E", "open or close the explanation"),
    ("?", "open or close this list"),
];

const LIST: &str = "quiz-shortcuts";

#[component]
pub fn Shortcuts() -> AnyView {
    let rows: Vec<_> = SHORTCUTS
        .map(|(key, does)| {
            view! {
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
            }
        })
        .into();
    view! {
        <details class="shortcuts" id=LIST>
            <summary>"Keyboard shortcuts"</summary>
            <dl>{rows}</dl>
            <p>
                "They are off while you type. " <a href="/account">"Your account"</a> " has a switch that turns them off for good."
            </p>
        </details>
    }
    .into_any()
}

/// Listens for as long as the quiz is on the page.
pub fn listen(quiz: QuizState) {
    Effect::new(move || {
        let handle = window_event_listener(ev::keydown, move |event| press(quiz, &event));
        on_cleanup(move || handle.remove());
    });
}

fn press(quiz: QuizState, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() || target.as_ref().is_some_and(takes_text) {
        return;
    }
    let handled = match event.key().as_str() {
        "Enter" => !target.as_ref().is_some_and(acts_on_enter) && go_on(quiz),
        "m" | "M" => quiz.mark.get_untracked().map(|button| button.click()).is_some(),
        "e" | "E" => element(EXPLANATION).map(|details| toggle(&details)).is_some(),
        "?" => element(LIST).map(|details| toggle(&details)).is_some(),
        key => choose(quiz, key).is_some(),
    };
    if handled {
        event.prevent_default();
    }
}

/// Checks the answer, or follows the link to what comes next.
fn go_on(quiz: QuizState) -> bool {
    if quiz.is_open() {
        quiz.form.get_untracked().is_some_and(|form| form.request_submit().is_ok())
    } else {
        element::<HtmlElement>(NEXT).map(|next| next.click()).is_some()
    }
}

fn choose(quiz: QuizState, key: &str) -> Option<()> {
    let place: u8 = key.parse().ok().filter(|place| (1..=6).contains(place))?;
    let form = quiz.form.get_untracked().filter(|_| quiz.is_open())?;
    let input = form.query_selector(&format!(".option input[value=\"{place}\"]")).ok()??;
    let input = input.dyn_into::<HtmlInputElement>().ok()?;
    input.click();
    let _ = input.focus();
    Some(())
}

fn toggle(details: &web_sys::HtmlDetailsElement) {
    details.set_open(!details.open());
    if let Ok(Some(summary)) = details.query_selector("summary")
        && let Some(summary) = summary.dyn_ref::<HtmlElement>()
    {
        let _ = summary.focus();
    }
}

pub fn takes_text(target: &Element) -> bool {
    match target.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(target.get_attribute("type").as_deref(), Some("radio" | "checkbox")),
        _ => target.has_attribute("contenteditable"),
    }
}

/// Enter already does something here: follow the link, press the button, open the list, send the form.
pub fn acts_on_enter(target: &Element) -> bool {
    matches!(target.tag_name().as_str(), "A" | "BUTTON" | "SUMMARY" | "INPUT")
}
