//! The quiz: answer, verdict with a reason for every option, next. The only part of a study quiz that is an island.
//!
//! Every step is also a plain form or link with the same fields, so the quiz works before, and without, WebAssembly. What is only
//! looked at, exhibit and verdict, comes from the server as it is drawn.

pub mod ask;
pub mod draw;
pub mod fields;
pub mod head;
pub mod keys;
pub mod picture;
pub mod state;
pub mod told;
pub mod told_parts;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::Element;

use self::ask::{Ask, Failure};
pub use self::fields::{CHOICES, TEXT};
use self::head::Head;
use self::keys::listen;
use self::state::QuizState;
use self::told::NEXT;
use super::api::{DrawnQuestion, DrawnVerdict, Given};
use crate::error::AppError;

/// What a quiz begins with.
#[derive(Clone, Serialize, Deserialize)]
pub struct Start {
    pub question: DrawnQuestion,
    /// Why the plain form came back, and what stood in its fields.
    pub failure: Option<AppError>,
    pub kept: Given,
}

/// A [`Start`] as JSON. The browser reads it with what reads the answers of the server; as fields of an island its types would
/// have a second reader and a writer of their own, and these are a tenth of the bundle.
#[derive(Clone, Serialize, Deserialize)]
pub struct Packed(String);

impl Packed {
    #[must_use]
    pub fn pack(start: &Start) -> Self {
        Self(serde_json::to_string(start).unwrap_or_default())
    }

    fn open(self) -> Option<Start> {
        serde_json::from_slice(self.0.as_bytes()).ok()
    }
}

/// `children`: the list of shortcuts.
#[island]
pub fn Quiz(packed: Packed, children: Children) -> impl IntoView {
    // The server packs what this reads.
    let Some(Start { question, failure, kept }) = packed.open() else { return ().into_any() };
    let (shortcuts, first) = (question.shortcuts, question.position);
    let quiz = QuizState::new(question, failure);
    if shortcuts {
        listen(quiz);
    }
    // Its own signal: the answer does not draw it again, so that it stays as the learner has left it.
    let exhibit = Memo::new(move |_| quiz.question.with(|question| question.exhibit.clone()));
    let step = move || {
        let question = quiz.question.get();
        match question.verdict.clone() {
            // What the plain form was sent with belongs to the question it came back for.
            None => {
                let kept = if question.position == first { kept.clone() } else { Given::default() };
                view! { <Ask quiz question kept/> }.into_any()
            }
            Some(verdict) => view! { <Verdict quiz verdict/> }.into_any(),
        }
    };
    view! {
        <article class="quiz" aria-labelledby="quiz-heading">
            <Head quiz/>
            {move || exhibit.get().map(|html| view! { <div class="quiz-drawn" inner_html=html></div> })}
            {step}
            {children()}
        </article>
    }
    .into_any()
}

/// The link to the next question does not load a page.
#[component]
fn Verdict(quiz: QuizState, verdict: DrawnVerdict) -> AnyView {
    let click = move |event: leptos::ev::MouseEvent| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest(&format!("#{NEXT}")).ok()?);
        if let Some(position) = verdict.next.filter(|_| plain && link.is_some()) {
            event.prevent_default();
            quiz.go_to(position);
        }
    };
    view! {
        <div class="quiz-drawn" inner_html=verdict.html on:click=click></div>
        <Failure error=quiz.error/>
    }
    .into_any()
}
