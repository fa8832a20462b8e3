//! From settings to a server that answers, step by step, and back down in order.

mod report;
mod stop;

use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use sqlx::PgPool;
use thiserror::Error;
use tokio::net::TcpListener;

pub use self::report::Report;
pub use self::stop::Stop;
use crate::accounts::password::{HashError, Hasher, Limits};
use crate::assets::{Site, SiteError};
use crate::config::Settings;
use crate::content::{Catalog, ContentError, store_scenarios, store_versions};
use crate::database::{Access, Database, DatabaseError};
use crate::http::{logging, metrics, router};
use crate::server::Server;
use crate::{accounts, exams};

/// Why the server does not run; each sentence names a way out.
#[derive(Debug, Error)]
pub enum StartError {
    #[error("{address} is in use by another program. Stop that one, or choose another address with --{flag}.")]
    PortTaken { address: SocketAddr, flag: &'static str },
    #[error("Firstline may not listen on {address}: ports below 1024 need special rights. Choose another with --{flag}.")]
    PortForbidden { address: SocketAddr, flag: &'static str },
    #[error("Firstline cannot listen on {address}: {cause}. Choose another address with --{flag}.")]
    NotBound { address: SocketAddr, flag: &'static str, cause: io::Error },
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("{0}")]
    Content(#[from] ContentError),
    #[error("The content could not be stored: {0}")]
    ContentNotStored(#[source] sqlx::Error),
    #[error("Passwords cannot be hashed: {0}. Check the settings that begin with password-.")]
    Hash(#[from] HashError),
    #[error(transparent)]
    Site(#[from] SiteError),
    #[error("Metrics cannot be kept: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    #[error("The server stopped: {0}")]
    Served(#[source] io::Error),
}

/// How long closing the connections to the database may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(2);

/// Serves until it is asked to stop. Returns without an error when that comes while it is still starting.
///
/// # Errors
/// See [`StartError`].
pub async fn serve(settings: Settings, mut stop: Stop) -> Result<(), StartError> {
    let mut report = Report::new(settings.log_format);
    // The port comes first: whether it is free is known at once.
    let listener = bind(settings.listen, "listen").await?;
    let metrics_listener = match settings.metrics_listen {
        Some(address) => Some(bind(address, "metrics-listen").await?),
        None => None,
    };
    let settings = match listener.local_addr() {
        Ok(address) => settings.bound_to(address),
        Err(_) => settings,
    };
    let started = tokio::select! {
        started = prepare(&settings, &mut report) => started?,
        () = stop.asked() => return Ok(()),
    };
    let Prepared { database, server, site } = started;
    let db = server.db.clone();
    if let Some(listener) = metrics_listener {
        serve_metrics(listener, db.clone(), &mut report)?;
    }
    let tidying = tokio::spawn(accounts::tidy_hourly(db.clone()));
    let finishing = tokio::spawn(exams::finish_expired_always(server.clone()));
    report.ready(&settings);
    let served = run(listener, everything(server, site), &settings, stop).await;
    tidying.abort();
    finishing.abort();
    // Connections that are in use are cut by the database.
    let _ = tokio::time::timeout(CLOSE_LIMIT, db.close()).await;
    database.close().await;
    report.line("stopped");
    served
}

struct Prepared {
    database: Database,
    server: Server,
    site: Site,
}

/// What stands between a bound port and the first answer. What fails fast comes first.
async fn prepare(settings: &Settings, report: &mut Report) -> Result<Prepared, StartError> {
    let site = Site::of_this_build()?;
    let (catalog, warnings) = Catalog::load(settings.content.as_deref())?;
    report.step("content", &content_words(&catalog, warnings.len()));
    let hasher = Hasher::new(settings.password_hash, Limits::default())?;
    let hash_time = hasher.measure().await?;
    report.step("passwords", &format!("{} ms to hash one", hash_time.as_millis()));
    let database = Database::open(settings, Access::Exclusive).await?;
    report.step("database", if database.private().is_some() { "private Postgres" } else { "as set" });
    let new = database.migrate().await?;
    report.step("migrations", &if new == 0 { "up to date".to_owned() } else { format!("{new} new") });
    let db = database.serving_pool().await?;
    store_versions(&db, &catalog).await.map_err(StartError::ContentNotStored)?;
    store_scenarios(&db, &catalog).await.map_err(StartError::ContentNotStored)?;
    let (catalog, settings) = (Arc::new(catalog), Arc::new(settings.clone()));
    let server = Server { db, catalog, hasher, settings, benches: Arc::default() };
    Ok(Prepared { database, server, site })
}

fn content_words(catalog: &Catalog, warnings: usize) -> String {
    let items: usize = catalog.exams.iter().map(|exam| catalog.items_of(&exam.id).count()).sum();
    let warnings = if warnings == 0 { String::new() } else { format!(", {warnings} warnings") };
    format!("{items} items, {} exams, {} scenarios{warnings}", catalog.exams.len(), catalog.scenarios().count())
}

/// Everything that is served, under one log.
fn everything(server: Server, site: Site) -> Router {
    logging::layer(router(server, site))
}

/// Until the word to stop; then no new connections, and those that are busy may finish within the time that is set. A second
/// word to stop ends that too.
async fn run(listener: TcpListener, site: Router, settings: &Settings, stop: Stop) -> Result<(), StartError> {
    let (mut first, mut drained) = (stop.clone(), stop);
    let graceful = axum::serve(listener, site).with_graceful_shutdown(async move { first.asked().await });
    let drain = settings.drain;
    let give_up = async {
        drained.asked().await;
        tracing::info!(drain_seconds = drain.as_secs(), "stopping: open requests may finish");
        let _ = tokio::time::timeout(drain, drained.insisted()).await;
    };
    tokio::select! {
        biased;
        served = graceful.into_future() => served.map_err(StartError::Served),
        () = give_up => {
            tracing::warn!("some requests did not finish in time and were cut off");
            Ok(())
        }
    }
}

fn serve_metrics(listener: TcpListener, db: PgPool, report: &mut Report) -> Result<(), StartError> {
    let handle = metrics::install()?;
    tokio::spawn(metrics::upkeep(handle.clone()));
    if let Ok(address) = listener.local_addr() {
        report.step("metrics", &format!("http://{address}/metrics"));
    }
    // They are served until the process ends, so that the last minute can be read too.
    tokio::spawn(axum::serve(listener, metrics::routes(handle, db)).into_future());
    Ok(())
}

async fn bind(address: SocketAddr, flag: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => StartError::PortTaken { address, flag },
        io::ErrorKind::PermissionDenied => StartError::PortForbidden { address, flag },
        _ => StartError::NotBound { address, flag, cause },
    })
}
