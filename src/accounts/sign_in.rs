//! Sign-in and sign-out.

use app::accounts::words;
use app::error::AppError;
use domain::accounts::{AccountName, Password, Role};

use super::cookie::{no_cookie, session_cookie};
use super::password::Verdict;
use super::people::Account;
use super::secret::Secret;
use super::{attempts, device, people, session};
use crate::caller::Caller;
use crate::error::OrInternal as _;

/// A name that nobody bears takes the same steps as one that somebody does, down to the hash.
pub(super) async fn sign_in(caller: &Caller, name: &str, password: &str) -> Result<(), AppError> {
    let mismatch = || AppError::invalid("password", words::MISMATCH);
    let Ok(name) = AccountName::parse(name) else {
        // Anyone can see that nobody can bear such a name.
        return Err(mismatch());
    };
    let password = Password::given(password);
    let account = people::by_name(&caller.server.db, name.key()).await.or_internal(caller)?;
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let verdict = attempts::try_password(caller, name.key(), password.clone(), stored).await?;
    let (Some(account), Verdict::Right | Verdict::RightButOld) = (account, verdict) else {
        tracing::info!(request.id = %caller.request_id, "sign-in refused");
        return Err(mismatch());
    };
    let member = session::membership(&caller.server.db, account.home, account.id).await.or_internal(caller)?;
    let role = member.ok_or(AppError::Forbidden)?.role;
    open_session(caller, &account, role).await?;
    if verdict == Verdict::RightButOld {
        rehash(caller, &account, password).await;
    }
    Ok(())
}

/// A request without a session is signed out already.
pub(super) async fn sign_out(caller: &Caller) -> Result<(), AppError> {
    if let Some(session) = &caller.session {
        sqlx::query!("delete from sessions where session_id = $1", session.id.0)
            .execute(&caller.server.db)
            .await
            .or_internal(caller)?;
        tracing::info!(request.id = %caller.request_id, account.id = %session.scope.account(), "signed out");
    }
    caller.set_cookie(no_cookie(&caller.server.settings));
    Ok(())
}

async fn open_session(caller: &Caller, account: &Account, role: Role) -> Result<(), AppError> {
    let token = Secret::new().or_internal(caller)?;
    let device = device::describe(&caller.user_agent);
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    attempts::forget(&mut tx, &account.name_key).await.or_internal(caller)?;
    if let Some(old) = &caller.session {
        sqlx::query!("delete from sessions where session_id = $1", old.id.0).execute(&mut *tx).await.or_internal(caller)?;
    }
    let start = session::Start { org: account.home, account: account.id, role, device: &device };
    session::start(&mut tx, &token, start).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    caller.set_cookie(session_cookie(&caller.server.settings, &token, role));
    tracing::info!(request.id = %caller.request_id, account.id = %account.id, "signed in");
    Ok(())
}

/// Brings the stored hash to the parameters set now. The person is signed in already, so that a failure only waits for the next
/// time.
async fn rehash(caller: &Caller, account: &Account, password: Password) {
    let hash = match caller.server.hasher.hash(password).await {
        Ok(hash) => hash,
        Err(error) => {
            tracing::warn!(request.id = %caller.request_id, error = %error, "password not hashed anew");
            return;
        }
    };
    let written = sqlx::query!(
        "update accounts set password_hash = $3 where account_id = $1 and password_hash = $2",
        account.id.0,
        account.password_hash.as_deref(),
        hash
    )
    .execute(&caller.server.db)
    .await;
    if let Err(error) = written {
        tracing::warn!(request.id = %caller.request_id, error = %error, "password not hashed anew");
    }
}
