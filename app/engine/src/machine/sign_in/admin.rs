//! What an administrator does to directory accounts, for every console and cmdlet alike.

use super::events;
use crate::world::accounts::{User, password_number};
use crate::world::server::Directory;
use crate::world::{DeviceId, World};

/// Why the directory did not do it, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoSuchUser(String),
    NoSuchGroup(String),
    PasswordPolicy,
    AlreadyMember,
    NotMember,
}

impl Refusal {
    /// As the consoles print it.
    #[must_use]
    pub fn text(&self, domain: &str) -> String {
        match self {
            Self::NoSuchUser(name) | Self::NoSuchGroup(name) => {
                format!("Cannot find an object with identity: '{name}' under: '{}'.", distinguished(domain))
            }
            Self::PasswordPolicy => {
                "The password does not meet the length, complexity, or history requirement of the domain.".to_owned()
            }
            Self::AlreadyMember => "The specified account name is already a member of the group.".to_owned(),
            Self::NotMember => "The specified account name is not a member of the group.".to_owned(),
        }
    }
}

/// `DC=clinic,DC=example`.
#[must_use]
pub fn distinguished(domain: &str) -> String {
    domain.split('.').map(|part| format!("DC={part}")).collect::<Vec<_>>().join(",")
}

/// `CN=Ada Novak,OU=Reception,OU=Staff,DC=clinic,DC=example`.
#[must_use]
pub fn distinguished_user(user: &User, domain: &str) -> String {
    let units: String =
        user.unit.split('/').rev().filter(|unit| !unit.is_empty()).fold(String::new(), |text, unit| text + "OU=" + unit + ",");
    let name = if user.full_name.is_empty() { &user.name } else { &user.full_name };
    format!("CN={name},{units}{}", distinguished(domain))
}

fn directory(world: &mut World, keeper: DeviceId) -> Option<&mut Directory> {
    world.device_mut(keeper).roles.directory.as_mut()
}

fn user<'w>(world: &'w mut World, keeper: DeviceId, name: &str) -> Result<&'w mut User, Refusal> {
    directory(world, keeper)
        .and_then(|directory| directory.accounts.user_mut(name))
        .ok_or_else(|| Refusal::NoSuchUser(name.to_owned()))
}

/// Takes the lock off and forgets the bad tries.
pub fn unlock(world: &mut World, keeper: DeviceId, name: &str) -> Result<(), Refusal> {
    let user = user(world, keeper, name)?;
    user.locked_since = None;
    user.bad_attempts = 0;
    events::administered(world, keeper, 4767, &name.to_lowercase());
    Ok(())
}

/// Enables or disables an account.
pub fn enable(world: &mut World, keeper: DeviceId, name: &str, enabled: bool) -> Result<(), Refusal> {
    user(world, keeper, name)?.enabled = enabled;
    events::administered(world, keeper, if enabled { 4722 } else { 4725 }, &name.to_lowercase());
    Ok(())
}

/// Gives a new password, and tells its owner.
pub fn reset_password(world: &mut World, keeper: DeviceId, name: &str, password: &str, must_change: bool) -> Result<(), Refusal> {
    let policy = directory(world, keeper).map(|directory| directory.accounts.policy).unwrap_or_default();
    user(world, keeper, name)?;
    if password.chars().count() < usize::from(policy.minimum_length) || !is_complex(password, name) {
        return Err(Refusal::PasswordPolicy);
    }
    new_password(world, name, password_number(password));
    user(world, keeper, name)?.must_change = must_change;
    events::administered(world, keeper, 4724, &name.to_lowercase());
    Ok(())
}

/// Three of four kinds of characters, and not the account's name (Microsoft, "Password must meet complexity requirements").
fn is_complex(password: &str, name: &str) -> bool {
    const SHORT_NAMES_ARE_NOT_LOOKED_FOR: usize = 3;
    let kinds = [
        password.chars().any(char::is_uppercase),
        password.chars().any(char::is_lowercase),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_alphanumeric()),
    ];
    let named = name.len() >= SHORT_NAMES_ARE_NOT_LOOKED_FOR && password.to_lowercase().contains(&name.to_lowercase());
    kinds.iter().filter(|kind| **kind).count() >= 3 && !named
}

