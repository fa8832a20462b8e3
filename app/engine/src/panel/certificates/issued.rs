//! What the company's own authority, on its domain controller, has issued to its web servers.

use crate::machine::{is_up, sign_in};
use crate::panel::parts::refuse;
use crate::panel::{Refused, Table, parts};
use crate::time::{Span, Time};
use crate::world::server::WebSite;
use crate::world::{DeviceId, World};

/// As long as such authorities issue for.
const VALID: Span = Span::days(365);

/// Pages of the company's machines with a certificate of its own authority, and the machine each is on.
fn all(world: &World) -> impl Iterator<Item = (DeviceId, &WebSite)> {
    let own = |site: &&WebSite| site.tls.as_ref().is_some_and(|tls| tls.issuer.starts_with(&world.organisation));
    world.devices.iter().flat_map(move |device| device.roles.web.iter().filter(own).map(|site| (device.id, site)))
}

/// Only where the authority is.
pub fn table(world: &World, device: DeviceId) -> Option<Table> {
    world.device(device).roles.directory.as_ref()?;
    let date = |at: Time| crate::text::iso(at.civil()).split(' ').next().unwrap_or_default().to_owned();
    let rows: Vec<Vec<String>> = all(world)
        .filter_map(|(server, site)| {
            let tls = site.tls.as_ref()?;
            let state = if world.now > tls.until { "Expired" } else { "Valid" };
            let server = world.device(server).name.clone();
            Some(vec![site.host.clone(), server, date(tls.from), date(tls.until), state.to_owned()])
        })
        .collect();
    let columns = ["Issued to", "Installed on", "Valid from", "Expiration date", "Status"];
    (!rows.is_empty()).then(|| parts::table("Issued certificates", &columns, rows))
}

pub fn targets(world: &World, device: DeviceId) -> Vec<String> {
    table(world, device).into_iter().flat_map(|table| table.rows).filter_map(|row| row.into_iter().next()).collect()
}

/// Issues a new one and installs it on the server, which must answer.
pub fn reissue(world: &mut World, device: DeviceId, host: &str) -> Result<String, Refused> {
    let found =
        all(world).find(|(_, site)| site.host.eq_ignore_ascii_case(host)).map(|(server, site)| (server, site.host.clone()));
    let Some((server, host)) = found.filter(|_| sign_in::directory_server(world) == Some(device)) else {
        return refuse("There is no such certificate.");
    };
    if !is_up(world, server) {
        return refuse(format!("{} does not answer.", world.device(server).name));
    }
    let now = world.now;
    let sites = &mut world.device_mut(server).roles.web;
    for tls in sites.iter_mut().filter(|site| site.host == host).filter_map(|site| site.tls.as_mut()) {
        (tls.from, tls.until) = (now, now + VALID);
    }
    Ok(format!("A new certificate for {host} is installed on {}.", world.device(server).name))
}
