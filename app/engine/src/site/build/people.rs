//! People, their accounts in the directory or on their machine, and groups.

use super::Builder;
use crate::site::spec::Person as Spec;
use crate::sorted::{Map, Set};
use crate::time::{Span, Time};
use crate::world::PersonId;
use crate::world::accounts::{Accounts, Group, User};
use crate::world::device::System;
use crate::world::person::{Authority, Person, Skill};
use crate::world::server::{Directory, GroupPolicy};
use crate::world::windows::{CachedSignIn, Joined, PolicyState};

impl Builder<'_> {
    pub(super) fn people(&mut self) {
        for (at, spec) in self.site.person.iter().enumerate() {
            self.person(&format!("person[{at}]"), spec);
        }
        self.directory();
        self.local_accounts();
    }

    fn person(&mut self, path: &str, spec: &Spec) {
        let id = PersonId(u16::try_from(self.world.people.len()).unwrap_or(u16::MAX));
        if self.people.insert(spec.id.clone(), id).is_some() {
            self.complain(format!("{path}.id"), format!("There is a person “{}” already: give this one another id.", spec.id));
        }
        let place = self.place(&format!("{path}.place"), &spec.place).unwrap_or_default();
        let device = spec.device.as_ref().and_then(|name| self.device(&format!("{path}.device"), name));
        let skill = match spec.skill.as_deref() {
            None | Some("everyday") => Skill::Everyday,
            Some("novice") => Skill::Novice,
            Some("expert") => Skill::Expert,
            Some(_) => {
                self.complain(format!("{path}.skill"), "Write novice, everyday or expert.");
                Skill::Everyday
            }
        };
        let authority = self.authority(path, spec);
        let busy = self.busy(path, spec);
        let name = spec.name.clone().unwrap_or_else(|| self.person_name());
        self.world.people.push(Person {
            id,
            password: password_of(id),
            cloud_password: password_of(id),
            account: account(&name),
            name,
            job: spec.job.clone(),
            place,
            device,
            skill,
            patience: 700,
            mood: 500,
            politeness: 700,
            misunderstands: None,
            authority,
            busy,
            consented: Set::new(),
            verified: false,
            impostor: false,
            beliefs: Vec::new(),
            knows: Vec::new(),
            told: Vec::new(),
        });
        if let Some(device) = device {
            self.world.device_mut(device).user = Some(id);
        }
    }

    fn authority(&mut self, path: &str, spec: &Spec) -> Set<Authority> {
        let mut found = Set::new();
        for word in &spec.authority {
            match word.as_str() {
                "access" => found.insert(Authority::ApproveAccess),
                "change" => found.insert(Authority::ApproveChange),
                "spending" => found.insert(Authority::ApproveSpending),
                "security" => found.insert(Authority::Security),
                _ => {
                    self.complain(format!("{path}.authority"), "Write access, change, spending or security.");
                    false
                }
            };
        }
        found
    }

    fn busy(&mut self, path: &str, spec: &Spec) -> Vec<(u8, u8)> {
        let mut found = Vec::new();
        for text in &spec.busy {
            let hours = text.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
            match hours.filter(|(from, to): &(u8, u8)| from < to && *to <= 24) {
                Some(hours) => found.push(hours),
                None => self.complain(format!("{path}.busy"), "Write hours of the day such as \"09-11\"."),
            }
        }
        found
    }

    /// The directory's accounts; passwords are numbers, equal where the passwords are.
    fn directory(&mut self) {
        let server = self.site.device.iter().find(|device| device.directory).map(|device| device.name.clone());
        let Some(server) = server.and_then(|name| self.world.find(&name)) else { return };
        let now = self.now();
        let mut accounts = Accounts::default();
        for (name, description) in
            [("Domain Users", "All domain users"), ("Domain Admins", "Designated administrators of the domain")]
        {
            accounts.groups.insert(name.to_owned(), Group { description: description.to_owned(), ..Group::default() });
        }
        for group in &self.site.group {
            accounts.groups.insert(group.name.clone(), Group { description: group.description.clone(), ..Group::default() });
        }
        let mut unknown = Vec::new();
        for (at, spec) in self.site.person.iter().enumerate() {
            let Some(person) = self.world.people.get(at) else { continue };
            let key = person.account.clone();
            let set = now - Span::days(u64::from(self.chance.between(3, 35)));
            let unit = spec.unit.clone().unwrap_or_else(|| "Staff".to_owned());
            accounts.users.insert(key.clone(), user(&person.account, &person.name, at, set, &unit));
            for group in spec.groups.iter().map(String::as_str).chain(["Domain Users"]) {
                match accounts.groups.get_mut(group) {
                    Some(found) => _ = found.members.insert(key.clone()),
                    None => unknown.push((at, group.to_owned())),
                }
            }
        }
        for (at, group) in unknown {
            self.complain(
                format!("person[{at}].groups"),
                format!("There is no group “{group}”: write [[group]] with this name, or another."),
            );
        }
        for name in ["support", "administrator"] {
            accounts.users.insert(name.to_owned(), user(name, "IT support", 900, now - Span::days(10), "IT"));
            if let Some(group) = accounts.groups.get_mut("Domain Admins") {
                group.members.insert(name.to_owned());
            }
        }
        let computers = self
            .site
            .device
            .iter()
            .filter(|device| device.joined)
            .map(|device| (device.name.clone(), "Computers".to_owned()))
            .collect::<Map<_, _>>();
        self.world.device_mut(server).roles.directory = Some(Directory {
            domain: self.world.domain.clone(),
            accounts,
            computers,
            policies: vec![workstations()],
            ..Directory::default()
        });
    }

    /// Who may sign in to each machine, and who is signed in.
    fn local_accounts(&mut self) {
        let now = self.now();
        let directory = self.world.devices.iter().find_map(|device| device.roles.directory.clone());
        for (at, spec) in self.site.device.iter().enumerate() {
            let Some(id) = self.world.find(&spec.name) else { continue };
            if spec.joined && directory.is_none() {
                self.complain(format!("device[{at}].joined"), "No device has directory = true, so there is no domain to join.");
            }
            let owner = self.world.people.iter().find(|person| person.device == Some(id)).cloned();
            match &mut self.world.device_mut(id).system {
                System::Windows(windows) => {
                    windows.accounts = local_windows(owner.as_ref().filter(|_| !spec.joined), now).into();
                    windows.joined = directory
                        .as_ref()
                        .filter(|_| spec.joined)
                        .map(|directory| Joined { domain: directory.domain.clone(), trust_ok: true });
                    if windows.joined.is_some() {
                        windows.policy = PolicyState {
                            applied: vec![workstations().name],
                            last_applied: Some(now - Span::minutes(50)),
                            unit: "Computers".to_owned(),
                        }
                        .into();
                    }
                    if let Some(owner) = owner {
                        let groups =
                            directory.as_ref().map(|directory| directory.accounts.groups_of(&owner.account)).unwrap_or_default();
                        if spec.joined {
                            let kept = CachedSignIn { password: owner.password, groups: groups.clone() };
                            windows.cached_sign_ins.insert(owner.account.clone(), kept);
                        }
                        windows.token_groups =
                            if spec.joined { groups.into() } else { windows.accounts.groups_of(&owner.account).into() };
                        windows.signed_in = Some(owner.account);
                    }
                }
                System::Linux(linux) => {
                    if let Some(owner) = owner {
                        let mut added = user(&owner.account, &owner.name, 0, now - Span::days(90), "");
                        (added.uid, added.shell) = (1001, "/bin/bash".to_owned());
                        added.home = format!("/home/{}", owner.account);
                        linux.accounts.groups.entry(owner.account.clone()).or_default().gid = 1001;
                        linux.accounts.users.insert(owner.account, added);
                    }
                }
                _ => {}
            }
        }
    }
}

