//! `net`: what concerns shares here; accounts and services are the system's.

mod share;
mod use_drive;
mod view;

use super::arguments::wants_help;
use super::shares::SystemError;
use crate::shell::{Output, Session};
use crate::world::World;

const USAGE: &str = "The syntax of this command is:

NET
    [ ACCOUNTS | COMPUTER | CONFIG | CONTINUE | FILE | GROUP | HELP |
      HELPMSG | LOCALGROUP | PAUSE | SESSION | SHARE | START |
      STATISTICS | STOP | TIME | USE | USER | VIEW ]
";

pub(super) const COMPLETED: &str = "The command completed successfully.\n\n";
pub(super) const RULE: &str = "-------------------------------------------------------------------------------\n";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (arguments, answer) = match super::super::answered(arguments) {
        Some((answer, rest)) => (rest, Some(answer.to_owned())),
        None => (arguments, None),
    };
    let verb = arguments.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let rest = arguments.get(1..).unwrap_or_default();
    match verb.as_str() {
        "use" if !wants_help(rest) => use_drive::run(world, session, rest, answer.as_deref()),
        "view" if !wants_help(rest) => view::run(world, session, rest),
        "share" if !wants_help(rest) => share::run(world, session, rest),
        "use" => Output::ok(use_drive::USAGE),
        "view" => Output::ok(view::USAGE),
        "share" => Output::ok(share::USAGE),
        _ => {
            let mut all = arguments.to_vec();
            all.extend(answer.map(|answer| format!("<{answer}")));
            others(world, session, &verb, &all)
        }
    }
}

/// What the system's programs take: `net user`, `net start`, …
fn others(world: &mut World, session: &mut Session, verb: &str, arguments: &[String]) -> Output {
    const REAL: &[&str] =
        &["computer", "config", "continue", "file", "group", "help", "helpmsg", "pause", "session", "statistics", "time"];
    if let Some(output) = super::super::system::net(world, session, arguments) {
        return output;
    }
    if REAL.contains(&verb) {
        return Output::not_modelled(world, &format!("net {verb}"));
    }
    Output::failed(1, USAGE)
}

pub(super) fn system_error(error: SystemError) -> Output {
    Output::failed(2, error.print())
}
