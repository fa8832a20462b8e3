//! Forms that browsers send without scripts.
//!
//! Leptos would answer them with a redirect to the `Referer`, the error written into its URL. Here the server function is run as
//! if a script had called it. When it succeeds, the browser is sent on; when it fails, the page with the form is shown again,
//! with what was typed (`app::forms`).

use app::error::AppError;
use app::forms::{FormFailure, SECRET_FIELDS};
use app::routes::own_path;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, REFERER};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};
use leptos::server_fn::redirect::REDIRECT_HEADER;
use tower::ServiceExt;

use crate::assets::Site;
use crate::http::pages::see_other;
use crate::http::{BODY_LIMIT_BYTES, errors, pages};

/// Middleware: answers forms that were sent without scripts. `pages` renders the page with the form again.
pub async fn plain_forms(State((pages, site)): State<(Router, Site)>, request: Request, next: Next) -> Response {
    if !is_plain_form(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let again = parts.clone();
    let Ok(body) = to_bytes(body, BODY_LIMIT_BYTES).await else {
        return errors::respond(&site, &again, &AppError::BadRequest).await;
    };
    parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(REFERER);
    let response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    match failure_in(response).await {
        Ok(response) => send_on(response, &body),
        Err(error) => show_again(pages, again, &body, error).await,
    }
}

fn is_plain_form(request: &Request) -> bool {
    let form = "application/x-www-form-urlencoded";
    request.method() == Method::POST
        && request.uri().path().starts_with(errors::API)
        && errors::accepts_html(request.headers())
        && request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(form.as_bytes()))
}

/// The error that a server function has answered with, if it has.
async fn failure_in(response: Response) -> Result<Response, AppError> {
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return Ok(response);
    }
    let body = to_bytes(response.into_body(), BODY_LIMIT_BYTES).await.unwrap_or_default();
    Err(serde_json::from_slice(&body).unwrap_or(AppError::BadRequest))
}

/// To where the server function leads, else back to the page with the form.
fn send_on(response: Response, body: &[u8]) -> Response {
    let (mut parts, _) = response.into_parts();
    for name in [CONTENT_TYPE, CONTENT_LENGTH, REDIRECT_HEADER.parse().unwrap_or(CONTENT_TYPE)] {
        parts.headers.remove(name);
    }
    let to = parts.headers.remove(LOCATION).and_then(|to| to.to_str().map(str::to_owned).ok());
    let mut onward = see_other(&to.unwrap_or_else(|| page_of(body)));
    onward.headers_mut().extend(parts.headers);
    onward
}

/// The page with the form once more, for the same person, with the reason and what was typed.
async fn show_again(pages: Router, request: Parts, body: &[u8], error: AppError) -> Response {
    let failure = FormFailure { action: request.uri.path().to_owned(), error: error.clone(), values: values(body) };
    let Ok(uri) = page_of(body).parse() else { return errors::json(&error) };
    let mut page = Request::new(Body::empty());
    *page.uri_mut() = uri;
    *page.headers_mut() = page_headers(&request.headers);
    let extensions = page.extensions_mut();
    extensions.insert(failure);
    pages::pass_on(&request.extensions, extensions);
    let Ok(mut response) = pages.oneshot(page).await;
    // Otherwise the page has its own answer: it needs a sign-in, or is gone.
    if response.status().is_success() {
        errors::mark(&mut response, &error);
    }
    response
}

fn page_headers(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in [CONTENT_TYPE, CONTENT_LENGTH, REFERER] {
        headers.remove(name);
    }
    headers
}

/// The path of the page with the form, from its field `from`.
fn page_of(body: &[u8]) -> String {
    let from = form_urlencoded::parse(body).find(|(name, _)| name == "from");
    own_path(from.as_ref().map(|(_, path)| path.as_ref())).to_owned()
}

/// What was sent, without secrets.
fn values(body: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(body).into_owned();
    pairs.filter(|(name, _)| !SECRET_FIELDS.contains(&name.as_str())).collect()
}

#[cfg(test)]
mod tests;
