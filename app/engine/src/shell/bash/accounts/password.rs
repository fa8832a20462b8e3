//! `passwd` and `chage`.

use super::super::call::{Call, Done, has, options, stranger, value};
use super::unknown;
use super::user::{Day, day};
use crate::time::{MONTHS, Span, Time};

pub(super) fn passwd(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("passwd", &given, &["l", "u", "S", "e", "d", "--status", "--lock", "--unlock", "--expire"])
    {
        return complaint;
    }
    let name = names.first().cloned().unwrap_or_else(|| call.user());
    if call.linux().accounts.user(&name).is_none() {
        return Done::failed(1, format!("passwd: user '{name}' does not exist\n"));
    }
    if !call.is_root() && (name != call.user() || has(&given, &["l", "u", "e", "d"])) {
        return Done::failed(
            1,
            if given.is_empty() {
                format!("passwd: You may not view or modify password information for {name}.\n")
            } else {
                "passwd: Permission denied.\n".to_owned()
            },
        );
    }
    let now = call.world.now;
    if has(&given, &["S", "--status"]) {
        return password_status(call, &name);
    }
    // A new number: equal to no other, as a new password would be.
    let fresh = u32::try_from(crate::hash::fnv1a(format!("{name} {}", now.0).as_bytes()) & 0xffff_ffff).unwrap_or(1).max(1);
    let Some(user) = call.linux_mut().accounts.user_mut(&name) else { return unknown("passwd", &name) };
    if has(&given, &["l", "--lock"]) {
        user.enabled = false;
        return Done::ok("passwd: password changed.\n");
    }
    if has(&given, &["u", "--unlock"]) {
        user.enabled = true;
        return Done::ok("passwd: password changed.\n");
    }
    if has(&given, &["e", "--expire"]) {
        user.must_change = true;
        return Done::ok("passwd: password changed.\n");
    }
    (user.password, user.password_set, user.must_change) = (fresh, now, false);
    call.log("", "passwd", 5, &format!("pam_unix(passwd:chauthtok): password changed for {name}"));
    Done::ok("New password: \nRetype new password: \npasswd: password updated successfully\n")
}

/// `ada P 2026-11-01 0 99999 7 -1`.
fn password_status(call: &Call<'_>, name: &str) -> Done {
    let accounts = &call.linux().accounts;
    let Some(user) = accounts.user(name) else { return unknown("passwd", name) };
    let state = match (user.password, user.enabled) {
        (0, _) => "NP",
        (_, false) => "L",
        _ => "P",
    };
    let set = call.local(user.password_set);
    let maximum = accounts.policy.maximum_age.0 / Span::days(1).0;
    let maximum = if user.never_expires || maximum == 0 { 99_999 } else { maximum };
    Done::ok(format!("{name} {state} {}-{:02}-{:02} 0 {maximum} 7 -1\n", set.year, set.month, set.day))
}

pub(super) fn chage(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "EMdmWI");
    if let Some(complaint) = stranger("chage", &given, &["l", "E", "M", "d", "m", "W", "I"]) {
        return complaint;
    }
    let Some(name) = names.first().cloned() else { return Done::failed(2, "Usage: chage [options] LOGIN\n") };
    if call.linux().accounts.user(&name).is_none() {
        return Done::failed(1, format!("chage: user '{name}' does not exist in /etc/passwd\n"));
    }
    if has(&given, &["l"]) {
        if !call.is_root() && name != call.user() {
            return Done::failed(1, "chage: Permission denied.\n");
        }
        return ages(call, &name);
    }
    if !call.is_root() {
        return Done::failed(1, "chage: Permission denied.\n");
    }
    if has(&given, &["m", "W", "I"]) || given.is_empty() {
        return call.not_modelled("this option of chage");
    }
    let expires = value(&given, &["E"]).map(|text| (day(text), text));
    if let Some((Day::NotADate, text)) = expires {
        return Done::failed(2, format!("chage: invalid date '{text}'\n"));
    }
    let changed = value(&given, &["d"]).map(day);
    let maximum = value(&given, &["M"]).and_then(|days| days.parse::<i64>().ok());
    if let Some(user) = call.linux_mut().accounts.user_mut(&name) {
        if let Some((at, _)) = &expires {
            user.expires = at.time();
        }
        if let Some(at) = &changed {
            // Day 0 stands for "must be changed at the next sign-in" (shadow(5)).
            user.must_change = at.time() == Some(Time(0));
            user.password_set = at.time().unwrap_or(user.password_set);
        }
        if let Some(days) = maximum {
            user.never_expires = !(0..99_999).contains(&days);
        }
    }
    Done::default()
}

fn ages(call: &Call<'_>, name: &str) -> Done {
    let accounts = &call.linux().accounts;
    let Some(user) = accounts.user(name) else { return Done::default() };
    let date = |at: Time| {
        let civil = call.local(at);
        let month = MONTHS[usize::from(civil.month.clamp(1, 12) - 1)].get(..3).unwrap_or_default();
        format!("{month} {:02}, {}", civil.day, civil.year)
    };
    let age = accounts.policy.maximum_age;
    let ends = !user.never_expires && age > Span::ZERO;
    let expires = if user.must_change {
        "password must be changed".to_owned()
    } else if ends {
        date(user.password_set + age)
    } else {
        "never".to_owned()
    };
    let changed = if user.must_change { "password must be changed".to_owned() } else { date(user.password_set) };
    let account = user.expires.map_or_else(|| "never".to_owned(), date);
    let maximum = if ends { age.0 / Span::days(1).0 } else { 99_999 };
    Done::ok(format!(
        "Last password change\t\t\t\t\t: {changed}\nPassword expires\t\t\t\t\t: {expires}\nPassword inactive\t\t\t\t\t: never\n\
         Account expires\t\t\t\t\t\t: {account}\nMinimum number of days between password change\t\t: 0\n\
         Maximum number of days between password change\t\t: {maximum}\nNumber of days of warning before password expires\t: 7\n"
    ))
}
