//! Finding a domain controller, and asking it.

use crate::net::dns::{self, Answer, Resolution};
use crate::net::{Connection, connect};
use crate::sorted;
use crate::world::accounts::SignIn;
use crate::world::server::{RecordData, RecordType};
use crate::world::{DeviceId, World};

/// Kerberos and LDAP (IANA): a controller answers on both.
const PORTS: [u16; 2] = [88, 389];

/// The company's domain controller, whether it can be reached or not.
#[must_use]
pub fn directory_server(world: &World) -> Option<DeviceId> {
    world.devices.iter().find(|device| device.roles.directory.is_some()).map(|device| device.id)
}

/// The controller that a machine finds: SRV record, its address, TCP 88 and 389. A controller finds itself.
pub fn controller(world: &mut World, device: DeviceId) -> Option<DeviceId> {
    let machine = world.device(device);
    if machine.roles.directory.is_some() {
        return Some(device);
    }
    let domain = machine.windows()?.joined.as_ref()?.domain.to_lowercase();
    let mut hosts = targets(world, device, &domain);
    // A domain's own name also leads to its controllers, for clients without SRV records.
    hosts.push(domain);
    hosts.into_iter().find_map(|host| answering(world, device, &host))
}

/// The hosts that SRV records name, first priority first.
fn targets(world: &mut World, device: DeviceId, domain: &str) -> Vec<String> {
    let name = format!("_ldap._tcp.{domain}");
    for server in dns::servers(world, device) {
        let records = match dns::query(world, device, server, &name, RecordType::Srv) {
            Answer::Records { records, .. } => records,
            // The next server is asked only where this one did not answer.
            Answer::TimedOut | Answer::PortUnreachable | Answer::ServFail => continue,
            Answer::NoData { .. } | Answer::NxDomain { .. } | Answer::Refused => return Vec::new(),
        };
        let mut found: Vec<_> = records
            .into_iter()
            .filter_map(|(_, record)| match record.data {
                RecordData::Srv(priority, _, _, target) => Some((priority, target)),
                _ => None,
            })
            .collect();
        sorted::sort(&mut found);
        return found.into_iter().map(|(_, target)| target.trim_end_matches('.').to_owned()).collect();
    }
    Vec::new()
}

fn answering(world: &mut World, device: DeviceId, host: &str) -> Option<DeviceId> {
    let Resolution::Address(address) = dns::resolve(world, device, host) else { return None };
    let mut found = None;
    for port in PORTS {
        match connect(world, device, address, port) {
            Connection::Connected { device, .. } => found = Some(device),
            _ => return None,
        }
    }
    found.filter(|server| world.device(*server).roles.directory.is_some())
}

/// The directory's own answer to a name and a password that came from the computer `from`.
pub fn ask(world: &mut World, server: DeviceId, name: &str, password: u32, from: &str) -> SignIn {
    let now = world.now;
    let locked = |world: &World| {
        let accounts = world.device(server).roles.directory.as_ref().map(|directory| &directory.accounts);
        accounts.is_some_and(|accounts| accounts.user(name).is_some_and(|user| accounts.is_locked(user, now)))
    };
    let before = locked(world);
    let Some(directory) = world.device_mut(server).roles.directory.as_mut() else { return SignIn::UnknownOrWrong };
    let result = directory.accounts.try_sign_in(name, password, from, now);
    if !before && locked(world) {
        super::events::locked_out(world, server, name, from);
    }
    result
}
