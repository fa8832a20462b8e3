//! Scopes as an administrator handles them.

use super::super::{Operation, PanelKind, Refused, apply, view};
use crate::fault::trial::clinic;
use crate::world::{DeviceId, World};

fn server(world: &World) -> DeviceId {
    world.find("SRV-1").unwrap()
}

fn operate(world: &mut World, verb: &str, target: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let device = server(world);
    apply(world, device, PanelKind::DhcpServer, &Operation { verb: verb.to_owned(), target: target.to_owned(), values })
}

fn cell(world: &World, table: &str, row: usize, column: usize) -> String {
    let view = view(world, server(world), PanelKind::DhcpServer).unwrap();
    view.tables.iter().find(|found| found.title == table).unwrap().rows[row][column].clone()
}

#[test]
fn only_servers_have_it() {
    let world = clinic();
    assert!(view(&world, world.find("PC-01").unwrap(), PanelKind::DhcpServer).is_none());
    assert_eq!(view(&world, server(&world), PanelKind::DhcpServer).unwrap().tables.len(), 4);
    assert_eq!(cell(&world, "Scopes", 0, 0), "Staff");
    assert_eq!(cell(&world, "Scopes", 0, 4), "0 days 8 hours 0 minutes");
}

#[test]
fn what_cannot_be_is_refused() {
    let mut world = clinic();
    let before = crate::hash::of(&world);
    for (verb, target, values) in [
        ("set-range", "Staff", vec![("first", "10.1.1.1"), ("last", "10.1.1.9")]),
        ("set-range", "Nowhere", vec![]),
        ("set-lease", "Staff", vec![("minutes", "0")]),
        ("set-lease", "Staff", vec![("minutes", "soon")]),
        ("set-router", "Staff", vec![("router", "here")]),
        ("set-dns", "Staff", vec![("servers", "1.2.3.4, x")]),
        ("add-reservation", "Staff", vec![("address", "10.1.1.1"), ("mac", "00-11-22-33-44-55")]),
        ("add-reservation", "Staff", vec![("address", "10.1.1.1"), ("mac", "é")]),
        ("delete-lease", "10.9.9.9", vec![]),
        ("delete-reservation", "x", vec![]),
        ("delete-exclusion", "1-2", vec![]),
        ("dance", "", vec![]),
    ] {
        assert!(operate(&mut world, verb, target, &values).is_err(), "{verb} {values:?}");
    }
    assert_eq!(crate::hash::of(&world), before, "what was refused changed nothing");
}

#[test]
fn what_is_set_is_shown_and_given_out() {
    let mut world = clinic();
    operate(&mut world, "set-lease", "Staff", &[("minutes", "90")]).unwrap();
    operate(&mut world, "set-dns", "Staff", &[("servers", "192.0.2.1 192.0.2.2")]).unwrap();
    operate(&mut world, "set-domain", "Staff", &[("domain", "Inside.Example")]).unwrap();
    assert_eq!(cell(&world, "Scopes", 0, 4), "0 days 1 hours 30 minutes");
    assert_eq!(cell(&world, "Scopes", 0, 6), "192.0.2.1, 192.0.2.2");
    let pc = world.find("PC-01").unwrap();
    crate::net::dhcp::renew(&mut world, pc, crate::world::InterfaceIndex(0));
    let lease = world.device(pc).stack.interfaces[0].dhcp.lease.clone().unwrap();
    assert_eq!((lease.domain.as_str(), lease.dns.len()), ("inside.example", 2));
    assert_eq!((lease.expires - lease.obtained).as_seconds(), 5400);
    operate(&mut world, "stop", "", &[]).unwrap();
    assert!(!crate::net::dhcp::serves(&world, server(&world)));
}
