//! P1, P2, P3, P5, P11: between the program and the wire.

use super::super::twin;
use super::{keeper, paths, queue, queue_mut, target};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::print::{self, spool};
use crate::time::Span;
use crate::world::windows::{
    Event, EventLevel, EventLog, InstalledPrinter, Job, JobState, PrinterLanguage, PrinterPort, ServiceState, StartType, Update,
};
use crate::world::{DeviceId, World};

pub const P1: Fault = Fault {
    id: "P1",
    title: "Another printer is the default",
    layer: Layer::Application,
    component: "default printer",
    tier: Tier::T1,
    targets: defaults,
    inject: another_default,
    traces: no_traces,
    present: wrong_default,
    repair: own_default,
};

pub const P2: Fault = Fault {
    id: "P2",
    title: "A corrupt job hangs the spooler",
    layer: Layer::OperatingSystem,
    component: "print queue",
    tier: Tier::T1,
    targets: queues,
    inject: hang,
    traces: no_traces,
    present: hangs,
    repair: unhang,
};

pub const P3: Fault = Fault {
    id: "P3",
    title: "The print spooler has stopped and does not start by itself",
    layer: Layer::OperatingSystem,
    component: "print spooler",
    tier: Tier::T1,
    targets: spoolers,
    inject: stop,
    traces: stopped,
    present: not_running,
    repair: start,
};

pub const P5: Fault = Fault {
    id: "P5",
    title: "The driver speaks a language that the printer does not",
    layer: Layer::Application,
    component: "printer driver",
    tier: Tier::T1,
    targets: defaults,
    inject: foreign_driver,
    traces: no_traces,
    present: does_not_speak,
    repair: own_driver,
};

pub const P11: Fault = Fault {
    id: "P11",
    title: "The client lacks the update that the print server's protected connections need",
    layer: Layer::OperatingSystem,
    component: "update",
    tier: Tier::T2,
    targets: shared,
    inject: unpatch,
    traces: no_traces,
    present: unpatched,
    repair: patch,
};

/// What everybody has beside their printer.
const TO_FILE: &str = "Microsoft Print to PDF";

fn defaults(world: &World) -> Vec<Target> {
    paths(world)
        .into_iter()
        .filter(|(_, queue, _)| queue.default)
        .map(|(device, queue, printer)| target(world, device, &queue.name, printer))
        .collect()
}

fn another_default(world: &mut World, target: &Target, _chance: &mut Chance) {
    let Some(windows) = world.device_mut(target.device).windows_mut() else { return };
    if !windows.printers.iter().any(|queue| queue.name == TO_FILE) {
        let driver = PrinterLanguage::Pdf;
        windows.printers.push(InstalledPrinter { name: TO_FILE.to_owned(), driver, ..InstalledPrinter::default() });
    }
    for queue in &mut windows.printers {
        queue.default = queue.name == TO_FILE;
    }
}

fn wrong_default(world: &World, target: &Target) -> bool {
    queue(world, target.device, &target.name).is_none_or(|queue| !queue.default)
}

fn own_default(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.printers.retain(|queue| well.printers.iter().any(|kept| kept.name == queue.name));
        for queue in &mut sick.printers {
            queue.default = well.printers.iter().any(|kept| kept.name == queue.name && kept.default);
        }
    }
}

/// The queue whose spooler sends the pages: on the computer, or on its print server.
fn queues(world: &World) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    for (device, queue, printer) in paths(world).into_iter().filter(|(_, queue, _)| queue.default) {
        let at = keeper(world, device, queue);
        let name = match &queue.port {
            PrinterPort::Share(_, share) => shared_as(world, at, share).unwrap_or_default(),
            _ => queue.name.clone(),
        };
        let target = Target { person: world.device(device).user, other: Some(printer), name, ..Target::device(at) };
        if found.iter().all(|known| (known.device, &known.name) != (target.device, &target.name)) {
            found.push(target);
        }
    }
    found
}

fn shared_as(world: &World, server: DeviceId, share: &str) -> Option<String> {
    let queues = &world.device(server).windows()?.printers;
    queues.iter().find(|queue| queue.share.eq_ignore_ascii_case(share)).map(|queue| queue.name.clone())
}

fn hang(world: &mut World, target: &Target, chance: &mut Chance) {
    let now = world.now;
    let user = target.person.map(|person| world.person(person).account.clone()).unwrap_or_default();
    let first = chance.between(20, 90);
    let documents = ["Invoice batch.pdf", "Rota.xlsx", "Letter.docx"];
    let Some(windows) = world.device_mut(target.device).windows_mut() else { return };
    let Some(queue) = windows.printers.iter_mut().find(|queue| queue.name == target.name) else { return };
    let ids = first..;
    for ((id, document), minutes) in ids.zip(documents).zip([35, 20, 5]) {
        queue.jobs.push(Job {
            id,
            document: document.to_owned(),
            user: user.clone(),
            pages: 2,
            state: if id == first { JobState::Error } else { JobState::Waiting },
            corrupt: id == first,
            at: now - Span::minutes(minutes),
        });
    }
    let jobs: Vec<u32> = queue.jobs.iter().map(|job| job.id).collect();
    for id in jobs {
        spool::write_files(windows, id, 2, now);
    }
}

