//! Makes the files that browsers load, with names made from their content, and compresses them.
//!
//! `bundle APP.WASM OUT`, run in the root of the repository: `APP.WASM` as cargo has built it for `wasm32-unknown-unknown`, `OUT`
//! the folder to fill. `WASM_OPT` may name binaryen's optimiser; without it the module is sent as the compiler left it, twice as
//! long.

mod module;
mod site;
mod styles;

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use site::Site;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(wasm), Some(out), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: bundle APP.WASM OUT");
        return ExitCode::from(2);
    };
    match bundle(&wasm, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bundle(wasm: &Path, out: &Path) -> Outcome<()> {
    let started = Instant::now();
    let optimiser = env::var_os("WASM_OPT").map(PathBuf::from).filter(|path| path.exists());
    let module = module::make(wasm, optimiser.as_deref(), &out.with_extension("cache"))?;
    let mut site = Site::default();
    let pictures = site.add_folder(Path::new("style/assets"))?;
    let stylesheet = site.add("main.css", styles::join(Path::new("style/main.css"), &pictures)?.into_bytes())?;
    let icon = pictures.get("icon.svg").ok_or("style/assets/icon.svg is missing")?.clone();
    let glue = site.add("app.js", module.glue)?;
    let wasm = site.add("app.wasm", module.wasm)?;
    let start = site.add("start.js", include_bytes!("../start.js").to_vec())?;
    // Browsers install a worker anew when its text changes, which is how the page that it keeps follows the styles.
    let worker = include_str!("../service-worker.js").replace("VERSION", &stylesheet);
    site.add_at("/service-worker.js", worker.into_bytes())?;
    site.write(out, &site::Urls { stylesheet, icon, start, glue, wasm })?;
    site.print_sizes();
    println!("bundle    {:.1} s, in {}", started.elapsed().as_secs_f32(), out.display());
    Ok(())
}
