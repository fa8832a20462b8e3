//! The finishing transaction: an attempt closes, and the rollups that pages read take its answers in.

use app::error::AppError;
use domain::ids::{AccountId, AttemptId, OrgId};
use sqlx::PgConnection;

use crate::caller::Caller;
use crate::error::OrInternal;

/// Ends an attempt early. What is not answered stays so and counts nowhere; finishing twice is harmless.
pub async fn finish(caller: &Caller, attempt: AttemptId) -> Result<(), AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let found = end(&mut tx, scope.org(), scope.account(), attempt).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    if found { Ok(()) } else { Err(AppError::NotFound) }
}

/// `false`: this person has no such quiz.
pub async fn end(db: &mut PgConnection, org: OrgId, account: AccountId, attempt: AttemptId) -> Result<bool, sqlx::Error> {
    let open = sqlx::query_scalar!(
        r#"select finished_at is null as "open!" from attempts
           where org_id = $1 and attempt_id = $2 and account_id = $3 and kind = 'study' for update"#,
        org.0,
        attempt.0,
        account.0
    );
    let Some(open) = open.fetch_optional(&mut *db).await? else { return Ok(false) };
    if open {
        close(db, org, account, attempt).await?;
    }
    Ok(true)
}

/// Closes an open attempt whose row the transaction has locked.
pub async fn close(db: &mut PgConnection, org: OrgId, account: AccountId, attempt: AttemptId) -> Result<(), sqlx::Error> {
    // Two attempts of one learner must not both count the same item as seen for the first time.
    sqlx::query!("select account_id from memberships where org_id = $1 and account_id = $2 for update", org.0, account.0)
        .fetch_optional(&mut *db)
        .await?;
    let exam_id = sqlx::query_scalar!(
        "update attempts set finished_at = firstline_now() where org_id = $1 and attempt_id = $2 returning exam_id",
        org.0,
        attempt.0
    )
    .fetch_one(&mut *db)
    .await?;
    roll_up(db, org, account, attempt, &exam_id).await
}

/// One statement, so that "seen before" means before this attempt for both tables.
async fn roll_up(
    db: &mut PgConnection,
    org: OrgId,
    account: AccountId,
    attempt: AttemptId,
    exam_id: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with answers as (
             select i.item_id, i.objective_id, i.correct, i.answered_at, h.item_id is null as first
             from attempt_items i
             left join item_history h on h.org_id = i.org_id and h.account_id = $3 and h.item_id = i.item_id
             where i.org_id = $1 and i.attempt_id = $2 and i.chosen is not null
         ), seen as (
             insert into item_history (org_id, account_id, item_id, exam_id, answered, last_correct, last_answered_at)
             select $1, $3, item_id, $4, 1, correct, answered_at from answers
             on conflict (org_id, account_id, item_id) do update
             set answered = item_history.answered + 1,
                 last_correct = excluded.last_correct,
                 last_answered_at = excluded.last_answered_at
         )
         insert into mastery (org_id, account_id, exam_id, objective_id,
                              answered, correct, first_answered, first_correct, updated_at)
         select $1, $3, $4, objective_id, count(*), count(*) filter (where correct),
                count(*) filter (where first), count(*) filter (where first and correct), firstline_now()
         from answers group by objective_id
         on conflict (org_id, account_id, exam_id, objective_id) do update
         set answered = mastery.answered + excluded.answered,
             correct = mastery.correct + excluded.correct,
             first_answered = mastery.first_answered + excluded.first_answered,
             first_correct = mastery.first_correct + excluded.first_correct,
             updated_at = excluded.updated_at",
        org.0,
        attempt.0,
        account.0,
        exam_id
    )
    .execute(db)
    .await?;
    Ok(())
}
