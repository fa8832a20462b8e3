//! `Get-Service` and its kin.

use super::{Answer, Call, Column, Failure, Object, Parameter, View, column, fits, windows};
use crate::machine::services::{self, Trouble};
use crate::shell::Session;
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{Service, ServiceState, StartType};

pub const GET: &[Parameter] =
    &[Parameter::positional("Name"), Parameter::named("DisplayName"), Parameter::switch("DependentServices")];
pub const CHANGE: &[Parameter] =
    &[Parameter::positional("Name"), Parameter::named("DisplayName"), Parameter::switch("Force"), Parameter::switch("PassThru")];
pub const SET: &[Parameter] = &[Parameter::positional("Name"), Parameter::named("StartupType"), Parameter::named("Status")];

/// The default view of Windows PowerShell 5.1.
const TABLE: &[Column] = &[Column::left("Status", 8), Column::left("Name", 18), column("DisplayName", "DisplayName")];
const MOMENT: Span = Span::seconds(2);

fn object(name: &str, service: &Service) -> Object {
    let status = match service.state {
        ServiceState::Stopped => "Stopped",
        ServiceState::StartPending => "StartPending",
        ServiceState::StopPending => "StopPending",
        ServiceState::Running => "Running",
        ServiceState::Paused => "Paused",
    };
    let start = match service.start {
        StartType::Automatic | StartType::AutomaticDelayed => "Automatic",
        StartType::Manual => "Manual",
        StartType::Disabled => "Disabled",
    };
    Object::new()
        .with("Status", status)
        .with("Name", name)
        .with("DisplayName", service.display.as_str())
        .with("StartType", start)
        .with("ServicesDependedOn", service.depends_on.clone())
        .with("CanStop", service.state == ServiceState::Running && !services::takes_no_stop(name))
}

fn unknown(name: &str, verb: &str) -> Failure {
    Failure::new(
        format!("Cannot find any service with service name '{name}'."),
        format!("ObjectNotFound: ({name}:String) [{verb}-Service], ServiceCommandException"),
        format!("NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.{verb}ServiceCommand"),
    )
}

pub fn get(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let mut answer = Answer { view: View::Table(TABLE), ..Answer::default() };
    let Some(windows) = windows(world, session) else { return answer };
    let names = call.list_or_input("Name");
    let by_display = call.list("DisplayName");
    if names.is_empty() && by_display.is_empty() {
        answer.objects = windows.services.iter().map(|(name, service)| object(name, service)).collect();
        return answer;
    }
    for name in &names {
        let found: Vec<Object> = if call.has("DependentServices") {
            let key = services::find(windows, name).unwrap_or_default();
            services::dependents(windows, &key).iter().filter_map(|key| Some(object(key, windows.services.get(key)?))).collect()
        } else {
            windows.services.iter().filter(|(key, _)| fits(name, key)).map(|(key, service)| object(key, service)).collect()
        };
        if found.is_empty() && !name.contains('*') && !call.has("DependentServices") {
            answer.failures.push(unknown(name, "Get"));
        }
        answer.objects.extend(found);
    }
    for name in by_display {
        answer.objects.extend(
            windows
                .services
                .iter()
                .filter(|(_, service)| fits(name, &service.display))
                .map(|(key, service)| object(key, service)),
        );
    }
    answer
}

/// Applies one act to every service that was named.
fn each(
    world: &mut World,
    session: &Session,
    call: &Call,
    verb: &str,
    act: impl Fn(&mut World, &str) -> Result<(), Trouble>,
) -> Answer {
    let mut answer = Answer { view: View::Table(TABLE), ..Answer::default() };
    for wanted in call.list_or_input("Name").iter().chain(call.list("DisplayName")) {
        let key = windows(world, session).and_then(|windows| services::find(windows, wanted));
        let Some(key) = key else {
            answer.failures.push(unknown(wanted, verb));
            continue;
        };
        let result = if session.elevated { act(world, &key) } else { Err(Trouble::AccessDenied) };
        world.wait(MOMENT);
        let display = windows(world, session)
            .and_then(|windows| windows.services.get(&key))
            .map(|service| service.display.clone())
            .unwrap_or_default();
        if let Err(trouble) = result {
            answer.failures.push(refused(verb, &key, &display, trouble));
        } else if call.has("PassThru")
            && let Some(service) = windows(world, session).and_then(|windows| windows.services.get(&key))
        {
            answer.objects.push(object(&key, service));
        }
    }
    answer
}

