use super::*;
use crate::site::profile::windows::tests::{clinic, device, windows as of};
use crate::world::hardware::BootDevice;

fn events(world: &World, name: &str) -> Vec<u32> {
    of(world, name).events.iter().filter(|event| event.at + Span::hours(1) >= world.now).map(|event| event.id).collect()
}

#[test]
fn power_goes_from_the_wall_through_strip_and_supply_to_the_button() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    assert_eq!(state(&world, pc), PowerState::Running);
    world.device_mut(pc).power.strip_on = false;
    power_loss(&mut world, pc);
    press(&mut world, pc);
    assert_eq!(state(&world, pc), PowerState::Off);
    world.device_mut(pc).power.strip_on = true;
    power_back(&mut world, pc);
    assert_eq!(state(&world, pc), PowerState::Off, "a computer waits for its button");
    world.device_mut(pc).hardware.psu.as_mut().unwrap().works = false;
    press(&mut world, pc);
    assert_eq!(state(&world, pc), PowerState::Off);
    world.device_mut(pc).hardware.psu.as_mut().unwrap().works = true;
    press(&mut world, pc);
    assert_eq!(state(&world, pc), PowerState::Starting);
    world.wait(Span::minutes(3));
    assert_eq!(state(&world, pc), PowerState::Running);
}

#[test]
fn a_hard_end_is_told_at_the_next_start_and_an_orderly_one_is_not() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    hold(&mut world, pc);
    press(&mut world, pc);
    world.wait(Span::minutes(3));
    let seen = events(&world, "PC-01");
    assert!(seen.contains(&41) && seen.contains(&6008) && seen.contains(&6005), "{seen:?}");
    assert!(of(&world, "PC-01").volumes.iter().any(|volume| volume.dirty));

    let mut world = clinic();
    press(&mut world, pc);
    assert_eq!(state(&world, pc), PowerState::Off);
    press(&mut world, pc);
    world.wait(Span::minutes(3));
    let seen = events(&world, "PC-01");
    assert!(seen.contains(&1074) && seen.contains(&6006) && seen.contains(&6005), "{seen:?}");
    assert!(!seen.contains(&41));
}

#[test]
fn what_stops_a_start_is_found_in_order() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    assert_eq!(stop(&world, pc), None);
    world.device_mut(pc).windows_mut().unwrap().boot.store_ok = false;
    assert_eq!(stop(&world, pc), Some(Stop::BootStore));
    world.device_mut(pc).hardware.disks[0].alive = false;
    let Some(Stop::NoBootableDevice(tried)) = stop(&world, pc) else { panic!() };
    assert_eq!(tried, "hard disk (not found), USB (nothing there), network (no boot server)");
    world.device_mut(pc).hardware.ram[0].seated = false;
    assert_eq!(stop(&world, pc), Some(Stop::Memory));
    restart(&mut world, pc);
    world.wait(Span::minutes(3));
    assert_eq!(state(&world, pc), PowerState::Halted);
}

#[test]
fn a_stick_that_comes_first_is_tried_first() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    let hardware = &mut world.device_mut(pc).hardware;
    hardware.removable.push(crate::world::hardware::Removable {
        name: "Photos".to_owned(),
        gib: 16,
        bootable: false,
        letter: None,
        found: false,
    });
    assert_eq!(stop(&world, pc), None);
    world.device_mut(pc).hardware.firmware.boot_order = vec![BootDevice::Usb, BootDevice::Disk];
    assert_eq!(stop(&world, pc), Some(Stop::NoBootableDevice("Photos".to_owned())));
}

#[test]
fn load_finds_heat_a_small_supply_and_bad_memory() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    assert_eq!(load::under_load(&world, pc), load::UnderLoad::Holds);
    world.device_mut(pc).hardware.ram[1].failing = true;
    assert!(matches!(load::under_load(&world, pc), load::UnderLoad::Crashes(_)));
    world.device_mut(pc).hardware.gpu =
        Some(crate::world::hardware::Gpu { model: "Big card".to_owned(), watts: 250, works: true });
    assert_eq!(load::under_load(&world, pc), load::UnderLoad::Overloads);
    world.device_mut(pc).hardware.cpu.fan_works = false;
    assert_eq!(load::under_load(&world, pc), load::UnderLoad::Overheats);
    load::work(&mut world, pc);
    assert_eq!(state(&world, pc), PowerState::Off);
}

#[test]
fn a_flat_cell_loses_the_date_with_the_mains() {
    let mut world = clinic();
    let pc = device(&world, "PC-01");
    world.device_mut(pc).hardware.cmos.battery_flat = true;
    power_loss(&mut world, pc);
    assert!(world.device(pc).hardware.firmware.clock_lost);
    assert!(of(&world, "PC-01").clock.offset < 0);
}

#[test]
fn an_access_point_goes_with_its_switch_and_starts_with_it() {
    let mut world = clinic();
    let (switch, radio) = (device(&world, "SW-1"), device(&world, "AP-1"));
    world.device_mut(switch).power.plugged = false;
    power_loss(&mut world, switch);
    assert_eq!(state(&world, radio), PowerState::Off);
    world.device_mut(switch).power.plugged = true;
    power_back(&mut world, switch);
    world.wait(Span::minutes(3));
    assert_eq!(state(&world, radio), PowerState::Starting);
    world.wait(Span::minutes(3));
    assert_eq!((state(&world, switch), state(&world, radio)), (PowerState::Running, PowerState::Running));
}

#[test]
fn what_was_not_saved_is_gone_after_a_reload() {
    let mut world = clinic();
    let switch = device(&world, "SW-1");
    let before = world.device(switch).ports[3].clone();
    world.device_mut(switch).ports[3].description = "changed".to_owned();
    world.device_mut(switch).ios_mut().unwrap().unsaved = true;
    restart(&mut world, switch);
    world.wait(Span::minutes(5));
    assert_eq!(world.device(switch).ports[3].description, before.description);
    world.device_mut(switch).ports[3].description = "kept".to_owned();
    configuration::save(&mut world, switch);
    restart(&mut world, switch);
    world.wait(Span::minutes(5));
    assert_eq!(world.device(switch).ports[3].description, "kept");
}
