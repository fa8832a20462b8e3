//! Which exam to take: its forms, how it is scored, what is running, what was taken.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use domain::accounts::TimeAllowance;
use domain::exams::Mode;

use super::api::{BeginExam, EarlierExam, FormOffer, LobbyView, OpenExam};
use super::words::{self, span};
use crate::backend::backend;
use crate::practice::api::ExamChoice;
use crate::practice::builder::ScoringRules;
use crate::ui::{Button, Choice, Disclosure, Form, MarkBar, Notice, Page, PageWidth, RadioGroup, Tab, Table, Tabs, Time, load};

/// `/exams?exam=ID`
#[component]
pub fn LobbyPage() -> AnyView {
    let exam = use_query_map().get_untracked().get("exam").map(Into::into);
    let lobby = async move { backend()?.lobby(exam).await };
    load(lobby, |lobby| view! { <Lobby lobby/> }.into_any())
}

#[component]
fn Lobby(lobby: LobbyView) -> AnyView {
    let shown = lobby.exam.clone();
    let tab =
        |exam: &ExamChoice| Tab { href: format!("/exams?exam={}", exam.id), current: exam.id == shown, label: exam.name.clone() };
    let tabs: Vec<_> = lobby.exams.iter().map(tab).collect();
    let open: Vec<_> = lobby.open.iter().cloned().map(|open| view! { <Running open/> }).collect();
    view! {
        <Page
            title="Practice exams"
            lead="A form drawn by the weights of the exam, a clock, and nothing said before the end."
            width=PageWidth::Reading
        >
            {open}
            <Tabs label="Exam" tabs/>
            <Start lobby=lobby.clone()/>
            <Earlier earlier=lobby.earlier/>
        </Page>
    }
    .into_any()
}

#[component]
fn Running(open: OpenExam) -> AnyView {
    let left = span(open.clock.milliseconds_left / 1000);
    let state = if open.clock.paused { format!("the clock stands still at {left}") } else { format!("{left} left") };
    view! {
        <Notice word="Running">
            <p>
                {open.exam_name} ", " {words::length(open.length).to_lowercase()} ": " {state} ". "
                <a href=format!("/exams/{}", open.attempt)>"Continue this exam"</a>
            </p>
        </Notice>
    }
    .into_any()
}

#[component]
fn Start(lobby: LobbyView) -> AnyView {
    if lobby.open.iter().any(|open| open.exam == lobby.exam) {
        return view! { <p>"One attempt of an exam at a time: finish the one that is running first."</p> }.into_any();
    }
    let (offered, missing): (Vec<_>, Vec<_>) = lobby.forms.iter().cloned().partition(|form| form.missing.is_none());
    let Some(first) = offered.first().cloned() else {
        return view! { <Missing forms=missing/> }.into_any();
    };
    let forms = offered.iter().map(|form| {
        Choice::new(form.length.as_str(), words::length(form.length)).hint(format!(
            "{} questions in {}",
            form.questions,
            span(form.seconds.into())
        ))
    });
    let forms: Vec<_> = forms.collect();
    let modes = || {
        vec![
            Choice::new(Mode::Practice.as_str(), words::mode(Mode::Practice)).hint("The clock can be stopped."),
            Choice::new(Mode::Exam.as_str(), words::mode(Mode::Exam)).hint("The clock runs to the end, as in the real exam."),
        ]
    };
    view! {
        <Form action=BeginExam::PATH>
            <input type="hidden" name="request[exam]" value=lobby.exam.to_string()/>
            <RadioGroup name="request[length]" legend="Form" choices=forms selected=first.length.as_str()/>
            <RadioGroup name="request[mode]" legend="Clock" choices=modes() selected=Mode::Practice.as_str()/>
            {lobby.simulations.then(|| view! { <WithScripts/> })}
            <Missing forms=missing/>
            <Disclosure summary="How it goes, and how it is scored">
                <Rules lobby=lobby.clone()/>
            </Disclosure>
            <div class="form-actions">
                <Button>"Start the exam"</Button>
            </div>
        </Form>
    }
    .into_any()
}

/// The start script fills it in: a simulation runs in the page.
#[component]
fn WithScripts() -> AnyView {
    view! {
        <input type="hidden" name="request[simulations]" value="false" data-scripts="true"/>
        <noscript>
            <Notice word="No simulations">
                <p>"Simulations need JavaScript and WebAssembly. Without them your form has other questions instead."</p>
            </Notice>
        </noscript>
    }
    .into_any()
}

#[component]
fn Missing(forms: Vec<FormOffer>) -> AnyView {
    let rows: Vec<_> = forms
        .into_iter()
        .filter_map(|form| {
            let (missing, name) = form.missing?;
            let needs = format!(
                "{} ({} questions) cannot be taken yet: domain {}, {name}, has {} of the {} questions it needs.",
                words::length(form.length),
                form.questions,
                missing.domain,
                missing.found,
                missing.wanted
            );
            Some(view! { <p>{needs}</p> })
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <Notice word="Not enough questions">{rows}</Notice> }).into_any()
}

#[component]
fn Rules(lobby: LobbyView) -> AnyView {
    let (min, max) = lobby.scale;
    let more = match lobby.allowance {
        TimeAllowance::Standard => {
            view! { <a href="/account">"Your account"</a> " can give you more time, once and for everything. " }.into_any()
        }
        more => view! { "Your account gives you " {more.percent()} " % of the usual time. " }.into_any(),
    };
    view! {
        <ul>
            <li>"Questions can be skipped, flagged, changed and reviewed until the end. Each change is saved as you make it."</li>
            <li>"The server keeps the clock. You can close the page and go on later or on another device; the clock runs on."</li>
            <li>{more} "When the time is up, what was saved counts."</li>
            <li>
                "The score is an estimate on a scale from " {min} " to " {max} ", where " {lobby.pass_mark}
                " passes. How the real exam makes its scale is not published."
            </li>
        </ul>
        <ScoringRules/>
    }
    .into_any()
}

/// Finished attempts of one exam.
#[component]
pub fn Earlier(earlier: Vec<EarlierExam>) -> AnyView {
    if earlier.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = earlier.into_iter().map(|exam| view! { <EarlierRow exam/> }).collect();
    view! {
        <section>
            <h2>"Earlier attempts"</h2>
            <Table caption="Finished attempts of this exam, the latest first">
                <thead>
                    <tr>
                        <th scope="col">"Finished"</th>
                        <th scope="col" class="wide-only">"Form"</th>
                        <th scope="col">"Estimate"</th>
                        <th scope="col">"New questions right"</th>
                        <th scope="col" class="wide-only">"Repeats right"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </section>
    }
    .into_any()
}

#[component]
fn EarlierRow(exam: EarlierExam) -> AnyView {
    let estimate = format!("{} ({}–{}), {}", exam.estimate.scaled, exam.estimate.low, exam.estimate.high, passed(exam.passed));
    view! {
        <tr>
            <td>
                <a href=format!("/exams/{}/result", exam.attempt)>
                    <Time at=exam.finished_at/>
                </a>
            </td>
            <td class="wide-only">{words::length(exam.length)} ", " {words::mode(exam.mode).to_lowercase()}</td>
            <td>{estimate}</td>
            <td>
                <MarkBar mark=exam.new/>
            </td>
            <td class="wide-only">
                <MarkBar mark=exam.repeats/>
            </td>
        </tr>
    }
    .into_any()
}

pub fn passed(passed: bool) -> &'static str {
    if passed { "pass" } else { "below the pass mark" }
}
