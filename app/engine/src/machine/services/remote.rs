//! Sessions of Remote Desktop on a server: who has one, and whether one more has a place.

use crate::world::windows::{RemoteSession, Windows};
use crate::world::{DeviceId, World};

/// A Windows Server without the Session Host role admits two sessions, for administration (Microsoft, Remote Desktop licensing).
pub const PLACES: usize = 2;

/// What the console's own session has as its number; those from the network come after it.
pub const CONSOLE: u8 = 1;

#[must_use]
pub fn is_full(windows: &Windows) -> bool {
    windows.sessions.len() >= PLACES
}

/// Opens a session, as somebody's signing in over the network does; without the one that they had.
pub fn open(windows: &mut Windows, session: RemoteSession) {
    let id = windows.sessions.iter().map(|other| other.id).max().unwrap_or(CONSOLE).saturating_add(1);
    windows.sessions.push(RemoteSession { id, ..session });
}

/// Ends a session with everything that is open in it, and gives whose it was.
pub fn sign_off(world: &mut World, device: DeviceId, id: u8) -> Option<String> {
    let windows = world.device_mut(device).windows_mut()?;
    let at = windows.sessions.iter().position(|session| session.id == id)?;
    Some(windows.sessions.remove(at).user)
}
