//! `reg query`, `add`, `delete`, `copy`.

use std::fmt::Write;

use super::{answered, ask, given, of, word_after};
use crate::machine::services;
use crate::shell::{Output, Session};
use crate::sorted::Map;
use crate::world::World;
use crate::world::windows::{StartType, Windows};

const MISSING: &str = "ERROR: The system was unable to find the specified registry key or value.\n";
const DONE: &str = "The operation completed successfully.\n\n";
const SERVICES: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\";

/// How the value without a name is shown and kept; without data it marks a key that has no other values.
const DEFAULT: &str = "(Default)";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (answer, arguments) = answered(arguments).map_or((None, arguments), |(answer, rest)| (Some(answer.to_owned()), rest));
    if answer.is_some_and(|answer| !answer.to_lowercase().starts_with('y')) {
        return Output::failed(1, "");
    }
    let (Some(verb), Some(key)) = (arguments.first(), arguments.get(1)) else {
        return Output::failed(1, "ERROR: Invalid syntax.\nType \"REG /?\" for usage.\n");
    };
    let Some(key) = short(key) else {
        return Output::failed(1, "ERROR: Invalid key name.\nType \"REG /?\" for usage.\n");
    };
    match verb.to_lowercase().as_str() {
        "query" => query(world, session, &key, arguments),
        "add" | "delete" | "copy" if key.starts_with("HKLM") && !session.elevated => {
            Output::failed(1, "ERROR: Access is denied.\n")
        }
        "add" => add(world, session, &key, arguments),
        "delete" => delete(world, session, &key, arguments),
        "copy" => copy(world, session, &key, arguments),
        other => Output::not_modelled(world, &format!("reg {other}")),
    }
}

/// The key as the state keeps it: with the root's short name.
fn short(key: &str) -> Option<String> {
    let key = key.trim_end_matches('\\');
    let (root, rest) = key.split_once('\\').unwrap_or((key, ""));
    let root = match root.to_uppercase().as_str() {
        "HKLM" | "HKEY_LOCAL_MACHINE" => "HKLM",
        "HKCU" | "HKEY_CURRENT_USER" => "HKCU",
        "HKCR" | "HKEY_CLASSES_ROOT" => "HKCR",
        "HKU" | "HKEY_USERS" => "HKU",
        _ => return None,
    };
    Some(if rest.is_empty() { root.to_owned() } else { format!("{root}\\{rest}") })
}

fn long(key: &str) -> String {
    let (root, rest) = key.split_once('\\').unwrap_or((key, ""));
    let root = match root {
        "HKLM" => "HKEY_LOCAL_MACHINE",
        "HKCU" => "HKEY_CURRENT_USER",
        "HKCR" => "HKEY_CLASSES_ROOT",
        _ => "HKEY_USERS",
    };
    if rest.is_empty() { root.to_owned() } else { format!("{root}\\{rest}") }
}

/// All values that are held, with those that follow from other state: how services start.
fn values(windows: &Windows) -> Map<String, String> {
    let mut found = (*windows.registry).clone();
    for (name, service) in &windows.services {
        let start = match service.start {
            StartType::Automatic | StartType::AutomaticDelayed => "0x2",
            StartType::Manual => "0x3",
            StartType::Disabled => "0x4",
        };
        found.insert(format!("{SERVICES}{name}\\DisplayName"), service.display.clone());
        found.insert(format!("{SERVICES}{name}\\Start"), start.to_owned());
    }
    found
}

/// The part of a path below a key, compared without case.
fn below<'p>(path: &'p str, key: &str) -> Option<&'p str> {
    let head = path.get(..key.len())?;
    if !head.eq_ignore_ascii_case(key) {
        return None;
    }
    path.get(key.len()..)?.strip_prefix('\\')
}

fn kind(data: &str) -> &'static str {
    if data.starts_with("0x") {
        "REG_DWORD"
    } else if data.contains('%') {
        "REG_EXPAND_SZ"
    } else {
        "REG_SZ"
    }
}

fn query(world: &World, session: &Session, key: &str, arguments: &[String]) -> Output {
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let (all, wanted, deep) = (values(windows), value_name(arguments), given(arguments, "s"));
    let mut blocks: Map<String, Vec<(String, String)>> = Map::new();
    let mut children = crate::sorted::Set::new();
    for (path, data) in &all {
        let Some(rest) = below(path, key) else { continue };
        let Some((folder, name)) = rest.rsplit_once('\\') else {
            if wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(rest)) {
                blocks.entry(key.to_owned()).or_default().push((rest.to_owned(), data.clone()));
            }
            continue;
        };
        if deep && wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(name)) {
            blocks.entry(format!("{key}\\{folder}")).or_default().push((name.to_owned(), data.clone()));
        } else if let Some(child) = rest.split('\\').next() {
            children.insert(format!("{key}\\{child}"));
        }
    }
    if blocks.is_empty() && (children.is_empty() || wanted.is_some()) {
        return Output::failed(1, format!("\n\n{MISSING}"));
    }
    let mut text = String::new();
    for (key, values) in blocks {
        _ = write!(text, "\n{}\n", long(&key));
        for (name, data) in values {
            if name != DEFAULT || !data.is_empty() {
                _ = writeln!(text, "    {name}    {}    {data}", kind(&data));
            } else if wanted.is_some() {
                _ = writeln!(text, "    {name}    REG_SZ    (value not set)");
            }
        }
    }
    text.push('\n');
    if wanted.is_none() && !deep {
        for child in children {
            _ = writeln!(text, "{}", long(&child));
        }
    }
    Output::ok(text)
}

