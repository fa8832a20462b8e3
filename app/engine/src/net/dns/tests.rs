//! Names in the clinic: six outcomes of one question, and what the system's resolver makes of them.

use super::*;
use crate::fault::trial::clinic;
use crate::net::lab::ip;
use crate::time::Span;
use crate::world::server::RecordData;
use crate::world::windows::ServiceState;

fn at(world: &World, name: &str) -> DeviceId {
    world.find(name).unwrap()
}

fn inside(world: &World) -> Ipv4Addr {
    world.device(at(world, "SRV-1")).stack.interfaces[0].addresses[0].ip
}

fn dns<'w>(world: &'w mut World, name: &str) -> &'w mut crate::world::server::DnsServer {
    let device = at(world, name);
    world.device_mut(device).roles.dns.as_mut().unwrap()
}

fn ask_inside(world: &mut World, name: &str, kind: RecordType) -> Answer {
    let (from, server) = (at(world, "PC-01"), inside(world));
    query(world, from, server, name, kind)
}

#[test]
fn one_question_has_six_outcomes() {
    let mut world = clinic();
    let alias = ask_inside(&mut world, "Intranet.Clinic.Example.", RecordType::A);
    let Answer::Records { records, authoritative: true } = &alias else { panic!("{alias:?}") };
    assert_eq!(records.len(), 2);
    assert!(matches!(&records[0].1.data, RecordData::Cname(target) if target == "app-1.clinic.example"));
    assert!(alias.address().is_some());
    assert_eq!(ask_inside(&mut world, "srv-1.clinic.example", RecordType::Aaaa), Answer::NoData { authoritative: true });
    assert_eq!(ask_inside(&mut world, "nobody.clinic.example", RecordType::A), Answer::NxDomain { authoritative: true });
    assert_eq!(ask_inside(&mut world, "nobody.example", RecordType::A), Answer::NxDomain { authoritative: false });
    dns(&mut world, "SRV-1").forwarders.insert("dead.example".to_owned(), vec![ip("203.0.113.99")]);
    assert_eq!(ask_inside(&mut world, "www.dead.example", RecordType::A), Answer::ServFail);
    dns(&mut world, "SRV-1").allowed = vec!["192.0.2.0/24".parse().unwrap()];
    assert_eq!(ask_inside(&mut world, "srv-1.clinic.example", RecordType::A), Answer::Refused);
    let from = at(&world, "PC-01");
    let nobody = Ipv4Addr::from(u32::from(inside(&world)) + 60);
    assert_eq!(query(&mut world, from, nobody, "srv-1.clinic.example", RecordType::A), Answer::TimedOut);
    let linux = world.device(at(&world, "APP-1")).stack.interfaces[0].addresses[0].ip;
    assert_eq!(query(&mut world, from, linux, "srv-1.clinic.example", RecordType::A), Answer::PortUnreachable);
}

#[test]
fn records_of_every_type_are_found() {
    let mut world = clinic();
    for (name, kind, data) in [
        ("clinic.example", RecordType::Mx, "10 mail.clinic.example"),
        ("clinic.example", RecordType::Ns, "srv-1.clinic.example"),
        ("_ldap._tcp.clinic.example", RecordType::Srv, "0 100 389 srv-1.clinic.example"),
        ("intranet.clinic.example", RecordType::Cname, "app-1.clinic.example"),
    ] {
        let answer = ask_inside(&mut world, name, kind);
        let Answer::Records { records, .. } = &answer else { panic!("{name}: {answer:?}") };
        assert_eq!(text::data(&records[0].1.data), data);
    }
    let (from, server) = (at(&world, "PC-01"), inside(&world));
    assert_eq!(reverse(&mut world, from, server, server).as_deref(), Some("srv-1.clinic.example"));
    assert_eq!(reverse(&mut world, from, server, ip("192.0.2.77")), None);
    assert_eq!(name_of(&mut world, from, server).as_deref(), Some("srv-1.clinic.example"));
    // Above a name that exists, a name exists too: no records, but no NXDOMAIN (RFC 8020).
    assert_eq!(ask_inside(&mut world, "_tcp.clinic.example", RecordType::A), Answer::NoData { authoritative: true });
}

#[test]
fn a_server_that_fails_passes_the_question_on_and_one_that_denies_does_not() {
    let mut world = clinic();
    let pc = at(&world, "PC-01");
    let (dead, server) = (ip("203.0.113.99"), inside(&world));
    world.device_mut(pc).stack.interfaces[0].manual_dns = vec![dead, server];
    assert!(matches!(resolve(&mut world, pc, "srv-1.clinic.example"), Resolution::Address(_)));
    world.device_mut(pc).stack.resolver.cache.clear();
    world.device_mut(pc).stack.interfaces[0].manual_dns = vec![ip("203.0.113.53"), server];
    assert_eq!(resolve(&mut world, pc, "srv-1.clinic.example"), Resolution::NotFound);
    world.device_mut(pc).stack.resolver.cache.clear();
    world.device_mut(pc).stack.interfaces[0].manual_dns = vec![dead];
    assert_eq!(resolve(&mut world, pc, "srv-1.clinic.example"), Resolution::Failed);
    assert_eq!(resolve(&mut world, pc, "192.0.2.1"), Resolution::Address(ip("192.0.2.1")));
}

