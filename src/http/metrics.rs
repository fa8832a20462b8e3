//! Prometheus metrics, on a listener of their own: they are the operator's and never public.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use http::{Method, StatusCode, header};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use sqlx::PgPool;

const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";
const CONNECTIONS: &str = "db_pool_connections";
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// Histograms hold every sample until they are folded.
const UPKEEP: Duration = Duration::from_secs(5);

/// Counts one request. Free when no recorder is installed.
pub fn record(method: &Method, route: &str, status: StatusCode, duration: Duration) {
    let class = format!("{}xx", status.as_u16() / 100);
    // A client can make up methods; each would be a time series of its own.
    let known = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::PUT, Method::PATCH, Method::DELETE];
    let method = if known.contains(method) { method.as_str().to_owned() } else { "other".to_owned() };
    let labels = [("method", method), ("route", route.to_owned()), ("status", class)];
    counter!(REQUESTS, &labels).increment(1);
    histogram!(DURATION, &labels).record(duration.as_secs_f64());
}

/// Installs the recorder of this process.
///
/// # Errors
/// When there is one already.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(DURATION.to_owned()), &BUCKETS)?;
    let handle = builder.install_recorder()?;
    describe_counter!(REQUESTS, "Requests by method, route and class of status");
    describe_histogram!(DURATION, metrics::Unit::Seconds, "Time until the response begins");
    describe_gauge!(CONNECTIONS, "Database connections by state: in_use, idle, most");
    Ok(handle)
}

/// Keeps the histograms small, also when nobody reads them.
pub async fn upkeep(handle: PrometheusHandle) {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        ticks.tick().await;
        handle.run_upkeep();
    }
}

/// `/metrics`, to be served on its own listener.
pub fn routes(handle: PrometheusHandle, db: PgPool) -> Router {
    let render = async move || {
        let (size, idle) = (db.size(), u32::try_from(db.num_idle()).unwrap_or(u32::MAX));
        gauge!(CONNECTIONS, "state" => "in_use").set(size.saturating_sub(idle));
        gauge!(CONNECTIONS, "state" => "idle").set(idle);
        gauge!(CONNECTIONS, "state" => "most").set(db.options().get_max_connections());
        ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render())
    };
    Router::new().route("/metrics", get(render))
}
