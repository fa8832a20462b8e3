//! Scan to mail: the printer as a client of the mail server.

use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::world::{DeviceId, World};

/// What the printer's log says about a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scanned {
    Sent,
    NotSetUp,
    ServerNotFound,
    NoConnection,
    AuthenticationFailed,
}

impl Scanned {
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Sent => "Scan to e-mail: sent",
            Self::NotSetUp => "Scan to e-mail: not set up",
            Self::ServerNotFound => "Scan to e-mail: SMTP server not found",
            Self::NoConnection => "Scan to e-mail: cannot connect to the SMTP server",
            Self::AuthenticationFailed => "Scan to e-mail: authentication failed (535)",
        }
    }
}

/// Sends a page to somebody's mailbox; the printer's log keeps what came of it.
pub fn scan(world: &mut World, device: DeviceId) -> Scanned {
    let result = send(world, device);
    let now = world.now;
    if let Some(printer) = world.device_mut(device).printer_mut() {
        printer.log.push((now, result.text().to_owned()));
    }
    result
}

fn send(world: &mut World, device: DeviceId) -> Scanned {
    /// Message submission, RFC 6409.
    const SUBMISSION: u16 = 587;
    let Some(settings) = world.device(device).printer().and_then(|printer| printer.scan.clone()) else {
        return Scanned::NotSetUp;
    };
    let Resolution::Address(address) = resolve(world, device, &settings.server) else { return Scanned::ServerNotFound };
    let Connection::Connected { device: server, .. } = connect(world, device, address, SUBMISSION) else {
        return Scanned::NoConnection;
    };
    if may_send(world, server, &settings.user, settings.password) { Scanned::Sent } else { Scanned::AuthenticationFailed }
}

/// A mail server lets directory accounts in with their password, and its own with theirs.
#[must_use]
pub fn may_send(world: &World, server: DeviceId, user: &str, password: u32) -> bool {
    let name = crate::machine::sign_in::bare(user);
    let Some(mail) = &world.device(server).roles.mail else { return false };
    let directory = crate::machine::sign_in::directory_server(world)
        .and_then(|keeper| world.device(keeper).roles.directory.as_ref())
        .and_then(|directory| directory.accounts.user(&name).map(|user| (directory, user)));
    match directory {
        Some((directory, user)) => user.enabled && user.password == password && !directory.accounts.is_locked(user, world.now),
        None => mail.accounts.get(&name) == Some(&password),
    }
}
