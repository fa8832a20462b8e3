//! The `cmd` command line: chains, pipes, redirections, and the commands that are built in.

mod builtin;
mod files;
mod filter;
mod help;
mod identity;
pub mod parse;
mod variables;
pub mod wildcard;

pub use identity::account_of;

use super::windows::{self, disk};
use super::{Mode, Output, Session};
use crate::world::World;
use parse::{Join, Redirect, Simple};

/// Everything that can be typed here: built-in commands, then programs.
pub const NAMES: &[&str] = &[
    "arp",
    "bcdboot",
    "bcdedit",
    "bootrec",
    "cd",
    "certmgr.msc",
    "chkdsk",
    "cleanmgr",
    "cls",
    "cmdkey",
    "copy",
    "curl",
    "date",
    "del",
    "devmgmt.msc",
    "dir",
    "diskmgmt.msc",
    "diskpart",
    "dism",
    "dxdiag",
    "echo",
    "eventvwr",
    "exit",
    "find",
    "findstr",
    "format",
    "getmac",
    "gpresult",
    "gpupdate",
    "help",
    "hostname",
    "icacls",
    "ipconfig",
    "logoff",
    "lusrmgr.msc",
    "manage-bde",
    "md",
    "more",
    "move",
    "msconfig",
    "msinfo32",
    "mstsc",
    "ncpa.cpl",
    "net",
    "netsh",
    "netstat",
    "nslookup",
    "path",
    "pathping",
    "perfmon",
    "ping",
    "powercfg",
    "pushd",
    "query",
    "quser",
    "rd",
    "reg",
    "regsvr32",
    "ren",
    "resmon",
    "robocopy",
    "route",
    "sc",
    "schtasks",
    "services.msc",
    "set",
    "sfc",
    "shutdown",
    "sort",
    "start",
    "systeminfo",
    "takeown",
    "taskkill",
    "tasklist",
    "taskmgr",
    "taskschd.msc",
    "time",
    "tracert",
    "type",
    "ver",
    "vol",
    "w32tm",
    "wevtutil",
    "whoami",
    "winver",
    "xcopy",
];

#[must_use]
pub fn prompt(session: &Session) -> String {
    match &session.mode {
        Mode::Nslookup { .. } => "> ".to_owned(),
        Mode::Diskpart { .. } => "DISKPART> ".to_owned(),
        Mode::Question { asked, .. } => asked.clone(),
        _ => format!("{}>", session.folder),
    }
}

pub fn run(world: &mut World, session: &mut Session, line: &str) -> Output {
    if let Some(output) = program_reads(world, session, line) {
        return output;
    }
    let line = variables::expand(world, session, line);
    if line.trim().is_empty() {
        return Output::default();
    }
    let Some(chain) = parse::line(&line) else {
        return Output::failed(1, "The syntax of the command is incorrect.\n");
    };
    let mut whole = Output::default();
    for (join, pipeline) in chain {
        let goes = match join {
            Join::Always => true,
            Join::IfOk => whole.exit == 0,
            Join::IfFailed => whole.exit != 0,
        };
        if goes {
            let output = run_pipeline(world, session, &pipeline);
            whole.text.push_str(&output.text);
            whole.exit = output.exit;
            whole.opens = output.opens.or(whole.opens);
        }
    }
    whole
}

/// A program that reads lines itself gets this one: `nslookup`, `diskpart`, a question.
pub fn program_reads(world: &mut World, session: &mut Session, line: &str) -> Option<Output> {
    let name = match &session.mode {
        Mode::Nslookup { .. } => "nslookup",
        Mode::Diskpart { .. } => "diskpart",
        Mode::Question { command, .. } => {
            let command = command.clone();
            session.mode = Mode::Shell;
            let (name, rest) = parse::split_name(&command);
            let mut arguments = parse::words(rest);
            arguments.push(format!("<{}", line.trim()));
            return Some(run_words(world, session, &name, &arguments, rest));
        }
        _ => return None,
    };
    let command = windows::program(name)?;
    Some((command.run)(world, session, &parse::words(line)))
}

