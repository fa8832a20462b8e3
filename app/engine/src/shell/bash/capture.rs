//! `tcpdump`: frames that really pass a port of this machine while it runs, whoever sends them.
//!
//! In the foreground it waits; behind the prompt (`tcpdump … &`) it prints what has passed after every line that is typed, until
//! its count is reached or it is ended by `fg` and Ctrl-C, or by a signal. What the model does not hold of a packet (sequence
//! numbers, windows, the questions in DNS) is left out.

mod expression;
mod file;
mod print;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::call::{Call, Done, has, options, value};
use super::{Command, command};
use crate::machine::units;
use crate::shell::Session;
use crate::time::Span;
use crate::world::World;
use crate::world::interface::{Attach, Flow};
use crate::world::linux::{Capture, Captured, Process};
use crate::world::port::PortIndex;
use expression::{Problem, Term};

pub const COMMANDS: &[Command] = &[command("tcpdump", "", tcpdump), command("jobs", "", jobs), command("fg", "", fg)];

/// A capture as its terminal knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    pub pid: u32,
    /// As it was typed.
    command: String,
    expression: Vec<Term>,
    count: Option<u32>,
    /// `-e`.
    addresses: bool,
    /// Frames printed.
    printed: u32,
    /// The echo requests counted last, for their numbers.
    echo: Option<(Flow, u16)>,
    /// `-w`: the file's whole path, and what is to stand in it.
    file: Option<String>,
    kept: Vec<Captured>,
}

/// What the command line asks for, or the complaint about it.
fn asked(call: &Call<'_>, args: &[String]) -> Result<(Job, Option<PortIndex>, String), Done> {
    let (given, words) = options(args, "icwrsC");
    let known = ["i", "c", "n", "e", "v", "l", "p", "q", "t", "s", "w", "r"];
    if let Some((name, _)) = given.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        let letter = name.trim_start_matches('-');
        return Err(Done::failed(1, format!("tcpdump: invalid option -- '{letter}'\n")));
    }
    let count = match value(&given, &["c"]).map(|text| (text, text.parse::<u32>())) {
        Some((text, Err(_) | Ok(0))) => return Err(Done::failed(1, format!("tcpdump: invalid packet count {text}\n"))),
        Some((_, Ok(count))) => Some(count),
        None => None,
    };
    let expression = match expression::parse(&words) {
        Ok(terms) => terms,
        Err(Problem::Syntax) => {
            return Err(Done::failed(1, "tcpdump: can't parse filter expression: syntax error\n"));
        }
        Err(Problem::NotModelled(word)) => return Err(Done::failed(2, word)),
    };
    let command = format!("tcpdump {}", args.join(" ")).trim_end().to_owned();
    let file = value(&given, &["w"]).map(|name| call.path(name));
    let job = Job { command, expression, count, addresses: has(&given, &["e"]), file, ..Job::default() };
    if has(&given, &["r"]) {
        return Ok((job, None, String::new()));
    }
    let name = value(&given, &["i"]).map_or_else(|| first_interface(call), str::to_owned);
    let found = call.device().stack.interfaces.iter().find(|interface| interface.name == name).map(|interface| interface.attach);
    let port = match found {
        _ if name == "any" => None,
        Some(Attach::Port(port) | Attach::Sub(port, _)) => Some(port),
        _ => return Err(Done::failed(1, format!("tcpdump: {name}: No such device exists\n(No such device exists)\n"))),
    };
    if !call.is_root() {
        return Err(Done::failed(
            1,
            format!(
                "tcpdump: {name}: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n"
            ),
        ));
    }
    Ok((job, port, name))
}

/// The one that tcpdump takes by itself: the first that is up.
fn first_interface(call: &Call<'_>) -> String {
    let mut interfaces = call.device().stack.interfaces.iter();
    interfaces
        .find(|interface| interface.enabled && interface.attach != Attach::Loopback)
        .map_or_else(String::new, |found| found.name.clone())
}

