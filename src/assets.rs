//! The files that browsers load: inside the program in releases, read from disk in development.
//!
//! `app/bundle` makes them, with a manifest. In development they are read again whenever the bundle has been made anew.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use app::assets::Assets;
use axum::body::Bytes;
use http::HeaderValue;
use serde::Deserialize;
use thiserror::Error;

/// Every file of the site, and the URLs that pages need.
pub struct Files {
    pub urls: Assets,
    by_path: HashMap<String, File>,
}

/// One file, ready to be sent.
pub struct File {
    pub content_type: HeaderValue,
    /// The name is made from the content, so browsers may keep it for ever.
    pub immutable: bool,
    /// The start of the content's SHA-256, in hex.
    pub hash: String,
    pub plain: Bytes,
    pub brotli: Option<Bytes>,
    pub gzip: Option<Bytes>,
}

/// Where the files are. Cheap to clone.
#[derive(Clone)]
pub struct Site(Source);

#[derive(Clone)]
enum Source {
    Loaded(Arc<Files>),
    Folder { path: Arc<Path>, loaded: Arc<Mutex<Loaded>> },
}

/// What was read from the folder, and the age of the manifest then.
struct Loaded {
    changed: Option<SystemTime>,
    files: Arc<Files>,
}

#[derive(Debug, Error)]
pub enum SiteError {
    #[error("the browser files are missing in {}: run `make bundle`", .0.display())]
    Missing(PathBuf),
    #[error("the browser files' manifest cannot be read ({0}): run `make bundle`")]
    Manifest(#[from] serde_json::Error),
    #[error("the manifest names {0}, which is not there: run `make bundle`")]
    File(String),
}

/// `manifest.json`, written by `app/bundle`.
#[derive(Deserialize)]
struct Manifest {
    urls: Assets,
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    /// The URL's path.
    path: String,
    /// Below the folder; `.br` and `.gz` beside it are its compressed forms.
    file: String,
    content_type: String,
    immutable: bool,
    hash: String,
}

#[cfg(not(debug_assertions))]
static EMBEDDED: include_dir::Dir<'static> = include_dir::include_dir!("$FIRSTLINE_SITE");

impl Site {
    /// The files that belong to this build of the program.
    #[cfg(not(debug_assertions))]
    pub fn of_this_build() -> Result<Self, SiteError> {
        let read = |name: &str| EMBEDDED.get_file(name).map(|file| Bytes::from_static(file.contents()));
        Ok(Self(Source::Loaded(Arc::new(Files::load(Path::new("the program"), read)?))))
    }

    /// The files that belong to this build of the program. Without a bundle pages are plain, which is enough for most tests.
    #[cfg(debug_assertions)]
    pub fn of_this_build() -> Result<Self, SiteError> {
        match Self::from_folder(Path::new(env!("FIRSTLINE_SITE"))) {
            Err(SiteError::Missing(folder)) => {
                tracing::warn!("no browser files in {}: pages are plain until `make bundle`", folder.display());
                Ok(Self::none())
            }
            other => other,
        }
    }

    /// Files from a folder that `app/bundle` has written, read again when it writes it again.
    pub fn from_folder(path: &Path) -> Result<Self, SiteError> {
        let loaded = Loaded { changed: changed(path), files: Arc::new(Files::from_folder(path)?) };
        Ok(Self(Source::Folder { path: path.into(), loaded: Arc::new(Mutex::new(loaded)) }))
    }

    /// No files at all: pages have neither styles nor scripts.
    #[must_use]
    pub fn none() -> Self {
        Self(Source::Loaded(Arc::new(Files { urls: Assets::missing(), by_path: HashMap::new() })))
    }

    #[must_use]
    pub fn urls(&self) -> Assets {
        self.files().urls.clone()
    }

    #[must_use]
    pub fn files(&self) -> Arc<Files> {
        match &self.0 {
            Source::Loaded(files) => files.clone(),
            Source::Folder { path, loaded } => {
                let mut loaded = loaded.lock().unwrap_or_else(PoisonError::into_inner);
                let now = changed(path);
                if now.is_some() && now != loaded.changed {
                    match Files::from_folder(path) {
                        Ok(files) => *loaded = Loaded { changed: now, files: Arc::new(files) },
                        Err(error) => tracing::warn!("{error}; going on with the files as they were"),
                    }
                }
                loaded.files.clone()
            }
        }
    }
}

impl Files {
    /// The file at a URL's path.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&File> {
        self.by_path.get(path)
    }

    fn from_folder(path: &Path) -> Result<Self, SiteError> {
        Self::load(path, |name| std::fs::read(path.join(name)).ok().map(Bytes::from))
    }

    fn load(place: &Path, read: impl Fn(&str) -> Option<Bytes>) -> Result<Self, SiteError> {
        let manifest = read("manifest.json").ok_or_else(|| SiteError::Missing(place.to_owned()))?;
        let Manifest { urls, files } = serde_json::from_slice(&manifest)?;
        let by_path = files.into_iter().map(|entry| File::load(entry, &read)).collect::<Result<_, _>>()?;
        Ok(Self { urls, by_path })
    }
}

impl File {
    fn load(entry: Entry, read: &impl Fn(&str) -> Option<Bytes>) -> Result<(String, Self), SiteError> {
        let Entry { path, file, content_type, immutable, hash } = entry;
        let content_type = HeaderValue::from_str(&content_type).map_err(|_| SiteError::File(file.clone()))?;
        let plain = read(&file).ok_or_else(|| SiteError::File(file.clone()))?;
        let (brotli, gzip) = (read(&format!("{file}.br")), read(&format!("{file}.gz")));
        Ok((path, Self { content_type, immutable, hash, plain, brotli, gzip }))
    }
}

fn changed(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder.join("manifest.json")).and_then(|manifest| manifest.modified()).ok()
}
