//! Each fault of the group, its right fix, and what only looks like one.

use crate::fault::trial::{Trial, clinic};
use crate::machine::print;
use crate::panel::PanelKind;
use crate::physical::{Act, act};
use crate::probe::Probe;
use crate::shell::{Session, ShellKind, run};
use crate::world::hardware::{Spare, SparePart};
use crate::world::windows::ServiceState;

const QUEUE: &str = "Front desk";

fn probe(trial: &Trial) -> Probe {
    Probe::Print { device: trial.target.device, printer: QUEUE.to_owned() }
}

fn computer(trial: &Trial) -> String {
    trial.world.device(trial.target.device).name.clone()
}

fn elevated(trial: &mut Trial, line: &str) -> String {
    let device = trial.target.device;
    let mut session = Session { elevated: true, ..Session::open(&trial.world, device, ShellKind::Cmd).unwrap() };
    run(&mut trial.world, &mut session, line).text
}

fn printer_panel(trial: &mut Trial, verb: &str, target: &str, values: &[(&str, &str)]) -> String {
    trial.panel("PRN-1", PanelKind::PrinterPanel, verb, target, values)
}

fn put_in(trial: &mut Trial, part: &str, spare: SparePart) {
    trial.world.shelf.push(Spare { name: part.to_owned(), part: spare, count: 1 });
    let printer = trial.id("PRN-1");
    act(&mut trial.world, &Act::Replace(printer, part.to_owned(), 0)).unwrap();
}

#[test]
fn p1_another_default() {
    let mut trial = Trial::at("P1", "PC-01");
    let probe = probe(&trial);
    trial.breaks(&probe);
    elevated(&mut trial, "net stop spooler");
    elevated(&mut trial, "net start spooler");
    assert!(trial.present() && !probe.passes(&trial.world));
    let name = computer(&trial);
    trial.panel(&name, PanelKind::Printers, "set-default", QUEUE, &[]);
    trial.is_fixed(&probe);
}

#[test]
fn p2_a_corrupt_job_survives_cancel_and_restart() {
    let mut trial = Trial::at("P2", "PC-01");
    let probe = probe(&trial);
    trial.breaks(&probe);
    let name = computer(&trial);
    let view = crate::panel::view(&trial.world, trial.target.device, PanelKind::Printers).unwrap();
    let first = view.tables[1].rows[0].clone();
    assert_eq!(first[3], "Error - Printing");
    let said = trial.panel(&name, PanelKind::Printers, "cancel", &first[0], &[]);
    assert_eq!(said, format!("Job {}: Deleting - Printing", first[0]));
    elevated(&mut trial, "net stop spooler");
    elevated(&mut trial, "net start spooler");
    assert!(trial.present() && !probe.passes(&trial.world), "its file brings it back");
    elevated(&mut trial, "net stop spooler");
    elevated(&mut trial, r"del /q C:\Windows\System32\spool\PRINTERS\*.*");
    elevated(&mut trial, "net start spooler");
    trial.is_fixed(&probe);
}

#[test]
fn p3_a_stopped_spooler() {
    let mut trial = Trial::at("P3", "PC-01");
    let probe = probe(&trial);
    trial.breaks(&probe);
    let service = trial.world.device_mut(trial.target.device).windows_mut().unwrap().services.get_mut("Spooler").unwrap();
    service.state = ServiceState::Running;
    assert!(trial.present() && probe.passes(&trial.world), "started by hand it is gone after the next restart");
    elevated(&mut trial, "sc config spooler start= auto");
    trial.is_fixed(&probe);
}

#[test]
fn p4_another_address() {
    let mut trial = Trial::anywhere("P4");
    let probe = probe(&trial);
    trial.breaks(&probe);
    let (name, printer) = (computer(&trial), trial.id("PRN-1"));
    let address = print::paper::addresses(trial.world.device(printer))[0].to_string();
    trial.panel(&name, PanelKind::Printers, "set-port", QUEUE, &[("address", &address)]);
    assert!(probe.passes(&trial.world) && trial.present(), "without a reservation it will happen again");
    let mac = trial.world.device(printer).stack.interfaces[0].mac;
    let server = trial.id("SRV-1");
    let scope = &mut trial.world.device_mut(server).roles.dhcp.as_mut().unwrap().scopes[0];
    scope.reservations.insert(mac, address.parse().unwrap());
    trial.is_fixed(&probe);
}

