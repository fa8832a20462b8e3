//! Backup and restore, through the `pg_dump` and `pg_restore` that are installed.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sqlx::Connection;
use thiserror::Error;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

use super::{Database, DatabaseError, MIGRATIONS};
use crate::postgres::{Role, client_variables};

/// What can go wrong, each with a way out.
#[derive(Debug, Error)]
pub enum BackupError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("{0} is there already. Choose another name, or add --force to replace it.")]
    Exists(PathBuf),
    #[error("{path} cannot be written: {cause}.")]
    NotWritten { path: PathBuf, cause: io::Error },
    #[error("{path} cannot be read: {cause}.")]
    NotRead { path: PathBuf, cause: io::Error },
    #[error("{0} is not a backup of Firstline.")]
    NotABackup(PathBuf),
    #[error(
        "{path} was made by a newer Firstline: this one, {}, does not know its migration {migration}. Restore it with that version.",
        env!("CARGO_PKG_VERSION")
    )]
    Newer { path: PathBuf, migration: i64 },
    #[error("The database is not empty. Add --force to replace everything in it with the backup.")]
    NotEmpty,
    #[error("{program} cannot be run: {cause}. Install Postgres' client programs, or name their folder with --postgres-bin.")]
    NotRun { program: PathBuf, cause: io::Error },
    #[error("{program} failed, and nothing was changed: {log}")]
    Failed { program: &'static str, log: String },
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// What `restore` sends before the backup's own statements, inside the same transaction.
const BEGIN: &str = "begin;\nset local client_min_messages = warning;\ndrop schema public cascade;\ncreate schema public;\n";

/// Writes the whole database to `file`, readable by its owner only. The file is there complete or not at all. Returns its bytes.
///
/// # Errors
/// See [`BackupError`].
pub async fn backup(database: &Database, file: &Path, force: bool) -> Result<u64, BackupError> {
    if !force && file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let unfinished = unfinished(file);
    let result = dump(database, &unfinished)
        .await
        .and_then(|()| put_in_place(&unfinished, file).map_err(|cause| BackupError::NotWritten { path: file.to_owned(), cause }));
    if result.is_err() {
        // It may never have been made.
        let _ = fs::remove_file(&unfinished);
    }
    result
}

/// Replaces the database by the backup in one transaction and migrates it to the program's version.
///
/// # Errors
/// See [`BackupError`]; the database is then as it was.
pub async fn restore(database: &Database, file: &Path, force: bool) -> Result<(), BackupError> {
    check(database, file).await?;
    if !force && !is_empty(database).await? {
        return Err(BackupError::NotEmpty);
    }
    replace(database, file).await?;
    database.migrate().await?;
    Ok(())
}

async fn dump(database: &Database, unfinished: &Path) -> Result<(), BackupError> {
    let not_written = |cause| BackupError::NotWritten { path: unfinished.to_owned(), cause };
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(unfinished).map_err(not_written)?;
    let mut pg_dump = client(database, "pg_dump")?;
    pg_dump.args(["--format=custom", "--no-owner", "--no-privileges"]);
    pg_dump.stdout(file.try_clone().map_err(not_written)?);
    finish("pg_dump", start(&mut pg_dump)?).await?;
    file.sync_all().map_err(not_written)
}

fn put_in_place(unfinished: &Path, file: &Path) -> io::Result<u64> {
    fs::rename(unfinished, file)?;
    // The new name must survive a power cut too.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(fs::metadata(file)?.len())
}

/// Beside the file, so that renaming stays within one file system.
fn unfinished(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.unfinished", std::process::id()));
    file.with_file_name(name)
}

/// Reads the backup's list of migrations: there is one, and the program knows them all.
async fn check(database: &Database, file: &Path) -> Result<(), BackupError> {
    File::open(file).map_err(|cause| BackupError::NotRead { path: file.to_owned(), cause })?;
    let mut pg_restore = local(database, "pg_restore")?;
    pg_restore.args(["--data-only", "--table=_sqlx_migrations", "--file=-"]).arg(file).stdout(Stdio::piped());
    let output = start(&mut pg_restore)?.wait_with_output().await;
    let output = output.map_err(|cause| BackupError::NotRead { path: file.to_owned(), cause })?;
    let migrations = migrations_in(&String::from_utf8_lossy(&output.stdout));
    if !output.status.success() || migrations.is_empty() {
        return Err(BackupError::NotABackup(file.to_owned()));
    }
    match migrations.into_iter().find(|migration| !MIGRATIONS.version_exists(*migration)) {
        Some(migration) => Err(BackupError::Newer { path: file.to_owned(), migration }),
        None => Ok(()),
    }
}

/// The first column of the rows that `COPY` would load.
fn migrations_in(script: &str) -> Vec<i64> {
    let rows = script.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1);
    rows.take_while(|line| *line != "\\.").filter_map(|row| row.split('\t').next()?.parse().ok()).collect()
}

