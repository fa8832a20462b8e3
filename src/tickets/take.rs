//! Taking a ticket: the server draws the seed, pins the version of the scenario and, in an assessment, sets the time limit.

use std::sync::Arc;

use app::error::{AppError, Conflict};
use app::tickets::api::TicketRequest;
use domain::ids::{AttemptId, ScenarioId, TicketId};
use domain::tickets::{Mode, Step, time_limit};
use sqlx::PgConnection;
use uuid::Uuid;

use super::live::Live;
use super::{queue, row};
use crate::accounts::session::Scope;
use crate::accounts::time_allowance;
use crate::caller::Caller;
use crate::content::Playable;
use crate::error::OrInternal;

/// Tickets one person may have open at a time; more is a mistake or an attack.
const MOST_OPEN: i64 = 20;

/// Seeds that people can write down and tell each other.
const SEEDS: u64 = 1_000_000;

pub async fn take(caller: &Caller, request: TicketRequest) -> Result<TicketId, AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    make_sure_of_room(&mut tx, caller, scope).await?;
    let random = getrandom::u64().map_err(|_| AppError::Unavailable { retry_after_seconds: 2 })?;
    let wanted = request.scenario.filter(|id| !id.as_str().is_empty());
    let id = match wanted {
        Some(id) => id,
        None => queue::surprise(&mut tx, caller, scope, random).await?,
    };
    let playable = caller.server.catalog.scenario(&id).ok_or(AppError::NotFound)?;
    let seed = match (request.mode, request.seed) {
        (Mode::Practice, Some(seed)) => seed,
        // In an assessment nobody chooses their numbers.
        _ => random % SEEDS,
    };
    let requester = requester(caller, playable, seed).await?;
    let new = New { scenario: &id, playable, seed, requester, mode: request.mode, forked_from: None, part_of: None };
    let ticket = store(&mut tx, scope, &new).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    Ok(ticket)
}

/// A practice ticket with the numbers of a closed one, its log copied up to an action.
pub async fn fork(caller: &Caller, closed: TicketId, actions: u32) -> Result<TicketId, AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let row = row::load(&mut tx, scope, closed).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    if row.closed_at.is_none() {
        return Err(AppError::Conflict(Conflict::TicketOpen));
    }
    make_sure_of_room(&mut tx, caller, scope).await?;
    let id: ScenarioId = row.scenario_id.as_str().into();
    let playable = caller.server.catalog.scenario_version(&mut tx, &id, &row.scenario_version).await.or_internal(caller)?;
    let steps = row::steps_after(&mut tx, scope.org(), closed, 0).await.or_internal(caller)?;
    let kept: Vec<_> = domain::tickets::Standing::of(steps).continued_after(actions).map(Step::Act).collect();
    let seed = row.seed.cast_unsigned();
    let requester = row.requester;
    let (mode, forked_from) = (Mode::Practice, Some(closed));
    let new = New { scenario: &id, playable: &playable, seed, requester, mode, forked_from, part_of: None };
    let ticket = store(&mut tx, scope, &new).await.or_internal(caller)?;
    store_steps(&mut tx, scope, ticket, &kept).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    Ok(ticket)
}

/// A simulation of an exam. Only the queue names who asks, and it does not list these.
pub async fn for_exam(
    db: &mut PgConnection,
    scope: &Scope,
    part_of: (AttemptId, u16),
    (scenario, playable): (&ScenarioId, &Playable),
    seed: u64,
) -> Result<TicketId, sqlx::Error> {
    let (requester, mode, part_of) = (String::new(), Mode::Simulation, Some(part_of));
    store(db, scope, &New { scenario, playable, seed, requester, mode, forked_from: None, part_of }).await
}

/// Name and job of the person whom the seed draws.
async fn requester(caller: &Caller, playable: &Arc<Playable>, seed: u64) -> Result<String, AppError> {
    let playable = Arc::clone(playable);
    let drawn = tokio::task::spawn_blocking(move || Live::start(playable, seed).map(|live| live.requester())).await;
    drawn.map_err(|error| error.to_string()).flatten().map_err(|error| {
        tracing::error!(request.id = %caller.request_id, error, "a ticket cannot be made");
        AppError::Internal { request_id: caller.request_id.clone() }
    })
}

async fn make_sure_of_room(db: &mut PgConnection, caller: &Caller, scope: &Scope) -> Result<(), AppError> {
    let open = sqlx::query_scalar!(
        r#"select count(*) as "open!" from tickets where org_id = $1 and account_id = $2 and closed_at is null and mode <> 'simulation'"#,
        scope.org().0,
        scope.account().0
    );
    let open = open.fetch_one(db).await.or_internal(caller)?;
    if open < MOST_OPEN { Ok(()) } else { Err(AppError::Conflict(Conflict::TooManyTickets)) }
}

struct New<'n> {
    scenario: &'n ScenarioId,
    playable: &'n Playable,
    seed: u64,
    requester: String,
    mode: Mode,
    forked_from: Option<TicketId>,
    /// The place on the form of an exam, from 1.
    part_of: Option<(AttemptId, u16)>,
}

async fn store(db: &mut PgConnection, scope: &Scope, new: &New<'_>) -> Result<TicketId, sqlx::Error> {
    let ticket = TicketId(Uuid::now_v7());
    let allowance = time_allowance(&mut *db, scope).await?;
    let minutes = (new.mode == Mode::Assessment).then(|| time_limit(new.playable.scenario.minutes, allowance));
    sqlx::query!(
        "insert into tickets (org_id, ticket_id, account_id, scenario_id, scenario_version, seed, engine_version, mode,
                              requester, forked_from, deadline_at, attempt_id, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, firstline_now() + make_interval(mins => $11), $12, $13)",
        scope.org().0,
        ticket.0,
        scope.account().0,
        new.scenario.as_str(),
        new.playable.version,
        new.seed.cast_signed(),
        i32::try_from(engine::VERSION).unwrap_or(i32::MAX),
        new.mode.as_str(),
        new.requester,
        new.forked_from.map(|ticket| ticket.0),
        minutes.map(|minutes| i32::try_from(minutes).unwrap_or(i32::MAX)),
        new.part_of.map(|(attempt, _)| attempt.0),
        new.part_of.map(|(_, position)| i16::try_from(position).unwrap_or(i16::MAX))
    )
    .execute(db)
    .await?;
    Ok(ticket)
}

async fn store_steps(db: &mut PgConnection, scope: &Scope, ticket: TicketId, steps: &[Step]) -> Result<(), sqlx::Error> {
    let contents: Result<Vec<_>, _> = steps.iter().map(serde_json::to_value).collect();
    let contents = contents.map_err(|error| sqlx::Error::Encode(error.into()))?;
    let numbers: Vec<i32> = (1..).take(steps.len()).collect();
    let keys: Vec<Uuid> = steps.iter().map(|_| Uuid::new_v4()).collect();
    sqlx::query!(
        "insert into ticket_steps (org_id, ticket_id, step, idempotency_key, content)
         select $1, $2, t.step, t.key, t.content from unnest($3::int[], $4::uuid[], $5::jsonb[]) as t (step, key, content)",
        scope.org().0,
        ticket.0,
        &numbers,
        &keys,
        &contents
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update tickets set steps = $3, actions = $3 where org_id = $1 and ticket_id = $2",
        scope.org().0,
        ticket.0,
        i32::try_from(steps.len()).unwrap_or(i32::MAX)
    )
    .execute(db)
    .await?;
    Ok(())
}
