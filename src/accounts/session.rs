//! Sessions: our own table, only hashes of tokens in it. The only place that can make a [`Scope`].

use domain::accounts::{Role, session_lifetime};
use domain::ids::{AccountId, OrgId, SessionId};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::secret::Secret;
use crate::config::Settings;

/// A request writes the time it was seen at most this often.
const SECONDS_BETWEEN_SIGHTINGS: i64 = 60;

/// Whose data a query may touch. Its fields are private and only a looked-up session makes one, so no request can choose them.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    org: OrgId,
    account: AccountId,
    role: Role,
}

impl Scope {
    #[must_use]
    pub fn org(&self) -> OrgId {
        self.org
    }

    #[must_use]
    pub fn account(&self) -> AccountId {
        self.account
    }

    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }
}

/// A live sign-in, looked up from the cookie.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    pub scope: Scope,
    pub name: String,
    pub organisation: String,
    pub shortcuts: bool,
}

/// `__Host-` ties the cookie to this very host, and browsers accept it over HTTPS only.
#[must_use]
pub fn cookie_name(settings: &Settings) -> &'static str {
    if settings.https() { "__Host-sid" } else { "sid" }
}

/// The live session of a token from the cookie. `None`: unknown, ended, idle for too long, too old, or its person has left the
/// organisation or has another role in it by now.
pub async fn look_up(db: &PgPool, token: &str) -> Result<Option<Session>, sqlx::Error> {
    let Some(token) = Secret::parse(token) else {
        return Ok(None);
    };
    let token_hash = token.hash();
    let row = sqlx::query!(
        r#"select session_id, account_id, org_id, role, name, shortcuts,
                  extract(epoch from firstline_now() - last_seen_at)::bigint as "idle_seconds!"
           from sessions join accounts using (account_id)
           where token_hash = $1 and expires_at > firstline_now()"#,
        token_hash
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let (org, account) = (OrgId(row.org_id), AccountId(row.account_id));
    let Some(member) = membership(db, org, account).await?.filter(|member| member.role.as_str() == row.role) else {
        return Ok(None);
    };
    if row.idle_seconds >= i64::from(session_lifetime(member.role).idle_seconds) {
        return Ok(None);
    }
    if row.idle_seconds >= SECONDS_BETWEEN_SIGHTINGS {
        sqlx::query!("update sessions set last_seen_at = firstline_now() where token_hash = $1", token_hash).execute(db).await?;
    }
    Ok(Some(Session {
        id: SessionId(row.session_id),
        scope: Scope { org, account, role: member.role },
        name: row.name,
        organisation: member.organisation,
        shortcuts: row.shortcuts,
    }))
}

/// What a person is in an organisation.
pub(super) struct Membership {
    pub role: Role,
    pub organisation: String,
}

/// Asked apart from the account: tenant tables may live in another database than the global ones.
pub(super) async fn membership(db: &PgPool, org: OrgId, account: AccountId) -> Result<Option<Membership>, sqlx::Error> {
    let row = sqlx::query!(
        "select role, name from memberships join organisations using (org_id) where org_id = $1 and account_id = $2",
        org.0,
        account.0
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let role = row.role.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        Ok(Membership { role, organisation: row.name })
    })
    .transpose()
}

/// Whose session is started, where and as what.
pub(super) struct Start<'a> {
    pub org: OrgId,
    pub account: AccountId,
    pub role: Role,
    pub device: &'a str,
}

pub(super) async fn start(conn: &mut PgConnection, token: &Secret, start: Start<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into sessions (token_hash, session_id, account_id, org_id, role, device, expires_at)
         values ($1, $2, $3, $4, $5, $6, firstline_now() + make_interval(secs => $7))",
        token.hash(),
        Uuid::now_v7(),
        start.account.0,
        start.org.0,
        start.role.as_str(),
        start.device,
        f64::from(session_lifetime(start.role).absolute_seconds)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends every session of an account, on all devices.
pub(super) async fn end_all(conn: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sessions where account_id = $1", account.0).execute(conn).await?;
    Ok(())
}
