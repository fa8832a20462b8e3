//! The page of one question. Works as plain forms; the quiz on it is the island that makes it instant.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use domain::ids::AttemptId;

use super::api::{AnswerQuestion, Finish, QuestionView};
use super::quiz::Quiz;
use crate::error::{AppError, Conflict};
use crate::forms::failure_of;
use crate::ui::{Button, ButtonVariant, Disclosure, Form, load};

/// `/practice/:attempt` shows the first open question, `/practice/:attempt/:position` a certain one.
#[component]
pub fn QuestionPage() -> AnyView {
    let params = use_params_map().get_untracked();
    let attempt = params.get("attempt").and_then(|text| text.parse::<AttemptId>().ok());
    let position = params.get("position").map(|text| text.parse::<u16>().map_err(|_| AppError::NotFound)).transpose();
    let question = async move {
        let (attempt, position) = (attempt.ok_or(AppError::NotFound)?, position?);
        let question = super::api::question(attempt, position).await;
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
    let kept = failure.iter().flat_map(|failure| &failure.values);
    let kept: Vec<u8> = kept.filter(|(name, _)| name == "answer[choices][]").filter_map(|(_, v)| v.parse().ok()).collect();
    let title = format!("Question {} of {}: {}", question.position, question.questions, question.exam_name);
    let (attempt, open) = (question.attempt, question.questions - question.answered);
    view! {
        <leptos_meta::Title text=format!("{title} · Firstline")/>
        <div class="page page-reading">
            <Quiz question failure=failure.map(|failure| failure.error) kept/>
            {(open > 0).then(|| view! { <EndEarly attempt open/> })}
        </div>
    }
    .into_any()
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
