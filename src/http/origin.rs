//! The origin gate: nothing but this site's own pages may write (cross-site request forgery, T15).
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`; older ones at least in `Origin`. GET and HEAD pass, since they
//! never write.

use std::sync::Arc;

use app::error::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, Method, Uri};

use crate::accounts::session::cookie_name;
use crate::assets::Site;
use crate::config::Settings;
use crate::http::{errors, session};

/// Middleware: refuses what another site has sent.
pub async fn gate(State((settings, site)): State<(Arc<Settings>, Site)>, request: Request, next: Next) -> Response {
    if allowed(&settings.public_url, cookie_name(&settings), request.method(), request.uri(), request.headers()) {
        return next.run(request).await;
    }
    let (request, _) = request.into_parts();
    tracing::warn!(
        path = request.uri.path(),
        origin = ?request.headers.get(ORIGIN),
        sec_fetch_site = ?request.headers.get(SEC_FETCH_SITE),
        "refused a request from another site; if people meet this, check the public URL in the settings"
    );
    errors::respond(&site, &request, &AppError::Forbidden).await
}

const SEC_FETCH_SITE: &str = "sec-fetch-site";

fn allowed(public_url: &str, session_cookie: &str, method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return true;
    }
    if headers.contains_key(SEC_FETCH_SITE) {
        return headers.get_all(SEC_FETCH_SITE).iter().all(|site| site == "same-origin");
    }
    if headers.contains_key(ORIGIN) {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).or_else(|| uri.authority().map(Authority::as_str));
        return headers
            .get_all(ORIGIN)
            .iter()
            .all(|origin| origin.to_str().is_ok_and(|origin| is_own_origin(origin, public_url, host)));
    }
    // Neither header: not a browser of this decade, or a request made by hand. Nothing is done in a person's name.
    session::cookie(headers, session_cookie).is_none() && !is_form(headers)
}

/// The public URL's origin, or on the machine itself the address that the request came to.
fn is_own_origin(origin: &str, public_url: &str, host: Option<&str>) -> bool {
    let Some(origin) = origin_of(origin) else { return false };
    if origin_of(public_url).is_some_and(|public| public == origin) {
        return true;
    }
    // A page of another site cannot have a loopback origin, and a rebound name is not one of these.
    host.filter(|host| is_loopback(host)).and_then(|host| origin_of(&format!("http://{host}"))) == Some(origin)
}

/// Scheme, host and port of a URL, in small letters, default ports left out.
fn origin_of(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let (scheme, host) = (uri.scheme_str()?.to_ascii_lowercase(), uri.host()?.to_ascii_lowercase());
    match (scheme.as_str(), uri.port_u16()) {
        ("http", Some(80) | None) | ("https", Some(443) | None) => Some(format!("{scheme}://{host}")),
        (_, Some(port)) => Some(format!("{scheme}://{host}:{port}")),
        (_, None) => None,
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].contains(&name.to_ascii_lowercase().as_str())
}

/// The types that any HTML form of any site can send.
fn is_form(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE) else { return false };
    let kind = value.to_str().unwrap_or("text/plain").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(&kind.as_str())
}

#[cfg(test)]
mod tests;
