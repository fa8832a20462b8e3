//! The printer's own part: languages, trays, toner, wear, and what lies in the output tray.

use std::net::Ipv4Addr;

use crate::sorted;
use crate::world::device::Device;
use crate::world::printer::{Defect, Jam, Media, Page, Paper, Printer, Tray};
use crate::world::windows::{InstalledPrinter, Job, PrinterLanguage};
use crate::world::{DeviceId, World};

/// Below this many permille of toner pages come out faded.
pub const TONER_LOW: u16 = 50;
/// Permille of toner that a hundred pages of text take.
const TONER_FOR_HUNDRED: u32 = 5;
/// Pages that stay in the output tray for people to find.
const KEPT: usize = 20;

/// Why a printer does not take a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Somebody switched it to "offline" at its panel.
    Offline,
    Jam,
    NoToner,
    /// No tray is set to the form that is asked for, or it is empty.
    LoadPaper(Paper),
}

/// The addresses a device answers to.
#[must_use]
pub fn addresses(device: &Device) -> Vec<Ipv4Addr> {
    device.stack.interfaces.iter().flat_map(|interface| &interface.addresses).map(|address| address.ip).collect()
}

/// Takes a job and puts its pages into the output tray.
pub fn print(world: &mut World, target: DeviceId, queue: &InstalledPrinter, job: &Job) -> Result<(), Trouble> {
    let now = world.now;
    let Some(printer) = world.device_mut(target).printer_mut() else { return Err(Trouble::Offline) };
    jam_if_worn(printer, queue.paper);
    let ready = ready(printer, queue.paper);
    if let (Err(Trouble::Jam), Some(jam)) = (&ready, &printer.jam) {
        let text = format!("{} Jam in {}", jam.code, jam.location);
        if printer.log.last().is_none_or(|(_, last)| *last != text) {
            printer.log.push((now, text));
        }
    }
    let at = ready?;
    let defects = defects(printer, at, queue.driver, queue.paper);
    feed(printer, at, job.pages);
    printer.output.push(Page { document: job.document.clone(), user: job.user.clone(), defects });
    let over = printer.output.len().saturating_sub(KEPT);
    printer.output.drain(..over);
    Ok(())
}

/// A scrap at the sensor and a worn roller both stop paper on its way; the place that is named tells them apart.
fn jam_if_worn(printer: &mut Printer, paper: Paper) {
    if printer.jam.is_some() {
        return;
    }
    if printer.scrap_at_sensor {
        printer.jam = Some(Jam { code: "13.20".to_owned(), location: "fuser exit sensor".to_owned() });
    } else if printer.pick_up_roller_worn
        && let Some(tray) = tray_for(printer, paper).and_then(|at| printer.trays.get(at))
    {
        printer.jam = Some(Jam { code: "13.02".to_owned(), location: format!("{} pick-up", tray.name) });
    }
}

/// Which tray would feed a form now.
fn ready(printer: &Printer, paper: Paper) -> Result<usize, Trouble> {
    if !printer.online {
        return Err(Trouble::Offline);
    }
    if printer.jam.is_some() {
        return Err(Trouble::Jam);
    }
    if printer.toner == 0 {
        return Err(Trouble::NoToner);
    }
    tray_for(printer, paper).ok_or(Trouble::LoadPaper(paper))
}

fn tray_for(printer: &Printer, paper: Paper) -> Option<usize> {
    printer.trays.iter().position(|tray| tray.set_size == paper && tray.sheets > 0)
}

fn feed(printer: &mut Printer, at: usize, pages: u16) {
    let before = printer.pages_printed / 100;
    printer.pages_printed = printer.pages_printed.saturating_add(u32::from(pages));
    let hundreds = (printer.pages_printed / 100).saturating_sub(before);
    let used = u16::try_from(hundreds.saturating_mul(TONER_FOR_HUNDRED)).unwrap_or(u16::MAX);
    printer.toner = printer.toner.saturating_sub(used);
    if let Some(tray) = printer.trays.get_mut(at) {
        tray.sheets = tray.sheets.saturating_sub(pages);
    }
}

