//! `Resolve-DnsName` and the DNS client.

use std::net::Ipv4Addr;

use super::{chosen, denied, invalid};
use crate::net::dns::text::{parse_type, type_name};
use crate::net::dns::{Answer as Reply, query, servers as in_force};
use crate::shell::Session;
use crate::shell::windows::network::adapters::{self, change};
use crate::shell::windows::{Answer, Call, Column, Failure, Object, Value, View};
use crate::time::Span;
use crate::world::World;
use crate::world::server::{Record, RecordData, RecordType};

const NAME: Column = Column::left("Name", 46);
const TYPE: Column = Column::left("Type", 6);
const TTL: Column = Column::left("TTL", 5);
const SECTION: Column = Column::left("Section", 10);
const ADDRESSES: &[Column] = &[NAME, TYPE, TTL, SECTION, Column::left("IPAddress", 0)];
const NAMES: &[Column] = &[NAME, TYPE, TTL, SECTION, Column::left("NameHost", 0)];
const EXCHANGES: &[Column] =
    &[Column::left("Name", 38), TYPE, TTL, SECTION, Column::left("NameExchange", 34), Column::left("Preference", 10)];

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
        Some(text) => match parse_type(text) {
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
            .with("Type", type_name(record.data.kind()))
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
    Column::left("Entry", 25),
    Column::left("RecordName", 25),
    Column::left("Type", 6).of("RecordType"),
    Column::left("Status", 10),
    Column::left("Section", 7),
    Column::right("TTL", 7).of("TimeToLive"),
    Column::left("Data", 0),
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
            objects.push(base.clone().with("RecordType", type_name(*kind)).with("Status", status));
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
                    .with("RecordType", type_name(record.data.kind()))
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
    Column::left("InterfaceAlias", 28),
    Column::right("InterfaceIndex", 14),
    Column::left("AddressFamily", 13),
    Column::left("ServerAddresses", 0),
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
