use super::*;
use crate::machine::services::events;
use crate::site::profile::windows::tests::office;
use crate::world::windows::EventLevel;

const PC: DeviceId = DeviceId(0);

fn state(world: &World, name: &str) -> ServiceState {
    world.device(PC).windows().unwrap().services[name].state
}

fn ids(world: &World) -> Vec<u32> {
    let seen = world.now;
    world.device(PC).windows().unwrap().events.iter().filter(|event| event.at >= seen).map(|event| event.id).collect()
}

#[test]
fn what_stops_with_a_service_is_its_process_and_its_dependents() {
    let mut world = office();
    let before = processes::all(world.device(PC).windows().unwrap());
    assert!(before.iter().any(|running| running.process.name == "spoolsv.exe"));
    stop(&mut world, PC, "Spooler", false).unwrap();
    assert!(!crate::machine::runs(&world, PC, "Spooler"));
    let after = processes::all(world.device(PC).windows().unwrap());
    assert!(!after.iter().any(|running| running.process.name == "spoolsv.exe"));
    assert_eq!(ids(&world), [7036]);
    assert_eq!(stop(&mut world, PC, "Spooler", false), Err(Trouble::NotStarted));
    assert_eq!(stop(&mut world, PC, "BFE", false), Err(Trouble::DependentsRunning));
    assert_eq!(stop(&mut world, PC, "RpcSs", true), Err(Trouble::CannotStop));
    stop(&mut world, PC, "AudioEndpointBuilder", true).unwrap();
    assert_eq!(state(&world, "Audiosrv"), ServiceState::Stopped);
}

#[test]
fn starting_brings_what_it_needs_and_refuses_what_is_disabled() {
    let mut world = office();
    stop(&mut world, PC, "AudioEndpointBuilder", true).unwrap();
    start(&mut world, PC, "Audiosrv").unwrap();
    assert_eq!(state(&world, "AudioEndpointBuilder"), ServiceState::Running);
    stop(&mut world, PC, "AudioEndpointBuilder", true).unwrap();
    set_start(&mut world, PC, "AudioEndpointBuilder", StartType::Disabled).unwrap();
    assert_eq!(start(&mut world, PC, "AudioEndpointBuilder"), Err(Trouble::Disabled));
    assert_eq!(start(&mut world, PC, "Audiosrv"), Err(Trouble::DependencyFailed));
    let texts: Vec<&str> = world.device(PC).windows().unwrap().events.iter().map(|event| event.text.as_str()).collect();
    assert!(texts.contains(
        &"The start type of the Windows Audio Endpoint Builder service was changed from auto start to disabled."
    ));
    assert!(ids(&world).contains(&7001));
}

#[test]
fn a_failed_service_comes_back_after_its_delay_unless_it_is_broken() {
    let mut world = office();
    fail(&mut world, PC, "Spooler");
    assert_eq!(ids(&world), [7031]);
    assert_eq!(state(&world, "Spooler"), ServiceState::Stopped);
    world.wait(Span::seconds(61));
    assert_eq!(state(&world, "Spooler"), ServiceState::Running);
    set(&mut world, PC, "Spooler", |service| service.broken = "a library is missing".to_owned());
    fail(&mut world, PC, "Spooler");
    let text = world.device(PC).windows().unwrap().events.last().unwrap().text.clone();
    assert!(text.contains("It has done this 2 time(s)"), "{text}");
    world.wait(Span::seconds(61));
    assert_eq!(state(&world, "Spooler"), ServiceState::Stopped);
    let errors: Vec<u32> = world.device(PC).windows().unwrap().events.iter().rev().take(3).map(|event| event.id).collect();
    assert_eq!(errors, [1000, 7000, 7009]);
}

#[test]
fn the_event_log_is_limited() {
    let mut world = office();
    for n in 0..400 {
        events::log(&mut world, PC, crate::world::windows::EventLog::Application, "Test", n, EventLevel::Error, String::new());
    }
    assert_eq!(world.device(PC).windows().unwrap().events.len(), 300);
}
