//! The PowerShell command line, as Windows PowerShell 5.1: pipelines of cmdlets with objects, and programs with text.

mod aliases;
mod bind;
mod builtin;
pub mod call;
mod expression;
mod filter;
mod format;
pub mod object;
pub mod parse;

use super::windows::{self, disk};
use super::{Mode, Output, Session, cmd};
use crate::world::World;
use call::Call;
use object::{Answer, Failure, View};
use parse::Element;

/// Everything that can be typed here: cmdlets, then programs.
pub const NAMES: &[&str] = &[
    "Add-ADGroupMember",
    "Add-Content",
    "Clear-DnsClientCache",
    "Clear-Host",
    "Copy-Item",
    "Disable-ADAccount",
    "Disable-NetAdapter",
    "Disable-NetFirewallRule",
    "Enable-ADAccount",
    "Enable-NetAdapter",
    "Enable-NetFirewallRule",
    "ForEach-Object",
    "Format-List",
    "Format-Table",
    "Get-ADGroupMember",
    "Get-ADUser",
    "Get-Alias",
    "Get-ChildItem",
    "Get-Command",
    "Get-Content",
    "Get-Date",
    "Get-DnsClientCache",
    "Get-DnsClientServerAddress",
    "Get-EventLog",
    "Get-Help",
    "Get-Item",
    "Get-Location",
    "Get-MpComputerStatus",
    "Get-NetAdapter",
    "Get-NetConnectionProfile",
    "Get-NetFirewallProfile",
    "Get-NetFirewallRule",
    "Get-NetIPAddress",
    "Get-NetIPConfiguration",
    "Get-NetNeighbor",
    "Get-NetRoute",
    "Get-NetTCPConnection",
    "Get-PhysicalDisk",
    "Get-Printer",
    "Get-PrintJob",
    "Get-Process",
    "Get-Service",
    "Get-Volume",
    "Get-WinEvent",
    "Invoke-WebRequest",
    "Measure-Object",
    "Move-Item",
    "New-Item",
    "New-NetIPAddress",
    "Out-File",
    "Out-Null",
    "Out-String",
    "Remove-ADGroupMember",
    "Remove-Item",
    "Remove-NetIPAddress",
    "Rename-Item",
    "Resolve-DnsName",
    "Restart-NetAdapter",
    "Restart-Service",
    "Search-ADAccount",
    "Select-Object",
    "Select-String",
    "Set-ADAccountPassword",
    "Set-ADUser",
    "Set-Content",
    "Set-DnsClientServerAddress",
    "Set-Location",
    "Set-NetFirewallProfile",
    "Set-NetIPInterface",
    "Sort-Object",
    "Start-MpScan",
    "Start-Service",
    "Stop-Process",
    "Stop-Service",
    "Test-ComputerSecureChannel",
    "Test-Connection",
    "Test-NetConnection",
    "Test-Path",
    "Unlock-ADAccount",
    "Where-Object",
    "Write-Output",
    "arp",
    "curl.exe",
    "getmac",
    "hostname",
    "ipconfig",
    "net",
    "netsh",
    "netstat",
    "nslookup",
    "pathping",
    "ping",
    "route",
    "tracert",
    "whoami",
];

/// Cmdlets that a technician may well try and that the model does not hold: the real shell would know them.
const NOT_HELD: &[&str] = &[
    "Add-Computer",
    "Add-Printer",
    "Add-PrinterPort",
    "Clear-Disk",
    "Enter-PSSession",
    "Format-Volume",
    "Get-Acl",
    "Get-BitLockerVolume",
    "Get-CimInstance",
    "Get-ComputerInfo",
    "Get-GPResultantSetOfPolicy",
    "Get-LocalGroupMember",
    "Get-LocalUser",
    "Get-Partition",
    "Get-ScheduledTask",
    "Get-SmbShare",
    "Get-WmiObject",
    "Initialize-Disk",
    "Invoke-Command",
    "Invoke-GPUpdate",
    "New-ADUser",
    "New-LocalUser",
    "New-Partition",
    "Optimize-Volume",
    "Repair-Volume",
    "Restart-Computer",
    "Set-Acl",
    "Start-Process",
    "Stop-Computer",
    "Update-MpSignature",
];

