//! What lasts in a world: everything but what learns, counts, logs and passes by itself.
//!
//! Two worlds with one essence differ in nothing that anybody has changed.

use crate::time::{Time, Timers};
use crate::world::World;
use crate::world::device::{Device, System};
use crate::world::port::Counters;
use crate::world::windows::JobState;

/// Permille of toner below which pages fade.
const FADES_BELOW: u16 = 50;

/// Whether two worlds differ in what lasts. Every action asks this, so only devices that differ at all are looked at closely; `after`
/// is as before when it returns.
pub fn changed(mut before: World, after: &mut World) -> bool {
    let old = std::mem::take(&mut before.devices);
    let new = std::mem::take(&mut after.devices);
    let mut rest = after.clone();
    bare_rest(&mut before);
    bare_rest(&mut rest);
    let differs =
        before != rest || old.len() != new.len() || old.into_iter().zip(&new).any(|(old, new)| device_changed(old, new));
    after.devices = new;
    differs
}

fn device_changed(mut old: Device, new: &Device) -> bool {
    if old == *new {
        return false;
    }
    let mut new = new.clone();
    bare(&mut old);
    bare(&mut new);
    old != new
}

/// All but the devices.
fn bare_rest(world: &mut World) {
    world.now = Time::default();
    world.timers = Timers::default();
    world.not_modelled.clear();
    for person in &mut world.people {
        person.told.clear();
        (person.patience, person.mood, person.verified) = (0, 0, false);
        person.consented.clear();
        // What somebody was told changes nothing in the company.
        person.misunderstands = None;
    }
}

fn bare(device: &mut Device) {
    device.started = Time::default();
    for port in &mut device.ports {
        port.counters = Counters::default();
    }
    if let Some(switching) = &mut device.switching {
        switching.mac_table.clear();
        switching.mac_flaps = 0;
    }
    let stack = &mut device.stack;
    stack.neighbours.retain(|_, neighbour| neighbour.state == crate::world::interface::NeighbourState::Permanent);
    stack.resolver.cache.clear();
    stack.conflicts.clear();
    stack.filter.states.clear();
    stack.nat.translations.clear();
    stack.filter.rules.iter_mut().for_each(|rule| rule.hits = 0);
    stack.filter.access_lists.values_mut().flatten().for_each(|rule| rule.hits = 0);
    for interface in &mut stack.interfaces {
        interface.dhcp.attempts = 0;
        if let Some(lease) = &mut interface.dhcp.lease {
            (lease.obtained, lease.expires) = (Time::default(), Time::default());
        }
    }
    if let Some(dhcp) = &mut device.roles.dhcp {
        dhcp.scopes.iter_mut().flat_map(|scope| scope.leases.values_mut()).for_each(|lease| lease.expires = Time::default());
    }
    if let Some(dns) = &mut device.roles.dns {
        dns.cache.clear();
    }
    if let Some(directory) = &mut device.roles.directory {
        forget_attempts(&mut directory.accounts);
    }
    system(&mut device.system);
}

fn forget_attempts(accounts: &mut crate::world::accounts::Accounts) {
    for user in accounts.users.values_mut() {
        user.bad_attempts = 0;
        user.last_bad = None;
        user.last_bad_from.clear();
    }
}

fn system(system: &mut System) {
    match system {
        System::Windows(windows) => {
            windows.events.clear();
            forget_attempts(&mut windows.accounts);
            windows.clock.last_sync = None;
            windows.policy.last_applied = None;
            windows.defender.last_scan = None;
            windows.printers.iter_mut().for_each(|printer| printer.jobs.retain(|job| job.state != JobState::Printed));
        }
        System::Linux(linux) => {
            linux.journal.clear();
            linux.units.values_mut().for_each(|unit| unit.since = Time::default());
            forget_attempts(&mut linux.accounts);
        }
        System::Ios(ios) => ios.log.clear(),
        System::Printer(printer) => {
            printer.output.clear();
            printer.pages_printed = 0;
            // A page uses a little; what counts is whether there is any.
            printer.toner = u16::from(printer.toner > FADES_BELOW);
            printer.trays.iter_mut().for_each(|tray| tray.sheets = u16::from(tray.sheets > 0));
        }
        System::AccessPoint(_) | System::Fixed => {}
    }
}
