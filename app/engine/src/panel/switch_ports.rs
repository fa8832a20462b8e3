//! Switch ports: the web pages of a managed switch.

use super::{Field, Input, Offer, Operation, Refused, Table, View};
use crate::machine::power::{configuration, links};
use crate::net::poe::{self, PoeState};
use crate::shell::ios::status;
use crate::world::port::{Port, SwitchMode, VlanId};
use crate::world::{DeviceId, PortIndex, PortRef, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let found = world.device(device);
    let ios = found.ios()?;
    let switching = found.switching.as_ref()?;
    if !crate::machine::is_up(world, device) {
        return None;
    }
    let power = poe::ports(world, device);
    let rows = (0_u8..).zip(&found.ports).map(|(at, port)| row(world, device, PortIndex(at), port, &power));
    let columns = ["Port", "Description", "Status", "VLAN", "Mode", "Speed", "Duplex", "PoE", "CRC errors", "Late collisions"];
    let drawn: u32 =
        power.iter().map(|(_, state)| if let PoeState::Delivering(_, milliwatts) = state { *milliwatts } else { 0 }).sum();
    let vlans = switching.vlans.iter().map(|(id, name)| vec![id.0.to_string(), name.clone()]);
    let mut notices = Vec::new();
    if ios.unsaved {
        notices.push("The running configuration is not saved: it is lost at the next restart.".to_owned());
    }
    Some(View {
        title: format!("{} – ports", found.name),
        notices,
        facts: vec![
            ("PoE budget".to_owned(), format!("{} W", switching.poe_budget_mw / 1000)),
            ("PoE in use".to_owned(), format!("{}.{} W", drawn / 1000, drawn % 1000 / 100)),
        ],
        tables: vec![
            Table { title: "Ports".to_owned(), columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() },
            Table { title: "VLANs".to_owned(), columns: ["VLAN", "Name"].map(str::to_owned).to_vec(), rows: vlans.collect() },
        ],
        operations: offers(world, device),
    })
}

fn row(world: &World, device: DeviceId, at: PortIndex, port: &Port, power: &[(PortIndex, PoeState)]) -> Vec<String> {
    let here = PortRef { device, port: at };
    let shown = status::of(world, here);
    let poe = match power.iter().find(|(own, _)| *own == at).map(|(_, state)| *state) {
        None => "–".to_owned(),
        Some(PoeState::Off) => "off".to_owned(),
        Some(PoeState::Searching) => "searching".to_owned(),
        Some(PoeState::Delivering(_, milliwatts)) => format!("{}.{} W", milliwatts / 1000, milliwatts % 1000 / 100),
        Some(PoeState::Denied(..)) => "power denied".to_owned(),
    };
    let mode = match port.switching.as_ref().map(|switching| &switching.mode) {
        Some(SwitchMode::Access(_)) => "access",
        Some(SwitchMode::Trunk { .. }) => "trunk",
        None => "routed",
    };
    vec![
        port.name.clone(),
        port.description.clone(),
        shown.word.to_owned(),
        shown.vlan,
        mode.to_owned(),
        shown.speed,
        shown.duplex,
        poe,
        port.counters.crc_errors.to_string(),
        port.counters.late_collisions.to_string(),
    ]
}

fn offers(world: &World, device: DeviceId) -> Vec<Offer> {
    let found = world.device(device);
    let names = |wanted: &dyn Fn(&Port) -> bool| {
        found.ports.iter().filter(|port| wanted(port)).map(|port| port.name.clone()).collect::<Vec<_>>()
    };
    let vlans = found.switching.as_ref().map(|switching| switching.vlans.keys().map(|id| id.0.to_string()).collect());
    let vlan = Field {
        name: "vlan".to_owned(),
        label: "Access VLAN".to_owned(),
        input: Input::Choice(vlans.unwrap_or_default()),
        value: String::new(),
    };
    let text = Field { name: "text".to_owned(), label: "Description".to_owned(), input: Input::Text, value: String::new() };
    let offer = |verb: &str, label: &str, targets: Vec<String>, fields| Offer {
        verb: verb.to_owned(),
        label: label.to_owned(),
        targets,
        fields,
    };
    let shut = |port: &Port| port.switching.as_ref().is_some_and(|switching| switching.err_disabled.is_some());
    vec![
        offer("set-vlan", "Set the access VLAN", names(&|port| port.switching.is_some()), vec![vlan]),
        offer("enable", "Enable", names(&|port| !port.enabled), Vec::new()),
        offer("disable", "Disable", names(&|port| port.enabled), Vec::new()),
        offer("recover", "Recover from err-disabled", names(&shut), Vec::new()),
        offer("power-on", "Power over Ethernet on", names(&|port| port.poe.is_some_and(|poe| !poe.enabled)), Vec::new()),
        offer("power-off", "Power over Ethernet off", names(&|port| port.poe.is_some_and(|poe| poe.enabled)), Vec::new()),
        offer("describe", "Set the description", names(&|_| true), vec![text]),
        offer("save", "Save the running configuration", Vec::new(), Vec::new()),
    ]
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if view(world, device).is_none() {
        return Err(Refused("The switch does not answer.".to_owned()));
    }
    if operation.verb == "save" {
        configuration::save(world, device);
        return Ok("The configuration is saved.".to_owned());
    }
    let at = world.device(device).ports.iter().position(|port| port.name.eq_ignore_ascii_case(&operation.target));
    let Some(at) = at else { return Err(Refused(format!("There is no port “{}”.", operation.target))) };
    links::watch(world, |world| change(world, device, at, operation))?;
    if let Some(ios) = world.device_mut(device).ios_mut() {
        ios.unsaved = true;
    }
    let index = PortIndex(u8::try_from(at).unwrap_or(u8::MAX));
    let shown = status::of(world, PortRef { device, port: index });
    Ok(format!("{}: {}.", operation.target, shown.word))
}