#[test]
fn p5_a_foreign_language() {
    let mut trial = Trial::at("P5", "PC-01");
    let probe = probe(&trial);
    trial.breaks(&probe);
    let name = computer(&trial);
    let page = trial.panel(&name, PanelKind::Printers, "test-page", QUEUE, &[]);
    assert_eq!(page, "A page came out of PRN-1: lines of strange symbols.");
    assert_eq!(printer_panel(&mut trial, "test-page", "", &[]), "A clean page came out of PRN-1.");
    trial.panel(&name, PanelKind::Printers, "set-driver", QUEUE, &[("driver", "pcl")]);
    trial.is_fixed(&probe);
}

#[test]
fn p6_a_scratched_drum() {
    let mut trial = Trial::anywhere("P6");
    let probe = probe(&trial);
    trial.breaks(&probe);
    assert_eq!(printer_panel(&mut trial, "test-page", "", &[]), "A page came out of PRN-1: a vertical line from top to bottom.");
    let printer = trial.id("PRN-1");
    act(&mut trial.world, &Act::Clean(printer, "drum".to_owned())).unwrap();
    assert!(trial.present() && !probe.passes(&trial.world));
    put_in(&mut trial, "drum", SparePart::Drum);
    trial.is_fixed(&probe);
}

#[test]
fn p7_toner_that_does_not_stay() {
    let mut trial = Trial::new("P7", clinic(), |_, target| target.name.ends_with("fuser"));
    let probe = probe(&trial);
    trial.breaks(&probe);
    put_in(&mut trial, "toner", SparePart::Toner);
    assert!(trial.present() && !probe.passes(&trial.world));
    put_in(&mut trial, "fuser", SparePart::Fuser);
    trial.is_fixed(&probe);

    let mut paper = Trial::new("P7", clinic(), |_, target| target.name.ends_with("paper type"));
    paper.breaks(&probe);
    let values = [("size", "a4"), ("media", "heavy")];
    printer_panel(&mut paper, "set-tray", "Tray 1", &values);
    paper.is_fixed(&probe);
}

#[test]
fn p8_pale_pages() {
    let mut trial = Trial::new("P8", clinic(), |_, target| target.name.ends_with(": toner"));
    let probe = probe(&trial);
    trial.breaks(&probe);
    let name = computer(&trial);
    trial.panel(&name, PanelKind::Printers, "set-driver", QUEUE, &[("driver", "postscript")]);
    assert!(trial.present() && !probe.passes(&trial.world));
    put_in(&mut trial, "toner", SparePart::Toner);
    trial.is_fixed(&probe);

    let mut economy = Trial::new("P8", clinic(), |_, target| target.name.ends_with("economy mode"));
    economy.breaks(&probe);
    printer_panel(&mut economy, "set-economy", "", &[("on", "no")]);
    economy.is_fixed(&probe);
}

#[test]
fn p9_jams_without_paper() {
    let mut trial = Trial::new("P9", clinic(), |_, target| target.name.ends_with("scrap"));
    let probe = probe(&trial);
    trial.breaks(&probe);
    trial.world.device_mut(trial.target.other.unwrap()).printer_mut().unwrap().jam = None;
    assert!(trial.present() && !probe.passes(&trial.world), "off and on only clears the display");
    let printer = trial.id("PRN-1");
    act(&mut trial.world, &Act::Clean(printer, "path".to_owned())).unwrap();
    trial.is_fixed(&probe);

    let mut roller = Trial::new("P9", clinic(), |_, target| target.name.ends_with("roller"));
    act(&mut roller.world, &Act::Clean(printer, "path".to_owned())).unwrap();
    assert!(roller.present() && !probe.passes(&roller.world));
    put_in(&mut roller, "pick-up roller", SparePart::PickUpRoller);
    roller.is_fixed(&probe);
}

