//! `Format-List`, `Format-Table`, `Out-…`, `Write-…`, `Get-Help`, `Get-Command`, `Get-Date` and the like.

use super::super::aliases::ALIASES;
use super::super::call::{Call, Cmdlet, Parameter};
use super::super::object::{Answer, Failure, Object, View};
use super::super::{NAMES, format, lines};
use crate::shell::Session;
use crate::shell::windows;
use crate::shell::windows::network::adapters::local_time;
use crate::time::Span;
use crate::world::World;

pub const CMDLETS: &[Cmdlet] = &[
    Cmdlet {
        name: "Format-List",
        parameters: &[Parameter::positional("Property"), Parameter::switch("Force")],
        run: format_list,
    },
    Cmdlet {
        name: "Format-Table",
        parameters: &[
            Parameter::positional("Property"),
            Parameter::switch("AutoSize"),
            Parameter::switch("Wrap"),
            Parameter::switch("HideTableHeaders"),
        ],
        run: format_table,
    },
    Cmdlet { name: "Out-Null", parameters: &[], run: |_, _, _| Answer::default() },
    Cmdlet { name: "Out-String", parameters: &[Parameter::named("Width"), Parameter::switch("Stream")], run: out_string },
    Cmdlet { name: "Out-Host", parameters: &[Parameter::switch("Paging")], run: |_, _, call| call.pass(call.input.clone()) },
    Cmdlet { name: "Out-File", parameters: &[Parameter::positional("FilePath"), Parameter::switch("Append")], run: out_file },
    Cmdlet { name: "Write-Output", parameters: &[Parameter::positional("InputObject")], run: write },
    Cmdlet {
        name: "Write-Host",
        parameters: &[Parameter::positional("Object"), Parameter::named("ForegroundColor")],
        run: write,
    },
    Cmdlet { name: "Clear-Host", parameters: &[], run: |_, _, _| Answer::default() },
    Cmdlet { name: "Start-Sleep", parameters: &[Parameter::positional("Seconds"), Parameter::named("Milliseconds")], run: sleep },
    Cmdlet { name: "Get-Date", parameters: &[Parameter::named("Format")], run: date },
    Cmdlet {
        name: "Get-Help",
        parameters: &[Parameter::positional("Name"), Parameter::switch("Full"), Parameter::switch("Examples")],
        run: help,
    },
    Cmdlet { name: "Get-Command", parameters: &[Parameter::positional("Name")], run: command },
    Cmdlet { name: "Get-Alias", parameters: &[Parameter::positional("Name")], run: alias },
];

fn format_list(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    if call.view == View::Lines {
        return call.pass(call.input.clone());
    }
    let wanted = call.list("Property");
    let names: Vec<String> = match (&call.view, wanted) {
        (View::List(names), []) => names.iter().map(|name| (*name).to_owned()).collect(),
        (_, []) => format::names(&call.input),
        (_, wanted) => named(&call.input, wanted),
    };
    lines(&format::list(&call.input, &names))
}

/// Names as the objects spell them; a pattern stands for all that fit.
fn named(objects: &[Object], wanted: &[String]) -> Vec<String> {
    let all = format::names(objects);
    let mut found = Vec::new();
    for pattern in wanted {
        found.extend(all.iter().filter(|name| crate::shell::cmd::wildcard::matches(pattern, name)).cloned());
    }
    found
}

fn format_table(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    if call.view == View::Lines {
        return call.pass(call.input.clone());
    }
    let wanted = call.list("Property");
    match (&call.view, wanted) {
        (View::Table(_), []) => lines(&format::objects(&call.pass(call.input.clone()))),
        (_, []) => lines(&format::table_of(&call.input, &format::names(&call.input))),
        (_, wanted) => lines(&format::table_of(&call.input, &named(&call.input, wanted))),
    }
}

fn out_string(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    lines(&format::objects(&call.pass(call.input.clone())))
}

fn out_file(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let text = format::objects(&call.pass(call.input.clone()));
    let path = call.text("FilePath").unwrap_or_default();
    match super::write_file(world, session, path, &text, call.has("Append")) {
        Ok(()) => Answer::default(),
        Err(failure) => Answer::failed(failure),
    }
}

fn write(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let given = call.values.get("InputObject").or_else(|| call.values.get("Object"));
    match given {
        Some(values) => Answer::new(View::Lines, values.iter().map(Object::line).collect()),
        None => call.pass(call.input.clone()),
    }
}

fn sleep(world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let number = |name: &str| call.text(name).and_then(|text| text.parse::<u64>().ok());
    // Nobody waits for more than an hour at a prompt.
    let span = number("Milliseconds").map_or_else(|| Span::seconds(number("Seconds").unwrap_or(0)), Span::millis);
    world.wait(span.min(Span::hours(1)));
    Answer::default()
}

fn date(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    if call.has("Format") {
        return Answer::not_modelled(world, "Get-Date -Format");
    }
    let now = local_time(world, session.device, world.now).civil();
    lines(&format!("\n{}\n\n", crate::text::windows_long(now)))
}

fn help(world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let Some(name) = call.text("Name") else {
        return lines(
            "\nTOPIC\n    Windows PowerShell Help System\n\n    Get-Help <cmdlet> shows the syntax of a cmdlet, Get-Command all of them.\n\n",
        );
    };
    let full = super::super::aliases::full(name);
    if let Some(cmdlet) = super::find(full).or_else(|| windows::cmdlet(full)) {
        return super::help(cmdlet.name, cmdlet.parameters);
    }
    world.note_not_modelled(format!("Get-Help {name}"));
    Answer::failed(Failure::new(
        format!("Get-Help could not find {name} in a help file in this session."),
        "ResourceUnavailable: (:) [Get-Help], HelpNotFoundException",
        "HelpNotFound,Microsoft.PowerShell.Commands.GetHelpCommand",
    ))
}

fn command(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let pattern = call.text("Name").unwrap_or("*");
    let found = NAMES.iter().filter(|name| crate::shell::cmd::wildcard::matches(pattern, name));
    let objects: Vec<Object> = found
        .map(|name| {
            let kind = if name.contains('-') { "Cmdlet" } else { "Application" };
            Object::new().with("CommandType", kind).with("Name", *name)
        })
        .collect();
    if objects.is_empty() {
        return Answer::failed(Failure::new(
            format!(
                "The term '{pattern}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check \
                 the spelling of the name, or if a path was included, verify that the path is correct and try again."
            ),
            format!("ObjectNotFound: ({pattern}:String) [Get-Command], CommandNotFoundException"),
            "CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand",
        ));
    }
    Answer::new(View::Automatic, objects)
}

fn alias(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let pattern = call.text("Name").unwrap_or("*");
    let found = ALIASES.iter().filter(|(name, _)| crate::shell::cmd::wildcard::matches(pattern, name));
    let objects =
        found.map(|(name, full)| Object::new().with("CommandType", "Alias").with("Name", format!("{name} -> {full}"))).collect();
    Answer::new(View::Automatic, objects)
}
