//! A printer's own display and web page.

use super::parts::{choice, offer, offer_on, refuse, table, text, toggle, yes_no};
use super::printers::page_text;
use super::{Offer, Operation, Refused, View};
use crate::machine::{self, print};
use crate::world::accounts::password_number;
use crate::world::interface::Origin;
use crate::world::printer::{Media, Printer, ScanToMail};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let machine = world.device(device);
    let printer = machine.printer()?;
    if !machine::is_up(world, device) {
        return Some(View { title: machine.name.clone(), notices: vec!["The display is dark.".to_owned()], ..View::default() });
    }
    Some(View {
        title: format!("{} · {}", machine.name, machine.model),
        notices: vec![print::display(printer)],
        facts: facts(world, device, printer),
        tables: vec![
            table(
                "Trays",
                &["Tray", "Size set", "Size in it", "Type set", "Type in it", "Sheets"],
                printer.trays.iter().map(print::paper::tray_row).collect(),
            ),
            table("Log", &["Time", "Entry"], log(world, printer)),
        ],
        operations: offers(printer),
    })
}

fn facts(world: &World, device: DeviceId, printer: &Printer) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    for interface in &world.device(device).stack.interfaces {
        let addresses: Vec<_> = interface.addresses.iter().map(|address| format!("{}/{}", address.ip, address.prefix)).collect();
        let origin = match interface.origin {
            Origin::Manual => "manual",
            Origin::Dhcp => "DHCP",
            Origin::LinkLocal => "automatic private address",
        };
        facts.push((format!("IP address ({origin})"), addresses.join(", ")));
        facts.push(("Hardware address".to_owned(), interface.mac.colons()));
    }
    let scan = printer.scan.as_ref().map_or("not set up".to_owned(), |scan| format!("{} as {}", scan.server, scan.user));
    let languages: Vec<_> =
        printer.languages.iter().map(|language| super::printers::language_name(*language).to_owned()).collect();
    facts.extend([
        ("Toner".to_owned(), format!("{} %", printer.toner / 10)),
        ("Pages printed".to_owned(), printer.pages_printed.to_string()),
        ("Languages".to_owned(), languages.join(", ")),
        ("Economy mode".to_owned(), yes_no(printer.economy_mode).to_owned()),
        ("Online".to_owned(), yes_no(printer.online).to_owned()),
        ("Release with PIN or badge".to_owned(), yes_no(printer.secured_release).to_owned()),
        ("Scan to e-mail".to_owned(), scan),
    ]);
    facts
}

fn log(world: &World, printer: &Printer) -> Vec<Vec<String>> {
    let local = i64::from(world.zone_minutes).saturating_mul(60_000);
    printer.log.iter().rev().map(|(at, text)| vec![crate::text::iso(at.shifted(local).civil()), text.clone()]).collect()
}

fn offers(printer: &Printer) -> Vec<Offer> {
    let trays: Vec<String> = printer.trays.iter().map(|tray| tray.name.clone()).collect();
    let scan = printer.scan.as_ref();
    [
        Some(offer("test-page", "Print configuration page", Vec::new(), Vec::new())),
        offer_on(
            "set-tray",
            "Tray settings",
            trays.clone(),
            vec![
                choice("size", "Size", &["a4", "letter", "legal"], "a4"),
                choice("media", "Type", &["plain", "heavy", "labels"], "plain"),
            ],
        ),
        offer_on("load-tray", "Load paper", trays, vec![choice("size", "Size", &["a4", "letter", "legal"], "a4")]),
        Some(offer("set-economy", "Economy mode", Vec::new(), vec![toggle("on", "On", printer.economy_mode)])),
        Some(offer("set-online", "Online", Vec::new(), vec![toggle("on", "Online", printer.online)])),
        Some(offer("set-release", "Release with PIN or badge", Vec::new(), vec![toggle("on", "On", printer.secured_release)])),
        Some(offer(
            "set-scan",
            "Scan to e-mail",
            Vec::new(),
            vec![
                text("server", "SMTP server", scan.map_or("", |scan| &scan.server)),
                text("user", "User", scan.map_or("", |scan| &scan.user)),
                text("password", "Password", ""),
            ],
        )),
        Some(offer("test-scan", "Send a test scan", Vec::new(), Vec::new())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let name = world.device(device).name.clone();
    if world.device(device).printer().is_none() {
        return operation.unknown();
    }
    if !machine::is_up(world, device) {
        return refuse("The display is dark.");
    }
    let on = operation.value("on") == "yes";
    match operation.verb.as_str() {
        "test-page" => Ok(match print::paper::test_page(world, device) {
            Ok(defects) => page_text(&name, &defects),
            Err(_) => world.device(device).printer().map(print::display).unwrap_or_default(),
        }),
        "set-tray" | "load-tray" => tray(world, device, operation),
        "set-economy" => set(world, device, |printer| printer.economy_mode = on),
        "set-online" => set(world, device, |printer| printer.online = on),
        "set-release" => set(world, device, |printer| printer.secured_release = on),
        "set-scan" => {
            let kept = world.device(device).printer().and_then(|printer| printer.scan.clone());
            let password = match (operation.value("password"), &kept) {
                ("", Some(kept)) => kept.password,
                (typed, _) => password_number(typed),
            };
            let scan =
                ScanToMail { server: operation.value("server").to_owned(), user: operation.value("user").to_owned(), password };
            set(world, device, |printer| printer.scan = Some(scan))
        }
        "test-scan" => Ok(print::scan(world, device).text().to_owned()),
        _ => operation.unknown(),
    }
}

fn set(world: &mut World, device: DeviceId, change: impl FnOnce(&mut Printer)) -> Result<String, Refused> {
    let Some(printer) = world.device_mut(device).printer_mut() else { return refuse("This is no printer.") };
    change(printer);
    Ok("Saved.".to_owned())
}

/// Says what is in a tray, or puts paper of another size into it.
fn tray(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    /// A pack that is opened and put in.
    const PACK: u16 = 250;
    let Some(size) = super::printers::paper(operation.value("size")) else { return refuse("Choose a4, letter or legal.") };
    let media = match operation.value("media") {
        "" => None,
        "plain" => Some(Media::Plain),
        "heavy" => Some(Media::Heavy),
        "labels" => Some(Media::Labels),
        other => return refuse(format!("There is no type “{other}”.")),
    };
    let trays = world.device_mut(device).printer_mut().map(|printer| &mut printer.trays);
    let tray = trays.and_then(|trays| trays.iter_mut().find(|tray| tray.name.eq_ignore_ascii_case(&operation.target)));
    let Some(tray) = tray else { return refuse(format!("There is no tray “{}”.", operation.target)) };
    if operation.verb == "load-tray" {
        tray.paper = size;
        tray.media = Media::Plain;
        tray.sheets = PACK;
        return Ok(format!("{} holds {} sheets of {}.", tray.name, tray.sheets, print::paper::size(size)));
    }
    tray.set_size = size;
    tray.set_media = media.unwrap_or(tray.set_media);
    Ok(format!("{}: {}, {}", tray.name, print::paper::size(tray.set_size), print::paper::media(tray.set_media)))
}
