//! What must hold whatever anybody does: every action is answered, in bounded time, and the tables make sense afterwards.
//!
//! | variable | meaning |
//! |---|---|
//! | `FUZZ_ROUNDS` | inputs of each kind; `make fuzz` gives many |
//! | `FUZZ_SEED` | another seed |
//! | `FUZZ_LAST` | a file that always holds the input being tried (with `--test-threads=1`) |

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed; tests read files and clocks"
)]

#[path = "../support/company.rs"]
mod company;
mod fuzz;
mod growth;
mod properties;
#[path = "../support/random_actions.rs"]
mod random_actions;
#[path = "../support/sites.rs"]
mod sites;
mod tables;
