//! `tasklist` and `taskkill`.

use std::fmt::Write;

use super::{given, of, thousands, word_after};
use crate::machine::services::processes::{self, Kind, NotEnded, Running};
use crate::shell::{Output, Session};
use crate::world::World;

const NONE: &str = "INFO: No tasks are running which match the specified criteria.\n";

pub fn tasklist(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if given(arguments, "v") || given(arguments, "m") || given(arguments, "s") {
        return Output::not_modelled(world, "tasklist /v, /m or /s");
    }
    let Some(windows) = of(world, session.device) else { return Output::failed(1, NONE) };
    let mut running = processes::all(windows);
    for filter in filters(arguments) {
        let Some(keep) = parse(filter) else {
            return Output::failed(1, "ERROR: The search filter cannot be recognized.\n");
        };
        running.retain(|running| keep.matches(running));
    }
    if running.is_empty() {
        return Output::ok(NONE);
    }
    let form = word_after(arguments, "fo").unwrap_or("table").to_lowercase();
    let heads = !given(arguments, "nh");
    Output::ok(match (given(arguments, "svc"), form.as_str()) {
        (true, _) => table_of_services(&running, heads),
        (_, "csv") => csv(&running, heads),
        (_, "list") => list(&running),
        _ => table(&running, heads),
    })
}

fn filters(arguments: &[String]) -> impl Iterator<Item = &str> {
    arguments
        .windows(2)
        .filter(|pair| pair.first().is_some_and(|first| first.eq_ignore_ascii_case("/fi")))
        .filter_map(|pair| pair.get(1))
        .map(String::as_str)
}

/// One `/fi` filter: what is compared, how, with what.
struct Filter {
    what: String,
    how: String,
    with: String,
}

fn parse(text: &str) -> Option<Filter> {
    let mut words = text.splitn(3, ' ');
    let (what, how, with) = (words.next()?.to_lowercase(), words.next()?.to_lowercase(), words.next()?.trim().to_lowercase());
    let known = matches!(what.as_str(), "imagename" | "pid" | "memusage" | "status" | "services" | "username" | "session")
        && matches!(how.as_str(), "eq" | "ne" | "gt" | "lt" | "ge" | "le");
    known.then_some(Filter { what, how, with })
}

impl Filter {
    fn matches(&self, running: &Running) -> bool {
        let process = &running.process;
        let number = match self.what.as_str() {
            "pid" => Some(process.pid),
            "memusage" => Some(process.memory_kib),
            "session" => Some(u32::from(running.session)),
            _ => None,
        };
        if let (Some(value), Ok(with)) = (number, self.with.parse::<u32>()) {
            return match self.how.as_str() {
                "eq" => value == with,
                "ne" => value != with,
                "gt" => value > with,
                "lt" => value < with,
                "ge" => value >= with,
                _ => value <= with,
            };
        }
        let equal = match self.what.as_str() {
            "imagename" => match self.with.strip_suffix('*') {
                Some(start) => process.name.to_lowercase().starts_with(start),
                None => process.name.eq_ignore_ascii_case(&self.with),
            },
            "status" => self.with == if process.responding { "running" } else { "not responding" },
            "services" => running.services.iter().any(|name| name.eq_ignore_ascii_case(&self.with)),
            "username" => process.user.eq_ignore_ascii_case(self.with.rsplit('\\').next().unwrap_or_default()),
            _ => false,
        };
        equal == (self.how == "eq")
    }
}

fn session_name(session: u8) -> &'static str {
    if session == 0 { "Services" } else { "Console" }
}

fn table(running: &[Running], heads: bool) -> String {
    let mut text = String::from("\n");
    if heads {
        text.push_str("Image Name                     PID Session Name        Session#    Mem Usage\n");
        text.push_str("========================= ======== ================ =========== ============\n");
    }
    for running in running {
        let process = &running.process;
        _ = writeln!(
            text,
            "{:<25.25} {:>8} {:<16} {:>11} {:>10} K",
            process.name,
            process.pid,
            session_name(running.session),
            running.session,
            thousands(process.memory_kib.into())
        );
    }
    text
}

