//! Credentials that a task, a service, a phone or the credential store keeps and tries by itself.

use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::time::{Span, Timer};
use crate::world::accounts::SignIn;
use crate::world::windows::StoredCredential;
use crate::world::{DeviceId, World};

/// How often something that is refused tries again, and how many times in a row: a phone's mail client or a task does
/// both. Ten bad tries in ten minutes lock an account under the usual policy.
pub const EVERY: Span = Span::minutes(2);
const TRIES: u8 = 4;

/// Tries every credential that retries, on the machine and on the phone of whoever works there. While one of them is refused the machine comes back to it.
pub fn stale_credential(world: &mut World, device: DeviceId) {
    let kept: Vec<StoredCredential> = world
        .device(device)
        .windows()
        .map(|windows| windows.credentials.iter().filter(|kept| kept.retries).cloned().collect())
        .unwrap_or_default();
    let mut refused = crate::machine::phones::fetch_mail(world, device);
    for credential in kept {
        refused |= use_it(world, device, &credential);
    }
    if refused {
        world.timers.set(world.now + EVERY, Timer::StaleCredential(device));
    }
}

/// True where it was refused, or could not be tried and waits for another chance.
fn use_it(world: &mut World, device: DeviceId, credential: &StoredCredential) -> bool {
    if !crate::machine::is_up(world, device) {
        return true;
    }
    let Some(server) = reached(world, device) else { return true };
    let name = super::bare(&credential.user);
    let from = world.device(device).name.clone();
    for _ in 0..TRIES {
        let result = super::controller::ask(world, server, &name, credential.password, &from);
        if result != SignIn::UnknownOrWrong && result != SignIn::Locked {
            return false;
        }
        let now = world.now;
        super::events::failed(world, device, now, &name, &from, result, 4);
        if result == SignIn::Locked {
            return true;
        }
    }
    true
}

/// The directory as this device reaches it; a machine outside the domain knows its name only.
fn reached(world: &mut World, device: DeviceId) -> Option<DeviceId> {
    if world.device(device).windows().is_some_and(|windows| windows.joined.is_some()) {
        return super::controller(world, device);
    }
    let server = super::directory_server(world)?;
    let name = world.device(server).name.clone();
    let Resolution::Address(address) = resolve(world, device, &name) else { return None };
    match connect(world, device, address, 389) {
        Connection::Connected { device, .. } if device == server => Some(device),
        _ => None,
    }
}

/// A stored credential of this machine that the directory would refuse.
#[must_use]
pub fn refused_credentials(world: &World, device: DeviceId) -> Vec<StoredCredential> {
    let directory = super::directory_server(world).and_then(|server| world.device(server).roles.directory.as_ref());
    let Some((directory, windows)) = directory.zip(world.device(device).windows()) else { return Vec::new() };
    let refused = |kept: &&StoredCredential| {
        kept.retries && directory.accounts.user(&super::bare(&kept.user)).is_some_and(|user| user.password != kept.password)
    };
    windows.credentials.iter().filter(refused).cloned().collect()
}
