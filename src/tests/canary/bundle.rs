//! The files that every browser loads hold no item, no SQL and no setting.

use std::fs;
use std::path::{Path, PathBuf};

use domain::content::item::Item;
use domain::content::prose::Prose;
use firstline::content::Catalog;

use crate::support::skipped;

/// What only the server knows the words for.
const SERVER_WORDS: [&str; 5] = ["insert into", "from attempts", "argon2", "postgres://", "FIRSTLINE_"];
/// Shorter texts ("Port 443") could be met by chance.
const LEAST_CHARACTERS: usize = 20;

#[test]
fn the_browser_files_hold_no_item_and_nothing_of_the_server() {
    let folder = Path::new(env!("FIRSTLINE_SITE"));
    if !folder.join("manifest.json").exists() {
        skipped("the browser files were not searched for items: `make bundle` makes them");
        return;
    }
    let files = files_below(folder);
    assert!(files.iter().any(|file| file.extension().is_some_and(|kind| kind == "wasm")), "{files:?}");
    let (catalog, _) = Catalog::load(None).unwrap();
    let items: Vec<_> = catalog.exams.iter().flat_map(|exam| catalog.items_of(&exam.id)).collect();
    assert!(items.len() >= 140, "{}", items.len());
    for file in files {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        for word in SERVER_WORDS {
            assert!(!text.contains(word), "{} holds \"{word}\"", file.display());
        }
        for item in &items {
            let found = texts(item).into_iter().find(|part| text.contains(part.as_str()));
            assert_eq!(found, None, "{} holds a text of {}", file.display(), item.id);
        }
    }
}

/// The compressed forms say the same.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if !path.extension().is_some_and(|kind| kind == "br" || kind == "gz") {
            files.push(path);
        }
    }
    files
}

/// The beginning of each text of an item, and its id.
fn texts(item: &Item) -> Vec<String> {
    let options = item.options().iter().flat_map(|option| [&option.text, &option.reason]);
    let texts = options.chain([&item.stem, &item.remember]).map(Prose::plain_text).chain([item.id.to_string()]);
    let lines = texts.filter_map(|text| text.lines().next().map(|line| line.chars().take(40).collect::<String>()));
    lines.filter(|line| line.chars().count() >= LEAST_CHARACTERS).collect()
}
