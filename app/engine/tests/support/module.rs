//! The engine's WebAssembly module, made as browsers get it: the same profile, the same bundler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub struct Module {
    pub glue: PathBuf,
    pub wasm: PathBuf,
    pub folder: PathBuf,
}

impl Module {
    /// Its length in KB as it is sent.
    ///
    /// # Errors
    /// What `gzip` said, or why it cannot be run.
    pub fn gzipped(&self) -> Result<u64, String> {
        let file = fs::File::open(&self.wasm).map_err(|error| error.to_string())?;
        let output = Command::new("gzip").args(["-9", "-c"]).stdin(Stdio::from(file)).output();
        output.map(|output| output.stdout.len() as u64 / 1000).map_err(|error| format!("gzip: {error}"))
    }
}

/// # Errors
/// What a tool said that failed.
pub fn compile() -> Result<Module, String> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root.join("target"), PathBuf::from);
    let run = |command: &mut Command| {
        let output = command.current_dir(root).output().map_err(|error| format!("{command:?}: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(format!("{command:?}: {}\n{said}", output.status)) }
    };
    run(Command::new("app/bundle/wasm-target.sh").env("TMPDIR", std::env::temp_dir()))?;
    let module = ["--features", "worker", "--target", "wasm32-unknown-unknown", "--profile", "wasm-release"];
    run(Command::new("cargo").args(["rustc", "--quiet", "--package", "engine", "--lib", "--crate-type", "cdylib"]).args(module))?;
    run(Command::new("cargo").args(["build", "--quiet", "--package", "bundle"]))?;
    let folder = target.join("engine-oracle");
    let wasm = target.join("wasm32-unknown-unknown/wasm-release/engine.wasm");
    // Without npm there is no binaryen, and the module stays longer.
    let optimiser = root.join("app/bundle/node_modules/.bin/wasm-opt");
    let ending = if optimiser.exists() { "-optimised.js" } else { "-plain.js" };
    // The bundler makes three modules for a site; here all of them are the engine.
    let modules = [&wasm, &wasm, &wasm];
    run(Command::new(target.join("debug/bundle")).args(modules).arg(folder.join("site")).env("WASM_OPT", optimiser))?;
    // The bundler keeps the module before it gives it a name for browsers.
    let kept = fs::read_dir(folder.join("site.cache/engine")).map_err(|error| error.to_string())?;
    let glue = kept.flatten().map(|entry| entry.path()).find(|file| file.to_string_lossy().ends_with(ending));
    let glue = glue.ok_or("the bundler left no JavaScript")?;
    let named = folder.join("glue.mjs");
    fs::copy(&glue, &named).map_err(|error| error.to_string())?;
    Ok(Module { glue: named, wasm: glue.with_extension("wasm"), folder })
}
