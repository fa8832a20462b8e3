//! One-time links: reset a password, or sign up by invitation. Only the hash of their secret is stored.

use domain::ids::AccountId;
use sqlx::{PgConnection, PgPool};

use super::secret::Secret;

const RESET_HOURS: i32 = 24;
const INVITATION_HOURS: i32 = 7 * 24;

/// A new link to set the password of an account; older ones of this account are void.
pub(super) async fn make_reset(conn: &mut PgConnection, secret: &Secret, account: AccountId) -> Result<(), sqlx::Error> {
    void_resets(conn, account).await?;
    sqlx::query!(
        "insert into account_links (secret_hash, kind, account_id, expires_at)
         values ($1, 'reset', $2, firstline_now() + make_interval(hours => $3))",
        secret.hash(),
        account.0,
        RESET_HOURS
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn make_invitation(conn: &mut PgConnection, secret: &Secret) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into account_links (secret_hash, kind, expires_at)
         values ($1, 'invitation', firstline_now() + make_interval(hours => $2))",
        secret.hash(),
        INVITATION_HOURS
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn void_resets(conn: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from account_links where account_id = $1", account.0).execute(conn).await?;
    Ok(())
}

/// Whose password an unspent link may set.
pub(super) async fn find_reset(db: &PgPool, secret: &Secret) -> Result<Option<AccountId>, sqlx::Error> {
    let account = sqlx::query_scalar!(
        r#"select account_id as "account_id!" from account_links
           where secret_hash = $1 and kind = 'reset' and spent_at is null and expires_at > firstline_now()"#,
        secret.hash()
    )
    .fetch_optional(db)
    .await?;
    Ok(account.map(AccountId))
}

pub(super) async fn invitation_is_open(db: &PgPool, secret: &Secret) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from account_links
                          where secret_hash = $1 and kind = 'invitation' and spent_at is null
                            and expires_at > firstline_now()) as "open!""#,
        secret.hash()
    )
    .fetch_one(db)
    .await
}

/// `false`: it was spent or has expired, perhaps just now. Of two that spend it at once, one is told `true`.
pub(super) async fn spend(conn: &mut PgConnection, secret: &Secret) -> Result<bool, sqlx::Error> {
    let spent = sqlx::query!(
        "update account_links set spent_at = firstline_now()
         where secret_hash = $1 and spent_at is null and expires_at > firstline_now()",
        secret.hash()
    )
    .execute(conn)
    .await?;
    Ok(spent.rows_affected() == 1)
}
