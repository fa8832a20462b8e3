//! Display.

use super::parts::{choice, offer, offer_on, refuse, table, text, windows, windows_mut, yes_no};
use super::{Operation, Refused, View};
use crate::world::hardware::DisplayInput;
use crate::world::windows::DisplayMode;
use crate::world::{DeviceId, World};

const MODES: [(DisplayMode, &str, &str); 4] = [
    (DisplayMode::PcOnly, "pc-only", "PC screen only"),
    (DisplayMode::Duplicate, "duplicate", "Duplicate these displays"),
    (DisplayMode::Extend, "extend", "Extend these displays"),
    (DisplayMode::SecondOnly, "second-only", "Second screen only"),
];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let mode = windows(world, device)?.settings.display_mode;
    let displays: Vec<_> =
        world.device(device).hardware.displays.iter().filter(|display| display.input != DisplayInput::None).collect();
    if displays.is_empty() {
        return None;
    }
    let rows = displays.iter().map(|display| {
        vec![display.name.clone(), format!("{} Hz", display.refresh_hz), yes_no(display.native_resolution).to_owned()]
    });
    let names: Vec<String> = displays.iter().map(|display| display.name.clone()).collect();
    let (_, slug, title) = MODES.iter().find(|(found, ..)| *found == mode).copied().unwrap_or(MODES[2]);
    let slugs: Vec<&str> = MODES.iter().map(|(_, slug, _)| *slug).collect();
    Some(View {
        title: "Display".to_owned(),
        facts: vec![("Multiple displays".to_owned(), title.to_owned())],
        tables: vec![table("Displays", &["Display", "Refresh rate", "Recommended resolution"], rows.collect())],
        operations: [
            (displays.len() > 1)
                .then(|| offer("set-mode", "Multiple displays", Vec::new(), vec![choice("mode", "Mode", &slugs, slug)])),
            offer_on("set-refresh", "Refresh rate", names.clone(), vec![text("hertz", "Hz", "60")]),
            offer_on("set-resolution", "Use the recommended resolution", names, Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let windows = windows_mut(world, device)?;
    if operation.verb == "set-mode" {
        let wanted = operation.value("mode");
        let Some((mode, _, title)) = MODES.iter().find(|(_, slug, _)| *slug == wanted) else {
            return refuse(format!("There is no mode “{wanted}”."));
        };
        windows.settings.display_mode = *mode;
        return Ok(format!("{title}."));
    }
    let displays = &mut world.device_mut(device).hardware.displays;
    let Some(display) = displays.iter_mut().find(|display| display.name.eq_ignore_ascii_case(&operation.target)) else {
        return refuse(format!("There is no display “{}”.", operation.target));
    };
    match operation.verb.as_str() {
        "set-refresh" => {
            let hertz: u16 = super::parts::number(operation.value("hertz"), "refresh rate")?;
            if hertz < 24 || hertz > display.cable_hz {
                return refuse(format!("The display can be driven at up to {} Hz.", display.cable_hz));
            }
            display.refresh_hz = hertz;
        }
        "set-resolution" => display.native_resolution = true,
        _ => return operation.unknown(),
    }
    Ok("Saved.".to_owned())
}
