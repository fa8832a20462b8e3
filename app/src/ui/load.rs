//! A part of a page that needs an answer from the server first.

use leptos::prelude::*;

use crate::error::AppError;
use crate::site::errors::FailurePage;

/// Waits for `from`, then shows `view` with it, or the page that says why not where it failed.
///
/// Pages are sent whole (`SsrMode::Async`), so there is no loading state to see.
pub fn load<T: Send + 'static>(
    from: impl Future<Output = Result<T, AppError>> + Send + 'static,
    view: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    Suspend::new(async move {
        match from.await {
            Ok(answer) => view(answer),
            Err(error) => view! { <FailurePage error/> }.into_any(),
        }
    })
    .into_any()
}
