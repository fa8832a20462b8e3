//! The services that Windows comes with: names, dependencies, start types and the programs they run in.
//!
//! Source: the services of Windows 11 24H2 and Windows Server 2022 as `sc qc` shows them. Only dependencies on other services of
//! this list are kept; drivers are not services here.

use crate::world::windows::{Service, ServiceState, StartType};

use StartType::{Automatic, AutomaticDelayed, Manual};

/// One service as it is installed.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub name: &'static str,
    pub display: &'static str,
    /// The program it runs in: `spoolsv.exe`. Those in `lsass.exe` share that one process; a `svchost.exe` is its own.
    pub image: &'static str,
    pub start: StartType,
    pub depends_on: &'static [&'static str],
    pub account: &'static str,
    /// What its process takes while it is idle.
    pub memory_kib: u32,
    pub on: On,
}

/// Which machines have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Every,
    Client,
    Laptop,
    /// Comes with a role of a server, under the name of its service.
    Role,
}

const SYSTEM: &str = "LocalSystem";
const LOCAL: &str = "NT AUTHORITY\\LocalService";
const NETWORK: &str = "NT AUTHORITY\\NetworkService";
const HOST: &str = "svchost.exe";

const fn entry(
    (name, display): (&'static str, &'static str),
    image: &'static str,
    start: StartType,
    depends_on: &'static [&'static str],
    account: &'static str,
    memory_kib: u32,
    on: On,
) -> Entry {
    Entry { name, display, image, start, depends_on, account, memory_kib, on }
}

