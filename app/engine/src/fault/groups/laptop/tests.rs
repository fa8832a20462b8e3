use crate::fault::groups::hardware::tests::{condition, power, replace};
use crate::fault::trial::{Trial, clinic_with};
use crate::panel::PanelKind;
use crate::physical::PowerAct;

fn with_battery_on_the_shelf(id: &str) -> Trial {
    Trial::new(id, clinic_with("[[spare]]\npart = \"laptop battery\"\ncount = 1\n"), |_, _| true)
}

#[test]
fn m1_a_new_battery() {
    let mut trial = with_battery_on_the_shelf("M1");
    let probe = condition(&trial, "battery");
    trial.breaks(&probe);
    replace(&mut trial, "charger", 0);
    assert!(trial.present());
    power(&mut trial, PowerAct::ButtonOn);
    replace(&mut trial, "battery", 0);
    trial.is_fixed(&probe);
}

#[test]
fn m2_a_swollen_battery_is_seen_and_replaced() {
    let mut trial = with_battery_on_the_shelf("M2");
    let probe = condition(&trial, "battery");
    trial.breaks(&probe);
    assert!(crate::physical::look(&trial.world, trial.target.device).contains("it bulges"));
    power(&mut trial, PowerAct::ButtonOn);
    replace(&mut trial, "battery", 0);
    trial.is_fixed(&probe);
}

#[test]
fn m3_the_right_charger() {
    let mut trial = with_battery_on_the_shelf("M3");
    let probe = condition(&trial, "charging");
    trial.breaks(&probe);
    replace(&mut trial, "charger", 0);
    trial.is_fixed(&probe);
}

#[test]
fn m4_the_touchpad_is_switched_on() {
    let mut trial = Trial::anywhere("M4");
    let probe = condition(&trial, "touchpad");
    trial.breaks(&probe);
    trial.panel("LT-01", PanelKind::DeviceManager, "update", "Precision Touchpad", &[]);
    assert!(trial.present(), "a driver does not help");
    trial.panel("LT-01", PanelKind::SystemSettings, "set", "", &[("touchpad", "yes")]);
    trial.is_fixed(&probe);
}

#[test]
fn m8_the_headset_is_paired_anew() {
    let mut trial = Trial::anywhere("M8");
    let probe = condition(&trial, "bluetooth");
    trial.breaks(&probe);
    trial.panel("LT-01", PanelKind::DeviceManager, "update", "Wireless Bluetooth", &[]);
    assert!(trial.present(), "a driver does not help");
    trial.panel("LT-01", PanelKind::Bluetooth, "remove", "Wireless Headset", &[]);
    assert!(trial.present(), "it is not connected now");
    trial.panel("LT-01", PanelKind::DeviceManager, "disable", "Wireless Bluetooth", &[]);
    let device = trial.target.device;
    let pair = crate::panel::Operation {
        verb: "pair".to_owned(),
        target: "Wireless Headset".to_owned(),
        ..crate::panel::Operation::default()
    };
    assert!(crate::panel::apply(&mut trial.world, device, PanelKind::Bluetooth, &pair).is_err(), "without a radio");
    trial.panel("LT-01", PanelKind::DeviceManager, "enable", "Wireless Bluetooth", &[]);
    trial.panel("LT-01", PanelKind::Bluetooth, "pair", "Wireless Headset", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn m9_location_is_allowed() {
    let mut trial = Trial::anywhere("M9");
    let probe = condition(&trial, "location");
    trial.breaks(&probe);
    trial.panel("LT-01", PanelKind::SystemSettings, "set", "", &[("location", "yes")]);
    trial.is_fixed(&probe);
}
