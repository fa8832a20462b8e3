//! Who is signed in: `who`, `w`, `loginctl`.

use std::fmt::Write;

use super::super::call::{Call, Done};
use crate::text;
use crate::time::Time;

/// Everybody who is signed in, this terminal last.
fn signed_in(call: &Call<'_>) -> Vec<(String, String, Time, String)> {
    let logins = &call.linux().logins;
    let mut all: Vec<_> =
        logins.iter().map(|login| (login.user.clone(), login.terminal.clone(), login.since, login.from.clone())).collect();
    let taken = logins.iter().filter(|login| login.terminal.starts_with("pts/")).count();
    let since = call.world.now;
    let user = call.session.bash.outer.first().map_or_else(|| call.session.user.clone(), |outer| outer.user.clone());
    all.push((user, format!("pts/{taken}"), since, String::new()));
    all
}

pub fn signed_in_count(call: &Call<'_>) -> usize {
    signed_in(call).len()
}

pub(super) fn who(call: &mut Call<'_>, _args: &[String]) -> Done {
    let mut text = String::new();
    for (user, terminal, since, from) in signed_in(call) {
        let at = text::iso(call.local(since));
        let from = if from.is_empty() { String::new() } else { format!(" ({from})") };
        let _ = writeln!(text, "{user:<8} {terminal:<12} {}{from}", at.get(..16).unwrap_or_default());
    }
    Done::ok(text)
}

pub(super) fn w(call: &mut Call<'_>, _args: &[String]) -> Done {
    let mut text = super::super::processes::uptime_line(call);
    text.push_str("USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n");
    for (user, terminal, since, from) in signed_in(call) {
        let at = call.local(since);
        let from = if from.is_empty() { "-" } else { &from };
        let _ = writeln!(text, "{user:<8} {terminal:<8} {from:<16} {:02}:{:02}    0.00s  0.00s  0.00s -bash", at.hour, at.minute);
    }
    Done::ok(text)
}

pub(super) fn loginctl(call: &mut Call<'_>, args: &[String]) -> Done {
    match (args.first().map(String::as_str), args.get(1)) {
        (None | Some("list-sessions"), _) => {
            let mut text = format!("{:>7} {:>4} {:<7} {:<4} TTY\n", "SESSION", "UID", "USER", "SEAT");
            let all = signed_in(call);
            for (number, (user, terminal, ..)) in all.iter().enumerate() {
                let uid = call.linux().accounts.user(user).map_or(0, |user| user.uid);
                let seat = if terminal.starts_with("tty") { "seat0" } else { "" };
                let _ = writeln!(text, "{:>7} {uid:>4} {user:<7} {seat:<4} {terminal}", number + 1);
            }
            let _ = write!(text, "\n{} sessions listed.\n", all.len());
            Done::ok(text)
        }
        (Some("terminate-user" | "kill-user"), Some(user)) => {
            let user = user.clone();
            if call.linux().accounts.user(&user).is_none() {
                return Done::failed(1, format!("Failed to look up user {user}: No such process\n"));
            }
            if !call.is_root() {
                return Done::failed(1, "Could not terminate user: Access denied\n");
            }
            call.linux_mut().logins.retain(|login| login.user != user);
            Done::default()
        }
        _ => call.not_modelled("this command of loginctl"),
    }
}
