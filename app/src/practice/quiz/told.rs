//! A question with its verdict: every part with its reason, what to remember, where it is written.

use leptos::prelude::*;

use domain::scoring::Score;

use super::picture::told_picture;
use super::told_parts::Parts;
use crate::practice::api::{Prompt, QuestionView, Reveal, Task};
use crate::reports::form::ReportForm;
use crate::ui::{Icon, IconName, KeyHint, ProseView};

/// The heading, which the focus goes to.
pub const HEADING: &str = "quiz-verdict";
pub const EXPLANATION: &str = "quiz-explanation";
/// The link to what comes next.
pub const NEXT: &str = "quiz-next";

/// Nothing without a verdict.
#[component]
pub fn Told(question: QuestionView) -> AnyView {
    let Some(verdict) = question.verdict else { return ().into_any() };
    let (class, icon, words) = outcome(verdict.score);
    let summary = summary(&question.prompt);
    let prompt = question.prompt;
    let has_places = prompt.has_places();
    let told = verdict.reveal.told.clone();
    let picture = prompt.picture.map(|picture| told_picture(picture, told.clone(), NodeRef::new()));
    view! {
        <div class="stem">
            <ProseView prose=prompt.stem/>
        </div>
        <section class="told" aria-labelledby=HEADING>
            <h2 id=HEADING class=class tabindex="-1">
                <Icon name=icon/>
                {words}
            </h2>
            {picture}
            <details class="explanation" id=EXPLANATION open>
                <summary>{summary}</summary>
                <Parts task=prompt.task has_places told/>
                <Facts reveal=verdict.reveal/>
            </details>
            <NextLink attempt=question.attempt.to_string() next=verdict.next shortcuts=question.shortcuts/>
            <ReportForm
                attempt=question.attempt
                position=question.position
                page=format!("/practice/{}/{}", question.attempt, question.position)
            />
        </section>
    }
    .into_any()
}

/// Class, icon and words of a score.
pub fn outcome(score: Option<Score>) -> (&'static str, IconName, String) {
    match score {
        None => ("verdict verdict-open", IconName::Minus, "You did not answer this one.".to_owned()),
        Some(score) if score.is_right() => ("verdict verdict-right", IconName::Check, "Right.".to_owned()),
        Some(score) if score.is_part() => {
            ("verdict verdict-part", IconName::Minus, format!("Partly right: {} of {} points.", score.points, score.of))
        }
        Some(_) => ("verdict verdict-wrong", IconName::Cross, "Not right.".to_owned()),
    }
}

/// What the explanation is about.
pub fn summary(prompt: &Prompt) -> &'static str {
    match &prompt.task {
        Task::Choice { .. } => "Explanation of every option",
        Task::Ordering { .. } => "The right order, and why",
        Task::Matching { .. } if prompt.has_places() => "The right labels, and why",
        Task::Matching { .. } => "The right matches, and why",
        Task::Typed(_) => "The right answer, and why",
        Task::Simulation => "How you left it, and what was wrong",
    }
}

#[component]
pub fn Facts(reveal: Reveal) -> AnyView {
    view! {
        <dl class="facts">
            <dt>"Remember"</dt>
            <dd>
                <ProseView prose=reveal.remember/>
            </dd>
            <dt>"Objective"</dt>
            <dd>{reveal.objective.to_string()} " " {reveal.objective_title}</dd>
            <dt>"Source"</dt>
            <dd>{reveal.source} " (checked " {reveal.checked} ")"</dd>
        </dl>
    }
    .into_any()
}

/// To the next open question, or to the result. A link, so that it works without scripts.
#[component]
fn NextLink(attempt: String, next: Option<u16>, shortcuts: bool) -> AnyView {
    let (href, words) = match next {
        Some(position) => (format!("/practice/{attempt}/{position}"), "Next question"),
        None => (format!("/practice/{attempt}/result"), "See the result"),
    };
    view! {
        <div class="action-bar">
            <a class="button button-primary" href=href id=NEXT>
                {words}
                {shortcuts.then(|| view! { <KeyHint key="Enter"/> })}
            </a>
        </div>
    }
    .into_any()
}
