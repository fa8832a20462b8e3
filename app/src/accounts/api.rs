//! Accounts: what may be asked, and what is answered.

use leptos::prelude::server;
use serde::{Deserialize, Serialize};

use domain::accounts::{Role, TimeAllowance};
use domain::ids::SessionId;

use crate::error::AppError;

/// Who is signed in, for the page's own use. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub name: String,
    pub organisation: String,
    pub role: Role,
    /// Single-key shortcuts are on (WCAG 2.1.4).
    pub shortcuts: bool,
}

/// One sign-in of the viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    pub id: SessionId,
    /// The browser and system in a few words, from the user agent.
    pub device: String,
    /// RFC 3339, UTC.
    pub signed_in_at: String,
    pub last_seen_at: String,
    pub current: bool,
}

/// Who may make an account (`FIRSTLINE_SIGN_UP`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignUpPolicy {
    Open,
    /// With a one-time link from an admin.
    Invite,
    Closed,
}

#[async_trait::async_trait]
pub trait Accounts {
    /// `None`: nobody is signed in.
    fn viewer(&self) -> Option<Viewer>;
    fn sign_up_policy(&self) -> SignUpPolicy;
    /// Signs in as well. `invitation` is the secret of a one-time link.
    async fn sign_up(&self, name: String, password: String, invitation: Option<String>) -> Result<(), AppError>;
    async fn sign_in(&self, name: String, password: String) -> Result<(), AppError>;
    async fn sign_out(&self) -> Result<(), AppError>;
    async fn change_password(&self, current: String, new: String) -> Result<(), AppError>;
    /// Sets a new password through a one-time link; ends every session of the account.
    async fn reset_password(&self, secret: String, new: String) -> Result<(), AppError>;
    async fn sessions(&self) -> Result<Vec<SessionView>, AppError>;
    async fn end_session(&self, id: SessionId) -> Result<(), AppError>;
    async fn end_other_sessions(&self) -> Result<(), AppError>;
    async fn set_shortcuts(&self, on: bool) -> Result<(), AppError>;
    async fn time_allowance(&self) -> Result<TimeAllowance, AppError>;
    async fn set_time_allowance(&self, allowance: TimeAllowance) -> Result<(), AppError>;
}

#[server(endpoint = "accounts/sign-up")]
pub async fn sign_up(name: String, password: String, invitation: Option<String>) -> Result<(), AppError> {
    crate::backend::backend()?.sign_up(name, password, invitation).await?;
    crate::backend::go_to("/");
    Ok(())
}

/// `next` is the path to go on to; anything but a path of this site leads home.
#[server(endpoint = "accounts/sign-in")]
pub async fn sign_in(name: String, password: String, next: Option<String>) -> Result<(), AppError> {
    crate::backend::backend()?.sign_in(name, password).await?;
    crate::backend::go_to(crate::routes::own_path(next.as_deref()));
    Ok(())
}

#[server(endpoint = "accounts/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    crate::backend::backend()?.sign_out().await?;
    crate::backend::go_to("/sign-in");
    Ok(())
}

#[server(endpoint = "accounts/change-password")]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    crate::backend::backend()?.change_password(current, new).await?;
    crate::backend::go_to("/account?done=password");
    Ok(())
}

#[server(endpoint = "accounts/reset-password")]
pub async fn reset_password(secret: String, new: String) -> Result<(), AppError> {
    crate::backend::backend()?.reset_password(secret, new).await?;
    crate::backend::go_to("/sign-in?done=reset");
    Ok(())
}

#[server(endpoint = "accounts/end-session")]
pub async fn end_session(id: SessionId) -> Result<(), AppError> {
    crate::backend::backend()?.end_session(id).await?;
    crate::backend::go_to("/account?done=session");
    Ok(())
}

#[server(endpoint = "accounts/end-other-sessions")]
pub async fn end_other_sessions() -> Result<(), AppError> {
    crate::backend::backend()?.end_other_sessions().await?;
    crate::backend::go_to("/account?done=sessions");
    Ok(())
}

/// `on` comes from a form, where an unticked box sends nothing.
#[server(endpoint = "accounts/set-shortcuts")]
pub async fn set_shortcuts(on: Option<String>) -> Result<(), AppError> {
    crate::backend::backend()?.set_shortcuts(on.is_some()).await?;
    crate::backend::go_to("/account?done=shortcuts");
    Ok(())
}

#[server(endpoint = "accounts/set-time-allowance")]
pub async fn set_time_allowance(percent: String) -> Result<(), AppError> {
    let allowance = percent.parse().map_err(|_| AppError::invalid("percent", "Choose one of the four."))?;
    crate::backend::backend()?.set_time_allowance(allowance).await?;
    crate::backend::go_to("/account?done=time");
    Ok(())
}
