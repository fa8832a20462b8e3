//! Local Group Policy Editor, `gpedit.msc`: what it says of passwords and lockout, the same as `net accounts` shows and changes.
//! Editions for the home have no such editor, and on a domain controller the directory's policy stands in its place.

use super::parts::{number, offer, refuse, table, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::time::Span;
use crate::world::accounts::Policy;
use crate::world::{DeviceId, World};

/// The settings by the names of the editor, with what `net accounts` calls them, the unit and the largest value that it takes.
const SETTINGS: [(&str, &str, &str, u16); 6] = [
    ("Enforce password history", "history", "passwords remembered", 24),
    ("Maximum password age", "maximum-age", "days", 999),
    ("Minimum password length", "minimum-length", "characters", 14),
    ("Account lockout duration", "lockout-duration", "minutes", 65_535),
    ("Account lockout threshold", "lockout-threshold", "invalid logon attempts", 999),
    ("Reset account lockout counter after", "lockout-window", "minutes", 65_535),
];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    if windows.edition.contains("Home") || world.device(device).roles.directory.is_some() {
        return None;
    }
    let policy = windows.accounts.policy;
    let row = |at: usize| {
        let (name, _, unit, _) = SETTINGS[at];
        vec![name.to_owned(), format!("{} {unit}", held(&policy, at))]
    };
    let fields = (0..SETTINGS.len()).map(|at| text(SETTINGS[at].1, SETTINGS[at].0, &held(&policy, at).to_string()));
    let rules = windows.policy.applied.iter().map(|name| vec![name.clone()]);
    Some(View {
        title: "Local Group Policy Editor".to_owned(),
        tables: vec![
            table("Password Policy", &["Policy", "Security Setting"], (0..3).map(row).collect()),
            table("Account Lockout Policy", &["Policy", "Security Setting"], (3..6).map(row).collect()),
            table("Domain policies that come after this one", &["Name"], rules.collect()),
        ],
        operations: vec![offer("set", "Change the settings", Vec::new(), fields.collect())],
        ..View::default()
    })
}

/// A setting's value in its unit.
fn held(policy: &Policy, at: usize) -> u64 {
    match at {
        0 => policy.history.into(),
        1 => policy.maximum_age.as_seconds() / 86_400,
        2 => policy.minimum_length.into(),
        3 => policy.lockout_duration.as_seconds() / 60,
        4 => policy.lockout_threshold.into(),
        _ => policy.lockout_window.as_seconds() / 60,
    }
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if view(world, device).is_none() {
        return refuse("This device has no Local Group Policy Editor.");
    }
    if operation.verb != "set" {
        return operation.unknown();
    }
    let mut policy = windows_mut(world, device)?.accounts.policy;
    for (at, (label, name, _, largest)) in SETTINGS.into_iter().enumerate() {
        let typed = operation.value(name);
        if typed.is_empty() {
            continue;
        }
        let value: u16 = number(typed, label)?;
        if value > largest {
            return refuse(format!("{label}: enter a number from 0 to {largest}."));
        }
        let small = u8::try_from(value).unwrap_or(u8::MAX);
        match at {
            0 => policy.history = small,
            1 => policy.maximum_age = Span::days(value.into()),
            2 => policy.minimum_length = small,
            3 => policy.lockout_duration = Span::minutes(value.into()),
            4 => policy.lockout_threshold = value,
            _ => policy.lockout_window = Span::minutes(value.into()),
        }
    }
    windows_mut(world, device)?.accounts.policy = policy;
    Ok("The settings were changed.".to_owned())
}
