//! Commands of the shell itself that do not touch files.

use std::fmt::Write;

use super::{help, variables};
use crate::shell::windows::disk;
use crate::shell::windows::network::adapters::local_time;
use crate::shell::{Output, Session};
use crate::sorted;
use crate::world::World;

/// `None`: there is no such built-in command.
pub fn run(world: &mut World, session: &mut Session, name: &str, arguments: &[String], rest: &str) -> Option<Output> {
    let first = arguments.first().map(String::as_str);
    Some(match name.to_lowercase().as_str() {
        "cls" | "rem" | "title" | "color" | "exit" => Output::default(),
        "echo" => echo(rest),
        "echo." => Output::ok(format!("{rest}\n")),
        "ver" => Output::ok(format!("\nMicrosoft Windows [Version {}]\n", version(world, session))),
        "set" => set(world, session, rest),
        "path" => Output::ok(format!("PATH={}\n", variables::get(world, session, "Path").unwrap_or_default())),
        "date" => clock(world, session, first, true),
        "time" => clock(world, session, first, false),
        "help" => help_on(first),
        "start" => start(world, session, arguments),
        "vol" => volume(world, session, first),
        "if" | "for" | "call" | "goto" | "setlocal" | "assoc" | "ftype" | "mklink" | "shift" | "pause" | "prompt" | "cmd"
        | "powershell" | "runas" | "wsl" | "ftp" | "telnet" | "ssh" | "tftp" | "subst" | "label" | "attrib" | "fc" | "comp"
        | "compact" | "cipher" | "driverquery" | "pnputil" | "msiexec" | "wsreset" | "nbtstat" | "qwinsta" | "certutil"
        | "wusa" | "winget" | "defrag" | "vssadmin" | "fsutil" | "openfiles" | "tzutil" => {
            Output::not_modelled(world, &format!("{name} {rest}"))
        }
        "wmic" if world.device(session.device).windows().is_some_and(|windows| windows.build < BUILD_24H2) => {
            Output::not_modelled(world, &format!("wmic {rest}"))
        }
        _ => return None,
    })
}

/// 24H2 comes without `wmic`: there it is as unknown as any other word.
const BUILD_24H2: u32 = 26_100;

/// `10.0.26100`. The model keeps no revision.
fn version(world: &World, session: &Session) -> String {
    format!("10.0.{}", world.device(session.device).windows().map_or(0, |windows| windows.build))
}

fn echo(rest: &str) -> Output {
    match rest.trim().to_lowercase().as_str() {
        "" => Output::ok("ECHO is on.\n"),
        "on" | "off" => Output::default(),
        _ => Output::ok(format!("{rest}\n")),
    }
}

fn set(world: &mut World, session: &mut Session, rest: &str) -> Output {
    let rest = rest.trim().trim_matches('"');
    if rest.starts_with('/') {
        return Output::not_modelled(world, &format!("set {rest}"));
    }
    if let Some((name, value)) = rest.split_once('=') {
        session.windows.variables.insert(name.trim_start().to_owned(), value.to_owned());
        return Output::default();
    }
    let lower = rest.to_lowercase();
    let mut text = String::new();
    let mut found: Vec<(String, String)> = variables::all(world, session).into_iter().collect();
    sorted::by_key(&mut found, |(name, _)| name.to_lowercase());
    for (name, value) in found.iter().filter(|(name, _)| name.to_lowercase().starts_with(&lower)) {
        let _ = writeln!(text, "{name}={value}");
    }
    if text.is_empty() { Output::failed(1, format!("Environment variable {rest} not defined\n")) } else { Output::ok(text) }
}

