//! The result of an exam: the estimate, where the points were lost, what to study next, every question.

mod download;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use domain::exams::Confidence;
use domain::ids::{AttemptId, ExamId};
use domain::scoring::Score;

use self::download::as_csv;
use super::api::{ExamResultRow, ExamResultView, StudyNext};
use super::lobby::{Earlier, passed};
use super::words::{self, span};
use crate::backend::{backend, go_to};
use crate::error::{AppError, Conflict};
use crate::practice::api::{Begin, BeginMissed};
use crate::practice::result::ByDomain;
use crate::ui::{Button, ButtonVariant, Card, Disclosure, Form, Icon, IconName, MarkBar, Page, PageWidth, Time, load};

/// How many questions a drill on one objective asks.
const DRILL: &str = "10";

/// `/exams/:attempt/result`
#[component]
pub fn ExamResultPage() -> AnyView {
    let attempt = use_params_map().get_untracked().get("attempt").and_then(|text| text.parse::<AttemptId>().ok());
    let result = async move {
        let attempt = attempt.ok_or(AppError::NotFound)?;
        let result = backend()?.exam_result(attempt).await;
        if matches!(result, Err(AppError::Conflict(Conflict::ExamRunning))) {
            go_to(&format!("/exams/{attempt}"));
        }
        result
    };
    load(result, |result| view! { <Result result/> }.into_any())
}

#[component]
fn Result(result: ExamResultView) -> AnyView {
    let domains = result.domains.clone();
    let sure_and_wrong: Vec<_> = result.questions.iter().filter(|row| is_sure_and_wrong(row)).cloned().collect();
    view! {
        <Page title="Exam result" lead=result.exam_name.clone() width=PageWidth::Reading>
            <Score result=result.clone()/>
            <Next exam=result.exam.clone() next=result.next.clone()/>
            <SureAndWrong attempt=result.attempt rows=sure_and_wrong/>
            <ByDomain domains/>
            <Earlier earlier=result.earlier.clone()/>
            <Questions result/>
        </Page>
    }
    .into_any()
}

