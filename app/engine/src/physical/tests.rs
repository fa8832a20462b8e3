use super::*;
use crate::site::profile::windows::tests::{clinic, device};
use crate::world::PortIndex;
use crate::world::cable::Damage;

fn port(world: &World, name: &str, at: u8) -> PortRef {
    PortRef { device: device(world, name), port: PortIndex(at) }
}

#[test]
fn a_look_tells_power_lights_and_cables() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    let seen = act(&mut world, &Act::Look(pc)).unwrap();
    assert!(seen.contains("the lamp of the strip is lit; the power light is on"), "{seen}");
    assert!(seen.contains("label A-01, Cat 6"), "{seen}");
    assert!(seen.contains("light green, blinking"), "{seen}");
    act(&mut world, &Act::Power(pc, PowerAct::StripOff)).unwrap();
    let seen = act(&mut world, &Act::Look(pc)).unwrap();
    assert!(seen.contains("the lamp of the strip is dark"), "{seen}");
    assert!(seen.contains("Monitor 1: dark"), "{seen}");
    assert_eq!(world.incidents.len(), 1);
}

#[test]
fn a_cable_is_pulled_tested_replaced_and_plugged_elsewhere() {
    let mut world = clinic();
    let end = port(&world, "PC-01", 0);
    world.cables[0].damage = Damage::GigabitPairOpen;
    let test = act(&mut world, &Act::TestCable(CableId(0))).unwrap();
    assert_eq!(test, "Cat 6, 14 m\nWire map 1 2 3 4 5 6 7 8\n         1 2 3 - - 6 7 8\nFAIL: open on 4, 5\n");
    act(&mut world, &Act::ReplaceCable(CableId(0))).unwrap();
    assert!(act(&mut world, &Act::TestCable(CableId(0))).unwrap().ends_with("PASS\n"));
    act(&mut world, &Act::Unplug(end)).unwrap();
    assert_eq!(port_light(&world, end), "dark");
    assert!(act(&mut world, &Act::Unplug(end)).is_err());
    assert!(act(&mut world, &Act::Plug(CableId(1), end)).is_err(), "both ends are in use");
    act(&mut world, &Act::Plug(CableId(0), end)).unwrap();
    assert_eq!(port_light(&world, end), "green, blinking");
    assert!(act(&mut world, &Act::Plug(CableId(99), end)).is_err());
}

#[test]
fn parts_come_from_the_shelf_while_there_are_some() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    act(&mut world, &Act::Power(pc, PowerAct::ButtonOn)).unwrap();
    act(&mut world, &Act::Power(pc, PowerAct::Unplug)).unwrap();
    world.device_mut(pc).hardware.psu.as_mut().unwrap().works = false;
    act(&mut world, &Act::Replace(pc, "psu".to_owned(), 0)).unwrap();
    assert_eq!(world.device(pc).hardware.psu.unwrap().watts, 500);
    assert!(act(&mut world, &Act::Replace(pc, "psu".to_owned(), 0)).unwrap_err().contains("on the shelf"));
    assert!(world.incidents.is_empty(), "{:?}", world.incidents);
}

#[test]
fn working_on_a_running_machine_is_kept() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    act(&mut world, &Act::Reseat(pc, "ram".to_owned(), 0)).unwrap();
    assert_eq!(world.incidents.len(), 1);
    assert_eq!(power::state(&world, pc), PowerState::Off);
}

#[test]
fn a_set_is_rebuilt_and_the_wrong_disk_ends_it() {
    let mut world = clinic();
    let server = device(&world, "SRV-1");
    let disks = &mut world.device_mut(server).hardware.disks;
    disks.push(disks[1].clone());
    (disks[1].raid_slot, disks[2].raid_slot) = (Some(1), Some(2));
    disks[2].alive = false;
    world.shelf.push(crate::world::hardware::Spare {
        name: "disk hdd 4000".to_owned(),
        part: crate::world::hardware::SparePart::Disk(crate::world::hardware::DiskKind::Hdd, 4000),
        count: 1,
    });
    let mut wrong = world.clone();
    act(&mut world, &Act::Replace(server, "disk".to_owned(), 2)).unwrap();
    assert!(!parts::raid::is_whole(&world.device(server).hardware, world.now));
    world.wait(Span::hours(24));
    assert!(parts::raid::is_whole(&world.device(server).hardware, world.now));
    assert!(world.incidents.is_empty());
    act(&mut wrong, &Act::Reseat(server, "disk".to_owned(), 1)).unwrap();
    assert!(wrong.device(server).hardware.raid_lost);
    assert_eq!(wrong.incidents.len(), 1);
}
