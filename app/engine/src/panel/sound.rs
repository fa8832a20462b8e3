//! Sound: which microphone, and who may use it.

use super::parts::{choice_of, offer, offer_on, refuse, table, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::world::{Device, DeviceId, World};

/// What is built in, what is plugged in, and what is set although it may be gone.
fn microphones(device: &Device, current: &str) -> Vec<String> {
    let mut found = vec!["Built-in microphone".to_owned()];
    let plugged = device.hardware.peripherals.iter().filter(|peripheral| peripheral.connected && !peripheral.disabled);
    found.extend(
        plugged
            .filter(|peripheral| {
                let name = peripheral.name.to_lowercase();
                name.contains("microphone") || name.contains("headset")
            })
            .map(|peripheral| peripheral.name.clone()),
    );
    if !found.iter().any(|name| name == current) {
        found.push(current.to_owned());
    }
    found
}

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let settings = &windows(world, device)?.settings;
    let inputs = microphones(world.device(device), &settings.default_microphone);
    let runs = crate::machine::runs(world, device, "Audiosrv");
    let rows = inputs.iter().map(|name| {
        let role = if *name == settings.default_microphone { "Default device" } else { "" };
        vec![name.clone(), role.to_owned()]
    });
    let allowed: Vec<String> = settings.microphone_allowed.iter().cloned().collect();
    Some(View {
        title: "Sound".to_owned(),
        notices: if runs { Vec::new() } else { vec!["The audio service is not running.".to_owned()] },
        facts: vec![("Input".to_owned(), settings.default_microphone.clone())],
        tables: vec![
            table("Input devices", &["Device", "Role"], rows.collect()),
            table("Apps that may use the microphone", &["App"], allowed.iter().map(|name| vec![name.clone()]).collect()),
        ],
        operations: [
            Some(offer(
                "set-input",
                "Choose the default input",
                Vec::new(),
                vec![choice_of("device", "Device", inputs, &settings.default_microphone)],
            )),
            Some(offer("allow", "Let an app use the microphone", Vec::new(), vec![text("app", "App", "")])),
            offer_on("deny", "Take the microphone away", allowed, Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let current = windows_mut(world, device)?.settings.default_microphone.clone();
    let inputs = microphones(world.device(device), &current);
    let windows = windows_mut(world, device)?;
    match operation.verb.as_str() {
        "set-input" => {
            let wanted = operation.value("device");
            if !inputs.iter().any(|name| name == wanted) {
                return refuse(format!("There is no input device “{wanted}”."));
            }
            wanted.clone_into(&mut windows.settings.default_microphone);
        }
        "allow" => {
            let app = operation.value("app");
            if !windows.programs.iter().any(|program| program.name == app) {
                return refuse(format!("There is no app “{app}”."));
            }
            windows.settings.microphone_allowed.insert(app.to_owned());
        }
        "deny" => {
            if !windows.settings.microphone_allowed.remove(&operation.target) {
                return refuse("This app may not use the microphone anyway.");
            }
        }
        _ => return operation.unknown(),
    }
    Ok("Saved.".to_owned())
}
