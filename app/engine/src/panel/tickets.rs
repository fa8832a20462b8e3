//! The company's ticket system: what was asked here before, to read.

use super::parts::{offer_on, refuse, table};
use super::{Operation, Refused, View};
use crate::world::device::Kind;
use crate::world::{DeviceId, World};

/// Where a browser is: the company's own pages open on any computer.
pub fn is_computer(world: &World, device: DeviceId) -> bool {
    matches!(world.device(device).kind, Kind::Desktop | Kind::Laptop | Kind::Server)
}

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    if world.tickets.is_empty() || !is_computer(world, device) {
        return None;
    }
    let local = i64::from(world.zone_minutes).saturating_mul(60_000);
    let rows = world
        .tickets
        .iter()
        .map(|ticket| {
            vec![
                ticket.number.clone(),
                crate::text::iso(ticket.opened.shifted(local).civil()),
                ticket.requester.clone(),
                ticket.subject.clone(),
                if ticket.open { "open" } else { "closed" }.to_owned(),
                ticket.resolution.clone(),
            ]
        })
        .collect();
    Some(View {
        title: format!("Tickets of {}", world.organisation),
        tables: vec![table("Tickets", &["Number", "Opened", "Requester", "Subject", "State", "Resolution"], rows)],
        operations: offer_on("read", "Read", world.tickets.iter().map(|ticket| ticket.number.clone()).collect(), Vec::new())
            .into_iter()
            .collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, _device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if operation.verb != "read" {
        return operation.unknown();
    }
    let Some(ticket) = world.tickets.iter().find(|ticket| ticket.number.eq_ignore_ascii_case(&operation.target)) else {
        return refuse(format!("There is no ticket “{}”.", operation.target));
    };
    let end = if ticket.resolution.is_empty() { "Not resolved yet." } else { &ticket.resolution };
    Ok(format!("{}: {}\n{} wrote: {}\n{end}", ticket.number, ticket.subject, ticket.requester, ticket.text))
}
