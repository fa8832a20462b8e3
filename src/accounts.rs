//! Accounts: sign-up, sign-in, sessions, one-time links.
//!
//! One file per use case; each opens its own transaction. Nothing here says whether a name exists, except sign-up, which must.

mod attempts;
mod change_password;
mod cookie;
mod device;
mod links;
pub mod operator;
pub mod password;
mod people;
mod reset_password;
mod secret;
pub mod session;
mod session_list;
mod sign_in;
mod sign_up;
mod tidy;

use app::accounts::api::{Accounts, SessionView, SignUpPolicy, Viewer};
use app::error::AppError;
use async_trait::async_trait;
use domain::accounts::TimeAllowance;
use domain::ids::SessionId;
use sqlx::PgExecutor;

use self::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal as _;

pub use tidy::{tidy, tidy_hourly};

#[async_trait]
impl Accounts for Caller {
    fn viewer(&self) -> Option<Viewer> {
        self.session.as_ref().map(|session| Viewer {
            name: session.name.clone(),
            organisation: session.organisation.clone(),
            role: session.scope.role(),
            shortcuts: session.shortcuts,
        })
    }

    fn sign_up_policy(&self) -> SignUpPolicy {
        self.server.settings.sign_up
    }

    async fn sign_up(&self, name: String, password: String, invitation: Option<String>) -> Result<(), AppError> {
        sign_up::sign_up(self, &name, &password, invitation.as_deref()).await
    }

    async fn sign_in(&self, name: String, password: String) -> Result<(), AppError> {
        sign_in::sign_in(self, &name, &password).await
    }

    async fn sign_out(&self) -> Result<(), AppError> {
        sign_in::sign_out(self).await
    }

    async fn change_password(&self, current: String, new: String) -> Result<(), AppError> {
        change_password::change_password(self, &current, &new).await
    }

    async fn reset_password(&self, secret: String, new: String) -> Result<(), AppError> {
        reset_password::reset_password(self, &secret, &new).await
    }

    async fn sessions(&self) -> Result<Vec<SessionView>, AppError> {
        session_list::sessions(self).await
    }

    async fn end_session(&self, id: SessionId) -> Result<(), AppError> {
        session_list::end_session(self, id).await
    }

    async fn end_other_sessions(&self) -> Result<(), AppError> {
        session_list::end_other_sessions(self).await
    }

    async fn set_shortcuts(&self, on: bool) -> Result<(), AppError> {
        let account = self.scope()?.account();
        sqlx::query!("update accounts set shortcuts = $2 where account_id = $1", account.0, on)
            .execute(&self.server.db)
            .await
            .or_internal(self)?;
        Ok(())
    }

    async fn time_allowance(&self) -> Result<TimeAllowance, AppError> {
        time_allowance(&self.server.db, self.scope()?).await.or_internal(self)
    }

    async fn set_time_allowance(&self, allowance: TimeAllowance) -> Result<(), AppError> {
        let account = self.scope()?.account();
        let percent = i16::try_from(allowance.percent()).unwrap_or(i16::MAX);
        sqlx::query!("update accounts set time_allowance = $2 where account_id = $1", account.0, percent)
            .execute(&self.server.db)
            .await
            .or_internal(self)?;
        Ok(())
    }
}

/// How much more time this person has in whatever has a limit.
pub async fn time_allowance(db: impl PgExecutor<'_>, scope: &Scope) -> Result<TimeAllowance, sqlx::Error> {
    let percent = sqlx::query_scalar!("select time_allowance from accounts where account_id = $1", scope.account().0);
    // The table allows no other numbers.
    Ok(TimeAllowance::from_percent(percent.fetch_one(db).await?.unsigned_abs()).unwrap_or_default())
}
