//! Windows Defender Firewall: profiles and rules.

mod change;

use super::parts::windows;
use super::{Field, Input, Offer, Operation, Refused, Table, View};
use crate::world::interface::{Direction, Filter, Profile, Profiles, Protocol, Rule, Verdict};
use crate::world::{DeviceId, World};

/// Where the device is a Windows machine with its firewall.
#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    windows(world, device)?;
    let filter = &world.device(device).stack.filter;
    let profiles = filter.profiles?;
    let off = PROFILES
        .iter()
        .filter(|(_, profile)| !is_on(profiles, *profile))
        .map(|(name, _)| format!("The firewall is off for the {} profile.", name.to_lowercase()));
    Some(View {
        title: "Windows Defender Firewall".to_owned(),
        notices: off.collect(),
        facts: vec![("Active profile".to_owned(), name(profiles.active).to_owned())],
        tables: vec![profile_table(filter, profiles), rule_table(filter)],
        operations: offers(filter, profiles),
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    change::apply(world, device, operation)
}

const PROFILES: &[(&str, Profile)] = &[("Domain", Profile::Domain), ("Private", Profile::Private), ("Public", Profile::Public)];

fn name(profile: Profile) -> &'static str {
    PROFILES.iter().find(|(_, known)| *known == profile).map_or("", |(name, _)| name)
}

fn is_on(profiles: Profiles, profile: Profile) -> bool {
    match profile {
        Profile::Domain => profiles.domain,
        Profile::Private => profiles.private,
        Profile::Public => profiles.public,
    }
}

fn words(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn profile_table(filter: &Filter, profiles: Profiles) -> Table {
    let inbound = if filter.default_deny { "blocked" } else { "allowed" };
    let rows = PROFILES.iter().map(|(name, profile)| {
        let state = if is_on(profiles, *profile) { "on" } else { "off" };
        words(&[name, state, inbound, if *profile == profiles.active { "yes" } else { "no" }])
    });
    Table {
        title: "Profiles".to_owned(),
        columns: words(&["Profile", "State", "Inbound connections that match no rule", "Active"]),
        rows: rows.collect(),
    }
}

/// The rules of the machine itself; those of a router are not the firewall's.
fn own(filter: &Filter) -> impl Iterator<Item = &Rule> {
    filter.rules.iter().filter(|rule| rule.direction != Direction::Forward)
}

fn rule_table(filter: &Filter) -> Table {
    let rows = own(filter).map(|rule| {
        let protocol = match rule.protocol {
            None => "Any",
            Some(Protocol::Tcp) => "TCP",
            Some(Protocol::Udp) => "UDP",
            Some(Protocol::Icmp) => "ICMPv4",
        };
        let ports = match rule.ports {
            None => "Any".to_owned(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first}-{last}"),
        };
        let remote = if rule.direction == Direction::Out { rule.to } else { rule.from };
        let profiles: Vec<&str> = rule.profiles.iter().map(|profile| name(*profile)).collect();
        words(&[
            &rule.name,
            if rule.direction == Direction::Out { "out" } else { "in" },
            if rule.enabled { "yes" } else { "no" },
            if rule.verdict == Verdict::Accept { "allow" } else { "block" },
            protocol,
            &ports,
            &remote.map_or_else(|| "Any".to_owned(), |net| net.to_string()),
            &if profiles.is_empty() { "All".to_owned() } else { profiles.join(", ") },
        ])
    });
    Table {
        title: "Rules".to_owned(),
        columns: words(&["Name", "Direction", "Enabled", "Action", "Protocol", "Port", "Remote address", "Profiles"]),
        rows: rows.collect(),
    }
}

fn offers(filter: &Filter, profiles: Profiles) -> Vec<Offer> {
    let offer = |verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>| Offer {
        verb: verb.to_owned(),
        label: label.to_owned(),
        targets,
        fields,
    };
    let field = |name: &str, label: &str, input: Input, value: &str| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        input,
        value: value.to_owned(),
    };
    let profile = |on: bool| {
        PROFILES
            .iter()
            .filter(|(_, profile)| is_on(profiles, *profile) == on)
            .map(|(name, _)| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let rules = |wanted: Option<bool>| {
        own(filter).filter(|rule| wanted.is_none_or(|on| rule.enabled == on)).map(|rule| rule.name.clone()).collect::<Vec<_>>()
    };
    let choice = |choices: &[&str]| Input::Choice(words(choices));
    vec![
        offer("turn-on", "Turn on", profile(false), Vec::new()),
        offer("turn-off", "Turn off", profile(true), Vec::new()),
        offer("enable-rule", "Enable rule", rules(Some(false)), Vec::new()),
        offer("disable-rule", "Disable rule", rules(Some(true)), Vec::new()),
        offer("delete-rule", "Delete rule", rules(None), Vec::new()),
        offer(
            "add-rule",
            "New rule",
            Vec::new(),
            vec![
                field("name", "Name", Input::Text, ""),
                field("direction", "Direction", choice(&["in", "out"]), "in"),
                field("action", "Action", choice(&["allow", "block"]), "allow"),
                field("protocol", "Protocol", choice(&["TCP", "UDP", "ICMPv4", "Any"]), "TCP"),
                field("port", "Port", Input::Text, ""),
                field("remote", "Remote address", Input::Text, "Any"),
                field("profiles", "Profiles", Input::Text, "Domain, Private, Public"),
            ],
        ),
    ]
}

#[cfg(test)]
mod tests;
