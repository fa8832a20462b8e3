//! `netsh wlan`, and what it says where there is no radio.

use crate::shell::ShellKind;
use crate::shell::windows::network::trial::Trial;

#[test]
fn a_machine_without_a_radio() {
    Trial::cmd("PC-01").check("netsh wlan show interfaces", false, "There is no wireless interface on the system.\n\n");
}

#[test]
fn a_laptop_that_is_joined() {
    let mut trial = Trial::cmd("LT-01");
    let text = trial.text("netsh wlan show interfaces");
    for line in [
        "\nThere is 1 interface on the system:\n\n    Name                   : Wi-Fi\n    Description            : Wi-Fi 6 Wireless Adapter\n",
        "    State                  : connected\n    SSID                   : clinic-staff\n",
        "    Network type           : Infrastructure\n",
        "    Authentication         : WPA2-Personal\n    Cipher                 : CCMP\n",
        "    Profile                : clinic-staff\n",
    ] {
        assert!(text.contains(line), "{text}\nwithout\n{line}");
    }
    trial.holds("netsh wlan show networks", "\nInterface name : Wi-Fi\nThere are 2 networks currently visible.\n\nSSID 1 : ");
    trial.holds("netsh wlan show profiles", "\nProfiles on interface Wi-Fi:\n");
    trial.holds("netsh wlan show profiles", "    All User Profile     : clinic-staff\n");
    trial.check(
        "netsh wlan delete profile name=\"clinic-staff\"",
        true,
        "Profile \"clinic-staff\" is deleted from interface \"Wi-Fi\".\n",
    );
    trial.holds("netsh wlan show interfaces", "    State                  : disconnected\n    Radio status           : Hardware On\n                             Software On\n");
    trial.check("netsh wlan delete profile name=x", false, "Profile \"x\" is not found on any interface.\n");
}

#[test]
fn the_location_permission_of_24h2() {
    let mut trial = Trial::cmd("LT-01");
    let id = trial.id("LT-01");
    trial.world.device_mut(id).windows_mut().unwrap().settings.location_allowed = false;
    trial.holds("netsh wlan show networks", "Network shell commands need location permission to access WLAN information.");
    trial.world.device_mut(id).windows_mut().unwrap().build = 22_631;
    trial.holds("netsh wlan show networks", "networks currently visible.");
}

#[test]
fn a_stopped_service() {
    let mut trial = Trial::open(super::super::trial::clinic(), "LT-01", ShellKind::Cmd);
    let id = trial.id("LT-01");
    let services = &mut trial.world.device_mut(id).windows_mut().unwrap().services;
    services.get_mut("WlanSvc").unwrap().state = crate::world::windows::ServiceState::Stopped;
    trial.check("netsh wlan show interfaces", false, "The Wireless AutoConfig Service (wlansvc) is not running.\n\n");
}
