//! A person's own sign-ins: see them, end them.

use app::accounts::api::SessionView;
use app::error::AppError;
use domain::accounts::session_lifetime;
use domain::ids::SessionId;

use super::cookie::no_cookie;
use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::error::OrInternal as _;

/// Live ones, the latest seen first.
pub(super) async fn sessions(caller: &Caller) -> Result<Vec<SessionView>, AppError> {
    let current = caller.session.as_ref().ok_or(AppError::SignInNeeded)?;
    let rows = sqlx::query!(
        "select session_id, device, created_at, last_seen_at
         from sessions
         where account_id = $1 and expires_at > firstline_now()
           and last_seen_at > firstline_now() - make_interval(secs => $2)
         order by last_seen_at desc, session_id desc",
        current.scope.account().0,
        f64::from(session_lifetime(current.scope.role()).idle_seconds)
    )
    .fetch_all(&caller.server.db)
    .await
    .or_internal(caller)?;
    Ok(rows
        .into_iter()
        .map(|row| SessionView {
            id: SessionId(row.session_id),
            device: row.device,
            signed_in_at: rfc3339(row.created_at),
            last_seen_at: rfc3339(row.last_seen_at),
            current: SessionId(row.session_id) == current.id,
        })
        .collect())
}

/// Ending the current one signs out.
pub(super) async fn end_session(caller: &Caller, id: SessionId) -> Result<(), AppError> {
    let current = caller.session.as_ref().ok_or(AppError::SignInNeeded)?;
    let account = current.scope.account();
    let ended = sqlx::query!("delete from sessions where session_id = $1 and account_id = $2", id.0, account.0)
        .execute(&caller.server.db)
        .await
        .or_internal(caller)?
        .rows_affected();
    if ended == 0 {
        return Err(AppError::NotFound);
    }
    if id == current.id {
        caller.set_cookie(no_cookie(&caller.server.settings));
    }
    Ok(())
}

pub(super) async fn end_other_sessions(caller: &Caller) -> Result<(), AppError> {
    let current = caller.session.as_ref().ok_or(AppError::SignInNeeded)?;
    let account = current.scope.account();
    sqlx::query!("delete from sessions where account_id = $1 and session_id <> $2", account.0, current.id.0)
        .execute(&caller.server.db)
        .await
        .or_internal(caller)?;
    Ok(())
}
