//! What the server draws of a question for the quiz: its exhibit, and its verdict.

use leptos::prelude::*;

use super::told::Told;
use crate::practice::api::{DrawnQuestion, DrawnVerdict, QuestionView};
use crate::practice::exhibit::Exhibit;

#[must_use]
pub fn draw(question: QuestionView) -> DrawnQuestion {
    let next = question.verdict.as_ref().map(|verdict| verdict.next);
    let verdict = next.map(|next| DrawnVerdict { html: told(question.clone()), next });
    let exhibit = question.exhibit.map(|exhibit| view! { <Exhibit exhibit/> }.to_html());
    let QuestionView { attempt, exam_name, position, questions, answered, prompt, marked, key, sequence, shortcuts, .. } =
        question;
    DrawnQuestion {
        attempt,
        exam_name,
        position,
        questions,
        answered,
        exhibit,
        prompt,
        marked,
        key,
        sequence,
        verdict,
        shortcuts,
    }
}

fn told(question: QuestionView) -> String {
    view! { <Told question/> }.to_html()
}
