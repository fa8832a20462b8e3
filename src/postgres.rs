//! A private Postgres: installed binaries, a data folder of our own, a Unix socket that only its owner can reach.
//!
//! Nothing listens on TCP and nobody needs a password. One thread owns the server process: it starts it, starts it again
//! when it dies, and stops it. That thread lives as long as the program, because the kernel's "tell me when my parent
//! dies" follows the thread that spawned the child.

mod binaries;
mod folder;
mod log;
mod process;
mod roles;
mod supervisor;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use thiserror::Error;
use tokio::sync::oneshot;

pub use self::binaries::{Binaries, OLDEST_MAJOR};
use self::folder::{Claim, Folder};
use self::supervisor::Supervisor;

/// Who connects to the private Postgres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Makes roles and databases; used by nothing else.
    Superuser,
    /// Owns the tables and migrates them.
    Owner,
    /// Serves: reads and writes rows.
    Serving,
}

impl Role {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Superuser => "postgres",
            Self::Owner => "firstline_owner",
            Self::Serving => "firstline_app",
        }
    }
}

const DATABASE: &str = "firstline";
/// There is no TCP port; this is part of the socket's name.
const PORT: u16 = 5432;
/// How long another Firstline on the same folder may take until its database answers.
const JOIN_WAIT: Duration = Duration::from_secs(15);

