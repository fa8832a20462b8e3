//! What surrounds every page, and the pages that belong to no noun.

pub mod about;
pub mod components_page;
pub mod errors;
mod footer;
mod header;
pub mod here;
pub mod offline;
pub mod shell;
