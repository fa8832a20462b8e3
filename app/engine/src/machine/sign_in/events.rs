//! The security log's events of accounts, with the texts of Windows.

use crate::time::Time;
use crate::world::accounts::SignIn;
use crate::world::windows::{Event, EventLevel, EventLog};
use crate::world::{DeviceId, World};

const AUDIT: &str = "Microsoft-Windows-Security-Auditing";

/// Writes into a machine's security log at a moment: the log stays in order of time.
pub fn security(world: &mut World, device: DeviceId, at: Time, id: u32, level: EventLevel, text: String) {
    /// As in every log of limited size the oldest make room.
    const KEPT: usize = 300;
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    let event = Event { at, log: EventLog::Security, source: AUDIT.into(), id, level, text: text.into() };
    let place = windows.events.iter().rposition(|other| other.at <= at).map_or(0, |last| last.saturating_add(1));
    windows.events.insert(place, event);
    if windows.events.len() > KEPT {
        windows.events.remove(0);
    }
}

/// The domain as the security log writes it: `CLINIC`.
#[must_use]
pub fn short_domain(world: &World) -> String {
    world.domain.split('.').next().unwrap_or_default().to_uppercase()
}

/// 4624 or 4625, on the machine that was signed in to.
pub fn signed_in(world: &mut World, device: DeviceId, name: &str, result: SignIn) {
    let now = world.now;
    let (domain, workstation) = (short_domain(world), world.device(device).name.clone());
    if result == SignIn::Accepted {
        let text = format!(
            "An account was successfully logged on.\n\nSubject:\n\tSecurity ID:\t\tSYSTEM\n\tAccount Name:\t\t{workstation}$\n\nLogon Information:\n\tLogon Type:\t\t2\n\nNew Logon:\n\tSecurity ID:\t\t{domain}\\{name}\n\tAccount Name:\t\t{name}\n\tAccount Domain:\t\t{domain}\n\nNetwork Information:\n\tWorkstation Name:\t{workstation}"
        );
        security(world, device, now, 4624, EventLevel::AuditSuccess, text);
    } else {
        failed(world, device, now, name, &workstation, result, 2);
    }
}

/// 4625 on `device`, for a try that came from `workstation`. Logon type 2 is the screen, 3 the network, 4 a task.
pub fn failed(world: &mut World, device: DeviceId, at: Time, name: &str, workstation: &str, result: SignIn, kind: u8) {
    let known = super::controller::directory_server(world)
        .and_then(|server| world.device(server).roles.directory.as_ref())
        .is_some_and(|directory| directory.accounts.user(name).is_some());
    let (reason, status, sub) = reason(result, known);
    let domain = short_domain(world);
    let text = format!(
        "An account failed to log on.\n\nSubject:\n\tSecurity ID:\t\tSYSTEM\n\tAccount Name:\t\t{workstation}$\n\nLogon Type:\t\t\t{kind}\n\nAccount For Which Logon Failed:\n\tSecurity ID:\t\tNULL SID\n\tAccount Name:\t\t{name}\n\tAccount Domain:\t\t{domain}\n\nFailure Information:\n\tFailure Reason:\t\t{reason}\n\tStatus:\t\t\t{status}\n\tSub Status:\t\t{sub}\n\nNetwork Information:\n\tWorkstation Name:\t{workstation}"
    );
    security(world, device, at, 4625, EventLevel::AuditFailure, text);
}

/// NTSTATUS values of [MS-ERREF], as event 4625 carries them.
fn reason(result: SignIn, known: bool) -> (&'static str, &'static str, &'static str) {
    match result {
        SignIn::Accepted => ("", "0x0", "0x0"),
        SignIn::UnknownOrWrong if known => ("Unknown user name or bad password.", "0xC000006D", "0xC000006A"),
        SignIn::UnknownOrWrong => ("Unknown user name or bad password.", "0xC000006D", "0xC0000064"),
        SignIn::Locked => ("Account locked out.", "0xC0000234", "0x0"),
        SignIn::Disabled => ("Account currently disabled.", "0xC000006E", "0xC0000072"),
        SignIn::PasswordExpired => ("The specified account's password has expired.", "0xC000006E", "0xC0000071"),
        SignIn::MustChange => ("The specified account's password has expired.", "0xC0000224", "0x0"),
        SignIn::AccountExpired => ("The specified user account has expired.", "0xC0000193", "0x0"),
        SignIn::NoTrust => ("An Error occured during Logon.", "0xC000018D", "0x0"),
        SignIn::NoLogonServer => ("An Error occured during Logon.", "0xC000005E", "0x0"),
    }
}

/// 4740, on the machine that keeps the account.
pub fn locked_out(world: &mut World, keeper: DeviceId, name: &str, from: &str) {
    let now = world.now;
    locked_out_at(world, keeper, now, name, from);
}

/// 4740 at a moment that has been.
pub fn locked_out_at(world: &mut World, keeper: DeviceId, at: Time, name: &str, from: &str) {
    let (domain, server) = (short_domain(world), world.device(keeper).name.clone());
    let text = format!(
        "A user account was locked out.\n\nSubject:\n\tSecurity ID:\t\tSYSTEM\n\tAccount Name:\t\t{server}$\n\tAccount Domain:\t\t{domain}\n\nAccount That Was Locked Out:\n\tSecurity ID:\t\t{domain}\\{name}\n\tAccount Name:\t\t{name}\n\nAdditional Information:\n\tCaller Computer Name:\t{from}"
    );
    security(world, keeper, at, 4740, EventLevel::AuditSuccess, text);
}

/// What an administrator does to an account: 4722 enabled, 4724 password reset, 4725 disabled, 4767 unlocked.
pub fn administered(world: &mut World, keeper: DeviceId, id: u32, name: &str) {
    let what = match id {
        4722 => "A user account was enabled.",
        4724 => "An attempt was made to reset an account's password.",
        4725 => "A user account was disabled.",
        4767 => "A user account was unlocked.",
        _ => "A user account was changed.",
    };
    let (now, domain) = (world.now, short_domain(world));
    let text = format!(
        "{what}\n\nSubject:\n\tAccount Name:\t\tsupport\n\tAccount Domain:\t\t{domain}\n\nTarget Account:\n\tSecurity ID:\t\t{domain}\\{name}\n\tAccount Name:\t\t{name}\n\tAccount Domain:\t\t{domain}"
    );
    security(world, keeper, now, id, EventLevel::AuditSuccess, text);
}

/// 4728 or 4729: a member of a global security group came or went.
pub fn membership(world: &mut World, keeper: DeviceId, group: &str, member: &str, added: bool) {
    let (id, what) = if added {
        (4728, "A member was added to a security-enabled global group.")
    } else {
        (4729, "A member was removed from a security-enabled global group.")
    };
    let (now, domain) = (world.now, short_domain(world));
    let text = format!(
        "{what}\n\nSubject:\n\tAccount Name:\t\tsupport\n\tAccount Domain:\t\t{domain}\n\nMember:\n\tSecurity ID:\t\t{domain}\\{member}\n\nGroup:\n\tGroup Name:\t\t{group}\n\tGroup Domain:\t\t{domain}"
    );
    security(world, keeper, now, id, EventLevel::AuditSuccess, text);
}