fn change(world: &mut World, device: DeviceId, at: usize, operation: &Operation) -> Result<(), Refused> {
    let found = world.device_mut(device);
    let vlans = found.switching.as_ref().map(|switching| switching.vlans.clone()).unwrap_or_default();
    let Some(port) = found.ports.get_mut(at) else { return Err(Refused("There is no such port.".to_owned())) };
    match operation.verb.as_str() {
        "set-vlan" => {
            let vlan = operation.value("vlan").trim().parse().map(VlanId).ok().filter(|vlan| vlans.contains_key(vlan));
            let Some(vlan) = vlan else {
                return Err(Refused(format!("There is no VLAN “{}” on this switch.", operation.value("vlan"))));
            };
            let Some(switching) = &mut port.switching else { return Err(Refused("This is a routed port.".to_owned())) };
            switching.mode = SwitchMode::Access(vlan);
        }
        "enable" => port.enabled = true,
        "disable" => port.enabled = false,
        "recover" => {
            if let Some(switching) = &mut port.switching {
                switching.err_disabled = None;
                if let Some(security) = &mut switching.port_security {
                    security.violations = 0;
                }
            }
        }
        "power-on" | "power-off" => match &mut port.poe {
            Some(poe) => poe.enabled = operation.verb == "power-on",
            None => return Err(Refused("This port cannot power anything.".to_owned())),
        },
        "describe" => operation.value("text").clone_into(&mut port.description),
        _ => return operation.unknown(),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::{self, PanelKind};
    use crate::site::profile::windows::tests::{clinic, device};

    fn cell(world: &World, port: &str, column: usize) -> String {
        let view = view(world, device(world, "SW-1")).unwrap();
        view.tables[0].rows.iter().find(|row| row[0] == port).unwrap()[column].clone()
    }

    fn apply_to(world: &mut World, verb: &str, target: &str, value: (&str, &str)) -> Result<String, Refused> {
        let switch = device(world, "SW-1");
        let values = [(value.0.to_owned(), value.1.to_owned())].into();
        panel::apply(
            world,
            switch,
            PanelKind::SwitchPorts,
            &Operation { verb: verb.to_owned(), target: target.to_owned(), values },
        )
    }

    #[test]
    fn ports_are_shown_and_changed() {
        let mut world = clinic();
        assert_eq!((cell(&world, "Gi0/1", 2), cell(&world, "Gi0/1", 3)), ("connected".to_owned(), "10".to_owned()));
        assert_eq!(cell(&world, "Gi0/21", 7), "12.0 W");
        apply_to(&mut world, "set-vlan", "Gi0/1", ("vlan", "30")).unwrap();
        assert_eq!(cell(&world, "Gi0/1", 3), "30");
        assert!(apply_to(&mut world, "set-vlan", "Gi0/1", ("vlan", "77")).is_err());
        assert_eq!(apply_to(&mut world, "disable", "Gi0/1", ("", "")).unwrap(), "Gi0/1: disabled.");
        assert!(view(&world, device(&world, "SW-1")).unwrap().notices[0].contains("not saved"));
        apply_to(&mut world, "save", "", ("", "")).unwrap();
        assert!(view(&world, device(&world, "SW-1")).unwrap().notices.is_empty());
    }
}
