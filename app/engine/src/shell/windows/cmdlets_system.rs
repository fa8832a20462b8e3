//! Cmdlets of the system: `Get-Service`, `Get-WinEvent`, …

mod defender;
mod disks;
mod events;
mod printers;
mod processes;
mod services;
#[cfg(test)]
mod tests;

use super::{Answer, Call, Cmdlet, Column, Failure, Object, Parameter, Value, View};
use crate::shell::Session;
use crate::world::World;
use crate::world::windows::Windows;

pub const CMDLETS: &[Cmdlet] = &[
    Cmdlet { name: "Get-Service", parameters: services::GET, run: services::get },
    Cmdlet { name: "Start-Service", parameters: services::CHANGE, run: services::start },
    Cmdlet { name: "Stop-Service", parameters: services::CHANGE, run: services::stop },
    Cmdlet { name: "Restart-Service", parameters: services::CHANGE, run: services::restart },
    Cmdlet { name: "Set-Service", parameters: services::SET, run: services::set },
    Cmdlet { name: "Get-Process", parameters: processes::GET, run: processes::get },
    Cmdlet { name: "Stop-Process", parameters: processes::STOP, run: processes::stop },
    Cmdlet { name: "Get-WinEvent", parameters: events::WIN, run: events::win },
    Cmdlet { name: "Get-EventLog", parameters: events::LOG, run: events::classic },
    Cmdlet { name: "Get-PhysicalDisk", parameters: &[], run: disks::physical },
    Cmdlet { name: "Get-Disk", parameters: disks::NUMBER, run: disks::disk },
    Cmdlet { name: "Get-Volume", parameters: disks::VOLUME, run: disks::volume },
    Cmdlet { name: "Get-Printer", parameters: printers::GET, run: printers::get },
    Cmdlet { name: "Get-PrintJob", parameters: printers::JOBS, run: printers::jobs },
    Cmdlet { name: "Remove-PrintJob", parameters: printers::REMOVE, run: printers::remove },
    Cmdlet { name: "Get-MpComputerStatus", parameters: &[], run: defender::status },
    Cmdlet { name: "Start-MpScan", parameters: defender::SCAN, run: defender::scan },
    Cmdlet { name: "Get-HotFix", parameters: &[], run: defender::hotfixes },
];

fn windows<'w>(world: &'w World, session: &Session) -> Option<&'w Windows> {
    world.device(session.device).windows()
}

/// A column as wide as its widest value.
const fn column(head: &'static str, property: &'static str) -> Column {
    Column { head, property, width: 0, right: false }
}

/// A column of numbers.
const fn number(head: &'static str, property: &'static str) -> Column {
    Column { head, property, width: 0, right: true }
}

/// Whether a name fits a pattern with `*`, upper and lower case being the same.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    if !pattern.contains('*') {
        return rest.is_empty();
    }
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}
