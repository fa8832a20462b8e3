//! The engine against reality: the same networks as a [`engine::world::World`] and as real kernels, daemons and parsers.
//!
//! `cargo test --release -p engine --test oracles`, or with names: `… -- namespaces filtering`. (Forty thousand actions take their
//! time in a debug build.) What they need is installed by
//! `src/tests/oracle-tools.sh`; where there is no root, an oracle says `SKIPPED: ` and why.
//!
//! | variable | meaning |
//! |---|---|
//! | `ORACLE_TOPOLOGIES` | random networks of the first oracle, 100 |
//! | `ORACLE_SEED` | the first seed, 1 |

#![expect(clippy::expect_used, reason = "an oracle that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "oracles look at the machine; the engine does not")]

mod builder;
mod filtering;
#[path = "../support/module.rs"]
mod module;
mod namespaces;
mod parse_back;
#[path = "../support/random_actions.rs"]
mod random_actions;
#[path = "../support/scenarios.rs"]
mod scenarios;
mod services;
#[path = "../support/sites.rs"]
mod sites;
mod switching;
mod system;
mod wasm;

use std::process::ExitCode;
use std::time::Instant;

use system::Verdict;

/// Its name for the command line, what it checks, how.
type Oracle = (&'static str, &'static str, fn() -> Verdict);

const ORACLES: &[Oracle] = &[
    ("namespaces", "Linux network namespaces: echo, traces, neighbours, routes", namespaces::run),
    ("switching", "Open vSwitch: access ports, trunks, native VLANs, learned addresses", switching::run),
    ("services", "dnsmasq, udhcpc, dig: leases and names", services::run),
    ("filtering", "nftables: TCP through random filters and address translation", filtering::run),
    ("parse-back", "jc: what our commands print, read by somebody else's parser", parse_back::run),
    ("wasm", "the compiled WebAssembly in Node: the same hash after every action", wasm::run),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let mut failed = Vec::new();
    for (name, about, run) in ORACLES {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        println!("\n== {name}: {about}");
        let started = Instant::now();
        let verdict = run();
        let seconds = started.elapsed().as_secs_f32();
        match verdict {
            Verdict::Agrees(summary) => println!("{name}: agrees: {summary} ({seconds:.1} s)"),
            Verdict::Differs(summary) => {
                println!("{name}: DIFFERS: {summary} ({seconds:.1} s)");
                failed.push(*name);
            }
            Verdict::Skipped(why) => println!("SKIPPED: oracle {name}: {why}"),
        }
    }
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("\noracles that differ: {}", failed.join(", "));
    ExitCode::FAILURE
}
