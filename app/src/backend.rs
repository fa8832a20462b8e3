//! What the pages may ask of the server. Each noun declares its own trait in its `api.rs`; this is their sum.
//!
//! The server puts one [`Backend`] into the context of every request, already bound to whoever is asking, so that no call can
//! name another person or organisation.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::use_context;

use crate::accounts::api::Accounts;
use crate::coverage::api::CoverageMap;
use crate::error::AppError;
use crate::exams::api::Exams;
use crate::practice::api::Practice;
use crate::progress::api::Progress;
use crate::reports::api::Reports;
use crate::tickets::api::Tickets;

pub trait Backend: Accounts + CoverageMap + Exams + Practice + Progress + Reports + Tickets + Send + Sync {}

impl<T: Accounts + CoverageMap + Exams + Practice + Progress + Reports + Tickets + Send + Sync> Backend for T {}

/// The backend of this request.
///
/// # Errors
/// [`AppError::BadRequest`] where the server has provided none, which only a wrong set-up of routes can cause.
pub fn backend() -> Result<Arc<dyn Backend>, AppError> {
    use_context::<Arc<dyn Backend>>().ok_or(AppError::BadRequest)
}

/// What the page that is being made could not show. The server gives the response its status by it.
#[derive(Clone, Debug, Default)]
pub struct PageOutcome(Arc<Mutex<Option<AppError>>>);

impl PageOutcome {
    /// The first failure of the page.
    #[must_use]
    pub fn failure(&self) -> Option<AppError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Says that the page could not be made because of this error: the response gets its status, and a visitor who has to sign in
/// first is sent to do so and led back.
pub fn page_failed(error: &AppError) {
    if let Some(PageOutcome(outcome)) = use_context() {
        outcome.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| error.clone());
    }
}

/// Sends the browser on to a path of this site once the server function has answered.
pub fn go_to(path: &str) {
    // Nothing redirects in the browser: pages and the bodies of server functions run on the server alone.
    #[cfg(feature = "ssr")]
    leptos_axum::redirect(path);
    #[cfg(not(feature = "ssr"))]
    let _ = path;
}
