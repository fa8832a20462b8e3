//! The debrief of a closed ticket: how it ended, what each action showed, what it cost whom, and what there is to learn.

mod actions;
mod mood;
mod rewind;
mod score;

use domain::scoring::Mark;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use domain::ids::TicketId;
use domain::tickets::Mode;
use engine::ticket::Verdict;

use self::actions::{Actions, Paths};
use self::mood::Mood;
use self::rewind::{Files, Rewind};
use self::score::{Damages, Parts, Theories};
use super::api::{DebriefView, ObjectiveChoice, Take};
use super::words::{count, span};
use crate::assets::Assets;
use crate::backend::{backend, go_to};
use crate::error::{AppError, Conflict};
use crate::ui::{Button, ButtonVariant, Form, LinkButton, MarkBar, Notice, NoticeKind, Page, ProseView, load};

/// `/tickets/:ticket/debrief`
#[component]
pub fn DebriefPage() -> AnyView {
    let ticket = use_params_map().get_untracked().get("ticket").and_then(|text| text.parse::<TicketId>().ok());
    let debrief = async move {
        let ticket = ticket.ok_or(AppError::NotFound)?;
        let debrief = backend()?.debrief(ticket).await;
        if matches!(debrief, Err(AppError::Conflict(Conflict::TicketOpen))) {
            go_to(&format!("/tickets/{ticket}"));
        }
        debrief
    };
    load(debrief, |debrief| view! { <Debrief debrief/> }.into_any())
}

#[component]
fn Debrief(debrief: DebriefView) -> AnyView {
    let mode = match debrief.mode {
        Mode::Practice => "Practice",
        Mode::Assessment => "Assessment",
        Mode::Simulation => {
            "Simulation of an exam, where the state at the end counts. This is what it would bring as a ticket of its own"
        }
    };
    let lead = format!("{}. {mode}", debrief.company);
    let practice = debrief.mode == Mode::Practice;
    let files = Files::from(use_context::<Assets>().unwrap_or_else(Assets::missing));
    view! {
        <Page title=format!("Verdict: {}", debrief.title) lead>
            <Outcome verdict=debrief.verdict.clone() entries=debrief.entries.len() undone=debrief.undone/>
            <section aria-labelledby="debrief-learn">
                <h2 id="debrief-learn">"What there is to learn"</h2>
                <ProseView prose=debrief.debrief.clone()/>
            </section>
            <Parts parts=debrief.verdict.parts.clone()/>
            <Damages damages=debrief.verdict.damage.clone()/>
            <Theories theories=debrief.verdict.theories.clone()/>
            <Actions
                ticket=debrief.ticket
                entries=debrief.entries.clone()
                evidence=debrief.verdict.evidence.clone()
                hints=debrief.hints.clone()
                practice
            />
            <section aria-labelledby="debrief-rewind">
                <h2 id="debrief-rewind">"Step through it again"</h2>
                <p class="quiet">
                    "The whole company as it was after each of your actions: any device, any panel, every cable."
                </p>
                <Rewind ticket=debrief.ticket files practice/>
            </section>
            <Mood mood=debrief.mood.clone()/>
            <Paths own=debrief.entries.iter().map(|entry| entry.told.clone()).collect() reference=debrief.reference.clone()/>
            <Objectives objectives=debrief.objectives.clone()/>
            <Again debrief/>
        </Page>
    }
    .into_any()
}

/// In one word, one sentence and one number.
#[component]
fn Outcome(verdict: Verdict, entries: usize, undone: u32) -> AnyView {
    let (kind, word, sentence) = outcome(&verdict);
    let actions = count(u32::try_from(entries).unwrap_or(u32::MAX), "action", "actions");
    let taken_back = (undone > 0).then(|| format!(", {undone} taken back"));
    let passed = if verdict.pass { "Passed." } else { "Not passed." };
    view! {
        <Notice kind word=word>
            <p>{sentence}</p>
            <p class="mark-total">
                <MarkBar mark=Mark { correct: verdict.score.into(), of: verdict.max.into() }/>
            </p>
            <p>
                <strong>{passed}</strong>
                " "
                {actions}
                {taken_back}
                ", "
                {span(verdict.time.as_seconds())}
                " of the company's time."
            </p>
        </Notice>
    }
    .into_any()
}

fn outcome(verdict: &Verdict) -> (NoticeKind, &'static str, &'static str) {
    if verdict.nothing_broken && verdict.root_cause_fixed {
        return (NoticeKind::Success, "Cleared up", "Nothing was broken, and the requester knows now how it works.");
    }
    match (verdict.escalated_rightly, verdict.root_cause_fixed, verdict.service_restored) {
        (Some(true), ..) => (NoticeKind::Success, "Handed over", "Handed over to the right team, with what they need to go on."),
        (_, true, true) => (NoticeKind::Success, "Solved", "The cause is gone, and it works again."),
        (_, true, false) => {
            (NoticeKind::Warning, "Cause removed", "The cause is gone, but what was asked for does not work yet.")
        }
        (_, false, true) => {
            (NoticeKind::Warning, "Workaround", "It works again, but the cause is still there and will come back.")
        }
        (Some(false), ..) => {
            (NoticeKind::Warning, "Handed over", "Handed over, but not where it belongs or without what shows it.")
        }
        (None, false, false) => (NoticeKind::Danger, "Not solved", "It does not work, and the cause is still there."),
    }
}

#[component]
fn Objectives(objectives: Vec<ObjectiveChoice>) -> AnyView {
    let rows: Vec<_> = objectives
        .into_iter()
        .map(|one| {
            let domain = one.objective.as_str().split('.').next().unwrap_or_default().to_owned();
            let href = format!("/practice?exam={}&domain={domain}", one.exam);
            view! { <li><a href=href>{one.exam_name} " " {one.objective.to_string()} " " {one.title}</a></li> }
        })
        .collect();
    view! {
        <section aria-labelledby="debrief-objectives">
            <h2 id="debrief-objectives">"What it exercises"</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Again(debrief: DebriefView) -> AnyView {
    view! {
        <section aria-labelledby="debrief-next">
            <h2 id="debrief-next">"What next"</h2>
            <p>
                "The number of this ticket is " <code>{debrief.seed.to_string()}</code>
                ". With it a colleague gets the same people, addresses and fault."
            </p>
            <Form action=Take::PATH>
                <input type="hidden" name="request[scenario]" value=debrief.scenario.to_string()/>
                <input type="hidden" name="request[mode]" value="practice"/>
                <input type="hidden" name="request[seed]" value=debrief.seed.to_string()/>
                <div class="form-actions">
                    <LinkButton href="/tickets">"Take another ticket"</LinkButton>
                    <Button variant=ButtonVariant::Secondary>"Practise this one again"</Button>
                </div>
            </Form>
        </section>
    }
    .into_any()
}
