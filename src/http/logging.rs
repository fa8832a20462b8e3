//! One id and one log line for each request.

use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use super::metrics;
use crate::config::{LogFormat, Settings};

/// Ours, never the client's: it stands in error pages and in the log. A UUID of version 7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The route of a request that no route matches. Its path could be anything, so it is in no log and no metric.
const NO_ROUTE: &str = "none";

/// Puts every route of `router` under [`RequestId`], the log and the metrics. Call it last, on the whole router.
pub fn layer(router: Router) -> Router {
    router.layer(from_fn(log_request))
}

/// Sends the log to standard error as the settings say. Does nothing when a log is there already.
pub fn start_log(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log_filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Failing means that a test has set one.
    let _ = match settings.log_format {
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
        LogFormat::Pretty => log.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
    };
}

async fn log_request(mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = Uuid::now_v7().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| NO_ROUTE.to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));

    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let (status, duration) = (response.status(), begun.elapsed());
    metrics::record(&method, &route, status, duration);
    tracing::info!(
        request.id = %id,
        http.method = %method,
        http.route = %route,
        http.status = status.as_u16(),
        duration_ms = format_args!("{:.1}", duration.as_secs_f64() * 1000.0),
        "request"
    );
    response
}

#[cfg(test)]
mod tests {
    use axum::Extension;
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn the_id_in_the_header_is_the_one_that_handlers_see() {
        let router = layer(Router::new().route("/", get(async |Extension(RequestId(id)): Extension<RequestId>| id)));
        let request = Request::get("/").header("x-request-id", "chosen-by-the-client").body(Body::empty()).expect("valid");
        let response = router.oneshot(request).await.expect("it answers");
        let header = response.headers()[REQUEST_ID].to_str().expect("it is text").to_owned();
        let body = to_bytes(response.into_body(), 100).await.expect("it is short");
        assert_eq!(body, header);
        assert_eq!(Uuid::parse_str(&header).expect("it is a UUID").get_version_num(), 7);
    }

    #[tokio::test]
    async fn unknown_paths_get_an_id_too() {
        let request = Request::get("/nowhere").body(Body::empty()).expect("valid");
        let response = layer(Router::new()).oneshot(request).await.expect("it answers");
        assert_eq!(response.status(), 404);
        assert!(response.headers().contains_key(REQUEST_ID));
    }
}
