//! `Get-Printer`, `Get-PrintJob`, `Remove-PrintJob`.

use super::{Answer, Call, Column, Failure, Object, Parameter, View, column, number, windows};
use crate::shell::Session;
use crate::world::World;
use crate::world::windows::{InstalledPrinter, Job, JobState, PrinterPort};

pub const GET: &[Parameter] = &[Parameter::positional("Name")];
pub const JOBS: &[Parameter] = &[Parameter::positional("PrinterName"), Parameter::named("ID")];
pub const REMOVE: &[Parameter] = &[Parameter::positional("PrinterName"), Parameter::positional("ID")];

const PRINTERS: &[Column] = &[
    column("Name", "Name"),
    column("Type", "Type"),
    column("DriverName", "DriverName"),
    column("PortName", "PortName"),
    column("Shared", "Shared"),
    column("PrinterStatus", "PrinterStatus"),
    number("JobCount", "JobCount"),
];
const QUEUE: &[Column] = &[
    column("Id", "Id"),
    column("PrinterName", "PrinterName"),
    column("DocumentName", "DocumentName"),
    column("UserName", "UserName"),
    column("JobStatus", "JobStatus"),
];

/// Without the spooler there is nobody to ask.
fn spooler(world: &World, session: &Session, cmdlet: &str) -> Option<Failure> {
    if crate::machine::runs(world, session.device, "Spooler") {
        return None;
    }
    Some(Failure::new(
        "The spooler service is not reachable. Ensure the spooler service is running.",
        format!("NotSpecified: (MSFT_Printer:ROOT/StandardCimv2/MSFT_Printer) [{cmdlet}], CimException"),
        format!("HRESULT 0x800706ba,{cmdlet}"),
    ))
}

fn no_printer(name: &str, cmdlet: &str) -> Failure {
    Failure::new(
        format!("The specified printer was not found: {name}"),
        format!("ObjectNotFound: (MSFT_Printer:ROOT/StandardCimv2/MSFT_Printer) [{cmdlet}], CimException"),
        format!("HRESULT 0x80070709,{cmdlet}"),
    )
}

fn port(printer: &InstalledPrinter) -> String {
    match &printer.port {
        PrinterPort::Ip(address) => format!("IP_{address}"),
        PrinterPort::Share(server, share) => format!("\\\\{server}\\{share}"),
        PrinterPort::Usb(_) => "USB001".to_owned(),
        PrinterPort::File => "PORTPROMPT:".to_owned(),
    }
}

pub fn get(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    if let Some(failure) = spooler(world, session, "Get-Printer") {
        return Answer::failed(failure);
    }
    let mut answer = Answer { view: View::Table(PRINTERS), ..Answer::default() };
    let Some(windows) = windows(world, session) else { return answer };
    let wanted = call.list("Name");
    for name in wanted.iter().filter(|name| !name.contains('*')) {
        if !windows.printers.iter().any(|printer| printer.name.eq_ignore_ascii_case(name)) {
            answer.failures.push(no_printer(name, "Get-Printer"));
        }
    }
    answer.objects = windows
        .printers
        .iter()
        .filter(|printer| wanted.is_empty() || wanted.iter().any(|wanted| super::fits(wanted, &printer.name)))
        .map(|printer| {
            let connection = matches!(printer.port, PrinterPort::Share(..));
            let stuck = printer.jobs.iter().any(|job| job.state == JobState::Error);
            let status = if printer.paused {
                "Paused"
            } else if stuck {
                "Error"
            } else {
                "Normal"
            };
            Object::new()
                .with("Name", printer.name.as_str())
                .with("Type", if connection { "Connection" } else { "Local" })
                .with("DriverName", format!("{:?}", printer.driver))
                .with("PortName", port(printer))
                .with("Shared", !printer.share.is_empty())
                .with("PrinterStatus", status)
                .with("JobCount", u32::try_from(printer.jobs.len()).unwrap_or(u32::MAX))
                .with("Default", printer.default)
        })
        .collect();
    answer
}

fn status(job: &Job) -> &'static str {
    match job.state {
        JobState::Spooling => "Spooling",
        JobState::Waiting => "Normal",
        JobState::Printing => "Printing",
        JobState::Error => "Error",
        JobState::Deleting => "Deleting",
        JobState::Printed => "Printed",
    }
}

pub fn jobs(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    if let Some(failure) = spooler(world, session, "Get-PrintJob") {
        return Answer::failed(failure);
    }
    let mut answer = Answer { view: View::Table(QUEUE), ..Answer::default() };
    let Some(windows) = windows(world, session) else { return answer };
    let mut names = call.list("PrinterName").to_vec();
    names.extend(call.input.iter().map(|object| object.text("Name")));
    for name in names {
        let Some(printer) = windows.printers.iter().find(|printer| printer.name.eq_ignore_ascii_case(&name)) else {
            answer.failures.push(no_printer(&name, "Get-PrintJob"));
            continue;
        };
        let wanted = |job: &&Job| call.text("ID").is_none_or(|id| id.parse() == Ok(job.id));
        answer.objects.extend(printer.jobs.iter().filter(wanted).map(|job| {
            Object::new()
                .with("Id", job.id)
                .with("PrinterName", printer.name.as_str())
                .with("DocumentName", job.document.as_str())
                .with("UserName", job.user.as_str())
                .with("JobStatus", status(job))
                .with("TotalPages", u32::from(job.pages))
        }));
    }
    answer
}

pub fn remove(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    if let Some(failure) = spooler(world, session, "Remove-PrintJob") {
        return Answer::failed(failure);
    }
    let mut targets: Vec<(String, String)> = Vec::new();
    if let (Some(printer), Some(id)) = (call.text("PrinterName"), call.text("ID")) {
        targets.push((printer.to_owned(), id.to_owned()));
    }
    targets.extend(call.input.iter().map(|object| (object.text("PrinterName"), object.text("Id"))));
    let mut answer = Answer::default();
    let (user, elevated) = (session.user.clone(), session.elevated);
    let Some(windows) = world.device_mut(session.device).windows_mut() else { return answer };
    for (name, id) in targets {
        let Some(printer) = windows.printers.iter_mut().find(|printer| printer.name.eq_ignore_ascii_case(&name)) else {
            answer.failures.push(no_printer(&name, "Remove-PrintJob"));
            continue;
        };
        let Some(at) = printer.jobs.iter().position(|job| id.parse() == Ok(job.id)) else {
            answer.failures.push(Failure::new(
                "The specified print job was not found.",
                "ObjectNotFound: (MSFT_PrintJob:ROOT/StandardCimv2/MSFT_PrintJob) [Remove-PrintJob], CimException",
                "HRESULT 0x80070057,Remove-PrintJob",
            ));
            continue;
        };
        let own = printer.jobs.get(at).is_some_and(|job| job.user.eq_ignore_ascii_case(&user));
        // A corrupt job stays "Deleting" for as long as the spooler holds it.
        match printer.jobs.get_mut(at) {
            _ if !own && !elevated => answer.failures.push(Failure::new(
                "Access was denied to the specified resource.",
                "PermissionDenied: (MSFT_PrintJob:ROOT/StandardCimv2/MSFT_PrintJob) [Remove-PrintJob], CimException",
                "HRESULT 0x80070005,Remove-PrintJob",
            )),
            Some(job) if job.corrupt => job.state = JobState::Deleting,
            _ => _ = printer.jobs.remove(at),
        }
    }
    answer
}
