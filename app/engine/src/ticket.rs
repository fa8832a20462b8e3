//! One learner's run of a scenario: actions in, outputs, clock and verdict out.

pub mod action;

pub use action::Action;
