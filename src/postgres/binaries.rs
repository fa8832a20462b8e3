//! Finds installed Postgres programs.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::PostgresError;

/// The oldest Postgres that Firstline runs on.
pub const OLDEST_MAJOR: u32 = 15;

/// Where packages put their versions side by side: Debian and Ubuntu, then the RPMs of the Postgres project.
const PACKAGE_FOLDERS: [(&str, &str); 2] = [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")];

/// One installed Postgres.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    pub folder: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// The named folder, or else the newest that is installed. Data that is already there decides the major version.
    ///
    /// # Errors
    /// None found, too old, or none that can read the data.
    pub fn find(named: Option<&Path>, data_major: Option<u32>, data: &Path) -> Result<Self, PostgresError> {
        if let Some(folder) = named {
            let one = Self::at(folder).ok_or_else(|| PostgresError::NotInFolder(folder.to_owned()))?;
            return choose(vec![one], data_major, data);
        }
        let mut found: Vec<Self> = candidates().iter().filter_map(|folder| Self::at(folder)).collect();
        found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
        choose(found, data_major, data)
    }

    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn at(folder: &Path) -> Option<Self> {
        let folder = folder.canonicalize().ok()?;
        if !folder.join("initdb").is_file() {
            return None;
        }
        let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let major = major(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { folder, major })
    }
}

/// `found` is sorted, newest first.
fn choose(found: Vec<Binaries>, data_major: Option<u32>, data: &Path) -> Result<Binaries, PostgresError> {
    let newest = found.first().cloned().ok_or(PostgresError::NotFound)?;
    if newest.major < OLDEST_MAJOR {
        return Err(PostgresError::TooOld { major: newest.major, bin: newest.folder });
    }
    match data_major {
        None => Ok(newest),
        Some(major) => found.into_iter().find(|binaries| binaries.major == major).ok_or(PostgresError::OtherMajor {
            folder: data.to_owned(),
            data: major,
            installed: newest.major,
        }),
    }
}

fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, prefix) in PACKAGE_FOLDERS {
        let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let versions = entries.filter(|entry| {
            let name = entry.file_name();
            let version = name.to_str().and_then(|name| name.strip_prefix(prefix));
            version.is_some_and(|version| version.parse::<u32>().is_ok())
        });
        folders.extend(versions.map(|entry| entry.path().join("bin")));
    }
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    folders
}

/// From `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`; development versions read `17devel`.
fn major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(majors: &[u32]) -> Vec<Binaries> {
        majors.iter().map(|major| Binaries { folder: PathBuf::from(format!("/pg/{major}")), major: *major }).collect()
    }

    fn chosen(majors: &[u32], data_major: Option<u32>) -> Result<u32, String> {
        let data = Path::new("/data");
        choose(installed(majors), data_major, data).map(|binaries| binaries.major).map_err(|error| error.to_string())
    }

    #[test]
    fn the_newest_is_taken_unless_the_data_needs_another() {
        assert_eq!(chosen(&[17, 15], None), Ok(17));
        assert_eq!(chosen(&[17, 15], Some(15)), Ok(15));
    }

    #[test]
    fn each_bad_state_says_what_to_do() {
        let says = |result: Result<u32, String>, text: &str| {
            let message = result.expect_err("a bad state");
            assert!(message.contains(text), "{message}");
        };
        says(chosen(&[], None), "apt-get install postgresql");
        says(chosen(&[14], None), "Postgres 14 in /pg/14 is too old");
        says(chosen(&[16], Some(15)), "Install Postgres 15 again");
        says(chosen(&[15], Some(16)), "made by Postgres 16, but only Postgres 15");
    }

    #[test]
    fn versions_are_read() {
        assert_eq!(major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 19devel\n"), Some(19));
        assert_eq!(major("something else"), None);
    }
}
