//! A1: the keyboard types something else than the fingers mean.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::sign_in::events;
use crate::time::Span;
use crate::world::World;
use crate::world::accounts::SignIn;

const CAPS_LOCK: &str = "caps-lock";
const LAYOUT: &str = "layout";
const OTHER: &str = "French (France)";

pub const A1: Fault = Fault {
    id: "A1",
    title: "Caps lock or another keyboard layout changes the password as it is typed",
    layer: Layer::AccountOrPermission,
    component: "keyboard",
    tier: Tier::T1,
    targets,
    inject,
    traces,
    present,
    repair,
};

fn targets(world: &World) -> Vec<Target> {
    let own = super::members(world).into_iter();
    own.flat_map(|(person, device, keeper)| {
        [CAPS_LOCK, LAYOUT].map(|name| Target {
            person: Some(person),
            other: Some(keeper),
            name: name.to_owned(),
            ..Target::device(device)
        })
    })
    .collect()
}

fn inject(world: &mut World, target: &Target, _chance: &mut Chance) {
    let Some(windows) = world.device_mut(target.device).windows_mut() else { return };
    // Nobody notices before the password is asked for.
    windows.screen_locked = true;
    if target.name == LAYOUT {
        windows.settings.keyboard_layouts.push(OTHER.to_owned());
        OTHER.clone_into(&mut windows.settings.active_layout);
    } else {
        windows.settings.caps_lock = true;
    }
}

fn traces(world: &mut World, target: &Target) {
    let (name, workstation) = (super::account(world, target.person), world.device(target.device).name.clone());
    for minutes in [4, 3] {
        let at = world.now - Span::minutes(minutes);
        events::failed(world, target.device, at, &name, &workstation, SignIn::UnknownOrWrong, 2);
    }
}

fn present(world: &World, target: &Target) -> bool {
    world.device(target.device).windows().is_some_and(|windows| {
        let settings = &windows.settings;
        settings.caps_lock || settings.keyboard_layouts.first().is_some_and(|usual| *usual != settings.active_layout)
    })
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.screen_locked = well.screen_locked;
        sick.settings.caps_lock = well.settings.caps_lock;
        sick.settings.keyboard_layouts.clone_from(&well.settings.keyboard_layouts);
        sick.settings.active_layout.clone_from(&well.settings.active_layout);
    }
}
