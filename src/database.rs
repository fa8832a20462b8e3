//! The database: reach it, check it, migrate it, and hand out the connections that serve.

pub mod backup;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::migrate::{Migrate, MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgPool};
use thiserror::Error;

use crate::config::Settings;
use crate::config::url::DatabaseUrl;
use crate::postgres::{Binaries, OLDEST_MAJOR, Place, PostgresError, PrivatePostgres, Role};

/// The schema's history, inside the program.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// A request gives up on a connection after this.
const ACQUIRE_LIMIT: Duration = Duration::from_secs(3);
/// A database that says "starting up" is waited for; one that is not there is not.
const STARTING_UP_LIMIT: Duration = Duration::from_secs(30);
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// What can go wrong, each with a way out.
#[derive(Debug, Error)]
pub enum DatabaseError {
    #[error(transparent)]
    Postgres(#[from] PostgresError),
    #[error("The database at {url} cannot be reached: {cause}. Check the address and that Postgres runs there.")]
    Unreachable { url: String, cause: String },
    #[error("The database at {url} is Postgres {major}: Firstline needs {OLDEST_MAJOR} or later.")]
    TooOld { url: String, major: i32 },
    #[error(
        "The database was migrated by a newer Firstline: this one, {}, does not know migration {migration}. Start that newer version, or \
         restore a backup that was made before the upgrade.",
        env!("CARGO_PKG_VERSION")
    )]
    NewerThanProgram { migration: i64 },
    #[error(
        "Migration {migration} was changed after the database was migrated with it. Start an unchanged release of Firstline, or restore \
         a backup into an empty database."
    )]
    Edited { migration: i64 },
    #[error("Migration {migration} failed and was undone: {cause}. The database is as it was before; see the log of Postgres.")]
    MigrationFailed { migration: i64, cause: sqlx::Error },
    #[error("The database could not be migrated: {0}")]
    Migrate(#[source] MigrateError),
    #[error("The database failed: {0}")]
    Sql(#[from] sqlx::Error),
}

/// Whether another Firstline may be using the private Postgres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nobody else: to serve, and to replace what is there.
    Exclusive,
    /// With a server that runs, or alone.
    Shared,
}

/// The database that the settings name, or the private one. Keeps the private one running.
pub struct Database {
    postgres: Option<PrivatePostgres>,
    named: Option<(DatabaseUrl, DatabaseUrl)>,
    pool_size: u32,
    bin: Option<PathBuf>,
    data: PathBuf,
}

impl Database {
    /// # Errors
    /// See [`DatabaseError`].
    pub async fn open(settings: &Settings, access: Access) -> Result<Self, DatabaseError> {
        let mut database = Self {
            postgres: None,
            named: None,
            pool_size: settings.pool_size,
            bin: settings.postgres_bin.clone(),
            data: settings.data.clone(),
        };
        if let Some(serving) = &settings.database_url {
            let owner = settings.migration_url.as_ref().unwrap_or(serving);
            database.named = Some((serving.clone(), owner.clone()));
        } else {
            let place = Place { data: settings.data.clone(), bin: settings.postgres_bin.clone(), pool_size: settings.pool_size };
            database.postgres = Some(match access {
                Access::Exclusive => PrivatePostgres::start(place).await?,
                Access::Shared => PrivatePostgres::start_or_join(place).await?,
            });
        }
        let mut connection = database.connect(Role::Owner).await?;
        database.check_version(&mut connection).await?;
        connection.close().await?;
        Ok(database)
    }

    /// Brings the schema to the program's version and gives the serving role its rights. Returns how many migrations were new.
    ///
    /// # Errors
    /// Newer than the program, edited, or failed.
    pub async fn migrate(&self) -> Result<usize, DatabaseError> {
        let mut owner = self.connect(Role::Owner).await?;
        let before = applied(&mut owner).await?.unwrap_or_default().len();
        MIGRATIONS.run_direct(None, &mut owner, false).await.map_err(explain)?;
        let after = applied(&mut owner).await?.unwrap_or_default().len();
        if let Some(role) = self.serving_role().await? {
            sqlx::query!("call grant_serving_rights($1::text::name)", role).execute(&mut owner).await?;
        }
        owner.close().await?;
        Ok(after - before)
    }

    /// Connections of the serving role. They are tested before use, so that they survive a restart of Postgres.
    ///
    /// # Errors
    /// [`DatabaseError::Unreachable`].
    pub async fn serving_pool(&self) -> Result<PgPool, DatabaseError> {
        self.connect(Role::Serving).await?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(self.pool_size)
            .acquire_timeout(ACQUIRE_LIMIT)
            .test_before_acquire(true)
            .connect_lazy_with(self.options(Role::Serving));
        Ok(pool)
    }

    /// The address of the owner or of the serving role, for commands. Holds the password.
    #[must_use]
    pub fn url(&self, role: Role) -> Option<String> {
        self.postgres.as_ref().map(|postgres| postgres.url(role))
    }

    #[must_use]
    pub fn private(&self) -> Option<&PrivatePostgres> {
        self.postgres.as_ref()
    }

    /// Stops the private Postgres, if this is one and we started it.
    pub async fn close(self) {
        if let Some(postgres) = self.postgres {
            postgres.stop().await;
        }
    }

