//! Programs that do not start, or not with everything.

use super::super::twin;
use super::super::windows::{Trace, change, computers, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::services::programs::{MISSING_PART, find};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{AddIn, EventLevel, EventLog, Program, Windows};

/// Computers with a program that fits, and the program's name as the target's.
fn with_program(world: &World, wanted: impl Fn(&Program) -> bool) -> Vec<Target> {
    let pick = |windows: &Windows| windows.programs.iter().find(|program| wanted(program)).map(|program| program.name.clone());
    computers(world, |_, windows| pick(windows).is_some())
        .into_iter()
        .filter_map(|target| {
            let name = pick(windows(world, target.device)?)?;
            Some(Target { name, ..target })
        })
        .collect()
}

fn program<'w>(windows: &'w mut Windows, target: &Target) -> Option<&'w mut Program> {
    windows.programs.iter_mut().find(|program| program.name == target.name)
}

fn copied(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.programs.clone_from(&well.programs);
    }
}

fn is_own(program: &Program) -> bool {
    !program.writes_to.is_empty()
}

const PART: &str = "LedgerCore.dll";

pub const S1: Fault = Fault {
    id: "S1",
    title: "A library of the program is missing",
    layer: Layer::Application,
    component: "program",
    tier: Tier::T1,
    targets: |world| with_program(world, is_own),
    inject: |world, target, _| {
        change(world, target.device, |windows| {
            if let Some(program) = program(windows, target) {
                MISSING_PART.clone_into(&mut program.broken);
                PART.clone_into(&mut program.broken_part);
            }
        });
    },
    traces: |world, target| {
        for hours in [4, 1] {
            let trace = Trace {
                ago: Span::hours(hours),
                log: EventLog::Application,
                source: "Application Error",
                id: 1000,
                level: EventLevel::Error,
            };
            let text = format!(
                "Faulting application name: {0}.exe\nFaulting module name: {PART}, version: 0.0.0.0\nException code: 0xc0000135",
                target.name
            );
            trace.write(world, target.device, text);
        }
    },
    present: |world, target| {
        windows(world, target.device)
            .and_then(|windows| find(windows, &target.name))
            .is_none_or(|program| program.broken == MISSING_PART)
    },
    repair: copied,
};

/// A faulty add-in: the last of those that the program has.
fn add_in(program: &Program) -> Option<&AddIn> {
    program.add_ins.last()
}

pub const S2: Fault = Fault {
    id: "S2",
    title: "A faulty add-in stops the program",
    layer: Layer::Application,
    component: "add-in",
    tier: Tier::T1,
    targets: |world| {
        with_program(world, |program| program.add_ins.len() > 1 && add_in(program).is_some_and(|found| found.enabled))
    },
    inject: |world, target, _| {
        change(world, target.device, |windows| {
            if let Some(found) = program(windows, target).and_then(|program| program.add_ins.last_mut()) {
                found.faulty = true;
            }
        });
    },
    traces: |world, target| {
        let trace =
            Trace { ago: Span::hours(1), log: EventLog::Application, source: &target.name, id: 59, level: EventLevel::Error };
        let name = windows(world, target.device)
            .and_then(|windows| find(windows, &target.name))
            .and_then(add_in)
            .map(|add_in| add_in.name.clone())
            .unwrap_or_default();
        trace.write(world, target.device, format!("{} experienced a serious problem with the '{name}' add-in.", target.name));
    },
    present: |world, target| {
        windows(world, target.device)
            .and_then(|windows| find(windows, &target.name))
            .is_some_and(|program| program.add_ins.iter().any(|add_in| add_in.enabled && add_in.faulty))
    },
    repair: copied,
};

/// More than any drift: somebody set the date.
const SET_BACK: u64 = 86_400_000;

pub const S5: Fault = Fault {
    id: "S5",
    title: "The date is far in the past, so the licence is not valid",
    layer: Layer::Application,
    component: "clock",
    tier: Tier::T1,
    targets: |world| with_program(world, |program| program.licence.is_some()),
    inject: back_in_time,
    traces: no_traces,
    present: |world, target| windows(world, target.device).is_some_and(|windows| windows.clock.offset.unsigned_abs() >= SET_BACK),
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.clock.clone_from(&well.clock);
        }
    },
};

/// To a day before the licence began.
fn back_in_time(world: &mut World, target: &Target, chance: &mut Chance) {
    let now = world.now;
    let extra = Span::days(u64::from(chance.between(20, 120)));
    change(world, target.device, |windows| {
        let Some((from, _)) = find(windows, &target.name).and_then(|program| program.licence) else { return };
        windows.clock.offset = -i64::try_from((now - from).0.saturating_add(extra.0)).unwrap_or_default();
        windows.clock.last_sync = None;
    });
}

pub const S6: Fault = Fault {
    id: "S6",
    title: "A 32-bit plug-in in a 64-bit program",
    layer: Layer::Application,
    component: "add-in",
    tier: Tier::T2,
    targets: |world| {
        let fits = |program: &Program| program.bits == 64 && program.add_ins.len() == 1;
        let named = |target: Target| {
            let windows = windows(world, target.device)?;
            let add_in = add_in(find(windows, &target.name)?)?;
            Some(Target { name: format!("{}/{}", target.name, add_in.name), ..target })
        };
        with_program(world, fits).into_iter().filter_map(named).collect()
    },
    inject: |world, target, _| {
        change(world, target.device, |windows| {
            let (name, plug_in) = target.name.split_once('/').unwrap_or_default();
            let program = windows.programs.iter_mut().find(|program| program.name == name);
            if let Some(found) = program.and_then(|program| program.add_ins.iter_mut().find(|add_in| add_in.name == plug_in)) {
                found.bits = 32;
            }
        });
    },
    traces: no_traces,
    present: |world, target| {
        let (name, plug_in) = target.name.split_once('/').unwrap_or_default();
        windows(world, target.device).and_then(|windows| find(windows, name)).is_some_and(|program| {
            program.add_ins.iter().any(|add_in| add_in.name == plug_in && add_in.bits != 0 && add_in.bits != program.bits)
        })
    },
    repair: copied,
};
