//! `Get-MpComputerStatus`, `Start-MpScan`, `Get-HotFix`.

use super::{Answer, Call, Column, Failure, Object, Parameter, Value, View, column, windows};
use crate::machine::services::{clock, scan};
use crate::shell::Session;
use crate::time::Time;
use crate::world::World;
use crate::world::windows::Windows;

pub const SCAN: &[Parameter] = &[Parameter::positional("ScanType")];

const HOTFIXES: &[Column] = &[
    column("Source", "Source"),
    column("Description", "Description"),
    column("HotFixID", "HotFixID"),
    column("InstalledOn", "InstalledOn"),
];

fn local(windows: &Windows, at: Time) -> Value {
    Value::Time(at.shifted(i64::from(windows.clock.zone_minutes).saturating_mul(60_000)))
}

fn no_service(cmdlet: &str) -> Failure {
    Failure::new(
        "The extrinsic Method could not be executed.",
        format!("NotSpecified: (MSFT_MpComputerStatus:ROOT\\Microsoft\\...pComputerStatus) [{cmdlet}], CimException"),
        format!("HRESULT 0x800106ba,{cmdlet}"),
    )
}

pub fn status(world: &mut World, session: &mut Session, _call: &Call) -> Answer {
    if !crate::machine::runs(world, session.device, "WinDefend") {
        return Answer::failed(no_service("Get-MpComputerStatus"));
    }
    let Some(windows) = windows(world, session) else { return Answer::default() };
    let defender = &windows.defender;
    let days = |at: Time| i64::try_from((clock::utc(windows, world.now) - at).as_seconds() / 86_400).unwrap_or(i64::MAX);
    let object = Object::new()
        .with("AMServiceEnabled", true)
        .with("AntivirusEnabled", true)
        .with("AntivirusSignatureAge", days(defender.signatures))
        .with("AntivirusSignatureLastUpdated", local(windows, defender.signatures))
        .with("FullScanAge", defender.last_scan.map(days))
        .with("FullScanEndTime", defender.last_scan.map(|at| local(windows, at)))
        .with("IsTamperProtected", defender.tamper_protection)
        .with("OnAccessProtectionEnabled", defender.real_time)
        .with("RealTimeProtectionEnabled", defender.real_time);
    Answer::new(View::Automatic, vec![object])
}

pub fn scan(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let kind = call.text("ScanType").unwrap_or("QuickScan").to_lowercase();
    if !matches!(kind.as_str(), "quickscan" | "fullscan" | "1" | "2") {
        return Answer::not_modelled(world, &format!("Start-MpScan -ScanType {kind}"));
    }
    match scan::run(world, session.device, matches!(kind.as_str(), "fullscan" | "2")) {
        Ok(_) => Answer::default(),
        Err(scan::Off) => Answer::failed(no_service("Start-MpScan")),
    }
}

pub fn hotfixes(world: &mut World, session: &mut Session, _call: &Call) -> Answer {
    let name = world.device(session.device).name.clone();
    let Some(windows) = windows(world, session) else { return Answer::default() };
    let objects = windows.updates.installed.iter().map(|update| {
        let date = clock::stamp(windows, update.at);
        Object::new()
            .with("Source", name.as_str())
            .with("Description", "Update")
            .with("HotFixID", update.kb.as_str())
            .with("InstalledBy", "NT AUTHORITY\\SYSTEM")
            .with("InstalledOn", format!("{}/{}/{} 12:00:00 AM", date.month, date.day, date.year))
    });
    Answer::new(View::Table(HOTFIXES), objects.collect())
}
