//! `/flushdns` and `/displaydns`: the DNS client's cache.

use std::fmt::Write;

use super::TITLE;
use crate::machine;
use crate::net::dns::text::type_name;
use crate::shell::Output;
use crate::world::server::{Record, RecordData, RecordType};
use crate::world::{DeviceId, World};

/// The service that keeps the cache; a machine without the entry has it built in.
fn client_runs(world: &World, device: DeviceId) -> bool {
    const DNS_CLIENT: &str = "Dnscache";
    let known = world.device(device).windows().is_some_and(|windows| windows.services.contains_key(DNS_CLIENT));
    !known || machine::runs(world, device, DNS_CLIENT)
}

pub fn flush(world: &mut World, device: DeviceId) -> Output {
    if !client_runs(world, device) {
        return Output::failed(1, format!("{TITLE}Could not flush the DNS Resolver Cache: Function failed during execution.\n"));
    }
    world.device_mut(device).stack.resolver.cache.clear();
    Output::ok(format!("{TITLE}Successfully flushed the DNS Resolver Cache.\n"))
}

pub fn display(world: &World, device: DeviceId) -> Output {
    if !client_runs(world, device) {
        return Output::failed(1, format!("{TITLE}Could not display the DNS Resolver Cache.\n"));
    }
    let mut text = TITLE.to_owned();
    let resolver = &world.device(device).stack.resolver;
    for (address, name) in &resolver.hosts {
        let record = Record { ttl: 0, data: RecordData::A(*address) };
        block(&mut text, name, &[record], 0);
    }
    for ((name, kind), cached) in resolver.cache.iter().filter(|(_, cached)| cached.until > world.now) {
        let left = (cached.until - world.now).as_seconds();
        if !cached.exists {
            let _ = writeln!(text, "    {name}\n    {RULE}\n    Name does not exist.\n\n");
        } else if cached.records.is_empty() {
            let _ = writeln!(text, "    {name}\n    {RULE}\n    No records of type {}\n\n", type_name(*kind));
        } else {
            block(&mut text, name, &cached.records, left);
        }
    }
    Output::ok(text)
}

const RULE: &str = "----------------------------------------";

fn block(text: &mut String, name: &str, records: &[Record], seconds_left: u64) {
    let _ = writeln!(text, "    {name}\n    {RULE}");
    for record in records {
        let (label, value, length) = data(&record.data);
        let mut line = |label: &str, value: &dyn std::fmt::Display| {
            let _ = writeln!(text, "    {label}: {value}");
        };
        line("Record Name . . . . . ", &name);
        line("Record Type . . . . . ", &type_number(record.data.kind()));
        line("Time To Live  . . . . ", &seconds_left);
        line("Data Length . . . . . ", &length);
        line("Section . . . . . . . ", &"Answer");
        line(label, &value);
        text.push_str("\n\n");
    }
}

/// Label, value and the length that the resolver's structure has (pointers count 8 on 64-bit Windows).
fn data(data: &RecordData) -> (&'static str, String, u8) {
    match data {
        RecordData::A(ip) => ("A (Host) Record . . . ", ip.to_string(), 4),
        RecordData::Cname(name) => ("CNAME Record  . . . . ", name.clone(), 8),
        RecordData::Mx(preference, name) => ("MX Record . . . . . . ", format!("{name} {preference}"), 16),
        RecordData::Ptr(name) => ("PTR Record  . . . . . ", name.clone(), 8),
        RecordData::Srv(priority, weight, port, name) => {
            ("SRV Record  . . . . . ", format!("{name} {priority} {weight} {port}"), 16)
        }
        RecordData::Txt(words) => ("TXT Record  . . . . . ", words.clone(), 16),
        RecordData::Ns(name) => ("NS Record . . . . . . ", name.clone(), 8),
    }
}

/// RFC 1035, section 3.2.2, RFC 3596 and RFC 2782.
fn type_number(kind: RecordType) -> u8 {
    match kind {
        RecordType::A => 1,
        RecordType::Ns => 2,
        RecordType::Cname => 5,
        RecordType::Ptr => 12,
        RecordType::Mx => 15,
        RecordType::Txt => 16,
        RecordType::Aaaa => 28,
        RecordType::Srv => 33,
    }
}
