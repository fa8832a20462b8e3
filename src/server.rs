//! What every request shares.

use std::sync::Arc;

use sqlx::PgPool;

use crate::accounts::password::Hasher;
use crate::config::Settings;
use crate::content::Catalog;
use crate::tickets::Benches;

#[derive(Clone)]
pub struct Server {
    /// Connections of the serving role.
    pub db: PgPool,
    pub catalog: Arc<Catalog>,
    pub hasher: Hasher,
    pub settings: Arc<Settings>,
    /// Tickets that are being worked on. A cache: the log in the database is the truth.
    pub benches: Arc<Benches>,
}
