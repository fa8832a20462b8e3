//! `Get-ADUser` and `Search-ADAccount`.

use super::{Answer, Call, Desk, mark};
use crate::machine::sign_in::admin::{distinguished, distinguished_user};
use crate::shell::Session;
use crate::shell::cmd::wildcard::matches;
use crate::shell::windows::{Failure, Object, Parameter, Value, View};
use crate::sorted;
use crate::world::World;
use crate::world::accounts::User;
use crate::world::server::Directory;

pub const GET: &[Parameter] = &[
    Parameter::positional("Identity"),
    Parameter::named("Filter"),
    Parameter::named("Properties"),
    Parameter::named("SearchBase"),
];
pub const SEARCH: &[Parameter] = &[
    Parameter::switch("LockedOut"),
    Parameter::switch("AccountDisabled"),
    Parameter::switch("PasswordExpired"),
    Parameter::switch("PasswordNeverExpires"),
    Parameter::switch("AccountExpired"),
    Parameter::switch("UsersOnly"),
];

/// What `Get-ADUser` shows without being asked for more, in the order of its list.
const SHOWN: &[&str] = &[
    "DistinguishedName",
    "Enabled",
    "GivenName",
    "Name",
    "ObjectClass",
    "ObjectGUID",
    "SamAccountName",
    "SID",
    "Surname",
    "UserPrincipalName",
];
const FOUND: &[&str] = &[
    "AccountExpirationDate",
    "DistinguishedName",
    "Enabled",
    "LastLogonDate",
    "LockedOut",
    "Name",
    "ObjectClass",
    "ObjectGUID",
    "PasswordExpired",
    "PasswordNeverExpires",
    "SamAccountName",
    "SID",
    "UserPrincipalName",
];

pub fn get(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let about = call.text("Identity").unwrap_or_default().to_owned();
    let desk = match Desk::open(world, session, "Get-ADUser", &about) {
        Ok(desk) => desk,
        Err(answer) => return *answer,
    };
    if call.has("SearchBase") {
        return Answer::not_modelled(world, "Get-ADUser -SearchBase");
    }
    let names = super::identities(call);
    let Some(directory) = desk.directory(world) else { return Answer::default() };
    // What was asked for stands among the rest.
    let view = if call.list("Properties").is_empty() { View::List(SHOWN) } else { View::Automatic };
    let mut answer = Answer { view, ..Answer::default() };
    if !names.is_empty() {
        for name in names {
            match directory.accounts.user(&name) {
                Some(user) => answer.objects.push(object(world, directory, user, call)),
                None => answer.failures.push(desk.not_found(world, &name)),
            }
        }
        return answer;
    }
    let Some(filter) = call.text("Filter") else {
        return Answer::failed(Failure::new(
            "Cannot process command because of one or more missing mandatory parameters: Filter.",
            "InvalidArgument: (:) [Get-ADUser], ParameterBindingException",
            "MissingMandatoryParameter,Microsoft.ActiveDirectory.Management.Commands.GetADUser",
        ));
    };
    let Some(test) = Test::read(filter) else {
        let what = format!("Get-ADUser -Filter {filter}");
        return Answer::not_modelled(world, &what);
    };
    let all = directory.accounts.users.values().map(|user| (user, every(world, directory, user)));
    answer.objects = all.filter(|(_, whole)| test.holds(whole)).map(|(user, _)| object(world, directory, user, call)).collect();
    answer
}

pub fn search(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let desk = match Desk::open(world, session, "Search-ADAccount", "") {
        Ok(desk) => desk,
        Err(answer) => return *answer,
    };
    let Some(directory) = desk.directory(world) else { return Answer::default() };
    let accounts = &directory.accounts;
    let now = world.now;
    let wanted = |user: &&User| {
        call.has("LockedOut") && accounts.is_locked(user, now)
            || call.has("AccountDisabled") && !user.enabled
            || call.has("PasswordExpired") && (user.must_change || accounts.password_expired(user, now))
            || call.has("PasswordNeverExpires") && user.never_expires
            || call.has("AccountExpired") && user.expires.is_some_and(|end| now >= end)
    };
    let objects = accounts.users.values().filter(wanted).map(|user| every(world, directory, user)).collect();
    Answer::new(View::List(FOUND), objects)
}