fn defects(printer: &Printer, at: usize, driver: PrinterLanguage, paper: Paper) -> Vec<Defect> {
    let mut found = worn(printer);
    if !printer.languages.contains(&driver) {
        found.push(Defect::StrangeSymbols);
    }
    if let Some(tray) = printer.trays.get(at) {
        if tray.paper != paper {
            found.push(Defect::WrongSize);
        }
        if tray.media != tray.set_media && !found.contains(&Defect::Smears) {
            found.push(Defect::Smears);
        }
    }
    sorted::sort(&mut found);
    found
}

/// What the machine itself does to every page, its own test page included.
fn worn(printer: &Printer) -> Vec<Defect> {
    let mut found = Vec::new();
    if printer.drum_scratched {
        found.push(Defect::VerticalLine);
    }
    if printer.toner < TONER_LOW || printer.economy_mode {
        found.push(Defect::Faded);
    }
    if !printer.fuser_works {
        found.push(Defect::Smears);
    }
    found
}

/// The printer's own test page: its engine and its first tray, no driver and no network.
pub fn test_page(world: &mut World, target: DeviceId) -> Result<Vec<Defect>, Trouble> {
    let Some(printer) = world.device(target).printer() else { return Err(Trouble::Offline) };
    let form = printer.trays.iter().find(|tray| tray.sheets > 0).map_or(Paper::A4, |tray| tray.set_size);
    let driver = printer.languages.first().copied().unwrap_or_default();
    let queue = InstalledPrinter { driver, paper: form, ..InstalledPrinter::default() };
    let was_online = printer.online;
    let job = Job { document: "Configuration page".to_owned(), pages: 1, ..Job::default() };
    if let Some(printer) = world.device_mut(target).printer_mut() {
        printer.online = true;
    }
    let result = print(world, target, &queue, &job);
    let Some(printer) = world.device_mut(target).printer_mut() else { return Err(Trouble::Offline) };
    printer.online = was_online;
    result.map(|()| printer.output.last().map(|page| page.defects.clone()).unwrap_or_default())
}

/// The line on the printer's display.
#[must_use]
pub fn display(printer: &Printer) -> String {
    if let Some(jam) = &printer.jam {
        return format!("{} Jam in {}. Open the door and clear the paper path.", jam.code, jam.location);
    }
    if printer.toner == 0 {
        return "Replace toner cartridge".to_owned();
    }
    if !printer.fuser_works {
        return "50.2 Fuser error".to_owned();
    }
    if !printer.online {
        return "Offline".to_owned();
    }
    if let Some(tray) = printer.trays.iter().find(|tray| tray.sheets == 0) {
        return format!("{} empty: load {}", tray.name, size(tray.set_size));
    }
    if printer.toner < TONER_LOW { "Toner low".to_owned() } else { "Ready".to_owned() }
}

/// `A4`.
#[must_use]
pub fn size(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "A4",
        Paper::Letter => "Letter",
        Paper::Legal => "Legal",
    }
}

/// `Plain`.
#[must_use]
pub fn media(media: Media) -> &'static str {
    match media {
        Media::Plain => "Plain",
        Media::Heavy => "Heavy",
        Media::Labels => "Labels",
    }
}

/// As people say what is wrong with a page.
#[must_use]
pub fn defect(defect: Defect) -> &'static str {
    match defect {
        Defect::VerticalLine => "a vertical line from top to bottom",
        Defect::Faded => "pale print all over",
        Defect::Smears => "toner that comes off when touched",
        Defect::StrangeSymbols => "lines of strange symbols",
        Defect::WrongSize => "the print does not fit the sheet",
    }
}

/// How a tray stands.
#[must_use]
pub fn tray_row(tray: &Tray) -> Vec<String> {
    vec![
        tray.name.clone(),
        size(tray.set_size).to_owned(),
        size(tray.paper).to_owned(),
        media(tray.set_media).to_owned(),
        media(tray.media).to_owned(),
        tray.sheets.to_string(),
    ]
}
