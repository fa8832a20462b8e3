//! One step of a ticket: stored first, then done, then shown.

use app::error::{AppError, Conflict};
use app::tickets::api::{Asked, StepReply, StepRequest};
use domain::ids::TicketId;
use domain::tickets::{MOST_ACTIONS, Mode, Step};
use engine::people::{self, Understood, Utterance};
use engine::ticket::action::Action;
use engine::ticket::script::{self, Names};
use engine::world::PersonId;
use sqlx::PgConnection;

use super::live::{Held, Live, apart, catch_up, hold};
use super::row::{self, TicketRow};
use super::{close, live, view};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal;
use crate::exams::simulations;

pub async fn step(caller: &Caller, request: StepRequest) -> Result<StepReply, AppError> {
    let scope = caller.scope()?;
    let ticket = request.ticket;
    let held = hold(caller, scope, ticket).await;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let exam_over = simulations::why_not(&mut tx, scope, ticket).await.or_internal(caller)?;
    let row = row::lock(&mut tx, scope, ticket).await.or_internal(caller)?;
    let row = row.ok_or_else(|| live::nobodys(caller, scope, ticket))?;
    if let Some(known) = known(&mut tx, scope, &request).await.or_internal(caller)? {
        let held = catch_up(caller, &mut tx, scope, &row, held).await?;
        return reply(&held, &row, known, None);
    }
    if let Some(conflict) = exam_over {
        return Err(AppError::Conflict(conflict));
    }
    if row.closed_at.is_some() {
        return Err(AppError::Conflict(Conflict::TicketClosed));
    }
    if row.writer != Some(request.writer.0) {
        return Err(AppError::Conflict(Conflict::TicketElsewhere));
    }
    let held = catch_up(caller, &mut tx, scope, &row, held).await?;
    if row.is_late() {
        close::close(caller, &mut tx, scope, ticket, held).await?;
        tx.commit().await.or_internal(caller)?;
        return Err(AppError::Conflict(Conflict::TimeIsUp));
    }
    let (asked, mode) = (request.step.clone(), row.mode());
    let (held, resolved) = apart(held, move |place| {
        let live = place.as_ref().ok_or(AppError::NotFound)?;
        resolve(live, mode, asked)
    })
    .await;
    let (step, understood) = resolved?;
    let live = held.as_ref().ok_or(AppError::NotFound)?;
    let number = store(&mut tx, scope, &request, live, &step).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    let (mut held, ()) = apart(held, move |place| place.iter_mut().for_each(|live| live.take(step.clone()))).await;
    if held.as_ref().is_some_and(|live| live.run.is_closed()) {
        held = finish(caller, scope, ticket, held).await?;
    }
    reply(&held, &row, number, understood)
}

async fn finish(caller: &Caller, scope: &Scope, ticket: TicketId, held: Held) -> Result<Held, AppError> {
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    close::close(caller, &mut db, scope, ticket, held).await
}

/// The number of a step that was stored under this key before.
async fn known(db: &mut PgConnection, scope: &Scope, request: &StepRequest) -> Result<Option<u32>, sqlx::Error> {
    let step = sqlx::query_scalar!(
        "select step from ticket_steps where org_id = $1 and ticket_id = $2 and idempotency_key = $3",
        scope.org().0,
        request.ticket.0,
        request.key.0
    );
    Ok(step.fetch_optional(db).await?.map(i32::unsigned_abs))
}

/// What is stored for what was asked, and how typed words were understood.
fn resolve(live: &Live, mode: Mode, asked: Asked) -> Result<(Step, Option<String>), AppError> {
    let full = u32::try_from(live.run.log.len()).unwrap_or(u32::MAX) >= MOST_ACTIONS;
    let ends = |action: &Action| matches!(action, Action::Resolve(_) | Action::Escalate(_));
    let act = |action: Action| match ends(&action) {
        true if mode == Mode::Simulation => Err(AppError::Conflict(Conflict::NothingToHandIn)),
        false if full => Err(AppError::Conflict(Conflict::TicketFull)),
        _ => Ok(Step::Act(action)),
    };
    match asked {
        Asked::Act(sent) => Ok((act(view::known_action(sent))?, None)),
        Asked::Line(written) => {
            let names = Names { world: &live.given.start, people: &live.given.people };
            let filled = engine::ticket::scenario::fill(written.trim(), &live.given.names);
            let read = script::action(&filled, &names).map_err(|message| AppError::invalid("line", &message))?;
            Ok((act(read)?, None))
        }
        Asked::Speak { to, words } => {
            let (utterance, understood) = understand(to, &words)?;
            Ok((act(Action::Say(utterance))?, Some(understood)))
        }
        // All of it can be taken back, and nothing less.
        Asked::Rewind { to: 0 } if mode == Mode::Simulation => Ok((Step::Rewind { to: 0 }, None)),
        Asked::Rewind { .. } | Asked::Hint if mode != Mode::Practice => Err(AppError::Conflict(Conflict::NotInAssessment)),
        Asked::Rewind { to } => Ok((Step::Rewind { to }, None)),
        Asked::Hint => {
            let hint = live.next_hint().ok_or(AppError::Conflict(Conflict::NoHint))?;
            Ok((Step::Hint { text: hint.text, cost: hint.cost }, None))
        }
    }
}

fn understand(to: PersonId, words: &str) -> Result<(Utterance, String), AppError> {
    /// What fits into one breath; the log keeps it.
    const LONGEST: usize = 500;
    let words: String = words.trim().chars().take(LONGEST).collect();
    if words.is_empty() {
        return Err(AppError::invalid("words", "Write what you want to say."));
    }
    let Understood { intent, tone, topic } = people::understand(&words);
    let understood = app::tickets::words::said(intent, tone, topic);
    Ok((Utterance { to, intent, tone, topic, words }, understood))
}

async fn store(
    db: &mut PgConnection,
    scope: &Scope,
    request: &StepRequest,
    live: &Live,
    step: &Step,
) -> Result<u32, sqlx::Error> {
    let content = serde_json::to_value(step).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let number = live.steps + 1;
    sqlx::query!(
        "insert into ticket_steps (org_id, ticket_id, step, idempotency_key, content, exam_ms)
         values ($1, $2, $3, $4, $5,
                 (select (1000 * (a.time_limit - extract(epoch from a.deadline_at - firstline_now())))::int
                  from tickets t join attempts a on a.org_id = t.org_id and a.attempt_id = t.attempt_id
                  where t.org_id = $1 and t.ticket_id = $2))",
        scope.org().0,
        request.ticket.0,
        i32::try_from(number).unwrap_or(i32::MAX),
        request.key.0,
        content
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update tickets set steps = $3, actions = $4 where org_id = $1 and ticket_id = $2",
        scope.org().0,
        request.ticket.0,
        i32::try_from(number).unwrap_or(i32::MAX),
        i32::try_from(live.standing.actions_after(step)).unwrap_or(i32::MAX)
    )
    .execute(db)
    .await?;
    Ok(number)
}

fn reply(held: &Held, row: &TicketRow, step: u32, understood: Option<String>) -> Result<StepReply, AppError> {
    let live = held.as_ref().ok_or(AppError::NotFound)?;
    let entry = live.number_of(step).and_then(|number| view::entry(live, number));
    let entries = entry.is_none().then(|| view::entries(live));
    Ok(StepReply { entry, entries, understood, progress: view::progress(live, row) })
}
