//! Which name server of the modelled Internet holds which zone. There are no servers of the root's own: each of the others knows
//! what the root would say.

use std::net::Ipv4Addr;

use super::is_below;
use crate::world::World;
use crate::world::device::Kind;
use crate::world::server::{Record, RecordData};

/// The root zone's name server records are good for six days, its delegations for two (IANA's root zone file).
const ROOT_TTL: u32 = 518_400;
const DELEGATION_TTL: u32 = 172_800;

/// A zone and a server that answers for it. The empty zone is the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    pub zone: String,
    /// The server's name, without the last dot.
    pub name: String,
    pub address: Ipv4Addr,
}

impl Delegation {
    /// The record that tells of it.
    #[must_use]
    pub fn record(&self) -> (String, Record) {
        let ttl = if self.zone.is_empty() { ROOT_TTL } else { DELEGATION_TTL };
        (self.zone.clone(), Record { ttl, data: RecordData::Ns(self.name.clone()) })
    }
}

/// Every zone on the Internet, by device and name.
fn zones(world: &World) -> impl Iterator<Item = Delegation> {
    let servers = world.devices.iter().filter(|device| device.kind == Kind::Internet).filter_map(|device| {
        let address = device.stack.interfaces.iter().flat_map(|interface| &interface.addresses).next()?.ip;
        Some((device.name.to_lowercase(), address, device.roles.dns.as_ref()?))
    });
    servers.flat_map(|(name, address, server)| {
        server.zones.keys().map(move |zone| Delegation { zone: zone.clone(), name: name.clone(), address })
    })
}

/// The servers that stand for the root.
pub(super) fn roots(world: &World) -> Vec<Delegation> {
    let mut found: Vec<Delegation> = zones(world).map(|held| Delegation { zone: String::new(), ..held }).collect();
    found.dedup();
    found
}

/// The root's server that is asked first.
#[must_use]
pub fn root(world: &World) -> Option<Delegation> {
    roots(world).into_iter().next()
}

/// The next server on the way from the root to a name, where the one reached does not hold the deepest zone of it itself.
#[must_use]
pub fn referral(world: &World, reached: &Delegation, name: &str) -> Option<Delegation> {
    let above: Vec<Delegation> = zones(world).filter(|held| is_below(name, &held.zone)).collect();
    let deepest = above.iter().map(|held| held.zone.len()).max()?;
    let own = above.iter().filter(|held| held.address == reached.address).map(|held| held.zone.len()).max();
    let known = own.unwrap_or_default().max(reached.zone.len());
    if own == Some(deepest) {
        return None;
    }
    // Each step goes to a longer zone, so the way ends.
    above.into_iter().filter(|held| held.zone.len() > known && held.address != reached.address).min_by_key(|held| held.zone.len())
}
