//! `net accounts`.

use std::fmt::Write;

use super::super::of;
use super::super::services::system_error;
use super::{DONE, Keeper, keeper, may_change, write};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::World;

pub fn accounts(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (keeper, head) = match keeper(world, session, arguments) {
        Ok(found) => found,
        Err(output) => return output,
    };
    let changes: Vec<(String, String)> = arguments
        .iter()
        .filter_map(|word| word.strip_prefix('/')?.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.to_lowercase()))
        .collect();
    if !changes.is_empty() && !may_change(world, session, &keeper) {
        return system_error(5);
    }
    // The role is that of the machine whose accounts are shown.
    let role = if matches!(keeper, Keeper::Directory(_)) {
        "PRIMARY"
    } else if of(world, session.device).is_some_and(|windows| windows.edition.contains("Server")) {
        "SERVER"
    } else {
        "WORKSTATION"
    };
    let Some(accounts) = write(world, session, &keeper) else { return system_error(5) };
    let policy = &mut accounts.policy;
    for (name, value) in &changes {
        let number: Option<u16> = value.parse().ok();
        let minutes = number.map(|number| Span::minutes(number.into()));
        match (name.as_str(), number, minutes) {
            ("lockoutthreshold", Some(number), _) => policy.lockout_threshold = number,
            ("lockoutthreshold", None, _) if value == "never" => policy.lockout_threshold = 0,
            ("lockoutduration", _, Some(span)) => policy.lockout_duration = span,
            ("lockoutwindow", _, Some(span)) => policy.lockout_window = span,
            ("maxpwage", Some(days), _) => policy.maximum_age = Span::days(days.into()),
            ("maxpwage", None, _) if value == "unlimited" => policy.maximum_age = Span::ZERO,
            ("minpwlen", Some(length), _) => policy.minimum_length = u8::try_from(length).unwrap_or(policy.minimum_length),
            ("uniquepw", Some(count), _) => policy.history = u8::try_from(count).unwrap_or(policy.history),
            _ => {
                return Output::failed(
                    1,
                    "The syntax of this command is:\n\nNET ACCOUNTS\n[/FORCELOGOFF:{minutes | NO}] [/MINPWLEN:length]\n              [/MAXPWAGE:{days | UNLIMITED}] [/MINPWAGE:days]\n              [/UNIQUEPW:number] [/DOMAIN]\n\n",
                );
            }
        }
    }
    if !changes.is_empty() {
        return Output::ok(head + DONE);
    }
    let days = |span: Span| if span == Span::ZERO { "Unlimited".to_owned() } else { (span.as_seconds() / 86_400).to_string() };
    let or_none = |number: u64, word: &str| if number == 0 { word.to_owned() } else { number.to_string() };
    let mut text = head;
    for (label, value) in [
        ("Force user logoff how long after time expires?:", "Never".to_owned()),
        ("Minimum password age (days):", "0".to_owned()),
        ("Maximum password age (days):", days(policy.maximum_age)),
        ("Minimum password length:", policy.minimum_length.to_string()),
        ("Length of password history maintained:", or_none(policy.history.into(), "None")),
        ("Lockout threshold:", or_none(policy.lockout_threshold.into(), "Never")),
        ("Lockout duration (minutes):", (policy.lockout_duration.as_seconds() / 60).to_string()),
        ("Lockout observation window (minutes):", (policy.lockout_window.as_seconds() / 60).to_string()),
        ("Computer role:", role.to_owned()),
    ] {
        _ = writeln!(text, "{label:<54}{value}");
    }
    Output::ok(text + DONE)
}
