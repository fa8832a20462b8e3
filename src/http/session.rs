//! From the cookie to the [`Caller`]: who makes this request.

use app::error::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use http::header::{COOKIE, SET_COOKIE, USER_AGENT};
use uuid::Uuid;

use crate::accounts;
use crate::accounts::session::cookie_name;
use crate::assets::Site;
use crate::caller::Caller;
use crate::http::errors;
use crate::http::logging::RequestId;
use crate::server::Server;

/// Middleware: looks the session up and gives the request its [`Caller`], and the response the caller's cookies.
///
/// A database that is away must never look like a sign-out: it is a 503 that may be tried again, and the cookie stays.
pub async fn look_up(State((server, site)): State<(Server, Site)>, mut request: Request, next: Next) -> Response {
    let request_id = request_id(&mut request);
    let session = match cookie(request.headers(), cookie_name(&server.settings)) {
        Some(token) => accounts::session::look_up(&server.db, token).await,
        None => Ok(None),
    };
    let session = match session {
        Ok(session) => session,
        Err(error) => {
            tracing::error!(request.id = %request_id, error = ?error, "the session could not be looked up");
            let error = AppError::Unavailable { retry_after_seconds: 2 };
            let (request, _) = request.into_parts();
            return errors::respond(&site, &request, &error).await;
        }
    };
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let caller = Caller::new(server, session, request_id, user_agent);
    request.extensions_mut().insert(caller.clone());
    let mut response = next.run(request).await;
    for cookie in caller.take_cookies() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The value of the first cookie of this name.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value)
}

/// The one the log gave it, else a new one.
fn request_id(request: &mut Request) -> String {
    if let Some(RequestId(id)) = request.extensions().get() {
        return id.clone();
    }
    let id = Uuid::now_v7().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    id
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::cookie;

    #[test]
    fn finds_a_cookie_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", HeaderValue::from_static("other=1; notsid=2;sid=abc=d; sid=second"));
        assert_eq!(cookie(&headers, "sid"), Some("abc=d"));
        assert_eq!(cookie(&headers, "id"), None);
        headers.append("cookie", HeaderValue::from_static("id=3"));
        assert_eq!(cookie(&headers, "id"), Some("3"));
    }
}
