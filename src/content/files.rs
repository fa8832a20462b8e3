//! Where the files are: inside the binary in releases, on disk in development, and an operator's own laid over them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts of content files by their path under `content/`, with `/` between folders.
pub type Files = BTreeMap<String, String>;

/// A folder or a file that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read content from {}: {source}", path.display())]
pub struct UnreadableContent {
    pub path: PathBuf,
    #[source]
    pub source: std::io::Error,
}

/// The built-in files with those of `overlay` laid over them: the same path replaces, another path adds.
pub fn read(overlay: Option<&Path>) -> Result<Files, UnreadableContent> {
    let mut files = built_in()?;
    if let Some(folder) = overlay {
        read_folder(folder, "", &mut files)?;
    }
    Ok(files)
}

#[cfg(debug_assertions)]
fn built_in() -> Result<Files, UnreadableContent> {
    let mut files = Files::new();
    read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content")), "", &mut files)?;
    Ok(files)
}

#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as in development, where the disk may fail")]
fn built_in() -> Result<Files, UnreadableContent> {
    static CONTENT: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/content");
    let mut files = Files::new();
    let mut folders = vec![&CONTENT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            if let Some(text) = file.contents_utf8().filter(|_| is_content(&path)) {
                files.insert(path, text.to_owned());
            }
        }
    }
    Ok(files)
}

fn read_folder(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), UnreadableContent> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| UnreadableContent { path, source }
    };
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let key = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
        if path.is_dir() {
            read_folder(&path, &key, files)?;
        } else if is_content(&key) {
            let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
            files.insert(key, text);
        }
    }
    Ok(())
}

fn is_content(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "toml")
}
