//! The one next thing to do, with the button that does it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use domain::ids::ExamId;

use super::api::NextStepView;
use crate::exams::words::span;
use crate::practice::api::Begin;
use crate::practice::builder::StartPractice;
use crate::ui::{Button, Card, Form, LinkButton};

/// How many questions the next step asks: a short daily unit.
const QUESTIONS: &str = "10";

#[component]
pub fn NextStep(step: NextStepView) -> AnyView {
    let content = match step {
        NextStepView::ChooseExam => view! {
            <p>"Start with ten questions of the exam you are preparing for. After them this page says where you stand."</p>
            <StartPractice/>
            <p class="quiet">
                "Rather mend something? " <a href="/tickets">"Take a ticket"</a>
                ": somebody at a simulated company needs help, and you find out what is wrong and put it right."
            </p>
        }
        .into_any(),
        NextStepView::Continue { attempt, exam_name, answered, questions } => view! {
            <p>{exam_name} ": " {answered} " of " {questions} " answered. Your answers are saved."</p>
            <LinkButton href=format!("/practice/{attempt}")>"Continue your quiz"</LinkButton>
        }
        .into_any(),
        NextStepView::ContinueExam { attempt, exam_name, seconds_left, paused } => {
            let left = span(seconds_left);
            let state = if paused { "The clock stands still: " } else { "The clock runs: " };
            view! {
                <p>{exam_name} ", practice exam. " {state} {left} " left."</p>
                <LinkButton href=format!("/exams/{attempt}")>"Continue your exam"</LinkButton>
            }
            .into_any()
        }
        NextStepView::StartDomain { exam, exam_name, domain, domain_name } => view! {
            <p>{exam_name} ": you have not practised domain " {domain} ", " {domain_name.clone()} ", yet."</p>
            <Start exam domain domain_name/>
        }
        .into_any(),
        NextStepView::PractiseDomain { exam, exam_name, domain, domain_name, mark } => view! {
            <p>
                {exam_name} ": practice gains most in domain " {domain} ", " {domain_name.clone()} ", where "
                {mark.correct} " of " {mark.of} " first answers were right."
            </p>
            <Start exam domain domain_name/>
        }
        .into_any(),
    };
    view! { <Card title="What to do next">{content}</Card> }.into_any()
}

/// Begins at once, without the builder.
#[component]
fn Start(exam: ExamId, domain: u8, domain_name: String) -> AnyView {
    view! {
        <Form action=Begin::PATH>
            <input type="hidden" name="request[exam]" value=exam.to_string()/>
            <input type="hidden" name="request[domains][]" value=domain.to_string()/>
            <input type="hidden" name="request[count]" value=QUESTIONS/>
            <Button>"Practise " {QUESTIONS} " questions on " {domain_name}</Button>
        </Form>
    }
    .into_any()
}
