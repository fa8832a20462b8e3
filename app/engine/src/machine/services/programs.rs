//! Whether a program opens, and what its user sees when it does not.

use super::clock;
use super::session::{LEAKS, LOOPS, runaway};
use crate::time::Span;
use crate::world::files::{Right, effective};
use crate::world::windows::{EventLevel, EventLog, Program, Windows};
use crate::world::{DeviceId, World};

/// Words in [`Program::broken`] beside those of [`super::session`].
pub const MISSING_PART: &str = "missing-dll";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    NotInstalled,
    /// It closes at once; the name of the module that is missing.
    MissingPart(String),
    /// It stops responding while this add-in loads.
    AddIn(String),
    /// Its licence does not cover the day that the machine's clock shows.
    Licence,
    /// It may not write into its own folder as this user.
    NeedsAdministrator,
    /// It opens, but this plug-in is greyed out: built for 32 bits in a 64-bit program, or the other way round.
    WrongBits(String),
    /// It opens, but this plug-in was switched off.
    SwitchedOff(String),
}

#[must_use]
pub fn find<'w>(windows: &'w Windows, name: &str) -> Option<&'w Program> {
    windows.programs.iter().find(|program| program.name.eq_ignore_ascii_case(name))
}

/// Tries a program, or with `Excel/Report Builder` one of its plug-ins. `safe` starts it without add-ins.
pub fn check(world: &World, device: DeviceId, name: &str, safe: bool) -> Result<(), Trouble> {
    let windows = world.device(device).windows().ok_or(Trouble::NotInstalled)?;
    let (name, plug_in) = name.split_once('/').map_or((name, None), |(name, plug_in)| (name, Some(plug_in)));
    let program = find(windows, name).ok_or(Trouble::NotInstalled)?;
    if program.broken == MISSING_PART {
        return Err(Trouble::MissingPart(program.broken_part.clone()));
    }
    if let Some(add_in) = program.add_ins.iter().find(|add_in| add_in.enabled && add_in.faulty && !safe) {
        return Err(Trouble::AddIn(add_in.name.clone()));
    }
    let today = clock::utc(windows, world.now);
    if program.licence.is_some_and(|(from, until)| today < from || today > until) {
        return Err(Trouble::Licence);
    }
    if !program.writes_to.is_empty() && !may_write(windows, &program.writes_to) {
        return Err(Trouble::NeedsAdministrator);
    }
    let Some(plug_in) = plug_in else { return Ok(()) };
    match program.add_ins.iter().find(|add_in| add_in.name.eq_ignore_ascii_case(plug_in)) {
        None => Err(Trouble::NotInstalled),
        Some(add_in) if add_in.bits != 0 && add_in.bits != program.bits => Err(Trouble::WrongBits(add_in.name.clone())),
        Some(add_in) if !add_in.enabled => Err(Trouble::SwitchedOff(add_in.name.clone())),
        Some(_) => Ok(()),
    }
}

/// Everybody who works here is in `Users`; whoever is an administrator may write anywhere.
fn may_write(windows: &Windows, folder: &str) -> bool {
    let user = windows.signed_in.clone().unwrap_or_default();
    let mut groups = windows.token_groups.clone();
    groups.extend(windows.accounts.groups_of(&user));
    groups.insert("Users".to_owned());
    if groups.contains("Administrators") {
        return true;
    }
    windows.files.0.get(folder).is_some_and(|file| effective(&file.acl, &user, &groups) >= Right::Modify)
}

impl Trouble {
    /// What stands on the screen.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        match self {
            Self::NotInstalled => format!("There is no program “{name}” on this computer."),
            Self::MissingPart(part) => format!(
                "{name}.exe - System Error: The code execution cannot proceed because {part} was not found. Reinstalling the program may fix this problem."
            ),
            Self::AddIn(_) => format!("{name} stopped responding while it loaded its add-ins, and was closed."),
            Self::Licence => format!("{name}: Your licence is not valid on this date."),
            Self::NeedsAdministrator => {
                format!("{name}: Access is denied. The program could not write into its own folder. Run it as administrator.")
            }
            Self::WrongBits(plug_in) => {
                format!("{name} opens. The plug-in “{plug_in}” is greyed out: it is not a valid application for this version.")
            }
            Self::SwitchedOff(plug_in) => format!("{name} opens. The plug-in “{plug_in}” is switched off."),
        }
    }
}

/// Opens a program as the one who is signed in does; whatever goes wrong is in the Application log then.
pub fn open(world: &mut World, device: DeviceId, name: &str, safe: bool) -> Result<(), Trouble> {
    world.wait(Span::seconds(8));
    let result = check(world, device, name, safe);
    let version = world.device(device).windows().and_then(|windows| find(windows, name)).map(|program| program.version.clone());
    let version = version.unwrap_or_default();
    match &result {
        Err(Trouble::MissingPart(part)) => {
            let text = format!(
                "Faulting application name: {name}.exe, version: {version}\nFaulting module name: {part}, version: 0.0.0.0\nException code: 0xc0000135"
            );
            super::log(world, device, EventLog::Application, "Application Error", 1000, EventLevel::Error, text);
        }
        Err(Trouble::AddIn(add_in)) => {
            let text = format!("{name} experienced a serious problem with the '{add_in}' add-in.");
            super::log(world, device, EventLog::Application, name, 59, EventLevel::Error, text);
        }
        _ => {}
    }
    result
}

/// Repairs a program from its own installer: its files are whole again, and it runs from the start.
pub fn repair(world: &mut World, device: DeviceId, name: &str) -> bool {
    world.wait(Span::minutes(4));
    let Some(windows) = world.device_mut(device).windows_mut() else { return false };
    let Some(program) = windows.programs.iter_mut().find(|program| program.name.eq_ignore_ascii_case(name)) else { return false };
    let image = std::mem::take(&mut program.broken_part);
    if matches!(std::mem::take(&mut program.broken).as_str(), LOOPS | LEAKS) {
        windows.processes.retain(|process| !process.name.eq_ignore_ascii_case(&image));
    }
    true
}

/// Starts the process of a program that loops or leaks, as it runs since the fault began.
pub fn run_away(windows: &mut Windows, name: &str) {
    let Some(program) = find(windows, name).cloned() else { return };
    let process = runaway(windows, &program);
    windows.processes.push(process);
}
