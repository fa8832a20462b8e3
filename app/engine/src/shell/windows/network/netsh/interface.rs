//! `netsh interface`: adapters on and off, addresses, DNS servers, MTU.

mod show;

use std::net::Ipv4Addr;

use super::{NEEDS_ELEVATION, not_found, reset, tag};
use crate::shell::windows::network::adapters::{self, Adapter, change};
use crate::shell::windows::network::arguments::prefix_of;
use crate::shell::{Output, Session};
use crate::world::{DeviceId, World};

pub fn run(world: &mut World, session: &Session, verbs: &[&str], words: &[&str]) -> Output {
    match verbs {
        ["show", "interface" | "interfaces"] => Output::ok(show::interfaces(world, session.device)),
        ["set", "interface", ..] => set_interface(world, session, words.get(2..).unwrap_or_default()),
        ["ip" | "ipv4", rest @ ..] => ipv4(world, session, rest, words.get(1..).unwrap_or_default()),
        ["ipv6" | "6to4" | "tcp" | "portproxy" | "teredo" | "isatap" | "httpstunnel" | "udp" | "dump" | "add" | "delete", ..] => {
            Output::not_modelled(world, &format!("netsh interface {}", words.join(" ")))
        }
        _ => not_found(&format!("interface {}", words.join(" "))),
    }
}

fn ipv4(world: &mut World, session: &Session, verbs: &[&str], words: &[&str]) -> Output {
    let rest = words.get(2..).unwrap_or_default();
    match verbs {
        ["reset", ..] => reset::stack(world, session),
        ["show", "config" | "configuration", ..] => show::of(world, session.device, rest, show::config),
        ["show", "address" | "addresses" | "ipaddresses", ..] => show::of(world, session.device, rest, show::addresses),
        ["show", "dns" | "dnsservers", ..] => show::of(world, session.device, rest, show::dns),
        ["show", "interface" | "interfaces"] => Output::ok(show::numbers(world, session.device)),
        ["show", "subinterface" | "subinterfaces"] => Output::ok(show::subinterfaces(world, session.device)),
        ["set", "address", ..] => set_address(world, session, rest),
        ["set", "dns" | "dnsserver" | "dnsservers", ..] => set_dns(world, session, rest),
        ["add", "dns" | "dnsserver" | "dnsservers", ..] => add_dns(world, session, rest),
        ["delete", "dns" | "dnsserver" | "dnsservers", ..] => delete_dns(world, session, rest),
        ["set", "subinterface", ..] => set_mtu(world, session, rest),
        ["show" | "set" | "add" | "delete" | "install" | "uninstall" | "dump", ..] => {
            Output::not_modelled(world, &format!("netsh interface ip {}", words.join(" ")))
        }
        _ => not_found(&format!("interface ip {}", words.join(" "))),
    }
}

/// Asks for a lease on every adapter that wants one.
pub fn ask_for_leases(world: &mut World, device: DeviceId) {
    for adapter in adapters::enabled(world, device) {
        change::ask(world, device, adapter.interface);
    }
}

const BAD_SYNTAX: &str = "The filename, directory name, or volume label syntax is incorrect.\n\n";

/// Values with their tags, or in the order in which the command has them.
struct Values<'a> {
    plain: Vec<&'a str>,
    words: &'a [&'a str],
}

impl<'a> Values<'a> {
    fn new(words: &'a [&'a str]) -> Self {
        let plain = words.iter().filter(|word| !word.contains('=')).map(|word| word.trim_matches('"')).collect();
        Self { plain, words }
    }

    /// By one of its tags, or the next of those without.
    fn take(&mut self, tags: &[&str]) -> Option<&'a str> {
        if let Some(value) = tags.iter().find_map(|name| tag(self.words, name)) {
            return Some(value);
        }
        (!self.plain.is_empty()).then(|| self.plain.remove(0))
    }
}

/// The adapter by its name or number, and whether the session may change it.
fn target(world: &World, session: &Session, name: Option<&str>) -> Result<Adapter, Output> {
    if !session.elevated {
        return Err(Output::failed(1, NEEDS_ELEVATION));
    }
    let all = adapters::all(world, session.device);
    let found = all
        .into_iter()
        .find(|adapter| name.is_some_and(|name| adapter.name.eq_ignore_ascii_case(name) || name.parse() == Ok(adapter.number())));
    found.ok_or_else(|| Output::failed(1, BAD_SYNTAX))
}

fn set_interface(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let mut values = Values::new(words);
    let name = values.take(&["name"]);
    let adapter = match target(world, session, name) {
        Ok(adapter) => adapter,
        Err(output) => return output,
    };
    match values.take(&["admin"]).map(str::to_lowercase).as_deref() {
        Some("enabled" | "enable") => change::set_enabled(world, session.device, &adapter, true),
        Some("disabled" | "disable") => change::set_enabled(world, session.device, &adapter, false),
        _ => return Output::not_modelled(world, &format!("netsh interface set interface {}", words.join(" "))),
    }
    Output::ok("\n")
}

