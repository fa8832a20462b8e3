//! A question of a finished exam with its verdict.

use leptos::prelude::*;

use crate::practice::api::QuestionView;
use crate::practice::exhibit::Exhibit;
use crate::practice::quiz::head::CaseLine;
use crate::practice::quiz::picture::told_picture;
use crate::practice::quiz::told::{Facts, outcome, summary};
use crate::practice::quiz::told_parts::Parts;
use crate::reports::form::{ReportForm, Reported};
use crate::ui::{ButtonVariant, Icon, IconName, LinkButton, ProseView};

#[component]
pub fn Told(question: QuestionView, position: u16) -> AnyView {
    let title = format!("Question {position} of {}", question.questions);
    let Some(verdict) = question.verdict else { return ().into_any() };
    let (class, icon, words) = outcome(verdict.score);
    let (prompt, told) = (question.prompt, verdict.reveal.told.clone());
    let (summary, has_places) = (summary(&prompt), prompt.has_places());
    let picture = prompt.picture.map(|picture| told_picture(picture, told.clone(), NodeRef::new()));
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
                    {prompt.part.map(|part| view! { <CaseLine part/> })}
                </header>
                {question.exhibit.map(|exhibit| view! { <Exhibit exhibit/> })}
                <div class="stem">
                    <ProseView prose=prompt.stem/>
                </div>
                <section class="told" aria-labelledby="told-verdict">
                    <h2 id="told-verdict" class=class>
                        <Icon name=icon/>
                        {words}
                    </h2>
                    {picture}
                    <details class="explanation" open>
                        <summary>{summary}</summary>
                        <Parts task=prompt.task has_places told/>
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
