//! Being somebody else: `sudo`, `su`, `newgrp`, `exit`, `whoami`.

use super::call::{Call, Done, home};
use super::{Command, Outer, command, execute};
use crate::machine::linux_files::sudoers;

pub const COMMANDS: &[Command] = &[
    command("sudo", "", sudo),
    command("su", "", su),
    command("newgrp", "", newgrp),
    command("exit", "", exit),
    command("logout", "", exit),
    command("whoami", "", whoami),
    command("visudo", "", visudo),
];

fn whoami(call: &mut Call<'_>, _args: &[String]) -> Done {
    Done::ok(format!("{}\n", call.user()))
}

/// What sudo was asked for.
#[derive(Default)]
struct Asked {
    user: String,
    login: bool,
    list: bool,
    nothing: bool,
    words: Vec<String>,
}

fn asked(args: &[String]) -> Result<Asked, Done> {
    let mut asked = Asked { user: "root".to_owned(), ..Asked::default() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-u" => asked.user = args.next().cloned().unwrap_or_default(),
            "-i" | "-s" => asked.login = true,
            "-l" => asked.list = true,
            "-v" | "-k" => asked.nothing = true,
            "-n" | "-E" | "-H" | "-b" | "-S" => {}
            "--" => {
                asked.words.extend(args.cloned());
                break;
            }
            option if option.starts_with('-') => {
                let letter = option.trim_start_matches('-');
                return Err(Done::failed(1, format!("sudo: invalid option -- '{letter}'\n{USAGE}")));
            }
            _ => {
                asked.words.push(arg.clone());
                asked.words.extend(args.cloned());
                break;
            }
        }
    }
    Ok(asked)
}

const USAGE: &str = "usage: sudo -h | -K | -k | -V\nusage: sudo [-u user] [-i | -s] [command [arg ...]]\n";

fn sudo(call: &mut Call<'_>, args: &[String]) -> Done {
    let asked = match asked(args) {
        Ok(asked) => asked,
        Err(complaint) => return complaint,
    };
    if asked.words.is_empty() && !asked.login && !asked.list && !asked.nothing {
        return Done::failed(1, USAGE);
    }
    let user = call.user();
    let groups = call.actor().groups;
    if !sudoers::may(call.linux(), &user, &groups) {
        return refuse(call, &user, &asked.words);
    }
    if asked.list {
        let host = crate::machine::linux_files::generated::host_name(call.device());
        return Done::ok(format!("User {user} may run the following commands on {host}:\n    (ALL : ALL) ALL\n"));
    }
    if asked.nothing {
        return Done::default();
    }
    if call.linux().accounts.user(&asked.user).is_none() && asked.user != "root" {
        return Done::failed(
            1,
            format!("sudo: unknown user {}\nsudo: error initializing audit plugin sudoers_audit\n", asked.user),
        );
    }
    if asked.login && asked.words.is_empty() {
        enter(call, &asked.user, true);
        return Done::default();
    }
    if let Some(name) = asked.words.first()
        && (matches!(name.as_str(), "cd" | "exit" | "logout" | "newgrp" | "history" | "export")
            || (!name.contains('/') && !as_user(call, &asked.user, |call| execute::known(call, name))))
    {
        return Done::failed(1, format!("sudo: {name}: command not found\n"));
    }
    let folder = call.session.folder.clone();
    let line = format!("{user} : TTY=pts/0 ; PWD={folder} ; USER={} ; COMMAND={}", asked.user, asked.words.join(" "));
    call.log("", "sudo", 5, &line);
    as_user(call, &asked.user, |call| execute::run(call, &asked.words))
}

fn refuse(call: &mut Call<'_>, user: &str, words: &[String]) -> Done {
    let folder = call.session.folder.clone();
    let line = format!("{user} : user NOT in sudoers ; TTY=pts/0 ; PWD={folder} ; USER=root ; COMMAND={}", words.join(" "));
    call.log("", "sudo", 1, &line);
    Done::failed(1, format!("{user} is not in the sudoers file.\n"))
}

/// Does one thing as another account and comes back. Shells that the command opens stay open.
fn as_user<T>(call: &mut Call<'_>, user: &str, act: impl FnOnce(&mut Call<'_>) -> T) -> T {
    let before = (call.session.user.clone(), call.session.elevated, call.session.bash.groups.clone());
    let depth = call.session.bash.outer.len();
    set_user(call, user);
    let result = act(call);
    if call.session.bash.outer.len() == depth {
        (call.session.user, call.session.elevated, call.session.bash.groups) = before;
    } else if let Some(outer) = call.session.bash.outer.last_mut() {
        (outer.user, outer.elevated, outer.groups) = before;
    }
    result
}

