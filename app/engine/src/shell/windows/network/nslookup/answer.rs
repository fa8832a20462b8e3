//! An answer as `nslookup` writes it.

use std::fmt::Write;
use std::net::Ipv4Addr;

use crate::net::dns::Answer;
use crate::world::server::{Record, RecordData, RecordType};

/// `asked` is the full name of the last question, `typed` what the person wrote.
pub fn write(
    answer: &Answer,
    asked: &str,
    typed: &str,
    kind: RecordType,
    address: Option<Ipv4Addr>,
    server: &str,
) -> (String, i32) {
    let cannot = |why: &str| (format!("*** {server} can't find {typed}: {why}\n"), 1);
    match answer {
        Answer::Records { records, authoritative } => {
            let mut text = if *authoritative { String::new() } else { "Non-authoritative answer:\n".to_owned() };
            match address {
                Some(address) => reverse(&mut text, records, address),
                None if kind == RecordType::A => addresses(&mut text, records, asked),
                None => records.iter().for_each(|(name, record)| other(&mut text, name, record)),
            }
            text.push('\n');
            (text, 0)
        }
        Answer::NoData { .. } => (format!("*** {}available for {typed}\n", no_records(kind)), 1),
        Answer::NxDomain { .. } => cannot("Non-existent domain"),
        Answer::ServFail => cannot("Server failed"),
        Answer::Refused => cannot("Query refused"),
        Answer::TimedOut => (format!("*** Request to {server} timed-out\n"), 1),
        Answer::PortUnreachable => cannot("No response from server"),
    }
}

fn no_records(kind: RecordType) -> String {
    let (words, letters) = match kind {
        RecordType::A => ("internal type for both IPv4 and IPv6 Addresses", "A+AAAA"),
        RecordType::Aaaa => ("IPv6 address", "AAAA"),
        RecordType::Cname => ("canonical name", "CNAME"),
        RecordType::Mx => ("mail exchange", "MX"),
        RecordType::Ptr => ("domain name pointer", "PTR"),
        RecordType::Srv => ("service location", "SRV"),
        RecordType::Txt => ("text", "TXT"),
        RecordType::Ns => ("name server", "NS"),
    };
    format!("No {words} ({letters}) records ")
}

/// The name that holds the addresses, the addresses, then the names that led there.
fn addresses(text: &mut String, records: &[(String, Record)], asked: &str) {
    let found: Vec<String> = records
        .iter()
        .filter_map(|(_, record)| match record.data {
            RecordData::A(ip) => Some(ip.to_string()),
            _ => None,
        })
        .collect();
    let aliases: Vec<&str> =
        records.iter().filter(|(_, record)| matches!(record.data, RecordData::Cname(_))).map(|(name, _)| name.as_str()).collect();
    let last = records.last().map_or(asked, |(name, _)| name.as_str());
    let _ = writeln!(text, "Name:    {last}");
    many(text, "Address", &found);
    if !aliases.is_empty() {
        let _ = writeln!(text, "Aliases:  {}", aliases.join("\n          "));
    }
}

/// `Address:  …` for one, `Addresses:  …` and the others below it for more.
fn many(text: &mut String, label: &str, values: &[String]) {
    match values {
        [] => {}
        [one] => {
            let _ = writeln!(text, "{label}:  {one}");
        }
        more => {
            let _ = writeln!(text, "{label}es:  {}", more.join("\n\t  "));
        }
    }
}

fn reverse(text: &mut String, records: &[(String, Record)], address: Ipv4Addr) {
    for (_, record) in records {
        if let RecordData::Ptr(name) = &record.data {
            let _ = writeln!(text, "Name:    {name}\nAddress:  {address}");
        }
    }
}

fn other(text: &mut String, name: &str, record: &Record) {
    let _ = match &record.data {
        RecordData::A(ip) => writeln!(text, "{name}\tinternet address = {ip}"),
        RecordData::Cname(target) => writeln!(text, "{name}\tcanonical name = {target}"),
        RecordData::Mx(preference, target) => {
            writeln!(text, "{name}\tMX preference = {preference}, mail exchanger = {target}")
        }
        RecordData::Ptr(target) => writeln!(text, "{name}\tname = {target}"),
        RecordData::Srv(priority, weight, port, target) => write!(
            text,
            "{name}\tSRV service location:\n          priority       = {priority}\n          weight         = {weight}\n          \
             port           = {port}\n          svr hostname   = {target}\n"
        ),
        RecordData::Txt(words) => write!(text, "{name}\ttext =\n\n\t\"{words}\"\n"),
        RecordData::Ns(target) => writeln!(text, "{name}\tnameserver = {target}"),
    };
}
