//! Running a parsed line: pipelines, redirections, looking commands up.

use super::call::{Call, Done};
use super::parse::{Join, Line, Part, Simple};
use super::{Command, FAMILIES, expand};
use crate::shell::Session;
use crate::world::World;

/// Runs every pipeline whose turn comes.
pub fn line(world: &mut World, session: &mut Session, line: &Line) -> Done {
    let mut all = Done::default();
    for (join, pipeline) in line {
        let last = session.bash.last_exit;
        let due = match join {
            Join::Always => true,
            Join::IfOk => last == 0,
            Join::IfFailed => last != 0,
        };
        if !due {
            continue;
        }
        let done = run_pipeline(world, session, pipeline);
        session.bash.last_exit = done.exit;
        all.out.push_str(&done.err);
        all.out.push_str(&done.out);
        all.exit = done.exit;
        if !crate::machine::is_up(world, session.device) {
            break;
        }
    }
    all.exit = session.bash.last_exit;
    all
}

fn run_pipeline(world: &mut World, session: &mut Session, pipeline: &[Simple]) -> Done {
    let mut stdin = None;
    let mut errors = String::new();
    let mut last = Done::default();
    for (at, simple) in pipeline.iter().enumerate() {
        let mut call = Call::new(world, session);
        call.stdin = stdin.take();
        call.piped = at + 1 < pipeline.len();
        call.background = simple.background;
        last = simple_command(&mut call, simple);
        errors.push_str(&std::mem::take(&mut last.err));
        if at + 1 < pipeline.len() {
            stdin = Some(std::mem::take(&mut last.out));
        }
    }
    Done { err: errors, ..last }
}

fn simple_command(call: &mut Call<'_>, simple: &Simple) -> Done {
    for redirect in simple.redirects.iter().filter(|redirect| redirect.stream == 0) {
        let name = redirect.file.as_ref().map_or_else(String::new, |word| expand::text(call, word));
        match call.read(&name) {
            Ok(text) => call.stdin = Some(text),
            Err(error) => return Done::failed(1, format!("bash: {name}: {}\n", error.text())),
        }
    }
    call.piped |= simple.redirects.iter().any(|redirect| redirect.stream == 1);
    // The shell opens output files before the command runs, with the rights of the shell itself: `sudo echo x > file` fails.
    let mut targets = Vec::new();
    for redirect in simple.redirects.iter().filter(|redirect| redirect.stream != 0) {
        let name = redirect.file.as_ref().map(|word| expand::text(call, word));
        if let Some(name) = &name
            && let Err(error) = call.write(name, "", redirect.append || redirect.stream == 2 || name == "/dev/null")
        {
            return Done::failed(1, format!("bash: {name}: {}\n", error.text()));
        }
        targets.push((redirect.stream, name));
    }
    let mut done = words(call, simple);
    for (stream, name) in targets {
        match (stream, name) {
            (2, None) => done.out = std::mem::take(&mut done.err) + &done.out,
            (1, None) => done.err.push_str(&std::mem::take(&mut done.out)),
            (stream, Some(name)) => {
                let text = if stream == 1 { std::mem::take(&mut done.out) } else { std::mem::take(&mut done.err) };
                if let Err(error) = call.write(&name, &text, true) {
                    done.complain(1, format!("bash: {name}: {}\n", error.text()));
                }
            }
            _ => {}
        }
    }
    done
}

/// What the shell's grammar has beyond simple commands; the model does not.
const KEYWORDS: &[&str] = &["for", "while", "until", "if", "case", "function", "select", "{", "(", "[[", "!"];

