//! The browser: blank pages, a default that changes.

use super::super::twin;
use super::super::windows::{change, computers, every, windows};
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::services::browsing;
use crate::time::Span;
use crate::world::World;
use crate::world::device::Kind;
use crate::world::windows::{Program, StartupItem};

/// Pages of the company itself.
fn sites(world: &World) -> Vec<String> {
    let own = world.devices.iter().filter(|device| device.kind != Kind::Internet);
    own.flat_map(|device| &device.roles.web).map(|site| site.host.clone()).filter(|host| !host.is_empty()).collect()
}

pub const S4: Fault = Fault {
    id: "S4",
    title: "Broken stored data of a site in the browser",
    layer: Layer::Application,
    component: "browser",
    tier: Tier::T1,
    targets: |world| {
        let sites = sites(world);
        every(world)
            .into_iter()
            .flat_map(|target| sites.iter().map(move |site| Target { name: site.clone(), ..target.clone() }))
            .collect()
    },
    inject: |world, target, _| {
        change(world, target.device, |windows| _ = windows.browser.broken_cache.insert(target.name.clone()));
    },
    traces: no_traces,
    present: |world, target| windows(world, target.device).is_some_and(|windows| browsing::breaks(windows, &target.name)),
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.browser.clone_from(&well.browser);
        }
    },
};

const HELPER: &str = "Quick Search Helper";

pub const S8: Fault = Fault {
    id: "S8",
    title: "An unwanted program takes over the default browser",
    layer: Layer::Application,
    component: "unwanted program",
    tier: Tier::T1,
    targets: |world| computers(world, |_, windows| !windows.browser.default.is_empty()),
    inject: |world, target, _| {
        let installed = world.now - Span::days(4);
        change(world, target.device, |windows| {
            windows.programs.push(Program {
                name: HELPER.to_owned(),
                version: "1.0.3".to_owned(),
                installed,
                wanted: false,
                bits: 32,
                ..Program::default()
            });
            windows.startup.push(StartupItem { name: HELPER.to_owned(), enabled: true, seconds: 4, ..StartupItem::default() });
            HELPER.clone_into(&mut windows.browser.default);
        });
    },
    traces: no_traces,
    present: |world, target| {
        windows(world, target.device).is_some_and(|windows| windows.programs.iter().any(|program| !program.wanted))
    },
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.programs.clone_from(&well.programs);
            sick.startup.clone_from(&well.startup);
            sick.browser.clone_from(&well.browser);
        }
    },
};
