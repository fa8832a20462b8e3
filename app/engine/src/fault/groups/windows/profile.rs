//! Signing in: slow drives, lost profiles.

use super::super::twin;
use super::{Trace, change, windows};
use crate::fault::{Fault, Layer, Target, Tier};
use crate::probe::windows::{PROFILES, has_temporary_profile, leads_nowhere};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{EventLevel, EventLog, MappedDrive};

/// A file server that was switched off last year.
const GONE: &str = "\\\\FILES-OLD\\scans";
const LETTER: char = 'S';

pub const W4: Fault = Fault {
    id: "W4",
    title: "A drive mapped at sign-in leads to a server that is gone",
    layer: Layer::OperatingSystem,
    component: "mapped drive",
    tier: Tier::T2,
    targets: |world| {
        let free = |windows: &crate::world::windows::Windows| !windows.mapped_drives.iter().any(|drive| drive.letter == LETTER);
        if leads_nowhere(world, GONE) { super::computers(world, |_, windows| free(windows)) } else { Vec::new() }
    },
    inject: |world, target, _| {
        change(world, target.device, |windows| {
            let user = windows.signed_in.clone().unwrap_or_default();
            windows.mapped_drives.push(MappedDrive { letter: LETTER, path: GONE.to_owned(), user, persistent: true });
        });
    },
    traces: |world, target| {
        for days in [3, 2, 1] {
            let trace = Trace {
                ago: Span::days(days),
                log: EventLog::Application,
                source: "Winlogon",
                id: 6006,
                level: EventLevel::Warning,
            };
            let text = format!(
                "The winlogon notification subscriber <GPClient> took {} second(s) to handle the notification event (CreateSession).",
                590 + days
            );
            trace.write(world, target.device, text);
        }
    },
    present: |world, target| {
        windows(world, target.device)
            .is_some_and(|windows| windows.mapped_drives.iter().any(|drive| leads_nowhere(world, &drive.path)))
    },
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.mapped_drives.clone_from(&well.mapped_drives);
        }
    },
};

/// The security identifier of whoever is signed in, as the machine shows it everywhere.
fn identifier(world: &World, target: &Target) -> String {
    let device = world.device(target.device);
    let (windows, user) = (device.windows(), device.windows().and_then(|windows| windows.signed_in.as_deref()));
    let joined = windows.and_then(|windows| windows.joined.as_ref());
    let authority = joined.map_or(device.name.as_str(), |joined| joined.domain.as_str());
    crate::machine::sign_in::sid::of(authority, user.unwrap_or_default())
}

pub const W5: Fault = Fault {
    id: "W5",
    title: "The profile's key in the registry is marked as a backup",
    layer: Layer::OperatingSystem,
    component: "user profile",
    tier: Tier::T2,
    targets: |world| super::computers(world, |_, windows| windows.signed_in.is_some() && !has_temporary_profile(windows)),
    inject: |world, target, _| {
        let key = format!("{PROFILES}\\{}", identifier(world, target));
        change(world, target.device, |windows| {
            let user = windows.signed_in.clone().unwrap_or_default();
            windows.registry.insert(format!("{key}.bak\\ProfileImagePath"), format!("C:\\Users\\{user}"));
            windows.registry.insert(format!("{key}\\ProfileImagePath"), "C:\\Users\\TEMP".to_owned());
        });
    },
    traces: |world, target| {
        let trace =
            |id, level| Trace { ago: Span::minutes(50), log: EventLog::Application, source: "User Profile Service", id, level };
        let first = "Windows cannot find the local profile and is logging you on with a temporary profile. Changes you make to this profile will be lost when you log off.";
        trace(1511, EventLevel::Error).write(world, target.device, first.to_owned());
        let second = "Windows has backed up this user profile. Windows will automatically try to use the backup profile the next time this user logs on.";
        trace(1515, EventLevel::Warning).write(world, target.device, second.to_owned());
    },
    present: |world, target| windows(world, target.device).is_some_and(has_temporary_profile),
    repair: |world: &mut World, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.registry.clone_from(&well.registry);
        }
    },
};
