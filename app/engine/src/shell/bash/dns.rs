//! `dig`, `host`, `nslookup`: questions to name servers, past the hosts file and without suffixes.

mod dig;
mod host;
mod nslookup;
#[cfg(test)]
mod tests;
mod trace;

use std::net::Ipv4Addr;

use super::call::Call;
use super::{Command, command};
use crate::net::dns::{self, Answer};
use crate::time::Span;
use crate::world::server::{Record, RecordData, RecordType};

pub use nslookup::line;

pub const COMMANDS: &[Command] = &[
    command("dig", "bind9-dnsutils", dig::dig),
    command("host", "bind9-host", host::host),
    command("nslookup", "bind9-dnsutils", nslookup::nslookup),
];

fn kind(text: &str) -> Option<RecordType> {
    dns::text::parse_type(text)
}

fn word(kind: RecordType) -> &'static str {
    dns::text::type_name(kind)
}

fn data(record: &Record) -> String {
    match &record.data {
        RecordData::A(ip) => ip.to_string(),
        RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => format!("{name}."),
        RecordData::Mx(preference, name) => format!("{preference} {name}."),
        RecordData::Srv(priority, weight, port, target) => format!("{priority} {weight} {port} {target}."),
        RecordData::Txt(text) => format!("\"{text}\""),
    }
}

/// The server that tools ask: systemd-resolved's stub where it runs, else the first one. The stub's own questions go to the
/// servers in force.
fn server(call: &Call<'_>) -> (Ipv4Addr, Vec<Ipv4Addr>) {
    let real = dns::servers(call.world, call.session.device);
    let stub = crate::machine::runs(call.world, call.session.device, "systemd-resolved.service");
    let uses_stub = call.linux().units.contains_key("systemd-resolved.service");
    if uses_stub {
        // Without the stub nothing listens on 127.0.0.53.
        return (Ipv4Addr::new(127, 0, 0, 53), if stub { real } else { Vec::new() });
    }
    (real.first().copied().unwrap_or(Ipv4Addr::LOCALHOST), real)
}

/// What a question brought: who is shown as having answered, what, and after how many microseconds.
struct Asked {
    server: Ipv4Addr,
    answer: Answer,
    micros: u32,
}

/// Asks the servers in order until one answers; the stub turns silence into SERVFAIL.
fn ask(call: &mut Call<'_>, given: Option<Ipv4Addr>, name: &str, kind: RecordType) -> Asked {
    if let Some(server) = given {
        return ask_one(call, server, name, kind);
    }
    let (shown, real) = server(call);
    let stub = shown.is_loopback();
    if stub && real.is_empty() {
        let runs = crate::machine::runs(call.world, call.session.device, "systemd-resolved.service");
        let answer = if runs { Answer::ServFail } else { Answer::PortUnreachable };
        return Asked { server: shown, answer, micros: 0 };
    }
    let mut asked = Asked { server: shown, answer: Answer::TimedOut, micros: 0 };
    for server in real {
        let one = ask_one(call, server, name, kind);
        (asked.answer, asked.micros) = (one.answer, asked.micros.saturating_add(one.micros));
        if !asked.answer.is_failure() {
            break;
        }
    }
    if stub && asked.answer.is_failure() {
        asked.answer = Answer::ServFail;
    }
    asked
}

/// One server; dig waits five seconds for it, three times.
fn ask_one(call: &mut Call<'_>, server: Ipv4Addr, name: &str, kind: RecordType) -> Asked {
    let (answer, micros) = dns::query_timed(call.world, call.session.device, server, name, kind);
    if answer == Answer::TimedOut {
        call.world.wait(Span::seconds(15));
    }
    Asked { server, answer, micros }
}

/// A server as people name it: by its address, or by a name that the system's resolver finds.
fn resolved(call: &mut Call<'_>, name: &str) -> Option<Ipv4Addr> {
    match dns::resolve(call.world, call.session.device, name) {
        dns::Resolution::Address(address) => Some(address),
        _ => None,
    }
}

/// What all three say of a server that does not answer, once for each try: dig and nslookup try three times, host twice.
fn no_answer(server: Ipv4Addr, answer: &Answer, tries: usize) -> Option<String> {
    let why = match answer {
        Answer::TimedOut => "timed out",
        Answer::PortUnreachable => "connection refused",
        _ => return None,
    };
    Some(format!(";; communications error to {server}#53: {why}\n").repeat(tries))
}

/// dig's and nslookup's (resolv.conf(5) has two, BIND's tools one more).
const TRIES: usize = 3;

/// An address becomes the question for its name.
fn question(name: &str) -> (String, RecordType) {
    match name.parse::<Ipv4Addr>() {
        Ok(address) => (dns::reverse_name(address), RecordType::Ptr),
        Err(_) => (dns::normal(name), RecordType::A),
    }
}
