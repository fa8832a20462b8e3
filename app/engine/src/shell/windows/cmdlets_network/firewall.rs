//! Windows Defender Firewall and the profile of the network.

use super::address::network_name;
use super::{chosen, denied, not_found};
use crate::shell::Session;
use crate::shell::cmd::wildcard;
use crate::shell::windows::{Answer, Call, Column, Object, View};
use crate::world::World;
use crate::world::interface::{Direction, Profile, Profiles, Rule, Verdict};

fn word(profile: Profile) -> &'static str {
    match profile {
        Profile::Domain => "Domain",
        Profile::Private => "Private",
        Profile::Public => "Public",
    }
}

pub fn connection_profile(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let found = match chosen(world, session, call, "InterfaceAlias", "Get-NetConnectionProfile") {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    let Some(profiles) = world.device(session.device).stack.filter.profiles else { return Answer::default() };
    let category = if profiles.active == Profile::Domain { "DomainAuthenticated" } else { word(profiles.active) };
    let objects = found.iter().filter(|adapter| adapter.connected && !adapter.addresses.is_empty()).map(|adapter| {
        Object::new()
            .with("Name", network_name(world, session.device, adapter))
            .with("InterfaceAlias", adapter.name.clone())
            .with("InterfaceIndex", adapter.number())
            .with("NetworkCategory", category)
    });
    Answer::new(View::List(&["Name", "InterfaceAlias", "InterfaceIndex", "NetworkCategory"]), objects.collect())
}

pub fn set_connection_profile(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    const NAME: &str = "Set-NetConnectionProfile";
    if !session.elevated {
        return denied(NAME);
    }
    let wanted = match call.text("NetworkCategory").map(str::to_lowercase).as_deref() {
        Some("private") => Profile::Private,
        Some("public") => Profile::Public,
        _ => return Answer::not_modelled(world, "Set-NetConnectionProfile with this category"),
    };
    let Some(profiles) = world.device_mut(session.device).stack.filter.profiles.as_mut() else { return Answer::default() };
    // What the domain has decided cannot be set by hand.
    if profiles.active == Profile::Domain {
        return super::invalid(
            NAME,
            "Unable to set NetworkCategory due to one of the following possible reasons: not running PowerShell \
             elevated; the NetworkCategory cannot be changed from 'DomainAuthenticated'. ",
        );
    }
    profiles.active = wanted;
    Answer::default()
}

fn switch(profiles: Profiles, profile: Profile) -> bool {
    match profile {
        Profile::Domain => profiles.domain,
        Profile::Private => profiles.private,
        Profile::Public => profiles.public,
    }
}

const PROFILES: &[Profile] = &[Profile::Domain, Profile::Private, Profile::Public];

/// The profiles that a call names, by either parameter; all where it names none.
fn named(call: &Call) -> Vec<Profile> {
    let mut names = call.list("Name").to_vec();
    names.extend(call.list("Profile").iter().cloned());
    if names.is_empty() && call.piped {
        names = call.list_or_input("Name");
    }
    PROFILES
        .iter()
        .copied()
        .filter(|profile| names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case(word(*profile))))
        .collect()
}

pub fn profiles(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let filter = &world.device(session.device).stack.filter;
    let Some(profiles) = filter.profiles else { return Answer::default() };
    let inbound = if filter.default_deny { "Block" } else { "Allow" };
    let objects = named(call).into_iter().map(|profile| {
        Object::new()
            .with("Name", word(profile))
            .with("Enabled", switch(profiles, profile))
            .with("DefaultInboundAction", inbound)
            .with("DefaultOutboundAction", "Allow")
    });
    Answer::new(View::List(&["Name", "Enabled", "DefaultInboundAction", "DefaultOutboundAction"]), objects.collect())
}

