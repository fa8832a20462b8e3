//! The WebAssembly module and its JavaScript, from what the compiler has written.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use wasm_bindgen_cli_support::Bindgen;

use crate::Outcome;
use crate::site::hash;

pub struct Module {
    pub wasm: Vec<u8>,
    pub glue: Vec<u8>,
}

/// What the compiler uses by itself, and browsers have had since 2022. `wasm-opt` may use nothing else.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What a module is optimised for.
#[derive(Clone, Copy)]
pub enum Goal {
    Small,
    Fast,
}

impl Goal {
    const fn flag(self) -> &'static str {
        match self {
            Self::Small => "-Oz",
            Self::Fast => "-O3",
        }
    }
}

/// Functions by their names, which puts the copies of one generic function and the functions of one file side by side: compressors
/// that look back 32 KiB find more (measured on the engine's module: 1.3 % less after gzip than in the order of use).
const ORDER: &str = "--reorder-functions-by-name";

/// Nothing lies in the first KiB of memory but the end of an overflowing stack, so addresses may be summed by the instructions that
/// use them (1.1 % less after gzip).
const UNUSED: &str = "--low-memory-unused";

/// The same module is not made twice: the result is kept in `cache` under the input's hash.
pub fn make(input: &Path, goal: Goal, optimiser: Option<&Path>, cache: &Path) -> Outcome<Module> {
    let bytes = fs::read(input).map_err(|error| format!("{}: {error}", input.display()))?;
    let step = if optimiser.is_some() { "optimised" } else { "plain" };
    let kept = cache.join(format!("{}-{step}", hash(&bytes)));
    let (wasm, glue) = (kept.with_extension("wasm"), kept.with_extension("js"));
    if let (Ok(wasm), Ok(glue)) = (fs::read(&wasm), fs::read(&glue)) {
        return Ok(Module { wasm, glue });
    }
    if cache.exists() {
        fs::remove_dir_all(cache)?;
    }
    fs::create_dir_all(cache)?;
    let module = match optimiser {
        Some(optimiser) => optimise(bind(bytes, true, cache)?, goal, optimiser, cache)?,
        None => bind(bytes, false, cache)?,
    };
    fs::write(wasm, &module.wasm)?;
    fs::write(glue, &module.glue)?;
    Ok(module)
}

/// `named`: with the functions' names, for the optimiser, which leaves them out in the end.
fn bind(bytes: Vec<u8>, named: bool, folder: &Path) -> Outcome<Module> {
    let started = Instant::now();
    let mut output = Bindgen::new()
        .input_bytes("app", bytes)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(!named)
        .remove_producers_section(true)
        .generate_output()?;
    let extras: Vec<_> = output
        .snippets()
        .iter()
        .filter_map(|(package, parts)| (!parts.is_empty()).then_some(package))
        .chain(output.local_modules().keys())
        .cloned()
        .collect();
    if !extras.is_empty() {
        return Err(format!("JavaScript of dependencies is not packed, and there is some: {}", extras.join(", ")).into());
    }
    output.emit(folder)?;
    let module = Module { wasm: fs::read(folder.join("app_bg.wasm"))?, glue: fs::read(folder.join("app.js"))? };
    println!("wasm-bindgen  {:.1} s", started.elapsed().as_secs_f32());
    Ok(module)
}

fn optimise(module: Module, goal: Goal, optimiser: &Path, folder: &Path) -> Outcome<Module> {
    let started = Instant::now();
    let (before, after) = (folder.join("app_bg.wasm"), folder.join("smaller.wasm"));
    let status =
        Command::new(optimiser).args([goal.flag(), UNUSED, ORDER]).args(FEATURES).arg(&before).arg("-o").arg(&after).status()?;
    if !status.success() {
        return Err(format!("{} has failed: {status}", optimiser.display()).into());
    }
    let wasm = fs::read(after)?;
    println!("wasm-opt  {:.1} s: {} → {} bytes", started.elapsed().as_secs_f32(), module.wasm.len(), wasm.len());
    Ok(Module { wasm, ..module })
}
