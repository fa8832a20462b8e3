//! `Resolve-DnsName` and the DNS client.

use std::net::Ipv4Addr;

use super::{chosen, denied, invalid};
use crate::net::dns::{Answer as Reply, query, servers as in_force};
use crate::shell::Session;
use crate::shell::windows::network::adapters::{self, change};
use crate::shell::windows::{Answer, Call, Column, Failure, Object, Value, View};
use crate::time::Span;
use crate::world::World;
use crate::world::server::{Record, RecordData, RecordType};

const ADDRESSES: &[Column] = &[
    Column { head: "Name", property: "Name", width: 46, right: false },
    Column { head: "Type", property: "Type", width: 6, right: false },
    Column { head: "TTL", property: "TTL", width: 5, right: false },
    Column { head: "Section", property: "Section", width: 10, right: false },
    Column { head: "IPAddress", property: "IPAddress", width: 0, right: false },
];
const NAMES: &[Column] = &[
    Column { head: "Name", property: "Name", width: 46, right: false },
    Column { head: "Type", property: "Type", width: 6, right: false },
    Column { head: "TTL", property: "TTL", width: 5, right: false },
    Column { head: "Section", property: "Section", width: 10, right: false },
    Column { head: "NameHost", property: "NameHost", width: 0, right: false },
];
const EXCHANGES: &[Column] = &[
    Column { head: "Name", property: "Name", width: 38, right: false },
    Column { head: "Type", property: "Type", width: 6, right: false },
    Column { head: "TTL", property: "TTL", width: 5, right: false },
    Column { head: "Section", property: "Section", width: 10, right: false },
    Column { head: "NameExchange", property: "NameExchange", width: 34, right: false },
    Column { head: "Preference", property: "Preference", width: 10, right: false },
];

fn letters(kind: RecordType) -> &'static str {
    match kind {
        RecordType::A => "A",
        RecordType::Aaaa => "AAAA",
        RecordType::Cname => "CNAME",
        RecordType::Mx => "MX",
        RecordType::Ptr => "PTR",
        RecordType::Srv => "SRV",
        RecordType::Txt => "TXT",
        RecordType::Ns => "NS",
    }
}

fn record_type(text: &str) -> Option<RecordType> {
    let all = [
        RecordType::A,
        RecordType::Aaaa,
        RecordType::Cname,
        RecordType::Mx,
        RecordType::Ptr,
        RecordType::Srv,
        RecordType::Txt,
        RecordType::Ns,
    ];
    all.into_iter().find(|kind| letters(*kind).eq_ignore_ascii_case(text))
}

pub fn resolve(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let device = session.device;
    let Some(typed) = call.text("Name").map(str::to_owned) else {
        return Answer::failed(Failure::new(
            "Cannot process command because of one or more missing mandatory parameters: Name.",
            "InvalidArgument: (:) [Resolve-DnsName], ParameterBindingException",
            "MissingMandatoryParameter,Microsoft.DnsClient.Commands.ResolveDnsName",
        ));
    };
    let reverse = typed.parse::<Ipv4Addr>().ok().map(|address| {
        let [a, b, c, d] = address.octets();
        format!("{d}.{c}.{b}.{a}.in-addr.arpa")
    });
    let kind = match call.text("Type") {
        None if reverse.is_some() => RecordType::Ptr,
        None => RecordType::A,
        Some(text) => match record_type(text) {
            Some(kind) => kind,
            None => return Answer::not_modelled(world, &format!("Resolve-DnsName -Type {text}")),
        },
    };
    if call.has("CacheOnly") {
        return Answer::not_modelled(world, "Resolve-DnsName -CacheOnly");
    }
    let hosts = &world.device(device).stack.resolver.hosts;
    let listed = hosts.iter().find(|(_, name)| name.eq_ignore_ascii_case(&typed)).cloned();
    if let Some((address, name)) = listed.filter(|_| kind == RecordType::A && !call.has("NoHostsFile") && !call.has("Server")) {
        let record = Record { ttl: 0, data: RecordData::A(address) };
        return written(&[(name, record)]);
    }
    let servers = match call.text("Server") {
        None => in_force(world, device),
        Some(text) => match crate::net::dns::resolve(world, device, text) {
            crate::net::dns::Resolution::Address(address) => vec![address],
            _ => return failed(&typed, "DNS server failure", "DNS_ERROR_RCODE_SERVER_FAILURE"),
        },
    };
    ask(world, session, &typed, reverse, kind, &servers)
}