/// The usual properties, and those that were asked for.
fn object(world: &World, directory: &Directory, user: &User, call: &Call) -> Object {
    let asked = call.list("Properties");
    let all = asked.iter().any(|property| property == "*");
    let whole = every(world, directory, user);
    let mut found = Object::new();
    let mut properties: Vec<_> = whole
        .properties
        .into_iter()
        .filter(|(name, _)| {
            all || SHOWN.contains(&name.as_str()) || asked.iter().any(|property| property.eq_ignore_ascii_case(name))
        })
        .collect();
    sorted::by_key(&mut properties, |(name, _)| name.to_lowercase());
    found.properties = properties;
    found
}

/// Everything the directory holds about an account.
fn every(world: &World, directory: &Directory, user: &User) -> Object {
    let accounts = &directory.accounts;
    let local = i64::from(world.zone_minutes).saturating_mul(60_000);
    let (given, surname) = user.full_name.split_once(' ').unwrap_or((&user.full_name, ""));
    let name = if user.full_name.is_empty() { &user.name } else { &user.full_name };
    let member_of: Vec<String> = accounts
        .groups
        .iter()
        .filter(|(_, group)| group.members.contains(&user.name.to_lowercase()))
        .map(|(group, _)| format!("CN={group},CN=Users,{}", distinguished(&directory.domain)))
        .collect();
    let set = if user.must_change { Value::Empty } else { Value::Time(user.password_set.shifted(local)) };
    Object::new()
        .with("DistinguishedName", distinguished_user(user, &directory.domain))
        .with("Enabled", user.enabled)
        .with("GivenName", given)
        .with("Name", name.as_str())
        .with("ObjectClass", "user")
        .with("ObjectGUID", guid(&user.name))
        .with("SamAccountName", user.name.as_str())
        .with("SID", crate::machine::sign_in::sid::of(&directory.domain, &user.name))
        .with("Surname", surname)
        .with("UserPrincipalName", format!("{}@{}", user.name, directory.domain))
        .with("AccountExpirationDate", user.expires.map(|end| Value::Time(end.shifted(local))))
        .with("BadLogonCount", u32::from(user.bad_attempts))
        .with("LastBadPasswordAttempt", user.last_bad.map(|at| Value::Time(at.shifted(local))))
        .with("LastLogonDate", Value::Empty)
        .with("LockedOut", accounts.is_locked(user, world.now))
        .with("MemberOf", member_of)
        .with("PasswordExpired", user.must_change || accounts.password_expired(user, world.now))
        .with("PasswordLastSet", set)
        .with("PasswordNeverExpires", user.never_expires)
}

fn guid(name: &str) -> String {
    let part = |salt| mark(name, salt);
    let (b, c) = (part("b"), part("c"));
    format!("{:08x}-{:04x}-{:04x}-{:04x}-{:08x}{:04x}", part("a"), b >> 16, b & 0xffff, c >> 16, part("d"), c & 0xffff)
}

/// `*`, or one comparison: `Name -like 'Ada*'`, `{Enabled -eq $false}`.
enum Test {
    All,
    One { property: String, operator: String, value: String },
}

impl Test {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('{').trim_end_matches('}').trim();
        if text == "*" {
            return Some(Self::All);
        }
        let (property, rest) = text.split_once(' ')?;
        let (operator, value) = rest.trim_start().split_once(' ')?;
        let operator = operator.strip_prefix('-')?.to_lowercase();
        let value = value.trim().trim_matches(['\'', '"']).to_owned();
        let plain = !value.contains(" -and ") && !value.contains(" -or ");
        (plain && ["eq", "ne", "like"].contains(&operator.as_str())).then(|| Self::One {
            property: property.to_owned(),
            operator,
            value,
        })
    }

    fn holds(&self, object: &Object) -> bool {
        let Self::One { property, operator, value } = self else { return true };
        let held = object.text(property);
        let wanted = value.strip_prefix('$').unwrap_or(value);
        match operator.as_str() {
            "eq" => held.eq_ignore_ascii_case(wanted),
            "ne" => !held.eq_ignore_ascii_case(wanted),
            _ => matches(&value.to_lowercase(), &held.to_lowercase()),
        }
    }
}