#[must_use]
pub fn prompt(session: &Session) -> String {
    match session.mode {
        Mode::Shell => format!("PS {}> ", session.folder),
        _ => cmd::prompt(session),
    }
}

pub fn run(world: &mut World, session: &mut Session, line: &str) -> Output {
    if let Some(output) = cmd::program_reads(world, session, line) {
        return output;
    }
    let mut whole = Output::default();
    for (offset, statement) in parse::statements(line) {
        let output = run_statement(world, session, line, &statement, offset);
        whole.text.push_str(&output.text);
        whole.exit = output.exit;
        whole.opens = output.opens.or(whole.opens);
    }
    whole
}

fn run_statement(world: &mut World, session: &mut Session, line: &str, statement: &str, offset: usize) -> Output {
    if let Some(output) = expression::assignment(world, session, statement) {
        return output;
    }
    let mut elements = parse::pipeline(statement, offset);
    let redirect = elements.last_mut().and_then(redirection);
    if elements.iter().any(|element| element.words.is_empty()) {
        let failure = Failure::new(
            "An empty pipe element is not allowed.",
            "ParserError: (:) [], ParentContainsErrorRecordException",
            "EmptyPipeElement",
        );
        return Output::failed(1, format::failure(&failure, "", line.trim(), 1, 1));
    }
    let mut output = Output::default();
    let mut flow: Option<Answer> = None;
    let mut text_only = None;
    for element in &elements {
        let step = step(world, session, line, element, flow.take());
        output.text.push_str(&step.before);
        output.exit = step.exit;
        output.opens = step.answer.opens.or(output.opens);
        text_only = step.text;
        flow = Some(step.answer);
    }
    // What a program prints goes to the screen as it is.
    let printed = text_only.or_else(|| flow.map(|answer| format::objects(&answer))).unwrap_or_default();
    match redirect {
        None => output.text.push_str(&printed),
        Some((path, append)) => {
            let written = builtin::write_file(world, session, &path, &printed, append);
            output.text.push_str(
                &written.map_or_else(|failure| format::failure(&failure, "out-file", line.trim_end(), 1, 1), |()| String::new()),
            );
        }
    }
    output
}

/// Takes `> file` and `>> file` off the end of a command; errors (`2>`) are not told apart here, so that is only taken off.
fn redirection(element: &mut Element) -> Option<(String, bool)> {
    let mut found = None;
    let mut kept = Vec::new();
    let mut words = std::mem::take(&mut element.words).into_iter();
    while let Some(word) = words.next() {
        let stripped = word.text.strip_prefix(['1', '2', '*']).unwrap_or(&word.text);
        let Some(rest) = stripped.strip_prefix('>').filter(|_| !word.quoted) else {
            kept.push(word);
            continue;
        };
        let (rest, append) = rest.strip_prefix('>').map_or((rest, false), |rest| (rest, true));
        let path = if rest.is_empty() { words.next().map(|word| word.text).unwrap_or_default() } else { rest.to_owned() };
        if !word.text.starts_with('2') {
            found = Some((path, append));
        }
        if let Some(at) = element.text.find(&word.text) {
            element.text.truncate(at);
        }
    }
    element.words = kept;
    found
}

/// What one command of a pipeline came to.
struct Step {
    /// Warnings and errors, which go to the screen in any case.
    before: String,
    answer: Answer,
    /// A program's text as it was printed.
    text: Option<String>,
    exit: i32,
}

