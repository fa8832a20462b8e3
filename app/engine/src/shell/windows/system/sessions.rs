//! `query user` (also `quser`) and `logoff`: sessions at the screen and over Remote Desktop.

use std::fmt::Write;

use crate::machine::services::clock;
use crate::machine::services::remote::{self, CONSOLE};
use crate::shell::{Output, Session};
use crate::text::windows_short;
use crate::time::Span;
use crate::world::World;

pub fn query(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    match arguments.split_first() {
        Some((what, rest)) if what.eq_ignore_ascii_case("user") => quser(world, session, rest),
        _ => Output::not_modelled(world, &format!("query {}", arguments.join(" "))),
    }
}

pub fn quser(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !arguments.is_empty() {
        return Output::not_modelled(world, &format!("quser {}", arguments.join(" ")));
    }
    let machine = world.device(session.device);
    let Some(windows) = machine.windows() else { return Output::ok("") };
    if windows.signed_in.is_none() && windows.sessions.is_empty() {
        return Output::failed(1, "No User exists for *\n");
    }
    let mut text = " USERNAME              SESSIONNAME        ID  STATE   IDLE TIME  LOGON TIME\n".to_owned();
    let mut row = |user: &str, name: &str, id: u8, state: &str, idle: &str, since| {
        let at = windows_short(clock::stamp(windows, since));
        let _ = writeln!(text, " {user:<22}{name:<17}{id:>4}  {state:<6}  {idle:>9}  {at}");
    };
    if let Some(user) = &windows.signed_in {
        row(user, "console", CONSOLE, "Active", "none", machine.started);
    }
    for one in &windows.sessions {
        let (name, state) = if one.active { (format!("rdp-tcp#{}", one.id), "Active") } else { (String::new(), "Disc") };
        row(&one.user, &name, one.id, state, &idle(world.now - one.idle_since), one.since);
    }
    Output::ok(text)
}

/// `.` below a minute, `5`, `3:12`, `1+02:10`.
fn idle(span: Span) -> String {
    let minutes = span.as_seconds() / 60;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours, rest) {
        (0, 0, 0) => ".".to_owned(),
        (0, 0, _) => rest.to_string(),
        (0, ..) => format!("{hours}:{rest:02}"),
        _ => format!("{days}+{hours:02}:{rest:02}"),
    }
}

/// Ends the session at the screen, or the one with this number.
pub fn logoff(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    match arguments {
        [] => crate::machine::sign_in::sign_out(world, session.device),
        [id] if id.eq_ignore_ascii_case("console") || id.parse() == Ok(CONSOLE) => {
            crate::machine::sign_in::sign_out(world, session.device);
        }
        [id] => {
            let Ok(number) = id.parse() else { return Output::not_modelled(world, &format!("logoff {id}")) };
            if remote::sign_off(world, session.device, number).is_none() {
                return Output::failed(
                    1,
                    format!("Could not get session name from ID {id}.\nError [2]:The system cannot find the file specified.\n"),
                );
            }
        }
        _ => return Output::not_modelled(world, &format!("logoff {}", arguments.join(" "))),
    }
    Output::ok("")
}

#[cfg(test)]
mod tests {
    use super::idle;
    use crate::machine::services::remote;
    use crate::shell::windows::network::trial::Trial;
    use crate::time::Span;
    use crate::world::windows::RemoteSession;

    #[test]
    fn idle_times_are_short() {
        let told = [0, 59, 300, 11_520, 94_200].map(|seconds| idle(Span::seconds(seconds)));
        assert_eq!(told, [".", ".", "5", "3:12", "1+02:10"]);
    }

    #[test]
    fn sessions_are_listed_and_signed_off() {
        let mut trial = Trial::cmd("SRV-1").elevated();
        let (server, now) = (trial.id("SRV-1"), trial.world.now);
        let session =
            RemoteSession { user: "ada".to_owned(), since: now, idle_since: now, active: true, ..RemoteSession::default() };
        remote::open(trial.world.device_mut(server).windows_mut().unwrap(), session);
        trial.holds("quser", " ada                   rdp-tcp#2           2  Active          .  ");
        trial.check(
            "logoff 7",
            false,
            "Could not get session name from ID 7.\nError [2]:The system cannot find the file specified.\n",
        );
        trial.check("logoff 2", true, "");
        assert!(trial.world.device(server).windows().unwrap().sessions.is_empty());
    }
}
