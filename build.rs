//! Tells the program where the browser files are, and releases that they are there.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-env-changed=FIRSTLINE_SITE");
    println!("cargo:rerun-if-env-changed=CARGO_TARGET_DIR");
    // `sqlx::migrate!` looks at the files it knows; a new one must make it look again.
    println!("cargo:rerun-if-changed=migrations");
    let site = env::var_os("FIRSTLINE_SITE").map_or_else(default_site, PathBuf::from);
    println!("cargo:rustc-env=FIRSTLINE_SITE={}", site.display());
    // Other builds read the files while they run.
    if env::var("PROFILE").is_ok_and(|profile| profile != "release") {
        return;
    }
    // A release holds the content: without this, a new item would wait for the next change of the code.
    println!("cargo:rerun-if-changed=content");
    let manifest = site.join("manifest.json");
    println!("cargo:rerun-if-changed={}", manifest.display());
    if !manifest.exists() {
        println!(
            "cargo::error=a release holds the browser files, and {} is missing: run `make bundle` first",
            manifest.display()
        );
    }
}

/// Where the Makefile has them made.
fn default_site() -> PathBuf {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    root.join(target).join("site")
}
