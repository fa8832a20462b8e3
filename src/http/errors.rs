//! The status of every error, in one place, and the answers that no page and no server function gives.

use std::panic::AssertUnwindSafe;

use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::assets::Site;
use crate::http::logging::RequestId;
use crate::http::{BODY_LIMIT_BYTES, pages};

pub const API: &str = "/api/";

#[must_use]
pub fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::SignInNeeded => StatusCode::UNAUTHORIZED,
        AppError::Forbidden => StatusCode::FORBIDDEN,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::Conflict(_) => StatusCode::CONFLICT,
        AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        AppError::BadRequest => StatusCode::BAD_REQUEST,
        AppError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Gives a response the status of an error, and when to try again.
pub(super) fn mark(response: &mut Response, error: &AppError) {
    *response.status_mut() = status(error);
    if let AppError::TooMany { retry_after_seconds } | AppError::Unavailable { retry_after_seconds } = error {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
}

/// As a server function would have said it.
#[must_use]
pub fn json(error: &AppError) -> Response {
    let mut response = axum::Json(error).into_response();
    mark(&mut response, error);
    response
}

/// An error for whoever asked: a page for a person, JSON for a program.
pub(super) async fn respond(site: &Site, request: &Parts, error: &AppError) -> Response {
    if wants_page(request) { pages::failure(site, request, error).await } else { json(error) }
}

/// Pages, and server functions that a form without scripts calls.
fn wants_page(request: &Parts) -> bool {
    !request.uri.path().starts_with(API) || accepts_html(&request.headers)
}

pub(super) fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

/// Middleware: a server function's error is a 500 to Leptos, whatever it says; here it gets its own status.
pub async fn give_status(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.headers_mut().remove(SERVER_FN_ERROR_HEADER).is_none() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, BODY_LIMIT_BYTES).await else {
        return json(&AppError::BadRequest);
    };
    let error = serde_json::from_slice(&bytes).unwrap_or(AppError::BadRequest);
    let mut response = Response::from_parts(parts, Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    mark(&mut response, &error);
    response
}

/// Middleware: a panic is a 500 with the id under which the log has it. The panic hook has written the cause already.
pub async fn catch_panic(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let copy = parts.clone();
    if let Ok(response) = AssertUnwindSafe(next.run(Request::from_parts(parts, body))).catch_unwind().await {
        return response;
    }
    let request_id = copy.extensions.get().map(|RequestId(id)| id.clone()).unwrap_or_default();
    tracing::error!(request.id = %request_id, path = copy.uri.path(), "panic while answering");
    respond(&site, &copy, &AppError::Internal { request_id }).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::error::Conflict;
    use axum::middleware::from_fn_with_state;
    use axum::routing::{get, post};
    use tower::ServiceExt;

    #[test]
    fn every_error_has_its_status() {
        let table = [
            (AppError::SignInNeeded, 401),
            (AppError::Forbidden, 403),
            (AppError::NotFound, 404),
            (AppError::invalid("name", "Please write a name."), 422),
            (AppError::Conflict(Conflict::AttemptFinished), 409),
            (AppError::TooMany { retry_after_seconds: 8 }, 429),
            (AppError::Unavailable { retry_after_seconds: 2 }, 503),
            (AppError::BadRequest, 400),
            (AppError::Internal { request_id: String::new() }, 500),
        ];
        for (error, expected) in table {
            assert_eq!(status(&error).as_u16(), expected, "{error:?}");
        }
    }

    #[test]
    fn says_when_to_try_again() {
        let busy = json(&AppError::Unavailable { retry_after_seconds: 2 });
        assert_eq!(busy.headers()[RETRY_AFTER], "2");
        let locked = json(&AppError::TooMany { retry_after_seconds: 900 });
        assert_eq!(locked.headers()[RETRY_AFTER], "900");
        assert!(!json(&AppError::NotFound).headers().contains_key(RETRY_AFTER));
    }

    #[tokio::test]
    async fn a_panic_is_a_500_with_the_requests_id() {
        let site = Site::none();
        // Also readies what renders pages, as the whole site does.
        let router = pages::routes(&site)
            .route("/page", get(broken))
            .route("/api/call", post(broken))
            .layer(from_fn_with_state(site, catch_panic));
        for (method, path, kind) in [("GET", "/page", "text/html; charset=utf-8"), ("POST", "/api/call", "application/json")] {
            let request = Request::builder().method(method).uri(path).extension(RequestId("id-of-request".to_owned()));
            let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(
                (answer.status().as_u16(), &answer.headers()[CONTENT_TYPE]),
                (500, &HeaderValue::from_static(kind)),
                "{path}"
            );
            let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            let body = String::from_utf8_lossy(&body);
            assert!(body.contains("id-of-request") && !body.contains("a secret cause"), "{body}");
        }
    }

    async fn broken() -> StatusCode {
        panic!("a secret cause")
    }
}
