//! Oracle 3: leases of `dnsmasq` to `udhcpc`, and names of `dnsmasq` to `dig`, against the engine's DHCP and DNS.
//!
//! Two networks with a relaying router between them; the server, a forwarder to it, a server whose filter drops, a host on which
//! nothing listens.

mod real;

use std::net::Ipv4Addr;

use engine::net::dhcp::{self, Renewal};
use engine::net::dns::{self, Answer};
use engine::sorted::{Map, Set};
use engine::time::Span;
use engine::world::interface::{Direction, Hop, Interface, Listener, Origin, Protocol, Route, Rule, Verdict as Decision};
use engine::world::server::{DhcpServer, DnsServer, Record, RecordData, RecordType, Scope, Zone};
use engine::world::{DeviceId, InterfaceIndex, World};
use ipnet::Ipv4Net;

use crate::builder::{Builder, mac};
use crate::system::{self, Verdict};

/// Names and the networks' numbers: the server, the forwarder, the silent one, the deaf one, and the router in both networks.
const FIXED: [(&str, &[(u8, u8)]); 5] =
    [("server", &[(0, 2)]), ("forwarder", &[(0, 3)]), ("silent", &[(0, 4)]), ("deaf", &[(0, 5)]), ("router", &[(0, 1), (2, 1)])];
/// Clients and the network they hang on.
const CLIENTS: [(&str, u8); 7] = [("c1", 0), ("c2", 0), ("c3", 0), ("c4", 0), ("c5", 0), ("c6", 2), ("c7", 2)];
/// This client has a reservation outside the pool.
const RESERVED: (usize, [u8; 4]) = (2, [10, 0, 0, 50]);
/// First and last number of the pools of three and of one address.
const POOLS: [(u8, u8, u8); 2] = [(0, 100, 102), (2, 100, 100)];
const LEASE_SECONDS: u64 = 7200;
const DOMAIN: &str = "lab.example";

/// What clients do, one after the other.
#[derive(Clone, Copy)]
enum Step {
    Ask(usize),
    Release(usize),
}

const STEPS: [Step; 11] = [
    Step::Ask(0),
    Step::Ask(1),
    // The reserved address.
    Step::Ask(2),
    Step::Ask(3),
    // The pool is empty: silence.
    Step::Ask(4),
    // Who has a lease keeps it.
    Step::Ask(1),
    Step::Release(0),
    // What was given back can be had.
    Step::Ask(4),
    // Through the relay: the pool of that network, which then is empty too.
    Step::Ask(5),
    Step::Ask(6),
    Step::Ask(5),
];

/// Who is asked: an address of network 0.
const SERVERS: [(&str, u8); 5] = [("server", 2), ("forwarder", 3), ("silent", 4), ("deaf", 5), ("nobody", 99)];
const QUESTIONS: [(&str, RecordType); 10] = [
    ("www.lab.example", RecordType::A),
    ("alias.lab.example", RecordType::A),
    ("www.lab.example", RecordType::Aaaa),
    ("nope.lab.example", RecordType::A),
    ("www.other.example", RecordType::A),
    ("lab.example", RecordType::Mx),
    ("lab.example", RecordType::A),
    ("lab.example", RecordType::Txt),
    ("80.0.0.10.in-addr.arpa", RecordType::Ptr),
    ("WWW.Lab.Example", RecordType::A),
];

pub fn run() -> Verdict {
    if let Some(verdict) = system::lacking(&["unshare", "nsenter", "ip", "nft", "dnsmasq", "udhcpc", "dig", "python3"]) {
        return verdict;
    }
    let real = match real::ask() {
        Ok(real) => real,
        Err(error) => return Verdict::Differs(format!("not built: {error}")),
    };
    let mut world = world();
    let leases = STEPS.iter().map(|step| lease(&mut world, *step)).collect::<Vec<_>>();
    let answers = ask_names(&mut world);
    let mut classes: Map<String, u64> = Map::new();
    let mut wrong = 0;
    for (at, (model, real)) in leases.iter().zip(&real.leases).enumerate() {
        if model != real {
            println!("lease step {at}: model {model}, dnsmasq {real}");
            wrong += 1;
        }
    }
    for (question, real) in &real.answers {
        let model = answers.get(question).map_or("", String::as_str);
        *classes.entry(real.split(' ').next().unwrap_or_default().to_owned()).or_default() += 1;
        if model != real && !known_difference(question, model, real) {
            println!("{question}: model {model}, dig {real}");
            wrong += 1;
        }
    }
    println!("answers: {classes:?}");
    let complete = real.leases.len() == STEPS.len() && real.answers.len() == SERVERS.len() * QUESTIONS.len();
    let summary = format!("{} lease steps, {} questions, {wrong} differences", real.leases.len(), real.answers.len());
    if wrong == 0 && complete { Verdict::Agrees(summary) } else { Verdict::Differs(summary) }
}

