//! The system's resolver: what `ping`, browsers and `Resolve-DnsName` use.

use std::net::Ipv4Addr;

use super::cache::{self, Limits};
use super::{Answer, Reply, Resolution, ask, is_valid, normal};
use crate::sorted;
use crate::world::device::System;
use crate::world::interface::Attach;
use crate::world::linux::UnitState;
use crate::world::server::{Record, RecordData, RecordType};
use crate::world::windows::ServiceState;
use crate::world::{DeviceId, PortRef, World};

/// Windows' `MaxCacheTtl` and `MaxNegativeCacheTtl` (DNS client settings): a day and a quarter of an hour.
const LIMITS: Limits = Limits { positive: 86_400, negative: 900 };

/// What the resolver came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The name that was answered, with the suffix that made it.
    pub name: String,
    pub answer: Answer,
}

/// As programs look names up: address, hosts file, cache, suffixes, servers in order.
pub fn resolve(world: &mut World, from: DeviceId, name: &str) -> Resolution {
    if let Ok(address) = name.trim().parse() {
        return Resolution::Address(address);
    }
    let found = lookup(world, from, name, RecordType::A).answer;
    match found.address() {
        Some(address) => Resolution::Address(address),
        None if found.is_failure() => Resolution::Failed,
        None => Resolution::NotFound,
    }
}

/// Records of one type by the system's resolver.
pub fn lookup(world: &mut World, from: DeviceId, name: &str, kind: RecordType) -> Lookup {
    let typed = normal(name);
    let mut last = Lookup { name: typed.clone(), answer: Answer::NxDomain { authoritative: false } };
    for candidate in candidates(world, from, name) {
        if !is_valid(&candidate) {
            continue;
        }
        let answer = local(world, from, &candidate, kind).unwrap_or_else(|| by_servers(world, from, &candidate, kind));
        let done = matches!(answer, Answer::Records { .. }) || answer.is_failure();
        last = Lookup { name: candidate, answer };
        if done {
            break;
        }
    }
    last
}

/// The full names to try. A last dot says that the name is full. Windows and glibc try a name with a dot as it is first;
/// a short name gets each suffix; glibc tries it bare at the end, Windows does not send it.
fn candidates(world: &World, from: DeviceId, name: &str) -> Vec<String> {
    let typed = normal(name);
    if name.trim().ends_with('.') || typed == "localhost" || names_itself(world, from, &typed) {
        return vec![typed];
    }
    let windows = matches!(world.device(from).system, System::Windows(_));
    let with_suffix = suffixes(world, from).into_iter().map(|suffix| format!("{typed}.{suffix}"));
    let in_hosts = world.device(from).stack.resolver.hosts.iter().any(|(_, host)| host.eq_ignore_ascii_case(&typed));
    match (typed.contains('.'), windows) {
        // Windows appends no suffix to names with a dot unless a policy says so.
        (true, true) => vec![typed],
        (true, false) => std::iter::once(typed.clone()).chain(with_suffix).collect(),
        _ if in_hosts => vec![typed],
        (false, true) => with_suffix.collect(),
        (false, false) => with_suffix.chain([typed.clone()]).collect(),
    }
}

/// What the machine knows without asking: itself, and its hosts file.
fn local(world: &World, from: DeviceId, name: &str, kind: RecordType) -> Option<Answer> {
    let stack = &world.device(from).stack;
    let address = if name == "localhost" {
        Some(Ipv4Addr::LOCALHOST)
    } else if let Some((ip, _)) = stack.resolver.hosts.iter().find(|(_, host)| host.eq_ignore_ascii_case(name)) {
        Some(*ip)
    } else if names_itself(world, from, name) {
        stack
            .interfaces
            .iter()
            .filter(|interface| interface.enabled)
            .flat_map(|interface| &interface.addresses)
            .map(|a| a.ip)
            .next()
    } else {
        None
    }?;
    Some(match kind {
        RecordType::A => {
            // Windows prints a hosts entry with the TTL of a week less a day's rounding; nothing depends on it.
            let record = Record { ttl: LIMITS.positive, data: RecordData::A(address) };
            Answer::Records { records: vec![(name.to_owned(), record)], authoritative: false }
        }
        _ => Answer::NoData { authoritative: false },
    })
}