/// No tables at all, or nobody's data in ours. Tables that are not ours count as data.
async fn is_empty(database: &Database) -> Result<bool, BackupError> {
    let mut connection = database.connect(Role::Owner).await?;
    let tables = sqlx::query_scalar!(
        "select count(*) from pg_class where relnamespace = to_regnamespace('public') and relkind in ('r', 'p', 'v', 'm', 'f')"
    )
    .fetch_one(&mut connection)
    .await?;
    let ours = sqlx::query_scalar!(
        "select to_regclass('_sqlx_migrations') is not null
            and to_regclass('accounts') is not null
            and to_regclass('organisations') is not null"
    )
    .fetch_one(&mut connection)
    .await?;
    let empty = if ours == Some(true) {
        let people = sqlx::query_scalar!("select exists (select from accounts) or exists (select from organisations)");
        people.fetch_one(&mut connection).await? == Some(false)
    } else {
        tables == Some(0)
    };
    connection.close().await?;
    Ok(empty)
}

/// Streams `pg_restore`'s statements into one transaction of `psql`, which is committed only when `pg_restore` came to its end.
async fn replace(database: &Database, file: &Path) -> Result<(), BackupError> {
    let mut pg_restore = local(database, "pg_restore")?;
    pg_restore.args(["--no-owner", "--no-privileges", "--exit-on-error", "--file=-"]).arg(file).stdout(Stdio::piped());
    let mut psql = client(database, "psql")?;
    psql.args(["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"]);
    psql.stdin(Stdio::piped()).stdout(Stdio::null());

    let mut source = start(&mut pg_restore)?;
    let mut target = start(&mut psql)?;
    let (output, input) = (source.stdout.take(), target.stdin.take());
    let (Some(mut output), Some(mut input)) = (output, input) else {
        return Err(BackupError::Failed { program: "pg_restore", log: "no pipe".to_owned() });
    };
    let copy = async {
        input.write_all(BEGIN.as_bytes()).await?;
        tokio::io::copy(&mut output, &mut input).await?;
        io::Result::Ok(input)
    };
    // A broken pipe means that psql has stopped; its own words say why.
    let copied = copy.await;
    drop(output);
    let read = finish("pg_restore", source).await;
    if let (Ok(mut input), Ok(())) = (copied, &read) {
        // psql may have stopped at the last statement.
        let _ = input.write_all(b"commit;\n").await;
    }
    finish("psql", target).await?;
    read
}

/// A program that reaches the database as the owner of the tables.
fn client(database: &Database, program: &str) -> Result<Command, BackupError> {
    let mut command = local(database, program)?;
    match (&database.postgres, &database.named) {
        (Some(postgres), _) => drop(command.envs(client_variables(postgres, Role::Owner)).env_remove("PGSERVICE")),
        (None, Some((_, owner))) => {
            command.arg("--dbname").arg(owner.without_password());
            if let Some(password) = owner.password() {
                command.env("PGPASSWORD", password);
            }
        }
        (None, None) => {}
    }
    Ok(command)
}

/// A program that only reads the backup.
fn local(database: &Database, program: &str) -> Result<Command, BackupError> {
    let mut command = Command::new(database.client_programs()?.join(program));
    command.stdin(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true).env("LC_MESSAGES", "C");
    Ok(command)
}

fn start(command: &mut Command) -> Result<Child, BackupError> {
    let program = PathBuf::from(command.as_std().get_program());
    command.spawn().map_err(|cause| BackupError::NotRun { program, cause })
}

async fn finish(program: &'static str, child: Child) -> Result<(), BackupError> {
    match child.wait_with_output().await {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(BackupError::Failed { program, log: String::from_utf8_lossy(&output.stderr).trim().to_owned() }),
        Err(cause) => Err(BackupError::Failed { program, log: cause.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_of_a_backup_are_read() {
        let script = "--\nSET x = 1;\nCOPY public._sqlx_migrations (version, description) FROM stdin;\n\
                      20261122100000\tcreate time\n20261122100100\tcreate accounts\n\\.\n\n--\n";
        assert_eq!(migrations_in(script), [20_261_122_100_000, 20_261_122_100_100]);
        assert!(migrations_in("--\n-- nothing\n").is_empty());
    }

    #[test]
    fn a_backup_is_written_beside_its_place() {
        let path = unfinished(Path::new("/backups/monday.dump"));
        assert_eq!(path.parent(), Some(Path::new("/backups")));
        assert_ne!(path, Path::new("/backups/monday.dump"));
    }
}
