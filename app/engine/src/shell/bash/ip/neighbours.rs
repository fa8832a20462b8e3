//! `ip neighbour`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::{DENIED, find, index, wanted_name};
use crate::world::interface::{Neighbour, NeighbourState};
use crate::world::mac::Mac;

pub(super) fn neighbours(call: &mut Call<'_>, words: &[&str]) -> Done {
    let after = |key: &str| words.iter().position(|word| *word == key).and_then(|at| words.get(at + 1)).copied();
    match words.first().copied() {
        Some("flush") => {
            if !call.is_root() {
                return Done::failed(2, "Flush terminated\n");
            }
            let only = after("dev").and_then(|name| find(call, name));
            call.device_mut().stack.neighbours.retain(|(at, _), held| {
                held.state == NeighbourState::Permanent || only.is_some_and(|only| usize::from(at.0) != only)
            });
            Done::default()
        }
        Some("add" | "replace" | "del" | "delete") => {
            let verb = words.first().copied().unwrap_or_default();
            let (Some(ip), Some(at)) =
                (words.get(1).and_then(|ip| ip.parse::<Ipv4Addr>().ok()), after("dev").and_then(|name| find(call, name)))
            else {
                return Done::failed(255, "Device and destination are required arguments.\n");
            };
            if !call.is_root() {
                return Done::failed(2, DENIED);
            }
            let now = call.world.now;
            let held = &mut call.device_mut().stack.neighbours;
            if verb.starts_with('d') {
                return if held.remove(&(index(at), ip)).is_some() {
                    Done::default()
                } else {
                    Done::failed(2, "RTNETLINK answers: No such file or directory\n")
                };
            }
            let Some(mac) = after("lladdr").and_then(Mac::parse) else { return Done::failed(1, "\"lladdr\" is invalid\n") };
            held.insert((index(at), ip), Neighbour { state: NeighbourState::Permanent, mac, confirmed: now });
            Done::default()
        }
        _ => Done::ok(show_neighbours(call, wanted_name(words))),
    }
}

fn show_neighbours(call: &Call<'_>, only: Option<&str>) -> String {
    let stack = &call.device().stack;
    let mut out = String::new();
    for ((at, ip), held) in &stack.neighbours {
        let name = stack.interfaces.get(usize::from(at.0)).map_or("", |interface| interface.name.as_str());
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let mac = if matches!(held.state, NeighbourState::Incomplete | NeighbourState::Failed) {
            String::new()
        } else {
            format!(" lladdr {}", held.mac.colons())
        };
        let _ = writeln!(out, "{ip} dev {name}{mac} {}", state_word(call, held));
    }
    out
}

/// What was reachable goes stale by itself.
fn state_word(call: &Call<'_>, held: &Neighbour) -> &'static str {
    match held.state {
        NeighbourState::Incomplete => "INCOMPLETE",
        // base_reachable_time is 30 s (arp(7)).
        NeighbourState::Reachable if (call.world.now - held.confirmed).as_seconds() <= 30 => "REACHABLE",
        NeighbourState::Reachable | NeighbourState::Stale => "STALE",
        NeighbourState::Failed => "FAILED",
        NeighbourState::Permanent => "PERMANENT",
    }
}
