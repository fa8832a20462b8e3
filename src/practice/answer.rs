//! Stores an answer before anything is said about it.

use app::error::{AppError, Conflict};
use app::practice::api::{Answer, QuestionView};
use domain::response::{Given, Response, Unfit};
use domain::scoring::score;
use sqlx::PgConnection;

use super::question::{QuestionRow, load, pinned, sql_position, view};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal;

/// The first answer to a question counts. Whatever is sent for it afterwards, by a retry or from another device, gets the
/// verdict on that first answer.
pub async fn answer(caller: &Caller, answer: Answer) -> Result<QuestionView, AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    lock(&mut tx, scope, &answer).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    let row = load(&mut tx, scope, answer.attempt, answer.position).await.or_internal(caller)?;
    let mut row = row.ok_or(AppError::NotFound)?;
    if row.chosen.is_none() {
        if row.finished {
            return Err(AppError::Conflict(Conflict::AttemptFinished));
        }
        store(&mut tx, caller, scope, &answer, &row).await?;
        let stored = load(&mut tx, scope, answer.attempt, answer.position).await.or_internal(caller)?;
        row = stored.ok_or(AppError::NotFound)?;
    }
    let view = view(&mut tx, caller, &row).await?;
    tx.commit().await.or_internal(caller)?;
    Ok(view)
}

/// Answers to one attempt are stored one after the other.
async fn lock(db: &mut PgConnection, scope: &Scope, answer: &Answer) -> Result<Option<()>, sqlx::Error> {
    let row = sqlx::query!(
        "select attempt_id from attempts where org_id = $1 and attempt_id = $2 and account_id = $3 for update",
        scope.org().0,
        answer.attempt.0,
        scope.account().0
    );
    Ok(row.fetch_optional(db).await?.map(|_| ()))
}

async fn store(
    db: &mut PgConnection,
    caller: &Caller,
    scope: &Scope,
    answer: &Answer,
    row: &QuestionRow,
) -> Result<(), AppError> {
    let item = pinned(db, caller, row).await?;
    let order: Vec<u8> = row.option_order.iter().filter_map(|place| u8::try_from(*place).ok()).collect();
    let given = Given { choices: &answer.choices, text: "" };
    let response = Response::read(&item.interaction, &order, given).map_err(unfit)?;
    let correct = score(&item.interaction, &response).is_right();
    let chosen: Vec<i16> = response.places().iter().copied().map(i16::from).collect();
    let last = write(db, scope, answer, &chosen, correct).await.or_internal(caller)?;
    if last.ok_or(AppError::BadRequest)? {
        super::finish::close(db, scope, answer.attempt).await.or_internal(caller)?;
    }
    Ok(())
}

/// What to do about an answer that cannot be stored.
fn unfit(unfit: Unfit) -> AppError {
    match unfit {
        Unfit::Choose { keys: 1 } => AppError::invalid("answer[choices][]", "Choose one answer."),
        Unfit::Choose { keys } => AppError::invalid("answer[choices][]", &format!("Choose {keys} answers.")),
        _ => AppError::BadRequest,
    }
}

/// Whether this was the last open question; `None`: the idempotency key was used for another question before.
async fn write(
    db: &mut PgConnection,
    scope: &Scope,
    answer: &Answer,
    chosen: &[i16],
    correct: bool,
) -> Result<Option<bool>, sqlx::Error> {
    let logged = sqlx::query!(
        "insert into responses (org_id, attempt_id, idempotency_key, position, client_sequence, chosen, correct)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (org_id, attempt_id, idempotency_key) do nothing",
        scope.org().0,
        answer.attempt.0,
        answer.key.0,
        sql_position(answer.position),
        i32::try_from(answer.sequence).unwrap_or(i32::MAX),
        chosen,
        correct
    )
    .execute(&mut *db)
    .await?;
    if logged.rows_affected() == 0 {
        return Ok(None);
    }
    sqlx::query!(
        "update attempt_items set chosen = $4, correct = $5, answered_at = firstline_now()
         where org_id = $1 and attempt_id = $2 and position = $3",
        scope.org().0,
        answer.attempt.0,
        sql_position(answer.position),
        chosen,
        correct
    )
    .execute(&mut *db)
    .await?;
    let last = sqlx::query_scalar!(
        r#"update attempts set answered = answered + 1, correct = correct + $3
           where org_id = $1 and attempt_id = $2 returning answered = questions as "last!""#,
        scope.org().0,
        answer.attempt.0,
        i16::from(correct)
    )
    .fetch_one(db)
    .await?;
    Ok(Some(last))
}
