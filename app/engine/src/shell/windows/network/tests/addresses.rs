//! `ipconfig`, `getmac`, and `netsh` for adapters.

use crate::shell::windows::network::trial::Trial;
use crate::world::interface::Origin;

#[test]
fn the_short_list_and_a_pulled_cable() {
    let mut trial = Trial::cmd("SRV-1");
    trial.check(
        "ipconfig",
        true,
        "
Windows IP Configuration


Ethernet adapter Ethernet:

   Connection-specific DNS Suffix  . : \n   IPv4 Address. . . . . . . . . . . : 10.44.20.5
   Subnet Mask . . . . . . . . . . . : 255.255.255.0
   Default Gateway . . . . . . . . . : 10.44.20.1
",
    );
    trial.unplug("SRV-1");
    trial.check(
        "ipconfig",
        true,
        "
Windows IP Configuration


Ethernet adapter Ethernet:

   Media State . . . . . . . . . . . : Media disconnected
   Connection-specific DNS Suffix  . : \n",
    );
}

#[test]
fn everything_about_a_leased_address() {
    let mut trial = Trial::cmd("PC-01");
    let interface = trial.world.device(trial.id("PC-01")).stack.interfaces[0].clone();
    let (mac, ip) = (interface.mac.hyphens_upper(), interface.addresses[0].ip);
    let text = trial.text("ipconfig /all");
    let head = "
Windows IP Configuration

   Host Name . . . . . . . . . . . . : PC-01
   Primary Dns Suffix  . . . . . . . : clinic.example
   Node Type . . . . . . . . . . . . : Hybrid
   IP Routing Enabled. . . . . . . . : No
   WINS Proxy Enabled. . . . . . . . : No
   DNS Suffix Search List. . . . . . : clinic.example

Ethernet adapter Ethernet:

   Connection-specific DNS Suffix  . : clinic.example
   Description . . . . . . . . . . . : Gigabit Network Connection
";
    assert!(text.starts_with(head), "{text}");
    let middle = format!(
        "   Physical Address. . . . . . . . . : {mac}
   DHCP Enabled. . . . . . . . . . . : Yes
   Autoconfiguration Enabled . . . . : Yes
   IPv4 Address. . . . . . . . . . . : {ip}(Preferred)
   Subnet Mask . . . . . . . . . . . : 255.255.255.0
   Lease Obtained. . . . . . . . . . : Monday, September 7, 2026 "
    );
    assert!(text.contains(&middle), "{text}");
    let tail = "   Default Gateway . . . . . . . . . : 10.44.10.1
   DHCP Server . . . . . . . . . . . : 10.44.20.5
   DNS Servers . . . . . . . . . . . : 10.44.20.5
   NetBIOS over Tcpip. . . . . . . . : Enabled
";
    assert!(text.ends_with(tail), "{text}");
}

#[test]
fn further_dns_servers_stand_below_the_first() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check("netsh interface ip set dns name=\"Ethernet\" static 10.44.20.5", true, "\n");
    trial.text("netsh interface ip add dns name=\"Ethernet\" addr=203.0.113.53 index=2");
    trial.holds(
        "ipconfig /all",
        "   DNS Servers . . . . . . . . . . . : 10.44.20.5\n                                       203.0.113.53\n",
    );
}

#[test]
fn release_and_renew() {
    let mut trial = Trial::cmd("PC-01");
    let before = trial.text("ipconfig");
    let released = trial.text("ipconfig /release");
    assert!(released.contains("   Default Gateway . . . . . . . . . : \n") && !released.contains("IPv4 Address"), "{released}");
    assert_eq!(trial.text("ipconfig /renew"), before);
}

#[test]
fn a_server_that_does_not_answer_costs_a_minute() {
    let mut trial = Trial::cmd("PC-01");
    trial.unplug("SRV-1");
    trial.text("ipconfig /release");
    trial.check(
        "ipconfig /renew",
        false,
        "\nWindows IP Configuration\n\nAn error occurred while renewing interface Ethernet : unable to contact your DHCP server. Request \
         has timed out.\n",
    );
    trial.holds("ipconfig", "   Autoconfiguration IPv4 Address. . : 169.254.");
    assert!(trial.seconds("ipconfig /renew") >= 60);
}

#[test]
fn nothing_to_renew() {
    let mut trial = Trial::cmd("SRV-1");
    let none =
        "\nWindows IP Configuration\n\nThe operation failed as no adapter is in the state permissible for \nthis operation.\n";
    trial.check("ipconfig /renew", false, none);
    trial.check("ipconfig /renew Nothing*", false, none);
    let mut trial = Trial::cmd("PC-01");
    trial.unplug("PC-01");
    trial.check(
        "ipconfig /renew Eth*",
        false,
        "\nWindows IP Configuration\n\nNo operation can be performed on Ethernet while it has its media disconnected.\n",
    );
    trial.holds("ipconfig /foo", "\nError: unrecognized or incomplete command line.\n\nUSAGE:\n");
}

#[test]
fn registering_needs_an_administrator() {
    let mut trial = Trial::cmd("PC-01");
    trial.holds("ipconfig /registerdns", "The requested operation requires elevation.\n");
    let mut trial = trial.elevated();
    trial.holds(
        "ipconfig /registerdns",
        "Registration of the DNS resource records for all adapters of this computer has been initiated.",
    );
}

