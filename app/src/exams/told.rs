//! A question of a finished exam with its verdict.

use leptos::prelude::*;

use crate::practice::api::QuestionView;
use crate::practice::quiz::told::{Facts, outcome, summary};
use crate::practice::quiz::told_parts::Parts;
use crate::reports::form::{ReportForm, Reported};
use crate::ui::{ButtonVariant, Icon, IconName, LinkButton, ProseView};

#[component]
pub fn Told(question: QuestionView, position: u16) -> AnyView {
    let title = format!("Question {position} of {}", question.questions);
    let Some(verdict) = question.verdict else { return ().into_any() };
    let (class, icon, words) = outcome(verdict.score);
    let attempt = question.attempt;
    let step = |to: u16, words: &'static str| {
        let inside = (1..=question.questions).contains(&to);
        inside.then(
            || view! { <LinkButton variant=ButtonVariant::Secondary href=format!("/exams/{attempt}/{to}")>{words}</LinkButton> },
        )
    };
    view! {
        <leptos_meta::Title text=format!("{title}: {} · Firstline", question.exam_name)/>
        <div class="page page-reading">
            <Reported/>
            <article class="quiz" aria-labelledby="told-heading">
                <header class="quiz-head">
                    <p class="quiz-exam">{question.exam_name.clone()} ", finished"</p>
                    <h1 id="told-heading">{title}</h1>
                </header>
                <div class="stem">
                    <ProseView prose=question.prompt.stem/>
                </div>
                <section class="told" aria-labelledby="told-verdict">
                    <h2 id="told-verdict" class=class>
                        <Icon name=icon/>
                        {words}
                    </h2>
                    <details class="explanation" open>
                        <summary>{summary(&question.prompt.task)}</summary>
                        <Parts task=question.prompt.task told=verdict.reveal.told.clone()/>
                        <Facts reveal=verdict.reveal/>
                    </details>
                </section>
                <div class="action-bar">
                    {step(position.saturating_sub(1), "Previous")} {step(position + 1, "Next question")}
                    <a class="button button-quiet" href=format!("/exams/{attempt}/result")>
                        <Icon name=IconName::List/>
                        "To the result"
                    </a>
                </div>
                <ReportForm attempt position page=format!("/exams/{attempt}/{position}")/>
            </article>
        </div>
    }
    .into_any()
}
