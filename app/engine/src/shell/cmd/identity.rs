//! `whoami` and `hostname`.

use crate::machine::sign_in::sid;
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
        ("whoami", options) => whoami(world, session, options),
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

/// `whoami` with options: blocks of tables, in the order user, groups, privileges.
fn whoami(world: &mut World, session: &Session, options: &[String]) -> Output {
    let mut text = String::new();
    for option in options {
        match option.to_lowercase().as_str() {
            "/user" => text.push_str(&user(world, session)),
            "/groups" => text.push_str(&groups(world, session)),
            "/priv" => text.push_str(&privileges(session)),
            "/all" => {
                let all = [user(world, session), groups(world, session), privileges(session)].concat();
                text.push_str(&all);
            }
            "/logonid" | "/fo" | "/nh" | "/upn" | "/fqdn" => return Output::not_modelled(world, &format!("whoami {option}")),
            _ => {
                return Output::failed(
                    1,
                    format!("ERROR: Invalid argument/option - '{option}'.\nType \"WHOAMI /?\" for usage.\n"),
                );
            }
        }
    }
    Output::ok(text)
}

/// A titled table with a rule of `=`, every column as wide as its longest cell.
fn block<const N: usize>(title: &str, heads: [&str; N], rows: &[[String; N]]) -> String {
    let widths: Vec<usize> = (0..N)
        .map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0).max(heads[at].chars().count()))
        .collect();
    let line = |cells: [&str; N]| {
        let cells: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join(" ") + "\n"
    };
    let rule: Vec<String> = widths.iter().map(|width| "=".repeat(*width)).collect();
    let mut text = format!("\n{title}\n{}\n\n{}{}\n", "-".repeat(title.len()), line(heads), rule.join(" "));
    for row in rows {
        text.push_str(&line(row.each_ref().map(String::as_str)));
    }
    text
}

/// Who gives out identifiers for what this shell's account is: its domain, or the machine.
fn authority(world: &World, session: &Session) -> String {
    let device = world.device(session.device);
    let joined = device.windows().and_then(|windows| windows.joined.as_ref());
    let own = account_of(world, session, &session.user).to_lowercase().starts_with(&format!("{}\\", device.name.to_lowercase()));
    joined.filter(|_| !own).map_or_else(|| device.name.clone(), |joined| joined.domain.clone())
}

fn user(world: &World, session: &Session) -> String {
    let identifier = sid::of(&authority(world, session), &session.user);
    block("USER INFORMATION", ["User Name", "SID"], &[[account(world, session), identifier]])
}

/// The groups of this sign-in; those of a change since then are not there yet.
fn groups(world: &World, session: &Session) -> String {
    const MEMBER: &str = "Mandatory group, Enabled by default, Enabled group";
    let device = world.device(session.device);
    let windows = device.windows();
    let domain = windows.and_then(|windows| windows.joined.as_ref()).map(|joined| joined.domain.as_str()).unwrap_or_default();
    let short = domain.split('.').next().unwrap_or_default().to_uppercase();
    let mut local: Vec<String> =
        windows.map(|windows| windows.accounts.groups_of(&session.user).iter().cloned().collect()).unwrap_or_default();
    let token = crate::shell::windows::groups(world, session);
    let further: Vec<String> = token.iter().filter(|name| !local.contains(name)).cloned().collect();
    if !local.iter().any(|name| name == "Users") {
        local.push("Users".to_owned());
    }
    let mut rows = Vec::new();
    let mut row = |name: String, kind: &str, identifier: String, attributes: &str| {
        rows.push([name, kind.to_owned(), identifier, attributes.to_owned()]);
    };
    row("Everyone".to_owned(), "Well-known group", sid::of("", "Everyone"), MEMBER);
    for name in local {
        // Without "Run as administrator" the membership only forbids; with it, new files belong to the group.
        let attributes = match (name.as_str(), session.elevated) {
            ("Administrators", false) => "Group used for deny only".to_owned(),
            ("Administrators", true) => format!("{MEMBER}, Group owner"),
            _ => MEMBER.to_owned(),
        };
        let identifier = sid::of(&device.name, &name);
        row(format!("BUILTIN\\{name}"), "Alias", identifier, &attributes);
    }
    for name in ["INTERACTIVE", "Authenticated Users"] {
        row(format!("NT AUTHORITY\\{name}"), "Well-known group", sid::of("", name), MEMBER);
    }
    for name in further {
        let identifier = sid::of(if domain.is_empty() { &device.name } else { domain }, &name);
        row(if short.is_empty() { name } else { format!("{short}\\{name}") }, "Group", identifier, MEMBER);
    }
    let level = if session.elevated { "High Mandatory Level" } else { "Medium Mandatory Level" };
    row(format!("Mandatory Label\\{level}"), "Label", sid::of("", level), "");
    block("GROUP INFORMATION", ["Group Name", "Type", "SID", "Attributes"], &rows)
}

/// What everybody who signs in may do; an elevated shell has an administrator's list.
fn privileges(session: &Session) -> String {
    const ALL: [(&str, &str, bool, bool); 12] = [
        ("SeSecurityPrivilege", "Manage auditing and security log", true, false),
        ("SeTakeOwnershipPrivilege", "Take ownership of files or other objects", true, false),
        ("SeLoadDriverPrivilege", "Load and unload device drivers", true, false),
        ("SeBackupPrivilege", "Back up files and directories", true, false),
        ("SeRestorePrivilege", "Restore files and directories", true, false),
        ("SeShutdownPrivilege", "Shut down the system", false, false),
        ("SeDebugPrivilege", "Debug programs", true, false),
        ("SeChangeNotifyPrivilege", "Bypass traverse checking", false, true),
        ("SeUndockPrivilege", "Remove computer from docking station", false, false),
        ("SeImpersonatePrivilege", "Impersonate a client after authentication", true, true),
        ("SeIncreaseWorkingSetPrivilege", "Increase a process working set", false, false),
        ("SeTimeZonePrivilege", "Change the time zone", false, false),
    ];
    let rows: Vec<[String; 3]> = ALL
        .iter()
        .filter(|(_, _, administrators, _)| session.elevated || !administrators)
        .map(|(name, text, _, on)| [(*name).to_owned(), (*text).to_owned(), if *on { "Enabled" } else { "Disabled" }.to_owned()])
        .collect();
    block("PRIVILEGES INFORMATION", ["Privilege Name", "Description", "State"], &rows)
}