/// In the order of their names.
pub const ALL: &[Entry] = &[
    entry(("AudioEndpointBuilder", "Windows Audio Endpoint Builder"), HOST, Automatic, &[], SYSTEM, 9_400, On::Client),
    entry(("Audiosrv", "Windows Audio"), HOST, Automatic, &["AudioEndpointBuilder", "RpcSs"], LOCAL, 14_200, On::Client),
    entry(("BFE", "Base Filtering Engine"), HOST, Automatic, &["RpcSs"], LOCAL, 18_300, On::Every),
    entry(("BITS", "Background Intelligent Transfer Service"), HOST, Manual, &["RpcSs"], SYSTEM, 12_100, On::Every),
    entry(("DHCPServer", "DHCP Server"), HOST, Automatic, &["RpcSs", "SamSs"], NETWORK, 21_700, On::Role),
    entry(("DNS", "DNS Server"), "dns.exe", Automatic, &["RpcSs"], SYSTEM, 128_400, On::Role),
    entry(("DcomLaunch", "DCOM Server Process Launcher"), HOST, Automatic, &[], SYSTEM, 25_600, On::Every),
    entry(("Dhcp", "DHCP Client"), HOST, Automatic, &[], LOCAL, 11_300, On::Every),
    entry(("Dnscache", "DNS Client"), HOST, Automatic, &[], NETWORK, 10_200, On::Every),
    entry(("EventLog", "Windows Event Log"), HOST, Automatic, &[], LOCAL, 19_800, On::Every),
    entry(("Kdc", "Kerberos Key Distribution Center"), "lsass.exe", Automatic, &["RpcSs"], SYSTEM, 0, On::Role),
    entry(("LanmanServer", "Server"), HOST, Automatic, &["SamSs"], SYSTEM, 9_900, On::Every),
    entry(("LanmanWorkstation", "Workstation"), HOST, Automatic, &[], NETWORK, 8_700, On::Every),
    entry(("MailTransport", "Mail Transport"), "MailTransport.exe", Automatic, &["EventLog"], SYSTEM, 64_600, On::Role),
    entry(("NTDS", "Active Directory Domain Services"), "lsass.exe", Automatic, &["RpcSs"], SYSTEM, 0, On::Role),
    entry(("Netlogon", "Netlogon"), "lsass.exe", Manual, &["LanmanWorkstation"], SYSTEM, 0, On::Every),
    entry(("ProfSvc", "User Profile Service"), HOST, Automatic, &["RpcSs"], SYSTEM, 8_900, On::Every),
    entry(("RpcSs", "Remote Procedure Call (RPC)"), HOST, Automatic, &["DcomLaunch"], NETWORK, 15_900, On::Every),
    entry(("SamSs", "Security Accounts Manager"), "lsass.exe", Automatic, &["RpcSs"], SYSTEM, 0, On::Every),
    entry(("Schedule", "Task Scheduler"), HOST, Automatic, &["RpcSs"], SYSTEM, 16_200, On::Every),
    entry(("Spooler", "Print Spooler"), "spoolsv.exe", Automatic, &["RpcSs"], SYSTEM, 17_400, On::Every),
    entry(("TermService", "Remote Desktop Services"), HOST, Manual, &["RpcSs"], NETWORK, 27_300, On::Every),
    entry(("TrustedInstaller", "Windows Modules Installer"), "TrustedInstaller.exe", Manual, &[], SYSTEM, 8_100, On::Every),
    entry(("VSS", "Volume Shadow Copy"), "VSSVC.exe", Manual, &["RpcSs"], SYSTEM, 9_700, On::Every),
    entry(("W32Time", "Windows Time"), HOST, Automatic, &[], LOCAL, 7_600, On::Every),
    entry(("W3SVC", "World Wide Web Publishing Service"), HOST, Automatic, &["RpcSs"], SYSTEM, 33_500, On::Role),
    entry(("WSearch", "Windows Search"), "SearchIndexer.exe", AutomaticDelayed, &["RpcSs"], SYSTEM, 46_800, On::Client),
    entry(
        ("WinDefend", "Microsoft Defender Antivirus Service"),
        "MsMpEng.exe",
        Automatic,
        &["RpcSs"],
        SYSTEM,
        214_000,
        On::Every,
    ),
    entry(("Winmgmt", "Windows Management Instrumentation"), HOST, Automatic, &["RpcSs"], SYSTEM, 18_800, On::Every),
    entry(("WlanSvc", "WLAN AutoConfig"), HOST, Automatic, &["RpcSs"], SYSTEM, 15_100, On::Laptop),
    entry(("bthserv", "Bluetooth Support Service"), HOST, Manual, &["RpcSs"], LOCAL, 7_900, On::Laptop),
    entry(("gpsvc", "Group Policy Client"), HOST, Automatic, &["RpcSs"], SYSTEM, 12_600, On::Every),
    entry(("mpssvc", "Windows Defender Firewall"), HOST, Automatic, &["BFE"], LOCAL, 22_400, On::Every),
    entry(("wbengine", "Block Level Backup Engine Service"), "wbengine.exe", Manual, &[], SYSTEM, 11_900, On::Role),
    entry(("wuauserv", "Windows Update"), HOST, Manual, &["RpcSs"], SYSTEM, 28_700, On::Every),
];

/// Upper and lower case are the same, as for Windows.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    ALL.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
}

/// The program a service runs in; one that did not come with Windows has a program of its own name.
#[must_use]
pub fn image(name: &str) -> String {
    find(name).map_or_else(|| format!("{name}.exe"), |entry| entry.image.to_owned())
}

/// The service as it stands in a machine that has just been set up and started.
#[must_use]
pub fn install(entry: &Entry, pid: u32) -> Service {
    /// Windows error 1077: it was not started since the machine was.
    const NEVER_STARTED: u32 = 1077;
    let runs = entry.start != Manual;
    Service {
        display: entry.display.to_owned(),
        state: if runs { ServiceState::Running } else { ServiceState::Stopped },
        start: entry.start,
        depends_on: entry.depends_on.iter().map(|name| (*name).to_owned()).collect(),
        account: entry.account.to_owned(),
        pid: if runs { pid } else { 0 },
        exit_code: if runs { 0 } else { NEVER_STARTED },
        restarts_on_failure: matches!(entry.name, "Spooler" | "WSearch" | "WinDefend" | "DNS" | "DHCPServer" | "Winmgmt"),
        broken: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_every_dependency_is_a_service() {
        for pair in ALL.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} {}", pair[0].name, pair[1].name);
        }
        for entry in ALL {
            for needed in entry.depends_on {
                assert!(find(needed).is_some_and(|found| found.name == *needed), "{} needs {needed}", entry.name);
            }
        }
    }
}
