//! `show running-config` and `show startup-config`: written from the state, in the order of IOS.

use crate::machine::power::configuration;
use crate::shell::Output;
use crate::shell::ios::access_list;
use crate::shell::ios::call::Call;
use crate::shell::ios::{configure, names};
use crate::world::interface::{Attach, Hop, Interface, Protocol};
use crate::world::network_device::{Ios, Saved};
use crate::world::port::{Duplex, Port, Speed, SwitchMode, SwitchPort};
use crate::world::server::Scope;
use std::fmt::Write;

pub fn running(call: &mut Call) -> Output {
    let saved = configuration::running(call.world, call.device);
    let Some(ios) = call.found().ios() else { return Output::ok("") };
    let body = text(&call.found().name, ios, &saved);
    Output::ok(format!("Building configuration...\n\nCurrent configuration : {} bytes\n!\n{body}", body.len()))
}

pub fn startup(call: &mut Call) -> Output {
    let Some(ios) = call.found().ios() else { return Output::ok("") };
    let Some(saved) = &ios.startup else { return Output::ok("startup-config is not present\n") };
    let body = text(&call.found().name, ios, saved);
    Output::ok(format!("Using {} out of 65536 bytes\n!\n{body}", body.len()))
}

pub fn running_interface(call: &mut Call) -> Output {
    let saved = configuration::running(call.world, call.device);
    let wanted = call.text(0);
    let block = blocks(&saved).into_iter().find(|(name, _)| name == wanted).map_or_else(String::new, |(_, block)| block);
    Output::ok(format!("Building configuration...\n\nCurrent configuration : {} bytes\n!\n{block}end\n\n", block.len()))
}

fn text(label: &str, ios: &Ios, saved: &Saved) -> String {
    let version = ios.version.split('(').next().unwrap_or("15.2");
    let host = if saved.hostname.is_empty() { label } else { &saved.hostname };
    let mut text = format!(
        "version {version}\nno service pad\nservice timestamps debug datetime msec\nservice timestamps log datetime msec\nno service \
         password-encryption\n!\nhostname {host}\n!\n"
    );
    if ios.enable_secret {
        text.push_str("enable secret 5 $1$hidden\n!\n");
    }
    text.push_str("no ip domain-lookup\n");
    if saved.switching.is_some() && saved.stack.forwarding {
        text.push_str("ip routing\n");
    }
    text.push_str(&dhcp(saved));
    text.push_str(&switching(saved));
    for (_, block) in blocks(saved) {
        text.push_str(&block);
        text.push_str("!\n");
    }
    text.push_str(&routing(saved));
    text.push_str(&filters(saved));
    if !ios.cdp {
        text.push_str("no cdp run\n");
    }
    if ios.lldp {
        text.push_str("lldp run\n");
    }
    text.push_str("!\nline con 0\nline vty 0 4\n transport preferred none\n!\nend\n\n");
    text
}

fn dhcp(saved: &Saved) -> String {
    let Some(server) = &saved.dhcp else { return String::new() };
    let mut text = String::new();
    let pair = |low, high| if low == high { format!("{low}") } else { format!("{low} {high}") };
    for (low, high) in &server.excluded {
        _ = writeln!(text, "ip dhcp excluded-address {}", pair(*low, *high));
    }
    for scope in &server.scopes {
        for (low, high) in configure::pool_exclusions(scope) {
            _ = writeln!(text, "ip dhcp excluded-address {}", pair(low, high));
        }
    }
    for scope in &server.scopes {
        text.push_str(&pool(scope));
    }
    text
}

fn pool(scope: &Scope) -> String {
    let mut text = format!("!\nip dhcp pool {}\n network {} {}\n", scope.name, scope.network.network(), scope.network.netmask());
    if let Some(router) = scope.router {
        _ = writeln!(text, " default-router {router} ");
    }
    if !scope.dns.is_empty() {
        let servers: Vec<_> = scope.dns.iter().map(ToString::to_string).collect();
        _ = writeln!(text, " dns-server {} ", servers.join(" "));
    }
    if !scope.domain.is_empty() {
        _ = writeln!(text, " domain-name {}", scope.domain);
    }
    let minutes = scope.lease.as_seconds() / 60;
    // One day is what a pool has without a word.
    if minutes != 1440 {
        let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let words = match (hours, minutes) {
            (0, 0) => format!("{days}"),
            (hours, 0) => format!("{days} {hours}"),
            (hours, minutes) => format!("{days} {hours} {minutes}"),
        };
        _ = writeln!(text, " lease {words}");
    }
    text
}