fn table_of_services(running: &[Running], heads: bool) -> String {
    let mut text = String::from("\n");
    if heads {
        text.push_str("Image Name                     PID Services                                    \n");
        text.push_str("========================= ======== ============================================\n");
    }
    for running in running {
        let services = if running.services.is_empty() { "N/A".to_owned() } else { running.services.join(", ") };
        _ = writeln!(text, "{:<25.25} {:>8} {services:<44}", running.process.name, running.process.pid);
    }
    text
}

fn csv(running: &[Running], heads: bool) -> String {
    let mut text = String::new();
    if heads {
        text.push_str("\"Image Name\",\"PID\",\"Session Name\",\"Session#\",\"Mem Usage\"\n");
    }
    for running in running {
        let process = &running.process;
        let session = running.session;
        let memory = thousands(process.memory_kib.into());
        _ = writeln!(text, "\"{}\",\"{}\",\"{}\",\"{session}\",\"{memory} K\"", process.name, process.pid, session_name(session));
    }
    text
}

fn list(running: &[Running]) -> String {
    let mut text = String::new();
    for running in running {
        let process = &running.process;
        _ = writeln!(
            text,
            "\nImage Name:   {}\nPID:          {}\nSession Name: {}\nSession#:     {}\nMem Usage:    {} K",
            process.name,
            process.pid,
            session_name(running.session),
            running.session,
            thousands(process.memory_kib.into())
        );
    }
    text
}

pub fn taskkill(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (image, pid) = (word_after(arguments, "im"), word_after(arguments, "pid"));
    if image.is_none() && pid.is_none() {
        return Output::failed(
            1,
            "ERROR: Invalid syntax. Neither /FI nor /PID nor /IM were specified.\nType \"TASKKILL /?\" for usage.\n",
        );
    }
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let chosen: Vec<Running> = processes::all(windows)
        .into_iter()
        .filter(|running| match (image, pid) {
            (_, Some(pid)) => pid.parse() == Ok(running.process.pid),
            (Some(image), None) => running.process.name.eq_ignore_ascii_case(image),
            (None, None) => false,
        })
        .collect();
    if chosen.is_empty() {
        return Output::failed(128, format!("ERROR: The process \"{}\" not found.\n", image.or(pid).unwrap_or_default()));
    }
    let force = given(arguments, "f");
    let by_pid = image.is_none();
    let mut output = Output::default();
    for running in chosen {
        let (line, ok) = kill(world, session, &running, force, by_pid);
        output.text.push_str(&line);
        if !ok {
            output.exit = 1;
        }
    }
    output
}

fn kill(world: &mut World, session: &Session, running: &Running, force: bool, by_pid: bool) -> (String, bool) {
    let process = &running.process;
    let pid = process.pid;
    let named =
        if by_pid { format!("The process with PID {pid}") } else { format!("The process \"{}\" with PID {pid}", process.name) };
    let refused = |reason: &str| (format!("ERROR: {named} could not be terminated.\nReason: {reason}\n"), false);
    if !session.elevated && !process.user.eq_ignore_ascii_case(&session.user) {
        return refused("Access is denied.");
    }
    if !force {
        if running.kind != Kind::Program {
            return refused("This process can only be terminated forcefully (with /F option).");
        }
        if process.responding {
            _ = processes::end(world, session.device, pid);
        }
        let line = if by_pid {
            format!("SUCCESS: Sent termination signal to the process with PID {pid}.\n")
        } else {
            format!("SUCCESS: Sent termination signal to the process \"{}\" with PID {pid}.\n", process.name)
        };
        return (line, true);
    }
    match processes::end(world, session.device, pid) {
        Ok(()) => (format!("SUCCESS: {named} has been terminated.\n"), true),
        Err(NotEnded::Critical) => refused("This is critical system process. Taskkill cannot end this process."),
        Err(NotEnded::Protected) => refused("Access is denied."),
        Err(NotEnded::Missing) => refused("There is no running instance of the task."),
    }
}