fn tcpdump(call: &mut Call<'_>, args: &[String]) -> Done {
    /// Without a count it runs until Ctrl-C; somebody who waits for a frame gives up about then.
    const PATIENCE: Span = Span::seconds(10);
    const LONGEST: u64 = 60;
    if args.iter().any(|arg| arg == "-D" || arg == "--list-interfaces") {
        return Done::ok(interfaces(call));
    }
    let (mut job, port, name) = match asked(call, args) {
        Ok(asked) => asked,
        // What is valid and not modelled comes back as status 2 with what it is.
        Err(done) if done.exit == 2 => return call.not_modelled(&done.err),
        Err(done) => return done,
    };
    if let Some(name) = value(&options(args, "icwrsC").0, &["r"]) {
        return file::print(call, &mut job, name);
    }
    if let Err(refused) = file::begin(call, &job, args) {
        return refused;
    }
    if call.linux().capture.is_some() {
        return call.not_modelled("two captures at once");
    }
    let now = call.world.now;
    let linux = call.linux_mut();
    let pid = units::next_pid(linux);
    linux.capture = Some(Capture { pid, port, ..Capture::default() });
    job.pid = pid;
    let process = Process { pid, user: "tcpdump".to_owned(), command: job.command.clone(), started: now, ..Process::default() };
    linux.processes.push(process);
    let listening = format!("listening on {name}, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n");
    let banner = match job.file {
        Some(_) => format!("tcpdump: {listening}"),
        None => format!("tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n{listening}"),
    };
    if call.background {
        call.session.bash.job = Some(job);
        return Done { err: format!("[1] {pid}\n{banner}"), ..Done::default() };
    }
    let (mut out, mut waited) = (String::new(), 0);
    if job.count.is_none() {
        call.world.wait(PATIENCE);
    }
    out += &read(call, &mut job);
    while !full(&job) && job.count.is_some() && waited < LONGEST {
        call.world.wait(Span::seconds(1));
        waited += 1;
        out += &read(call, &mut job);
    }
    let interrupt = if full(&job) { "" } else { "^C\n" };
    let summary = end(call, &job);
    if call.piped {
        return Done { out, err: banner + interrupt + &summary, ..Done::default() };
    }
    Done { out: banner + &out + interrupt + &summary, ..Done::default() }
}

fn full(job: &Job) -> bool {
    job.count.is_some_and(|count| job.printed >= count)
}

/// Empties the buffer into lines, as far as the count goes.
fn read(call: &mut Call<'_>, job: &mut Job) -> String {
    let frames = call.linux_mut().capture.as_mut().map(|capture| std::mem::take(&mut capture.frames)).unwrap_or_default();
    let mut out = String::new();
    for captured in frames {
        if full(job) || !expression::fits(&job.expression, &captured.frame) {
            continue;
        }
        if job.file.is_some() {
            job.kept.push(captured);
        } else {
            out += &print::line(call, job, &captured);
        }
        job.printed = job.printed.saturating_add(1);
    }
    out
}

/// `-D`: what can be captured from.
fn interfaces(call: &Call<'_>) -> String {
    let stack = &call.device().stack;
    let ports = stack.interfaces.iter().filter_map(|interface| match interface.attach {
        Attach::Port(port) => Some((interface, port)),
        _ => None,
    });
    let mut lines: Vec<String> = ports
        .map(|(interface, port)| {
            let joined = crate::net::link::of(call.world, crate::world::PortRef { device: call.session.device, port }).is_some();
            let state = match (interface.enabled, joined) {
                (true, true) => "Up, Running, Connected",
                (true, false) => "Up, Disconnected",
                (false, _) => "none",
            };
            format!("{} [{state}]", interface.name)
        })
        .collect();
    lines.push("any (Pseudo-device that captures on all interfaces) [Up, Running]".to_owned());
    lines.push("lo [Up, Running, Loopback]".to_owned());
    let numbered: Vec<String> = (1_u8..).zip(lines).map(|(number, line)| format!("{number}.{line}")).collect();
    numbered.join("\n") + "\n"
}

/// Ends the process and says what it saw.
fn end(call: &mut Call<'_>, job: &Job) -> String {
    file::finish(call, job);
    let linux = call.linux_mut();
    linux.processes.retain(|process| process.pid != job.pid);
    let dropped = linux.capture.take().map_or(0, |capture| capture.dropped);
    let word = |count: u32| if count == 1 { "packet" } else { "packets" };
    let count = job.printed;
    format!(
        "{count} {} captured\n{count} {} received by filter\n{dropped} {} dropped by kernel\n",
        word(count),
        word(count),
        word(dropped)
    )
}

/// After every line: what passed meanwhile, and the end where it has come.
pub fn follow(world: &mut World, session: &mut Session) -> String {
    let Some(mut job) = session.bash.job.take() else { return String::new() };
    let mut call = Call::new(world, session);
    if call.linux().capture.as_ref().is_none_or(|capture| capture.pid != job.pid) {
        // The machine was started again.
        return String::new();
    }
    let mut out = read(&mut call, &mut job);
    let killed = !call.linux().processes.iter().any(|process| process.pid == job.pid);
    if full(&job) || killed {
        out += &end(&mut call, &job);
        // tcpdump ends by itself on SIGTERM too, and with its summary.
        let _ = std::fmt::Write::write_fmt(&mut out, format_args!("[1]+  {:<24}{}\n", "Done", job.command));
        return out;
    }
    session.bash.job = Some(job);
    out
}

fn jobs(call: &mut Call<'_>, _args: &[String]) -> Done {
    let line = |job: &Job| format!("[1]+  {:<24}{} &\n", "Running", job.command);
    Done::ok(call.session.bash.job.as_ref().map(line).unwrap_or_default())
}

/// To the foreground, and Ctrl-C.
fn fg(call: &mut Call<'_>, _args: &[String]) -> Done {
    let Some(mut job) = call.session.bash.job.take() else { return Done::failed(1, "bash: fg: current: no such job\n") };
    let lines = read(call, &mut job);
    let summary = end(call, &job);
    Done::ok(format!("{}\n{lines}^C\n{summary}", job.command))
}
