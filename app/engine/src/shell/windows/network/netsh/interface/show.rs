//! What `netsh interface … show …` prints.

use std::fmt::Write;

use super::super::tag;
use crate::shell::Output;
use crate::shell::windows::network::adapters::{self, Adapter};
use crate::shell::windows::network::arguments::mask_of;
use crate::world::{DeviceId, World};

pub fn interfaces(world: &World, device: DeviceId) -> String {
    let mut text = "\nAdmin State    State          Type             Interface Name\n".to_owned();
    text.push_str("-------------------------------------------------------------------------\n");
    for adapter in adapters::all(world, device) {
        let admin = if adapter.enabled { "Enabled" } else { "Disabled" };
        let state = if adapter.connected { "Connected" } else { "Disconnected" };
        let _ = writeln!(text, "{admin:<15}{state:<15}{:<17}{}", "Dedicated", adapter.name);
    }
    text.push('\n');
    text
}

/// `netsh interface ipv4 show interfaces`.
pub fn numbers(world: &World, device: DeviceId) -> String {
    let mut text = "\nIdx     Met         MTU          State                Name\n".to_owned();
    text.push_str("---  ----------  ----------  ------------  ---------------------------\n");
    let mut row = |number: u32, metric: u32, mtu: u32, state: &str, name: &str| {
        let _ = writeln!(text, "{number:>3}{metric:>12}{mtu:>12}  {state:<12}  {name}");
    };
    row(1, 75, u32::MAX, "connected", "Loopback Pseudo-Interface 1");
    for adapter in adapters::enabled(world, device) {
        let state = if adapter.connected { "connected" } else { "disconnected" };
        row(adapter.number(), adapter.metric, adapter.mtu.into(), state, &adapter.name);
    }
    text.push('\n');
    text
}

pub fn subinterfaces(world: &World, device: DeviceId) -> String {
    let mut text = "\n   MTU  MediaSenseState   Bytes In  Bytes Out  Interface\n".to_owned();
    text.push_str("------  ---------------  ---------  ---------  -------------\n");
    for adapter in adapters::enabled(world, device) {
        let counters = adapter
            .port
            .and_then(|place| world.device(device).ports.get(usize::from(place.port.0)))
            .map(|port| port.counters)
            .unwrap_or_default();
        let sense = if adapter.connected { 1 } else { 5 };
        let _ = writeln!(
            text,
            "{:>6}  {sense:>15}  {:>9}  {:>9}  {}",
            adapter.mtu, counters.bytes_in, counters.bytes_out, adapter.name
        );
    }
    text.push('\n');
    text
}

/// One block for each adapter, or for the one that was named.
pub fn of(world: &World, device: DeviceId, words: &[&str], block: fn(&mut String, &Adapter)) -> Output {
    let name = tag(words, "name").or_else(|| words.first().copied().map(|word| word.trim_matches('"')));
    let chosen: Vec<Adapter> = adapters::enabled(world, device)
        .into_iter()
        .filter(|adapter| name.is_none_or(|name| adapter.name.eq_ignore_ascii_case(name)))
        .collect();
    if chosen.is_empty() {
        return Output::failed(1, super::BAD_SYNTAX);
    }
    let mut text = String::new();
    for adapter in &chosen {
        let _ = writeln!(text, "\nConfiguration for interface \"{}\"", adapter.name);
        block(&mut text, adapter);
    }
    text.push('\n');
    Output::ok(text)
}

/// Values stand in column 43.
fn row(text: &mut String, label: &str, value: &str) {
    let _ = writeln!(text, "    {label:<38}{value}");
}

pub fn addresses(text: &mut String, adapter: &Adapter) {
    row(text, "DHCP enabled:", if adapter.dhcp { "Yes" } else { "No" });
    for address in adapter.live_addresses() {
        row(text, "IP Address:", &address.ip.to_string());
        let prefix = format!("{} (mask {})", address.network(), mask_of(address.prefix));
        row(text, "Subnet Prefix:", &prefix);
    }
    if let Some(gateway) = adapter.gateway {
        row(text, "Default Gateway:", &gateway.to_string());
        row(text, "Gateway Metric:", if adapter.lease.is_some() { "0" } else { "1" });
    }
    row(text, "InterfaceMetric:", &adapter.metric.to_string());
}

pub fn dns(text: &mut String, adapter: &Adapter) {
    let label = if adapter.dns_is_manual || !adapter.dhcp {
        "Statically Configured DNS Servers:"
    } else {
        "DNS servers configured through DHCP:"
    };
    let none = ["None".to_owned()];
    let servers: Vec<String> = adapter.dns.iter().map(ToString::to_string).collect();
    let shown = if servers.is_empty() { &none[..] } else { &servers };
    for (at, server) in shown.iter().enumerate() {
        row(text, if at == 0 { label } else { "" }, server);
    }
    row(text, "Register with which suffix:", "Primary only");
}

pub fn config(text: &mut String, adapter: &Adapter) {
    addresses(text, adapter);
    dns(text, adapter);
}
