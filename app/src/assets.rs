//! The files a page loads, under the names they are served by (hashed in releases).

use serde::Deserialize;

/// URLs of this site. The server puts them into the context of every page.
#[derive(Clone, Debug, Deserialize)]
pub struct Assets {
    pub stylesheet: String,
    pub icon: String,
    /// The module script that loads the browser bundle and wakes the islands.
    pub start: String,
    /// The bundle of every page where nobody works for long: it is small.
    pub app: Bundle,
    /// The bundle of the pages where one works for long: those of a ticket and of an exam.
    pub bench: Bundle,
    /// The engine for the debrief.
    pub engine: Bundle,
    /// The script of the Web Worker that runs the engine.
    pub engine_worker: String,
}

/// A WebAssembly module and its JavaScript.
#[derive(Clone, Debug, Deserialize)]
pub struct Bundle {
    pub glue: String,
    pub wasm: String,
}

impl Assets {
    /// The bundle of the page at this path.
    #[must_use]
    pub fn bundle_of(&self, path: &str) -> &Bundle {
        if path.starts_with("/tickets/") || path.starts_with("/exams/") { &self.bench } else { &self.app }
    }

    /// Names that nothing is served by, for pages without files.
    #[must_use]
    pub fn missing() -> Self {
        let file = |name: &str| format!("/assets/{name}");
        let bundle = |name: &str| Bundle { glue: file(&format!("{name}.js")), wasm: file(&format!("{name}.wasm")) };
        Self {
            stylesheet: file("main.css"),
            icon: file("icon.svg"),
            start: file("start.js"),
            app: bundle("app"),
            bench: bundle("bench"),
            engine: bundle("engine"),
            engine_worker: file("engine-worker.js"),
        }
    }
}
