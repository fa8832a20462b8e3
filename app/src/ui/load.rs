//! A part of a page that needs an answer from the server first.

use leptos::prelude::*;

use crate::error::AppError;
use crate::site::errors::ErrorPage;

/// A page that needs an answer from the server first: `view` with the answer, or the page of the error.
///
/// Pages are sent whole (`SsrMode::Async`), so there is no loading state to see.
pub fn load<T: Send + 'static>(
    from: impl Future<Output = Result<T, AppError>> + Send + 'static,
    view: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView {
    Suspend::new(async move {
        match from.await {
            Ok(answer) => view(answer),
            Err(error) => view! { <ErrorPage error/> }.into_any(),
        }
    })
    .into_any()
}