fn step(world: &mut World, session: &mut Session, line: &str, element: &Element, input: Option<Answer>) -> Step {
    let failed = |before: String| Step { before, answer: Answer::default(), text: None, exit: 1 };
    if let Some(answer) = expression::value(world, session, element) {
        return match answer {
            Ok(answer) => Step { before: String::new(), answer, text: None, exit: 0 },
            Err(output) => failed(output.text),
        };
    }
    let element = expression::expanded(world, session, element);
    let typed = element.words.first().map(|word| word.text.clone()).unwrap_or_default();
    let name = aliases::full(&typed);
    let cmdlet = builtin::find(name).or_else(|| windows::cmdlet(name));
    let Some(cmdlet) = cmdlet else { return native(world, session, line, &element, input) };
    if element.words.iter().any(|word| word.text == "-?") {
        return Step { before: String::new(), answer: builtin::help(cmdlet.name, cmdlet.parameters), text: None, exit: 0 };
    }
    let mut call = match bind::bind(cmdlet, &element) {
        Ok(call) => call,
        Err(unbound) => {
            let (at, length) =
                if unbound.at == 0 { (element.at, element.text.chars().count()) } else { (unbound.at, unbound.length) };
            return failed(format::failure(&unbound.failure, &typed, line.trim_end(), at, length));
        }
    };
    if call.has("WhatIf") {
        return failed(Output::not_modelled(world, "-WhatIf").text);
    }
    receive(&mut call, input);
    let answer = (cmdlet.run)(world, session, &call);
    let mut before = answer.notes.clone();
    let quiet = call
        .text("ErrorAction")
        .is_some_and(|action| ["silentlycontinue", "ignore", "0"].contains(&action.to_lowercase().as_str()));
    for failure in answer.failures.iter().filter(|_| !quiet) {
        before.push_str(&format::failure(failure, &typed, line.trim_end(), element.at, element.text.chars().count()));
    }
    let exit = i32::from(!answer.failures.is_empty());
    Step { before, answer, text: None, exit }
}

fn receive(call: &mut Call, input: Option<Answer>) {
    if let Some(input) = input {
        call.piped = true;
        call.input = input.objects;
        call.view = input.view;
        call.heading = input.heading;
    }
}

/// A program, or nothing that anybody knows.
fn native(world: &mut World, session: &mut Session, line: &str, element: &Element, input: Option<Answer>) -> Step {
    let mut words: Vec<String> = element.words.iter().map(|word| word.text.clone()).collect();
    if words.first().is_some_and(|word| word == "&" || word == ".") && words.len() > 1 {
        words.remove(0);
    }
    let name = words.first().cloned().unwrap_or_default();
    let piped = input.map(|input| format::objects(&input));
    let rest = element.text.get(name.len()..).unwrap_or_default();
    let arguments = words.get(1..).unwrap_or_default();
    let output = match cmd::filtered(world, session, &name, rest, piped.as_deref()) {
        Some(output) => Some(output),
        None => cmd::program(world, session, &name, arguments),
    };
    let Some(output) = output else {
        if let Some(real) = NOT_HELD.iter().find(|real| real.eq_ignore_ascii_case(&name)) {
            let said = Output::not_modelled(world, real).text;
            return Step { before: said, answer: Answer::default(), text: None, exit: 1 };
        }
        world.note_not_modelled(format!("PowerShell: {name}"));
        return Step { before: unknown(&name, line, element), answer: Answer::default(), text: None, exit: 1 };
    };
    let answer = Answer { opens: output.opens, ..Answer::text(&output.text) };
    Step { before: String::new(), answer, text: Some(output.text), exit: output.exit }
}

fn unknown(name: &str, line: &str, element: &Element) -> String {
    let failure = Failure::new(
        format!(
            "The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the \
             spelling of the name, or if a path was included, verify that the path is correct and try again."
        ),
        format!("ObjectNotFound: ({name}:String) [], CommandNotFoundException"),
        "CommandNotFoundException",
    );
    format::failure(&failure, name, line.trim_end(), element.at, name.chars().count())
}

/// Runs a pipeline in brackets and gives its objects: `(Get-NetAdapter).Name`.
fn inner(world: &mut World, session: &mut Session, text: &str) -> Answer {
    let mut flow: Option<Answer> = None;
    let mut notes = String::new();
    for element in parse::pipeline(text, 0) {
        let step = step(world, session, text, &element, flow.take());
        notes.push_str(&step.before);
        flow = Some(step.answer);
    }
    let mut answer = flow.unwrap_or_default();
    answer.notes = notes;
    answer
}

/// Where a path leads, for cmdlets that take one.
fn spot(world: &mut World, session: &Session, path: &str) -> Result<disk::Spot, disk::DiskError> {
    disk::locate(
        world,
        session,
        path.strip_prefix("~\\").map(|rest| format!("C:\\Users\\{}\\{rest}", session.user)).as_deref().unwrap_or(path),
    )
}

/// Text lines as an answer.
fn lines(text: &str) -> Answer {
    Answer::new(View::Lines, Answer::text(text).objects)
}

#[cfg(test)]
mod tests;