    /// The folder of `pg_dump`, `pg_restore` and `psql`.
    fn client_programs(&self) -> Result<PathBuf, DatabaseError> {
        match &self.postgres {
            Some(postgres) => Ok(postgres.bin().to_owned()),
            None => Ok(Binaries::find(self.bin.as_deref(), None, &self.data)?.folder),
        }
    }

    fn options(&self, role: Role) -> PgConnectOptions {
        match (&self.postgres, &self.named) {
            (Some(postgres), _) => postgres.options(role),
            (None, Some((serving, owner))) => if role == Role::Serving { serving } else { owner }.options(),
            (None, None) => PgConnectOptions::new(),
        }
    }

    /// As messages show it: without a password.
    fn shown(&self, role: Role) -> String {
        match (&self.postgres, &self.named) {
            (Some(_), _) => Path::new(&self.data).join("run").display().to_string(),
            (None, Some((serving, owner))) => if role == Role::Serving { serving } else { owner }.to_string(),
            (None, None) => String::new(),
        }
    }

    /// One connection. Waits while the database says that it is starting up.
    async fn connect(&self, role: Role) -> Result<PgConnection, DatabaseError> {
        let (options, begun) = (self.options(role), Instant::now());
        loop {
            let cause = match tokio::time::timeout(CONNECT_LIMIT, options.connect()).await {
                Ok(Ok(connection)) => return Ok(connection),
                Ok(Err(error)) if is_starting_up(&error) && begun.elapsed() < STARTING_UP_LIMIT => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
                Ok(Err(error)) => plain(&error),
                Err(_) => format!("no answer within {} seconds", CONNECT_LIMIT.as_secs()),
            };
            return Err(DatabaseError::Unreachable { url: self.shown(role), cause });
        }
    }

    async fn check_version(&self, connection: &mut PgConnection) -> Result<(), DatabaseError> {
        let number = sqlx::query_scalar!("select current_setting('server_version_num')::integer")
            .fetch_one(connection)
            .await?
            .unwrap_or_default();
        let major = number / 10_000;
        if u32::try_from(major).is_ok_and(|major| major >= OLDEST_MAJOR) {
            return Ok(());
        }
        Err(DatabaseError::TooOld { url: self.shown(Role::Owner), major })
    }

    /// `None`: the role that serves is the one that migrates.
    async fn serving_role(&self) -> Result<Option<String>, DatabaseError> {
        if self.postgres.is_some() {
            return Ok(Some(Role::Serving.name().to_owned()));
        }
        let mut names = Vec::new();
        for role in [Role::Serving, Role::Owner] {
            let mut connection = self.connect(role).await?;
            names.push(sqlx::query_scalar!("select current_user::text").fetch_one(&mut connection).await?);
            connection.close().await?;
        }
        let (owner, serving) = (names.pop().flatten(), names.pop().flatten());
        Ok(serving.filter(|serving| Some(serving) != owner.as_ref()))
    }
}

/// What stands between the database and the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    Ready,
    /// A migration of this program is missing or different.
    NotMigrated,
}

/// Migrations that the program does not know are no fault here: while a newer version is rolled out, the old one goes on serving.
///
/// # Errors
/// Whatever the database says.
pub async fn schema_state(connection: &mut PgConnection) -> Result<SchemaState, DatabaseError> {
    let applied = applied(connection).await?.unwrap_or_default();
    let is_there = |migration: &sqlx::migrate::Migration| {
        applied.iter().any(|(version, checksum)| *version == migration.version && **checksum == *migration.checksum)
    };
    let complete = MIGRATIONS.iter().filter(|migration| !migration.migration_type.is_down_migration()).all(is_there);
    Ok(if complete { SchemaState::Ready } else { SchemaState::NotMigrated })
}

/// Version and checksum of each migration that was applied; `None`: never migrated.
async fn applied(connection: &mut PgConnection) -> Result<Option<Vec<(i64, Vec<u8>)>>, DatabaseError> {
    let table = sqlx::query_scalar!("select to_regclass('_sqlx_migrations') is not null").fetch_one(&mut *connection).await?;
    if table != Some(true) {
        return Ok(None);
    }
    let applied = connection.list_applied_migrations(&MIGRATIONS.table_name).await.map_err(DatabaseError::Migrate)?;
    Ok(Some(applied.into_iter().map(|migration| (migration.version, migration.checksum.into_owned())).collect()))
}

fn explain(error: MigrateError) -> DatabaseError {
    match error {
        MigrateError::VersionMissing(migration) => DatabaseError::NewerThanProgram { migration },
        MigrateError::VersionMismatch(migration) => DatabaseError::Edited { migration },
        MigrateError::ExecuteMigration(cause, migration) => DatabaseError::MigrationFailed { migration, cause },
        MigrateError::Execute(cause) => DatabaseError::Sql(cause),
        other => DatabaseError::Migrate(other),
    }
}

/// SQLSTATE 57P03, `cannot_connect_now`.
fn is_starting_up(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(cause) if cause.code().as_deref() == Some("57P03"))
}

/// Without sqlx' own preface.
fn plain(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(cause) => cause.to_string(),
        sqlx::Error::Database(cause) => cause.message().to_owned(),
        other => other.to_string(),
    }
}
