//! A made-up company of any size, for measurements: a server, a router, switches of 24 ports, and desktops.

use std::fmt::Write;

use engine::site::Site;

/// Hosts are the server and the desktops.
pub fn company(hosts: usize) -> Site {
    /// Ports of a switch that take a desktop; one more goes up.
    const DESKTOPS: usize = 23;
    let desktops = hosts.saturating_sub(1);
    let switches = desktops.div_ceil(DESKTOPS);
    let mut text = HEAD.to_owned();
    let _ = writeln!(text, "[[device]]\nname = \"CORE\"\nkind = \"switch\"\nplace = \"Hall\"\nports = {}", switches + 2);
    for switch in 0..switches {
        let _ = writeln!(text, "[[device]]\nname = \"SW-{switch}\"\nkind = \"switch\"\nplace = \"Hall\"\nports = 24");
    }
    let mut links = String::new();
    let mut link = |from: &str, to: &str| {
        let _ = writeln!(links, "[[link]]\nfrom = \"{from}\"\nto = \"{to}\"");
    };
    link("FW-1/Gi0/1", "CORE/Gi0/1");
    link("SRV-1", "CORE/Gi0/2");
    for switch in 0..switches {
        link(&format!("SW-{switch}/Gi0/24"), &format!("CORE/Gi0/{}", switch + 3));
    }
    for desktop in 0..desktops {
        let name = format!("PC-{:03}", desktop + 1);
        let _ = writeln!(text, "[[device]]\nname = \"{name}\"\nkind = \"desktop\"\nplace = \"Hall\"\njoined = true");
        link(&name, &format!("SW-{}/Gi0/{}", desktop / DESKTOPS, desktop % DESKTOPS + 1));
    }
    toml::from_str(&(text + &links)).unwrap_or_else(|error| panic!("{error}"))
}

const HEAD: &str = r#"
id = "measured"
organisation = "Measured"
domain = "measured.example"
summary = "A company made for measurements."
start = "2026-09-07 07:40"

[[place]]
name = "Hall"

[[device]]
name = "FW-1"
kind = "firewall"
place = "Hall"
ports = 2
interface = [{ name = "Gi0/1", address = "10.40.0.1/22" }]

[[device]]
name = "SRV-1"
kind = "server"
place = "Hall"
directory = true
joined = true
time = true
interface = [{ name = "Ethernet", address = "10.40.0.5/22", gateway = "10.40.0.1", dns = ["10.40.0.5"] }]

[device.dhcp]
scope = [{ name = "All", network = "10.40.0.0/22", range = "10.40.1.1-10.40.3.250", router = "10.40.0.1", dns = ["10.40.0.5"], lease_hours = 8 }]

[device.dns.zone]
"measured.example" = ["@ NS srv-1", "srv-1 A 10.40.0.5"]
"#;
