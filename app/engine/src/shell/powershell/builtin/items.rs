//! Files changed: `New-Item`, `Copy-Item`, `Move-Item`, `Rename-Item`, `Remove-Item`, `Set-Content`, `Add-Content`.

use super::super::call::{Call, Cmdlet, Parameter};
use super::super::object::{Answer, Failure};
use super::super::{format, spot};
use super::files::failure;
use crate::shell::Session;
use crate::shell::windows::disk::{self, DiskError, Spot};
use crate::world::World;

pub const CMDLETS: &[Cmdlet] = &[
    Cmdlet {
        name: "New-Item",
        parameters: &[
            Parameter::positional("Path"),
            Parameter::named("ItemType"),
            Parameter::named("Value"),
            Parameter::named("Name"),
            Parameter::switch("Force"),
        ],
        run: new_item,
    },
    Cmdlet { name: "mkdir", parameters: &[Parameter::positional("Path")], run: make_folder },
    Cmdlet {
        name: "Copy-Item",
        parameters: &[
            Parameter::positional("Path"),
            Parameter::positional("Destination"),
            Parameter::switch("Recurse"),
            Parameter::switch("Force"),
        ],
        run: copy,
    },
    Cmdlet {
        name: "Move-Item",
        parameters: &[Parameter::positional("Path"), Parameter::positional("Destination"), Parameter::switch("Force")],
        run: move_item,
    },
    Cmdlet {
        name: "Rename-Item",
        parameters: &[Parameter::positional("Path"), Parameter::positional("NewName"), Parameter::switch("Force")],
        run: rename,
    },
    Cmdlet {
        name: "Remove-Item",
        parameters: &[Parameter::positional("Path"), Parameter::switch("Recurse"), Parameter::switch("Force")],
        run: remove,
    },
    Cmdlet {
        name: "Set-Content",
        parameters: &[Parameter::positional("Path"), Parameter::positional("Value"), Parameter::switch("Force")],
        run: |world, session, call| put(world, session, call, false),
    },
    Cmdlet {
        name: "Add-Content",
        parameters: &[Parameter::positional("Path"), Parameter::positional("Value"), Parameter::switch("Force")],
        run: |world, session, call| put(world, session, call, true),
    },
];

fn done(result: Result<(), DiskError>, path: &str, session: &Session, cmdlet: &str) -> Answer {
    match result {
        Ok(()) => Answer::default(),
        Err(error) => Answer::failed(failure(error, path, session, cmdlet)),
    }
}

/// The paths that were given, or those of what came through the pipeline.
fn paths(call: &Call) -> Vec<String> {
    let given = call.list("Path");
    if given.is_empty() { call.list_or_input("FullName") } else { given.to_vec() }
}

fn new_item(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let mut path = call.text("Path").unwrap_or(".").to_owned();
    if let Some(name) = call.text("Name") {
        path = format!("{path}\\{name}");
    }
    let folder = call.text("ItemType").is_some_and(|kind| kind.to_lowercase().starts_with('d'));
    let text = call.text("Value").unwrap_or_default().to_owned();
    let result = spot(world, session, &path).and_then(|spot| {
        if folder {
            disk::make_folder(world, session, &spot)
        } else if disk::is_file(world, &spot) && !call.has("Force") {
            Err(DiskError::Exists)
        } else {
            disk::write(world, session, &spot, &text, false)
        }
    });
    done(result, &path, session, "New-Item")
}

fn make_folder(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let path = call.text("Path").unwrap_or_default().to_owned();
    let result = spot(world, session, &path).and_then(|spot| disk::make_folder(world, session, &spot));
    done(result, &path, session, "New-Item")
}

/// Into a folder under its own name, or to the path itself.
fn target(world: &mut World, session: &Session, from: &Spot, to: &str) -> Result<Spot, DiskError> {
    let to = spot(world, session, to)?;
    Ok(if disk::is_folder(world, &to) { to.below(from.name()) } else { to })
}

fn copy(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let to = call.text("Destination").unwrap_or(".").to_owned();
    for path in paths(call) {
        let from = match spot(world, session, &path) {
            Ok(from) => from,
            Err(error) => return Answer::failed(failure(error, &path, session, "Copy-Item")),
        };
        if disk::is_folder(world, &from) {
            return Answer::not_modelled(world, "Copy-Item with a folder: use robocopy");
        }
        let result = target(world, session, &from, &to).and_then(|to| disk::copy(world, session, &from, &to));
        if let Err(error) = result {
            return Answer::failed(failure(error, &path, session, "Copy-Item"));
        }
    }
    Answer::default()
}

fn move_item(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let to = call.text("Destination").unwrap_or(".").to_owned();
    for path in paths(call) {
        let result = spot(world, session, &path).and_then(|from| {
            let to = target(world, session, &from, &to)?;
            disk::rename(world, session, &from, &to)
        });
        if let Err(error) = result {
            return Answer::failed(failure(error, &path, session, "Move-Item"));
        }
    }
    Answer::default()
}

fn rename(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let path = call.text("Path").unwrap_or_default().to_owned();
    let name = call.text("NewName").unwrap_or_default().to_owned();
    let result = spot(world, session, &path).and_then(|from| {
        let to = from.parent().ok_or(DiskError::Denied)?.below(&name);
        disk::rename(world, session, &from, &to)
    });
    done(result, &path, session, "Rename-Item")
}

fn remove(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    for path in paths(call) {
        let result = spot(world, session, &path).and_then(|found| {
            if disk::is_folder(world, &found) {
                disk::remove_tree(world, session, &found, call.has("Recurse"))
            } else {
                disk::remove(world, session, &found)
            }
        });
        match result {
            Ok(()) => {}
            Err(DiskError::NotEmpty) => {
                // PowerShell would ask here; without -Recurse it does not go on by itself.
                let full = disk::absolute(session, &path);
                return Answer::failed(Failure::new(
                    format!("The item at {full} has children and the Recurse parameter was not specified."),
                    format!("InvalidOperation: ({full}:String) [Remove-Item], InvalidOperationException"),
                    "RecurseNotSpecified,Microsoft.PowerShell.Commands.RemoveItemCommand",
                ));
            }
            Err(error) => return Answer::failed(failure(error, &path, session, "Remove-Item")),
        }
    }
    Answer::default()
}

fn put(world: &mut World, session: &mut Session, call: &Call, append: bool) -> Answer {
    let path = call.text("Path").unwrap_or_default().to_owned();
    let text = match call.values.get("Value") {
        Some(values) => values.iter().fold(String::new(), |text, line| text + line + "\n"),
        None => format::objects(&call.pass(call.input.clone())),
    };
    let result = spot(world, session, &path).and_then(|spot| disk::write(world, session, &spot, &text, append));
    done(result, &path, session, if append { "Add-Content" } else { "Set-Content" })
}