fn names_itself(world: &World, from: DeviceId, name: &str) -> bool {
    let own = &world.device(from).name;
    own.eq_ignore_ascii_case(name)
        || suffixes(world, from).iter().any(|suffix| {
            name.len() == own.len() + 1 + suffix.len()
                && name.get(..own.len()).is_some_and(|host| host.eq_ignore_ascii_case(own))
                && name.get(own.len()..).is_some_and(|rest| rest.strip_prefix('.') == Some(suffix.as_str()))
        })
}

/// Cache, then each server until one answers: a time-out or a failure goes on to the next, "does not exist" does not.
fn by_servers(world: &mut World, from: DeviceId, name: &str, kind: RecordType) -> Answer {
    let now = world.now;
    let caches = caches(world, from);
    if caches && let Some(known) = cache::find(&world.device(from).stack.resolver.cache, name, kind, now) {
        return known.answer;
    }
    let mut reply = Reply::from(Answer::TimedOut);
    for server in servers(world, from) {
        reply = ask(world, from, server, name, kind, 0);
        if !reply.answer.is_failure() {
            break;
        }
    }
    if caches {
        let cache = &mut world.device_mut(from).stack.resolver.cache;
        cache.retain(|_, known| known.until > now);
        cache::store(cache, name, kind, &reply, now, LIMITS);
    }
    reply.answer
}

/// Whether the system keeps answers: Windows' DNS Client service, `systemd-resolved`.
#[must_use]
pub fn caches(world: &World, device: DeviceId) -> bool {
    match &world.device(device).system {
        System::Windows(windows) => windows.services.get("Dnscache").is_none_or(|service| service.state == ServiceState::Running),
        System::Linux(linux) => linux.units.get("systemd-resolved.service").is_some_and(|unit| unit.state == UnitState::Active),
        System::Ios(_) | System::Printer(_) | System::AccessPoint(_) | System::Fixed => false,
    }
}

/// The servers in force on a device, in order: typed ones of an interface, otherwise its lease's; interfaces by metric. Windows
/// leaves out interfaces without a link.
#[must_use]
pub fn servers(world: &World, device: DeviceId) -> Vec<Ipv4Addr> {
    let found = world.device(device);
    let windows = matches!(found.system, System::Windows(_));
    let linked = |attach: Attach| match attach {
        Attach::Port(port) if windows => crate::net::link::of(world, PortRef { device, port }).is_some(),
        _ => true,
    };
    let mut interfaces: Vec<_> =
        found.stack.interfaces.iter().filter(|interface| interface.enabled && linked(interface.attach)).collect();
    sorted::by_key(&mut interfaces, |interface| interface.metric);
    let mut servers = Vec::new();
    for interface in interfaces {
        let leased = interface.dhcp.lease.as_ref().map(|lease| lease.dns.as_slice()).unwrap_or_default();
        for server in if interface.manual_dns.is_empty() { leased } else { &interface.manual_dns } {
            if !servers.contains(server) {
                servers.push(*server);
            }
        }
    }
    servers
}

/// The suffixes tried for short names: a list that was set, otherwise the domain joined and those of the leases.
#[must_use]
pub fn suffixes(world: &World, device: DeviceId) -> Vec<String> {
    let found = world.device(device);
    if !found.stack.resolver.suffixes.is_empty() {
        return found.stack.resolver.suffixes.iter().map(|suffix| normal(suffix)).collect();
    }
    let joined = found.windows().and_then(|windows| windows.joined.as_ref()).map(|joined| joined.domain.clone());
    let leased =
        found.stack.interfaces.iter().filter_map(|interface| interface.dhcp.lease.as_ref()).map(|lease| lease.domain.clone());
    let mut suffixes = Vec::new();
    for suffix in joined.into_iter().chain(leased).map(|suffix| normal(&suffix)) {
        if !suffix.is_empty() && !suffixes.contains(&suffix) {
            suffixes.push(suffix);
        }
    }
    suffixes
}
