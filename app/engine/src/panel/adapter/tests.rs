//! The panel and the commands show one state.

use crate::panel::{Operation, PanelKind, Refused, apply, view};
use crate::shell::windows::network::trial::Trial;
use crate::sorted::Map;
use crate::world::port::{Duplex, Speed};

fn operate(trial: &mut Trial, verb: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
    let values: Map<String, String> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let operation = Operation { verb: verb.to_owned(), target: "Ethernet".to_owned(), values };
    let device = trial.session.device;
    apply(&mut trial.world, device, PanelKind::Adapter, &operation)
}

fn cell(trial: &Trial, table: usize, column: usize) -> String {
    view(&trial.world, trial.session.device, PanelKind::Adapter).unwrap().tables[table].rows[0][column].clone()
}

#[test]
fn disabled_and_enabled() {
    let mut trial = Trial::cmd("PC-01");
    assert_eq!(cell(&trial, 0, 1), "Connected");
    assert_eq!(operate(&mut trial, "disable", &[]), Ok("Ethernet is disabled.".to_owned()));
    assert_eq!(cell(&trial, 0, 1), "Disabled");
    trial.check("ipconfig", true, "\nWindows IP Configuration\n\n");
    operate(&mut trial, "enable", &[]).unwrap();
    trial.holds("ipconfig", "IPv4 Address. . . . . . . . . . . : 10.44.10.");
    trial.unplug("PC-01");
    assert_eq!(cell(&trial, 0, 1), "Network cable unplugged");
}

#[test]
fn a_manual_address_is_checked() {
    let mut trial = Trial::cmd("PC-01");
    for (address, mask, gateway, refusal) in [
        ("", "255.255.255.0", "", "The adapter requires at least one IP address."),
        ("10.44.10.300", "255.255.255.0", "", "“10.44.10.300” is not an IP address."),
        ("10.44.10.200", "", "", "missing its subnet mask"),
        ("10.44.10.200", "255.0.255.0", "", "The subnet mask you have entered is not valid."),
        ("10.44.10.255", "255.255.255.0", "", "The combination of IP address and subnet mask is invalid."),
        ("127.0.0.5", "255.0.0.0", "", "reserved for loopback"),
        ("224.0.0.5", "255.0.0.0", "", "between 1 and 223"),
        ("10.44.10.200", "255.255.255.0", "10.44.10.200", "the adapter itself"),
    ] {
        let refused =
            operate(&mut trial, "set-address", &[("address", address), ("mask", mask), ("gateway", gateway)]).unwrap_err();
        assert!(refused.0.contains(refusal), "{refused:?}");
    }
    let said =
        operate(&mut trial, "set-address", &[("address", "10.44.10.200"), ("mask", "255.255.255.0"), ("gateway", "10.9.9.9")]);
    assert!(said.unwrap().contains("the default gateway is not on the same network segment"));
    operate(&mut trial, "set-address", &[("address", "10.44.10.200"), ("mask", "255.255.255.0"), ("gateway", "10.44.10.1")])
        .unwrap();
    operate(&mut trial, "set-dns", &[("preferred", "10.44.20.5"), ("alternate", "203.0.113.53")]).unwrap();
    assert_eq!((cell(&trial, 1, 1), cell(&trial, 1, 6)), ("manual".to_owned(), "10.44.20.5, 203.0.113.53".to_owned()));
    trial.holds("ping -n 1 srv-1", "Reply from 10.44.20.5");
    assert!(operate(&mut trial, "set-dns", &[("preferred", "")]).is_err());
    operate(&mut trial, "set-automatic", &[]).unwrap();
    operate(&mut trial, "set-dns-automatic", &[]).unwrap();
    trial.holds("ipconfig /all", "   DHCP Enabled. . . . . . . . . . . : Yes\n");
    assert_eq!(cell(&trial, 1, 6), "10.44.20.5");
}

#[test]
fn another_stations_address_is_a_conflict() {
    let mut trial = Trial::cmd("PC-01");
    let other = trial.world.device(trial.id("PC-02")).stack.interfaces[0].addresses[0].ip.to_string();
    let said = operate(&mut trial, "set-address", &[("address", &other), ("mask", "255.255.255.0"), ("gateway", "10.44.10.1")]);
    assert!(said.unwrap().contains("Windows has detected an IP address conflict"));
    let notices = view(&trial.world, trial.session.device, PanelKind::Adapter).unwrap().notices;
    assert_eq!(notices, ["There is an IP address conflict with another system on the network."]);
}

#[test]
fn speed_and_duplex() {
    let mut trial = Trial::cmd("PC-01");
    operate(&mut trial, "set-speed", &[("speed", "100 Mbps Full Duplex")]).unwrap();
    let port = &trial.world.device(trial.id("PC-01")).ports[0];
    assert_eq!((port.speed, port.duplex), (Speed::Fixed(100), Duplex::Full));
    assert_eq!(cell(&trial, 0, 3), "100 Mbps");
    assert!(operate(&mut trial, "set-speed", &[("speed", "9 Gbps")]).is_err());
    assert!(operate(&mut trial, "frobnicate", &[]).is_err());
}

#[test]
fn only_windows_has_it() {
    let trial = Trial::cmd("PC-01");
    assert_eq!(view(&trial.world, trial.id("APP-1"), PanelKind::Adapter), None);
}
