//! The page of one question. Works as plain forms; the quiz on it is the island that makes it instant.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use domain::ids::AttemptId;

use super::api::{AnswerQuestion, Finish, Given, QuestionView};
use super::quiz::draw::draw;
use super::quiz::keys::Shortcuts;
use super::quiz::{CHOICES, Packed, Quiz, Start, TEXT};
use crate::backend::backend;
use crate::error::{AppError, Conflict};
use crate::forms::failure_of;
use crate::reports::form::Reported;
use crate::ui::{Button, ButtonVariant, Disclosure, Form, load};

/// `/practice/:attempt` shows the first open question, `/practice/:attempt/:position` a certain one.
#[component]
pub fn QuestionPage() -> AnyView {
    let params = use_params_map().get_untracked();
    let attempt = params.get("attempt").and_then(|text| text.parse::<AttemptId>().ok());
    let position = params.get("position").map(|text| text.parse::<u16>().map_err(|_| AppError::NotFound)).transpose();
    let question = async move {
        let (attempt, position) = (attempt.ok_or(AppError::NotFound)?, position?);
        let question = backend()?.question(attempt, position).await;
        if matches!(question, Err(AppError::Conflict(Conflict::AttemptFinished))) {
            crate::backend::go_to(&format!("/practice/{attempt}/result"));
        }
        question
    };
    load(question, |question| view! { <Question question/> }.into_any())
}

#[component]
fn Question(question: QuestionView) -> AnyView {
    let failure = failure_of(AnswerQuestion::PATH);
    let kept = failure.as_ref().map(|failure| given(&failure.values)).unwrap_or_default();
    let title = format!("Question {} of {}: {}", question.position, question.questions, question.exam_name);
    let (attempt, open) = (question.attempt, question.questions - question.answered);
    let shortcuts = question.shortcuts;
    let packed = Packed::pack(&Start { question: draw(question), failure: failure.map(|failure| failure.error), kept });
    view! {
        <leptos_meta::Title text=format!("{title} · Firstline")/>
        <div class="page page-reading">
            <Reported/>
            <Quiz packed>{shortcuts.then(|| view! { <Shortcuts/> })}</Quiz>
            {(open > 0).then(|| view! { <EndEarly attempt open/> })}
        </div>
    }
    .into_any()
}

/// What a form that came back was sent with.
fn given(values: &[(String, String)]) -> Given {
    let sent = |field: &'static str| values.iter().filter(move |(name, _)| name == field).map(|(_, value)| value);
    Given {
        choices: sent(CHOICES).filter_map(|value| value.parse().ok()).collect(),
        text: sent(TEXT).next().cloned().unwrap_or_default(),
    }
}

#[component]
fn EndEarly(attempt: AttemptId, open: u16) -> AnyView {
    let questions = if open == 1 { "1 question is".to_owned() } else { format!("{open} questions are") };
    view! {
        <div class="quiz-end">
            <Disclosure summary="End this quiz early">
                <p>{questions} " still open. They stay unanswered and do not count; what you have answered is kept."</p>
                <Form action=Finish::PATH>
                    <input type="hidden" name="attempt" value=attempt.to_string()/>
                    <Button variant=ButtonVariant::Secondary>"End quiz and see the result"</Button>
                </Form>
            </Disclosure>
        </div>
    }
    .into_any()
}
