//! `faillock`: failed sign-ins.

use std::fmt::Write;

use super::super::call::{Call, Done};
use crate::text;

pub(super) fn faillock(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut user = None;
    let mut reset = false;
    let mut words = args.iter();
    while let Some(arg) = words.next() {
        match arg.as_str() {
            "--user" => user = words.next().cloned(),
            "--reset" => reset = true,
            other => match other.strip_prefix("--user=") {
                Some(name) => user = Some(name.to_owned()),
                None => return Done::failed(2, "Usage: faillock [--dir /path/to/tally-directory] [--user username] [--reset]\n"),
            },
        }
    }
    if !call.is_root() && user.as_deref().is_none_or(|name| name != call.user()) {
        return Done::failed(5, "faillock: Error opening the tally file: Permission denied\n");
    }
    let names: Vec<String> =
        call.linux().accounts.users.keys().filter(|name| user.as_ref().is_none_or(|wanted| wanted == *name)).cloned().collect();
    let mut done = Done::default();
    for name in names {
        if reset {
            if let Some(user) = call.linux_mut().accounts.user_mut(&name) {
                (user.bad_attempts, user.locked_since) = (0, None);
            }
            continue;
        }
        let Some(found) = call.linux().accounts.user(&name).cloned() else { continue };
        if user.is_none() && found.bad_attempts == 0 {
            continue;
        }
        let _ = writeln!(done.out, "{name}:\n{:<19} {:<5} {:<48} Valid", "When", "Type", "Source");
        if let Some(at) = found.last_bad.filter(|_| found.bad_attempts > 0) {
            let when = text::iso(call.local(at));
            for _ in 0..found.bad_attempts {
                let _ = writeln!(
                    done.out,
                    "{when} {:<5} {:<52} V",
                    if found.last_bad_from.is_empty() { "TTY" } else { "RHOST" },
                    found.last_bad_from
                );
            }
        }
    }
    done
}