#[test]
fn a_manual_address_and_back() {
    let mut trial = Trial::cmd("PC-01");
    let set = "netsh interface ip set address \"Ethernet\" static 10.44.10.200 255.255.255.0 10.44.10.1";
    trial.check(set, false, "The requested operation requires elevation (Run as administrator).\n\n");
    let mut trial = trial.elevated();
    trial.check(set, true, "\n");
    trial.holds("ipconfig", "   IPv4 Address. . . . . . . . . . . : 10.44.10.200\n");
    trial.holds(
        "netsh interface ip show config",
        "    DHCP enabled:                         No\n    IP Address:                           10.44.10.200\n",
    );
    trial.holds("ping -n 1 10.44.20.5", "Reply from 10.44.20.5: bytes=32");
    trial.check(
        "netsh int ip set address name=Ethernet static 10.44.10.999 255.255.255.0",
        false,
        "Invalid address parameter (10.44.10.999). It should be a valid IPv4 address.\n\n",
    );
    trial.check("netsh int ip set address name=Ethernet source=dhcp", true, "\n");
    trial.check("netsh int ip set address name=Ethernet source=dhcp", false, "DHCP is already enabled on this interface.\n\n");
    let interface = &trial.world.device(trial.id("PC-01")).stack.interfaces[0];
    assert!(interface.origin == Origin::Dhcp && interface.dhcp.lease.is_some());
}

#[test]
fn an_address_that_another_station_has() {
    let mut trial = Trial::cmd("PC-01").elevated();
    let other = trial.world.device(trial.id("PC-02")).stack.interfaces[0].addresses[0].ip;
    trial.text(&format!("netsh int ip set address name=Ethernet static {other} 255.255.255.0 10.44.10.1"));
    trial.holds("ipconfig /all", &format!("   IPv4 Address. . . . . . . . . . . : {other}(Duplicate)\n"));
}

#[test]
fn adapters_on_and_off() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check(
        "netsh interface show interface",
        true,
        "
Admin State    State          Type             Interface Name
-------------------------------------------------------------------------
Enabled        Connected      Dedicated        Ethernet

",
    );
    trial.check("netsh interface set interface \"Ethernet\" admin=disabled", true, "\n");
    trial.holds("netsh interface show interface", "Disabled       Disconnected   Dedicated        Ethernet\n");
    trial.check("ipconfig", true, "\nWindows IP Configuration\n\n");
    trial.check("netsh interface set interface name=Ethernet admin=enabled", true, "\n");
    trial.holds("ipconfig", "   IPv4 Address. . . . . . . . . . . : 10.44.10.");
}

#[test]
fn the_resets() {
    let mut trial = Trial::cmd("SRV-1");
    trial.check("netsh winsock reset", false, "The requested operation requires elevation (Run as administrator).\n\n");
    let mut trial = trial.elevated();
    trial.check(
        "netsh winsock reset",
        true,
        "\nSuccessfully reset the Winsock Catalog.\nYou must restart the computer in order to complete the reset.\n\n",
    );
    let windows = trial.world.device(trial.id("SRV-1")).windows().unwrap();
    assert!(windows.boot.restart_pending);
    trial.holds("netsh int ip reset", "Resetting Interface, OK!\n");
    assert!(trial.world.device(trial.id("SRV-1")).stack.interfaces[0].dhcp.enabled, "a reset throws static addresses away");
    trial.check("netsh frobnicate", false, "The following command was not found: frobnicate.\n");
}

#[test]
fn hardware_addresses() {
    let mut trial = Trial::cmd("PC-01");
    let mac = trial.world.device(trial.id("PC-01")).stack.interfaces[0].mac.hyphens_upper();
    let text = trial.text("getmac");
    let head = format!("\n{:<19} {:<58}\n{} {}\n{mac} ", "Physical Address", "Transport Name", "=".repeat(19), "=".repeat(58));
    assert!(text.starts_with(&head), "{text}");
    trial.unplug("PC-01");
    trial.holds("getmac", &format!("{mac:<19} {:<58}\n", "Media disconnected"));
    trial.check("getmac /z", false, "ERROR: Invalid argument/option - '/z'.\nType \"GETMAC /?\" for usage.\n");
}

#[test]
fn firewall_profiles_and_rules() {
    let mut trial = Trial::cmd("PC-01");
    trial.holds(
        "netsh advfirewall show currentprofile",
        "\nDomain Profile Settings: \n----------------------------------------------------------------------\nState                             \
         ON\nFirewall Policy                   BlockInbound,AllowOutbound\nOk.\n\n",
    );
    trial.check(
        "netsh advfirewall set allprofiles state off",
        false,
        "The requested operation requires elevation (Run as administrator).\n\n",
    );
    let mut trial = trial.elevated();
    trial.check("netsh advfirewall set allprofiles state off", true, "Ok.\n\n");
    trial.holds("netsh advfirewall show allprofiles state", "State                             OFF\n");
    trial.check(
        "netsh advfirewall firewall add rule name=\"Ledger\" dir=in action=allow protocol=TCP localport=8443",
        true,
        "Ok.\n\n",
    );
    trial.holds(
        "netsh advfirewall firewall show rule name=\"Ledger\"",
        "Enabled:                              Yes\nDirection:                            In\nProfiles:                             \
         Domain,Private,Public\n",
    );
    trial.check("netsh advfirewall firewall set rule name=Ledger new enable=no", true, "\nUpdated 1 rule(s).\nOk.\n\n");
    trial.check("netsh advfirewall firewall delete rule name=Ledger", true, "\nDeleted 1 rule(s).\nOk.\n\n");
    trial.check("netsh advfirewall firewall delete rule name=Ledger", false, "\nNo rules match the specified criteria.\n\n");
}
