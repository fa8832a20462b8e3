//! `Unlock-ADAccount`, `Enable-ADAccount`, `Disable-ADAccount`, `Set-ADAccountPassword`, `Set-ADUser`.

use super::{Answer, Call, Desk, Failure};
use crate::machine::sign_in::admin::{self, Refusal};
use crate::shell::Session;
use crate::shell::windows::Parameter;
use crate::world::{DeviceId, World};

pub const IDENTITY: &[Parameter] = &[Parameter::positional("Identity")];
pub const PASSWORD: &[Parameter] = &[
    Parameter::positional("Identity"),
    Parameter::switch("Reset"),
    Parameter::named("NewPassword"),
    Parameter::named("OldPassword"),
];
pub const SET: &[Parameter] =
    &[Parameter::positional("Identity"), Parameter::named("ChangePasswordAtLogon"), Parameter::named("PasswordNeverExpires")];

type Change<'c> = &'c dyn Fn(&mut World, DeviceId, &str) -> Result<(), Refusal>;

/// Does something to each account that is named; nothing is printed when it works.
fn each(world: &mut World, session: &Session, call: &Call, cmdlet: &'static str, change: Change) -> Answer {
    let names = super::identities(call);
    let about = names.first().cloned().unwrap_or_default();
    if names.is_empty() {
        return Answer::failed(Failure::new(
            "Cannot process command because of one or more missing mandatory parameters: Identity.",
            format!("InvalidArgument: (:) [{cmdlet}], ParameterBindingException"),
            format!("MissingMandatoryParameter,Microsoft.ActiveDirectory.Management.Commands.{}", cmdlet.replace('-', "")),
        ));
    }
    let desk = match Desk::open(world, session, cmdlet, &about) {
        Ok(desk) => desk,
        Err(answer) => return *answer,
    };
    let mut answer = Answer::default();
    for name in names {
        if let Err(failure) = desk.may_change(world, session, &name) {
            answer.failures.push(failure);
        } else if let Err(refusal) = change(world, desk.keeper, &name) {
            answer.failures.push(desk.refused(world, &name, &refusal));
        }
    }
    answer
}

pub fn unlock(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    each(world, session, call, "Unlock-ADAccount", &admin::unlock)
}

pub fn enable(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    each(world, session, call, "Enable-ADAccount", &|world, keeper, name| admin::enable(world, keeper, name, true))
}

pub fn disable(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    each(world, session, call, "Disable-ADAccount", &|world, keeper, name| admin::enable(world, keeper, name, false))
}

pub fn set_password(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    if !call.has("Reset") || call.has("OldPassword") {
        return Answer::not_modelled(world, "Set-ADAccountPassword without -Reset");
    }
    let Some(password) = plain(call.list("NewPassword")) else {
        return Answer::not_modelled(world, "Set-ADAccountPassword that asks for the password");
    };
    each(world, session, call, "Set-ADAccountPassword", &|world, keeper, name| {
        admin::reset_password(world, keeper, name, &password, false)
    })
}

/// `(ConvertTo-SecureString -AsPlainText "…" -Force)`, in any order of its words. Text that is not a secure string is refused
/// by the real cmdlet; here its words are all that is left of one.
fn plain(words: &[String]) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if !first.eq_ignore_ascii_case("ConvertTo-SecureString") {
        return Some(first.clone());
    }
    rest.iter().find(|word| !word.starts_with('-')).cloned()
}

pub fn set_user(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let truth = |name: &str| call.text(name).map(|text| text.eq_ignore_ascii_case("$true"));
    let (must_change, never) = (truth("ChangePasswordAtLogon"), truth("PasswordNeverExpires"));
    each(world, session, call, "Set-ADUser", &|world, keeper, name| {
        let user = world.device_mut(keeper).roles.directory.as_mut().and_then(|directory| directory.accounts.user_mut(name));
        let user = user.ok_or_else(|| Refusal::NoSuchUser(name.to_owned()))?;
        user.must_change = must_change.unwrap_or(user.must_change);
        user.never_expires = never.unwrap_or(user.never_expires);
        Ok(())
    })
}
