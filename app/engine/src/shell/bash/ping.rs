//! `ping`, `traceroute`, `mtr`: what comes back when packets walk.

mod echo;
mod trace;

use std::net::Ipv4Addr;

use super::call::{Call, Done};
use super::{Command, command};
use crate::net;
use crate::net::dns::Resolution;
use crate::time::Span;

use echo::ping;
use trace::{mtr, traceroute};

pub const COMMANDS: &[Command] =
    &[command("ping", "", ping), command("traceroute", "traceroute", traceroute), command("mtr", "mtr-tiny", mtr)];

/// A name or an address to an address, or what the tool says.
pub fn target(call: &mut Call<'_>, program: &str, name: &str) -> Result<Ipv4Addr, Done> {
    let device = call.session.device;
    match net::dns::resolve(call.world, device, name) {
        Resolution::Address(address) => Ok(address),
        Resolution::NotFound => Err(Done::failed(2, format!("{program}: {name}: Name or service not known\n"))),
        Resolution::Failed => {
            // The stub's three tries of five seconds.
            call.world.wait(Span::seconds(10));
            Err(Done::failed(2, format!("{program}: {name}: Temporary failure in name resolution\n")))
        }
    }
}

/// Microseconds as iputils prints milliseconds: three figures or more.
pub fn millis(micros: u32) -> String {
    if micros < 1000 {
        format!("0.{micros:03}")
    } else if micros < 10_000 {
        format!("{}.{:02}", micros / 1000, micros % 1000 / 10)
    } else if micros < 100_000 {
        format!("{}.{}", micros / 1000, micros % 1000 / 100)
    } else {
        (micros / 1000).to_string()
    }
}

fn fixed(micros: u64) -> String {
    format!("{}.{:03}", micros / 1000, micros % 1000)
}