/// What every joined machine gets.
fn workstations() -> GroupPolicy {
    let settings = [("Desktop wallpaper", "Company"), ("Screen lock after", "10 minutes")];
    GroupPolicy {
        name: "Workstation settings".to_owned(),
        unit: "Computers".to_owned(),
        drives: Vec::new(),
        settings: settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    }
}

/// `Ada Novak` is `anovak`.
pub(super) fn account(name: &str) -> String {
    let mut words = name.split_whitespace();
    let (given, family) = (words.next().unwrap_or("x"), words.next_back().unwrap_or("user"));
    given.chars().take(1).chain(family.chars()).filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// The number that stands for the password a person knows.
#[must_use]
pub fn password_of(person: PersonId) -> u32 {
    1000 + u32::from(person.0)
}

fn user(name: &str, full_name: &str, at: usize, set: Time, unit: &str) -> User {
    User {
        name: name.to_owned(),
        full_name: full_name.to_owned(),
        password: 1000 + u32::try_from(at).unwrap_or_default(),
        password_set: set,
        enabled: true,
        unit: unit.to_owned(),
        ..User::default()
    }
}

fn local_windows(owner: Option<&Person>, now: Time) -> Accounts {
    let mut accounts = Accounts::default();
    accounts.policy.maximum_age = Span::ZERO;
    for (name, description) in [
        ("Administrators", "Administrators have complete and unrestricted access to the computer/domain"),
        ("Users", "Users are prevented from making accidental or intentional system-wide changes and can run most applications"),
        ("Remote Desktop Users", "Members in this group are granted the right to logon remotely"),
    ] {
        accounts.groups.insert(name.to_owned(), Group { description: description.to_owned(), ..Group::default() });
    }
    let mut add = |mut user: User, group: &str, enabled: bool| {
        user.enabled = enabled;
        user.never_expires = true;
        if let Some(group) = accounts.groups.get_mut(group) {
            group.members.insert(user.name.to_lowercase());
        }
        accounts.users.insert(user.name.to_lowercase(), user);
    };
    add(user("Administrator", "", 990, now - Span::days(400), ""), "Administrators", false);
    add(user("support", "IT support", 900, now - Span::days(60), ""), "Administrators", true);
    if let Some(owner) = owner {
        let number = usize::from(owner.id.0);
        add(user(&owner.account, &owner.name, number, now - Span::days(120), ""), "Users", true);
    }
    accounts
}
