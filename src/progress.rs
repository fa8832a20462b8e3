//! Progress: rollups of a learner.

use app::error::AppError;
use app::progress::api::{Progress, StandingView};
use async_trait::async_trait;

use crate::caller::Caller;

#[async_trait]
impl Progress for Caller {
    async fn standing(&self) -> Result<StandingView, AppError> {
        Err(AppError::NotFound)
    }
}