fn set_user(call: &mut Call<'_>, user: &str) {
    if user == "root" {
        call.session.elevated = true;
        return;
    }
    let mut groups = call.linux().accounts.groups_of(user);
    groups.insert(user.to_owned());
    call.session.elevated = false;
    user.clone_into(&mut call.session.user);
    call.session.bash.groups = Some(groups);
}

/// A shell in a shell; `exit` comes back.
fn enter(call: &mut Call<'_>, user: &str, login: bool) {
    /// Deeper than anybody goes.
    const DEEPEST: usize = 20;
    let session = &mut *call.session;
    if session.bash.outer.len() < DEEPEST {
        session.bash.outer.push(Outer {
            user: session.user.clone(),
            elevated: session.elevated,
            folder: session.folder.clone(),
            groups: session.bash.groups.clone(),
        });
    }
    set_user(call, user);
    if login {
        call.session.folder = home(call.linux(), user);
    }
}

fn su(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut login = false;
    let mut user = "root".to_owned();
    let mut line = None;
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-" | "-l" | "--login" => login = true,
            "-c" | "--command" => line = rest.next().cloned(),
            "-s" | "--shell" => {
                rest.next();
            }
            option if option.starts_with('-') => {
                let letter = option.trim_start_matches('-');
                return Done::failed(1, format!("su: invalid option -- '{letter}'\nTry 'su --help' for more information.\n"));
            }
            name => name.clone_into(&mut user),
        }
    }
    if call.linux().accounts.user(&user).is_none() && user != "root" {
        return Done::failed(
            1,
            format!("su: user {user} does not exist or the user entry does not contain all the required fields\n"),
        );
    }
    if !call.is_root() {
        // The technician does not know other people's passwords.
        let own = call.user();
        call.log("", "su", 5, &format!("FAILED SU (to {user}) {own} on pts/0"));
        return Done::failed(1, "Password: \nsu: Authentication failure\n");
    }
    if let Some(found) = call.linux().accounts.user(&user) {
        if found.expires.is_some_and(|at| call.world.now >= at) {
            return Done::failed(1, "su: User account has expired\n");
        }
        if found.shell.ends_with("nologin") || found.shell.ends_with("/false") {
            return Done::failed(1, "This account is currently not available.\n");
        }
    }
    let Some(line) = line else {
        enter(call, &user, login);
        return Done::default();
    };
    match super::parse::parse(&line) {
        Ok(parsed) => as_user(call, &user, |call| execute::line(call.world, call.session, &parsed)),
        Err(complaint) => Done::failed(2, complaint),
    }
}

/// A shell with a group that the account has but this sign-in has not.
fn newgrp(call: &mut Call<'_>, args: &[String]) -> Done {
    let Some(group) = args.first().cloned() else { return Done::default() };
    if !call.linux().accounts.groups.contains_key(&group) {
        return Done::failed(1, format!("newgrp: group '{group}' does not exist\n"));
    }
    if !call.linux().accounts.groups_of(&call.session.user).contains(&group) && !call.is_root() {
        return Done::failed(1, "Password: \nInvalid password.\n");
    }
    call.session.bash.groups.get_or_insert_default().insert(group);
    Done::default()
}

fn exit(call: &mut Call<'_>, _args: &[String]) -> Done {
    if let Some(outer) = call.session.bash.outer.pop() {
        (call.session.user, call.session.elevated) = (outer.user, outer.elevated);
        (call.session.folder, call.session.bash.groups) = (outer.folder, outer.groups);
        return Done::ok("exit\n");
    }
    if call.linux().emergency.is_some() {
        return super::systemctl::leave_emergency(call);
    }
    // The terminal closes; the next line is a new sign-in.
    call.session.bash.groups = None;
    call.session.bash.variables.clear();
    call.session.elevated = false;
    call.session.folder = home(call.linux(), &call.session.user);
    Done::ok("logout\n")
}

fn visudo(call: &mut Call<'_>, _args: &[String]) -> Done {
    call.not_modelled("the editor of visudo; write a file below /etc/sudoers.d with tee")
}
