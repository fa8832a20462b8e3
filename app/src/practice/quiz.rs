//! The quiz: answer, verdict with a reason for every option, next. The only part of a study quiz that is an island.
//!
//! Every step is also a plain form or link with the same fields, so the quiz works before, and without, WebAssembly.

pub mod ask;
pub mod fields;
pub mod head;
pub mod keys;
pub mod picture;
pub mod state;
pub mod told;
pub mod told_parts;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use self::ask::Ask;
pub use self::fields::{CHOICES, TEXT};
use self::head::Head;
use self::keys::{Shortcuts, listen};
use self::state::QuizState;
use self::told::Told;
use super::api::{Given, QuestionView};
use crate::error::AppError;

/// What a quiz begins with.
#[derive(Clone, Serialize, Deserialize)]
pub struct Start {
    pub question: QuestionView,
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

/// `children`: the exhibit, if `has_exhibit`; the server draws it, so that this page's bundle does not have to know how.
#[island]
pub fn Quiz(packed: Packed, has_exhibit: bool, children: Children) -> impl IntoView {
    // The server packs what this reads.
    let Some(Start { question, failure, kept }) = packed.open() else { return ().into_any() };
    let (shortcuts, first) = (question.shortcuts, question.position);
    let quiz = QuizState::new(question, failure, has_exhibit);
    if shortcuts {
        listen(quiz);
    }
    let step = move || {
        let question = quiz.question.get();
        match question.verdict.clone() {
            // What the plain form was sent with belongs to the question it came back for.
            None => {
                let kept = if question.position == first { kept.clone() } else { Given::default() };
                view! { <Ask quiz question kept/> }.into_any()
            }
            Some(verdict) => view! { <Told quiz question verdict/> }.into_any(),
        }
    };
    view! {
        <article class="quiz" aria-labelledby="quiz-heading">
            <Head quiz/>
            {children()}
            {step}
            {shortcuts.then(|| view! { <Shortcuts quiz/> })}
        </article>
    }
    .into_any()
}
