//! Zones as an administrator handles them.

use super::super::{Operation, PanelKind, Refused, apply, view};
use crate::fault::trial::clinic;
use crate::net::dns::{Answer, query};
use crate::world::World;
use crate::world::server::RecordType;

fn operate(world: &mut World, verb: &str, target: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let device = world.find("SRV-1").unwrap();
    apply(world, device, PanelKind::DnsServer, &Operation { verb: verb.to_owned(), target: target.to_owned(), values })
}

fn ask(world: &mut World, name: &str) -> Answer {
    let (pc, server) = (world.find("PC-01").unwrap(), world.find("SRV-1").unwrap());
    let server = world.device(server).stack.interfaces[0].addresses[0].ip;
    query(world, pc, server, name, RecordType::A)
}

#[test]
fn a_record_is_added_changed_and_deleted() {
    let mut world = clinic();
    operate(&mut world, "add-record", "clinic.example", &[("name", "files"), ("type", "A"), ("data", "10.1.1.1"), ("ttl", "60")])
        .unwrap();
    assert_eq!(ask(&mut world, "files.clinic.example").address(), "10.1.1.1".parse().ok());
    operate(&mut world, "change-record", "files.clinic.example A 10.1.1.1", &[("data", "10.1.1.2")]).unwrap();
    assert_eq!(ask(&mut world, "files.clinic.example").address(), "10.1.1.2".parse().ok());
    operate(&mut world, "delete-record", "files.clinic.example A 10.1.1.2", &[]).unwrap();
    assert_eq!(ask(&mut world, "files.clinic.example"), Answer::NxDomain { authoritative: true });
    let server = world.device(world.find("SRV-1").unwrap()).roles.dns.as_ref().unwrap();
    assert_eq!(server.zones["clinic.example"].serial, 4);
}

#[test]
fn names_with_dots_stay_below_their_zone() {
    let mut world = clinic();
    let values = [("name", "_sip._tcp"), ("type", "SRV"), ("data", "0 5 5060 srv-1")];
    operate(&mut world, "add-record", "clinic.example", &values).unwrap();
    let server = world.device(world.find("SRV-1").unwrap()).roles.dns.as_ref().unwrap();
    assert!(server.zones["clinic.example"].records.contains_key("_sip._tcp.clinic.example"));
}

#[test]
fn what_cannot_be_is_refused() {
    let mut world = clinic();
    let before = crate::hash::of(&world);
    for (verb, target, values) in [
        ("add-record", "elsewhere.example", vec![("name", "a"), ("data", "10.1.1.1")]),
        ("add-record", "clinic.example", vec![("name", "a"), ("type", "A"), ("data", "x")]),
        ("add-record", "clinic.example", vec![("name", "srv-1"), ("type", "CNAME"), ("data", "app-1")]),
        ("add-record", "clinic.example", vec![("name", "a..b"), ("data", "10.1.1.1")]),
        ("add-record", "clinic.example", vec![("name", "a"), ("data", "10.1.1.1"), ("ttl", "4294967295")]),
        ("change-record", "nothing", vec![("data", "10.1.1.1")]),
        ("delete-record", "", vec![]),
        ("add-forwarder", "", vec![("zone", "x.example"), ("servers", "")]),
        ("set-forwarder", "nowhere", vec![("servers", "192.0.2.1")]),
        ("dance", "", vec![]),
    ] {
        assert!(operate(&mut world, verb, target, &values).is_err(), "{verb} {target} {values:?}");
    }
    assert_eq!(crate::hash::of(&world), before, "what was refused changed nothing");
}

#[test]
fn the_cache_is_shown_and_cleared() {
    let mut world = clinic();
    ask(&mut world, "news.example");
    let rows = |world: &World| {
        let view = view(world, world.find("SRV-1").unwrap(), PanelKind::DnsServer).unwrap();
        view.tables.into_iter().find(|table| table.title == "Cached lookups").unwrap().rows
    };
    assert_eq!(rows(&world)[0][..3], ["news.example", "A", "192.0.2.80"]);
    operate(&mut world, "clear-cache", "", &[]).unwrap();
    assert!(rows(&world).is_empty());
}