fn words(call: &mut Call<'_>, simple: &Simple) -> Done {
    let assignments = simple.words.iter().take_while(|word| is_assignment(word)).count();
    let words = expand::words(call, simple.words.get(assignments..).unwrap_or_default());
    for word in simple.words.iter().take(assignments) {
        let text = expand::text(call, word);
        if let Some((name, value)) = text.split_once('=') {
            set_variable(call, name, value);
        }
    }
    if words.is_empty() {
        return Done::default();
    }
    let bare = simple.words.first().is_some_and(
        |word| matches!(word.as_slice(), [Part::Text(text, false)] if KEYWORDS.contains(&text.as_str()) || text.starts_with('(')),
    );
    let substitutes = simple
        .words
        .iter()
        .flatten()
        .any(|part| matches!(part, Part::Text(text, false) if text.contains("$(") || text.contains('`')));
    if bare || substitutes {
        return call.not_modelled("control structures and command substitution of bash");
    }
    run(call, &words)
}

fn is_assignment(word: &[Part]) -> bool {
    let Some(Part::Text(text, false)) = word.first() else { return false };
    let Some((name, _)) = text.split_once('=') else { return false };
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// Sets or replaces a shell variable.
pub fn set_variable(call: &mut Call<'_>, name: &str, value: &str) {
    /// Nobody needs more in a ticket; a loop must not grow the state for ever.
    const KEPT: usize = 50;
    let variables = &mut call.session.bash.variables;
    if let Some((_, held)) = variables.iter_mut().find(|(set, _)| set == name) {
        value.clone_into(held);
    } else if variables.len() < KEPT {
        variables.push((name.to_owned(), value.to_owned()));
    }
}

/// Looks the first word up and runs it with the rest.
pub fn run(call: &mut Call<'_>, words: &[String]) -> Done {
    let Some((typed, args)) = words.split_first() else { return Done::default() };
    let name = match typed.rsplit_once('/') {
        Some(("/bin" | "/usr/bin" | "/sbin" | "/usr/sbin" | "/usr/local/bin", name)) => name,
        Some(_) => return run_file(call, typed),
        None => typed,
    };
    match find(name) {
        Some(command) if installed(call, command) && (call.is_root() || typed.contains('/') || !is_admin(name)) => {
            (command.run)(call, args)
        }
        _ if typed.contains('/') => Done::failed(127, format!("bash: {typed}: No such file or directory\n")),
        _ => {
            if find(name).is_none() {
                call.world.note_not_modelled(format!("bash: {name}"));
            }
            Done::failed(127, format!("bash: {name}: command not found\n"))
        }
    }
}

/// A path of one's own: there are no programs among the files of the model, but their errors are real.
fn run_file(call: &mut Call<'_>, typed: &str) -> Done {
    let path = call.path(typed);
    match crate::machine::linux_files::open(call.linux(), &path, &call.actor(), crate::machine::linux_files::ENTER) {
        Ok(file) if file.folder => Done::failed(126, format!("bash: {typed}: Is a directory\n")),
        Ok(_) => call.not_modelled(&format!("running the script {path}")),
        Err(crate::machine::linux_files::FileError::NotFound) => {
            Done::failed(127, format!("bash: {typed}: No such file or directory\n"))
        }
        Err(error) => Done::failed(126, format!("bash: {typed}: {}\n", error.text())),
    }
}

fn find(name: &str) -> Option<&'static Command> {
    FAMILIES.iter().flat_map(|family| family.iter()).find(|command| command.name == name)
}

fn installed(call: &Call<'_>, command: &Command) -> bool {
    command.package.is_empty() || call.linux().packages.contains_key(command.package)
}

/// Programs in `/usr/sbin`, which Debian leaves out of the search path of ordinary users.
const ADMIN: &[&str] = &[
    "adduser",
    "arp",
    "blkid",
    "deluser",
    "e2fsck",
    "ethtool",
    "faillock",
    "fsck",
    "fsck.ext4",
    "groupadd",
    "iptables",
    "nft",
    "nginx",
    "poweroff",
    "reboot",
    "service",
    "shutdown",
    "smartctl",
    "sshd",
    "ufw",
    "useradd",
    "userdel",
    "usermod",
    "visudo",
];

pub fn is_admin(name: &str) -> bool {
    ADMIN.contains(&name)
}

/// Whether a word names something that can be run here.
pub fn known(call: &Call<'_>, name: &str) -> bool {
    find(name).is_some_and(|command| installed(call, command))
}
