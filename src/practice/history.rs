//! A learner's attempts, the latest first.

use app::error::AppError;
use app::practice::api::{HistoryRow, HistoryView};
use domain::ids::AttemptId;
use domain::scoring::Mark;

use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::error::OrInternal;

const ATTEMPTS_A_PAGE: u32 = 20;

pub async fn history(caller: &Caller, page: u32) -> Result<HistoryView, AppError> {
    let scope = caller.scope()?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from attempts where org_id = $1 and account_id = $2"#,
        scope.org().0,
        scope.account().0
    )
    .fetch_one(&mut *db)
    .await
    .or_internal(caller)?;
    let pages = u32::try_from(total).unwrap_or(u32::MAX).div_ceil(ATTEMPTS_A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows = sqlx::query!(
        "select attempt_id, exam_id, length, started_at, finished_at, questions, answered, correct from attempts
         where org_id = $1 and account_id = $2
         order by started_at desc, attempt_id desc limit $3 offset $4",
        scope.org().0,
        scope.account().0,
        i64::from(ATTEMPTS_A_PAGE),
        i64::from((page - 1) * ATTEMPTS_A_PAGE)
    )
    .fetch_all(&mut *db)
    .await
    .or_internal(caller)?;
    let attempts = rows.into_iter().map(|row| HistoryRow {
        id: AttemptId(row.attempt_id),
        exam_name: caller.server.catalog.exam_name(&row.exam_id.into()),
        length: row.length.and_then(|length| length.parse().ok()),
        started_at: rfc3339(row.started_at),
        finished_at: row.finished_at.map(rfc3339),
        questions: row.questions.unsigned_abs(),
        answered: row.answered.unsigned_abs(),
        mark: Mark { correct: u32::from(row.correct.unsigned_abs()), of: u32::from(row.answered.unsigned_abs()) },
    });
    Ok(HistoryView { attempts: attempts.collect(), page, pages })
}
