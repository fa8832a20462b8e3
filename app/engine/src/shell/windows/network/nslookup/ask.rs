//! Asking the server, and who the server is.

use std::net::Ipv4Addr;

use super::answer;
use crate::net::dns::{Answer, query};
use crate::shell::windows::network::adapters;
use crate::time::Span;
use crate::world::server::{RecordData, RecordType};
use crate::world::{DeviceId, World};

/// The server as it is introduced above an answer.
pub struct Introduced {
    pub name: String,
    /// The lines, with an empty one after them.
    pub block: String,
}

const TIMED_OUT: &str = "DNS request timed out.\n    timeout was 2 seconds.\n";
const TIMEOUT: Span = Span::seconds(2);

/// `Server:` and `Address:`. The name is `UnKnown` where the server's own address has no PTR record, which is no fault of the
/// answer below it.
pub fn server_block(world: &mut World, device: DeviceId, server: Option<Ipv4Addr>) -> Introduced {
    introduce(world, device, server, "Server:  ")
}

/// What the open program says first: `Default Server:`.
pub fn greeting(world: &mut World, device: DeviceId, server: Option<Ipv4Addr>) -> String {
    introduce(world, device, server, "Default Server:  ").block
}

fn introduce(world: &mut World, device: DeviceId, server: Option<Ipv4Addr>, label: &str) -> Introduced {
    let Some(server) = server else {
        // Windows falls back to the loopback address when no server is configured.
        let name = "UnKnown".to_owned();
        return Introduced { block: format!("{label}{name}\nAddress:  127.0.0.1\n\n"), name };
    };
    let mut before = String::new();
    let name = match query(world, device, server, &reverse(server), RecordType::Ptr) {
        Answer::Records { records, .. } => records.into_iter().find_map(|(_, record)| match record.data {
            RecordData::Ptr(name) => Some(name),
            _ => None,
        }),
        Answer::TimedOut => {
            world.wait(TIMEOUT);
            before.push_str(TIMED_OUT);
            None
        }
        _ => None,
    }
    .unwrap_or_else(|| "UnKnown".to_owned());
    Introduced { block: format!("{before}{label}{name}\nAddress:  {server}\n\n"), name }
}

/// `5.0.0.10.in-addr.arpa` (RFC 1035, section 3.5).
#[must_use]
pub fn reverse(address: Ipv4Addr) -> String {
    let [a, b, c, d] = address.octets();
    format!("{d}.{c}.{b}.{a}.in-addr.arpa")
}

/// Asks for the name and writes the answer; the number is the exit code.
pub fn lookup(
    world: &mut World,
    device: DeviceId,
    server: Option<Ipv4Addr>,
    name: &str,
    kind: RecordType,
    server_name: &str,
) -> (String, i32) {
    let Some(server) = server else {
        return (format!("*** {server_name} can't find {name}: No response from server\n"), 1);
    };
    let address = name.parse::<Ipv4Addr>().ok();
    let kind = if address.is_some() { RecordType::Ptr } else { kind };
    let candidates = address.map_or_else(|| candidates(world, device, name), |address| vec![reverse(address)]);
    let mut text = String::new();
    let mut last = (name.trim_end_matches('.').to_owned(), Answer::TimedOut);
    for candidate in candidates {
        let answer = query(world, device, server, &candidate, kind);
        let goes_on = matches!(answer, Answer::NxDomain { .. } | Answer::TimedOut);
        if answer == Answer::TimedOut {
            time_out(world, kind, &mut text);
        }
        last = (candidate, answer);
        if !goes_on {
            break;
        }
    }
    let (asked, answer) = last;
    let (written, exit) = answer::write(&answer, &asked, name, kind, address, server_name);
    text.push_str(&written);
    (text, exit)
}

/// A name of one word gets the suffixes first, then stands alone; one with a dot is asked as it is.
fn candidates(world: &World, device: DeviceId, name: &str) -> Vec<String> {
    if let Some(absolute) = name.strip_suffix('.') {
        return vec![absolute.to_owned()];
    }
    let mut found: Vec<String> = Vec::new();
    if !name.contains('.') {
        found.extend(adapters::suffixes(world, device).iter().map(|suffix| format!("{name}.{suffix}")));
    }
    found.push(name.to_owned());
    found
}

/// Addresses are asked for twice, as IPv4 and as IPv6.
fn time_out(world: &mut World, kind: RecordType, text: &mut String) {
    for _ in 0..if kind == RecordType::A { 2 } else { 1 } {
        world.wait(TIMEOUT);
        text.push_str(TIMED_OUT);
    }
}