/// dnsmasq hands a forwarder's "refused" on to the client; the servers that the engine is like (BIND, Windows) say SERVFAIL, since
/// they were asked to resolve and could not.
fn known_difference(question: &str, model: &str, real: &str) -> bool {
    question.starts_with("forwarder ") && model == "servfail" && real == "refused"
}

fn ip(net: u8, number: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, 0, net, number)
}

fn net(number: u8) -> Ipv4Net {
    Ipv4Net::new(ip(number, 0), 24).expect("a prefix")
}

fn client(number: usize) -> DeviceId {
    DeviceId::from_index(FIXED.len() + number)
}

fn world() -> World {
    let mut builder = Builder::new();
    for (name, _) in FIXED {
        builder.linux(name, name == "router");
    }
    for (name, _) in CLIENTS {
        builder.linux(name, false);
    }
    let switches = Map::from([(0, builder.switch("sw0")), (2, builder.switch("sw2"))]);
    let fixed =
        FIXED.iter().enumerate().flat_map(|(at, (_, nics))| nics.iter().map(move |(lan, number)| (at, *lan, Some(*number))));
    let clients = CLIENTS.iter().enumerate().map(|(at, (_, lan))| (FIXED.len() + at, *lan, None));
    for (at, lan, number) in fixed.chain(clients) {
        let device = DeviceId::from_index(at);
        let nth = builder.world.device(device).ports.len();
        let port = builder.port(device, &format!("eth{nth}"), mac(at, nth));
        let interface = builder.interface(port, number.map(|number| (ip(lan, number), 24)));
        let there = builder.port(switches[&lan], &format!("p{at}"), mac(200, at));
        builder.cable(port, Some(there));
        if number.is_none() {
            ask_for_addresses(&mut builder.world, device, interface);
        }
    }
    let mut world = builder.world;
    serve(&mut world);
    world
}

fn interface(world: &mut World, device: DeviceId, interface: InterfaceIndex) -> &mut Interface {
    &mut world.device_mut(device).stack.interfaces[usize::from(interface.0)]
}

fn ask_for_addresses(world: &mut World, device: DeviceId, index: InterfaceIndex) {
    let interface = interface(world, device, index);
    interface.origin = Origin::Dhcp;
    interface.dhcp.enabled = true;
}

fn serve(world: &mut World) {
    let id = |name: &str| DeviceId::from_index(FIXED.iter().position(|(other, _)| *other == name).unwrap_or_default());
    let route = Route { to: net(2), via: Hop::Gateway(ip(0, 1)), metric: 0, persistent: true };
    let server = world.device_mut(id("server"));
    server.stack.routes.push(route);
    server.roles.dhcp = Some(DhcpServer { authorised: true, scopes: POOLS.map(scope).to_vec(), ..DhcpServer::default() });
    server.roles.dns = Some(DnsServer { zones: zones(), ..DnsServer::default() });
    let forwarders = Map::from([(String::new(), vec![ip(0, 2)])]);
    world.device_mut(id("forwarder")).roles.dns = Some(DnsServer { forwarders, recursion: true, ..DnsServer::default() });
    let listener = |port| Listener { protocol: Protocol::Udp, bound: Ipv4Addr::UNSPECIFIED, port, owner: String::new() };
    for (name, port) in [("server", 53), ("server", 67), ("forwarder", 53), ("silent", 53)] {
        world.device_mut(id(name)).stack.listeners.push(listener(port));
    }
    world.device_mut(id("silent")).stack.filter.rules.push(Rule {
        name: "silent".to_owned(),
        enabled: true,
        verdict: Decision::Drop,
        direction: Direction::In,
        protocol: Some(Protocol::Udp),
        from: None,
        to: None,
        ports: Some((53, 53)),
        profiles: Set::new(),
        hits: 0,
    });
    interface(world, id("router"), InterfaceIndex(1)).helpers = vec![ip(0, 2)];
}

fn scope((lan, first, last): (u8, u8, u8)) -> Scope {
    let (client, reserved) = RESERVED;
    let reservations = if lan == 0 { Map::from([(mac(FIXED.len() + client, 0), reserved.into())]) } else { Map::new() };
    Scope {
        name: format!("LAN {lan}"),
        network: net(lan),
        first: ip(lan, first),
        last: ip(lan, last),
        excluded: Vec::new(),
        reservations,
        router: Some(ip(lan, 1)),
        dns: vec![ip(0, 2), ip(0, 3)],
        domain: DOMAIN.to_owned(),
        lease: Span::seconds(LEASE_SECONDS),
        leases: Map::new(),
        enabled: true,
    }
}

