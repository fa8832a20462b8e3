//! What lasts in a world: everything but what learns, counts, logs and passes by itself.
//!
//! Two worlds with one essence differ in nothing that anybody has changed.

use super::action::Action;
use crate::sorted::Set;
use crate::time::{Time, Timer};
use crate::world::device::{Device, System};
use crate::world::person::Person;
use crate::world::port::Counters;
use crate::world::shared::Shared;
use crate::world::windows::JobState;
use crate::world::{DeviceId, World};

/// Permille of toner below which pages fade.
const FADES_BELOW: u16 = 50;

/// Commands that only read, and save what they read into a file of their own: `powercfg /batteryreport`.
const REPORTS: [&str; 1] = ["powercfg"];

/// Whether an action changed something that lasts. What time alone would have changed meanwhile it did not change: the same world
/// is left alone for as long, and compared.
#[must_use]
pub fn changed_by(action: &Action, before: &World, after: &World) -> bool {
    if !changed(before, after) {
        return false;
    }
    let mut alone = before.clone();
    alone.wait(after.now - before.now);
    match action {
        Action::Shell { device, line, .. } if is_report(line) => changed(&alone, &without_new_files(before, after, *device)),
        _ => changed(&alone, after),
    }
}

fn is_report(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    REPORTS.contains(&first.trim_end_matches(".exe")) && !line.contains(['&', '|', ';', '>'])
}

/// `after` without the files that came to this machine since `before`; one that was overwritten stays.
fn without_new_files(before: &World, after: &World, device: DeviceId) -> World {
    let mut bare = after.clone();
    let known = before.devices.iter().find(|found| found.id == device).and_then(|found| found.windows());
    if let Some(known) = known
        && let Some(windows) = bare.device_mut(device).windows_mut()
    {
        windows.files.0.retain(|path, _| known.files.0.contains_key(path));
    }
    bare
}

/// Whether two worlds differ in what lasts. Every action asks this, so only devices that have been touched are looked at closely.
#[must_use]
pub fn changed(before: &World, after: &World) -> bool {
    !rest_is_alike(before, after)
        || before.devices.len() != after.devices.len()
        || before.devices.parted(&after.devices).any(|(old, new)| device_changed(old, new))
}

/// All but the devices, field by field so that a new one cannot be forgotten.
fn rest_is_alike(before: &World, after: &World) -> bool {
    let World {
        organisation,
        domain,
        zone_minutes,
        now: _,
        timers,
        places,
        devices: _,
        cables,
        people,
        shelf,
        tenant,
        knowledge,
        tickets,
        incidents,
        not_modelled: _,
    } = after;
    before.organisation == *organisation
        && before.domain == *domain
        && before.zone_minutes == *zone_minutes
        // Somebody announced that a machine goes down; the rest runs by itself.
        && before.timers.only(announced) == timers.only(announced)
        && before.places == *places
        && before.cables == *cables
        && before.shelf == *shelf
        && before.tenant == *tenant
        && before.knowledge == *knowledge
        && before.tickets == *tickets
        && before.incidents == *incidents
        && (before.people == *people || before.people.iter().map(person).eq(people.iter().map(person)))
}

fn announced(timer: &Timer) -> bool {
    matches!(timer, Timer::ShutDown(..))
}

/// What lasts of a person: what somebody was told changes nothing in the company.
fn person(person: &Person) -> Person {
    Person {
        told: Vec::new(),
        patience: 0,
        mood: 0,
        verified: false,
        consented: Set::new(),
        misunderstands: None,
        ..person.clone()
    }
}

fn device_changed(old: &Device, new: &Device) -> bool {
    if old == new {
        return false;
    }
    let (mut old, mut new) = (old.clone(), new.clone());
    // What both still share is alike; to bare it would mean to copy it.
    if old.roles.is(&new.roles) {
        old.roles = Shared::default();
        new.roles = old.roles.clone();
    }
    if old.system.is(&new.system) {
        (old.system, new.system) = (System::Fixed, System::Fixed);
    }
    bare(&mut old);
    bare(&mut new);
    old != new
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
    let roles = &mut *device.roles;
    if let Some(dhcp) = &mut roles.dhcp {
        dhcp.scopes.iter_mut().flat_map(|scope| scope.leases.values_mut()).for_each(|lease| lease.expires = Time::default());
    }
    if let Some(dns) = &mut roles.dns {
        dns.cache.clear();
    }
    if let Some(directory) = &mut roles.directory {
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
            windows.events = Shared::default();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::trial::clinic;
    use crate::physical::{Act, PowerAct};
    use crate::shell::ShellKind;
    use crate::ticket::run::Run;

    fn changes(run: &mut Run, action: Action) -> bool {
        run.act(action, &[]).changed
    }

    fn cmd(device: DeviceId, line: &str) -> Action {
        Action::Shell { device, shell: ShellKind::Cmd, elevated: true, line: line.to_owned() }
    }

    #[test]
    fn what_time_changes_during_a_look_is_no_change_of_the_learner() {
        let mut run = Run::on(clinic());
        let (starting, other) = (run.world.find("PC-01").unwrap(), run.world.find("PC-02").unwrap());
        assert!(changes(&mut run, Action::Physical(Act::Power(starting, PowerAct::Restart))));
        assert!(!crate::machine::is_up(&run.world, starting));
        for _ in 0..3 {
            assert!(!changes(&mut run, Action::Physical(Act::Look(other))));
        }
        assert!(crate::machine::is_up(&run.world, starting), "it came up meanwhile");
    }

    #[test]
    fn a_report_is_a_look_unless_it_overwrites_something() {
        let mut run = Run::on(clinic());
        let laptop = run.world.find("LT-01").unwrap();
        assert!(!changes(&mut run, cmd(laptop, "powercfg /batteryreport")));
        assert!(!run.log[0].output.text().contains("not modelled"), "{:?}", run.log);
        let file = {
            let files = &run.world.device(laptop).windows().unwrap().files.0;
            files.iter().find(|(_, file)| !file.folder && !file.deleted).unwrap().0.clone()
        };
        assert!(changes(&mut run, cmd(laptop, &format!("powercfg /batteryreport /output \"{file}\""))));
        assert!(changes(&mut run, cmd(laptop, "powercfg /batteryreport & echo 192.0.2.1 a >> C:\\hosts.txt")));
    }

    #[test]
    fn to_announce_a_shutdown_is_a_change() {
        let mut run = Run::on(clinic());
        let machine = run.world.find("PC-01").unwrap();
        assert!(changes(&mut run, cmd(machine, "shutdown /s /t 60")));
        assert!(!changes(&mut run, Action::Wait(crate::time::Span::minutes(3))));
        assert!(!crate::machine::is_up(&run.world, machine));
    }
}
