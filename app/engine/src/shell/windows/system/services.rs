//! `net start`, `net stop`, `sc`.

use std::fmt::Write;

use super::{answered, ask, given, of};
use crate::machine::services::trouble::message;
use crate::machine::services::{self, Trouble, catalogue};
use crate::shell::{Output, Session};
use crate::sorted;
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{Service, ServiceState, StartType};

/// A service takes a moment to start or stop.
const MOMENT: Span = Span::seconds(2);

pub fn net_start(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Some(name) = arguments.first() else { return started(world, session) };
    let Some((name, display)) = named(world, session, name) else { return net_error(2185) };
    if !session.elevated {
        return system_error(5);
    }
    world.wait(MOMENT);
    match services::start(world, session.device, &name) {
        Ok(()) => Output::ok(format!("The {display} service is starting.\nThe {display} service was started successfully.\n\n")),
        Err(Trouble::AlreadyRunning) => net_error(2182),
        Err(Trouble::NoResponse) => Output::failed(
            2,
            format!("The {display} service is starting.\nThe {display} service could not be started.\n\n{}", helpmsg(3534)),
        ),
        Err(trouble) => system_error(trouble.code()),
    }
}

fn started(world: &World, session: &Session) -> Output {
    let mut displays: Vec<&str> = of(world, session.device).map_or_else(Vec::new, |windows| {
        windows
            .services
            .values()
            .filter(|service| service.state == ServiceState::Running)
            .map(|service| service.display.as_str())
            .collect()
    });
    sorted::sort(&mut displays);
    let mut text = "These Windows services are started:\n\n".to_owned();
    for display in displays {
        _ = writeln!(text, "   {display}");
    }
    text.push_str("\nThe command completed successfully.\n\n");
    Output::ok(text)
}

pub fn net_stop(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (answer, arguments) = answered(arguments).map_or((None, arguments), |(answer, rest)| (Some(answer.to_owned()), rest));
    let Some(name) = arguments.iter().find(|argument| !argument.starts_with('/')) else { return net_error(2185) };
    let Some((name, display)) = named(world, session, name) else { return net_error(2185) };
    if !session.elevated {
        return system_error(5);
    }
    if answer.as_deref().is_some_and(|answer| !answer.to_lowercase().starts_with('y')) {
        return Output::failed(2, "\n");
    }
    let needing = of(world, session.device).map(|windows| services::dependents(windows, &name)).unwrap_or_default();
    let displays: Vec<String> = needing
        .iter()
        .filter_map(|name| of(world, session.device)?.services.get(name))
        .map(|service| service.display.clone())
        .collect();
    if !displays.is_empty() && answer.is_none() && !given(arguments, "y") {
        let list = displays.iter().map(|display| format!("   {display}\n")).collect::<Vec<_>>().concat();
        let text = format!(
            "The following services are dependent on the {display} service.\nStopping the {display} service will also stop these services.\n\n{list}\n"
        );
        return ask(session, &text, "Do you want to continue this operation? (Y/N) [N]: ", &format!("net stop \"{name}\""));
    }
    world.wait(MOMENT);
    match services::stop(world, session.device, &name, true) {
        Ok(()) => {
            let text = displays
                .iter()
                .chain([&display])
                .map(|display| format!("The {display} service is stopping.\nThe {display} service was stopped successfully.\n\n"))
                .collect::<Vec<_>>()
                .concat();
            Output::ok(text)
        }
        Err(Trouble::NotStarted) => Output::failed(
            2,
            format!("The {display} service is not started.\n\nMore help is available by typing NET HELPMSG 3521.\n\n"),
        ),
        Err(Trouble::CannotStop) => Output::failed(
            2,
            format!(
                "The requested pause, continue, or stop is not valid for this service.\n\nMore help is available by typing NET HELPMSG {}.\n\n",
                2191
            ),
        ),
        Err(trouble) => system_error(trouble.code()),
    }
}

/// The kept name and the display name of a service.
fn named(world: &World, session: &Session, name: &str) -> Option<(String, String)> {
    let windows = of(world, session.device)?;
    let name = services::find(windows, name)?;
    let display = windows.services.get(&name)?.display.clone();
    Some((name, display))
}

fn helpmsg(code: u32) -> String {
    format!("{}\n\nMore help is available by typing NET HELPMSG {code}.\n\n", message(code).unwrap_or_default())
}

/// An error of `net` itself (numbers from 2100).
pub fn net_error(code: u32) -> Output {
    Output::failed(2, helpmsg(code))
}

/// An error of the system as `net` prints it.
pub fn system_error(code: u32) -> Output {
    Output::failed(2, format!("System error {code} has occurred.\n\n{}\n\n", message(code).unwrap_or_default()))
}

