//! House rules that a reader can rely on because these tests hold them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Rust files under the given folders, as (path relative to the root, text).
fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// Names of the packages that a package is built from.
fn dependencies(arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none", "--format", "{p}", "--edges", "normal,no-proc-macro"])
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn the_browser_bundle_holds_no_server() {
    let bundle = dependencies(&["-p", "app", "--target", "wasm32-unknown-unknown", "--features", "hydrate"]);
    assert!(bundle.iter().any(|name| name == "domain"));
    for server in ["firstline", "sqlx", "tokio", "argon2", "axum", "hyper", "zxcvbn", "leptos_axum"] {
        assert!(!bundle.iter().any(|name| name == server), "{server} would reach the browser");
    }
}

#[test]
fn domain_knows_no_screen_no_database_and_no_clock() {
    let names = dependencies(&["-p", "domain"]);
    for outside in ["leptos", "axum", "sqlx", "tokio", "time", "chrono", "jiff", "getrandom"] {
        assert!(!names.iter().any(|name| name == outside), "domain depends on {outside}");
    }
    for (name, text) in sources(&["app/domain/src"]) {
        for forbidden in ["SystemTime", "Instant::now", "std::fs", "std::env", "HashMap", "HashSet"] {
            assert!(!text.contains(forbidden), "{name} uses {forbidden}");
        }
    }
}

#[test]
fn the_engine_knows_no_screen_no_text_format_and_no_machine() {
    let names = dependencies(&["-p", "engine"]);
    let direct = ["engine", "ipnet", "postcard", "rand_chacha", "serde"];
    let theirs = ["cobs", "ppv-lite86", "rand_core", "serde_core", "thiserror", "zerocopy"];
    for name in &names {
        assert!(direct.contains(&name.as_str()) || theirs.contains(&name.as_str()), "engine depends on {name}");
    }
    for (name, text) in sources(&["app/engine/src"]) {
        // The attribute of that name stands in Windows' events.
        let text = text.replace("<TimeCreated SystemTime=", "");
        for forbidden in ["SystemTime", "Instant::now", "std::fs", "std::env", "std::process", "HashMap", "HashSet", "f32", "f64"]
        {
            assert!(!text.contains(forbidden), "{name} uses {forbidden}");
        }
    }
}

#[test]
fn features_are_named_in_few_places() {
    for (name, text) in sources(&["app", "src"]) {
        let allowed = [
            "app/src/lib.rs",
            "app/src/backend.rs",
            "app/engine/src/lib.rs",
            "app/engine/src/worker.rs",
            // Islands in the bundle of tickets and exams, plain components in that of all other pages.
            "app/src/exams/room.rs",
            "app/src/tickets/bench/island.rs",
            "app/src/tickets/debrief/rewind.rs",
            "src/tests/boundaries.rs",
        ]
        .contains(&name.as_str());
        let asks = ["cfg(feature", "cfg_attr(feature", "not(feature"].iter().any(|form| text.contains(form));
        assert!(allowed || !asks, "{name} asks for a feature: is the code in the wrong room?");
        assert!(!name.ends_with("/mod.rs"), "{name}: name the file after the module");
    }
}

#[test]
fn sql_is_checked_when_it_is_compiled() {
    for (name, text) in sources(&["src"]).iter().filter(|(name, _)| !name.starts_with("src/tests/")) {
        for unchecked in ["AssertSqlSafe", "query(", "query_as(", "query_scalar(", "query_with(", "raw_sql("] {
            assert!(!text.contains(&format!("sqlx::{unchecked}")), "{name} uses {unchecked} without a check");
        }
    }
}

#[test]
fn time_is_asked_of_the_database() {
    for (name, text) in sources(&["src"]).iter().filter(|(name, _)| !name.starts_with("src/tests/") && name != "src/clock.rs") {
        for clock in ["SystemTime::now", "now_utc()", "now_local()"] {
            assert!(!text.contains(clock), "{name} asks the machine for the time");
        }
        // Only the function itself may say now().
        assert!(!text.contains(" now()") && !text.contains("current_timestamp"), "{name}: use firstline_now()");
    }
}

#[test]
fn server_functions_write_by_post_only() {
    for (name, text) in sources(&["app/src"]) {
        for get in ["GetUrl", "GetCbor", "GetJson"] {
            assert!(!text.contains(get), "{name}: {get} would let a link write");
        }
    }
}