/// What can go wrong, each with a way out.
#[derive(Debug, Error)]
pub enum PostgresError {
    #[error(
        "No Postgres was found. Install it (Debian, Ubuntu: apt-get install postgresql), name its folder with --postgres-bin, \
         or set DATABASE_URL to use a database that runs elsewhere."
    )]
    NotFound,
    #[error("There is no working postgres and initdb in {0}. Set --postgres-bin to the folder that holds them, or leave it out.")]
    NotInFolder(PathBuf),
    #[error(
        "Postgres {major} in {bin} is too old: Firstline needs {OLDEST_MAJOR} or later. Install a newer one (Debian, Ubuntu: \
             apt-get install postgresql), or set DATABASE_URL to use one that runs elsewhere."
    )]
    TooOld { major: u32, bin: PathBuf },
    #[error(
        "The data in {folder} was made by Postgres {data}, but only Postgres {installed} is installed. Install Postgres {data} again. \
         To move to {installed}: make a backup with Postgres {data} installed, move the folder away, and restore the backup."
    )]
    OtherMajor { folder: PathBuf, data: u32, installed: u32 },
    #[error("The data folder {folder} cannot be written: {cause}. Choose another with --data, or change its owner.")]
    NotWritable { folder: PathBuf, cause: io::Error },
    #[error(
        "The folder {closed} is closed to the user {user}, who runs the database because Postgres refuses root. Choose another data \
         folder with --data, such as /var/lib/firstline."
    )]
    Unreachable { closed: PathBuf, user: String },
    #[error(
        "The path of the data folder {folder} is too long for a socket: it has {length} bytes, {most} at most. Choose a shorter one with --data."
    )]
    PathTooLong { folder: PathBuf, length: usize, most: usize },
    #[error("Another Firstline{} uses the data folder {folder}. Stop it first, or choose another folder with --data.", in_brackets(.process))]
    InUse { folder: PathBuf, process: String },
    #[error(
        "A Postgres from an earlier run (process {process}) still uses {folder} and does not stop. Stop it with: kill -INT {process}"
    )]
    Leftover { folder: PathBuf, process: String },
    #[error("The other Firstline on {0} has a database that does not answer. Look at its log.")]
    OtherSilent(PathBuf),
    #[error("Postgres made no new database in {folder}: {log}")]
    InitFailed { folder: PathBuf, log: String },
    #[error("Postgres did not start: {log}")]
    StartFailed { log: String },
    #[error("Postgres cannot be run: {0}")]
    Io(#[from] io::Error),
    #[error("The private Postgres refused to make its roles: {0}")]
    Roles(#[source] sqlx::Error),
}

fn in_brackets(process: &str) -> String {
    if process.is_empty() { String::new() } else { format!(" (process {process})") }
}

/// What the private Postgres is made from.
#[derive(Clone, Debug)]
pub struct Place {
    pub data: PathBuf,
    /// `None`: searched.
    pub bin: Option<PathBuf>,
    /// Connections that the program will hold; Postgres gets a few more.
    pub pool_size: u32,
}

/// Stopped when dropped; [`PrivatePostgres::stop`] does the same without blocking the runtime.
pub struct PrivatePostgres {
    socket: PathBuf,
    bin: PathBuf,
    /// `None`: another Firstline runs it.
    running: Option<Running>,
}

struct Running {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl PrivatePostgres {
    /// Starts Postgres on the data folder, made first where needed.
    ///
    /// # Errors
    /// [`PostgresError::InUse`] when another Firstline has the folder, and everything else that the enum names.
    pub async fn start(place: Place) -> Result<Self, PostgresError> {
        let folder = Folder::open(&place.data)?;
        match folder.claim()? {
            Claim::Ours(lock) => Self::run(folder, lock, place).await,
            Claim::Taken { process } => Err(PostgresError::InUse { folder: folder.data, process }),
        }
    }

    /// Uses the database of a Firstline that runs on the folder; otherwise starts it.
    ///
    /// # Errors
    /// See [`PostgresError`].
    pub async fn start_or_join(place: Place) -> Result<Self, PostgresError> {
        let folder = Folder::open(&place.data)?;
        match folder.claim()? {
            Claim::Ours(lock) => Self::run(folder, lock, place).await,
            Claim::Taken { .. } => Self::join(&folder, place.bin.as_deref()).await,
        }
    }

    /// How a role connects.
    #[must_use]
    pub fn options(&self, role: Role) -> PgConnectOptions {
        options(&self.socket, role)
    }

    /// The same as an address, for commands.
    #[must_use]
    pub fn url(&self, role: Role) -> String {
        let socket: String = url::form_urlencoded::byte_serialize(self.socket.as_os_str().as_encoded_bytes()).collect();
        // A form writes a space as a plus sign; a host name does not.
        format!("postgres://{}@{}/{DATABASE}", role.name(), socket.replace('+', "%20"))
    }

    /// The folder of `pg_dump` and `pg_restore` that fit this Postgres.
    #[must_use]
    pub fn bin(&self) -> &Path {
        &self.bin
    }

    /// Ends all connections and waits until the data is safely closed. Does nothing to a Postgres that another Firstline runs.
    pub async fn stop(mut self) {
        if let Some(running) = self.running.take() {
            // It cannot fail: `drop` does not panic, and there is nothing to do if it did.
            let _ = tokio::task::spawn_blocking(move || drop(running)).await;
        }
    }

    async fn run(folder: Folder, lock: std::fs::File, place: Place) -> Result<Self, PostgresError> {
        let binaries = Binaries::find(place.bin.as_deref(), folder.major()?, &folder.data)?;
        let (socket, bin) = (folder.run(), binaries.folder.clone());
        let (ready_sender, ready) = oneshot::channel();
        let (stop, stop_receiver) = mpsc::channel();
        let supervisor = Supervisor::new(folder, lock, binaries, place.pool_size);
        let thread = std::thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || supervisor.run(ready_sender, &stop_receiver))?;
        let running = Some(Running { stop: Some(stop), thread: Some(thread) });
        let postgres = Self { socket, bin, running };
        ready.await.map_err(|_| PostgresError::StartFailed { log: "it was stopped".to_owned() })??;
        roles::ensure(&postgres.options(Role::Superuser).database("postgres")).await.map_err(PostgresError::Roles)?;
        Ok(postgres)
    }

    async fn join(folder: &Folder, bin: Option<&Path>) -> Result<Self, PostgresError> {
        let deadline = Instant::now() + JOIN_WAIT;
        while !folder.is_ready() {
            if Instant::now() > deadline {
                return Err(PostgresError::OtherSilent(folder.data.clone()));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let bin = Binaries::find(bin, folder.major()?, &folder.data)?.folder;
        Ok(Self { socket: folder.run(), bin, running: None })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn options(socket: &Path, role: Role) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(PORT)
        .username(role.name())
        .password("")
        .database(DATABASE)
        .ssl_mode(PgSslMode::Disable)
        .application_name("firstline")
}

/// The variables that libpq programs read, so that a plain `psql` reaches the private database.
pub fn client_variables(postgres: &PrivatePostgres, role: Role) -> [(&'static str, std::ffi::OsString); 4] {
    [
        ("PGHOST", postgres.socket.as_os_str().to_owned()),
        ("PGPORT", PORT.to_string().into()),
        ("PGUSER", role.name().into()),
        ("PGDATABASE", OsStr::new(DATABASE).to_owned()),
    ]
}
