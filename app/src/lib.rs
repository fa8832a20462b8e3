//! What a person sees, and the list of things they may ask for.

pub mod accounts;
pub mod assets;
pub mod backend;
pub mod browser;
pub mod coverage;
pub mod error;
pub mod exams;
pub mod forms;
pub mod practice;
pub mod progress;
pub mod reports;
pub mod routes;
pub mod site;
pub mod tickets;
pub mod ui;

pub use site::shell::{App, shell};

/// Wakes the islands of the page; called by the start script.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
