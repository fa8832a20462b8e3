//! `Get-Process` and `Stop-Process`.

use super::{Answer, Call, Column, Failure, Object, Parameter, View, column, fits, number, windows};
use crate::machine::services::processes::{self, NotEnded, Running};
use crate::shell::Session;
use crate::sorted;
use crate::world::World;

pub const GET: &[Parameter] = &[Parameter::positional("Name"), Parameter::named("Id"), Parameter::switch("IncludeUserName")];
pub const STOP: &[Parameter] = &[Parameter::positional("Id"), Parameter::named("Name"), Parameter::switch("Force")];

const TABLE: &[Column] = &[
    number("WS(K)", "WSK"),
    number("CPU(%)", "Load"),
    number("Id", "Id"),
    number("SI", "SI"),
    column("ProcessName", "ProcessName"),
];

/// Without the ending, as PowerShell names processes.
fn name(running: &Running) -> &str {
    let name = &*running.process.name;
    name.get(name.len().saturating_sub(4)..)
        .filter(|end| end.eq_ignore_ascii_case(".exe"))
        .map_or(name, |end| name.strip_suffix(end).unwrap_or(name))
}

fn object(running: &Running) -> Object {
    let process = &running.process;
    Object::new()
        .with("ProcessName", name(running))
        .with("Name", name(running))
        .with("Id", process.pid)
        .with("SI", u32::from(running.session))
        .with("WSK", process.memory_kib)
        .with("WorkingSet", u64::from(process.memory_kib) << 10)
        .with("Load", u32::from(process.cpu) / 10)
        .with("Path", &*process.path)
        .with("Company", &*process.publisher)
        .with("Responding", process.responding)
        .with("UserName", process.user.as_str())
}

pub fn get(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let mut answer = Answer { view: View::Table(TABLE), ..Answer::default() };
    let Some(windows) = windows(world, session) else { return answer };
    let all = processes::all(windows);
    let (names, ids) = (call.list("Name"), call.list("Id"));
    if names.is_empty() && ids.is_empty() {
        answer.objects = all.iter().map(object).collect();
    }
    for wanted in names {
        let found: Vec<Object> = all.iter().filter(|running| fits(wanted, name(running))).map(object).collect();
        if found.is_empty() && !wanted.contains('*') {
            answer.failures.push(missing(wanted, "name", "Get"));
        }
        answer.objects.extend(found);
    }
    for id in ids {
        let found: Vec<Object> = all.iter().filter(|running| id.parse() == Ok(running.process.pid)).map(object).collect();
        if found.is_empty() {
            answer.failures.push(missing(id, "process identifier", "Get"));
        }
        answer.objects.extend(found);
    }
    sorted::by_key(&mut answer.objects, |object| object.text("ProcessName").to_lowercase());
    answer
}

fn missing(wanted: &str, kind: &str, verb: &str) -> Failure {
    let message = if kind == "name" {
        format!("Cannot find a process with the name \"{wanted}\". Verify the process name and call the cmdlet again.")
    } else {
        format!("Cannot find a process with the process identifier {wanted}.")
    };
    Failure::new(
        message,
        format!(
            "ObjectNotFound: ({wanted}:{}) [{verb}-Process], ProcessCommandException",
            if kind == "name" { "String" } else { "Int32" }
        ),
        format!(
            "NoProcessFoundForGiven{},Microsoft.PowerShell.Commands.{verb}ProcessCommand",
            if kind == "name" { "Name" } else { "Id" }
        ),
    )
}

pub fn stop(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let mut answer = Answer::default();
    let Some(all) = windows(world, session).map(processes::all) else { return answer };
    let mut chosen: Vec<&Running> = Vec::new();
    for id in call.list_or_input("Id") {
        match all.iter().find(|running| id.parse() == Ok(running.process.pid)) {
            Some(running) => chosen.push(running),
            None => answer.failures.push(missing(&id, "process identifier", "Stop")),
        }
    }
    for wanted in call.list("Name") {
        let before = chosen.len();
        chosen.extend(all.iter().filter(|running| fits(wanted, name(running))));
        if chosen.len() == before {
            answer.failures.push(missing(wanted, "name", "Stop"));
        }
    }
    for running in chosen {
        let own = running.process.user.eq_ignore_ascii_case(&session.user);
        let result = if session.elevated || own {
            processes::end(world, session.device, running.process.pid)
        } else {
            Err(NotEnded::Protected)
        };
        if result.is_err() {
            let (name, pid) = (name(running), running.process.pid);
            answer.failures.push(Failure::new(
                format!("Cannot stop process \"{name} ({pid})\" because of the following error: Access is denied"),
                format!("CloseError: (System.Diagnostics.Process ({name}):Process) [Stop-Process], ProcessCommandException"),
                "CouldNotStopProcess,Microsoft.PowerShell.Commands.StopProcessCommand",
            ));
        }
    }
    answer
}