fn switching(saved: &Saved) -> String {
    let Some(switching) = &saved.switching else { return String::new() };
    let mut text = "!\n".to_owned();
    if switching.snooping {
        text.push_str("ip dhcp snooping\n");
    }
    if !switching.snooping_vlans.is_empty() {
        _ = writeln!(text, "ip dhcp snooping vlan {}", configure::list_text(&switching.snooping_vlans));
    }
    if switching.spanning_tree {
        text.push_str("spanning-tree mode pvst\nspanning-tree extend system-id\n!\n");
    } else {
        text.push_str("no spanning-tree vlan 1-4094\n!\n");
    }
    for (vlan, name) in switching.vlans.iter().filter(|(vlan, _)| vlan.0 != 1) {
        _ = writeln!(text, "vlan {}", vlan.0);
        if *name != configure::default_vlan_name(*vlan) {
            _ = writeln!(text, " name {name}");
        }
        text.push_str("!\n");
    }
    text
}

/// Every `interface` block with the model's name of it: loopbacks, ports with their subinterfaces, SVIs.
fn blocks(saved: &Saved) -> Vec<(String, String)> {
    let interfaces = &saved.stack.interfaces;
    let own = |interface: &Interface| (interface.name.clone(), logical(saved, interface));
    let mut found: Vec<_> = interfaces.iter().filter(|interface| interface.attach == Attach::Loopback).map(own).collect();
    for (at, port) in saved.ports.iter().enumerate() {
        let here = |attach: Attach| matches!(attach, Attach::Port(port) if usize::from(port.0) == at);
        let interface = interfaces.iter().find(|interface| here(interface.attach));
        found.push((port.name.clone(), port_block(saved, port, interface)));
        let below = |attach: Attach| matches!(attach, Attach::Sub(port, _) if usize::from(port.0) == at);
        found.extend(interfaces.iter().filter(|interface| below(interface.attach)).map(own));
    }
    found.extend(interfaces.iter().filter(|interface| matches!(interface.attach, Attach::Vlan(_))).map(own));
    found
}

fn logical(saved: &Saved, interface: &Interface) -> String {
    let mut text = format!("interface {}\n", names::long(&interface.name));
    if let Attach::Sub(_, vlan) = interface.attach
        && vlan.0 > 0
    {
        _ = writeln!(text, " encapsulation dot1Q {}", vlan.0);
    }
    text.push_str(&layer_three(saved, interface));
    if !interface.enabled {
        text.push_str(" shutdown\n");
    }
    text
}

fn layer_three(saved: &Saved, interface: &Interface) -> String {
    let mut text = String::new();
    match interface.addresses.first() {
        _ if interface.dhcp.enabled => text.push_str(" ip address dhcp\n"),
        None => text.push_str(" no ip address\n"),
        Some(own) => _ = writeln!(text, " ip address {} {}", own.ip, own.network().netmask()),
    }
    for (list, word) in [(interface.acl_in, "in"), (interface.acl_out, "out")] {
        if let Some(number) = list {
            _ = writeln!(text, " ip access-group {number} {word}");
        }
    }
    for helper in &interface.helpers {
        _ = writeln!(text, " ip helper-address {helper}");
    }
    if interface.mtu != 1500 {
        _ = writeln!(text, " ip mtu {}", interface.mtu);
    }
    let nat = &saved.stack.nat;
    let outside = nat.outside.and_then(|index| saved.stack.interfaces.get(usize::from(index.0)));
    if outside.is_some_and(|outside| outside.name == interface.name) {
        text.push_str(" ip nat outside\n");
    } else if interface.addresses.iter().any(|own| nat.inside.iter().any(|net| net.contains(&own.ip))) {
        text.push_str(" ip nat inside\n");
    }
    text
}

fn port_block(saved: &Saved, port: &Port, interface: Option<&Interface>) -> String {
    let mut text = format!("interface {}\n", names::long(&port.name));
    if !port.description.is_empty() {
        _ = writeln!(text, " description {}", port.description);
    }
    match (&port.switching, interface) {
        (Some(switching), _) => text.push_str(&switch_port(switching)),
        (None, Some(interface)) => text.push_str(&layer_three(saved, interface)),
        (None, None) => text.push_str(" no ip address\n"),
    }
    if port.poe.is_some_and(|poe| !poe.enabled) {
        text.push_str(" power inline never\n");
    }
    if let Speed::Fixed(speed) = port.speed {
        _ = writeln!(text, " speed {speed}");
    }
    match port.duplex {
        Duplex::Auto => {}
        Duplex::Full => text.push_str(" duplex full\n"),
        Duplex::Half => text.push_str(" duplex half\n"),
    }
    if !port.enabled || interface.is_some_and(|interface| !interface.enabled) {
        text.push_str(" shutdown\n");
    }
    text
}

