//! Print jobs: from the program through queue and port to paper.
//!
//! A job is a line in a queue and two files in the spool folder. The spooler takes the first job of a queue and sends it; one
//! that hangs keeps all behind it waiting. Pages that come out lie in [`crate::world::printer::Printer::output`], with their defects.

pub mod paper;
pub mod parts;
pub mod scan;
pub mod spool;

pub use paper::{Trouble, display};
pub use parts::{clean, replace};
pub use scan::scan;
pub use spool::{cancel, live_jobs, restart_job, submit};

use crate::net::{Connection, connect};
use crate::time::{Span, Timer};
use crate::world::windows::{InstalledPrinter, Job, JobState, PrinterPort};
use crate::world::{DeviceId, World};

/// Raw TCP printing, known by the port of the first print servers that did it.
const RAW: u16 = 9100;
/// How long a page and the way to the printer take.
const SENDING: Span = Span::seconds(4);
/// A job that could not be sent is tried again.
const AGAIN: Span = Span::minutes(1);

/// Why a job stays in its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    SpoolerStopped,
    Paused,
    /// The first job of the queue hangs.
    Hung,
    /// The port's address does not answer.
    Offline,
    /// The print server or its queue is not there.
    ServerUnreachable,
    /// 0x0000011b: the server wants a protection of the connection that this machine does not have.
    RpcRefused,
    Printer(Trouble),
}

/// The spooler looks at every queue of a machine; while something waits it comes back.
pub fn print_queue(world: &mut World, device: DeviceId) {
    spool::forget_deleted(world, device);
    let queues = world.device(device).windows().map_or(0, |windows| windows.printers.len());
    let mut waiting = false;
    for queue in 0..queues {
        waiting |= work(world, device, queue);
    }
    if waiting {
        world.timers.cancel(&Timer::PrintQueue(device));
        world.timers.set(world.now + AGAIN, Timer::PrintQueue(device));
    }
}

/// The spooler comes to a queue soon.
pub fn wake(world: &mut World, device: DeviceId) {
    world.timers.cancel(&Timer::PrintQueue(device));
    world.timers.set(world.now + SENDING, Timer::PrintQueue(device));
}

/// Sends the jobs of one queue in order; true while some are left.
fn work(world: &mut World, device: DeviceId, queue: usize) -> bool {
    loop {
        let Some(printer) = installed(world, device, queue) else { return false };
        let Some(job) = printer.jobs.first().cloned() else { return false };
        match send(world, device, queue, &job) {
            Ok(()) => spool::take_out(world, device, queue, job.id),
            Err(stuck) => {
                let state = match stuck {
                    Stuck::SpoolerStopped | Stuck::Paused => return true,
                    Stuck::Hung if job.state == JobState::Deleting => JobState::Deleting,
                    Stuck::Hung | Stuck::RpcRefused | Stuck::Offline | Stuck::ServerUnreachable | Stuck::Printer(_) => {
                        JobState::Error
                    }
                };
                spool::set_state(world, device, queue, job.id, state);
                return true;
            }
        }
    }
}

fn installed(world: &World, device: DeviceId, queue: usize) -> Option<&InstalledPrinter> {
    world.device(device).windows()?.printers.get(queue)
}

/// Whether the next job of a queue would come through, and why not.
pub fn send(world: &mut World, device: DeviceId, queue: usize, job: &Job) -> Result<(), Stuck> {
    let Some(printer) = installed(world, device, queue).cloned() else { return Err(Stuck::Offline) };
    if !crate::machine::runs(world, device, "Spooler") {
        return Err(Stuck::SpoolerStopped);
    }
    if printer.paused {
        return Err(Stuck::Paused);
    }
    if job.corrupt {
        return Err(Stuck::Hung);
    }
    match &printer.port {
        PrinterPort::File => Ok(()),
        PrinterPort::Usb(target) if crate::machine::is_up(world, *target) => {
            paper::print(world, *target, &printer, job).map_err(Stuck::Printer)
        }
        PrinterPort::Usb(_) => Err(Stuck::Offline),
        PrinterPort::Ip(address) => match connect(world, device, *address, RAW) {
            Connection::Connected { device: target, .. } => paper::print(world, target, &printer, job).map_err(Stuck::Printer),
            _ => Err(Stuck::Offline),
        },
        PrinterPort::Share(server, share) => through_server(world, device, server, share, &printer, job),
    }
}

