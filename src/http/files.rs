//! The files of the browser bundle: `/assets/…`, the service worker, the icon.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::assets::{File, Site};
use crate::http::compress::Encoding;

const SERVICE_WORKER: &str = "/service-worker.js";
const FETCHES_PAGES: HeaderValue = HeaderValue::from_static("default-src 'none'; connect-src 'self'; frame-ancestors 'none'");
const RUNS_THE_ENGINE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'",
);
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For the few names that stay the same: browsers ask whether their copy is still the newest.
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");

pub(super) fn routes(site: Site) -> Router {
    Router::new()
        .route("/assets/{*file}", get(serve))
        .route(SERVICE_WORKER, get(serve))
        .route("/favicon.ico", get(favicon))
        .with_state(site)
}

async fn serve(State(site): State<Site>, request: Request) -> Response {
    let path = request.uri().path();
    let files = site.files();
    let Some(file) = files.at(path) else { return (StatusCode::NOT_FOUND, "There is no such file.").into_response() };
    let mut response = send(file, request.headers());
    // A worker runs under the policy of its own response.
    if path == SERVICE_WORKER {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, FETCHES_PAGES);
    } else if path == files.urls.engine_worker {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, RUNS_THE_ENGINE);
    }
    response
}

/// Browsers ask for this name by themselves where no page has told them a better one.
async fn favicon(State(site): State<Site>, request: Request) -> Response {
    let files = site.files();
    let Some(file) = files.at(&files.urls.icon) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = send(file, request.headers());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

fn send(file: &File, asked: &HeaderMap) -> Response {
    let (body, encoding) = match (Encoding::accepted(asked), &file.brotli, &file.gzip) {
        (Encoding::Brotli, Some(brotli), _) => (brotli, Encoding::Brotli),
        (Encoding::Gzip, _, Some(gzip)) => (gzip, Encoding::Gzip),
        _ => (&file.plain, Encoding::Identity),
    };
    let tag = entity_tag(file, encoding);
    let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).is_some_and(|tags| tags.contains(&tag));
    let mut response = if known { Response::default() } else { Response::new(Body::from(body.clone())) };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    headers.insert(CACHE_CONTROL, if file.immutable { FOR_EVER } else { ASK_FIRST });
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(CONTENT_TYPE, file.content_type.clone());
    if let Some(token) = encoding.token() {
        headers.insert(CONTENT_ENCODING, token);
    }
    response
}

/// Each form of a file has a tag of its own, quotes included.
fn entity_tag(file: &File, encoding: Encoding) -> String {
    let form = match encoding {
        Encoding::Brotli => "-br",
        Encoding::Gzip => "-gz",
        Encoding::Identity => "",
    };
    format!("\"{}{form}\"", file.hash)
}
