//! What one does to printers and jobs.

use std::net::Ipv4Addr;

use crate::machine::print::{self, Stuck, Trouble};
use crate::machine::sign_in::shares;
use crate::panel::parts::{number, refuse};
use crate::panel::{Operation, Refused};
use crate::time::Span;
use crate::world::printer::{Defect, Paper};
use crate::world::windows::{InstalledPrinter, Job, PrinterLanguage, PrinterPort};
use crate::world::{DeviceId, World};

/// How long somebody waits at the printer for a page.
const WALK: Span = Span::seconds(30);

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    match operation.verb.as_str() {
        "cancel" | "restart" => return job(world, device, operation),
        "add" => return add(world, device, operation.value("printer")),
        _ => {}
    }
    let Some(queue) = queue(world, device, &operation.target).cloned() else {
        return refuse(format!("There is no printer “{}” here.", operation.target));
    };
    match operation.verb.as_str() {
        "set-default" => {
            for other in world.device_mut(device).windows_mut().into_iter().flat_map(|windows| &mut windows.printers) {
                other.default = other.name == queue.name;
            }
            Ok(format!("{} is the default printer.", queue.name))
        }
        "pause" => change(world, device, &queue.name, |queue| queue.paused = true, "Paused."),
        "resume" => change(world, device, &queue.name, |queue| queue.paused = false, "Printing goes on."),
        "cancel-all" => Ok(cancel_all(world, device, &queue)),
        "test-page" => Ok(test_page(world, device, &queue)),
        "set-port" => set_port(world, device, &queue, operation.value("address")),
        "set-driver" => {
            let driver = match operation.value("driver") {
                "pcl" => PrinterLanguage::Pcl,
                "postscript" => PrinterLanguage::PostScript,
                other => return refuse(format!("There is no driver “{other}”.")),
            };
            change(world, device, &queue.name, |queue| queue.driver = driver, "The driver is installed.")
        }
        "set-paper" => {
            let Some(paper) = paper(operation.value("paper")) else { return refuse("Choose a4, letter or legal.") };
            change(world, device, &queue.name, |queue| queue.paper = paper, "The preferences are saved.")
        }
        "remove" => {
            if let Some(windows) = world.device_mut(device).windows_mut() {
                windows.printers.retain(|other| other.name != queue.name);
            }
            Ok(format!("{} was removed.", queue.name))
        }
        _ => operation.unknown(),
    }
}

/// A form by the word that scripts use.
pub fn paper(text: &str) -> Option<Paper> {
    Some(match text.to_lowercase().as_str() {
        "a4" => Paper::A4,
        "letter" => Paper::Letter,
        "legal" => Paper::Legal,
        _ => return None,
    })
}

fn queue<'w>(world: &'w World, device: DeviceId, name: &str) -> Option<&'w InstalledPrinter> {
    world.device(device).windows()?.printers.iter().find(|queue| queue.name.eq_ignore_ascii_case(name))
}

fn change(
    world: &mut World,
    device: DeviceId,
    name: &str,
    change: impl FnOnce(&mut InstalledPrinter),
    said: &str,
) -> Result<String, Refused> {
    let windows = world.device_mut(device).windows_mut();
    let queue = windows.and_then(|windows| windows.printers.iter_mut().find(|queue| queue.name == name));
    let Some(queue) = queue else { return refuse(format!("There is no printer “{name}” here.")) };
    change(queue);
    print::wake(world, device);
    Ok(said.to_owned())
}

fn job(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let id: u32 = number(&operation.target, "job")?;
    let name = world
        .device(device)
        .windows()
        .and_then(|windows| windows.printers.iter().find(|queue| queue.jobs.iter().any(|job| job.id == id)))
        .map(|queue| queue.name.clone());
    let Some(name) = name else { return refuse(format!("There is no job {id}.")) };
    if operation.verb == "restart" {
        print::restart_job(world, device, &name, id);
        return Ok(format!("Job {id} starts again."));
    }
    let done = print::cancel(world, device, &name, id);
    print::wake(world, device);
    Ok(if done { format!("Job {id} was cancelled.") } else { format!("Job {id}: Deleting - Printing") })
}

fn cancel_all(world: &mut World, device: DeviceId, queue: &InstalledPrinter) -> String {
    let left = queue.jobs.iter().filter(|job| !print::cancel(world, device, &queue.name, job.id)).count();
    if left == 0 { "The queue is empty.".to_owned() } else { format!("{left} document(s): Deleting - Printing") }
}

/// Sends a test page, waits for it, and says what lies in the tray.
fn test_page(world: &mut World, device: DeviceId, queue: &InstalledPrinter) -> String {
    let user = world.device(device).windows().and_then(|windows| windows.signed_in.clone()).unwrap_or_default();
    let Some(id) = print::submit(world, device, &queue.name, "Test Page", &user, 1) else {
        return "The test page was not sent.".to_owned();
    };
    world.wait(WALK);
    let waiting = self::queue(world, device, &queue.name)
        .and_then(|queue| queue.jobs.iter().position(|job| job.id == id).map(|at| (at, queue.clone())));
    match waiting {
        None => arrived(world, queue),
        Some((0, _)) => {
            let why = why(world, device, queue);
            format!("The test page is still in the queue: {why}.")
        }
        Some((before, _)) => format!("The test page is still in the queue, behind {before} other document(s)."),
    }
}