fn zones() -> Map<String, Zone> {
    let record = |data| vec![Record { ttl: 300, data }];
    let forward = Map::from([
        ("www.lab.example".to_owned(), record(RecordData::A(ip(0, 80)))),
        ("alias.lab.example".to_owned(), record(RecordData::Cname("www.lab.example".to_owned()))),
        (
            DOMAIN.to_owned(),
            [RecordData::Mx(10, "mail.lab.example".to_owned()), RecordData::Txt("hello".to_owned())]
                .map(|data| Record { ttl: 300, data })
                .to_vec(),
        ),
    ]);
    let back = Map::from([("80.0.0.10.in-addr.arpa".to_owned(), record(RecordData::Ptr("www.lab.example".to_owned())))]);
    Map::from([
        (DOMAIN.to_owned(), Zone { records: forward, negative_ttl: 300, serial: 1 }),
        ("0.0.10.in-addr.arpa".to_owned(), Zone { records: back, negative_ttl: 300, serial: 1 }),
    ])
}

/// `address prefix router dns,… domain seconds server`, `silence`, or `released`.
fn lease(world: &mut World, step: Step) -> String {
    let index = InterfaceIndex(0);
    match step {
        Step::Release(number) => {
            dhcp::release(world, client(number), index);
            let held = interface(world, client(number), index).dhcp.lease.is_some();
            if held { "still held" } else { "released" }.to_owned()
        }
        Step::Ask(number) => {
            let renewal = dhcp::renew(world, client(number), index);
            let held = interface(world, client(number), index).dhcp.lease.clone();
            match (renewal, held) {
                (Renewal::Leased, Some(lease)) => {
                    let dns = lease.dns.iter().map(Ipv4Addr::to_string).collect::<Vec<_>>().join(",");
                    let router = lease.router.map_or_else(|| "-".to_owned(), |router| router.to_string());
                    let seconds = (lease.expires - lease.obtained).as_seconds();
                    format!("{} {} {router} {dns} {} {seconds} {}", lease.address, lease.prefix, lease.domain, lease.server)
                }
                (Renewal::NoAnswer, None) => "silence".to_owned(),
                (other, lease) => format!("{other:?} with {lease:?}"),
            }
        }
    }
}

fn key(server: &str, name: &str, kind: RecordType) -> String {
    format!("{server} {name} {}", format!("{kind:?}").to_uppercase())
}

/// Asked from the first client, which has given its lease back: it gets an address of its own.
fn ask_names(world: &mut World) -> Map<String, String> {
    let first = interface(world, client(0), InterfaceIndex(0));
    first.origin = Origin::Manual;
    first.dhcp = engine::world::interface::DhcpClient::default();
    first.addresses = vec![engine::world::interface::Address { ip: ip(0, 10), prefix: 24 }];
    let mut answers = Map::new();
    for (server, number) in SERVERS {
        for (name, kind) in QUESTIONS {
            let answer = dns::query(world, client(0), ip(0, number), name, kind);
            answers.insert(key(server, name, kind), words(answer));
        }
    }
    answers
}

fn words(answer: Answer) -> String {
    match answer {
        Answer::Records { records, authoritative } => {
            let mut lines: Vec<String> =
                records.iter().map(|(name, record)| format!("{} {}", name.to_lowercase(), data(&record.data))).collect();
            lines.sort();
            format!("records aa={} {}", u8::from(authoritative), lines.join("; "))
        }
        Answer::NoData { .. } => "nodata".to_owned(),
        Answer::NxDomain { .. } => "nxdomain".to_owned(),
        Answer::ServFail => "servfail".to_owned(),
        Answer::Refused => "refused".to_owned(),
        Answer::TimedOut => "silence".to_owned(),
        Answer::PortUnreachable => "unreachable".to_owned(),
    }
}

/// As `dig` prints it, without the last dots.
fn data(data: &RecordData) -> String {
    match data {
        RecordData::A(ip) => format!("A {ip}"),
        RecordData::Cname(name) => format!("CNAME {name}"),
        RecordData::Mx(preference, name) => format!("MX {preference} {name}"),
        RecordData::Ptr(name) => format!("PTR {name}"),
        RecordData::Srv(priority, weight, port, name) => format!("SRV {priority} {weight} {port} {name}"),
        RecordData::Txt(text) => format!("TXT \"{text}\""),
        RecordData::Ns(name) => format!("NS {name}"),
    }
}
