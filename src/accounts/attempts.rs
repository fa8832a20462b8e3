//! The password door: one counter per name for every place that takes a password.
//!
//! Names that nobody bears are counted the same way, so that the answer to a wrong password, the wait after several and the shut
//! door after a hundred do not tell whether there is such an account.

use app::error::{AppError, Conflict};
use domain::accounts::{Door, Password, after_failure};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;

use super::password::{HashError, Verdict};
use crate::caller::Caller;
use crate::error::OrInternal as _;

/// Checks a password, unless the door of this name is shut. `stored` is `None` where there is no account or no password.
///
/// The try is counted as a failure before the password is hashed, so that a thousand guesses sent at once are not all tried; a
/// success must be followed by [`forget`].
pub(super) async fn try_password(
    caller: &Caller,
    name_key: &str,
    password: Password,
    stored: Option<String>,
) -> Result<Verdict, AppError> {
    count(caller, name_key).await?;
    let checked = caller.server.hasher.verify(password, stored).await;
    if matches!(checked, Err(HashError::Busy)) {
        take_back(caller, name_key).await?;
    }
    checked.or_internal(caller)
}

/// The row of failures of this name ends here.
pub(super) async fn forget(conn: &mut PgConnection, name_key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sign_in_failures where name_hash = $1", name_hash(name_key)).execute(conn).await?;
    Ok(())
}

async fn count(caller: &Caller, name_key: &str) -> Result<(), AppError> {
    let name_hash = name_hash(name_key);
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    // Locks the row, whether it is new or not.
    let row = sqlx::query!(
        r#"insert into sign_in_failures (name_hash) values ($1)
           on conflict (name_hash) do update set tried_at = firstline_now()
           returning failures, ceil(extract(epoch from locked_until - firstline_now()))::integer as wait_seconds"#,
        name_hash
    )
    .fetch_one(&mut *tx)
    .await
    .or_internal(caller)?;
    let failures = u32::try_from(row.failures).unwrap_or(u32::MAX);
    if after_failure(failures) == Door::NeedsReset {
        return Err(AppError::Conflict(Conflict::ResetNeeded));
    }
    if let Some(retry_after_seconds) = row.wait_seconds.and_then(|wait| u32::try_from(wait).ok()).filter(|wait| *wait > 0) {
        return Err(AppError::TooMany { retry_after_seconds });
    }
    let wait = match after_failure(failures.saturating_add(1)) {
        Door::OpensIn(seconds) => seconds,
        Door::NeedsReset => 0,
    };
    sqlx::query!(
        "update sign_in_failures
         set failures = failures + 1, locked_until = firstline_now() + make_interval(secs => $2)
         where name_hash = $1",
        name_hash,
        f64::from(wait)
    )
    .execute(&mut *tx)
    .await
    .or_internal(caller)?;
    tx.commit().await.or_internal(caller)
}

/// The password was not tried after all; the server was too busy. The wait stays, the count does not.
async fn take_back(caller: &Caller, name_key: &str) -> Result<(), AppError> {
    sqlx::query!(
        "update sign_in_failures set failures = failures - 1 where name_hash = $1 and failures > 0",
        name_hash(name_key)
    )
    .execute(&caller.server.db)
    .await
    .or_internal(caller)?;
    Ok(())
}

fn name_hash(name_key: &str) -> Vec<u8> {
    Sha256::digest(name_key.as_bytes()).to_vec()
}
