//! HTTP that is not UI: who is asking, which requests are let in, what every response carries, and the files of the browser.
//!
//! A request passes, from the outside in: [`headers`] → [`origin`] → the files and [`health`], or [`session`] → [`forms`] → [`errors`] → a page
//! or a server function of `app`.

pub mod compress;
pub mod errors;
pub mod files;
pub mod forms;
pub mod headers;
pub mod health;
pub mod logging;
pub mod metrics;
pub mod origin;
pub mod pages;
pub mod session;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::assets::Site;
use crate::server::Server;

/// The most bytes a request may carry. The longest form, an answer or a password, is far below.
pub const BODY_LIMIT_BYTES: usize = 64 * 1024;

/// The whole site but metrics. Used by `main` and by the tests.
pub fn router(server: Server, site: Site) -> Router {
    let pages = pages::routes(&site)
        .layer(from_fn(errors::give_status))
        .layer(from_fn_with_state(site.clone(), errors::catch_panic))
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES));
    let with_sessions = pages
        .clone()
        .layer(from_fn_with_state((pages, site.clone()), forms::plain_forms))
        .layer(from_fn_with_state((server.clone(), site.clone()), session::look_up))
        .layer(from_fn(compress::pages));
    Router::new()
        .merge(health::routes(server.db.clone()))
        .merge(files::routes(site.clone()))
        .merge(with_sessions)
        .layer(from_fn_with_state((server.settings.clone(), site), origin::gate))
        .layer(from_fn_with_state(server.settings, headers::add))
}
