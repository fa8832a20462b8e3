//! `Get-NetRoute`, `Get-NetNeighbor`, `Get-NetTCPConnection`.

use super::chosen;
use crate::shell::Session;
use crate::shell::windows::network::{adapters, route, sockets as open};
use crate::shell::windows::{Answer, Call, Column, Object, View};
use crate::world::World;
use crate::world::interface::NeighbourState;

const ROUTES: &[Column] = &[
    Column::left("ifIndex", 7),
    Column::left("DestinationPrefix", 46),
    Column::left("NextHop", 40),
    Column::right("RouteMetric", 11),
    Column::left("ifMetric", 8).of("InterfaceMetric"),
];

/// The same routes as `route print`; here the metric is the route's own.
pub fn routes(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let wanted = call.text("DestinationPrefix").map(str::to_owned);
    let all = adapters::enabled(world, session.device);
    let objects = route::active(world, session.device).into_iter().filter_map(|route| {
        let adapter = all.iter().find(|adapter| adapter.addresses.iter().any(|own| own.ip == route.interface));
        let (number, metric) = adapter.map_or((1, 75), |adapter| (adapter.number(), adapter.metric));
        let object = Object::new()
            .with("ifIndex", number)
            .with("DestinationPrefix", route.to.to_string())
            .with("NextHop", route.gateway.map_or_else(|| "0.0.0.0".to_owned(), |gateway| gateway.to_string()))
            .with("RouteMetric", route.metric.saturating_sub(metric))
            .with("InterfaceMetric", metric.to_string())
            .with(
                "InterfaceAlias",
                adapter.map_or_else(|| "Loopback Pseudo-Interface 1".to_owned(), |adapter| adapter.name.clone()),
            );
        wanted.as_ref().is_none_or(|wanted| *wanted == route.to.to_string()).then_some(object)
    });
    Answer::new(View::Table(ROUTES), objects.collect())
}

const NEIGHBOURS: &[Column] = &[
    Column::left("ifIndex", 7),
    Column::left("IPAddress", 50),
    Column::left("LinkLayerAddress", 20),
    Column::left("State", 11),
    Column::left("PolicyStore", 0),
];

pub fn neighbours(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let found = match chosen(world, session, call, "InterfaceAlias", "Get-NetNeighbor") {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    let wanted = call.text("IPAddress");
    let known = world.device(session.device).stack.neighbours.iter();
    let objects = known.filter_map(|((interface, address), neighbour)| {
        let adapter = found.iter().find(|adapter| adapter.interface == *interface)?;
        let state = match neighbour.state {
            NeighbourState::Incomplete => "Incomplete",
            NeighbourState::Reachable => "Reachable",
            NeighbourState::Stale => "Stale",
            NeighbourState::Failed => "Unreachable",
            NeighbourState::Permanent => "Permanent",
        };
        let object = Object::new()
            .with("ifIndex", adapter.number())
            .with("IPAddress", address.to_string())
            .with("LinkLayerAddress", neighbour.mac.hyphens_upper())
            .with("State", state)
            .with("PolicyStore", "ActiveStore");
        wanted.is_none_or(|wanted| wanted == address.to_string()).then_some(object)
    });
    Answer::new(View::Table(NEIGHBOURS), objects.collect())
}

const SOCKETS: &[Column] = &[
    Column::left("LocalAddress", 35),
    Column::left("LocalPort", 9),
    Column::left("RemoteAddress", 35),
    Column::left("RemotePort", 10),
    Column::left("State", 11),
    Column::left("OwningProcess", 0),
];

pub fn sockets(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let objects = open::all(world, session.device).into_iter().filter(|socket| !socket.udp).map(|socket| {
        let (remote, port) = socket.remote.map_or(("0.0.0.0".to_owned(), 0), |(address, port)| (address.to_string(), port));
        Object::new()
            .with("LocalAddress", socket.local.0.to_string())
            .with("LocalPort", u32::from(socket.local.1))
            .with("RemoteAddress", remote)
            .with("RemotePort", u32::from(port))
            .with("State", if socket.remote.is_some() { "Established" } else { "Listen" })
            .with("OwningProcess", socket.pid)
    });
    let mut objects: Vec<Object> = objects.collect();
    for name in ["LocalAddress", "LocalPort", "RemotePort", "State", "OwningProcess"] {
        let wanted = call.list(name);
        objects.retain(|object| wanted.is_empty() || wanted.iter().any(|value| value.eq_ignore_ascii_case(&object.text(name))));
    }
    Answer::new(View::Table(SOCKETS), objects)
}