/// While the file of a corrupt job lies in the spool folder, a restart of the spooler brings it back.
fn hangs(world: &World, target: &Target) -> bool {
    let Some(windows) = world.device(target.device).windows() else { return false };
    print::live_jobs(windows, &target.name).iter().any(|job| job.corrupt)
}

fn unhang(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        let names = |windows: &crate::world::windows::Windows| -> Vec<u32> {
            windows.printers.iter().flat_map(|queue| &queue.jobs).map(|job| job.id).collect()
        };
        let kept = names(well);
        for id in names(sick).into_iter().filter(|id| !kept.contains(id)) {
            for file in spool::files_of(id) {
                sick.files.0.remove(&file);
            }
        }
        if let Some((sick, well)) = sick
            .printers
            .iter_mut()
            .find(|queue| queue.name == target.name)
            .zip(well.printers.iter().find(|queue| queue.name == target.name))
        {
            sick.jobs.clone_from(&well.jobs);
        }
    }
}

fn spoolers(world: &World) -> Vec<Target> {
    let mut found: Vec<Target> = queues(world);
    found.retain(|target| crate::machine::runs(world, target.device, "Spooler"));
    for target in &mut found {
        "Spooler".clone_into(&mut target.name);
    }
    found.dedup_by_key(|target| target.device);
    found
}

fn stop(world: &mut World, target: &Target, _chance: &mut Chance) {
    let windows = world.device_mut(target.device).windows_mut();
    if let Some(service) = windows.and_then(|windows| windows.services.get_mut("Spooler")) {
        service.state = ServiceState::Stopped;
        service.start = StartType::Disabled;
        service.pid = 0;
        // ERROR_PROCESS_ABORTED, as the service manager notes a process that died.
        service.exit_code = 1067;
    }
}

fn stopped(world: &mut World, target: &Target) {
    let at = world.now - Span::minutes(40);
    let event = Event {
        at,
        log: EventLog::System,
        source: "Service Control Manager".into(),
        id: 7034,
        level: EventLevel::Error,
        text: "The Print Spooler service terminated unexpectedly.  It has done this 1 time(s).".into(),
    };
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        let place = windows.events.iter().rposition(|other| other.at <= at).map_or(0, |last| last.saturating_add(1));
        windows.events.insert(place, event);
    }
}

/// Running now is half of it: one that is disabled is gone after the next start.
fn not_running(world: &World, target: &Target) -> bool {
    let service = world.device(target.device).windows().and_then(|windows| windows.services.get("Spooler"));
    service.is_none_or(|service| {
        service.state != ServiceState::Running || !matches!(service.start, StartType::Automatic | StartType::AutomaticDelayed)
    })
}

fn start(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device)
        && let Some((sick, well)) = sick.services.get_mut("Spooler").zip(well.services.get("Spooler"))
    {
        sick.clone_from(well);
    }
}

fn languages(world: &World, printer: Option<DeviceId>) -> Vec<PrinterLanguage> {
    printer.and_then(|printer| world.device(printer).printer()).map(|printer| printer.languages.clone()).unwrap_or_default()
}

fn foreign_driver(world: &mut World, target: &Target, _chance: &mut Chance) {
    let spoken = languages(world, target.other);
    let foreign = [PrinterLanguage::PostScript, PrinterLanguage::Pcl, PrinterLanguage::Pdf];
    let driver = foreign.into_iter().find(|language| !spoken.contains(language));
    if let Some((queue, driver)) = queue_mut(world, target.device, &target.name).zip(driver) {
        queue.driver = driver;
    }
}

fn does_not_speak(world: &World, target: &Target) -> bool {
    let spoken = languages(world, target.other);
    queue(world, target.device, &target.name).is_some_and(|queue| !spoken.contains(&queue.driver))
}

fn own_driver(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::queue(world, healthy, target.device, &target.name) {
        sick.driver = well.driver;
    }
}

/// Computers that print through a server.
fn shared(world: &World) -> Vec<Target> {
    defaults(world)
        .into_iter()
        .filter(|target| {
            let through =
                queue(world, target.device, &target.name).is_some_and(|queue| matches!(queue.port, PrinterPort::Share(..)));
            through && !unpatched(world, target)
        })
        .collect()
}

fn unpatch(world: &mut World, target: &Target, _chance: &mut Chance) {
    let now = world.now;
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        let update = Update {
            kb: "KB0900048".to_owned(),
            title: print::RPC_UPDATE.to_owned(),
            at: now - Span::days(20),
            ..Update::default()
        };
        windows.updates.waiting.push(update);
    }
}

/// A server that gave up its protection prints, and the client is as it was.
fn unpatched(world: &World, target: &Target) -> bool {
    let updates = world.device(target.device).windows().map(|windows| windows.updates.waiting.as_slice()).unwrap_or_default();
    updates.iter().any(|update| update.title == print::RPC_UPDATE)
}

fn patch(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.updates.waiting.clone_from(&well.updates.waiting);
    }
}
