//! `net view`: the shares of a server.

use std::fmt::Write;

use super::{COMPLETED, RULE, system_error};
use crate::shell::windows::network::shares::{self, SystemError};
use crate::shell::{Output, Session};
use crate::sorted;
use crate::world::World;

pub const USAGE: &str = "The syntax of this command is:

NET VIEW
[\\\\computername [/CACHE] | [/ALL] | /DOMAIN[:domainname]]

";

pub fn run(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let Some(target) = arguments.iter().find(|argument| !argument.starts_with('/')) else {
        // The list of neighbours came with SMB 1, which current Windows does not have.
        return system_error(SystemError::NoBrowser);
    };
    let hidden_too = arguments.iter().any(|argument| argument.eq_ignore_ascii_case("/all"));
    let host = target.trim_start_matches('\\').trim_end_matches('\\').to_owned();
    let server = match shares::server(world, session.device, &host) {
        Ok(server) => server,
        Err(error) => return system_error(error),
    };
    let device = world.device(server);
    let mut found: Vec<_> = device.roles.shares.iter().map(|share| share.name.clone()).collect();
    found.retain(|name| hidden_too || !name.ends_with('$'));
    sorted::by_key(&mut found, |name| name.to_lowercase());
    if found.is_empty() {
        return Output::ok("There are no entries in the list.\n\n");
    }
    let mapped = crate::shell::windows::drives(world, session);
    let width = found.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(10) + 2;
    let mut text = format!("Shared resources at {target}\n\n\n\n{:<width$}Type  Used as  Comment\n\n{RULE}", "Share name");
    for name in found {
        let path = format!("\\\\{host}\\{name}");
        let used = mapped.iter().find(|drive| drive.path.eq_ignore_ascii_case(&path));
        let used = used.map(|drive| format!("{}:", drive.letter)).unwrap_or_default();
        let line = format!("{name:<width$}Disk  {used}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push_str(COMPLETED);
    Output::ok(text)
}