/// The value that is meant: the one behind `/v`, with `/ve` the one without a name.
fn value_name(arguments: &[String]) -> Option<&str> {
    word_after(arguments, "v").or_else(|| given(arguments, "ve").then_some(DEFAULT))
}

/// The command with `/f`, for the line after a question.
fn forced(arguments: &[String]) -> String {
    format!("reg {} /f", arguments.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" "))
}

/// Without a value only the key is made.
fn add(world: &mut World, session: &mut Session, key: &str, arguments: &[String]) -> Output {
    let name = value_name(arguments).unwrap_or(DEFAULT).to_owned();
    let dword = word_after(arguments, "t").is_some_and(|kind| kind.eq_ignore_ascii_case("REG_DWORD"));
    let data = word_after(arguments, "d").unwrap_or(if dword { "0" } else { "" });
    if let Some(service) =
        below(&format!("{key}\\"), SERVICES.trim_end_matches('\\')).map(|name| name.trim_end_matches('\\').to_owned())
    {
        return set_start(world, session, &service, &name, data);
    }
    let data = match (dword, data.parse::<u32>()) {
        (true, Ok(number)) => format!("{number:#x}"),
        _ => data.to_owned(),
    };
    let path = format!("{key}\\{name}");
    let kept = of(world, session.device)
        .and_then(|windows| windows.registry.keys().find(|kept| kept.eq_ignore_ascii_case(&path)))
        .cloned();
    if kept.is_some() && value_name(arguments).is_none() {
        return Output::ok(DONE);
    }
    if kept.is_some() && !given(arguments, "f") {
        return ask(session, "", &format!("Value {name} exists, overwrite(Yes/No)? "), &forced(arguments));
    }
    if let Some(windows) = world.device_mut(session.device).windows_mut() {
        windows.registry.insert(kept.unwrap_or(path), data);
    }
    Output::ok(DONE)
}

/// A service's `Start` value is its start type.
fn set_start(world: &mut World, session: &Session, service: &str, name: &str, data: &str) -> Output {
    let start = match data.trim_start_matches("0x") {
        "2" => StartType::Automatic,
        "3" => StartType::Manual,
        "4" => StartType::Disabled,
        _ => return Output::not_modelled(world, "reg add below Services"),
    };
    let found = of(world, session.device).and_then(|windows| services::find(windows, service));
    match found {
        Some(found) if name.eq_ignore_ascii_case("Start") => {
            // It is there: `found` was just read.
            _ = services::set_start(world, session.device, &found, start);
            Output::ok(DONE)
        }
        _ => Output::not_modelled(world, "reg add below Services"),
    }
}

fn delete(world: &mut World, session: &mut Session, key: &str, arguments: &[String]) -> Output {
    let name = value_name(arguments).map(str::to_owned);
    if !given(arguments, "f") {
        let asked = match &name {
            Some(name) => format!("Delete the registry value {name} (Yes/No)? "),
            None => format!("Permanently delete the registry key {} (Yes/No)? ", long(key)),
        };
        return ask(session, "", &asked, &forced(arguments));
    }
    let Some(windows) = world.device_mut(session.device).windows_mut() else { return Output::default() };
    let before = windows.registry.len();
    windows.registry.retain(|path, _| match (&name, below(path, key)) {
        (_, None) => true,
        (Some(name), Some(rest)) => !rest.eq_ignore_ascii_case(name),
        (None, Some(_)) => false,
    });
    if windows.registry.len() == before { Output::failed(1, MISSING) } else { Output::ok(DONE) }
}

fn copy(world: &mut World, session: &Session, key: &str, arguments: &[String]) -> Output {
    let Some(target) = arguments.get(2).and_then(|target| short(target)) else {
        return Output::failed(1, "ERROR: Invalid syntax.\nType \"REG COPY /?\" for usage.\n");
    };
    let deep = given(arguments, "s");
    let Some(windows) = world.device_mut(session.device).windows_mut() else { return Output::default() };
    let copied: Vec<(String, String)> = windows
        .registry
        .iter()
        .filter_map(|(path, data)| Some((below(path, key)?, data)))
        .filter(|(rest, _)| deep || !rest.contains('\\'))
        .map(|(rest, data)| (format!("{target}\\{rest}"), data.clone()))
        .collect();
    if copied.is_empty() {
        return Output::failed(1, MISSING);
    }
    windows.registry.extend(copied);
    Output::ok(DONE)
}
