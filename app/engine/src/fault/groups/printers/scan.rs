//! P12, P13: scanning, and who takes the pages.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::print::scan::{Scanned, may_send};
use crate::machine::sign_in::bare;
use crate::time::Span;
use crate::world::World;
use crate::world::printer::Printer;

pub const P12: Fault = Fault {
    id: "P12",
    title: "The mail server no longer takes the printer's password",
    layer: Layer::Application,
    component: "scan to e-mail",
    tier: Tier::T2,
    targets: scanners,
    inject: other_password,
    traces: refused,
    present: refuses,
    repair: old_password,
};

pub const P13: Fault = Fault {
    id: "P13",
    title: "Pages come out without their owner standing there",
    layer: Layer::Security,
    component: "release",
    tier: Tier::T2,
    targets: releasing,
    inject: release_at_once,
    traces: no_traces,
    present: not_held,
    repair: hold,
};

fn each(world: &World, wanted: impl Fn(&Printer) -> bool) -> Vec<Target> {
    let found = world.devices.iter().filter(|device| device.printer().is_some_and(&wanted));
    found.map(|device| Target { other: Some(device.id), ..Target::device(device.id) }).collect()
}

/// Printers with a mail account of their own on a server of the company: a number is drawn for the password.
fn scanners(world: &World) -> Vec<Target> {
    let mut found = each(world, |printer| printer.scan.is_some());
    found.retain(|target| !refuses(world, target));
    found
}

/// The mail server that knows the printer's account.
fn server(world: &World, user: &str) -> Option<crate::world::DeviceId> {
    let name = bare(user);
    let knows = |device: &&crate::world::Device| device.roles.mail.as_ref().is_some_and(|mail| mail.accounts.contains_key(&name));
    world.devices.iter().find(knows).map(|device| device.id)
}

fn other_password(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some(user) = world.device(target.device).printer().and_then(|printer| printer.scan.as_ref()).map(|scan| bare(&scan.user))
    else {
        return;
    };
    let Some(server) = server(world, &user) else { return };
    let mail = world.device_mut(server).roles.mail.as_mut();
    if let Some(password) = mail.and_then(|mail| mail.accounts.get_mut(&user)) {
        *password = password.wrapping_add(chance.between(1, 0xffff));
    }
}

fn refused(world: &mut World, target: &Target) {
    let at = world.now - Span::minutes(50);
    if let Some(printer) = world.device_mut(target.device).printer_mut() {
        printer.log.push((at, Scanned::AuthenticationFailed.text().to_owned()));
    }
}

/// A person's own account in the printer sends, and is not the repair.
fn refuses(world: &World, target: &Target) -> bool {
    let Some(scan) = world.device(target.device).printer().and_then(|printer| printer.scan.as_ref()) else { return true };
    let name = bare(&scan.user);
    let personal = world.people.iter().any(|person| person.account == name);
    personal || server(world, &scan.user).is_none_or(|server| !may_send(world, server, &scan.user, scan.password))
}

fn old_password(world: &mut World, target: &Target, healthy: &World) {
    let user = healthy.device(target.device).printer().and_then(|printer| printer.scan.as_ref()).map(|scan| bare(&scan.user));
    let Some((user, server)) = user.and_then(|user| server(healthy, &user).map(|server| (user, server))) else { return };
    let well = healthy.device(server).roles.mail.as_ref().and_then(|mail| mail.accounts.get(&user)).copied();
    let sick = world.device_mut(server).roles.mail.as_mut().and_then(|mail| mail.accounts.get_mut(&user));
    if let Some((sick, well)) = sick.zip(well) {
        *sick = well;
    }
}

fn releasing(world: &World) -> Vec<Target> {
    each(world, |printer| printer.secured_release)
}

fn release_at_once(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(printer) = world.device_mut(target.device).printer_mut() {
        printer.secured_release = false;
    }
}

fn not_held(world: &World, target: &Target) -> bool {
    world.device(target.device).printer().is_some_and(|printer| !printer.secured_release)
}

fn hold(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::printer(world, healthy, target.device) {
        sick.secured_release = well.secured_release;
    }
}
