//! Windows Update: what is waiting, and why it does not come in.

use crate::time::Span;
use crate::world::windows::{EventLevel, EventLog, Integrity, StartType, Update, VolumeKind, Windows};
use crate::world::{DeviceId, World};

/// MiB of the system volume that a cumulative update needs while it is installed.
pub const NEEDS: u64 = 12 << 10;
const INSTALLING: Span = Span::minutes(18);

/// Why an update does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Switched off by policy or service.
    Off,
    Paused,
    /// The component store is damaged.
    Store,
    NoRoom,
}

impl Trouble {
    /// The code that the update history shows.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "0x80070422",
            Self::Paused => "",
            Self::Store => "0x80073712",
            Self::NoRoom => "0x80070070",
        }
    }
}

/// What stands in the way of any update now.
#[must_use]
pub fn obstacle(windows: &Windows) -> Option<Trouble> {
    let service = windows.services.get("wuauserv").is_some_and(|service| service.start != StartType::Disabled);
    let room = windows.volumes.iter().find(|volume| volume.kind == VolumeKind::System).is_none_or(|volume| volume.free >= NEEDS);
    if windows.updates.disabled || !service {
        Some(Trouble::Off)
    } else if windows.updates.paused {
        Some(Trouble::Paused)
    } else if windows.component_store == Integrity::Damaged {
        Some(Trouble::Store)
    } else if !room {
        Some(Trouble::NoRoom)
    } else {
        None
    }
}

/// Installs what is waiting; a restart ends it.
pub fn install(world: &mut World, device: DeviceId) -> Result<(), Trouble> {
    let found = world.device(device).windows().and_then(obstacle);
    if found != Some(Trouble::Off) && found != Some(Trouble::Paused) {
        world.wait(INSTALLING);
    }
    let waiting: Vec<Update> = world.device(device).windows().map(|windows| windows.updates.waiting.clone()).unwrap_or_default();
    let Some(windows) = world.device_mut(device).windows_mut() else { return Err(Trouble::Off) };
    found.map_or("", Trouble::code).clone_into(&mut windows.updates.last_error);
    if let Some(trouble) = found {
        for update in &waiting {
            failed(world, device, update, trouble);
        }
        return Err(trouble);
    }
    windows.boot.restart_pending = !waiting.is_empty();
    Ok(())
}

/// Event 20 of the update client.
pub fn failed(world: &mut World, device: DeviceId, update: &Update, trouble: Trouble) {
    let text = format!(
        "Installation Failure: Windows failed to install the following update with error {}: {} ({}).",
        trouble.code(),
        update.title,
        update.kb
    );
    super::log(world, device, EventLog::System, "WindowsUpdateClient", 20, EventLevel::Error, text);
}

/// Takes an update out again; a restart ends it.
pub fn uninstall(world: &mut World, device: DeviceId, kb: &str) -> bool {
    world.wait(Span::minutes(9));
    let Some(windows) = world.device_mut(device).windows_mut() else { return false };
    let before = windows.updates.installed.len();
    windows.updates.installed.retain(|update| !update.kb.eq_ignore_ascii_case(kb));
    windows.updates.installed.len() < before
}

/// Whether an hour lies in the hours in which Windows does not restart by itself.
#[must_use]
pub fn is_active((from, to): (u8, u8), hour: u8) -> bool {
    if from <= to { (from..to).contains(&hour) } else { hour >= from || hour < to }
}

#[cfg(test)]
mod tests {
    #[test]
    fn active_hours_may_pass_midnight() {
        for (hours, hour, expected) in
            [((7, 23), 22, true), ((7, 23), 23, false), ((20, 4), 22, true), ((20, 4), 3, true), ((20, 4), 12, false)]
        {
            assert_eq!(super::is_active(hours, hour), expected, "{hours:?} {hour}");
        }
    }
}
