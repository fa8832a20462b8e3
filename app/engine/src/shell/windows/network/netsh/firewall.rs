//! `netsh advfirewall`: profiles and rules.

mod rule;

use std::fmt::Write;

use super::{NEEDS_ELEVATION, not_found};
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::interface::{Filter, Profile, Profiles};

pub fn run(world: &mut World, session: &Session, verbs: &[&str], words: &[&str]) -> Output {
    match verbs {
        [
            "show",
            which @ ("allprofiles" | "currentprofile" | "domainprofile" | "privateprofile" | "publicprofile"),
            rest @ ..,
        ] => show(world, session, which, rest.first() == Some(&"state")),
        ["set", which, "state", value] => set_state(world, session, which, value),
        ["firewall", "show", "rule", ..] => rule::show(world, session, words.get(3..).unwrap_or_default()),
        ["firewall", "add", "rule", ..] => rule::add(world, session, words.get(3..).unwrap_or_default()),
        ["firewall", "delete", "rule", ..] => rule::delete(world, session, words.get(3..).unwrap_or_default()),
        ["firewall", "set", "rule", ..] => rule::set(world, session, words.get(3..).unwrap_or_default()),
        ["reset" | "set" | "show" | "export" | "import" | "consec" | "mainmode" | "monitor" | "firewall", ..] => {
            Output::not_modelled(world, &format!("netsh advfirewall {}", words.join(" ")))
        }
        _ => not_found(&format!("advfirewall {}", words.join(" "))),
    }
}

fn filter<'a>(world: &'a World, session: &Session) -> Option<(&'a Filter, Profiles)> {
    let filter = &*world.device(session.device).stack.filter;
    filter.profiles.map(|profiles| (filter, profiles))
}

fn service_stopped() -> Output {
    Output::failed(
        1,
        "An error occurred while attempting to contact the  Windows Defender Firewall service. Make sure that the service \
         is running and try your request again.\n\n",
    )
}

fn show(world: &World, session: &Session, which: &str, state_only: bool) -> Output {
    let Some((filter, profiles)) = filter(world, session) else { return service_stopped() };
    let all = [
        ("Domain", Profile::Domain, profiles.domain),
        ("Private", Profile::Private, profiles.private),
        ("Public", Profile::Public, profiles.public),
    ];
    let chosen = all.iter().filter(|(name, profile, _)| match which {
        "allprofiles" => true,
        "currentprofile" => *profile == profiles.active,
        _ => which.starts_with(&name.to_lowercase()),
    });
    let inbound = if filter.default_deny { "BlockInbound" } else { "AllowInbound" };
    let mut text = String::new();
    for (name, _, on) in chosen {
        let _ =
            writeln!(text, "\n{name} Profile Settings: \n----------------------------------------------------------------------");
        let _ = writeln!(text, "{:<34}{}", "State", if *on { "ON" } else { "OFF" });
        if !state_only {
            let _ = writeln!(text, "{:<34}{inbound},AllowOutbound", "Firewall Policy");
        }
    }
    text.push_str("Ok.\n\n");
    Output::ok(text)
}

fn set_state(world: &mut World, session: &Session, which: &str, value: &str) -> Output {
    if !session.elevated {
        return Output::failed(1, NEEDS_ELEVATION);
    }
    let on = match value {
        "on" => true,
        "off" => false,
        _ => return Output::not_modelled(world, &format!("netsh advfirewall set {which} state {value}")),
    };
    let Some(profiles) = world.device_mut(session.device).stack.filter.profiles.as_mut() else { return service_stopped() };
    let current = match profiles.active {
        Profile::Domain => "domainprofile",
        Profile::Private => "privateprofile",
        Profile::Public => "publicprofile",
    };
    match if which == "currentprofile" { current } else { which } {
        "allprofiles" => (profiles.domain, profiles.private, profiles.public) = (on, on, on),
        "domainprofile" => profiles.domain = on,
        "privateprofile" => profiles.private = on,
        "publicprofile" => profiles.public = on,
        _ => return not_found(&format!("advfirewall set {which} state {value}")),
    }
    Output::ok("Ok.\n\n")
}
