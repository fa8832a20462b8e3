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

use self::ask::Ask;
pub use self::fields::{CHOICES, TEXT};
use self::head::Head;
use self::keys::{Shortcuts, listen};
use self::state::QuizState;
use self::told::Told;
use super::api::{Given, QuestionView};
use crate::error::AppError;

/// `failure` and `kept`: why the plain form came back, and what stood in its fields. `children`: the exhibit, if `has_exhibit`; the
/// server draws it, so that this page's bundle does not have to know how.
#[island]
pub fn Quiz(
    question: QuestionView,
    failure: Option<AppError>,
    kept: Given,
    has_exhibit: bool,
    children: Children,
) -> impl IntoView {
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
}
