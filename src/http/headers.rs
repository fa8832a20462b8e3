//! The headers of every response: what a browser may do with it, and how long it may keep it.

use std::sync::Arc;

use app::accounts::api::SignOut;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use leptos::server_fn::ServerFn;
use uuid::Uuid;

use crate::config::Settings;

/// Lets the scripts of this one page run. Made anew for each response.
#[derive(Clone, Debug)]
pub struct PageNonce(pub String);

/// For everything that is not a page: nothing in it may run, load or be framed.
const POLICY_OF_DATA: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

const ALWAYS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), \
         gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
         publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()",
    ),
];

/// A year, as ASVS 3.4.1 asks.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Middleware: gives the request its nonce and the response its headers. A handler may set its own `Cache-Control`, and its own
/// policy where it does not send HTML.
pub async fn add(State(settings): State<Arc<Settings>>, mut request: Request, next: Next) -> Response {
    let nonce = PageNonce(Uuid::new_v4().simple().to_string());
    let signs_out = request.uri().path() == SignOut::PATH;
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_html(headers) {
        headers.insert(CONTENT_SECURITY_POLICY, policy_of_page(&nonce));
    } else {
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(POLICY_OF_DATA);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if settings.https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if signs_out && !failed {
        // Not "cookies": that would empty the whole registrable domain and sign the person out of its other sites. The session
        // cookie is removed by name. Not "cache": it holds only public files, and clearing it takes browsers seconds.
        headers.insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    }
    response
}

pub(super) fn is_html(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// Only files of this site, no inline style, and of scripts only those that carry the nonce or come from here.
fn policy_of_page(PageNonce(nonce): &PageNonce) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         object-src 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(POLICY_OF_DATA)
}
