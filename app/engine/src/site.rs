//! From a company's description to its healthy world.
//!
//! [`spec`] is what an author writes (content/README.md, "A site"); [`build()`] draws what the seed decides and makes the world,
//! or says everything that is wrong with the description, with the path of the field.

pub mod build;
pub mod profile;
pub mod spec;

pub use build::{Complaint, build};
pub use spec::Site;
