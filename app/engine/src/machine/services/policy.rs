//! Group policy as a computer takes it from its directory.

use crate::machine::sign_in::controller;
use crate::world::server::{Directory, GroupPolicy};
use crate::world::windows::MappedDrive;
use crate::world::{DeviceId, World};

/// No domain controller answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoController;

/// Whether a policy that is linked to one unit reaches what stands in another: the same, one below, or everything.
#[must_use]
pub fn reaches(linked: &str, unit: &str) -> bool {
    linked.is_empty() || unit.strip_prefix(linked).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The policies that a computer and the one who is signed in get, in order.
#[must_use]
pub fn applying<'d>(directory: &'d Directory, computer: &str, user: Option<&str>) -> Vec<&'d GroupPolicy> {
    let computer =
        directory.computers.iter().find(|(name, _)| name.eq_ignore_ascii_case(computer)).map(|(_, unit)| unit.as_str());
    let user = user.and_then(|name| directory.accounts.user(name)).map(|user| user.unit.as_str());
    directory
        .policies
        .iter()
        .filter(|policy| [computer, user].into_iter().flatten().any(|unit| reaches(&policy.unit, unit)))
        .collect()
}

/// Fetches and applies policy: names, unit, drives. A machine outside a domain has nothing to fetch.
pub fn refresh(world: &mut World, device: DeviceId) -> Result<(), NoController> {
    let Some(windows) = world.device(device).windows() else { return Ok(()) };
    if windows.joined.is_none() {
        return Ok(());
    }
    let user = windows.signed_in.clone();
    let server = controller(world, device).filter(|server| crate::machine::sign_in::trusted(world, device, *server));
    let server = server.ok_or(NoController)?;
    let Some(directory) = world.device(server).roles.directory.clone() else { return Err(NoController) };
    let (name, now) = (world.device(device).name.clone(), world.now);
    let Some(windows) = world.device_mut(device).windows_mut() else { return Ok(()) };
    let policies = applying(&directory, &name, user.as_deref());
    windows.policy.applied = policies.iter().map(|policy| policy.name.clone()).collect();
    windows.policy.last_applied = Some(now);
    if let Some((_, unit)) = directory.computers.iter().find(|(computer, _)| computer.eq_ignore_ascii_case(&name)) {
        windows.policy.unit.clone_from(unit);
    }
    for (letter, path) in policies.iter().flat_map(|policy| &policy.drives) {
        windows.mapped_drives.retain(|drive| drive.letter != *letter);
        let user = user.clone().unwrap_or_default();
        windows.mapped_drives.push(MappedDrive { letter: *letter, path: path.clone(), user, persistent: true });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_policy_reaches_its_unit_and_what_is_below() {
        for (linked, unit, expected) in [
            ("", "Staff", true),
            ("Staff", "Staff", true),
            ("Staff", "Staff/Desk", true),
            ("Staff", "Staffing", false),
            ("Staff/Desk", "Staff", false),
        ] {
            assert_eq!(super::reaches(linked, unit), expected, "{linked} {unit}");
        }
    }
}
