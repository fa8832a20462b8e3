//! Profiles switched, rules switched, added and deleted.

use ipnet::Ipv4Net;

use super::{PROFILES, name};
use crate::panel::parts::windows_mut;
use crate::panel::{Operation, Refused};
use crate::sorted::Set;
use crate::world::interface::{Direction, Profile, Protocol, Rule, Verdict};
use crate::world::{DeviceId, World};

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    windows_mut(world, device)?;
    match operation.verb.as_str() {
        "turn-on" => profile(world, device, operation, true),
        "turn-off" => profile(world, device, operation, false),
        "enable-rule" => switch(world, device, operation, true),
        "disable-rule" => switch(world, device, operation, false),
        "delete-rule" => delete(world, device, operation),
        "add-rule" => add(world, device, operation),
        _ => operation.unknown(),
    }
}

fn profile(world: &mut World, device: DeviceId, operation: &Operation, on: bool) -> Result<String, Refused> {
    let chosen = PROFILES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&operation.target))
        .map(|(_, profile)| *profile)
        .ok_or_else(|| Refused(format!("There is no profile “{}”.", operation.target)))?;
    let profiles = world.device_mut(device).stack.filter.profiles.as_mut();
    let profiles = profiles.ok_or_else(|| Refused("This machine has no firewall of its own.".to_owned()))?;
    match chosen {
        Profile::Domain => profiles.domain = on,
        Profile::Private => profiles.private = on,
        Profile::Public => profiles.public = on,
    }
    Ok(format!("The firewall is {} for the {} profile.", if on { "on" } else { "off" }, name(chosen).to_lowercase()))
}

fn rules<'a>(world: &'a mut World, device: DeviceId, target: &str) -> Result<Vec<&'a mut Rule>, Refused> {
    let found: Vec<&mut Rule> = world
        .device_mut(device)
        .stack
        .filter
        .rules
        .iter_mut()
        .filter(|rule| rule.direction != Direction::Forward && rule.name.eq_ignore_ascii_case(target))
        .collect();
    if found.is_empty() { Err(Refused(format!("There is no rule “{target}”."))) } else { Ok(found) }
}

fn switch(world: &mut World, device: DeviceId, operation: &Operation, on: bool) -> Result<String, Refused> {
    for rule in rules(world, device, &operation.target)? {
        rule.enabled = on;
    }
    Ok(format!("The rule “{}” is {}.", operation.target, if on { "enabled" } else { "disabled" }))
}

fn delete(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    rules(world, device, &operation.target)?;
    let rules = &mut world.device_mut(device).stack.filter.rules;
    rules.retain(|rule| rule.direction == Direction::Forward || !rule.name.eq_ignore_ascii_case(&operation.target));
    Ok(format!("The rule “{}” is deleted.", operation.target))
}

fn add(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let refused = |text: &str| Refused(text.to_owned());
    let value = |field: &str| operation.value(field).trim().to_lowercase();
    let title = operation.value("name").trim().to_owned();
    if title.is_empty() {
        return Err(refused("Please give the rule a name."));
    }
    let direction = match value("direction").as_str() {
        "in" | "" => Direction::In,
        "out" => Direction::Out,
        _ => return Err(refused("The direction is in or out.")),
    };
    let verdict = match value("action").as_str() {
        "allow" | "" => Verdict::Accept,
        "block" => Verdict::Drop,
        _ => return Err(refused("The action is allow or block.")),
    };
    let protocol = match value("protocol").as_str() {
        "any" | "" => None,
        "tcp" => Some(Protocol::Tcp),
        "udp" => Some(Protocol::Udp),
        "icmpv4" => Some(Protocol::Icmp),
        _ => return Err(refused("The protocol is TCP, UDP, ICMPv4 or Any.")),
    };
    let ports = match value("port").as_str() {
        "" | "any" => None,
        _ if !matches!(protocol, Some(Protocol::Tcp | Protocol::Udp)) => {
            return Err(refused("Only TCP and UDP have ports."));
        }
        text => Some(range(text).ok_or_else(|| refused("The port is a number from 0 to 65535, or a range such as 5000-5010."))?),
    };
    let remote = match value("remote").as_str() {
        "" | "any" => None,
        text => Some(network(text).ok_or_else(|| refused("The remote address is Any, 10.0.0.5 or 10.0.0.0/24."))?),
    };
    let profiles = profiles(&value("profiles")).ok_or_else(|| refused("The profiles are Domain, Private, Public."))?;
    let (from, to) = if direction == Direction::In { (remote, None) } else { (None, remote) };
    let rule = Rule { name: title.clone(), enabled: true, verdict, direction, protocol, from, to, ports, profiles, hits: 0 };
    world.device_mut(device).stack.filter.rules.push(rule);
    Ok(format!("The rule “{title}” is added."))
}

fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

fn network(text: &str) -> Option<Ipv4Net> {
    if text.contains('/') { text.parse().ok() } else { Ipv4Net::new(text.parse().ok()?, 32).ok() }
}

/// Nothing is every profile.
fn profiles(text: &str) -> Option<Set<Profile>> {
    if text.is_empty() || text == "all" {
        return Some(Set::new());
    }
    text.split(',')
        .map(|word| PROFILES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word.trim())).map(|(_, profile)| *profile))
        .collect()
}