/// Short names with the suffixes first; the next server where one is silent.
fn ask(
    world: &mut World,
    session: &Session,
    typed: &str,
    reverse: Option<String>,
    kind: RecordType,
    servers: &[Ipv4Addr],
) -> Answer {
    let device = session.device;
    let mut candidates: Vec<String> = Vec::new();
    if let Some(name) = reverse {
        candidates.push(name);
    } else {
        if !typed.contains('.') {
            candidates.extend(adapters::suffixes(world, device).iter().map(|suffix| format!("{typed}.{suffix}")));
        }
        candidates.push(typed.trim_end_matches('.').to_owned());
    }
    let mut last = Reply::TimedOut;
    for candidate in candidates {
        for server in servers {
            last = query(world, device, *server, &candidate, kind);
            if !matches!(last, Reply::TimedOut | Reply::PortUnreachable) {
                break;
            }
            world.wait(Span::seconds(2));
        }
        if !matches!(last, Reply::NxDomain { .. }) {
            break;
        }
    }
    match last {
        Reply::Records { records, .. } => written(&records),
        Reply::NoData { .. } => failed(typed, "No records found for given DNS query", "DNS_INFO_NO_RECORDS"),
        Reply::NxDomain { .. } => failed(typed, "DNS name does not exist", "DNS_ERROR_RCODE_NAME_ERROR"),
        Reply::ServFail => failed(typed, "DNS server failure", "DNS_ERROR_RCODE_SERVER_FAILURE"),
        Reply::Refused => failed(typed, "DNS operation refused", "DNS_ERROR_RCODE_REFUSED"),
        Reply::TimedOut | Reply::PortUnreachable => {
            failed(typed, "This operation returned because the timeout period expired", "ERROR_TIMEOUT")
        }
    }
}

fn failed(name: &str, message: &str, code: &str) -> Answer {
    let category = if code == "ERROR_TIMEOUT" { "OperationTimeout" } else { "ResourceUnavailable" };
    Answer::failed(Failure::new(
        format!("{name} : {message}"),
        format!("{category}: ({name}:String) [Resolve-DnsName], Win32Exception"),
        format!("{code},Microsoft.DnsClient.Commands.ResolveDnsName"),
    ))
}

fn written(records: &[(String, Record)]) -> Answer {
    let objects = records.iter().map(|(name, record)| {
        let object = Object::new()
            .with("Name", name.clone())
            .with("Type", letters(record.data.kind()))
            .with("TTL", record.ttl)
            .with("Section", "Answer");
        match &record.data {
            RecordData::A(ip) => object.with("IPAddress", ip.to_string()).with("IP4Address", ip.to_string()),
            RecordData::Cname(target) | RecordData::Ptr(target) | RecordData::Ns(target) => {
                object.with("NameHost", target.clone())
            }
            RecordData::Mx(preference, target) => {
                object.with("NameExchange", target.clone()).with("Preference", u32::from(*preference))
            }
            RecordData::Srv(priority, weight, port, target) => object
                .with("NameTarget", target.clone())
                .with("Priority", u32::from(*priority))
                .with("Weight", u32::from(*weight))
                .with("Port", u32::from(*port)),
            RecordData::Txt(words) => object.with("Strings", vec![words.clone()]),
        }
    });
    let view = match records.last().map(|(_, record)| record.data.kind()) {
        Some(RecordType::A) => View::Table(ADDRESSES),
        Some(RecordType::Mx) => View::Table(EXCHANGES),
        Some(RecordType::Srv | RecordType::Txt) => View::Automatic,
        _ => View::Table(NAMES),
    };
    Answer::new(view, objects.collect())
}