#[test]
fn p10_the_tray_says_another_size() {
    let mut trial = Trial::anywhere("P10");
    let probe = probe(&trial);
    trial.breaks(&probe);
    printer_panel(&mut trial, "load-tray", "Tray 1", &[("size", "a4")]);
    trial.is_fixed(&probe);
}

#[test]
fn p11_the_client_lacks_an_update() {
    use crate::world::windows::{InstalledPrinter, PrinterPort};
    let mut world = clinic();
    let (server, client) = (world.find("SRV-1").unwrap(), world.find("PC-01").unwrap());
    let own = world.device(client).windows().unwrap().printers[0].clone();
    let shared = InstalledPrinter { share: QUEUE.to_owned(), default: false, ..own.clone() };
    world.device_mut(server).windows_mut().unwrap().printers.push(shared);
    let through = InstalledPrinter { port: PrinterPort::Share("SRV-1".to_owned(), QUEUE.to_owned()), ..own };
    world.device_mut(client).windows_mut().unwrap().printers = vec![through];
    let mut trial = Trial::new("P11", world, |_, _| true);
    let probe = probe(&trial);
    trial.breaks(&probe);
    let said = trial.panel("PC-01", PanelKind::Printers, "test-page", QUEUE, &[]);
    assert!(said.contains("0x0000011b"), "{said}");
    let registry = &mut trial.world.device_mut(server).windows_mut().unwrap().registry;
    registry.insert(print::RPC_PRIVACY.to_owned(), "0".to_owned());
    assert!(probe.passes(&trial.world) && trial.present(), "without its protection the server prints, and that is no repair");
    let windows = trial.world.device_mut(client).windows_mut().unwrap();
    let update = windows.updates.waiting.pop().unwrap();
    windows.updates.installed.push(update);
    trial.is_fixed(&probe);
}

#[test]
fn p12_the_scanner_is_refused() {
    let mut trial = Trial::anywhere("P12");
    let probe = Probe::Condition { device: trial.target.device, what: "scan-to-mail".to_owned() };
    trial.breaks(&probe);
    assert_eq!(printer_panel(&mut trial, "test-scan", "", &[]), "Scan to e-mail: authentication failed (535)");
    let server = trial.id("SRV-1");
    let new = crate::world::accounts::password_number("Scan-2026-x");
    trial.world.device_mut(server).roles.mail.as_mut().unwrap().accounts.insert("scanner".to_owned(), new);
    let values = [("server", "mail.clinic.example"), ("user", "scanner"), ("password", "Scan-2026-x")];
    printer_panel(&mut trial, "set-scan", "", &values);
    trial.is_fixed(&probe);
}

#[test]
fn p13_pages_wait_for_their_owner() {
    let mut trial = Trial::anywhere("P13");
    let probe = Probe::Condition { device: trial.target.device, what: "secured-release".to_owned() };
    trial.breaks(&probe);
    printer_panel(&mut trial, "set-release", "", &[("on", "yes")]);
    trial.is_fixed(&probe);
}

#[test]
fn a_job_walks_from_the_program_to_the_tray() {
    let mut world = clinic();
    let (device, printer) = (world.find("PC-01").unwrap(), world.find("PRN-1").unwrap());
    let before = world.device(printer).printer().unwrap().pages_printed;
    let id = print::submit(&mut world, device, QUEUE, "Rota.xlsx", "ada", 3).unwrap();
    let windows = world.device(device).windows().unwrap();
    assert!(windows.files.0.contains_key(&format!(r"C:\Windows\System32\spool\PRINTERS\{id:05}.SPL")));
    world.wait(crate::time::Span::seconds(10));
    assert!(print::live_jobs(world.device(device).windows().unwrap(), QUEUE).is_empty());
    let printer = world.device(printer).printer().unwrap();
    assert_eq!((printer.pages_printed - before, printer.output.last().unwrap().document.as_str()), (3, "Rota.xlsx"));
}
