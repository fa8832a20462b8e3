//! System: what the machine is, and settings that people get wrong.

use super::parts::{choice_of, offer, refuse, toggle, windows, windows_mut, yes_no};
use super::{Field, Operation, Refused, View};
use crate::machine::services::{processes, shut_down};
use crate::world::windows::Settings;
use crate::world::{DeviceId, World};

/// Switches: verb of the field, its label, and where it stands.
type Switch = (&'static str, &'static str, fn(&mut Settings) -> &mut bool);

const SWITCHES: [Switch; 6] = [
    ("page-file", "Automatically manage the paging file", |settings| &mut settings.page_file),
    ("fast-startup", "Turn on fast startup", |settings| &mut settings.fast_startup),
    ("airplane-mode", "Airplane mode", |settings| &mut settings.airplane_mode),
    ("location", "Location services", |settings| &mut settings.location_allowed),
    ("touchpad", "Touchpad", |settings| &mut settings.touchpad),
    ("caps-lock", "Caps Lock", |settings| &mut settings.caps_lock),
];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let found = world.device(device);
    let mut settings = windows.settings.clone();
    let joined = windows.joined.as_ref().map_or_else(|| "WORKGROUP".to_owned(), |joined| joined.domain.clone());
    let mut facts = vec![
        ("Device name".to_owned(), found.name.clone()),
        ("Edition".to_owned(), windows.edition.clone()),
        ("OS build".to_owned(), windows.build.to_string()),
        ("Processor".to_owned(), found.hardware.cpu.model.clone()),
        ("Installed RAM".to_owned(), format!("{} GB", processes::installed_kib(found) >> 20)),
        ("Domain or workgroup".to_owned(), joined),
        ("Keyboard layout".to_owned(), settings.active_layout.clone()),
    ];
    let fields: Vec<Field> = SWITCHES
        .iter()
        .map(|(name, label, place)| {
            let on = *place(&mut settings);
            facts.push(((*label).to_owned(), yes_no(on).to_owned()));
            toggle(name, label, on)
        })
        .collect();
    Some(View {
        title: "System".to_owned(),
        facts,
        operations: vec![
            offer("set", "Change settings", Vec::new(), fields),
            offer(
                "set-layout",
                "Keyboard layout",
                Vec::new(),
                vec![choice_of("layout", "Layout", settings.keyboard_layouts.clone(), &settings.active_layout)],
            ),
            offer("restart", "Restart", Vec::new(), Vec::new()),
            offer("shut-down", "Shut down", Vec::new(), Vec::new()),
        ],
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let settings = &mut windows_mut(world, device)?.settings;
    match operation.verb.as_str() {
        "set" => {
            let mut changed = Vec::new();
            for (name, value) in &operation.values {
                let Some((_, label, place)) = SWITCHES.iter().find(|(found, ..)| found == name) else {
                    return refuse(format!("There is no setting “{name}”."));
                };
                let on = match value.as_str() {
                    "yes" => true,
                    "no" => false,
                    _ => return refuse(format!("{label} is on or off: yes or no.")),
                };
                *place(settings) = on;
                changed.push(*label);
            }
            if changed.is_empty() {
                return refuse("Nothing was changed.");
            }
            Ok(format!("Saved: {}.", changed.join(", ")))
        }
        "set-layout" => {
            let wanted = operation.value("layout");
            if !settings.keyboard_layouts.iter().any(|layout| layout == wanted) {
                return refuse(format!("The layout “{wanted}” is not installed."));
            }
            wanted.clone_into(&mut settings.active_layout);
            Ok(format!("The keyboard layout is {wanted}."))
        }
        "restart" | "shut-down" => {
            let restart = operation.verb == "restart";
            shut_down(world, device, restart);
            Ok(if restart { "The computer restarts." } else { "The computer shuts down." }.to_owned())
        }
        _ => operation.unknown(),
    }
}