/// `date /t` and `time /t`; without the switch they would ask for a new one.
fn clock(world: &mut World, session: &Session, switch: Option<&str>, date: bool) -> Output {
    if !switch.is_some_and(|switch| switch.eq_ignore_ascii_case("/t")) {
        return Output::not_modelled(world, if date { "date without /t" } else { "time without /t" });
    }
    let now = local_time(world, session.device, world.now).civil();
    if date {
        let day = crate::time::WEEKDAYS.get(usize::from(now.weekday)).and_then(|day| day.get(..3)).unwrap_or_default();
        return Output::ok(format!("{day} {:02}/{:02}/{} \n", now.month, now.day, now.year));
    }
    let (hour, half) = twelve(now.hour);
    Output::ok(format!("{hour:02}:{:02} {half}\n", now.minute))
}

/// An hour of the day on a clock of twelve.
pub(super) fn twelve(hour: u8) -> (u8, &'static str) {
    (if hour.is_multiple_of(12) { 12 } else { hour % 12 }, if hour < 12 { "AM" } else { "PM" })
}

fn help_on(word: Option<&str>) -> Output {
    match word {
        None => Output::ok(help::list()),
        Some(name) => match help::text(&name.to_lowercase()) {
            Some(text) => Output::ok(text),
            None => Output::failed(1, format!("This command is not supported by the help utility.  Try \"{name} /?\".\n")),
        },
    }
}

/// `start services.msc`, `start ms-settings:network`, `start "" ping x`.
fn start(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Some((name, rest)) = arguments.split_first() else {
        return Output::not_modelled(world, "a second command prompt");
    };
    if name.is_empty() || name.starts_with('/') {
        return if rest.is_empty() { Output::default() } else { start(world, session, rest) };
    }
    let lower = name.to_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Output { opens: Some(crate::panel::PanelKind::Browser), ..Output::default() };
    }
    if lower.starts_with("\\\\") || disk::locate(world, session, name).is_ok_and(|spot| disk::is_folder(world, &spot)) {
        return Output { opens: Some(crate::panel::PanelKind::Files), ..Output::default() };
    }
    if lower.starts_with("ms-settings:") {
        let known = crate::shell::windows::network::opens(world, session, name);
        return known.unwrap_or_else(|| Output::not_modelled(world, name));
    }
    match super::program(world, session, name, rest) {
        // A program of the console opens a window of its own, which closes again at its end.
        Some(output) => Output { text: String::new(), ..output },
        None => Output::failed(1, format!("The system cannot find the file {name}.\n")),
    }
}

fn volume(world: &World, session: &Session, drive: Option<&str>) -> Output {
    let letter = drive.or(Some(session.folder.as_str())).and_then(|text| text.chars().next()).unwrap_or('C').to_ascii_uppercase();
    match volume_lines(world, session, letter) {
        Some(text) => Output::ok(text),
        None => Output::failed(1, "The system cannot find the path specified.\n"),
    }
}

/// The two lines above every `dir`.
pub(super) fn volume_lines(world: &World, session: &Session, letter: char) -> Option<String> {
    let (label, serial) = label_and_serial(world, session, letter)?;
    let named = if label.is_empty() { "has no label.".to_owned() } else { format!("is {label}") };
    Some(format!(" Volume in drive {letter} {named}\n Volume Serial Number is {serial}\n"))
}

/// The label and the serial number of what stands under a letter.
pub(super) fn label_and_serial(world: &World, session: &Session, letter: char) -> Option<(String, String)> {
    let windows = world.device(session.device).windows()?;
    let local = windows.volumes.iter().find(|volume| volume.letter == Some(letter)).map(|volume| volume.label.clone());
    let mapped = || crate::shell::windows::drives(world, session).iter().any(|drive| drive.letter == letter).then(String::new);
    let stick =
        || world.device(session.device).hardware.removable.iter().any(|stick| stick.letter == Some(letter)).then(String::new);
    let label = local.or_else(mapped).or_else(stick)?;
    let serial = u32::from(letter).wrapping_mul(0x9e37_79b9) ^ u32::from(session.device.0).wrapping_mul(0x85eb_ca6b);
    Some((label, format!("{:04X}-{:04X}", serial >> 16, serial & 0xffff)))
}