fn arrived(world: &World, queue: &InstalledPrinter) -> String {
    let Some(target) = print::target(world, &queue.port) else {
        return "A file was written. Nothing came out on paper.".to_owned();
    };
    let name = &world.device(target).name;
    let page = world.device(target).printer().and_then(|printer| printer.output.last());
    page.map_or_else(|| format!("{name} says it printed the page."), |page| page_text(name, &page.defects))
}

/// What somebody sees who takes a page out of a printer.
pub fn page_text(printer: &str, defects: &[Defect]) -> String {
    if defects.is_empty() {
        return format!("A clean page came out of {printer}.");
    }
    let seen: Vec<_> = defects.iter().map(|defect| print::paper::defect(*defect)).collect();
    format!("A page came out of {printer}: {}.", seen.join("; "))
}

/// Tried on a copy: asking why must not print.
fn why(world: &World, device: DeviceId, queue: &InstalledPrinter) -> String {
    let mut copy = world.clone();
    let at = copy.device(device).windows().and_then(|windows| windows.printers.iter().position(|other| other.name == queue.name));
    let first = at.and_then(|at| copy.device(device).windows()?.printers.get(at)?.jobs.first().cloned());
    let job = first.unwrap_or_else(|| Job { pages: 1, ..Job::default() });
    match at.map(|at| print::send(&mut copy, device, at, &job)) {
        Some(Err(stuck)) => stuck_text(stuck),
        _ => "Waiting".to_owned(),
    }
}

/// A queue's state in words.
pub fn stuck_text(stuck: Stuck) -> String {
    match stuck {
        Stuck::SpoolerStopped => "the print spooler is not running".to_owned(),
        Stuck::Paused => "Paused".to_owned(),
        Stuck::Hung => "Error - Printing".to_owned(),
        Stuck::Offline | Stuck::Printer(Trouble::Offline) => "Offline".to_owned(),
        Stuck::ServerUnreachable => "the print server cannot be reached".to_owned(),
        Stuck::RpcRefused => RPC_ERROR.to_owned(),
        Stuck::Printer(Trouble::Jam) => "Paper Jam".to_owned(),
        Stuck::Printer(Trouble::NoToner) => "Toner/Ink Low".to_owned(),
        Stuck::Printer(Trouble::LoadPaper(paper)) => format!("Out of paper: {}", print::paper::size(paper)),
    }
}

const RPC_ERROR: &str = "Windows cannot connect to the printer. Operation failed with error 0x0000011b.";

fn set_port(world: &mut World, device: DeviceId, queue: &InstalledPrinter, address: &str) -> Result<String, Refused> {
    let address: Ipv4Addr = match address.trim().parse() {
        Ok(address) => address,
        Err(_) => match crate::net::dns::resolve(world, device, address.trim()) {
            crate::net::dns::Resolution::Address(address) => address,
            _ => return refuse("The printer name or IP address is not valid."),
        },
    };
    change(world, device, &queue.name, |queue| queue.port = PrinterPort::Ip(address), "The port is configured.")
}

/// The printers that servers share: `\\SRV-1\Front desk`.
pub fn shared_printers(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for device in &world.devices {
        for queue in device.windows().into_iter().flat_map(|windows| &windows.printers) {
            if !queue.share.is_empty() {
                found.push(format!("\\\\{}\\{}", device.name, queue.share));
            }
        }
    }
    found
}

fn add(world: &mut World, device: DeviceId, path: &str) -> Result<String, Refused> {
    let Some((server, share, _)) = shares::parse(path) else { return refuse("Enter a printer as \\\\server\\printer.") };
    let (server, share) = (server.to_owned(), share.to_owned());
    let Some(found) = shares::reach(world, device, &server) else {
        return refuse("Windows couldn't connect to the printer. Check the printer name and try again.");
    };
    let kept = world
        .device(found)
        .windows()
        .and_then(|windows| windows.printers.iter().find(|queue| queue.share.eq_ignore_ascii_case(&share)).cloned());
    let Some(kept) = kept.filter(|_| crate::machine::runs(world, found, "Spooler")) else {
        return refuse("Windows couldn't connect to the printer. Check the printer name and try again.");
    };
    if !print::rpc_allowed(world, device, found) {
        return refuse(RPC_ERROR);
    }
    let name = format!("{} on {}", kept.share, server.to_uppercase());
    let Some(windows) = world.device_mut(device).windows_mut() else { return refuse("This is no Windows computer.") };
    if windows.printers.iter().any(|queue| queue.name == name) {
        return refuse(format!("{name} is already installed."));
    }
    windows.printers.push(InstalledPrinter {
        name: name.clone(),
        port: PrinterPort::Share(server, kept.share.clone()),
        driver: kept.driver,
        paper: kept.paper,
        ..InstalledPrinter::default()
    });
    Ok(format!("{name} has been added."))
}
