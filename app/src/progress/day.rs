//! The question of the day: offered once, then shown with its result.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use domain::scoring::Score;

use super::api::{DayState, DayView};
use crate::practice::api::BeginDay;
use crate::ui::{Button, ButtonVariant, Card, Form, LinkButton};

#[component]
pub fn QuestionOfDay(day: DayView) -> AnyView {
    let exam_name = day.exam_name;
    let content = match day.state {
        DayState::New => view! {
            <p>{exam_name} ": one question, today the same for everyone."</p>
            <Form action=BeginDay::PATH>
                <input type="hidden" name="exam" value=day.exam.to_string()/>
                <Button variant=ButtonVariant::Secondary>"Answer today's question"</Button>
            </Form>
        }
        .into_any(),
        DayState::Begun { attempt } => view! {
            <p>{exam_name} ": you have seen today's question. It waits for your answer."</p>
            <LinkButton variant=ButtonVariant::Secondary href=format!("/practice/{attempt}/1")>"Answer today's question"</LinkButton>
        }
        .into_any(),
        DayState::Done { attempt, score } => view! {
            <p>{exam_name} ": " {outcome(score)} " The next one comes at midnight UTC."</p>
            <LinkButton variant=ButtonVariant::Quiet href=format!("/practice/{attempt}/1")>"See today's question again"</LinkButton>
        }
        .into_any(),
    };
    view! { <Card title="Question of the day">{content}</Card> }.into_any()
}

fn outcome(score: Option<Score>) -> String {
    match score {
        None => "you ended today's question without an answer.".to_owned(),
        Some(score) if score.is_right() => "you have answered today's question right.".to_owned(),
        Some(score) if score.is_part() => {
            format!("you have answered today's question partly right, {} of {} points.", score.points, score.of)
        }
        Some(_) => "you have answered today's question, not right.".to_owned(),
    }
}