fn set_address(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let mut values = Values::new(words);
    let name = values.take(&["name"]);
    let adapter = match target(world, session, name) {
        Ok(adapter) => adapter,
        Err(output) => return output,
    };
    let source = values.take(&["source"]).map(str::to_lowercase);
    match source.as_deref() {
        Some("dhcp") if adapter.dhcp => {
            return Output::failed(1, "DHCP is already enabled on this interface.\n\n");
        }
        Some("dhcp") => {
            change::set_automatic(world, session.device, adapter.interface);
            return Output::ok("\n");
        }
        Some("static") => {}
        _ => return Output::failed(1, BAD_SYNTAX),
    }
    let address = values.take(&["address", "addr"]);
    let mask = values.take(&["mask"]);
    let gateway = values.take(&["gateway"]).filter(|text| !text.eq_ignore_ascii_case("none"));
    let invalid = |what: &str, text: &str| {
        Output::failed(1, format!("Invalid {what} parameter ({text}). It should be a valid IPv4 {what}.\n\n"))
    };
    let Some(ip) = address.and_then(|text| text.parse::<Ipv4Addr>().ok()) else {
        return invalid("address", address.unwrap_or_default());
    };
    let Some(prefix) = mask.unwrap_or("255.255.255.0").parse().ok().and_then(prefix_of) else {
        return invalid("mask", mask.unwrap_or_default());
    };
    let parsed = gateway.map(str::parse::<Ipv4Addr>);
    let Some(router) = parsed.map_or(Some(None), |parsed| parsed.ok().map(Some)) else {
        return invalid("gateway", gateway.unwrap_or_default());
    };
    match change::check_address(ip, prefix, router) {
        Err(why) => Output::failed(1, format!("{why}\n\n")),
        Ok(address) => {
            change::set_manual(world, session.device, adapter.interface, address, router);
            Output::ok("\n")
        }
    }
}

const NOT_A_SERVER: &str = "The configured DNS server is incorrect or does not exist.\n\n";

fn set_dns(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let mut values = Values::new(words);
    let name = values.take(&["name"]);
    let adapter = match target(world, session, name) {
        Ok(adapter) => adapter,
        Err(output) => return output,
    };
    match values.take(&["source"]).map(str::to_lowercase).as_deref() {
        Some("dhcp") => change::set_dns(world, session.device, adapter.interface, Vec::new()),
        Some("static") => match values.take(&["address", "addr"]) {
            Some(text) if text.eq_ignore_ascii_case("none") => {
                change::set_dns(world, session.device, adapter.interface, Vec::new());
            }
            text => {
                let Some(server) = text.and_then(|text| text.parse().ok()) else { return Output::failed(1, BAD_SYNTAX) };
                change::set_dns(world, session.device, adapter.interface, vec![server]);
                let check = !tag(words, "validate").is_some_and(|value| value.eq_ignore_ascii_case("no"));
                if check && !answers(world, session.device, server) {
                    return Output::failed(1, NOT_A_SERVER);
                }
            }
        },
        _ => return Output::failed(1, BAD_SYNTAX),
    }
    Output::ok("\n")
}

/// `netsh` tries a server that it was given; a wrong one is kept all the same.
fn answers(world: &mut World, device: DeviceId, server: Ipv4Addr) -> bool {
    use crate::net::dns::{Answer, query};
    use crate::world::server::RecordType;
    let name = adapters::full_name(world, device);
    !matches!(query(world, device, server, &name, RecordType::A), Answer::TimedOut | Answer::PortUnreachable)
}

fn add_dns(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let mut values = Values::new(words);
    let name = values.take(&["name"]);
    let adapter = match target(world, session, name) {
        Ok(adapter) => adapter,
        Err(output) => return output,
    };
    let Some(server) = values.take(&["address", "addr"]).and_then(|text| text.parse::<Ipv4Addr>().ok()) else {
        return Output::failed(1, BAD_SYNTAX);
    };
    let mut servers = if adapter.dns_is_manual { adapter.dns.clone() } else { Vec::new() };
    if servers.contains(&server) {
        return Output::failed(1, "The object already exists.\n\n");
    }
    let at = values.take(&["index"]).and_then(|text| text.parse::<usize>().ok()).unwrap_or(usize::MAX);
    servers.insert(at.saturating_sub(1).min(servers.len()), server);
    change::set_dns(world, session.device, adapter.interface, servers);
    if answers(world, session.device, server) { Output::ok("\n") } else { Output::failed(1, NOT_A_SERVER) }
}

fn delete_dns(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let mut values = Values::new(words);
    let name = values.take(&["name"]);
    let adapter = match target(world, session, name) {
        Ok(adapter) => adapter,
        Err(output) => return output,
    };
    let mut servers = if adapter.dns_is_manual { adapter.dns.clone() } else { Vec::new() };
    match values.take(&["address", "addr"]) {
        Some(text) if text.eq_ignore_ascii_case("all") => servers.clear(),
        text => {
            let before = servers.len();
            servers.retain(|server| text.and_then(|text| text.parse().ok()) != Some(*server));
            if servers.len() == before {
                return Output::failed(1, "The system cannot find the file specified.\n\n");
            }
        }
    }
    change::set_dns(world, session.device, adapter.interface, servers);
    Output::ok("\n")
}

fn set_mtu(world: &mut World, session: &Session, words: &[&str]) -> Output {
    /// RFC 791: every host takes 576; Windows lets nobody go below.
    const LEAST: u16 = 576;
    let mut values = Values::new(words);
    let name = values.take(&["interface", "name"]);
    let adapter = match target(world, session, name) {
        Ok(adapter) => adapter,
        Err(output) => return output,
    };
    let mtu = values.take(&["mtu"]).and_then(|text| text.parse::<u16>().ok()).filter(|mtu| *mtu >= LEAST);
    let Some(mtu) = mtu else { return Output::failed(1, "The parameter is incorrect.\n\n") };
    if let Some(interface) = world.device_mut(session.device).stack.interfaces.get_mut(usize::from(adapter.interface.0)) {
        interface.mtu = mtu;
    }
    Output::ok("Ok.\n\n")
}
