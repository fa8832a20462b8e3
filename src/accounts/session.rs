//! Sessions: our own table, only hashes of tokens in it. The only place that can make a [`Scope`].

use domain::accounts::Role;
use domain::ids::{AccountId, OrgId, SessionId};
use sqlx::PgPool;

use crate::config::Settings;

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

/// The session that a cookie's token opens.
pub async fn look_up(_db: &PgPool, _token: &str) -> Result<Option<Session>, sqlx::Error> {
    Ok(None)
}

#[must_use]
pub fn cookie_name(settings: &Settings) -> &'static str {
    if settings.https() { "__Host-sid" } else { "sid" }
}
