//! `/healthz`: the process lives. `/readyz`: it can serve. `/version`: which one it is.

use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use sqlx::PgPool;

use crate::database::{SchemaState, schema_state};

/// A database that takes longer than this is no use to a learner either.
const READY_LIMIT: Duration = Duration::from_secs(1);

/// `db` is the pool that serves.
pub fn routes(db: PgPool) -> Router {
    Router::new()
        .route("/healthz", get(async || not_stored("ok")))
        .route("/readyz", get(ready))
        .route("/version", get(async || not_stored(Json(Version::this()))))
        .with_state(db)
}

/// Which program this is.
#[derive(Debug, Serialize)]
pub struct Version {
    pub version: &'static str,
    /// `FIRSTLINE_COMMIT` at build time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<&'static str>,
}

impl Version {
    #[must_use]
    pub fn this() -> Self {
        Self { version: env!("CARGO_PKG_VERSION"), commit: option_env!("FIRSTLINE_COMMIT").filter(|commit| !commit.is_empty()) }
    }
}

/// The reason is for the operator and names nothing that an attacker could use.
async fn ready(State(db): State<PgPool>) -> Response {
    let state = tokio::time::timeout(READY_LIMIT, async { schema_state(&mut *db.acquire().await?).await }).await;
    let reason = match state {
        Ok(Ok(SchemaState::Ready)) => return not_stored("ready"),
        Ok(Ok(SchemaState::NotMigrated)) => "the database is not migrated to this version",
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            "the database does not answer"
        }
        Err(_) => "the database does not answer within a second",
    };
    (StatusCode::SERVICE_UNAVAILABLE, not_stored(reason)).into_response()
}

fn not_stored(body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
