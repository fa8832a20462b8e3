//! Makes the files that browsers load, with names made from their content, and compresses them.
//!
//! `bundle APP.WASM BENCH.WASM ENGINE.WASM OUT`, run in the root of the repository: the modules as cargo has built them for
//! `wasm32-unknown-unknown` (the islands of most pages, those of tickets, the engine), and `OUT`, the folder to fill. `WASM_OPT` may name binaryen's optimiser; without it the module is sent as the compiler left it, twice as
//! long.

mod module;
mod site;
mod styles;

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use module::Goal;
use site::{Bundle, Site, Urls};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let modules = [arguments.next(), arguments.next(), arguments.next()];
    let ([Some(app), Some(bench), Some(engine)], Some(out), None) = (modules, arguments.next(), arguments.next()) else {
        eprintln!("usage: bundle APP.WASM BENCH.WASM ENGINE.WASM OUT");
        return ExitCode::from(2);
    };
    match bundle(&[app, bench, engine], &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bundle([app, bench, engine]: &[PathBuf; 3], out: &Path) -> Outcome<()> {
    let started = Instant::now();
    let optimiser = env::var_os("WASM_OPT").map(PathBuf::from).filter(|path| path.exists());
    let cache = out.with_extension("cache");
    let make = |site: &mut Site, name: &str, wasm: &Path, goal: Goal| -> Outcome<Bundle> {
        let module = module::make(wasm, goal, optimiser.as_deref(), &cache.join(name))?;
        let glue = site.add(&format!("{name}.js"), module.glue)?;
        Ok(Bundle { glue, wasm: site.add(&format!("{name}.wasm"), module.wasm)? })
    };
    let mut site = Site::default();
    let pictures = site.add_folder(Path::new("style/assets"))?;
    let stylesheet = site.add("main.css", styles::join(Path::new("style/main.css"), &pictures)?.into_bytes())?;
    let icon = pictures.get("icon.svg").ok_or("style/assets/icon.svg is missing")?.clone();
    let app = make(&mut site, "app", app, Goal::Small)?;
    let bench = make(&mut site, "bench", bench, Goal::Small)?;
    let engine = make(&mut site, "engine", engine, Goal::Fast)?;
    let engine_worker = site.add("engine-worker.js", include_bytes!("../engine-worker.js").to_vec())?;
    let start = site.add("start.js", include_bytes!("../start.js").to_vec())?;
    // Browsers install a worker anew when its text changes, which is how the page that it keeps follows the styles.
    let worker = include_str!("../service-worker.js").replace("VERSION", &stylesheet);
    site.add_at("/service-worker.js", worker.into_bytes())?;
    site.write(out, &Urls { stylesheet, icon, start, app, bench, engine, engine_worker })?;
    site.print_sizes();
    println!("bundle    {:.1} s, in {}", started.elapsed().as_secs_f32(), out.display());
    Ok(())
}