pub fn sc(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    // `sc \\server …` asks another machine.
    if arguments.first().is_some_and(|first| first.starts_with("\\\\")) {
        return Output::not_modelled(world, "sc on another computer");
    }
    let words: Vec<String> = arguments.iter().map(|word| word.to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["query"] => query_all(world, session, false, |service| service.state == ServiceState::Running),
        ["queryex"] => query_all(world, session, true, |service| service.state == ServiceState::Running),
        [verb @ ("query" | "queryex"), rest @ ..] if rest.iter().any(|word| word.ends_with('=') || word.contains("state=")) => {
            let state = rest.iter().rev().find_map(|word| word.rsplit('=').next().filter(|word| !word.is_empty()));
            let extended = *verb == "queryex";
            match state {
                Some("all") => query_all(world, session, extended, |_| true),
                Some("inactive") => query_all(world, session, extended, |service| service.state == ServiceState::Stopped),
                _ => query_all(world, session, extended, |service| service.state == ServiceState::Running),
            }
        }
        [verb @ ("query" | "queryex"), name] => query(world, session, name, *verb == "queryex"),
        ["qc", name] => configuration(world, session, name),
        ["qdescription" | "qfailure" | "sdshow" | "create" | "delete" | "pause" | "continue", ..] => {
            Output::not_modelled(world, &format!("sc {}", words.first().copied().unwrap_or_default()))
        }
        ["config", name, rest @ ..] => config(world, session, name, rest),
        ["failure", name, rest @ ..] => failure(world, session, name, rest),
        ["start", name, ..] => start(world, session, name),
        ["stop", name, ..] => stop(world, session, name),
        _ => Output::failed(
            1639,
            "\nERROR:  Unrecognized command\n\nDESCRIPTION:\n        SC is a command line program used for communicating with the\n        Service Control Manager and services.\nUSAGE:\n        sc <server> [command] [service name] <option1> <option2>...\n\n",
        ),
    }
}

fn sc_failed(step: &str, code: u32) -> Output {
    let exit = i32::try_from(code).unwrap_or(1);
    Output::failed(exit, format!("[SC] {step} FAILED {code}:\n\n{}\n\n", message(code).unwrap_or_default()))
}

fn kept(world: &World, session: &Session, name: &str) -> Option<(String, Service)> {
    let windows = of(world, session.device)?;
    // `sc` knows key names only, not display names.
    let (key, service) = windows.services.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some((key.clone(), service.clone()))
}

fn query(world: &World, session: &Session, name: &str, extended: bool) -> Output {
    let Some((_, service)) = kept(world, session, name) else {
        return sc_failed("EnumQueryServicesStatus:OpenService", 1060);
    };
    Output::ok(format!("\nSERVICE_NAME: {name} \n{}\n", block(name, &service, extended)))
}

fn query_all(world: &World, session: &Session, extended: bool, wanted: impl Fn(&Service) -> bool) -> Output {
    let mut text = String::new();
    if let Some(windows) = of(world, session.device) {
        for (name, service) in windows.services.iter().filter(|(_, service)| wanted(service)) {
            _ = writeln!(text, "\nSERVICE_NAME: {name}\nDISPLAY_NAME: {}\n{}", service.display, block(name, service, extended));
        }
    }
    Output::ok(text)
}

/// Number and name of a service's type, by the program it runs in.
fn kind(name: &str) -> (&'static str, &'static str) {
    match catalogue::image(name).as_str() {
        "svchost.exe" => ("30", "WIN32"),
        "lsass.exe" => ("20", "WIN32_SHARE_PROCESS"),
        _ => ("10", "WIN32_OWN_PROCESS"),
    }
}

fn block(name: &str, service: &Service, extended: bool) -> String {
    let (number, kind) = kind(name);
    let (code, state, flags) = match service.state {
        ServiceState::Stopped => (1, "STOPPED", ""),
        ServiceState::StartPending => (2, "START_PENDING", "(NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)"),
        ServiceState::StopPending => (3, "STOP_PENDING", "(NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)"),
        ServiceState::Running if services::takes_no_stop(name) => {
            (4, "RUNNING", "(NOT_STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)")
        }
        ServiceState::Running => (4, "RUNNING", "(STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)"),
        ServiceState::Paused => (7, "PAUSED", "(STOPPABLE, PAUSABLE, ACCEPTS_SHUTDOWN)"),
    };
    let mut text = format!("        TYPE               : {number}  {kind}  \n        STATE              : {code}  {state} \n");
    if !flags.is_empty() {
        _ = writeln!(text, "                                {flags}");
    }
    _ = write!(
        text,
        "        WIN32_EXIT_CODE    : {0}  ({0:#x})\n        SERVICE_EXIT_CODE  : 0  (0x0)\n        CHECKPOINT         : 0x0\n        WAIT_HINT          : 0x0\n",
        service.exit_code
    );
    if extended {
        _ = write!(text, "        PID                : {}\n        FLAGS              : \n", service.pid);
    }
    text
}

