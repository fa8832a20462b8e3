//! Services: `services.msc`.

use super::parts::{choice, offer, offer_on, refuse, table, windows};
use super::{Operation, Refused, View};
use crate::machine::services::{self, Trouble};
use crate::time::Span;
use crate::world::windows::{ServiceState, StartType};
use crate::world::{DeviceId, World};

const STARTS: [&str; 4] = ["automatic", "automatic-delayed", "manual", "disabled"];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let of_state = |running: bool| -> Vec<String> {
        let fits = |state: ServiceState| (state == ServiceState::Running) == running;
        windows.services.iter().filter(|(_, service)| fits(service.state)).map(|(name, _)| name.clone()).collect()
    };
    let rows = windows.services.iter().map(|(name, service)| {
        let status = match service.state {
            ServiceState::Stopped => "",
            ServiceState::StartPending => "Starting",
            ServiceState::StopPending => "Stopping",
            ServiceState::Running => "Running",
            ServiceState::Paused => "Paused",
        };
        let log_on = match service.account.as_str() {
            "LocalSystem" => "Local System",
            "NT AUTHORITY\\LocalService" => "Local Service",
            "NT AUTHORITY\\NetworkService" => "Network Service",
            other => other,
        };
        vec![
            name.clone(),
            service.display.clone(),
            status.to_owned(),
            start_words(service.start).to_owned(),
            log_on.to_owned(),
            service.depends_on.join(", "),
        ]
    });
    let all = windows.services.keys().cloned().collect();
    Some(View {
        title: "Services (Local)".to_owned(),
        tables: vec![table(
            "Services",
            &["Service", "Display name", "Status", "Startup type", "Log on as", "Depends on"],
            rows.collect(),
        )],
        operations: [
            offer_on("start", "Start", of_state(false), Vec::new()),
            offer_on("stop", "Stop", of_state(true), Vec::new()),
            offer_on("restart", "Restart", of_state(true), Vec::new()),
            Some(offer("set-startup", "Change startup type", all, vec![choice("startup", "Startup type", &STARTS, "automatic")])),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

fn start_words(start: StartType) -> &'static str {
    match start {
        StartType::Automatic => "Automatic",
        StartType::AutomaticDelayed => "Automatic (Delayed Start)",
        StartType::Manual => "Manual",
        StartType::Disabled => "Disabled",
    }
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let found = windows(world, device).and_then(|windows| {
        let name = services::find(windows, &operation.target)?;
        let display = windows.services.get(&name)?.display.clone();
        Some((name, display))
    });
    let Some((name, display)) = found else { return refuse(format!("There is no service “{}”.", operation.target)) };
    let (result, doing, done) = match operation.verb.as_str() {
        "start" => (services::start(world, device, &name), "start", "was started"),
        // The console asks whether dependent services may be stopped too; whoever goes on has said yes.
        "stop" => (services::stop(world, device, &name, true), "stop", "was stopped"),
        "restart" => (services::restart(world, device, &name), "restart", "was restarted"),
        "set-startup" => {
            let start = match operation.value("startup") {
                "automatic" => StartType::Automatic,
                "automatic-delayed" => StartType::AutomaticDelayed,
                "manual" => StartType::Manual,
                "disabled" => StartType::Disabled,
                other => return refuse(format!("“{other}” is not a startup type.")),
            };
            (services::set_start(world, device, &name, start), "change", "has its new startup type")
        }
        _ => return operation.unknown(),
    };
    world.wait(Span::seconds(2));
    match result {
        Ok(()) => Ok(format!("The {display} service {done}.")),
        Err(Trouble::AlreadyRunning) => refuse(format!("The {display} service is running already.")),
        Err(trouble) => refuse(format!(
            "Windows could not {doing} the {display} service on Local Computer.\n\nError {}: {}",
            trouble.code(),
            trouble.text()
        )),
    }
}
