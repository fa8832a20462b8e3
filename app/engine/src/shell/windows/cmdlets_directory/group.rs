//! `Get-ADGroupMember`, `Add-ADGroupMember`, `Remove-ADGroupMember`.

use super::{Answer, Call, Desk};
use crate::machine::sign_in::admin::{self, Refusal, distinguished, distinguished_user};
use crate::shell::Session;
use crate::shell::windows::{Object, Parameter, View};
use crate::world::World;

pub const GET: &[Parameter] = &[Parameter::positional("Identity"), Parameter::switch("Recursive")];
pub const CHANGE: &[Parameter] = &[Parameter::positional("Identity"), Parameter::positional("Members")];

const SHOWN: &[&str] = &["distinguishedName", "name", "objectClass", "SamAccountName"];

pub fn get(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let name = call.text("Identity").unwrap_or_default().to_owned();
    let desk = match Desk::open(world, session, "Get-ADGroupMember", &name) {
        Ok(desk) => desk,
        Err(answer) => return *answer,
    };
    let Some(directory) = desk.directory(world) else { return Answer::default() };
    let accounts = &directory.accounts;
    let Some((group, found)) = accounts.groups.iter().find(|(group, _)| group.eq_ignore_ascii_case(&name)) else {
        return Answer::failed(desk.not_found(world, &name));
    };
    let mut objects = Vec::new();
    if call.has("Recursive") {
        for user in accounts.users.values().filter(|user| accounts.groups_of(&user.name).contains(group)) {
            objects.push(member(&user.full_name, &user.name, "user", &distinguished_user(user, &directory.domain)));
        }
        return Answer::new(View::List(SHOWN), objects);
    }
    for name in &found.members {
        objects.push(match accounts.user(name) {
            Some(user) => member(&user.full_name, &user.name, "user", &distinguished_user(user, &directory.domain)),
            None => member(name, name, "group", &format!("CN={name},CN=Users,{}", distinguished(&directory.domain))),
        });
    }
    Answer::new(View::List(SHOWN), objects)
}

fn member(name: &str, account: &str, class: &str, place: &str) -> Object {
    let name = if name.is_empty() { account } else { name };
    Object::new().with("distinguishedName", place).with("name", name).with("objectClass", class).with("SamAccountName", account)
}

pub fn add(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    change(world, session, call, "Add-ADGroupMember")
}

pub fn remove(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    change(world, session, call, "Remove-ADGroupMember")
}

fn change(world: &mut World, session: &Session, call: &Call, cmdlet: &'static str) -> Answer {
    let group = call.text("Identity").unwrap_or_default().to_owned();
    let desk = match Desk::open(world, session, cmdlet, &group) {
        Ok(desk) => desk,
        Err(answer) => return *answer,
    };
    if let Err(failure) = desk.may_change(world, session, &group) {
        return Answer::failed(failure);
    }
    let mut answer = Answer::default();
    for name in call.list("Members") {
        let adds = cmdlet.starts_with("Add");
        let result = if adds {
            admin::add_member(world, desk.keeper, &group, name)
        } else {
            admin::remove_member(world, desk.keeper, &group, name)
        };
        match result {
            // Adding twice is an error; taking away what is not there is none.
            Ok(()) | Err(Refusal::NotMember) => {}
            Err(refusal) => answer.failures.push(desk.refused(world, &group, &refusal)),
        }
    }
    answer
}
