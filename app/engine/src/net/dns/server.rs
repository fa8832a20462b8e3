//! A name server: its own zones, its cache, its forwarders, the Internet's zones.

use std::net::Ipv4Addr;

use super::cache::{self, CHAIN, Limits};
use super::{Answer, Reply, ask, is_below};
use crate::sorted;
use crate::world::device::Kind;
use crate::world::server::{DnsServer, Record, RecordData, RecordType, Zone};
use crate::world::{DeviceId, World};

/// Servers that may ask each other for one question.
const DEPTH: u8 = 6;
/// A day and, as BIND's `max-ncache-ttl` sets it, three hours.
const LIMITS: Limits = Limits { positive: 86_400, negative: 10_800 };
/// Seconds that a name is kept which no server on the Internet has (the root zone's negative TTL is a day; caches cap it).
const NOWHERE: u32 = 900;

/// What a server answers a client.
pub(super) fn answer(world: &mut World, device: DeviceId, client: Ipv4Addr, name: &str, kind: RecordType, depth: u8) -> Reply {
    let Some(server) = &world.device(device).roles.dns else { return Answer::TimedOut.into() };
    if !crate::machine::runs(world, device, &server.owner) {
        return Answer::PortUnreachable.into();
    }
    if !server.allowed.is_empty() && !server.allowed.iter().any(|network| network.contains(&client)) {
        return Answer::Refused.into();
    }
    let recursion = server.recursion;
    let (mut records, found) = own(server, name, kind);
    match found {
        Own::Answer(reply) => reply,
        Own::Elsewhere(target) if recursion => {
            let rest = recurse(world, device, &target, kind, depth);
            match rest.answer {
                Answer::Records { records: more, .. } => {
                    let authoritative = !records.is_empty();
                    records.extend(more);
                    Answer::Records { records, authoritative }.into()
                }
                // What the alias leads to has no such record: the alias itself is the answer.
                Answer::NoData { .. } if !records.is_empty() => Answer::Records { records, authoritative: true }.into(),
                answer => Reply { answer, negative_ttl: rest.negative_ttl },
            }
        }
        Own::Elsewhere(_) if records.is_empty() => Answer::Refused.into(),
        Own::Elsewhere(_) => Answer::Records { records, authoritative: true }.into(),
    }
}

enum Own {
    Answer(Reply),
    /// Not in a zone of this server.
    Elsewhere(String),
}

/// The zone that a name lies in: the longest origin.
fn zone_of<'s>(server: &'s DnsServer, name: &str) -> Option<&'s Zone> {
    let zones = server.zones.iter().filter(|(origin, _)| is_below(name, origin));
    zones.max_by_key(|(origin, _)| origin.len()).map(|(_, zone)| zone)
}

/// From its own zones: the CNAMEs on the way, and how it ends.
fn own(server: &DnsServer, name: &str, kind: RecordType) -> (Vec<(String, Record)>, Own) {
    let mut records = Vec::new();
    let mut at = name.to_owned();
    for _ in 0..CHAIN {
        let Some(zone) = zone_of(server, &at) else { return (records, Own::Elsewhere(at)) };
        let here = zone.records.get(&at).map(Vec::as_slice).unwrap_or_default();
        let wanted: Vec<_> = here.iter().filter(|record| record.data.kind() == kind).cloned().collect();
        if !wanted.is_empty() {
            records.extend(wanted.into_iter().map(|record| (at.clone(), record)));
            return (Vec::new(), Own::Answer(Answer::Records { records, authoritative: true }.into()));
        }
        let alias = here.iter().find_map(|record| match &record.data {
            RecordData::Cname(target) => Some((record.clone(), target.to_lowercase())),
            _ => None,
        });
        let Some((record, target)) = alias else { return (Vec::new(), Own::Answer(nothing(zone, &at, records))) };
        records.push((at, record));
        at = target;
    }
    // Aliases in a circle: servers give up.
    (Vec::new(), Own::Answer(Answer::ServFail.into()))
}