/// Over a print server: its file service, its spooler, its queue, and then its own port. The client's driver draws the pages.
fn through_server(
    world: &mut World,
    device: DeviceId,
    server: &str,
    share: &str,
    client: &InstalledPrinter,
    job: &Job,
) -> Result<(), Stuck> {
    let server = super::sign_in::shares::reach(world, device, server).ok_or(Stuck::ServerUnreachable)?;
    if !crate::machine::runs(world, server, "Spooler") {
        return Err(Stuck::ServerUnreachable);
    }
    if server != device && !rpc_allowed(world, device, server) {
        return Err(Stuck::RpcRefused);
    }
    spool::forget_deleted(world, server);
    let queue = world.device(server).windows().and_then(|windows| {
        windows
            .printers
            .iter()
            .position(|printer| printer.share.eq_ignore_ascii_case(share) && !matches!(printer.port, PrinterPort::Share(..)))
    });
    let Some(queue) = queue else { return Err(Stuck::ServerUnreachable) };
    let hung = installed(world, server, queue).is_some_and(|printer| printer.jobs.first().is_some_and(|first| first.corrupt));
    if hung {
        return Err(Stuck::Hung);
    }
    // The server's queue has the port, the client's driver the language and the form.
    let sent = InstalledPrinter {
        driver: client.driver,
        paper: client.paper,
        ..installed(world, server, queue).cloned().unwrap_or_default()
    };
    send_drawn(world, server, queue, &sent, job)
}

fn send_drawn(world: &mut World, server: DeviceId, queue: usize, drawn: &InstalledPrinter, job: &Job) -> Result<(), Stuck> {
    let kept = installed(world, server, queue).cloned().unwrap_or_default();
    if let Some(slot) = world.device_mut(server).windows_mut().and_then(|windows| windows.printers.get_mut(queue)) {
        slot.clone_from(drawn);
    }
    let result = send(world, server, queue, job);
    if let Some(slot) = world.device_mut(server).windows_mut().and_then(|windows| windows.printers.get_mut(queue)) {
        *slot = kept;
    }
    result
}

/// Name of the value that switches the protection of print connections off on a server (Microsoft KB5005010's follow-up).
pub const RPC_PRIVACY: &str = r"HKLM\System\CurrentControlSet\Control\Print\RpcAuthnLevelPrivacyEnabled";
/// What a client needs to speak with a server that protects its print connections.
pub const RPC_UPDATE: &str = "Print connections: packet privacy";

/// A server that protects its print connections refuses clients that cannot.
#[must_use]
pub fn rpc_allowed(world: &World, client: DeviceId, server: DeviceId) -> bool {
    let windows = |device: DeviceId| world.device(device).windows();
    let needed = windows(server).is_some_and(|windows| windows.registry.get(RPC_PRIVACY).is_none_or(|value| value != "0"));
    let missing = windows(client).is_some_and(|windows| windows.updates.waiting.iter().any(|update| update.title == RPC_UPDATE));
    !(needed && missing)
}

/// The printer a queue leads to, as far as addresses tell: whether it can be reached is another question.
#[must_use]
pub fn target(world: &World, port: &PrinterPort) -> Option<DeviceId> {
    match port {
        PrinterPort::File => None,
        PrinterPort::Usb(device) => Some(*device),
        PrinterPort::Ip(address) => world
            .devices
            .iter()
            .find(|device| device.printer().is_some() && paper::addresses(device).contains(address))
            .map(|device| device.id),
        PrinterPort::Share(server, share) => {
            let windows = world.find(server).and_then(|server| world.device(server).windows())?;
            let queue = windows.printers.iter().find(|printer| printer.share.eq_ignore_ascii_case(share))?;
            if matches!(queue.port, PrinterPort::Share(..)) { None } else { target(world, &queue.port) }
        }
    }
}
