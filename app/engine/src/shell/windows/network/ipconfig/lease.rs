//! `/release` and `/renew`.

use std::fmt::Write;

use super::{TITLE, show};
use crate::net::dhcp::{self, Renewal};
use crate::shell::Output;
use crate::shell::windows::network::adapters::{self, Adapter};
use crate::time::Span;
use crate::world::{DeviceId, World};

/// Windows sends DISCOVER four times, with growing pauses, before it gives up: about a minute.
const GIVES_UP: Span = Span::seconds(60);
/// DORA and the address test take a moment.
const LEASED: Span = Span::seconds(3);

pub fn release(world: &mut World, device: DeviceId, name: Option<&str>) -> Output {
    each(world, device, name, |world, adapter, problems| {
        if !adapter.connected {
            disconnected(problems, adapter);
            return false;
        }
        world.wait(Span::seconds(1));
        if dhcp::release(world, device, adapter.interface) == Renewal::MediaDisconnected {
            disconnected(problems, adapter);
        }
        true
    })
}

pub fn renew(world: &mut World, device: DeviceId, name: Option<&str>) -> Output {
    each(world, device, name, |world, adapter, problems| match dhcp::renew(world, device, adapter.interface) {
        Renewal::Leased => {
            world.wait(LEASED);
            true
        }
        Renewal::NoAnswer => {
            world.wait(GIVES_UP);
            let _ = writeln!(
                problems,
                "An error occurred while renewing interface {} : unable to contact your DHCP server. Request has timed out.",
                adapter.name
            );
            false
        }
        Renewal::NotDhcp => false,
        Renewal::MediaDisconnected => {
            disconnected(problems, adapter);
            false
        }
    })
}

fn disconnected(problems: &mut String, adapter: &Adapter) {
    let _ = writeln!(problems, "No operation can be performed on {} while it has its media disconnected.", adapter.name);
}

/// Does it to every adapter that gets its address by DHCP, tells what went wrong, then shows the adapters.
fn each(
    world: &mut World,
    device: DeviceId,
    name: Option<&str>,
    mut act: impl FnMut(&mut World, &Adapter, &mut String) -> bool,
) -> Output {
    let chosen: Vec<Adapter> = adapters::enabled(world, device)
        .into_iter()
        .filter(|adapter| name.is_none_or(|pattern| matches(pattern, &adapter.name)))
        .collect();
    if chosen.is_empty() && name.is_some() {
        return Output::failed(
            1,
            format!("{TITLE}The operation failed as no adapter is in the state permissible for \nthis operation.\n"),
        );
    }
    if !chosen.iter().any(|adapter| adapter.dhcp) {
        return Output::failed(
            1,
            format!("{TITLE}The operation failed as no adapter is in the state permissible for \nthis operation.\n"),
        );
    }
    let mut problems = String::new();
    let mut done = false;
    for adapter in chosen.iter().filter(|adapter| adapter.dhcp) {
        done |= act(world, adapter, &mut problems);
    }
    if !done {
        return Output::failed(1, format!("{TITLE}{problems}"));
    }
    let list = show::short(world, device);
    let list = list.strip_prefix(TITLE).unwrap_or(&list);
    Output::ok(format!("{TITLE}{problems}{list}"))
}

/// `*` stands for any text, `?` for one character; upper and lower case are the same.
fn matches(pattern: &str, name: &str) -> bool {
    crate::shell::cmd::wildcard::matches(pattern, name)
}
