//! `schtasks`: tasks are held as far as they carry a password of their own.

use std::fmt::Write;

use super::{answered, ask, given, of, word_after};
use crate::machine::services::tasks;
use crate::shell::{Output, Session};
use crate::world::World;

const HINT: &str = "Type \"SCHTASKS /? \" for usage.\n";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (answer, arguments) = answered(arguments).map_or((None, arguments), |(answer, rest)| (Some(answer.to_owned()), rest));
    let name = word_after(arguments, "tn").map(|name| name.trim_start_matches('\\').to_owned());
    if arguments.is_empty() || given(arguments, "query") {
        return query(world, session, name.as_deref(), arguments);
    }
    let (deletes, changes) = (given(arguments, "delete"), given(arguments, "change"));
    if !deletes && !changes {
        return Output::not_modelled(world, &format!("schtasks {}", arguments.join(" ")));
    }
    let Some(name) = name else {
        let verb = if deletes { "delete" } else { "change" };
        return Output::failed(
            1,
            format!(
                "ERROR: Invalid syntax. Mandatory option 'tn' is missing.\n{}",
                HINT.replace("/?", &format!("/{} /?", verb.to_uppercase()))
            ),
        );
    };
    if !session.elevated {
        return Output::failed(1, "ERROR: Access is denied.\n");
    }
    if !of(world, session.device).is_some_and(|windows| tasks::all(windows).any(|(known, _)| known.eq_ignore_ascii_case(&name))) {
        return missing(&name);
    }
    if deletes {
        delete(world, session, &name, given(arguments, "f"), answer.as_deref())
    } else {
        change(world, session, &name, arguments)
    }
}

fn missing(name: &str) -> Output {
    Output::failed(1, format!("ERROR: The specified task name \"{name}\" does not exist in the system.\n"))
}

fn query(world: &mut World, session: &Session, name: Option<&str>, arguments: &[String]) -> Output {
    let form = word_after(arguments, "fo").map(str::to_lowercase);
    if given(arguments, "xml") || given(arguments, "v") || form.as_deref() == Some("csv") {
        return Output::not_modelled(world, &format!("schtasks {}", arguments.join(" ")));
    }
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let found: Vec<&str> = tasks::all(windows)
        .map(|(task, _)| task)
        .filter(|task| name.is_none_or(|name| name.eq_ignore_ascii_case(task)))
        .collect();
    if found.is_empty() {
        return match name {
            Some(_) => Output::failed(1, "ERROR: The system cannot find the file specified.\n"),
            None => Output::ok("\nFolder: \\\nINFO: There are no scheduled tasks presently available at your access level.\n"),
        };
    }
    if form.as_deref() == Some("list") {
        let machine = world.device(session.device).name.clone();
        let blocks = found.iter().map(|task| {
            format!(
                "HostName:      {machine}\nTaskName:      \\{task}\nNext Run Time: N/A\nStatus:        Ready\nLogon Mode:    Interactive/Background\n"
            )
        });
        return Output::ok(format!("\nFolder: \\\n{}", blocks.collect::<Vec<_>>().join("\n")));
    }
    let mut text = String::from(
        "\nFolder: \\\nTaskName                                 Next Run Time          Status         \n======================================== ====================== ===============\n",
    );
    for task in found {
        _ = writeln!(text, "{task:<40.40} {:<22} {:<15}", "N/A", "Ready");
    }
    Output::ok(text)
}

fn delete(world: &mut World, session: &mut Session, name: &str, sure: bool, answer: Option<&str>) -> Output {
    match answer {
        None if !sure => {
            let asked = format!("WARNING: Are you sure you want to remove the task \"{name}\" (Y/N)? ");
            return ask(session, "", &asked, &format!("schtasks /delete /tn \"{name}\""));
        }
        Some(answer) if !answer.to_lowercase().starts_with('y') => return Output::ok(""),
        _ => {}
    }
    let Some(windows) = world.device_mut(session.device).windows_mut() else { return missing(name) };
    if !tasks::delete(windows, name) {
        return missing(name);
    }
    Output::ok(format!("SUCCESS: The scheduled task \"{name}\" was successfully deleted.\n"))
}

fn change(world: &mut World, session: &Session, name: &str, arguments: &[String]) -> Output {
    let (user, password) = (word_after(arguments, "ru"), word_after(arguments, "rp"));
    if user.is_none() && password.is_none() {
        return Output::not_modelled(world, &format!("schtasks {}", arguments.join(" ")));
    }
    let (user, password) = (user.map(str::to_owned), password.map(str::to_owned));
    let Some(windows) = world.device_mut(session.device).windows_mut() else { return missing(name) };
    if !tasks::change(windows, name, user.as_deref(), password.as_deref()) {
        return missing(name);
    }
    Output::ok(format!("SUCCESS: The parameters of scheduled task \"{name}\" have been changed.\n"))
}