fn refused(verb: &str, name: &str, display: &str, trouble: Trouble) -> Failure {
    let doing = match verb {
        "Start" => "be started",
        "Set" => "be configured",
        _ => "be stopped",
    };
    let message = match trouble {
        Trouble::DependentsRunning => {
            format!(
                "Cannot stop service '{display} ({name})' because it has dependent services. It can only be stopped if the Force flag is set."
            )
        }
        Trouble::AccessDenied | Trouble::CannotStop => {
            format!(
                "Service '{display} ({name})' cannot {doing} due to the following error: Cannot open {name} service on computer '.'."
            )
        }
        _ if verb == "Start" => {
            format!(
                "Service '{display} ({name})' cannot be started due to the following error: Cannot start service {name} on computer '.'."
            )
        }
        _ => format!("Service '{display} ({name})' cannot {doing} due to the following error: {}", trouble.text()),
    };
    Failure::new(
        message,
        format!(
            "OpenError: (System.ServiceProcess.ServiceController:ServiceController) [{verb}-Service], ServiceCommandException"
        ),
        format!("CouldNot{verb}Service,Microsoft.PowerShell.Commands.{verb}ServiceCommand"),
    )
}

pub fn start(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let device = session.device;
    each(world, session, call, "Start", |world, name| match services::start(world, device, name) {
        // Starting what runs is no error here.
        Err(Trouble::AlreadyRunning) => Ok(()),
        other => other,
    })
}

pub fn stop(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let (device, force) = (session.device, call.has("Force"));
    each(world, session, call, "Stop", |world, name| match services::stop(world, device, name, force) {
        Err(Trouble::NotStarted) => Ok(()),
        other => other,
    })
}

pub fn restart(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let (device, force) = (session.device, call.has("Force"));
    each(world, session, call, "Restart", |world, name| {
        let needed = world.device(device).windows().is_some_and(|windows| !services::dependents(windows, name).is_empty());
        if needed && !force {
            return Err(Trouble::DependentsRunning);
        }
        services::restart(world, device, name)
    })
}

pub fn set(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let start = match call.text("StartupType").map(str::to_lowercase).as_deref() {
        None => None,
        Some("automatic") => Some(StartType::Automatic),
        Some("automaticdelayedstart") => Some(StartType::AutomaticDelayed),
        Some("manual") => Some(StartType::Manual),
        Some("disabled") => Some(StartType::Disabled),
        Some(other) => {
            let message = format!(
                "Cannot bind parameter 'StartupType'. Cannot convert value \"{other}\" to type \"System.ServiceProcess.ServiceStartMode\"."
            );
            return Answer::failed(Failure::new(
                message,
                "InvalidArgument: (:) [Set-Service], ParameterBindingException",
                "CannotConvertArgumentNoMessage,Microsoft.PowerShell.Commands.SetServiceCommand",
            ));
        }
    };
    let status = call.text("Status").map(str::to_lowercase);
    let device = session.device;
    each(world, session, call, "Set", |world, name| {
        if let Some(start) = start {
            services::set_start(world, device, name, start)?;
        }
        match status.as_deref() {
            Some("running") => match services::start(world, device, name) {
                Err(Trouble::AlreadyRunning) => Ok(()),
                other => other,
            },
            Some("stopped") => services::stop(world, device, name, false),
            _ => Ok(()),
        }
    })
}
