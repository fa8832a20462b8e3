//! An administrator says what became of a report, and may take it back.

use app::error::AppError;
use domain::ids::ReportId;
use domain::reports::Outcome;

use crate::caller::Caller;
use crate::error::OrInternal;

pub async fn close(caller: &Caller, report: ReportId, outcome: Outcome) -> Result<(), AppError> {
    let scope = caller.admin()?;
    let closed = sqlx::query!(
        "update item_reports set outcome = $3, closed_at = firstline_now(), closed_by = $4
         where org_id = $1 and report_id = $2",
        scope.org().0,
        report.0,
        outcome.as_str(),
        scope.account().0
    );
    found(closed.execute(&caller.server.db).await.or_internal(caller)?.rows_affected())
}

pub async fn reopen(caller: &Caller, report: ReportId) -> Result<(), AppError> {
    let scope = caller.admin()?;
    let opened = sqlx::query!(
        "update item_reports set outcome = null, closed_at = null, closed_by = null where org_id = $1 and report_id = $2",
        scope.org().0,
        report.0
    );
    found(opened.execute(&caller.server.db).await.or_internal(caller)?.rows_affected())
}

fn found(rows: u64) -> Result<(), AppError> {
    if rows == 0 { Err(AppError::NotFound) } else { Ok(()) }
}