/// No record of the type: the name is there all the same, or stands above one that is there, or does not exist.
fn nothing(zone: &Zone, name: &str, records: Vec<(String, Record)>) -> Reply {
    if !records.is_empty() {
        return Answer::Records { records, authoritative: true }.into();
    }
    let exists = zone.records.keys().any(|other| is_below(other, name));
    let answer = if exists { Answer::NoData { authoritative: true } } else { Answer::NxDomain { authoritative: true } };
    Reply { answer, negative_ttl: zone.negative_ttl }
}

/// For a name of others: cache, then forwarders or the Internet.
fn recurse(world: &mut World, device: DeviceId, name: &str, kind: RecordType, depth: u8) -> Reply {
    let now = world.now;
    if let Some(known) = world.device(device).roles.dns.as_ref().and_then(|server| cache::find(&server.cache, name, kind, now)) {
        return known;
    }
    if depth >= DEPTH {
        return Answer::ServFail.into();
    }
    let reply = upstream(world, device, name, kind, depth);
    if let Some(server) = &mut world.device_mut(device).roles.dns {
        cache::store(&mut server.cache, name, kind, &reply, now, LIMITS);
    }
    reply
}

fn upstream(world: &mut World, device: DeviceId, name: &str, kind: RecordType, depth: u8) -> Reply {
    let Some(server) = &world.device(device).roles.dns else { return Answer::ServFail.into() };
    let forwarders = server.forwarders.iter().filter(|(zone, servers)| is_below(name, zone) && !servers.is_empty());
    let (servers, rooted) = match forwarders.max_by_key(|(zone, _)| zone.len()) {
        Some((_, servers)) => (servers.clone(), false),
        None => (internet(world, device, name), true),
    };
    let mut reached = false;
    for server in servers {
        let reply = ask(world, device, server, name, kind, depth.saturating_add(1));
        reached |= !matches!(reply.answer, Answer::TimedOut | Answer::PortUnreachable);
        if !reply.answer.is_failure() {
            return unauthoritative(reply);
        }
        // A server of the Internet that has no such zone refuses; the others are asked too.
    }
    let nobody_has_it = rooted && (reached || world.device(device).kind == Kind::Internet);
    if nobody_has_it && name.is_empty() {
        return root(world, kind);
    }
    if nobody_has_it {
        return Reply { answer: Answer::NxDomain { authoritative: false }, negative_ttl: NOWHERE };
    }
    Answer::ServFail.into()
}

/// What the root says of itself.
fn root(world: &World, kind: RecordType) -> Reply {
    if kind != RecordType::Ns {
        return Answer::NoData { authoritative: false }.into();
    }
    let records = super::tree::roots(world).iter().map(super::Delegation::record).collect();
    Answer::Records { records, authoritative: false }.into()
}

/// From the root down, in one step: the addresses of the Internet's servers, those with the longest zone for the name first.
/// Who has no zone of it refuses, which still shows that the Internet was reached.
fn internet(world: &World, asking: DeviceId, name: &str) -> Vec<Ipv4Addr> {
    let mut found: Vec<_> = world
        .devices
        .iter()
        .filter(|device| device.kind == Kind::Internet && device.id != asking)
        .filter_map(|device| {
            let server = device.roles.dns.as_ref()?;
            let zones = server.zones.keys().filter(|origin| is_below(name, origin)).map(String::len);
            let address = device.stack.interfaces.iter().flat_map(|interface| &interface.addresses).next()?.ip;
            // Resolvers for everybody have no zones and answer from the others: asking them would go round in circles.
            let longest = zones.max();
            (longest.is_some() || !server.zones.is_empty()).then_some((std::cmp::Reverse(longest), address))
        })
        .collect();
    sorted::sort(&mut found);
    let best = found.first().and_then(|(longest, _)| longest.0);
    // With a zone that fits, only its servers are asked; without one, any server of the Internet will do.
    found.retain(|(longest, _)| longest.0 == best);
    found.into_iter().map(|(_, address)| address).collect()
}

fn unauthoritative(reply: Reply) -> Reply {
    let answer = match reply.answer {
        Answer::Records { records, .. } => Answer::Records { records, authoritative: false },
        Answer::NoData { .. } => Answer::NoData { authoritative: false },
        Answer::NxDomain { .. } => Answer::NxDomain { authoritative: false },
        other => other,
    };
    Reply { answer, negative_ttl: reply.negative_ttl }
}
