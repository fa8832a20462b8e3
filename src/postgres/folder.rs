//! The data folder: what lies in it, who owns it, and that only one Firstline uses it.
//!
//! ```text
//! firstline.lock   held while a Firstline runs on the folder; says which process
//! postgres/        Postgres' own data
//! run/             the socket, in a folder that only Postgres' user can enter
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::PostgresError;
use super::process::Identity;

/// `sun_path` holds 108 bytes with the closing zero; Postgres adds `/.s.PGSQL.5432`.
const LONGEST_SOCKET_FOLDER: usize = 107 - "/.s.PGSQL.5432".len();

pub struct Folder {
    /// Absolute.
    pub data: PathBuf,
    /// Runs Postgres.
    pub identity: Identity,
}

pub enum Claim {
    /// Ours until the file is closed.
    Ours(File),
    Taken {
        process: String,
    },
}

impl Folder {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// Not writable, too long for a socket, or closed to the user that runs Postgres.
    pub fn open(data: &Path) -> Result<Self, PostgresError> {
        let not_writable = |cause| PostgresError::NotWritable { folder: data.to_owned(), cause };
        let root = rustix::process::geteuid().is_root();
        if !data.is_dir() {
            // As root another user must pass through it; the folders inside are closed.
            DirBuilder::new().recursive(true).mode(if root { 0o755 } else { 0o700 }).create(data).map_err(not_writable)?;
        }
        let data = data.canonicalize().map_err(not_writable)?;
        let identity = if root { Identity::for_root(&data.join("postgres"))? } else { Identity::Same };
        let folder = Self { data, identity };
        folder.check_length()?;
        folder.check_reachable()?;
        Ok(folder)
    }

    /// Takes the folder for this process.
    ///
    /// # Errors
    /// [`PostgresError::NotWritable`].
    pub fn claim(&self) -> Result<Claim, PostgresError> {
        let not_writable = |cause| PostgresError::NotWritable { folder: self.data.clone(), cause };
        let path = self.data.join("firstline.lock");
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(not_writable)?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(not_writable)?;
                Ok(Claim::Ours(file))
            }
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                let read = file.rewind().and_then(|()| file.read_to_string(&mut process));
                Ok(Claim::Taken { process: read.map(|_| process).unwrap_or_default() })
            }
            Err(TryLockError::Error(cause)) => Err(not_writable(cause)),
        }
    }

    /// Makes the folders that Postgres writes in, owned by its user.
    pub fn prepare(&self) -> Result<(), PostgresError> {
        self.own_folder(&self.run())
    }

    pub fn postgres(&self) -> PathBuf {
        self.data.join("postgres")
    }

    /// The folder of the socket.
    pub fn run(&self) -> PathBuf {
        self.data.join("run")
    }

    /// Where `initdb` works; renamed when it is done, so that a crash leaves no half-made database behind.
    pub fn unfinished(&self) -> Result<PathBuf, PostgresError> {
        let path = self.data.join("postgres.unfinished");
        if path.exists() {
            fs::remove_dir_all(&path).map_err(|cause| self.not_writable(cause))?;
        }
        self.own_folder(&path)?;
        Ok(path)
    }

    /// The major version that made the data; `None`: there is no data yet.
    pub fn major(&self) -> Result<Option<u32>, PostgresError> {
        match fs::read_to_string(self.postgres().join("PG_VERSION")) {
            Ok(text) => Ok(text.trim().parse().ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(self.not_writable(cause)),
        }
    }

    /// The process that `postmaster.pid` names, whether it lives or not.
    pub fn postmaster(&self) -> Option<String> {
        let file = fs::read_to_string(self.postgres().join("postmaster.pid")).ok()?;
        file.lines().next().map(|line| line.trim().to_owned())
    }

    /// Postgres writes its state into the eighth line.
    pub fn is_ready(&self) -> bool {
        let file = fs::read_to_string(self.postgres().join("postmaster.pid")).unwrap_or_default();
        file.lines().nth(7).is_some_and(|state| state.trim() == "ready")
    }

    pub fn not_writable(&self, cause: io::Error) -> PostgresError {
        PostgresError::NotWritable { folder: self.data.clone(), cause }
    }

    fn own_folder(&self, path: &Path) -> Result<(), PostgresError> {
        let make = || {
            if !path.is_dir() {
                DirBuilder::new().mode(0o700).create(path)?;
            }
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
            if let Identity::User { uid, gid, .. } = self.identity {
                std::os::unix::fs::chown(path, Some(uid), Some(gid))?;
            }
            Ok(())
        };
        make().map_err(|cause| self.not_writable(cause))
    }

    fn check_length(&self) -> Result<(), PostgresError> {
        let (length, run) = (self.data.as_os_str().len(), self.run());
        if run.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
            return Ok(());
        }
        let most = LONGEST_SOCKET_FOLDER - "/run".len();
        Err(PostgresError::PathTooLong { folder: self.data.clone(), length, most })
    }

    /// Another user must be able to pass through every folder on the way.
    fn check_reachable(&self) -> Result<(), PostgresError> {
        let Identity::User { uid, gid, ref name } = self.identity else { return Ok(()) };
        for folder in self.data.ancestors() {
            let metadata = fs::metadata(folder).map_err(|cause| self.not_writable(cause))?;
            let bit = match (metadata.uid() == uid, metadata.gid() == gid) {
                (true, _) => 0o100,
                (false, true) => 0o010,
                (false, false) => 0o001,
            };
            if metadata.mode() & bit == 0 {
                return Err(PostgresError::Unreachable { closed: folder.to_owned(), user: name.clone() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temporary(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("firstline-folder-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder can be written");
        path
    }

    #[test]
    fn only_one_can_claim_a_folder() {
        let path = temporary("claim");
        let folder = Folder { data: path.clone(), identity: Identity::Same };
        let first = folder.claim().expect("the folder can be written");
        assert!(matches!(first, Claim::Ours(_)));
        let Claim::Taken { process } = folder.claim().expect("the file can be read") else { panic!("claimed twice") };
        assert_eq!(process, std::process::id().to_string());
        drop(first);
        assert!(matches!(folder.claim(), Ok(Claim::Ours(_))));
        fs::remove_dir_all(path).expect("it was just made");
    }

    #[test]
    fn a_path_too_long_for_a_socket_is_refused() {
        let length = |n: usize| Folder { data: PathBuf::from(format!("/{}", "x".repeat(n - 1))), identity: Identity::Same };
        assert!(length(89).check_length().is_ok());
        let error = length(90).check_length().expect_err("one byte too long").to_string();
        assert!(error.contains("has 90 bytes, 89 at most"), "{error}");
    }
}