fn switch_port(switching: &SwitchPort) -> String {
    let mut text = String::new();
    match &switching.mode {
        SwitchMode::Access(vlan) => {
            if vlan.0 != 1 {
                _ = writeln!(text, " switchport access vlan {}", vlan.0);
            }
            text.push_str(" switchport mode access\n");
        }
        SwitchMode::Trunk { native, allowed } => {
            if native.0 != 1 {
                _ = writeln!(text, " switchport trunk native vlan {}", native.0);
            }
            if let Some(allowed) = allowed {
                _ = writeln!(text, " switchport trunk allowed vlan {}", configure::list_text(allowed));
            }
            text.push_str(" switchport mode trunk\n");
        }
    }
    if let Some(voice) = switching.voice_vlan {
        _ = writeln!(text, " switchport voice vlan {}", voice.0);
    }
    if let Some(security) = &switching.port_security {
        if security.maximum != 1 {
            _ = writeln!(text, " switchport port-security maximum {}", security.maximum);
        }
        if security.sticky {
            text.push_str(" switchport port-security mac-address sticky\n");
            for mac in &security.learned {
                _ = writeln!(text, " switchport port-security mac-address sticky {}", mac.dotted());
            }
        }
        text.push_str(" switchport port-security\n");
    }
    if switching.portfast {
        text.push_str(" spanning-tree portfast\n");
    }
    if switching.bpdu_guard {
        text.push_str(" spanning-tree bpduguard enable\n");
    }
    if switching.snooping_trusted {
        text.push_str(" ip dhcp snooping trust\n");
    }
    text
}

fn routing(saved: &Saved) -> String {
    let stack = &saved.stack;
    let mut text = String::new();
    let name = |index: crate::world::InterfaceIndex| {
        stack.interfaces.get(usize::from(index.0)).map_or_else(String::new, |interface| names::long(&interface.name))
    };
    if let Some(gateway) = stack.interfaces.iter().find_map(|interface| interface.manual_gateway) {
        _ = writeln!(text, "ip default-gateway {gateway}");
    }
    if let Some(outside) = stack.nat.outside
        && !stack.nat.inside.is_empty()
    {
        _ = writeln!(text, "ip nat inside source list {} interface {} overload", configure::nat_list(stack), name(outside));
    }
    for forward in &stack.nat.forwards {
        let protocol = if forward.protocol == Protocol::Udp { "udp" } else { "tcp" };
        let outside = stack.nat.outside.map(&name).unwrap_or_default();
        _ = writeln!(
            text,
            "ip nat inside source static {protocol} {} {} interface {outside} {}",
            forward.to, forward.to_port, forward.outside_port
        );
    }
    for route in &stack.routes {
        let via = match route.via {
            Hop::Gateway(gateway) => gateway.to_string(),
            Hop::Interface(index) => name(index),
            Hop::Blackhole | Hop::Unreachable | Hop::Prohibit => "Null0".to_owned(),
        };
        let distance = if route.metric > 1 { format!(" {}", route.metric) } else { String::new() };
        _ = writeln!(text, "ip route {} {} {via}{distance}", route.to.network(), route.to.netmask());
    }
    if text.is_empty() { text } else { format!("{text}!\n") }
}

fn filters(saved: &Saved) -> String {
    let filter = &saved.stack.filter;
    let mut text = String::new();
    for (name, rules) in access_list::named(filter) {
        _ = writeln!(text, "ip access-list extended {name}");
        text.extend(rules.iter().map(|rule| format!(" {}\n", access_list::line(rule, false))));
    }
    let nat = configure::nat_list(&saved.stack);
    if !saved.stack.nat.inside.is_empty() && !filter.access_lists.contains_key(&nat) {
        for net in &saved.stack.nat.inside {
            _ = writeln!(text, "access-list {nat} permit {} {}", net.network(), net.hostmask());
        }
    }
    for (number, rules) in &filter.access_lists {
        let standard = access_list::is_standard(*number);
        text.extend(rules.iter().map(|rule| format!("access-list {number} {}\n", access_list::line(rule, standard))));
    }
    text
}
