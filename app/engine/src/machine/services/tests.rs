use super::*;
use crate::machine::services::events;
use crate::site::profile::windows::tests::{clinic, windows as of};
use crate::world::windows::EventLevel;

const PC: &str = "PC-01";

fn pc(world: &World) -> DeviceId {
    world.find(PC).unwrap()
}

fn state(world: &World, name: &str) -> ServiceState {
    of(world, PC).services[name].state
}

fn ids(world: &World) -> Vec<u32> {
    let seen = world.now;
    of(world, PC).events.iter().filter(|event| event.at >= seen).map(|event| event.id).collect()
}

#[test]
fn what_stops_with_a_service_is_its_process_and_its_dependents() {
    let mut world = clinic();
    let pc = pc(&world);
    let before = processes::all(of(&world, PC));
    assert!(before.iter().any(|running| running.process.name == "spoolsv.exe"));
    stop(&mut world, pc, "Spooler", false).unwrap();
    assert!(!crate::machine::runs(&world, pc, "Spooler"));
    let after = processes::all(of(&world, PC));
    assert!(!after.iter().any(|running| running.process.name == "spoolsv.exe"));
    assert_eq!(ids(&world), [7036]);
    assert_eq!(stop(&mut world, pc, "Spooler", false), Err(Trouble::NotStarted));
    assert_eq!(stop(&mut world, pc, "BFE", false), Err(Trouble::DependentsRunning));
    assert_eq!(stop(&mut world, pc, "RpcSs", true), Err(Trouble::CannotStop));
    stop(&mut world, pc, "AudioEndpointBuilder", true).unwrap();
    assert_eq!(state(&world, "Audiosrv"), ServiceState::Stopped);
}

#[test]
fn starting_brings_what_it_needs_and_refuses_what_is_disabled() {
    let mut world = clinic();
    let pc = pc(&world);
    stop(&mut world, pc, "AudioEndpointBuilder", true).unwrap();
    start(&mut world, pc, "Audiosrv").unwrap();
    assert_eq!(state(&world, "AudioEndpointBuilder"), ServiceState::Running);
    stop(&mut world, pc, "AudioEndpointBuilder", true).unwrap();
    set_start(&mut world, pc, "AudioEndpointBuilder", StartType::Disabled).unwrap();
    assert_eq!(start(&mut world, pc, "AudioEndpointBuilder"), Err(Trouble::Disabled));
    assert_eq!(start(&mut world, pc, "Audiosrv"), Err(Trouble::DependencyFailed));
    let texts: Vec<&str> = of(&world, PC).events.iter().map(|event| &*event.text).collect();
    assert!(
        texts.contains(&"The start type of the Windows Audio Endpoint Builder service was changed from auto start to disabled.")
    );
    assert!(ids(&world).contains(&7001));
}

#[test]
fn a_failed_service_comes_back_after_its_delay_unless_it_is_broken() {
    let mut world = clinic();
    let pc = pc(&world);
    fail(&mut world, pc, "Spooler");
    assert_eq!(ids(&world), [7031]);
    assert_eq!(state(&world, "Spooler"), ServiceState::Stopped);
    world.wait(Span::seconds(61));
    assert_eq!(state(&world, "Spooler"), ServiceState::Running);
    set(&mut world, pc, "Spooler", |service| service.broken = "a library is missing".to_owned());
    fail(&mut world, pc, "Spooler");
    let text = of(&world, PC).events.last().unwrap().text.clone();
    assert!(text.contains("It has done this 2 time(s)"), "{text}");
    world.wait(Span::seconds(61));
    assert_eq!(state(&world, "Spooler"), ServiceState::Stopped);
    let errors: Vec<u32> = of(&world, PC).events.iter().rev().take(3).map(|event| event.id).collect();
    assert_eq!(errors, [1000, 7000, 7009]);
}

#[test]
fn the_event_log_is_limited() {
    let mut world = clinic();
    let pc = pc(&world);
    for n in 0..400 {
        events::log(&mut world, pc, crate::world::windows::EventLog::Application, "Test", n, EventLevel::Error, String::new());
    }
    assert_eq!(of(&world, PC).events.len(), 300);
}
