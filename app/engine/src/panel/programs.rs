//! Installed programs: open, repair, remove, add-ins.

use super::parts::{offer_on, refuse, table, windows, windows_mut, yes_no};
use super::{Operation, Refused, View};
use crate::machine::services::programs::{self, Trouble};
use crate::text::windows_short;
use crate::time::Span;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let names: Vec<String> = windows.programs.iter().map(|program| program.name.clone()).collect();
    let rows = windows.programs.iter().map(|program| {
        let date = windows_short(crate::machine::services::clock::stamp(windows, program.installed));
        vec![
            program.name.clone(),
            program.version.clone(),
            program.publisher.clone(),
            date.split(' ').next().unwrap_or_default().to_owned(),
            format!("{} bit", program.bits),
        ]
    });
    let add_ins = windows.programs.iter().flat_map(|program| {
        program.add_ins.iter().map(move |add_in| {
            let state = if add_in.bits != 0 && add_in.bits != program.bits {
                "Not loaded"
            } else if add_in.enabled {
                "Active"
            } else {
                "Disabled"
            };
            vec![
                format!("{}/{}", program.name, add_in.name),
                state.to_owned(),
                yes_no(add_in.enabled).to_owned(),
                format!("{} bit", add_in.bits),
            ]
        })
    });
    let add_ins: Vec<Vec<String>> = add_ins.collect();
    let plug_ins: Vec<String> = add_ins.iter().filter_map(|row| row.first().cloned()).collect();
    Some(View {
        title: "Installed apps".to_owned(),
        tables: vec![
            table("Programs", &["Name", "Version", "Publisher", "Installed on", "Architecture"], rows.collect()),
            table("Add-ins", &["Add-in", "State", "Enabled", "Architecture"], add_ins),
        ],
        operations: [
            offer_on("open", "Open", names.clone(), Vec::new()),
            offer_on("open-safe", "Open without add-ins", names.clone(), Vec::new()),
            offer_on("repair", "Repair", names.clone(), Vec::new()),
            offer_on("update", "Install the current version", names.clone(), Vec::new()),
            offer_on("uninstall", "Uninstall", names, Vec::new()),
            offer_on("enable-add-in", "Enable add-in", plug_ins.clone(), Vec::new()),
            offer_on("disable-add-in", "Disable add-in", plug_ins.clone(), Vec::new()),
            offer_on("install-add-in", "Install the add-in that fits", plug_ins, Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let windows = windows_mut(world, device)?;
    let (name, add_in) = operation.target.split_once('/').map_or((operation.target.as_str(), ""), |parts| parts);
    let Some(program) = programs::find(windows, name).cloned() else {
        return refuse(format!("There is no program “{name}” on this computer."));
    };
    match operation.verb.as_str() {
        "open" | "open-safe" => open(world, device, &operation.target, operation.verb == "open-safe"),
        "repair" | "update" => {
            programs::repair(world, device, name);
            Ok(format!("{} was repaired.", program.name))
        }
        "uninstall" => {
            windows.programs.retain(|found| found.name != program.name);
            windows.startup.retain(|item| item.name != program.name);
            windows.processes.retain(|process| !process.path.contains(&format!("\\{}\\", program.name)));
            world.wait(Span::minutes(2));
            Ok(format!("{} was uninstalled.", program.name))
        }
        "enable-add-in" | "disable-add-in" | "install-add-in" => {
            let found = windows.programs.iter_mut().find(|found| found.name == program.name);
            let found = found.and_then(|found| found.add_ins.iter_mut().find(|found| found.name.eq_ignore_ascii_case(add_in)));
            let Some(found) = found else { return refuse(format!("{name} has no add-in “{add_in}”.")) };
            match operation.verb.as_str() {
                "enable-add-in" => found.enabled = true,
                "disable-add-in" => found.enabled = false,
                _ => found.bits = program.bits,
            }
            Ok(format!("{} was changed.", found.name))
        }
        _ => operation.unknown(),
    }
}

fn open(world: &mut World, device: DeviceId, name: &str, safe: bool) -> Result<String, Refused> {
    let shown = name.split('/').next().unwrap_or(name).to_owned();
    match programs::open(world, device, name, safe) {
        Ok(()) if safe => Ok(format!("{shown} opens without its add-ins.")),
        Ok(()) => Ok(format!("{shown} opens.")),
        // It does open; what is wrong shows inside.
        Err(trouble @ (Trouble::WrongBits(_) | Trouble::SwitchedOff(_))) => Ok(trouble.text(&shown)),
        Err(trouble) => refuse(trouble.text(&shown)),
    }
}
