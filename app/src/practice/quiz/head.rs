//! Where one is in the quiz, and the mark for review.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::state::QuizState;
use crate::practice::api::{CasePart, MarkQuestion};
use crate::ui::{Icon, IconName, KeyHint};

#[component]
pub fn Head(quiz: QuizState) -> AnyView {
    let question = quiz.question;
    let place = move || question.with(|q| format!("Question {} of {}", q.position, q.questions));
    let answered = move || question.with(|q| format!("{} of {} answered", q.answered, q.questions));
    let part = move || {
        let part = question.with(|q| q.prompt.part);
        part.map(|part| view! { <CaseLine part/> })
    };
    view! {
        <header class="quiz-head">
            <p class="quiz-exam">{move || question.with(|q| q.overline.clone())}</p>
            <div class="quiz-title">
                <h1 id="quiz-heading" tabindex="-1" node_ref=quiz.heading>
                    {place}
                </h1>
                <Mark quiz/>
            </div>
            {part}
            <div class="quiz-progress">
                <progress
                    class="progress-bar"
                    aria-label="Questions answered"
                    max=move || question.with(|q| q.questions.to_string())
                    value=move || question.with(|q| q.answered.to_string())
                ></progress>
                <span>{answered}</span>
            </div>
        </header>
    }
    .into_any()
}

#[component]
pub fn CaseLine(part: CasePart) -> AnyView {
    // A quiz may ask only one of them, where the others do not fit what was asked for.
    if part.of == 1 {
        return ().into_any();
    }
    view! { <p class="quiz-part">{format!("Part {} of {} of one case", part.part, part.of)}</p> }.into_any()
}

#[component]
fn Mark(quiz: QuizState) -> AnyView {
    let question = quiz.question;
    let path = move || question.with(|q| format!("/practice/{}/{}", q.attempt, q.position));
    let shortcuts = question.with_untracked(|q| q.shortcuts);
    let words = move || if quiz.marked.get() { "Marked for review" } else { "Mark for review" };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        quiz.toggle_mark();
    };
    view! {
        <form class="quiz-mark" method="post" action=MarkQuestion::PATH on:submit=submit>
            <input type="hidden" name="from" value=path/>
            <input type="hidden" name="attempt" value=move || question.with(|q| q.attempt.to_string())/>
            <input type="hidden" name="position" value=move || question.with(|q| q.position.to_string())/>
            <input type="hidden" name="marked" value=move || (!quiz.marked.get()).to_string()/>
            <button
                class="button button-quiet"
                type="submit"
                node_ref=quiz.mark
                aria-pressed=move || quiz.marked.get().to_string()
            >
                <Icon name=IconName::Bookmark/>
                {words}
                {shortcuts.then(|| view! { <KeyHint key="M"/> })}
            </button>
        </form>
    }
    .into_any()
}
