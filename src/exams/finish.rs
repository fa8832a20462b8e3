//! The end of an exam: once, by the learner or by the clock, with or without a page that waits for it. The clock also ends drills.

use std::time::Duration;

use app::error::AppError;
use domain::ids::{AccountId, AttemptId, OrgId};
use domain::scoring::{Credit, Score};
use sqlx::PgConnection;

use super::simulations::grade;
use crate::caller::Caller;
use crate::content::Catalog;
use crate::error::OrInternal;
use crate::practice::finish::{close, end as end_drill};
use crate::practice::verdict::score_of;
use crate::server::Server;

/// How often the server looks for attempts whose time is up.
const EVERY: Duration = Duration::from_secs(10);

pub async fn finish(caller: &Caller, attempt: AttemptId) -> Result<(), AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let catalog = &caller.server.catalog;
    let found = end(&mut tx, catalog, scope.org(), scope.account(), attempt).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    if found { Ok(()) } else { Err(AppError::NotFound) }
}

/// `false`: this person has no such exam. Ending it again is harmless: the first end stays.
async fn end(
    db: &mut PgConnection,
    catalog: &Catalog,
    org: OrgId,
    account: AccountId,
    attempt: AttemptId,
) -> Result<bool, sqlx::Error> {
    let open = sqlx::query_scalar!(
        r#"select finished_at is null as "open!" from attempts
           where org_id = $1 and account_id = $2 and attempt_id = $3 and kind = 'exam' for update"#,
        org.0,
        account.0,
        attempt.0
    );
    let Some(open) = open.fetch_optional(&mut *db).await? else { return Ok(false) };
    if open {
        grade(db, catalog, org, attempt).await?;
        close(db, org, account, attempt).await?;
        count(db, org, attempt).await?;
    }
    Ok(true)
}

/// Writes how much was answered and what it brings.
async fn count(db: &mut PgConnection, org: OrgId, attempt: AttemptId) -> Result<(), sqlx::Error> {
    let rows = sqlx::query!(
        "select points, points_of from attempt_items where org_id = $1 and attempt_id = $2 and chosen is not null",
        org.0,
        attempt.0
    )
    .fetch_all(&mut *db)
    .await?;
    let scores: Vec<Score> = rows.iter().filter_map(|row| score_of(row.points, row.points_of)).collect();
    let mut credit = Credit::default();
    for score in &scores {
        credit.add(*score);
    }
    let right = scores.iter().filter(|score| score.is_right()).count();
    sqlx::query!(
        "update attempts
         set answered = $3, correct = $4, credit = $5, paused_at = null,
             deadline_at = deadline_at + coalesce(finished_at - paused_at, interval '0')
         where org_id = $1 and attempt_id = $2",
        org.0,
        attempt.0,
        i16::try_from(scores.len()).unwrap_or(i16::MAX),
        i16::try_from(right).unwrap_or(i16::MAX),
        i32::try_from(credit.hundredths).unwrap_or(i32::MAX)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Looks for attempts whose time is up, for as long as the program runs; a failure waits for the next look.
pub async fn finish_expired_always(server: Server) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = finish_expired(&server).await {
            tracing::warn!(error = %error, "attempts whose time is up were not finished");
        }
    }
}

/// Finishes every exam and every drill whose time is up and whose grace period is over, each in a transaction of its organisation. One that
/// cannot be finished does not hold up the others; its error comes back when they are done.
pub async fn finish_expired(server: &Server) -> Result<(), sqlx::Error> {
    let expired = sqlx::query!(
        r#"select org_id, account_id, attempt_id, kind = 'exam' as "is_exam!" from attempts
         where finished_at is null and paused_at is null
           and deadline_at < firstline_now() - make_interval(secs => $1)
         order by deadline_at"#,
        f64::from(domain::exams::GRACE_SECONDS)
    )
    .fetch_all(&server.db)
    .await?;
    let mut done = Ok(());
    for row in expired {
        let (org, account, attempt) = (OrgId(row.org_id), AccountId(row.account_id), AttemptId(row.attempt_id));
        let ended = end_expired(server, row.is_exam, org, account, attempt).await;
        done = done.and(ended);
    }
    done
}

async fn end_expired(
    server: &Server,
    is_exam: bool,
    org: OrgId,
    account: AccountId,
    attempt: AttemptId,
) -> Result<(), sqlx::Error> {
    let mut tx = server.db.begin().await?;
    if is_exam {
        end(&mut tx, &server.catalog, org, account, attempt).await?;
    } else {
        // A drill counts its answers as they arrive.
        end_drill(&mut tx, org, account, attempt).await?;
    }
    tx.commit().await
}
