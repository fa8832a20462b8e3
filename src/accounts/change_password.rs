//! A new password for someone who knows the old one.

use app::accounts::words;
use app::error::AppError;
use domain::accounts::Password;

use super::cookie::session_cookie;
use super::password::Verdict;
use super::secret::Secret;
use super::{attempts, device, links, people, session};
use crate::caller::Caller;
use crate::error::OrInternal as _;

/// Ends every session of the account, and goes on with a new one here.
pub(super) async fn change_password(caller: &Caller, current: &str, new: &str) -> Result<(), AppError> {
    let old_session = caller.session.as_ref().ok_or(AppError::SignInNeeded)?;
    let scope = old_session.scope;
    let wrong = || AppError::invalid("current", words::WRONG_PASSWORD);
    let about = vec![old_session.name.clone(), old_session.organisation.clone()];
    let new = people::new_password(caller, "new", new, about).await?;
    let account = people::by_id(&caller.server.db, scope.account()).await.or_internal(caller)?;
    let current = Password::given(current);
    if attempts::try_password(caller, &account.name_key, current, account.password_hash.clone()).await? == Verdict::Wrong {
        return Err(wrong());
    }
    let hash = caller.server.hasher.hash(new).await.or_internal(caller)?;
    let token = Secret::new().or_internal(caller)?;
    let device = device::describe(&caller.user_agent);

    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let changed = sqlx::query!(
        "update accounts set password_hash = $3 where account_id = $1 and password_hash = $2",
        account.id.0,
        account.password_hash.as_deref(),
        hash
    )
    .execute(&mut *tx)
    .await
    .or_internal(caller)?;
    if changed.rows_affected() == 0 {
        // Changed from another device in the meantime.
        return Err(wrong());
    }
    attempts::forget(&mut tx, &account.name_key).await.or_internal(caller)?;
    links::void_resets(&mut tx, account.id).await.or_internal(caller)?;
    session::end_all(&mut tx, account.id).await.or_internal(caller)?;
    let start = session::Start { org: scope.org(), account: account.id, role: scope.role(), device: &device };
    session::start(&mut tx, &token, start).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    caller.set_cookie(session_cookie(&caller.server.settings, &token, scope.role()));
    tracing::info!(request.id = %caller.request_id, account.id = %account.id, "password changed");
    Ok(())
}
