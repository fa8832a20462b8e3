//! A printer: panel, trays, wear.

use serde::{Deserialize, Serialize};

use super::windows::PrinterLanguage;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printer {
    pub languages: Vec<PrinterLanguage>,
    /// Permille left.
    pub toner: u16,
    pub economy_mode: bool,
    pub drum_scratched: bool,
    pub fuser_works: bool,
    pub pick_up_roller_worn: bool,
    pub scrap_at_sensor: bool,
    pub trays: Vec<Tray>,
    pub pages_printed: u32,
    pub online: bool,
    /// What the display says when something stops it, computed at each job.
    pub jam: Option<Jam>,
    pub secured_release: bool,
    /// Scan to mail: the account and the number of its password.
    pub scan: Option<ScanToMail>,
    /// The last pages that came out, newest last: what a person finds in the tray.
    pub output: Vec<Page>,
    /// What its own log says, newest last: scans that were sent or refused, jams.
    pub log: Vec<(crate::time::Time, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tray {
    pub name: String,
    /// As the panel is set.
    pub set_size: Paper,
    /// What lies in it.
    pub paper: Paper,
    pub set_media: Media,
    pub media: Media,
    pub sheets: u16,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    #[default]
    A4,
    Letter,
    Legal,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Media {
    #[default]
    Plain,
    Heavy,
    Labels,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jam {
    pub code: String,
    pub location: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanToMail {
    pub server: String,
    pub user: String,
    pub password: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub document: String,
    pub user: String,
    pub defects: Vec<Defect>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Defect {
    VerticalLine,
    Faded,
    Smears,
    StrangeSymbols,
    WrongSize,
}
