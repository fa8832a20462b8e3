//! Printers and queues of a Windows computer.

mod operations;

pub use operations::{page_text, paper};

use super::parts::{choice, choice_of, offer, offer_on, refuse, table, text, windows, windows_mut};
use super::{Offer, Operation, Refused, Table, View};
use crate::machine::{self, print};
use crate::world::windows::{InstalledPrinter, JobState, PrinterLanguage, PrinterPort, Windows};
use crate::world::{DeviceId, World};

/// What Windows says where queues should be.
const NO_SPOOLER: &str = "The local print spooler service is not running. Please restart the spooler or restart the machine.";

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    if !machine::runs(world, device, "Spooler") {
        return Some(View { title: "Printers".to_owned(), notices: vec![NO_SPOOLER.to_owned()], ..View::default() });
    }
    Some(View {
        title: "Printers".to_owned(),
        tables: vec![queues(windows), jobs(windows)],
        operations: offers(world, windows),
        ..View::default()
    })
}

pub(super) fn queues(windows: &Windows) -> Table {
    let rows = windows.printers.iter().map(|queue| row(windows, queue)).collect();
    table("Printers", &["Printer", "Default", "Port", "Driver", "Paper", "State", "Jobs", "Shared as"], rows)
}

fn row(windows: &Windows, queue: &InstalledPrinter) -> Vec<String> {
    let live = print::live_jobs(windows, &queue.name);
    let state = if queue.paused {
        "Paused"
    } else if live.first().is_some_and(|job| job.state == JobState::Error || job.corrupt) {
        "Error"
    } else {
        "Ready"
    };
    vec![
        queue.name.clone(),
        super::parts::yes_no(queue.default).to_owned(),
        port_text(&queue.port),
        driver_text(queue.driver).to_owned(),
        print::paper::size(queue.paper).to_owned(),
        state.to_owned(),
        live.len().to_string(),
        queue.share.clone(),
    ]
}

pub(super) fn jobs(windows: &Windows) -> Table {
    let mut rows = Vec::new();
    for queue in &windows.printers {
        for job in print::live_jobs(windows, &queue.name) {
            rows.push(vec![
                job.id.to_string(),
                queue.name.clone(),
                job.document.clone(),
                job_state(job.state, job.corrupt).to_owned(),
                job.user.clone(),
                job.pages.to_string(),
            ]);
        }
    }
    table("Print queue", &["Job", "Printer", "Document", "Status", "Owner", "Pages"], rows)
}

/// As the queue's window writes it.
pub(super) fn job_state(state: JobState, corrupt: bool) -> &'static str {
    match state {
        JobState::Deleting => "Deleting",
        _ if corrupt => "Error - Printing",
        JobState::Spooling => "Spooling",
        JobState::Waiting => "",
        JobState::Printing => "Printing",
        JobState::Error => "Error",
        JobState::Printed => "Printed",
    }
}

/// The port as its tab names it.
#[must_use]
pub fn port_text(port: &PrinterPort) -> String {
    match port {
        PrinterPort::Ip(address) => format!("IP_{address}"),
        PrinterPort::Share(server, share) => format!("\\\\{server}\\{share}"),
        PrinterPort::Usb(_) => "USB001".to_owned(),
        PrinterPort::File => "PORTPROMPT:".to_owned(),
    }
}

#[must_use]
pub fn language_name(language: PrinterLanguage) -> &'static str {
    match language {
        PrinterLanguage::Pcl => "PCL",
        PrinterLanguage::PostScript => "PostScript",
        PrinterLanguage::Pdf => "PDF",
    }
}

/// The driver by the language it writes.
#[must_use]
pub fn driver_text(language: PrinterLanguage) -> &'static str {
    match language {
        PrinterLanguage::Pcl => "Universal Printing PCL 6",
        PrinterLanguage::PostScript => "Universal Printing PS",
        PrinterLanguage::Pdf => "Microsoft Print To PDF",
    }
}

fn offers(world: &World, windows: &Windows) -> Vec<Offer> {
    let names = |wanted: &dyn Fn(&InstalledPrinter) -> bool| -> Vec<String> {
        windows.printers.iter().filter(|queue| wanted(queue)).map(|queue| queue.name.clone()).collect()
    };
    let job_ids: Vec<String> =
        windows.printers.iter().flat_map(|queue| print::live_jobs(windows, &queue.name)).map(|job| job.id.to_string()).collect();
    let shared: Vec<String> = operations::shared_printers(world);
    let all = names(&|_| true);
    let mut found: Vec<Offer> = [
        offer_on("set-default", "Set as default", names(&|queue| !queue.default), Vec::new()),
        offer_on("pause", "Pause printing", names(&|queue| !queue.paused), Vec::new()),
        offer_on("resume", "Resume printing", names(&|queue| queue.paused), Vec::new()),
        offer_on("cancel", "Cancel job", job_ids.clone(), Vec::new()),
        offer_on("restart", "Restart job", job_ids, Vec::new()),
        offer_on("cancel-all", "Cancel all documents", all.clone(), Vec::new()),
        offer_on("test-page", "Print test page", all.clone(), Vec::new()),
        offer_on("set-port", "Port", all.clone(), vec![text("address", "Printer name or IP address", "")]),
        offer_on("set-driver", "Driver", all.clone(), vec![choice("driver", "Language", &["pcl", "postscript"], "pcl")]),
        offer_on(
            "set-paper",
            "Printing preferences",
            all.clone(),
            vec![choice("paper", "Paper size", &["a4", "letter", "legal"], "a4")],
        ),
        offer_on("remove", "Remove device", all, Vec::new()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let printer = choice_of("printer", "Shared printer", shared, "");
    found.push(offer("add", "Add a printer", Vec::new(), vec![printer]));
    found
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    windows_mut(world, device)?;
    if !machine::runs(world, device, "Spooler") {
        return refuse(NO_SPOOLER);
    }
    operations::apply(world, device, operation)
}
