//! The sites of `content/`, built.

use engine::site::{self, Site, build::Built};

/// Every site with its id, in order of file name.
pub fn all() -> Vec<(String, Site)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/sites");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("content/sites").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "toml"));
    files.sort();
    assert!(!files.is_empty(), "no site in {folder}");
    let name = |file: &std::path::Path| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let read = |file: &std::path::Path| {
        let text = std::fs::read_to_string(file).expect("a site");
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    files.iter().map(|file| (name(file), read(file))).collect()
}

pub fn build(site: &Site, seed: u64) -> Built {
    site::build(site, seed).unwrap_or_else(|complaints| panic!("{complaints:#?}"))
}
