//! `whoami` and `hostname`.

use std::fmt::Write;

use crate::shell::{Output, Session};
use crate::world::World;

/// `None`: another program.
pub fn run(world: &mut World, session: &Session, name: &str, arguments: &[String]) -> Option<Output> {
    Some(match (name, arguments) {
        ("hostname", []) => Output::ok(format!("{}\n", world.device(session.device).name)),
        ("hostname", _) => Output::failed(
            1,
            "sethostname: Use the Network Control Panel Applet to set hostname.\nhostname -s is not supported.\n",
        ),
        ("whoami", []) => Output::ok(format!("{}\n", account(world, session))),
        ("whoami", [option]) if option.eq_ignore_ascii_case("/groups") => Output::ok(groups(world, session)),
        ("whoami", [option]) if option.eq_ignore_ascii_case("/user") => {
            Output::not_modelled(world, "whoami /user: accounts have no SID here")
        }
        ("whoami", [option, ..])
            if ["/priv", "/all", "/upn", "/fqdn", "/logonid", "/fo"].iter().any(|known| option.eq_ignore_ascii_case(known)) =>
        {
            Output::not_modelled(world, &format!("whoami {option}"))
        }
        ("whoami", [option, ..]) => {
            Output::failed(1, format!("ERROR: Invalid argument/option - '{option}'.\nType \"WHOAMI /?\" for usage.\n"))
        }
        _ => return None,
    })
}

/// `clinic\ada` in a domain, `pc-07\ada` outside, all in lower case.
pub fn account(world: &World, session: &Session) -> String {
    account_of(world, session, &session.user).to_lowercase()
}

/// `CLINIC\ada`: the same of any account that signs in at this machine, as messages write it.
pub fn account_of(world: &World, session: &Session, user: &str) -> String {
    let device = world.device(session.device);
    let windows = device.windows();
    // A name that both know is the directory's on a machine that is joined: nobody typed `.\` before it.
    let in_directory = world
        .devices
        .iter()
        .any(|device| device.roles.directory.as_ref().is_some_and(|directory| directory.accounts.user(user).is_some()));
    let local = !in_directory && windows.is_some_and(|windows| windows.accounts.user(user).is_some());
    let joined = windows.and_then(|windows| windows.joined.as_ref()).filter(|_| !local);
    let place = joined.map_or(device.name.as_str(), |joined| joined.domain.split('.').next().unwrap_or_default());
    format!("{}\\{user}", place.to_uppercase())
}

/// The groups of this sign-in; those of a change since then are not there yet.
fn groups(world: &World, session: &Session) -> String {
    let device = world.device(session.device);
    let windows = device.windows();
    let domain = windows.and_then(|windows| windows.joined.as_ref()).map(|joined| joined.domain.as_str()).unwrap_or_default();
    let short = domain.split('.').next().unwrap_or_default().to_uppercase();
    let mut rows: Vec<(String, &str)> = vec![("Everyone".to_owned(), "Well-known group")];
    let local = windows.map(|windows| windows.accounts.groups_of(&session.user)).unwrap_or_default();
    let token = crate::shell::windows::groups(world, session);
    rows.extend(local.iter().map(|name| (format!("BUILTIN\\{name}"), "Alias")));
    if !local.contains("Users") {
        rows.push(("BUILTIN\\Users".to_owned(), "Alias"));
    }
    for name in ["INTERACTIVE", "Authenticated Users"] {
        rows.push((format!("NT AUTHORITY\\{name}"), "Well-known group"));
    }
    rows.extend(
        token
            .iter()
            .filter(|name| !local.contains(*name))
            .map(|name| if short.is_empty() { (name.clone(), "Group") } else { (format!("{short}\\{name}"), "Group") }),
    );
    let level = if session.elevated { "High" } else { "Medium" };
    rows.push((format!("Mandatory Label\\{level} Mandatory Level"), "Label"));
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max("Group Name".len());
    let mut text = format!("\nGROUP INFORMATION\n-----------------\n\n{:<width$} Type            \n", "Group Name");
    let _ = writeln!(text, "{} {}", "=".repeat(width), "=".repeat(16));
    for (name, kind) in rows {
        let _ = writeln!(text, "{name:<width$} {kind:<16}");
    }
    text
}