#[test]
fn answers_are_kept_for_their_time_also_that_there_is_none() {
    let mut world = clinic();
    let pc = at(&world, "PC-01");
    assert_eq!(resolve(&mut world, pc, "new.clinic.example"), Resolution::NotFound);
    assert!(matches!(resolve(&mut world, pc, "srv-1"), Resolution::Address(_)));
    let zone = dns(&mut world, "SRV-1").zones.get_mut("clinic.example").unwrap();
    let record = Record { ttl: 60, data: RecordData::A(ip("10.1.1.1")) };
    zone.records.insert("new.clinic.example".to_owned(), vec![record.clone()]);
    zone.records.insert("srv-1.clinic.example".to_owned(), vec![record]);
    assert_eq!(resolve(&mut world, pc, "new.clinic.example"), Resolution::NotFound, "negative caching");
    assert_ne!(resolve(&mut world, pc, "srv-1"), Resolution::Address(ip("10.1.1.1")), "the old address is kept");
    world.wait(Span::seconds(901));
    assert_eq!(resolve(&mut world, pc, "new.clinic.example"), Resolution::Address(ip("10.1.1.1")));
    world.wait(Span::seconds(3600));
    assert_eq!(resolve(&mut world, pc, "srv-1"), Resolution::Address(ip("10.1.1.1")));
}

#[test]
fn a_recursive_server_keeps_what_it_fetched_and_counts_down() {
    let mut world = clinic();
    ask_inside(&mut world, "news.example", RecordType::A);
    world.wait(Span::seconds(100));
    // The line to the provider is cut: what was fetched is still known.
    let modem = at(&world, "MODEM");
    world.device_mut(modem).power.plugged = false;
    let Answer::Records { records, authoritative: false } = ask_inside(&mut world, "news.example", RecordType::A) else {
        panic!()
    };
    assert!((3490..=3500).contains(&records[0].1.ttl), "{records:?}");
    assert_eq!(ask_inside(&mut world, "updates.example", RecordType::A), Answer::ServFail);
}

#[test]
fn short_names_get_suffixes_and_hosts_come_first() {
    let mut world = clinic();
    let pc = at(&world, "PC-01");
    let server = inside(&world);
    assert_eq!(resolve(&mut world, pc, "SRV-1"), Resolution::Address(server));
    assert_eq!(lookup(&mut world, pc, "srv-1", RecordType::A).name, "srv-1.clinic.example");
    assert_eq!(resolve(&mut world, pc, "srv-1."), Resolution::NotFound, "a last dot says that the name is full");
    world.device_mut(pc).stack.resolver.hosts.push((ip("10.9.9.9"), "SRV-1.clinic.example".to_owned()));
    assert_eq!(resolve(&mut world, pc, "srv-1"), Resolution::Address(ip("10.9.9.9")));
    assert_eq!(resolve(&mut world, pc, "localhost"), Resolution::Address(Ipv4Addr::LOCALHOST));
    let own = world.device(pc).stack.interfaces[0].addresses[0].ip;
    assert_eq!(resolve(&mut world, pc, "pc-01"), Resolution::Address(own));
}

#[test]
fn circles_end() {
    let mut world = clinic();
    let zone = dns(&mut world, "SRV-1").zones.get_mut("clinic.example").unwrap();
    let alias = |target: &str| vec![Record { ttl: 60, data: RecordData::Cname(target.to_owned()) }];
    zone.records.insert("a.clinic.example".to_owned(), alias("b.clinic.example"));
    zone.records.insert("b.clinic.example".to_owned(), alias("a.clinic.example"));
    assert_eq!(ask_inside(&mut world, "a.clinic.example", RecordType::A), Answer::ServFail);
    let server = inside(&world);
    dns(&mut world, "SRV-1").forwarders.insert(String::new(), vec![server]);
    assert_eq!(ask_inside(&mut world, "news.example", RecordType::A), Answer::ServFail);
}

#[test]
fn a_stopped_service_answers_nobody() {
    let mut world = clinic();
    let server = at(&world, "SRV-1");
    world.device_mut(server).windows_mut().unwrap().services.get_mut("DNS").unwrap().state = ServiceState::Stopped;
    assert!(ask_inside(&mut world, "srv-1.clinic.example", RecordType::A).is_failure());
}

#[test]
fn any_text_is_answered() {
    let mut world = clinic();
    let pc = at(&world, "PC-01");
    let long = "a".repeat(300);
    for name in ["", ".", "..", "é.example", "a b", " ", "-", long.as_str(), "1.2.3", "*.clinic.example"] {
        assert!(!matches!(resolve(&mut world, pc, name), Resolution::Address(_)), "{name}");
        ask_inside(&mut world, name, RecordType::Ptr);
    }
    assert_eq!(reverse_name(ip("192.168.20.5")), "5.20.168.192.in-addr.arpa");
    assert!(is_below("a.b.example", "b.example") && !is_below("ab.example", "b.example") && is_below("x", ""));
}
