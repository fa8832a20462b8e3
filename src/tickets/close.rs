//! The end of a ticket: the verdict is worked out from the log and stored once.

use app::error::AppError;
use domain::ids::{OrgId, TicketId};
use domain::tickets::with_hints;
use engine::ticket::verdict::{Verdict, judge};
use sqlx::PgConnection;

use super::live::{Held, Live, apart};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal;

/// Judges the run as it stands and stores that. Closing twice is harmless: the first verdict stays.
pub async fn close(
    caller: &Caller,
    db: &mut PgConnection,
    scope: &Scope,
    ticket: TicketId,
    held: Held,
) -> Result<Held, AppError> {
    let (held, verdict) = apart(held, |place| place.as_ref().map(verdict)).await;
    let verdict = verdict.ok_or(AppError::NotFound)?;
    store(db, scope.org(), ticket, &verdict).await.or_internal(caller)?;
    caller.server.benches.forget(scope.org(), ticket);
    Ok(held)
}

pub fn verdict(live: &Live) -> Verdict {
    let scenario = &live.playable.scenario;
    with_hints(judge(scenario, &live.given, &live.run), &live.standing, &scenario.rubric)
}

pub async fn store(db: &mut PgConnection, org: OrgId, ticket: TicketId, verdict: &Verdict) -> Result<(), sqlx::Error> {
    let told = serde_json::to_value(verdict).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "update tickets set closed_at = firstline_now(), score = $3, max_score = $4, passed = $5, verdict = $6
         where org_id = $1 and ticket_id = $2 and closed_at is null",
        org.0,
        ticket.0,
        i16::try_from(verdict.score).unwrap_or(i16::MAX),
        i16::try_from(verdict.max).unwrap_or(i16::MAX),
        verdict.pass,
        told
    )
    .execute(db)
    .await?;
    Ok(())
}
