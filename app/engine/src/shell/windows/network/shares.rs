//! Reaching a share: name, connection, sign-in, permissions, each with the number that Windows reports.

use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::sorted::Set;
use crate::time::Span;
use crate::world::files::Right;
use crate::world::server::Share;
use crate::world::windows::MappedDrive;
use crate::world::{DeviceId, World};

/// A Windows system error (winerror.h), as `net` prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemError {
    AccessDenied,
    /// The host cannot be found or reached.
    PathNotFound,
    /// The host answers, but has no such share.
    NameNotFound,
    LocalNameInUse,
    WrongPassword,
    ServerBusy,
    MultipleConnections,
    LogonFailure,
    NotConnected,
    NoBrowser,
    SyntaxWrong,
}

impl SystemError {
    #[must_use]
    pub fn number(self) -> u16 {
        match self {
            Self::AccessDenied => 5,
            Self::PathNotFound => 53,
            Self::NameNotFound => 67,
            Self::LocalNameInUse => 85,
            Self::WrongPassword => 86,
            Self::ServerBusy => 71,
            Self::MultipleConnections => 1219,
            Self::LogonFailure => 1326,
            Self::NotConnected => 2250,
            Self::NoBrowser => 6118,
            Self::SyntaxWrong => 123,
        }
    }

    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::AccessDenied => "Access is denied.",
            Self::PathNotFound => "The network path was not found.",
            Self::NameNotFound => "The network name cannot be found.",
            Self::LocalNameInUse => "The local device name is already in use.",
            Self::WrongPassword => "The specified network password is not correct.",
            Self::ServerBusy => {
                "No more connections can be made to this remote computer at this time because there are already as many \
                 connections as the computer can accept."
            }
            Self::MultipleConnections => {
                "Multiple connections to a server or shared resource by the same user, using more than one user name, are not \
                 allowed. Disconnect all previous connections to the server or shared resource and try again."
            }
            Self::LogonFailure => "The user name or password is incorrect.",
            Self::NotConnected => "The network connection could not be found.",
            Self::NoBrowser => "The list of servers for this workgroup is not currently available",
            Self::SyntaxWrong => "The filename, directory name, or volume label syntax is incorrect.",
        }
    }

    /// As `net` prints it.
    #[must_use]
    pub fn print(self) -> String {
        format!("System error {} has occurred.\n\n{}\n\n", self.number(), self.text())
    }
}

/// `\\SRV-1\team\plans` in its parts; the folder below the share may be empty.
#[must_use]
pub fn parts(path: &str) -> Option<(&str, &str, &str)> {
    let rest = path.strip_prefix("\\\\")?;
    let (host, rest) = rest.split_once('\\').unwrap_or((rest, ""));
    let (share, below) = rest.split_once('\\').unwrap_or((rest, ""));
    (!host.is_empty()).then_some((host, share, below))
}

/// Finds the server and opens its port 445.
pub fn server(world: &mut World, from: DeviceId, host: &str) -> Result<DeviceId, SystemError> {
    /// SMB over TCP.
    const SMB: u16 = 445;
    /// What Windows waits for a connection before it says 53.
    const TIMEOUT: Span = Span::seconds(21);
    let Resolution::Address(address) = resolve(world, from, host) else {
        world.wait(Span::seconds(2));
        return Err(SystemError::PathNotFound);
    };
    match connect(world, from, address, SMB) {
        Connection::Connected { device, .. } => Ok(device),
        outcome => {
            world.wait(if outcome == Connection::TimedOut { TIMEOUT } else { Span::seconds(3) });
            Err(SystemError::PathNotFound)
        }
    }
}

/// The right that a user has there: the weaker one of the share's and the folder's (both must let them through).
pub fn access(world: &mut World, from: DeviceId, user: &str, path: &str) -> Result<Right, SystemError> {
    let (host, share, below) = parts(path).ok_or(SystemError::NameNotFound)?;
    let server = server(world, from, host)?;
    let share = find(world, server, share).ok_or(SystemError::NameNotFound)?.clone();
    let groups = groups(world, from, server, user);
    let right = crate::machine::sign_in::shares::right(world, server, &share, below, user, &groups);
    if right == Right::None { Err(SystemError::AccessDenied) } else { Ok(right) }
}

#[must_use]
pub fn find<'a>(world: &'a World, server: DeviceId, share: &str) -> Option<&'a Share> {
    world.device(server).roles.shares.iter().find(|known| known.name.eq_ignore_ascii_case(share))
}

/// The groups that count: those of the sign-in on the computer in front (they change at the next sign-in only), or the
/// directory's and the server's own for another user.
fn groups(world: &World, from: DeviceId, server: DeviceId, user: &str) -> Set<String> {
    let windows = world.device(from).windows();
    let signed_in =
        windows.is_some_and(|windows| windows.signed_in.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(user)));
    let mut found = Set::new();
    if let Some(windows) = windows.filter(|_| signed_in) {
        found.extend(windows.token_groups.iter().cloned());
    } else if let Some(directory) = world.devices.iter().find_map(|device| device.roles.directory.as_ref()) {
        found.extend(directory.accounts.groups_of(user));
    }
    if let Some(windows) = world.device(server).windows() {
        found.extend(windows.accounts.groups_of(user));
    }
    found
}

/// Whether a mapped drive could be used now.
pub fn drive_status(world: &World, device: DeviceId, drive: &MappedDrive) -> &'static str {
    let mut copy = world.clone();
    match access(&mut copy, device, &drive.user, &drive.path) {
        Ok(_) => "OK",
        Err(SystemError::AccessDenied | SystemError::NameNotFound) => "Disconnected",
        Err(_) => "Unavailable",
    }
}
