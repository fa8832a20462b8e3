//! Stores what a learner says is wrong with a question, once its answer has been told.

use app::error::{AppError, Conflict};
use app::reports::api::{Filed, NewReport};
use domain::reports::{LONGEST_NOTE, MOST_AN_HOUR, Note};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal;
use crate::practice::question::sql_position;

pub async fn report(caller: &Caller, report: NewReport) -> Result<Filed, AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let asked = asked(&mut tx, scope, &report).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    let is_exam = asked.kind == "exam";
    if !asked.finished && (is_exam || !asked.answered) {
        return Err(AppError::Conflict(if is_exam { Conflict::ExamRunning } else { Conflict::NotTold }));
    }
    let too_long = format!("Shorten your note to {LONGEST_NOTE} characters.");
    let note = Note::parse(&report.note).map_err(|_| AppError::invalid("report[note]", &too_long))?;
    let new = store(&mut tx, scope, &report, &asked, &note).await.or_internal(caller)?;
    if new {
        refuse_a_flood(&mut tx, caller, scope).await?;
    }
    tx.commit().await.or_internal(caller)?;
    Ok(Filed { attempt: report.attempt, position: report.position, is_exam, before: !new })
}

struct Asked {
    kind: String,
    finished: bool,
    answered: bool,
    item_id: String,
    item_version: String,
}

/// Reports of one learner are stored one after the other: the membership's row is locked, so that none slips past the limit.
async fn asked(db: &mut PgConnection, scope: &Scope, report: &NewReport) -> Result<Option<Asked>, sqlx::Error> {
    sqlx::query_as!(
        Asked,
        r#"select a.kind, a.finished_at is not null as "finished!", i.chosen is not null as "answered!",
                  i.item_id, i.item_version
           from memberships m
           join attempts a on a.org_id = m.org_id and a.account_id = m.account_id
           join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
           where m.org_id = $1 and m.account_id = $2 and a.attempt_id = $3 and i.position = $4
           for no key update of m"#,
        scope.org().0,
        scope.account().0,
        report.attempt.0,
        sql_position(report.position)
    )
    .fetch_optional(db)
    .await
}

/// Whether it is new.
async fn store(
    db: &mut PgConnection,
    scope: &Scope,
    report: &NewReport,
    asked: &Asked,
    note: &Note,
) -> Result<bool, sqlx::Error> {
    let stored = sqlx::query!(
        "insert into item_reports (org_id, report_id, account_id, attempt_id, position, item_id, item_version, kind, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint item_reports_once do nothing",
        scope.org().0,
        Uuid::now_v7(),
        scope.account().0,
        report.attempt.0,
        sql_position(report.position),
        asked.item_id,
        asked.item_version,
        report.kind.as_str(),
        note.as_str()
    );
    Ok(stored.execute(db).await?.rows_affected() == 1)
}

/// The new one is counted; refused, it is undone with the transaction.
async fn refuse_a_flood(db: &mut PgConnection, caller: &Caller, scope: &Scope) -> Result<(), AppError> {
    let hour = sqlx::query!(
        r#"select count(*) as "count!", coalesce(ceil(extract(epoch from
                      min(reported_at) + interval '1 hour' - firstline_now())), 0)::integer as "wait_seconds!"
           from item_reports
           where org_id = $1 and account_id = $2 and reported_at > firstline_now() - interval '1 hour'"#,
        scope.org().0,
        scope.account().0
    );
    let hour = hour.fetch_one(db).await.or_internal(caller)?;
    if hour.count <= i64::from(MOST_AN_HOUR) {
        return Ok(());
    }
    Err(AppError::TooMany { retry_after_seconds: hour.wait_seconds.unsigned_abs().max(1) })
}
