//! The result of a quiz: the mark by domain and objective, what was missed, what to do next.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use domain::ids::AttemptId;
use domain::scoring::Score;

use super::api::{BeginMissed, DomainMark, ResultRow, ResultView};
use crate::backend::{backend, go_to};
use crate::error::{AppError, Conflict};
use crate::progress::next_step::NextStep;
use crate::ui::{Button, ButtonVariant, Card, Form, Icon, IconName, MarkBar, Page, PageWidth, Table, Time, load};

/// `/practice/:attempt/result`
#[component]
pub fn ResultPage() -> AnyView {
    let attempt = use_params_map().get_untracked().get("attempt").and_then(|text| text.parse::<AttemptId>().ok());
    let result = async move {
        let attempt = attempt.ok_or(AppError::NotFound)?;
        let result = backend()?.result(attempt).await;
        if matches!(result, Err(AppError::Conflict(Conflict::AttemptOpen))) {
            go_to(&format!("/practice/{attempt}"));
        }
        result
    };
    load(result, |result| view! { <Result result/> }.into_any())
}

#[component]
fn Result(result: ResultView) -> AnyView {
    let open = result.questions.iter().filter(|question| question.score.is_none()).count();
    let part = result.questions.iter().any(|question| question.score.is_some_and(Score::is_part));
    let credit = format!("{}.{:02}", result.credit.hundredths / 100, result.credit.hundredths % 100);
    view! {
        <Page title="Result" lead=result.exam_name.clone() width=PageWidth::Reading>
            <Card title="Your mark">
                <p class="mark-total">
                    <MarkBar mark=result.total/>
                </p>
                {part.then(|| view! { <p>"With part credit: " {credit} " of " {result.total.of} "."</p> })}
                <p class="quiet">
                    "Finished " <Time at=result.finished_at.clone()/> {(open > 0).then(|| format!(", {open} not answered"))} "."
                </p>
                {(result.missed > 0).then(|| view! { <PractiseMissed attempt=result.attempt missed=result.missed/> })}
            </Card>
            <NextStep step=result.next.clone()/>
            <ByDomain domains=result.domains.clone()/>
            <Questions attempt=result.attempt questions=result.questions/>
        </Page>
    }
    .into_any()
}

#[component]
fn PractiseMissed(attempt: AttemptId, missed: u16) -> AnyView {
    let words = if missed == 1 { "Practise the one I missed".to_owned() } else { format!("Practise only the {missed} I missed") };
    view! {
        <Form action=BeginMissed::PATH>
            <input type="hidden" name="attempt" value=attempt.to_string()/>
            <Button variant=ButtonVariant::Secondary>{words}</Button>
        </Form>
    }
    .into_any()
}

#[component]
pub fn ByDomain(domains: Vec<DomainMark>) -> AnyView {
    let rows: Vec<_> = domains
        .into_iter()
        .flat_map(|domain| {
            let head = view! {
                <tr class="row-group">
                    <th scope="row">{domain.number} ". " {domain.name.clone()}</th>
                    <td><MarkBar mark=domain.mark/></td>
                </tr>
            };
            let objectives = domain.objectives.into_iter().map(|objective| {
                view! {
                    <tr>
                        <th scope="row" class="row-part">{objective.id.to_string()} " " {objective.title}</th>
                        <td><MarkBar mark=objective.mark/></td>
                    </tr>
                }
                .into_any()
            });
            std::iter::once(head.into_any()).chain(objectives).collect::<Vec<_>>()
        })
        .collect();
    view! {
        <section>
            <h2>"By domain and objective"</h2>
            <Table caption="Right answers by domain and objective">
                <thead>
                    <tr>
                        <th scope="col">"Domain and objective"</th>
                        <th scope="col">"Right"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </section>
    }
    .into_any()
}

#[component]
fn Questions(attempt: AttemptId, questions: Vec<ResultRow>) -> AnyView {
    let rows: Vec<_> = questions.into_iter().map(|question| view! { <QuestionRow attempt question/> }).collect();
    view! {
        <section>
            <h2>"Every question"</h2>
            <ol class="result-questions">{rows}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn QuestionRow(attempt: AttemptId, question: ResultRow) -> AnyView {
    let (class, icon, state) = match question.score {
        Some(score) if score.is_right() => ("result-state result-right", IconName::Check, "Right".to_owned()),
        Some(score) if score.is_part() => {
            ("result-state result-part", IconName::Minus, format!("Partly right, {} of {}", score.points, score.of))
        }
        Some(_) => ("result-state result-wrong", IconName::Cross, "Wrong".to_owned()),
        None => ("result-state result-open", IconName::Minus, "Not answered".to_owned()),
    };
    view! {
        <li>
            <a href=format!("/practice/{attempt}/{}", question.position)>{question.title}</a>
            <span class="result-facts">
                <span class=class>
                    <Icon name=icon/>
                    {state}
                </span>
                <span>"Objective " {question.objective.to_string()}</span>
                {question.marked.then(|| view! { <span><Icon name=IconName::Bookmark/> "Marked for review"</span> })}
            </span>
        </li>
    }
    .into_any()
}
