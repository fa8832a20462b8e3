//! The files a page loads, under the names they are served by (hashed in releases).

/// URLs of this site. The server puts them into the context of every page.
#[derive(Clone, Debug)]
pub struct Assets {
    pub stylesheet: String,
    pub icon: String,
    /// The module script that loads the browser bundle and wakes the islands.
    pub start: String,
    /// The bundle's JavaScript glue.
    pub glue: String,
    pub wasm: String,
}
