//! X4: a site may show notifications, and an extension brings advertisements.

use super::super::twin;
use super::computers;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::world::World;
use crate::world::windows::Extension;

pub const X4: Fault = Fault {
    id: "X4",
    title: "A web site may show notifications, and an unwanted extension shows advertisements",
    layer: Layer::Security,
    component: "browser",
    tier: Tier::T1,
    targets,
    inject,
    traces: no_traces,
    present,
    repair,
};

const SITE: &str = "prize-alerts.example";
const EXTENSION: &str = "Coupon Finder";

fn targets(world: &World) -> Vec<Target> {
    computers(world).into_iter().map(|(device, person)| Target { person: Some(person), ..Target::device(device) }).collect()
}

fn inject(world: &mut World, target: &Target, _chance: &mut Chance) {
    let Some(windows) = world.device_mut(target.device).windows_mut() else { return };
    windows.browser.notifications.insert(SITE.to_owned());
    windows.browser.extensions.push(Extension { name: EXTENSION.to_owned(), enabled: true, wanted: false });
}

fn present(world: &World, target: &Target) -> bool {
    world.device(target.device).windows().is_some_and(|windows| {
        let browser = &windows.browser;
        browser.notifications.contains(SITE) || browser.extensions.iter().any(|found| found.name == EXTENSION && found.enabled)
    })
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.browser.notifications.clone_from(&well.browser.notifications);
        sick.browser.extensions.clone_from(&well.browser.extensions);
    }
}
