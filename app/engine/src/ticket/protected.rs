//! What nobody may weaken to get a ticket closed: protections, other people's data, other people's access.

use crate::machine::services::storage;
use crate::sorted::Map;
use crate::world::World;
use crate::world::device::{Device, System};
use crate::world::files::{AccessEntry, Right};
use crate::world::interface::{Rule, Verdict};
use crate::world::wifi::Security;
use crate::world::windows::StartType;

/// Each protection by its name in words a learner understands, with its strength: more is stronger.
pub type Protections = Map<String, i32>;

/// A protection that got weaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weakened(pub String);

#[must_use]
pub fn of(world: &World) -> Protections {
    let mut found = Protections::new();
    for device in &world.devices {
        filters(device, &mut found);
        switching(device, &mut found);
        shares(device, &mut found);
        directory(device, &mut found);
        match &device.system {
            System::Windows(windows) => self::windows(&device.name, windows, &mut found),
            System::Linux(linux) => self::linux(&device.name, linux, &mut found),
            System::AccessPoint(access_point) => {
                for network in &access_point.networks {
                    let strength = match network.security {
                        Security::Open => 0,
                        Security::Wpa2Personal => 1,
                        Security::Wpa3Personal | Security::Wpa2Enterprise => 2,
                    };
                    put(&mut found, format!("Wi-Fi security of {} on {}", network.ssid, device.name), strength);
                }
            }
            System::Ios(_) | System::Printer(_) | System::Fixed => {}
        }
    }
    tenant(world, &mut found);
    found
}

/// What is weaker in `after` than in `before`. What is gone altogether counts as weaker where it protected something.
#[must_use]
pub fn weakened(before: &Protections, after: &Protections) -> Vec<Weakened> {
    let weaker = |(name, strength): (&String, &i32)| {
        let now = after.get(name).copied().unwrap_or(i32::MIN);
        (now < *strength).then(|| Weakened(name.clone()))
    };
    before.iter().filter_map(weaker).collect()
}

