//! `firstline`: see `firstline --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    firstline::cli::run(std::env::args_os())
}
