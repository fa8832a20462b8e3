//! One learner's run of a scenario: actions in, outputs, clock and verdict out.
//!
//! [`scenario`] is what an author writes; [`run`] plays it; [`verdict`] judges it from the end state and the log;
//! [`script`] is the text form of actions, one a line; [`prove`] shows that a scenario is sound.

pub mod action;
pub mod cause;
pub mod essence;
pub mod hint;
pub mod protected;
pub mod prove;
pub mod run;
pub mod scenario;
pub mod script;
#[cfg(test)]
mod tests;
pub mod verdict;

pub use action::Action;
pub use run::{Entry, Run};
pub use scenario::Scenario;
pub use verdict::Verdict;