#[component]
fn Score(result: ExamResultView) -> AnyView {
    let estimate = result.estimate;
    let ended = if result.time_was_up { "when the time was up" } else { "by you" };
    let (attempt, csv, formula) = (result.attempt, as_csv(&result), result.clone());
    let missed = result.questions.iter().filter(|row| !row.score.is_some_and(Score::is_right)).count();
    view! {
        <Card title="Your estimate">
            <p class="exam-score">
                <strong>{estimate.scaled}</strong>
                " of " {result.scale.1} ", " {passed(result.passed)} " (" {result.pass_mark} ")"
            </p>
            <p>
                "By chance alone it may lie between " {estimate.low} " and " {estimate.high}
                " if you took another form today. This is an estimate, not what the real exam would say."
            </p>
            <p class="mark-total">
                <MarkBar mark=result.total/>
            </p>
            <p class="quiet">
                {words::length(result.length)} ", " {words::mode(result.mode).to_lowercase()} ". Finished " {ended} ", "
                <Time at=result.finished_at.clone()/> ", after " {span(result.seconds_used.into())} " of "
                {span(result.limit_seconds.into())} "."
            </p>
            <Disclosure summary="How the estimate is made">
                <Formula result=formula/>
            </Disclosure>
            <div class="action-bar">
                {(missed > 0)
                    .then(|| {
                        view! {
                            <Form action=BeginMissed::PATH>
                                <input type="hidden" name="attempt" value=attempt.to_string()/>
                                <Button variant=ButtonVariant::Secondary>"Practise the " {missed} " I missed"</Button>
                            </Form>
                        }
                    })}
                <a href=csv download=format!("exam-{attempt}.csv")>"Download as CSV"</a>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Formula(result: ExamResultView) -> AnyView {
    let (min, max) = result.scale;
    let credit = format!("{}.{:02}", result.credit.hundredths / 100, result.credit.hundredths % 100);
    view! {
        <p>
            "You reached " {credit.clone()} " of " {result.total.of} " points, part credit included. The scale runs evenly from " {min}
            " for none to " {max} " for all: " {min} " + " {max - min} " × " {credit} " / " {result.total.of} " = "
            {result.estimate.scaled} "."
        </p>
        <p>
            "The band is one standard error of a single test to each side, √(x (n − x) / (n − 1)) for x of n points (Lord, 1955). "
            "The real exam weighs its questions in a way that is not published."
        </p>
    }
    .into_any()
}

#[component]
fn Next(exam: ExamId, next: Vec<StudyNext>) -> AnyView {
    let exam = exam.to_string();
    let rows: Vec<_> = next
        .into_iter()
        .map(|one| {
            let exam = exam.clone();
            let mark = match one.mark.of {
                0 => "Not asked yet".to_owned(),
                of => format!("{} of {of} first answers right", one.mark.correct),
            };
            let gain = format!("about {}.{} questions of a full form", one.gain_hundredths / 100, one.gain_hundredths % 100 / 10);
            view! {
                <li class="exam-next">
                    <span>
                        <strong>{one.objective.to_string()} " " {one.title}</strong>
                        <span class="quiet">{mark} "; " {gain} " to gain"</span>
                    </span>
                    <Form action=Begin::PATH slug=format!("begin-{}", one.objective)>
                        <input type="hidden" name="request[exam]" value=exam/>
                        <input type="hidden" name="request[objectives][]" value=one.objective.to_string()/>
                        <input type="hidden" name="request[count]" value=DRILL/>
                        <Button variant=ButtonVariant::Secondary>"Practise"</Button>
                    </Form>
                </li>
            }
        })
        .collect();
    view! {
        <Card title="What to study next">
            <ol class="exam-next-list">{rows}</ol>
        </Card>
    }
    .into_any()
}

/// What one is wrong about without knowing it costs most.
fn is_sure_and_wrong(row: &ExamResultRow) -> bool {
    row.confidence == Some(Confidence::Sure) && row.score.is_some_and(|score| !score.is_right())
}

#[component]
fn SureAndWrong(attempt: AttemptId, rows: Vec<ExamResultRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = rows.into_iter().map(|row| view! { <Row attempt row pace=u32::MAX/> }).collect();
    view! {
        <section>
            <h2>"Sure, and not right"</h2>
            <p class="quiet">"Look at these first: nothing will make you doubt them on the day."</p>
            <ul class="result-questions">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Questions(result: ExamResultView) -> AnyView {
    let (attempt, pace) = (result.attempt, result.seconds_per_question);
    let slow = result.questions.iter().filter(|row| row.seconds > pace).count();
    let rows: Vec<_> = result.questions.into_iter().map(|row| view! { <Row attempt row pace/> }).collect();
    view! {
        <section>
            <h2>"Every question"</h2>
            <p class="quiet">
                "The pace of this form is " {span(pace.into())} " a question; " {slow}
                " took longer. Time is counted between saved changes."
            </p>
            <ol class="result-questions">{rows}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn Row(attempt: AttemptId, row: ExamResultRow, pace: u32) -> AnyView {
    let (class, icon, state) = match row.score {
        Some(score) if score.is_right() => ("result-state result-right", IconName::Check, "Right".to_owned()),
        Some(score) if score.is_part() => {
            ("result-state result-part", IconName::Minus, format!("Partly right, {} of {}", score.points, score.of))
        }
        Some(_) => ("result-state result-wrong", IconName::Cross, "Wrong".to_owned()),
        None => ("result-state result-open", IconName::Minus, "Not answered".to_owned()),
    };
    let sure = row.confidence.map(|confidence| match confidence {
        Confidence::Sure => "Sure",
        Confidence::Unsure => "Unsure",
    });
    let time = (row.seconds > 0).then(|| {
        let slow = if row.seconds > pace { ", over the pace" } else { "" };
        format!("{}:{:02}{slow}", row.seconds / 60, row.seconds % 60)
    });
    view! {
        <li>
            <a href=format!("/exams/{attempt}/{}", row.position)>{row.title}</a>
            <span class="result-facts">
                <span class=class>
                    <Icon name=icon/>
                    {state}
                </span>
                <span>"Objective " {row.objective.to_string()}</span>
                {sure.map(|sure| view! { <span>{sure}</span> })}
                {time.map(|time| view! { <span><Icon name=IconName::Clock/> {time}</span> })}
                {row.ticket.map(|ticket| view! { <a href=format!("/tickets/{ticket}/debrief")>"Debrief"</a> })}
                {row.repeat.then(|| view! { <span>"Seen before"</span> })}
                {row.marked.then(|| view! { <span><Icon name=IconName::Bookmark/> "Flagged"</span> })}
            </span>
        </li>
    }
    .into_any()
}
