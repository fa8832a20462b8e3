//! Cmdlets of the network: `Get-NetAdapter`, `Test-NetConnection`, …

mod adapter;
mod address;
mod connection;
mod dns;
mod firewall;
mod tables;
mod web;

use super::{Answer, Call, Cmdlet, Failure, Parameter};
use crate::shell::Session;
use crate::shell::cmd::wildcard;
use crate::shell::windows::network::adapters::{self, Adapter};
use crate::world::World;

use super::Parameter as P;

pub const CMDLETS: &[Cmdlet] = &[
    Cmdlet { name: "Get-NetAdapter", parameters: ADAPTER, run: adapter::get },
    Cmdlet { name: "Enable-NetAdapter", parameters: ADAPTER, run: adapter::enable },
    Cmdlet { name: "Disable-NetAdapter", parameters: ADAPTER, run: adapter::disable },
    Cmdlet { name: "Restart-NetAdapter", parameters: ADAPTER, run: adapter::restart },
    Cmdlet { name: "Get-NetIPConfiguration", parameters: INTERFACE, run: address::configuration },
    Cmdlet { name: "Get-NetIPAddress", parameters: ADDRESS, run: address::get },
    Cmdlet { name: "New-NetIPAddress", parameters: ADDRESS, run: address::new },
    Cmdlet { name: "Remove-NetIPAddress", parameters: ADDRESS, run: address::remove },
    Cmdlet { name: "Set-NetIPInterface", parameters: SET_INTERFACE, run: address::set_interface },
    Cmdlet { name: "Get-NetRoute", parameters: ROUTE, run: tables::routes },
    Cmdlet { name: "Get-NetNeighbor", parameters: ROUTE, run: tables::neighbours },
    Cmdlet { name: "Get-NetTCPConnection", parameters: SOCKET, run: tables::sockets },
    Cmdlet { name: "Test-NetConnection", parameters: TEST, run: connection::test_net },
    Cmdlet { name: "Test-Connection", parameters: PING, run: connection::test },
    Cmdlet { name: "Resolve-DnsName", parameters: RESOLVE, run: dns::resolve },
    Cmdlet { name: "Clear-DnsClientCache", parameters: &[], run: dns::clear },
    Cmdlet { name: "Invoke-WebRequest", parameters: WEB, run: web::request },
    Cmdlet { name: "Get-DnsClientCache", parameters: &[P::positional("Entry")], run: dns::cache },
    Cmdlet { name: "Get-DnsClientServerAddress", parameters: INTERFACE, run: dns::servers },
    Cmdlet { name: "Set-DnsClientServerAddress", parameters: SERVERS, run: dns::set_servers },
    Cmdlet { name: "Get-NetConnectionProfile", parameters: INTERFACE, run: firewall::connection_profile },
    Cmdlet { name: "Set-NetConnectionProfile", parameters: CATEGORY, run: firewall::set_connection_profile },
    Cmdlet { name: "Get-NetFirewallProfile", parameters: PROFILE, run: firewall::profiles },
    Cmdlet { name: "Set-NetFirewallProfile", parameters: PROFILE, run: firewall::set_profiles },
    Cmdlet { name: "Get-NetFirewallRule", parameters: RULE, run: firewall::rules },
    Cmdlet { name: "Enable-NetFirewallRule", parameters: RULE, run: firewall::enable },
    Cmdlet { name: "Disable-NetFirewallRule", parameters: RULE, run: firewall::disable },
    Cmdlet { name: "Remove-NetFirewallRule", parameters: RULE, run: firewall::remove },
];

const ADAPTER: &[Parameter] = &[
    P::positional("Name"),
    P::named("InterfaceIndex"),
    P::named("InterfaceDescription"),
    P::switch("Physical"),
    P::switch("IncludeHidden"),
];
const INTERFACE: &[Parameter] = &[
    P::positional("InterfaceAlias"),
    P::named("InterfaceIndex"),
    P::named("AddressFamily"),
    P::switch("All"),
    P::switch("Detailed"),
];
const ADDRESS: &[Parameter] = &[
    P::positional("IPAddress"),
    P::named("InterfaceAlias"),
    P::named("InterfaceIndex"),
    P::named("PrefixLength"),
    P::named("DefaultGateway"),
    P::named("AddressFamily"),
    P::named("PrefixOrigin"),
];
const SET_INTERFACE: &[Parameter] = &[
    P::positional("InterfaceAlias"),
    P::named("InterfaceIndex"),
    P::named("AddressFamily"),
    P::named("Dhcp"),
    P::named("InterfaceMetric"),
    P::named("NlMtuBytes"),
];
const ROUTE: &[Parameter] = &[
    P::positional("DestinationPrefix"),
    P::named("InterfaceAlias"),
    P::named("InterfaceIndex"),
    P::named("AddressFamily"),
    P::named("IPAddress"),
];
const SOCKET: &[Parameter] = &[
    P::positional("LocalAddress"),
    P::positional("LocalPort"),
    P::named("RemotePort"),
    P::named("State"),
    P::named("OwningProcess"),
];
const TEST: &[Parameter] = &[
    P::positional("ComputerName"),
    P::positional("CommonTCPPort"),
    P::named("Port"),
    P::named("InformationLevel"),
    P::named("Hops"),
    P::switch("TraceRoute"),
    P::switch("DiagnoseRouting"),
];
const WEB: &[Parameter] =
    &[P::positional("Uri"), P::named("Method"), P::named("OutFile"), P::named("TimeoutSec"), P::switch("UseBasicParsing")];