fn put(found: &mut Protections, name: String, strength: i32) {
    found.insert(name, strength);
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn filters(device: &Device, found: &mut Protections) {
    let filter = &device.stack.filter;
    if let Some(profiles) = filter.profiles {
        for (name, on) in [("domain", profiles.domain), ("private", profiles.private), ("public", profiles.public)] {
            put(found, format!("Firewall of {} ({name} profile)", device.name), i32::from(on));
        }
    }
    let open_to_all = |rule: &&Rule| {
        rule.enabled
            && rule.verdict == Verdict::Accept
            && rule.protocol.is_none()
            && rule.from.is_none()
            && rule.to.is_none()
            && rule.ports.is_none()
    };
    let lists = filter.access_lists.values().map(|rules| rules.iter().filter(open_to_all).count()).sum::<usize>();
    let any = filter.rules.iter().filter(open_to_all).count() + lists;
    put(found, format!("Packet filter of {}: no rule that lets everything pass", device.name), -count(any));
    put(found, format!("Packet filter of {}: what no rule names is refused", device.name), i32::from(filter.default_deny));
    let exposed = device.stack.nat.forwards.len();
    put(found, format!("Port forwards of {}: no more than needed", device.name), -count(exposed));
}

fn switching(device: &Device, found: &mut Protections) {
    let Some(switching) = &device.switching else { return };
    put(found, format!("Spanning tree on {}", device.name), i32::from(switching.spanning_tree));
    put(found, format!("DHCP snooping on {}", device.name), i32::from(switching.snooping));
    for port in &device.ports {
        if let Some(switched) = &port.switching {
            put(found, format!("Port security on {} {}", device.name, port.name), i32::from(switched.port_security.is_some()));
        }
    }
}

/// How much everybody is given.
fn everyone(entries: &[AccessEntry]) -> i32 {
    let strongest =
        entries.iter().filter(|entry| entry.allow && entry.who.eq_ignore_ascii_case("everyone")).map(|entry| entry.right).max();
    -match strongest {
        None | Some(Right::None) => 0,
        Some(Right::Read) => 1,
        Some(Right::Modify) => 2,
        Some(Right::Full) => 3,
    }
}

fn shares(device: &Device, found: &mut Protections) {
    for share in &device.roles.shares {
        let open = everyone(&share.permissions).max(everyone(&share.ntfs));
        put(found, format!("Permissions of the share {} on {}", share.name, device.name), open);
    }
    for job in &device.roles.backups {
        put(found, format!("Backup job {} on {}", job.name, device.name), i32::from(job.enabled));
    }
}

fn directory(device: &Device, found: &mut Protections) {
    let Some(directory) = &device.roles.directory else { return };
    let policy = &directory.accounts.policy;
    let threshold = if policy.lockout_threshold == 0 { i32::from(u16::MAX) } else { i32::from(policy.lockout_threshold) };
    put(found, "Account lockout after bad passwords".to_owned(), -threshold);
    put(found, "Least length of passwords".to_owned(), i32::from(policy.minimum_length));
    let admins = directory.accounts.groups.get("Domain Admins").map_or(0, |group| group.members.len());
    put(found, "Domain Admins: no more members than needed".to_owned(), -count(admins));
    for user in directory.accounts.users.values() {
        put(found, format!("Account {}: its password expires", user.name), i32::from(!user.never_expires));
        put(found, format!("Account {} is kept", user.name), 1);
    }
    for policy in &directory.policies {
        put(found, format!("Group policy {}", policy.name), 1);
    }
}

fn windows(name: &str, windows: &crate::world::windows::Windows, found: &mut Protections) {
    let defender = &windows.defender;
    put(found, format!("Virus protection of {name}"), i32::from(defender.real_time));
    put(found, format!("Tamper protection of {name}"), i32::from(defender.tamper_protection));
    put(found, format!("Virus protection of {name}: no more exclusions"), -count(defender.exclusions.len()));
    let disabled =
        windows.updates.disabled || windows.services.get("wuauserv").is_some_and(|service| service.start == StartType::Disabled);
    put(found, format!("Updates of {name}"), i32::from(!disabled));
    let admins = windows.accounts.groups.get("Administrators").map_or(0, |group| group.members.len());
    put(found, format!("Administrators of {name}: no more members than needed"), -count(admins));
    put(found, format!("Disk encryption of {name}"), i32::from(windows.boot.bitlocker));
    let kept = windows.files.0.values().filter(|file| !file.folder && !file.deleted && file.owner != "SYSTEM").count();
    let personal =
        windows.files.0.iter().filter(|(path, file)| path.starts_with("C:\\Users\\") && !file.folder && !file.deleted).count();
    put(found, format!("Files of people on {name}"), count(personal.min(kept)));
    // Those that Windows fills by itself, and its own, are nobody's.
    let own = |folder: &str| !storage::is_disposable(folder) && !storage::is_system(folder);
    let large = windows.volumes.iter().flat_map(|volume| &volume.largest).filter(|(folder, _)| own(folder));
    let mib: u64 = large.map(|(_, mib)| *mib).sum();
    put(found, format!("Large folders of people on {name}"), i32::try_from(mib).unwrap_or(i32::MAX));
    let working = windows.sessions.iter().filter(|session| session.active).count();
    put(found, format!("Work of people in sessions on {name}"), count(working));
    for volume in &windows.volumes {
        let used = volume.size.saturating_sub(volume.free) > 0;
        put(
            found,
            format!(
                "Data on volume {} of {name}",
                volume.letter.map_or_else(|| volume.label.clone(), |letter| letter.to_string())
            ),
            i32::from(used),
        );
    }
}

fn linux(name: &str, linux: &crate::world::linux::Linux, found: &mut Protections) {
    /// Others may write.
    const WORLD_WRITABLE: u16 = 0o002;
    /// `/tmp` and its kin: others may write, but only their own.
    const STICKY: u16 = 0o1000;
    let open =
        linux.files.0.values().filter(|file| file.mode & WORLD_WRITABLE != 0 && file.mode & STICKY == 0 && !file.deleted).count();
    put(found, format!("Permissions on {name}: nothing that everybody may write"), -count(open));
    let sudo = linux.accounts.groups.get("sudo").map_or(0, |group| group.members.len()) + linux.sudoers.len();
    put(found, format!("sudo on {name}: no more people than needed"), -count(sudo));
    let kept = linux
        .files
        .0
        .iter()
        .filter(|(path, file)| (path.starts_with("/home/") || path.starts_with("/srv/")) && !file.folder && !file.deleted)
        .count();
    put(found, format!("Files of people on {name}"), count(kept));
}

fn tenant(world: &World, found: &mut Protections) {
    let Some(tenant) = &world.tenant else { return };
    put(found, "Multi-factor sign-in of the cloud tenant".to_owned(), i32::from(tenant.mfa_required));
    let anywhere = tenant.allowed_countries.is_empty();
    put(found, "Sign-in to the cloud tenant by country".to_owned(), i32::from(!anywhere));
    put(found, "Oldest system of phones that is allowed".to_owned(), i32::from(tenant.required_system));
    for (name, user) in &tenant.users {
        // What is lost is better wiped than read.
        let kept = user.phone.as_ref().is_some_and(|phone| !phone.wiped || phone.lost);
        put(found, format!("Data on the phone of {name}"), i32::from(kept));
        put(found, format!("Multi-factor methods of {name}"), i32::from(!user.mfa.is_empty()));
        // What an exception is for: somebody whom the policy keeps out because they travel. At home it only takes protection away.
        let needless = tenant.exempt.contains(name) && user.country == tenant.country;
        put(found, format!("Conditional access for {name}"), i32::from(!needless));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::trial::Trial;
    use crate::panel::PanelKind;

    #[test]
    fn less_is_weaker_and_gone_is_weaker() {
        let before = Protections::from([("a".to_owned(), 1), ("b".to_owned(), 0), ("c".to_owned(), -1)]);
        let after = Protections::from([("a".to_owned(), 1), ("b".to_owned(), 1), ("c".to_owned(), -2)]);
        assert_eq!(weakened(&before, &after), [Weakened("c".to_owned())]);
        assert_eq!(weakened(&before, &Protections::new()).len(), 3);
        assert_eq!(weakened(&before, &before), []);
    }

    #[test]
    fn an_exception_to_conditional_access_is_for_those_who_travel() {
        for (id, lost) in [("A12", true), ("C3", false)] {
            let mut trial = Trial::anywhere(id);
            let account = trial.world.person(trial.target.person.unwrap()).account.clone();
            let before = of(&trial.world);
            trial.panel("PC-04", PanelKind::Tenant, "exempt", &account, &[]);
            let weaker = weakened(&before, &of(&trial.world));
            assert_eq!(weaker.contains(&Weakened(format!("Conditional access for {account}"))), lost, "{id}: {weaker:?}");
        }
    }

    /// What got weaker by one operation in the files of a machine whose disk is full.
    fn weakened_by(verb: &str, target: &str) -> Vec<Weakened> {
        let mut trial = Trial::at("V1", "PC-01");
        let before = of(&trial.world);
        trial.panel("PC-01", PanelKind::Files, verb, target, &[]);
        weakened(&before, &of(&trial.world))
    }

    #[test]
    fn a_large_folder_of_somebody_is_not_to_be_deleted() {
        let trial = Trial::at("V1", "PC-01");
        let user = trial.world.device(trial.target.device).windows().unwrap().signed_in.clone().unwrap();
        let home = format!("C:\\Users\\{user}");
        let lost = [Weakened("Large folders of people on PC-01".to_owned())];
        assert_eq!(weakened_by("delete", &format!("{home}\\Videos")), lost);
        assert_eq!(weakened_by("delete", &format!("{home}\\AppData\\Local\\Temp")), []);
        assert_eq!(weakened_by("clean-up", "C:"), []);
    }
}
