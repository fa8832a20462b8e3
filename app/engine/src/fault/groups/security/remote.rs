//! X6: a caller talked somebody into letting them onto the machine.

use std::net::Ipv4Addr;

use super::super::twin;
use super::{computers, contained};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{Process, Program};

pub const X6: Fault = Fault {
    id: "X6",
    title: "A stranger is connected with a remote-control program",
    layer: Layer::Security,
    component: "remote access",
    tier: Tier::Security,
    targets,
    inject,
    traces: no_traces,
    present,
    repair,
};

const PROGRAM: &str = "DeskAnywhere QuickHelp";
const PROCESS: &str = "deskanywhere.exe";
/// A relay of such a service (documentation address, RFC 5737).
const RELAY: (Ipv4Addr, u16) = (Ipv4Addr::new(203, 0, 113, 150), 443);

fn targets(world: &World) -> Vec<Target> {
    computers(world).into_iter().map(|(device, person)| Target { person: Some(person), ..Target::device(device) }).collect()
}

fn inject(world: &mut World, target: &Target, _chance: &mut Chance) {
    let (user, now) = (super::account(world, target.person), world.now);
    let Some(windows) = world.device_mut(target.device).windows_mut() else { return };
    windows.programs.push(Program {
        name: PROGRAM.to_owned(),
        version: "7.0.12".to_owned(),
        publisher: "DeskAnywhere Software".to_owned(),
        installed: now - Span::minutes(35),
        wanted: false,
        bits: 64,
        ..Program::default()
    });
    let last = windows.processes.iter().map(|process| process.pid).max().unwrap_or(4000);
    windows.processes.push(Process {
        pid: last.saturating_add(4),
        name: PROCESS.into(),
        path: format!("C:\\Users\\{user}\\Downloads\\{PROCESS}").into(),
        user,
        cpu: 60,
        memory_kib: 92_160,
        disk_kib: 20,
        publisher: "DeskAnywhere Software".into(),
        responding: true,
        connected_to: Some(RELAY),
    });
}

/// A session that was only ended comes back with the next call as long as the program is there.
fn present(world: &World, target: &Target) -> bool {
    let there = world.device(target.device).windows().is_some_and(|windows| {
        windows.processes.iter().any(|process| process.name == PROCESS)
            || windows.programs.iter().any(|found| found.name == PROGRAM)
    });
    there && !contained(world, target.device)
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.processes.clone_from(&well.processes);
        sick.programs.clone_from(&well.programs);
    }
}