const PING: &[Parameter] = &[
    P::positional("ComputerName"),
    P::named("Count"),
    P::named("BufferSize"),
    P::named("TimeToLive"),
    P::named("Delay"),
    P::named("Source"),
    P::switch("Quiet"),
];
const RESOLVE: &[Parameter] = &[
    P::positional("Name"),
    P::positional("Type"),
    P::named("Server"),
    P::switch("DnsOnly"),
    P::switch("NoHostsFile"),
    P::switch("CacheOnly"),
    P::switch("QuickTimeout"),
];
const SERVERS: &[Parameter] = &[
    P::positional("InterfaceAlias"),
    P::named("InterfaceIndex"),
    P::named("ServerAddresses"),
    P::switch("ResetServerAddresses"),
];
const CATEGORY: &[Parameter] =
    &[P::positional("Name"), P::named("InterfaceAlias"), P::named("InterfaceIndex"), P::named("NetworkCategory")];
const PROFILE: &[Parameter] = &[P::positional("Name"), P::positional("Profile"), P::named("Enabled"), P::switch("All")];
const RULE: &[Parameter] =
    &[P::positional("Name"), P::named("DisplayName"), P::named("Enabled"), P::named("Direction"), P::named("Action")];

/// The adapters that a call means: by name (with wildcards), by number, by what came through the pipeline, or all.
fn chosen(world: &World, session: &Session, call: &Call, parameter: &'static str, cmdlet: &str) -> Result<Vec<Adapter>, Failure> {
    let all = adapters::all(world, session.device);
    let mut names = call.list(parameter).to_vec();
    if names.is_empty() && call.piped {
        names = call.list_or_input("InterfaceAlias");
        if names.is_empty() {
            names = call.list_or_input("Name");
        }
    }
    if let Some(number) = call.text("InterfaceIndex") {
        let found: Vec<Adapter> = all.into_iter().filter(|adapter| number.parse() == Ok(adapter.number())).collect();
        return if found.is_empty() { Err(not_found(cmdlet, "InterfaceIndex", number)) } else { Ok(found) };
    }
    if names.is_empty() {
        return Ok(all);
    }
    let mut found = Vec::new();
    for name in names {
        let before = found.len();
        found.extend(all.iter().filter(|adapter| wildcard::matches(&name, &adapter.name)).cloned());
        if found.len() == before && !wildcard::is_pattern(&name) {
            return Err(not_found(cmdlet, parameter, &name));
        }
    }
    Ok(found)
}

/// The class behind a cmdlet of the CIM kind, which its errors name.
fn class(cmdlet: &str) -> &'static str {
    match cmdlet {
        "Get-NetIPAddress" | "New-NetIPAddress" | "Remove-NetIPAddress" => "MSFT_NetIPAddress",
        "Set-NetIPInterface" => "MSFT_NetIPInterface",
        "Get-DnsClientServerAddress" | "Set-DnsClientServerAddress" => "MSFT_DNSClientServerAddress",
        "Get-NetRoute" => "MSFT_NetRoute",
        "Get-NetNeighbor" => "MSFT_NetNeighbor",
        "Get-NetConnectionProfile" | "Set-NetConnectionProfile" => "MSFT_NetConnectionProfile",
        "Get-NetFirewallProfile" | "Set-NetFirewallProfile" => "MSFT_NetFirewallProfile",
        "Get-NetFirewallRule" | "Enable-NetFirewallRule" | "Disable-NetFirewallRule" | "Remove-NetFirewallRule" => {
            "MSFT_NetFirewallRule"
        }
        _ => "MSFT_NetAdapter",
    }
}

fn not_found(cmdlet: &str, property: &str, value: &str) -> Failure {
    let class = class(cmdlet);
    Failure::new(
        format!(
            "No {class} objects found with property '{property}' equal to '{value}'.  Verify the value of the property and retry."
        ),
        format!("ObjectNotFound: ({value}:String) [{cmdlet}], CimJobException"),
        format!("CmdletizationQuery_NotFound_{property},{cmdlet}"),
    )
}

/// What a change says in a shell that is not elevated.
fn denied(cmdlet: &str) -> Answer {
    let class = class(cmdlet);
    Answer::failed(Failure::new(
        "Access is denied. ",
        format!("PermissionDenied: ({class}:root/StandardCimv2/{class}) [{cmdlet}], CimException"),
        format!("Windows System Error 5,{cmdlet}"),
    ))
}

/// A value that the class does not take.
fn invalid(cmdlet: &str, message: &str) -> Answer {
    let class = class(cmdlet);
    Answer::failed(Failure::new(
        message,
        format!("InvalidArgument: ({class}:root/StandardCimv2/{class}) [{cmdlet}], CimException"),
        format!("Windows System Error 87,{cmdlet}"),
    ))
}

#[cfg(test)]
mod tests;