/// An account's password becomes another one everywhere it is the same: directory and tenant are synchronised. Without a directory
/// it is the tenant's alone, and machines keep their own.
pub fn new_password(world: &mut World, name: &str, number: u32) {
    let (now, name) = (world.now, name.to_lowercase());
    let Some(keeper) = super::directory_server(world) else { return in_tenant(world, &name, number) };
    if let Some(user) = directory(world, keeper).and_then(|directory| directory.accounts.user_mut(&name)) {
        user.password = number;
        user.password_set = now;
        user.must_change = false;
    }
    synchronise(world, &name, number);
}

/// The directory has a new password: the tenant gets it too, and its owner is told.
pub fn synchronise(world: &mut World, name: &str, number: u32) {
    in_tenant(world, name, number);
    super::people_learn(world, name, number);
}

fn in_tenant(world: &mut World, name: &str, number: u32) {
    if let Some(user) = world.tenant.as_mut().and_then(|tenant| tenant.users.get_mut(&name.to_lowercase())) {
        user.password = number;
        user.compromised = false;
        // Who is told a new password enters it on the phone as well; that this was forgotten is a fault of its own.
        if let Some(phone) = &mut user.phone {
            phone.mail_password = number;
        }
    }
    for person in world.people.iter_mut().filter(|person| person.account.eq_ignore_ascii_case(name)) {
        person.cloud_password = number;
    }
}

/// Puts a user into a group. Sessions that are open do not notice.
pub fn add_member(world: &mut World, keeper: DeviceId, group: &str, name: &str) -> Result<(), Refusal> {
    member(world, keeper, group, name, true)
}

/// Takes a user out of a group.
pub fn remove_member(world: &mut World, keeper: DeviceId, group: &str, name: &str) -> Result<(), Refusal> {
    member(world, keeper, group, name, false)
}

fn member(world: &mut World, keeper: DeviceId, group: &str, name: &str, add: bool) -> Result<(), Refusal> {
    let Some(directory) = directory(world, keeper) else { return Err(Refusal::NoSuchGroup(group.to_owned())) };
    let accounts = &mut directory.accounts;
    let written = accounts.groups.keys().find(|known| known.eq_ignore_ascii_case(group)).cloned();
    let Some(written) = written else { return Err(Refusal::NoSuchGroup(group.to_owned())) };
    let nested = accounts.groups.keys().find(|known| known.eq_ignore_ascii_case(name)).cloned();
    let member = match (accounts.user(name), nested) {
        (Some(_), _) => name.to_lowercase(),
        (None, Some(nested)) => nested,
        (None, None) => return Err(Refusal::NoSuchUser(name.to_owned())),
    };
    let Some(found) = accounts.groups.get_mut(&written) else { return Err(Refusal::NoSuchGroup(group.to_owned())) };
    match (add, found.members.contains(&member)) {
        (true, true) => return Err(Refusal::AlreadyMember),
        (false, false) => return Err(Refusal::NotMember),
        (true, false) => _ = found.members.insert(member.clone()),
        (false, true) => _ = found.members.remove(&member),
    }
    events::membership(world, keeper, &written, &member, add);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::trial::sites;
    use crate::probe::Probe;

    /// With a directory there is one password; without one the machine keeps its own, and its owner knows both.
    #[test]
    fn a_new_password_of_the_tenant_locks_nobody_out() {
        let mut without = 0;
        for mut world in sites() {
            let keeper = super::super::directory_server(&world);
            let tenant = world.tenant.as_ref().unwrap();
            let person = world.people.iter().find(|person| person.device.is_some() && tenant.users.contains_key(&person.account));
            let (person, device, account) = person.map(|one| (one.id, one.device.unwrap(), one.account.clone())).unwrap();
            let probes = [
                Probe::SignIn { device, person },
                Probe::Cloud {
                    person,
                    service: world.tenant.as_ref().unwrap().users[&account].licences.first().unwrap().clone(),
                },
            ];
            let works = |world: &World| probes.iter().map(|probe| probe.passes(world)).collect::<Vec<_>>();
            assert_eq!(works(&world), [true, true], "{}", world.organisation);
            let before = world.person(person).password;
            new_password(&mut world, &account, before + 1);
            assert_eq!(works(&world), [true, true], "{}", world.organisation);
            assert_eq!(world.person(person).password == before, keeper.is_none());
            without += u32::from(keeper.is_none());
        }
        assert!(without > 0, "no site without a directory");
    }
}
