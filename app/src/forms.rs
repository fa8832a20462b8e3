//! Plain forms that work without scripts.
//!
//! Every form posts to a server function and carries the page's own path in a field `from`. When it fails, the server shows
//! that page again with a [`FormFailure`] in its context: the errors stand at their fields, and what was typed is still there.

use leptos::prelude::use_context;

use crate::error::AppError;

/// Why a form came back, and what it was sent with.
#[derive(Clone, Debug)]
pub struct FormFailure {
    /// The path of the server function it was sent to.
    pub action: String,
    pub error: AppError,
    /// Names and values as sent, without secrets (see [`SECRET_FIELDS`]).
    pub values: Vec<(String, String)>,
}

/// Fields that are never sent back to the page.
pub const SECRET_FIELDS: [&str; 4] = ["password", "current", "new", "secret"];

/// The failure of the form that posts to `action`, if this page is shown because of it.
#[must_use]
pub fn failure_of(action: &str) -> Option<FormFailure> {
    use_context::<FormFailure>().filter(|failure| failure.action == action)
}