pub fn clear(world: &mut World, session: &mut Session, _call: &Call) -> Answer {
    world.device_mut(session.device).stack.resolver.cache.clear();
    Answer::default()
}

const CACHE: &[Column] = &[
    Column { head: "Entry", property: "Entry", width: 25, right: false },
    Column { head: "RecordName", property: "RecordName", width: 25, right: false },
    Column { head: "Type", property: "RecordType", width: 6, right: false },
    Column { head: "Status", property: "Status", width: 10, right: false },
    Column { head: "Section", property: "Section", width: 7, right: false },
    Column { head: "TTL", property: "TimeToLive", width: 7, right: true },
    Column { head: "Data", property: "Data", width: 0, right: false },
];

pub fn cache(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let pattern = call.text("Entry").unwrap_or("*").to_owned();
    let mut objects = Vec::new();
    let cache = &world.device(session.device).stack.resolver.cache;
    for ((name, kind), cached) in cache.iter().filter(|(_, cached)| cached.until > world.now) {
        if !crate::shell::cmd::wildcard::matches(&pattern, name) {
            continue;
        }
        let base = Object::new().with("Entry", name.clone());
        if cached.records.is_empty() {
            let status = if cached.exists { "NoRecords" } else { "NotExist" };
            objects.push(base.clone().with("RecordType", letters(*kind)).with("Status", status));
        }
        for record in &cached.records {
            let data = match &record.data {
                RecordData::A(ip) => ip.to_string(),
                RecordData::Cname(name)
                | RecordData::Ptr(name)
                | RecordData::Ns(name)
                | RecordData::Mx(_, name)
                | RecordData::Srv(.., name) => name.clone(),
                RecordData::Txt(words) => words.clone(),
            };
            objects.push(
                base.clone()
                    .with("RecordName", name.clone())
                    .with("RecordType", letters(record.data.kind()))
                    .with("Status", "Success")
                    .with("Section", "Answer")
                    .with("TimeToLive", (cached.until - world.now).as_seconds())
                    .with("Data", data),
            );
        }
    }
    Answer::new(View::Table(CACHE), objects)
}

const SERVERS: &[Column] = &[
    Column { head: "InterfaceAlias", property: "InterfaceAlias", width: 28, right: false },
    Column { head: "InterfaceIndex", property: "InterfaceIndex", width: 14, right: true },
    Column { head: "AddressFamily", property: "AddressFamily", width: 13, right: false },
    Column { head: "ServerAddresses", property: "ServerAddresses", width: 0, right: false },
];

pub fn servers(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let found = match chosen(world, session, call, "InterfaceAlias", "Get-DnsClientServerAddress") {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    let objects = found.iter().filter(|adapter| adapter.enabled).map(|adapter| {
        let list: Vec<String> = adapter.dns.iter().map(ToString::to_string).collect();
        Object::new()
            .with("InterfaceAlias", adapter.name.clone())
            .with("InterfaceIndex", adapter.number())
            .with("AddressFamily", "IPv4")
            .with("ServerAddresses", Value::List(list))
    });
    Answer::new(View::Table(SERVERS), objects.collect())
}

pub fn set_servers(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    const NAME: &str = "Set-DnsClientServerAddress";
    let found = match chosen(world, session, call, "InterfaceAlias", NAME) {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    if !session.elevated {
        return denied(NAME);
    }
    let servers: Option<Vec<Ipv4Addr>> = call.list("ServerAddresses").iter().map(|text| text.parse().ok()).collect();
    let reset = call.has("ResetServerAddresses");
    let Some(servers) = servers.filter(|servers| reset || !servers.is_empty()) else {
        return invalid(NAME, "The parameter is incorrect. ");
    };
    for adapter in found {
        change::set_dns(world, session.device, adapter.interface, if reset { Vec::new() } else { servers.clone() });
    }
    Answer::default()
}
