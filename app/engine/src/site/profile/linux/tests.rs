use super::*;
use crate::machine::units;

#[test]
fn a_healthy_machine_is_lean_and_every_unit_could_start_again() {
    let mut world = crate::site::profile::linux::tests::world();
    let id = DeviceId(0);
    let bytes = postcard::to_allocvec(world.device(id).linux().unwrap()).unwrap().len();
    assert!(bytes < 8 * 1024, "{bytes} bytes");
    let names: Vec<String> = world.device(id).linux().unwrap().units.keys().cloned().collect();
    for name in names {
        assert_eq!(units::restart(&mut world, id, &name), Ok(()), "{name}");
    }
}

pub fn world() -> World {
    crate::shell::bash::tests::world().0
}
