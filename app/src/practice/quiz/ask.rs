//! A question that waits for its answer.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::fields::{CHOICES, Fields, TEXT};
use super::picture::AskedPicture;
use super::state::QuizState;
use crate::error::AppError;
use crate::practice::api::{AnswerQuestion, DrawnQuestion, Given};
use crate::ui::{Button, KeyHint, Notice, NoticeKind, ProseView};

#[component]
pub fn Ask(quiz: QuizState, question: DrawnQuestion, kept: Given) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(form) = event.target().and_then(|target| target.dyn_into().ok()) {
            quiz.answer(given(&form));
        }
    };
    let given_now = RwSignal::new(kept.choices.clone());
    // What the browser has restored, then what is changed.
    let read = move || {
        if let Some(form) = quiz.form.get() {
            given_now.set(given(&form).choices);
        }
    };
    Effect::new(read);
    let prompt = question.prompt;
    let (has_places, task) = (prompt.has_places(), prompt.task.clone());
    let invalid = Signal::derive(move || quiz.error.with(|error| matches!(error, Some(AppError::Invalid(_)))));
    view! {
        <form class="quiz-form" method="post" action=AnswerQuestion::PATH on:submit=submit on:change=move |_| read() node_ref=quiz.form>
            <input type="hidden" name="from" value=format!("/practice/{}/{}", question.attempt, question.position)/>
            <input type="hidden" name="answer[attempt]" value=question.attempt.to_string()/>
            <input type="hidden" name="answer[position]" value=question.position.to_string()/>
            <input type="hidden" name="answer[key]" value=question.key.to_string()/>
            <input type="hidden" name="answer[sequence]" value=question.sequence.to_string()/>
            <div class="stem" id="quiz-stem">
                <ProseView prose=prompt.stem/>
            </div>
            {prompt.picture.map(|picture| view! { <AskedPicture picture task given=given_now form=quiz.form/> })}
            <Fields task=prompt.task has_places kept shortcuts=question.shortcuts invalid/>
            <Failure error=quiz.error/>
            <div class="action-bar">
                <Button pending=quiz.pending>
                    "Check answer" {question.shortcuts.then(|| view! { <KeyHint key="Enter"/> })}
                </Button>
                <span class="quiz-saving" role="status">
                    {move || quiz.pending.get().then_some("Saving…")}
                </span>
            </div>
        </form>
    }
    .into_any()
}

/// What went wrong with the last step, and that nothing is lost by it.
#[component]
pub fn Failure(error: RwSignal<Option<AppError>>) -> AnyView {
    let words = |error: AppError| match error {
        AppError::Invalid(fields) => fields.into_iter().map(|field| field.message).collect::<Vec<_>>().join(" "),
        AppError::Unavailable { .. } => {
            "The server could not be reached, so this is not saved yet. What you chose is still here: try again.".to_owned()
        }
        other => other.to_string(),
    };
    let sign_in = |error: &AppError| *error == AppError::SignInNeeded;
    view! {
        <div role="alert" id="quiz-failure">
            {move || {
                error.get().map(|error| {
                    let link = sign_in(&error).then(|| view! { <a href="/sign-in">"Sign in"</a> });
                    view! { <Notice kind=NoticeKind::Danger word="Not saved"><p>{words(error)} " " {link}</p></Notice> }
                })
            }}
        </div>
    }
    .into_any()
}

/// Read from the form itself: the browser may have restored what was in it before the page woke up.
pub fn given(form: &HtmlFormElement) -> Given {
    let Ok(data) = FormData::new_with_form(form) else { return Given::default() };
    Given {
        choices: data.get_all(CHOICES).iter().filter_map(|value| value.as_string()?.parse().ok()).collect(),
        text: data.get(TEXT).as_string().unwrap_or_default(),
    }
}
