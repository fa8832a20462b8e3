//! Accounts: sign-up, sign-in, sessions, one-time links.

pub mod password;
pub mod session;

use app::accounts::api::{Accounts, SessionView, SignUpPolicy, Viewer};
use app::error::AppError;
use async_trait::async_trait;
use domain::ids::SessionId;

use crate::caller::Caller;

#[async_trait]
impl Accounts for Caller {
    fn viewer(&self) -> Option<Viewer> {
        None
    }
    fn sign_up_policy(&self) -> SignUpPolicy {
        self.server.settings.sign_up
    }
    async fn sign_up(&self, _name: String, _password: String, _invitation: Option<String>) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn sign_in(&self, _name: String, _password: String) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn sign_out(&self) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn change_password(&self, _current: String, _new: String) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn reset_password(&self, _secret: String, _new: String) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn sessions(&self) -> Result<Vec<SessionView>, AppError> {
        Err(AppError::NotFound)
    }
    async fn end_session(&self, _id: SessionId) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn end_other_sessions(&self) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn set_shortcuts(&self, _on: bool) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
}
