//! Stores a change to one question before anything is said about it.

use app::error::{AppError, Conflict};
use app::exams::api::{Answered, Change, Saved};
use domain::content::item::{Item, ItemKind};
use domain::response::{Given, Response};
use domain::scoring::{Score, score};
use sqlx::PgConnection;

use super::row::clock;
use super::simulations;
use super::sitting::{progress, worked};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal;
use crate::practice::question::{instance, sql_position};
use crate::practice::verdict::small;

/// What is sent again is answered as the first time. What arrives after a later change is not stored, and this is said.
pub async fn save(caller: &Caller, change: Change) -> Result<Saved, AppError> {
    let scope = caller.scope()?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let asked = load(&mut db, scope, &change).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    let pinned = (asked.item_id.as_str().into(), asked.item_version.as_str().into());
    let item = caller.server.catalog.version(&mut db, pinned.0, pinned.1).await.or_internal(caller)?;
    let item = instance(item, asked.seed, sql_position(change.position));
    let new = New::of(&change, &item, &small(&asked.option_order))?;
    if !write(&mut db, scope, &change, &new).await.or_internal(caller)? {
        // Asked only now: of two that arrive at once with one key, the second finds what the first has stored.
        match stored_for(&mut db, scope, &change).await.or_internal(caller)? {
            Some(position) if position == sql_position(change.position) => {}
            Some(_) => return Err(AppError::BadRequest),
            None => return Err(AppError::Conflict(why_not(&mut db, scope, &change).await.or_internal(caller)?)),
        }
    }
    let simulation = if item.kind == ItemKind::Simulation {
        simulations::at(&mut db, scope, change.attempt, sql_position(change.position)).await.or_internal(caller)?
    } else {
        None
    };
    Ok(Saved {
        position: change.position,
        progress: simulation.map_or(new.progress, worked),
        clock: clock(asked.time_limit, asked.milliseconds_left, false),
    })
}

struct Asked {
    seed: i64,
    item_id: String,
    item_version: String,
    option_order: Vec<i16>,
    time_limit: i32,
    milliseconds_left: i64,
}

async fn load(db: &mut PgConnection, scope: &Scope, change: &Change) -> Result<Option<Asked>, sqlx::Error> {
    sqlx::query_as!(
        Asked,
        r#"select a.seed, i.item_id, i.item_version, i.option_order, a.time_limit as "time_limit!",
                  floor(extract(epoch from a.deadline_at - firstline_now()) * 1000)::bigint as "milliseconds_left!"
           from attempts a join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
           where a.org_id = $1 and a.attempt_id = $2 and a.account_id = $3 and a.kind = 'exam' and i.position = $4"#,
        scope.org().0,
        change.attempt.0,
        scope.account().0,
        sql_position(change.position)
    )
    .fetch_optional(db)
    .await
}

/// The question that a change with this key was stored for.
async fn stored_for(db: &mut PgConnection, scope: &Scope, change: &Change) -> Result<Option<i16>, sqlx::Error> {
    sqlx::query_scalar!(
        "select position from responses where org_id = $1 and attempt_id = $2 and idempotency_key = $3",
        scope.org().0,
        change.attempt.0,
        change.key.0
    )
    .fetch_optional(db)
    .await
}

/// What a change leaves in the table.
struct New {
    given: Vec<i16>,
    /// `None`: the answer was taken back.
    response: Option<Response>,
    reached: Score,
    struck: Vec<i16>,
    progress: Answered,
}

impl New {
    fn of(change: &Change, item: &Item, order: &[u8]) -> Result<Self, AppError> {
        let given = Given { choices: &change.choices, text: &change.text };
        let response = Response::so_far(&item.interaction, order, given).map_err(|_| AppError::BadRequest)?;
        let nothing = Score { points: 0, of: 1 };
        Ok(Self {
            given: change.choices.iter().copied().map(i16::from).collect(),
            reached: response.as_ref().map_or(nothing, |response| score(&item.interaction, response)),
            response,
            struck: change.struck.iter().copied().map(i16::from).collect(),
            progress: progress(item, order, given),
        })
    }
}

/// One statement: the exam is running, this page writes, the change is newer than what is stored; then it is logged and stored.
/// `false`: one of these does not hold.
async fn write(db: &mut PgConnection, scope: &Scope, change: &Change, new: &New) -> Result<bool, sqlx::Error> {
    let chosen: Option<Vec<i16>> =
        new.response.as_ref().map(|response| response.places().iter().copied().map(i16::from).collect());
    let written = sqlx::query!(
        "with running as (
             select org_id, attempt_id,
                    (1000 * (time_limit - extract(epoch from deadline_at - firstline_now())))::int as exam_ms
             from attempts
             where org_id = $1 and attempt_id = $2 and account_id = $3 and kind = 'exam' and writer = $6
               and finished_at is null and paused_at is null
               and firstline_now() <= deadline_at + make_interval(secs => $16)
             for share
         ), newer as (
             select i.org_id, i.attempt_id, running.exam_ms from running join attempt_items i using (org_id, attempt_id)
             where i.position = $4 and i.sequence < $7
             for update of i
         ), logged as (
             insert into responses (org_id, attempt_id, idempotency_key, position, client_sequence,
                                    chosen, typed, points, points_of, correct, exam_ms)
             select org_id, attempt_id, $5, $4, $7, coalesce($9::smallint[], '{}'), $10,
                    $11::smallint, $12::smallint, $11::smallint = $12::smallint, exam_ms
             from newer
             on conflict (org_id, attempt_id, idempotency_key) do nothing
             returning org_id, attempt_id
         )
         update attempt_items i
         set given = $8, chosen = $9::smallint[], typed = $10, sequence = $7, marked = $13, confidence = $14, struck = $15,
             points = case when $9::smallint[] is null then null else $11::smallint end,
             points_of = case when $9::smallint[] is null then null else $12::smallint end,
             correct = case when $9::smallint[] is null then null else $11::smallint = $12::smallint end,
             answered_at = case when $9::smallint[] is null then null else firstline_now() end
         from logged
         where i.org_id = logged.org_id and i.attempt_id = logged.attempt_id and i.position = $4",
        scope.org().0,
        change.attempt.0,
        scope.account().0,
        sql_position(change.position),
        change.key.0,
        change.writer.0,
        i32::try_from(change.sequence).unwrap_or(i32::MAX),
        &new.given,
        chosen as Option<Vec<i16>>,
        new.response.as_ref().and_then(Response::text),
        i16::from(new.reached.points),
        i16::from(new.reached.of),
        change.marked,
        change.confidence.map(domain::exams::Confidence::as_str),
        &new.struck,
        f64::from(domain::exams::GRACE_SECONDS)
    )
    .execute(db)
    .await?;
    Ok(written.rows_affected() > 0)
}

async fn why_not(db: &mut PgConnection, scope: &Scope, change: &Change) -> Result<Conflict, sqlx::Error> {
    let row = super::row::load(db, scope, change.attempt).await?.ok_or(sqlx::Error::RowNotFound)?;
    Ok(match row {
        row if row.finished_at.is_some() => Conflict::ExamFinished,
        row if row.over => Conflict::ExamTimeIsUp,
        row if row.paused_at.is_some() => Conflict::ExamPaused,
        row if row.writer != Some(change.writer.0) => Conflict::ExamElsewhere,
        _ => Conflict::ChangedElsewhere,
    })
}
