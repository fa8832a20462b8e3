//! Probes of printing.

use crate::machine::print;
use crate::world::windows::{Job, JobState};
use crate::world::{DeviceId, World};

/// What somebody prints from a program, without choosing a printer, comes out of `printer` (a queue of this machine, or a
/// printer's label) and looks as it should.
pub fn print(world: &mut World, device: DeviceId, printer: &str) -> bool {
    let Some(windows) = world.device(device).windows() else { return false };
    let Some(at) = windows.printers.iter().position(|queue| queue.default) else { return false };
    let Some(queue) = windows.printers.get(at) else { return false };
    let meant = windows.printers.iter().find(|queue| queue.name.eq_ignore_ascii_case(printer)).map(|queue| queue.name.clone());
    let wanted = match &meant {
        Some(name) if *name == queue.name => None,
        Some(_) => return false,
        None => match world.find(printer) {
            Some(label) => Some(label),
            None => return false,
        },
    };
    // Jobs that stand in front of it in the same queue must get out of its way.
    print::print_queue(world, device);
    let Some(queue) = world.device(device).windows().and_then(|windows| windows.printers.get(at)) else { return false };
    if queue.jobs.iter().any(|job| job.corrupt || job.state == JobState::Error || job.state == JobState::Deleting) {
        return false;
    }
    let Some(target) = print::target(world, &queue.port) else { return false };
    if wanted.is_some_and(|wanted| wanted != target) {
        return false;
    }
    let job = Job { document: "Probe".to_owned(), user: "probe".to_owned(), pages: 1, ..Job::default() };
    if print::send(world, device, at, &job).is_err() {
        return false;
    }
    let output = world.device(target).printer().map(|printer| printer.output.as_slice()).unwrap_or_default();
    output.last().is_some_and(|page| page.document == "Probe" && page.defects.is_empty())
}

/// Conditions of printers: `scan-to-mail` sends a scan, `secured-release` holds confidential pages until their owner comes.
/// `None`: not a condition of this room.
pub fn condition(world: &mut World, device: DeviceId, what: &str) -> Option<bool> {
    match what {
        "scan-to-mail" => Some(print::scan(world, device) == print::scan::Scanned::Sent),
        "secured-release" => world.device(device).printer().map(|printer| printer.secured_release),
        _ => None,
    }
}
