//! A new password for someone who holds a one-time link.

use app::error::{AppError, Conflict};

use super::cookie::no_cookie;
use super::secret::Secret;
use super::{attempts, links, people, session};
use crate::caller::Caller;
use crate::error::OrInternal as _;

/// Ends every session of the account and opens its password door again. Signs nobody in: the link came from somebody else.
pub(super) async fn reset_password(caller: &Caller, secret: &str, new: &str) -> Result<(), AppError> {
    let spent = || AppError::Conflict(Conflict::LinkSpent);
    let secret = Secret::parse(secret).ok_or_else(spent)?;
    let db = &caller.server.db;
    let account_id = links::find_reset(db, &secret).await.or_internal(caller)?.ok_or_else(spent)?;
    let account = people::by_id(db, account_id).await.or_internal(caller)?;
    let member = session::membership(db, account.home, account.id).await.or_internal(caller)?;
    let mut about = vec![account.name_key.clone()];
    about.extend(member.map(|member| member.organisation));
    let new = people::new_password(caller, "new", new, about).await?;
    let hash = caller.server.hasher.hash(new).await.or_internal(caller)?;

    let mut tx = db.begin().await.or_internal(caller)?;
    if !links::spend(&mut tx, &secret).await.or_internal(caller)? {
        return Err(spent());
    }
    sqlx::query!("update accounts set password_hash = $2 where account_id = $1", account.id.0, hash)
        .execute(&mut *tx)
        .await
        .or_internal(caller)?;
    attempts::forget(&mut tx, &account.name_key).await.or_internal(caller)?;
    session::end_all(&mut tx, account.id).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    if caller.session.as_ref().is_some_and(|session| session.scope.account() == account.id) {
        caller.set_cookie(no_cookie(&caller.server.settings));
    }
    tracing::info!(request.id = %caller.request_id, account.id = %account.id, "password reset");
    Ok(())
}