/// `True` or `$true`.
fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().trim_start_matches('$') {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

pub fn set_profiles(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    const NAME: &str = "Set-NetFirewallProfile";
    if !session.elevated {
        return denied(NAME);
    }
    let Some(on) = call.text("Enabled").and_then(truth) else {
        return Answer::not_modelled(world, "Set-NetFirewallProfile without -Enabled");
    };
    let chosen = named(call);
    let Some(profiles) = world.device_mut(session.device).stack.filter.profiles.as_mut() else { return Answer::default() };
    for profile in chosen {
        match profile {
            Profile::Domain => profiles.domain = on,
            Profile::Private => profiles.private = on,
            Profile::Public => profiles.public = on,
        }
    }
    Answer::default()
}

fn fits(rule: &Rule, call: &Call, names: &[String]) -> bool {
    let fitting = names.is_empty() || names.iter().any(|name| wildcard::matches(name, &rule.name));
    let enabled = call.text("Enabled").and_then(truth).is_none_or(|on| rule.enabled == on);
    let direction = call.text("Direction").is_none_or(|text| {
        let own = if rule.direction == Direction::Out { "outbound" } else { "inbound" };
        own.starts_with(&text.to_lowercase())
    });
    fitting && enabled && direction && rule.direction != Direction::Forward
}

/// Rules are known here by what they are called; their inner names are not modelled.
fn names(call: &Call) -> Vec<String> {
    let mut names = call.list("DisplayName").to_vec();
    names.extend(call.list("Name").iter().cloned());
    if names.is_empty() && call.piped {
        names = call.list_or_input("DisplayName");
    }
    names
}

const RULES: &[Column] = &[
    Column::left("DisplayName", 62),
    Column::left("Enabled", 7),
    Column::left("Direction", 9),
    Column::left("Action", 6),
    Column::left("Profile", 0),
];

pub fn rules(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let names = names(call);
    let rules = &world.device(session.device).stack.filter.rules;
    let objects: Vec<Object> = rules
        .iter()
        .filter(|rule| fits(rule, call, &names))
        .map(|rule| {
            let profiles: Vec<&str> = rule.profiles.iter().map(|profile| word(*profile)).collect();
            Object::new()
                .with("DisplayName", rule.name.clone())
                .with("Enabled", rule.enabled)
                .with("Direction", if rule.direction == Direction::Out { "Outbound" } else { "Inbound" })
                .with("Action", if rule.verdict == Verdict::Accept { "Allow" } else { "Block" })
                .with("Profile", if profiles.is_empty() { "Any".to_owned() } else { profiles.join(", ") })
        })
        .collect();
    match names.first().filter(|name| objects.is_empty() && !wildcard::is_pattern(name)) {
        Some(name) => Answer::failed(not_found("Get-NetFirewallRule", "DisplayName", name)),
        None => Answer::new(View::Table(RULES), objects),
    }
}

fn change(world: &mut World, session: &Session, call: &Call, cmdlet: &str, enabled: Option<bool>) -> Answer {
    let names = names(call);
    if !session.elevated {
        return denied(cmdlet);
    }
    let Some(first) = names.first().cloned() else { return Answer::not_modelled(world, &format!("{cmdlet} without a name")) };
    let rules = &mut world.device_mut(session.device).stack.filter.rules;
    if !rules.iter().any(|rule| fits(rule, &Call::default(), &names)) {
        return Answer::failed(not_found(cmdlet, "DisplayName", &first));
    }
    match enabled {
        Some(on) => {
            for rule in rules.iter_mut().filter(|rule| fits(rule, &Call::default(), &names)) {
                rule.enabled = on;
            }
        }
        None => rules.retain(|rule| !fits(rule, &Call::default(), &names)),
    }
    Answer::default()
}

pub fn enable(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    change(world, session, call, "Enable-NetFirewallRule", Some(true))
}

pub fn disable(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    change(world, session, call, "Disable-NetFirewallRule", Some(false))
}

pub fn remove(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    change(world, session, call, "Remove-NetFirewallRule", None)
}
