//! After the end: the verdict with all that was hidden, and what the engine in the browser needs to play the run again.

use app::error::{AppError, Conflict};
use app::tickets::api::{DebriefView, ObjectiveChoice, RecordingView};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use domain::content::prose;
use domain::ids::TicketId;
use engine::ticket::scenario::fill;
use engine::ticket::script::{Names, write};
use engine::ticket::verdict::Verdict;
use engine::worker::Start;

use super::live::{Held, Live, catch_up, hold};
use super::row::{self, TicketRow};
use super::words::told;
use super::{live, view};
use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::error::OrInternal;

pub async fn debrief(caller: &Caller, ticket: TicketId) -> Result<DebriefView, AppError> {
    let (held, row) = closed(caller, ticket).await?;
    let live = held.as_ref().ok_or(AppError::NotFound)?;
    let verdict = verdict(caller, &row)?;
    let scenario = &live.playable.scenario;
    let reference = fill(&scenario.solution, &live.given.names);
    let lines = reference.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let names = Names { world: &live.given.start, people: &live.given.people };
    let in_words = |line: &str| {
        engine::ticket::script::action(line, &names).map_or_else(|_| line.to_owned(), |action| told(&live.given.start, &action))
    };
    Ok(DebriefView {
        ticket,
        scenario: row.scenario_id.as_str().into(),
        title: scenario.title.clone(),
        company: live.given.twin.organisation.clone(),
        mode: row.mode(),
        seed: row.seed.cast_unsigned(),
        closed_at: row.closed_at.map(rfc3339).unwrap_or_default(),
        verdict,
        debrief: prose::parse(&fill(&scenario.debrief, &live.given.names)).0,
        entries: view::entries(live),
        hints: live.standing.hints.iter().map(|(after, hint)| (*after, hint.text.clone(), hint.cost)).collect(),
        undone: live.standing.undone,
        reference: lines.map(in_words).collect(),
        mood: live.beside.iter().map(|beside| beside.mood).collect(),
        objectives: objectives(caller, live),
    })
}

pub async fn recording(caller: &Caller, ticket: TicketId) -> Result<RecordingView, AppError> {
    let (held, row) = closed(caller, ticket).await?;
    let live = held.as_ref().ok_or(AppError::NotFound)?;
    if row.engine_version.unsigned_abs() != engine::VERSION {
        return Err(AppError::Conflict(Conflict::OtherEngine));
    }
    let encode = |bytes: Vec<u8>| BASE64_STANDARD.encode(bytes);
    let internal = |_| AppError::Internal { request_id: caller.request_id.clone() };
    let start = Start { world: live.given.start.clone(), needs: live.given.needs.clone() };
    let start = engine::worker::encode(&start).map_err(internal)?;
    let actions: Result<Vec<_>, _> = live.standing.actions.iter().map(engine::worker::encode).collect();
    let names = Names { world: &live.given.start, people: &live.given.people };
    Ok(RecordingView {
        start: encode(start),
        actions: actions.map_err(internal)?.into_iter().map(encode).collect(),
        places: view::places(&live.given.twin),
        devices: view::devices(&live.given.twin),
        lines: live.standing.actions.iter().map(|action| write(action, &names)).collect(),
        told: live.standing.actions.iter().map(|action| told(&live.given.start, action)).collect(),
        changed: live.run.log.iter().map(|entry| entry.changed).collect(),
    })
}

/// A closed ticket of this person, played to its end.
async fn closed(caller: &Caller, ticket: TicketId) -> Result<(Held, TicketRow), AppError> {
    let scope = caller.scope()?;
    let held = hold(caller, scope, ticket).await;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let row = row::load(&mut db, scope, ticket).await.or_internal(caller)?;
    let row = row.ok_or_else(|| live::nobodys(caller, scope, ticket))?;
    if row.closed_at.is_none() {
        return Err(AppError::Conflict(Conflict::TicketOpen));
    }
    let held = catch_up(caller, &mut db, scope, &row, held).await?;
    Ok((held, row))
}

fn verdict(caller: &Caller, row: &TicketRow) -> Result<Verdict, AppError> {
    let stored = row.verdict.clone().ok_or(AppError::NotFound)?;
    serde_json::from_value(stored).map_err(|error| sqlx::Error::Decode(error.into())).or_internal(caller)
}

fn objectives(caller: &Caller, live: &Live) -> Vec<ObjectiveChoice> {
    let known = |text: &String| {
        let (exam, objective) = text.split_once('/')?;
        let exam = caller.server.catalog.exam(&exam.into())?;
        let objective = exam.objective(&objective.into())?;
        let (exam_name, title) = (exam.name.clone(), objective.title.clone());
        Some(ObjectiveChoice { exam: exam.id.clone(), exam_name, objective: objective.id.clone(), title })
    };
    live.playable.scenario.objectives.iter().filter_map(known).collect()
}
