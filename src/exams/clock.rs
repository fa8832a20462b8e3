//! Stopping the clock and letting it run, where the mode allows it.

use app::error::{AppError, Conflict};
use app::exams::api::Clock;
use domain::exams::Mode;
use domain::ids::AttemptId;

use super::row;
use super::sitting::running;
use crate::caller::Caller;
use crate::error::OrInternal;

pub async fn pause(caller: &Caller, attempt: AttemptId) -> Result<Clock, AppError> {
    let scope = caller.scope()?;
    let row = running(caller, scope, attempt).await?;
    if row.mode() == Mode::Exam {
        return Err(AppError::Conflict(Conflict::NoPause));
    }
    sqlx::query!(
        "update attempts set paused_at = coalesce(paused_at, firstline_now())
         where org_id = $1 and account_id = $2 and attempt_id = $3 and kind = 'exam' and mode = 'practice'
           and finished_at is null and firstline_now() <= deadline_at",
        scope.org().0,
        scope.account().0,
        attempt.0
    )
    .execute(&caller.server.db)
    .await
    .or_internal(caller)?;
    clock(caller, attempt).await
}

/// The deadline moves by as long as the clock stood still.
pub async fn resume(caller: &Caller, attempt: AttemptId) -> Result<Clock, AppError> {
    let scope = caller.scope()?;
    running(caller, scope, attempt).await?;
    sqlx::query!(
        "update attempts set deadline_at = deadline_at + (firstline_now() - paused_at), paused_at = null
         where org_id = $1 and account_id = $2 and attempt_id = $3 and kind = 'exam'
           and finished_at is null and paused_at is not null",
        scope.org().0,
        scope.account().0,
        attempt.0
    )
    .execute(&caller.server.db)
    .await
    .or_internal(caller)?;
    clock(caller, attempt).await
}

async fn clock(caller: &Caller, attempt: AttemptId) -> Result<Clock, AppError> {
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let row = row::load(&mut db, caller.scope()?, attempt).await.or_internal(caller)?;
    Ok(row.ok_or(AppError::NotFound)?.clock())
}
