//! Content: the bank as it is, files laid over it, and the versions in the database.

mod bank;
mod catalog;
mod versions;

use std::fs;
use std::path::{Path, PathBuf};

use firstline::content::Files;

/// The files of `content/`, by path.
pub fn built_in() -> Files {
    let mut files = Files::new();
    read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content")), "", &mut files);
    files
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let key = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read_folder(&path, &format!("{key}/"), files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.insert(key, fs::read_to_string(path).unwrap());
        }
    }
}

/// A folder of files that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let folder = std::env::temp_dir().join(format!("firstline-content-{}-{name}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
