//! Office printers.

use crate::world::printer::{Media, Paper, Printer, Tray};
use crate::world::windows::PrinterLanguage;

/// A network laser printer with two trays of A4.
#[must_use]
pub fn laser() -> Printer {
    let tray = |name: &str, sheets| Tray {
        name: name.to_owned(),
        set_size: Paper::A4,
        paper: Paper::A4,
        set_media: Media::Plain,
        media: Media::Plain,
        sheets,
    };
    Printer {
        languages: vec![PrinterLanguage::Pcl, PrinterLanguage::PostScript],
        toner: 640,
        economy_mode: false,
        drum_scratched: false,
        fuser_works: true,
        pick_up_roller_worn: false,
        scrap_at_sensor: false,
        trays: vec![tray("Tray 1", 100), tray("Tray 2", 250)],
        pages_printed: 48_210,
        online: true,
        jam: None,
        secured_release: false,
        scan: None,
        output: Vec::new(),
        log: Vec::new(),
    }
}
