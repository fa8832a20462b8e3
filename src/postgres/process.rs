//! Running Postgres' programs: as whom, with which environment, and tied to our own life.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::PostgresError;

/// Who runs Postgres. It refuses root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Whoever runs the program.
    Same,
    User {
        uid: u32,
        gid: u32,
        name: String,
    },
}

impl Identity {
    /// The owner of data that is already there; else `postgres`; else `nobody`.
    ///
    /// # Errors
    /// When the machine has neither user.
    pub fn for_root(postgres_data: &Path) -> Result<Self, PostgresError> {
        let users = fs::read_to_string("/etc/passwd")?;
        let owner = fs::metadata(postgres_data).ok().filter(|metadata| metadata.uid() != 0);
        if let Some(metadata) = owner {
            let name = user_with(&users, |_, uid| uid == metadata.uid()).map(|(name, _, _)| name);
            let name = name.unwrap_or_else(|| metadata.uid().to_string());
            return Ok(Self::User { uid: metadata.uid(), gid: metadata.gid(), name });
        }
        let named = |wanted: &str| user_with(&users, |name, _| name == wanted);
        let (name, uid, gid) = named("postgres")
            .or_else(|| named("nobody"))
            .ok_or_else(|| std::io::Error::other("this machine has no user postgres and no user nobody"))?;
        Ok(Self::User { uid, gid, name })
    }
}

/// A line of `/etc/passwd` reads `name:password:uid:gid:…`.
fn user_with(users: &str, wanted: impl Fn(&str, u32) -> bool) -> Option<(String, u32, u32)> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, _password) = (fields.next()?, fields.next()?);
        let (uid, gid) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        wanted(name, uid).then(|| (name.to_owned(), uid, gid))
    })
}

/// A program of Postgres as `identity`, in a process group of its own: Ctrl-C in the terminal reaches only Firstline, which then
/// stops it in order. Where `setpriv` is there, the kernel stops it when Firstline is killed.
pub fn command(program: &Path, identity: &Identity, folder: &Path) -> Command {
    let mut command = match death_signal() {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "INT", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    // Variables such as PGPORT would change what Postgres does.
    command.env_clear().env("LC_ALL", "C.UTF-8").env("PATH", "/usr/local/bin:/usr/bin:/bin");
    command.current_dir(folder).stdin(Stdio::null()).process_group(0);
    if let Identity::User { uid, gid, .. } = identity {
        // std also drops root's supplementary groups.
        command.uid(*uid).gid(*gid);
    }
    command
}

/// util-linux' `setpriv`; the one of busybox has no such option.
fn death_signal() -> Option<&'static Path> {
    static SETPRIV: OnceLock<Option<PathBuf>> = OnceLock::new();
    let find = || {
        let path = Path::new("/usr/bin/setpriv");
        let probe = Command::new(path).args(["--pdeathsig", "INT", "--", "/bin/true"]).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success()).then(|| path.to_owned())
    };
    SETPRIV.get_or_init(find).as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_read() {
        let users = "root:x:0:0:root:/root:/bin/bash\n# comment\nbad:line\npostgres:x:104:112::/var/lib/postgresql:/bin/bash\n";
        assert_eq!(user_with(users, |name, _| name == "postgres"), Some(("postgres".to_owned(), 104, 112)));
        assert_eq!(user_with(users, |_, uid| uid == 0).map(|(name, ..)| name).as_deref(), Some("root"));
        assert_eq!(user_with(users, |name, _| name == "nobody"), None);
    }
}
