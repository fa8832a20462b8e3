//! Sound; display; Disk Management.

use super::Seen;
use crate::panel::PanelKind;

#[test]
fn a_microphone_is_chosen_and_given_to_apps() {
    let mut seen = Seen::of("LT-01", PanelKind::Sound);
    let windows = seen.windows();
    let app = windows.programs[0].name.clone();
    windows.settings.microphone_allowed.clear();
    "Docking station headset".clone_into(&mut windows.settings.default_microphone);
    let shown = seen.text();
    assert!(shown.starts_with("Sound\nInput: Docking station headset\n\nInput devices\n"), "{shown}");
    assert!(shown.contains("Docking station headset  Default device\n"), "{shown}");
    seen.refuses("set-input", "", &[("device", "Nothing")], "There is no input device “Nothing”.");
    seen.does("set-input", "", &[("device", "Built-in microphone")], "Saved.");
    assert!(!seen.text().contains("Docking station headset"), "what is gone and not chosen is not listed");
    seen.refuses("deny", &app, &[], "This app may not use the microphone anyway.");
    seen.does("allow", "", &[("app", app.as_str())], "Saved.");
    seen.refuses("allow", "", &[("app", "No such app")], "There is no app “No such app”.");
    assert!(seen.text().contains(&format!("Apps that may use the microphone\nApp\n{app}\n")), "{}", seen.text());
    seen.does("deny", &app, &[], "Saved.");
    seen.windows().services.get_mut("Audiosrv").unwrap().state = crate::world::windows::ServiceState::Stopped;
    assert!(seen.text().contains("! The audio service is not running.\n"));
}

#[test]
fn a_display_is_driven_as_far_as_its_cable_goes() {
    let mut seen = Seen::of("PC-01", PanelKind::DisplaySettings);
    let display = seen.world.device(seen.device).hardware.displays[0].clone();
    let name = display.name.as_str();
    let above = (display.cable_hz + 1).to_string();
    let limit = format!("The display can be driven at up to {} Hz.", display.cable_hz);
    seen.refuses("set-refresh", name, &[("hertz", above.as_str())], &limit);
    seen.refuses("set-refresh", name, &[("hertz", "many")], "“many” is not a valid refresh rate.");
    seen.does("set-refresh", name, &[("hertz", "50")], "Saved.");
    assert!(seen.text().contains("50 Hz"), "{}", seen.text());
    seen.refuses("set-refresh", "No such display", &[("hertz", "50")], "There is no display “No such display”.");
    seen.world.device_mut(seen.device).hardware.displays[0].native_resolution = false;
    seen.does("set-resolution", name, &[], "Saved.");
    assert!(seen.world.device(seen.device).hardware.displays[0].native_resolution);
    seen.refuses("set-mode", "", &[("mode", "sideways")], "There is no mode “sideways”.");
    seen.does("set-mode", "", &[("mode", "duplicate")], "Duplicate these displays.");
    assert!(seen.text().starts_with("Display\nMultiple displays: Duplicate these displays\n"));
}

#[test]
fn volumes_change_except_those_windows_runs_from() {
    let mut seen = Seen::of("SRV-1", PanelKind::DiskManagement);
    let shown = seen.text();
    assert!(shown.contains("Healthy (Boot, Page File)"), "{shown}");
    assert!(shown.contains("Healthy (EFI System Partition)"), "{shown}");
    seen.refuses("format", "Volume 1", &[], "Windows cannot change the volume it runs from.");
    seen.refuses("delete", "Volume 1", &[], "Windows cannot change the volume it runs from.");
    seen.refuses("set-letter", "Volume 9", &[("letter", "Q")], "There is no such volume.");
    seen.refuses("set-letter", "Volume 3", &[("letter", "C")], "That drive letter is in use.");
    seen.does("set-letter", "Volume 3", &[("letter", "Q")], "The volume is Q: now.");
    seen.does("remove-letter", "Volume 3", &[], "The volume has no letter now.");
    seen.does("delete", "Volume 3", &[], "The volume is deleted, with everything that was on it.");
    seen.does("create", "Disk 1", &[("letter", "D"), ("label", "New")], "The new volume D: is ready.");
    seen.refuses("create", "Disk 1", &[], "There is not enough space available on the disk to complete this operation.");
    seen.does("check", "D:", &[], "No errors found.");
    seen.windows().volumes[1].dirty = true;
    seen.does("check", "C:", &[], "Errors found. The drive is repaired when the computer restarts.");
    seen.refuses("check", "X:", &[], "There is no drive “X:”.");
}
