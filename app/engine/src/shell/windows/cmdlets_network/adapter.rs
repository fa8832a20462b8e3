//! `Get-NetAdapter` and its switches.

use super::{chosen, denied};
use crate::shell::Session;
use crate::shell::windows::network::adapters::{Adapter, change};
use crate::shell::windows::{Answer, Call, Column, Object, View};
use crate::time::Span;
use crate::world::World;

const COLUMNS: &[Column] = &[
    Column::left("Name", 25),
    Column::left("InterfaceDescription", 39),
    Column::right("ifIndex", 7),
    Column::left("Status", 12),
    Column::left("MacAddress", 17),
    Column::right("LinkSpeed", 14),
];

fn object(adapter: &Adapter) -> Object {
    let status = if !adapter.enabled {
        "Disabled"
    } else if adapter.connected {
        "Up"
    } else {
        "Disconnected"
    };
    Object::new()
        .with("Name", adapter.name.clone())
        .with("InterfaceDescription", adapter.description.clone())
        .with("ifIndex", adapter.number())
        .with("InterfaceIndex", adapter.number())
        .with("InterfaceAlias", adapter.name.clone())
        .with("Status", status)
        .with("MacAddress", adapter.mac.hyphens_upper())
        .with("LinkSpeed", adapter.link_speed())
        .with("MediaConnectionState", if adapter.connected { "Connected" } else { "Disconnected" })
        .with("AdminStatus", if adapter.enabled { "Up" } else { "Down" })
        .with("MtuSize", u32::from(adapter.mtu))
        .with("InterfaceGuid", adapter.guid())
        .with("PhysicalMediaType", if adapter.wireless { "Native 802.11" } else { "802.3" })
}

pub fn get(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    match chosen(world, session, call, "Name", "Get-NetAdapter") {
        Ok(found) => {
            let wanted = call.text("InterfaceDescription");
            let fits = |adapter: &&Adapter| {
                wanted.is_none_or(|pattern| crate::shell::cmd::wildcard::matches(pattern, &adapter.description))
            };
            Answer::new(View::Table(COLUMNS), found.iter().filter(fits).map(object).collect())
        }
        Err(failure) => Answer::failed(failure),
    }
}

fn switch(world: &mut World, session: &Session, call: &Call, cmdlet: &str, steps: &[bool]) -> Answer {
    let found = match chosen(world, session, call, "Name", cmdlet) {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    if !call.values.contains_key("Name") && !call.piped && !call.values.contains_key("InterfaceIndex") {
        return Answer::not_modelled(world, &format!("{cmdlet} without a name"));
    }
    if !session.elevated {
        return denied(cmdlet);
    }
    for adapter in found {
        for on in steps {
            change::set_enabled(world, session.device, &adapter, *on);
            world.wait(Span::seconds(2));
        }
    }
    Answer::default()
}

pub fn enable(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    switch(world, session, call, "Enable-NetAdapter", &[true])
}

pub fn disable(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    switch(world, session, call, "Disable-NetAdapter", &[false])
}

pub fn restart(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    switch(world, session, call, "Restart-NetAdapter", &[false, true])
}
