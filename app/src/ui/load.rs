//! A part of a page that needs an answer from the server first.

use leptos::prelude::*;

use super::error_view::ErrorView;
use crate::error::AppError;

/// Waits for `from`, then shows `view` with it, or words and a way out where it failed.
///
/// Pages are sent whole (`SsrMode::Async`), so there is no loading state to see.
pub fn load<T: Send + 'static>(
    from: impl Future<Output = Result<T, AppError>> + Send + 'static,
    view: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    Suspend::new(async move {
        match from.await {
            Ok(answer) => view(answer),
            Err(error) => view! { <ErrorView error/> }.into_any(),
        }
    })
    .into_any()
}
