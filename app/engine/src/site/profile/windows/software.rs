//! What an office computer has installed and running.

use crate::chance::Chance;
use crate::time::{Span, Time};
use crate::world::files::{AccessEntry, File, Files, Right};
use crate::world::windows::{AddIn, Process, Program, StartupItem, Update};

/// The accounts program of the company: it keeps its working files beside itself, as old programs do.
pub const LEDGER_DATA: &str = "C:\\Program Files\\Ledger\\data";

pub fn programs(now: Time) -> Vec<Program> {
    let program = |name: &str, version: &str, publisher: &str, days, add_ins: &[&str]| Program {
        name: name.to_owned(),
        version: version.to_owned(),
        publisher: publisher.to_owned(),
        installed: now - Span::days(days),
        wanted: true,
        add_ins: add_ins.iter().map(|name| add_in(name)).collect(),
        bits: 64,
        ..Program::default()
    };
    let mut ledger = program("Ledger", "8.4.1", "Copperfield Software", 190, &[]);
    LEDGER_DATA.clone_into(&mut ledger.writes_to);
    ledger.licence = Some((now - Span::days(190), now + Span::days(175)));
    vec![
        program("Excel", "16.0.18526", "Microsoft Corporation", 190, &["Report Builder"]),
        ledger,
        program("Microsoft Edge", "137.0.3296", "Microsoft Corporation", 12, &[]),
        program("Microsoft Teams", "25153.1010", "Microsoft Corporation", 30, &[]),
        program("OneDrive", "25.095.0518", "Microsoft Corporation", 30, &[]),
        program("Outlook", "16.0.18526", "Microsoft Corporation", 190, &["Meeting Add-in", "Invoice Scanner"]),
        program("PDF Reader", "24.2.0", "Lumen Documents", 160, &[]),
    ]
}

fn add_in(name: &str) -> AddIn {
    AddIn { name: name.to_owned(), enabled: true, faulty: false, bits: 64 }
}

pub fn startup() -> Vec<StartupItem> {
    let item = |name: &str, publisher: &str, seconds, needed| StartupItem {
        name: name.to_owned(),
        publisher: publisher.to_owned(),
        enabled: true,
        seconds,
        needed,
    };
    vec![
        item("Microsoft Teams", "Microsoft Corporation", 6, false),
        item("OneDrive", "Microsoft Corporation", 3, true),
        item("Windows Security notification icon", "Microsoft Corporation", 1, true),
    ]
}

/// The programs that people have open; those of services follow from the services.
pub fn processes(chance: &mut Chance) -> Vec<Process> {
    let mut pid = 5_000;
    let mut process = |path: &'static str, cpu, memory_kib: u32, publisher: &'static str| {
        pid += 4 * chance.between(20, 90);
        Process {
            pid,
            name: path.rsplit_once('\\').map_or(path, |(_, name)| name).into(),
            user: String::new(),
            cpu,
            memory_kib: memory_kib.saturating_add(chance.below(9_000)),
            disk_kib: 0,
            path: path.into(),
            publisher: publisher.into(),
            responding: true,
            connected_to: None,
        }
    };
    let microsoft = "Microsoft Corporation";
    vec![
        process("C:\\Windows\\explorer.exe", 4, 118_000, "Microsoft Windows"),
        process("C:\\Windows\\System32\\SecurityHealthSystray.exe", 0, 9_800, "Microsoft Windows"),
        process("C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe", 12, 412_000, microsoft),
        process("C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE", 6, 246_000, microsoft),
        process("C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe", 1, 96_000, microsoft),
        process("C:\\Program Files\\WindowsApps\\MSTeams\\ms-teams.exe", 9, 318_000, microsoft),
    ]
}

pub fn files(now: Time) -> Files {
    let entry = |who: &str, right| AccessEntry { who: who.to_owned(), right, allow: true };
    let data = File {
        folder: true,
        owner: "Administrators".to_owned(),
        acl: vec![entry("Administrators", Right::Full), entry("SYSTEM", Right::Full), entry("Users", Right::Modify)],
        modified: now - Span::days(1),
        ..File::default()
    };
    Files([(LEDGER_DATA.to_owned(), data)].into())
}

/// The monthly updates that are in.
pub fn updates(now: Time) -> Vec<Update> {
    let update = |kb: &str, title: &str, days| Update {
        kb: kb.to_owned(),
        title: title.to_owned(),
        at: now - Span::days(days),
        breaks: String::new(),
    };
    vec![update("KB0900011", "Cumulative Update for Windows", 40), update("KB0900024", "Cumulative Update for Windows", 12)]
}
