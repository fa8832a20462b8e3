//! A question of a finished exam, with its verdict.

use app::error::{AppError, Conflict};
use app::practice::api::QuestionView;
use domain::ids::AttemptId;

use crate::caller::Caller;
use crate::error::OrInternal;
use crate::practice::question::{Kind, load, view};

pub async fn question(caller: &Caller, attempt: AttemptId, position: u16) -> Result<QuestionView, AppError> {
    let scope = caller.scope()?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let row = load(&mut db, scope, Kind::Exam, attempt, position).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    if !row.finished {
        return Err(AppError::Conflict(Conflict::ExamRunning));
    }
    view(&mut db, caller, &row).await
}