fn configuration(world: &World, session: &Session, name: &str) -> Output {
    let Some((key, service)) = kept(world, session, name) else { return sc_failed("OpenService", 1060) };
    let (number, kind) = kind(&key);
    let start = match service.start {
        StartType::Automatic => "2   AUTO_START",
        StartType::AutomaticDelayed => "2   AUTO_START  (DELAYED)",
        StartType::Manual => "3   DEMAND_START",
        StartType::Disabled => "4   DISABLED",
    };
    let image = catalogue::image(&key);
    let depends = service.depends_on.join("\n                           : ");
    Output::ok(format!(
        "[SC] QueryServiceConfig SUCCESS\n\nSERVICE_NAME: {name}\n        TYPE               : {number}  {kind} \n        START_TYPE         : {start}\n        ERROR_CONTROL      : 1   NORMAL\n        BINARY_PATH_NAME   : C:\\Windows\\System32\\{image}\n        LOAD_ORDER_GROUP   : \n        TAG                : 0\n        DISPLAY_NAME       : {}\n        DEPENDENCIES       : {depends}\n        SERVICE_START_NAME : {}\n",
        service.display, service.account
    ))
}

fn config(world: &mut World, session: &Session, name: &str, options: &[&str]) -> Output {
    let Some((key, _)) = kept(world, session, name) else { return sc_failed("OpenService", 1060) };
    if !session.elevated {
        return sc_failed("OpenService", 5);
    }
    // `sc` wants `start= auto`; that the blank may be missing is new in Windows 10.
    let joined = options.join(" ").replace("= ", "=");
    let start = match joined.split(' ').find_map(|option| option.strip_prefix("start=")) {
        Some("auto") => StartType::Automatic,
        Some("delayed-auto") => StartType::AutomaticDelayed,
        Some("demand") => StartType::Manual,
        Some("disabled") => StartType::Disabled,
        Some(_) => return sc_failed("ChangeServiceConfig", 87),
        None => return Output::not_modelled(world, "sc config without start="),
    };
    match services::set_start(world, session.device, &key, start) {
        Ok(()) => Output::ok("[SC] ChangeServiceConfig SUCCESS\n"),
        Err(trouble) => sc_failed("ChangeServiceConfig", trouble.code()),
    }
}

fn failure(world: &mut World, session: &Session, name: &str, options: &[&str]) -> Output {
    let Some((key, _)) = kept(world, session, name) else { return sc_failed("OpenService", 1060) };
    if !session.elevated {
        return sc_failed("OpenService", 5);
    }
    let restarts = options.join(" ").contains("restart");
    if let Some(service) = world.device_mut(session.device).windows_mut().and_then(|windows| windows.services.get_mut(&key)) {
        service.restarts_on_failure = restarts;
    }
    Output::ok("[SC] ChangeServiceConfig2 SUCCESS\n")
}

fn start(world: &mut World, session: &Session, name: &str) -> Output {
    let Some((key, _)) = kept(world, session, name) else { return sc_failed("StartService: OpenService", 1060) };
    if !session.elevated {
        return sc_failed("StartService: OpenService", 5);
    }
    match services::start(world, session.device, &key) {
        Ok(()) => {
            let Some((_, mut service)) = kept(world, session, &key) else { return sc_failed("StartService", 1060) };
            // `sc` answers before the service is there.
            service.state = ServiceState::StartPending;
            let text = format!("\nSERVICE_NAME: {name} \n{}\n", block(&key, &service, true));
            world.wait(MOMENT);
            Output::ok(text)
        }
        Err(trouble) => sc_failed("StartService", trouble.code()),
    }
}

fn stop(world: &mut World, session: &Session, name: &str) -> Output {
    let Some((key, mut service)) = kept(world, session, name) else { return sc_failed("OpenService", 1060) };
    if !session.elevated {
        return sc_failed("OpenService", 5);
    }
    match services::stop(world, session.device, &key, false) {
        Ok(()) => {
            service.state = ServiceState::StopPending;
            world.wait(MOMENT);
            Output::ok(format!("\nSERVICE_NAME: {name} \n{}\n", block(&key, &service, false)))
        }
        Err(trouble) => sc_failed("ControlService", trouble.code()),
    }
}
