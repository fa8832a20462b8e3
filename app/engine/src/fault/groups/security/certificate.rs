//! X11: a warning that looks like an attack and is a date.

use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::time::Span;
use crate::world::World;
use crate::world::server::WebSite;

pub const X11: Fault = Fault {
    id: "X11",
    title: "The certificate of the company's own page has expired",
    layer: Layer::NetworkService,
    component: "certificate",
    tier: Tier::T2,
    targets,
    inject,
    traces: no_traces,
    present,
    repair,
};

/// Pages of the company itself over TLS.
fn targets(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for device in &world.devices {
        for site in device.roles.web.iter().filter(|site| site.tls.is_some() && site.host.ends_with(&world.domain)) {
            if device.kind != crate::world::device::Kind::Internet {
                found.push(Target { name: site.host.clone(), ..Target::device(device.id) });
            }
        }
    }
    found
}

fn site<'w>(world: &'w World, target: &Target) -> Option<&'w WebSite> {
    world.device(target.device).roles.web.iter().find(|site| site.host == target.name && site.tls.is_some())
}

fn inject(world: &mut World, target: &Target, chance: &mut Chance) {
    let until = world.now - Span::hours(u64::from(chance.between(1, 40)));
    let sites = &mut world.device_mut(target.device).roles.web;
    if let Some(tls) = sites.iter_mut().find(|site| site.host == target.name).and_then(|site| site.tls.as_mut()) {
        tls.until = until;
    }
}

fn present(world: &World, target: &Target) -> bool {
    site(world, target).and_then(|site| site.tls.as_ref()).is_some_and(|tls| world.now >= tls.until)
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    let well = site(healthy, target).and_then(|site| site.tls.clone());
    let sites = &mut world.device_mut(target.device).roles.web;
    if let Some(sick) = sites.iter_mut().find(|site| site.host == target.name) {
        sick.tls = well;
    }
}
