//! Stores an answer before anything is said about it.

use app::error::{AppError, Conflict};
use app::practice::api::{Answer, QuestionView};
use domain::content::item::ItemKind;
use domain::response::{Given, Response, Unfit};
use domain::scoring::{Score, score};
use domain::typed::Unreadable;
use sqlx::PgConnection;

use super::question::{Kind, QuestionRow, load, pinned, sql_position, view};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal;

/// The first answer to a question counts. Whatever is sent for it afterwards, by a retry or from another device, gets the
/// verdict on that first answer.
pub async fn answer(caller: &Caller, answer: Answer) -> Result<QuestionView, AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    lock(&mut tx, scope, &answer).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    let row = load(&mut tx, scope, Kind::Study, answer.attempt, answer.position).await.or_internal(caller)?;
    let mut row = row.ok_or(AppError::NotFound)?;
    if row.chosen.is_none() {
        if row.finished {
            return Err(AppError::Conflict(Conflict::AttemptFinished));
        }
        if row.over {
            super::finish::close(&mut tx, scope.org(), scope.account(), answer.attempt).await.or_internal(caller)?;
            tx.commit().await.or_internal(caller)?;
            return Err(AppError::Conflict(Conflict::ExamTimeIsUp));
        }
        store(&mut tx, caller, scope, &answer, &row).await?;
        let stored = load(&mut tx, scope, Kind::Study, answer.attempt, answer.position).await.or_internal(caller)?;
        row = stored.ok_or(AppError::NotFound)?;
    }
    let view = view(&mut tx, caller, &row).await?;
    tx.commit().await.or_internal(caller)?;
    Ok(view)
}

/// Answers to one attempt are stored one after the other.
async fn lock(db: &mut PgConnection, scope: &Scope, answer: &Answer) -> Result<Option<()>, sqlx::Error> {
    let row = sqlx::query!(
        "select attempt_id from attempts
         where org_id = $1 and attempt_id = $2 and account_id = $3 and kind = 'study' for update",
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
    let given = Given { choices: &answer.choices, text: &answer.text };
    let response = Response::read(&item.interaction, &row.order(), given).map_err(|why| unfit(item.kind, why))?;
    let reached = score(&item.interaction, &response);
    let last = write(db, scope, answer, &response, reached).await.or_internal(caller)?;
    if last.ok_or(AppError::BadRequest)? {
        super::finish::close(db, scope.org(), scope.account(), answer.attempt).await.or_internal(caller)?;
    }
    Ok(())
}

/// What to do about an answer that cannot be stored.
fn unfit(kind: ItemKind, unfit: Unfit) -> AppError {
    let (choices, text) = ("answer[choices][]", "answer[text]");
    match unfit {
        Unfit::NoSuchPlace => AppError::BadRequest,
        Unfit::Choose { keys: 1 } => AppError::invalid(choices, "Choose one answer."),
        Unfit::Choose { keys } => AppError::invalid(choices, &format!("Choose {keys} answers.")),
        Unfit::NotAllOrdered => AppError::invalid(choices, "Give each step a position."),
        Unfit::SamePosition(position) => {
            let message = format!("Two steps have position {position}. Give each step a position of its own.");
            AppError::invalid(choices, &message)
        }
        Unfit::NotAllMatched if kind == ItemKind::Placing => AppError::invalid(choices, "Choose a label for each place."),
        Unfit::NotAllMatched => AppError::invalid(choices, "Choose a match for each term."),
        Unfit::Unreadable(unreadable) => AppError::invalid(text, unreadable_words(unreadable)),
    }
}

/// The examples are addresses for documentation (RFC 5737) and prefixes that no item asks for.
fn unreadable_words(unreadable: Unreadable) -> &'static str {
    match unreadable {
        Unreadable::Empty => "Type an answer.",
        Unreadable::TooLong => "This answer is too long. Keep it to 200 characters.",
        Unreadable::NotAnAddress => {
            "This is not an IPv4 address. Write four numbers from 0 to 255 with points between them, such as 192.0.2.1."
        }
        Unreadable::NotAPrefix => "This is neither a prefix length, such as /9, nor a mask, such as 255.128.0.0.",
        Unreadable::NotANumber => "This is not a number. Write digits, with a point before decimals. The unit may be left out.",
        Unreadable::OpenQuote => "A quotation mark has no second one. Close it, or leave it out.",
    }
}

/// Whether this was the last open question; `None`: the idempotency key was used for another question before.
async fn write(
    db: &mut PgConnection,
    scope: &Scope,
    answer: &Answer,
    response: &Response,
    reached: Score,
) -> Result<Option<bool>, sqlx::Error> {
    let chosen: Vec<i16> = response.places().iter().copied().map(i16::from).collect();
    let (points, of) = (i16::from(reached.points), i16::from(reached.of));
    let logged = sqlx::query!(
        "insert into responses (org_id, attempt_id, idempotency_key, position, client_sequence,
                                chosen, typed, points, points_of, correct)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (org_id, attempt_id, idempotency_key) do nothing",
        scope.org().0,
        answer.attempt.0,
        answer.key.0,
        sql_position(answer.position),
        i32::try_from(answer.sequence).unwrap_or(i32::MAX),
        &chosen,
        response.text(),
        points,
        of,
        reached.is_right()
    )
    .execute(&mut *db)
    .await?;
    if logged.rows_affected() == 0 {
        return Ok(None);
    }
    sqlx::query!(
        "update attempt_items
         set chosen = $4, typed = $5, points = $6, points_of = $7, correct = $8, answered_at = firstline_now()
         where org_id = $1 and attempt_id = $2 and position = $3",
        scope.org().0,
        answer.attempt.0,
        sql_position(answer.position),
        &chosen,
        response.text(),
        points,
        of,
        reached.is_right()
    )
    .execute(&mut *db)
    .await?;
    let last = sqlx::query_scalar!(
        r#"update attempts set answered = answered + 1, correct = correct + $3
           where org_id = $1 and attempt_id = $2 returning answered = questions as "last!""#,
        scope.org().0,
        answer.attempt.0,
        i16::from(reached.is_right())
    )
    .fetch_one(db)
    .await?;
    Ok(Some(last))
}