fn run_pipeline(world: &mut World, session: &mut Session, pipeline: &[Simple]) -> Output {
    let mut output = Output::default();
    for (at, simple) in pipeline.iter().enumerate() {
        let input = match &simple.input {
            Some(path) => match disk::locate(world, session, path).and_then(|spot| disk::read(world, session, &spot)) {
                Ok(text) => Some(text),
                Err(error) => return Output::failed(1, format!("{}\n", error.text())),
            },
            None => (at > 0).then(|| std::mem::take(&mut output.text)),
        };
        output = run_simple(world, session, simple, input.as_deref());
    }
    output
}

fn run_simple(world: &mut World, session: &mut Session, simple: &Simple, input: Option<&str>) -> Output {
    let (name, rest) = parse::split_name(&simple.text);
    let mut output = match filter::run(world, session, &name, rest, input) {
        Some(output) => output,
        None => run_words(world, session, &name, &parse::words(rest), rest),
    };
    if let Some(redirect) = &simple.out {
        let text = std::mem::take(&mut output.text);
        if let Err(failed) = redirected(world, session, redirect, &text) {
            return failed;
        }
    }
    output
}

/// Puts a command's text into a file. `nul` swallows it.
fn redirected(world: &mut World, session: &Session, redirect: &Redirect, text: &str) -> Result<(), Output> {
    if redirect.path.eq_ignore_ascii_case("nul") {
        return Ok(());
    }
    if redirect.path.is_empty() {
        return Err(Output::failed(1, "The syntax of the command is incorrect.\n"));
    }
    disk::locate(world, session, &redirect.path)
        .and_then(|spot| disk::write(world, session, &spot, text, redirect.append))
        .map_err(|error| Output::failed(1, format!("{}\n", error.text())))
}

/// `find`, `findstr`, `more`, `sort` with what came through the pipe; `None`: another command. Also for PowerShell.
pub fn filtered(world: &mut World, session: &Session, name: &str, rest: &str, input: Option<&str>) -> Option<Output> {
    filter::run(world, session, name, rest, input)
}

/// The value of an environment variable. Also for PowerShell.
#[must_use]
pub fn variable(world: &World, session: &Session, name: &str) -> Option<String> {
    variables::get(world, session, name)
}

/// One command with its words; `rest` is what was written behind its name.
pub fn run_words(world: &mut World, session: &mut Session, name: &str, arguments: &[String], rest: &str) -> Output {
    if arguments.iter().any(|argument| argument == "/?")
        && let Some(text) = help::text(&name.to_lowercase())
    {
        return Output::ok(text);
    }
    if let Some(output) = builtin::run(world, session, name, arguments, rest) {
        return output;
    }
    if let Some(output) = files::run(world, session, name, arguments) {
        return output;
    }
    if let Some(output) = program(world, session, name, arguments) {
        return output;
    }
    world.note_not_modelled(format!("cmd: {name}"));
    Output::failed(
        9009,
        format!("'{name}' is not recognized as an internal or external command,\noperable program or batch file.\n"),
    )
}

/// A program with or without its folder, or a name that opens a panel. Also for PowerShell.
pub fn program(world: &mut World, session: &mut Session, name: &str, arguments: &[String]) -> Option<Output> {
    let lower = name.to_lowercase();
    let bare = lower.strip_prefix("c:\\windows\\system32\\").unwrap_or(&lower);
    if let Some(command) = windows::program(bare) {
        return Some((command.run)(world, session, arguments));
    }
    let bare = bare.strip_suffix(".exe").unwrap_or(bare);
    if let Some(output) = identity::run(world, session, bare, arguments) {
        return Some(output);
    }
    if let Some(output) = files::program(world, session, bare, arguments) {
        return Some(output);
    }
    windows::network::opens(world, session, bare)
}

#[cfg(test)]
mod tests;
