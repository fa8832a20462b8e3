//! Cables in hands and on the tester.

use crate::machine::power::links;
use crate::net::link;
use crate::world::cable::{Cable, CableKind, Damage};
use crate::world::hardware::SparePart;
use crate::world::port::Media;
use crate::world::{CableId, PortRef, World};

/// `Gi0/1 of SW-1`.
pub fn end(world: &World, port: PortRef) -> String {
    let device = world.device(port.device);
    let name = device.ports.get(usize::from(port.port.0)).map_or("?", |port| port.name.as_str());
    format!("{name} of {}", device.name)
}

/// What a cable looks like: number, label, kind, where its ends are.
#[must_use]
pub fn describe(world: &World, id: CableId) -> String {
    let Some(cable) = world.cables.get(usize::from(id.0)) else { return String::new() };
    let label = if cable.label.is_empty() { "no label".to_owned() } else { format!("label {}", cable.label) };
    let ends = cable.ends.map(|at| at.map_or_else(|| "hanging loose".to_owned(), |at| end(world, at)));
    format!("cable {} ({label}, {}): {} – {}", id.0, kind(cable.kind), ends[0], ends[1])
}

/// As printed on its jacket.
#[must_use]
pub fn kind(kind: CableKind) -> &'static str {
    match kind {
        CableKind::Cat3 => "Cat 3",
        CableKind::Cat5e => "Cat 5e",
        CableKind::Cat6 => "Cat 6",
        CableKind::Cat6a => "Cat 6A",
        CableKind::FibreSingleMode => "single-mode fibre",
        CableKind::FibreMultiMode => "multi-mode fibre",
        CableKind::Line => "provider's line",
    }
}

fn fits(cable: &Cable, media: Media) -> bool {
    match cable.kind {
        CableKind::Cat3 | CableKind::Cat5e | CableKind::Cat6 | CableKind::Cat6a => matches!(media, Media::Copper(_)),
        CableKind::FibreSingleMode | CableKind::FibreMultiMode => matches!(media, Media::Fibre(_)),
        CableKind::Line => matches!(media, Media::Line),
    }
}

pub fn unplug(world: &mut World, port: PortRef) -> Result<String, String> {
    let Some(at) = world.cables.iter().position(|cable| cable.ends.contains(&Some(port))) else {
        return Err(format!("There is no cable in {}.", end(world, port)));
    };
    links::watch(world, |world| {
        for side in &mut world.cables[at].ends {
            if *side == Some(port) {
                *side = None;
            }
        }
    });
    let id = CableId(u16::try_from(at).unwrap_or(u16::MAX));
    Ok(format!("Out of {}: {}.", end(world, port), describe(world, id)))
}

pub fn plug(world: &mut World, id: CableId, port: PortRef) -> Result<String, String> {
    if world.cables.iter().any(|cable| cable.ends.contains(&Some(port))) {
        return Err(format!("There is a cable in {} already.", end(world, port)));
    }
    let media = link::at(world, port).map_or(Media::Radio, |port| port.media);
    let Some(cable) = world.cables.get(usize::from(id.0)) else { return Err("There is no such cable.".to_owned()) };
    if !fits(cable, media) {
        return Err(format!("The plug of this {} does not go into {}.", kind(cable.kind), end(world, port)));
    }
    let Some(loose) = cable.ends.iter().position(Option::is_none) else {
        return Err("Both ends of this cable are plugged in: pull one out first.".to_owned());
    };
    links::watch(world, |world| {
        if let Some(side) = world.cables.get_mut(usize::from(id.0)).and_then(|cable| cable.ends.get_mut(loose)) {
            *side = Some(port);
        }
    });
    Ok(format!("Plugged into {}. Light: {}.", end(world, port), super::port_light(world, port)))
}

pub fn replace(world: &mut World, id: CableId) -> Result<String, String> {
    let Some(wanted) = world.cables.get(usize::from(id.0)).map(|cable| cable.kind) else {
        return Err("There is no such cable.".to_owned());
    };
    if wanted == CableKind::Line {
        return Err("This line belongs to the provider.".to_owned());
    }
    let pick = best(world, wanted);
    let Some((shelf, taken)) = pick else { return Err(format!("There is no {} on the shelf.", kind(wanted))) };
    world.shelf[shelf].count -= 1;
    links::watch(world, |world| {
        if let Some(cable) = world.cables.get_mut(usize::from(id.0)) {
            cable.kind = taken;
            cable.damage = Damage::Whole;
            // A new run can be laid short enough and away from motors.
            cable.metres = cable.metres.min(link::COPPER_METRES);
            cable.beside_motor = false;
        }
    });
    let lights = world.cables.get(usize::from(id.0)).map(|cable| cable.ends).unwrap_or_default();
    let lights: Vec<_> =
        lights.iter().flatten().map(|port| format!("{}: {}", end(world, *port), super::port_light(world, *port))).collect();
    Ok(format!("A new {} is in its place. Lights: {}.", kind(taken), lights.join("; ")))
}

/// The same kind, or a better one of the same sort.
fn best(world: &World, wanted: CableKind) -> Option<(usize, CableKind)> {
    let copper = |kind| matches!(kind, CableKind::Cat3 | CableKind::Cat5e | CableKind::Cat6 | CableKind::Cat6a);
    let found = world.shelf.iter().enumerate().filter_map(|(at, spare)| match spare.part {
        SparePart::Cable(kind) if spare.count > 0 && (kind == wanted || copper(kind) && copper(wanted) && kind > wanted) => {
            Some((at, kind))
        }
        _ => None,
    });
    found.min_by_key(|(_, kind)| *kind)
}

/// What the tester shows. It needs both ends free of live ports in life; here it is put between them for the moment of the test.
pub fn test(world: &World, id: CableId) -> Result<String, String> {
    let Some(cable) = world.cables.get(usize::from(id.0)) else { return Err("There is no such cable.".to_owned()) };
    Ok(match cable.kind {
        CableKind::Line => return Err("The tester does not test lines of the provider.".to_owned()),
        CableKind::FibreMultiMode | CableKind::FibreSingleMode => light(cable),
        _ => wire_map(cable),
    })
}

fn light(cable: &Cable) -> String {
    let seen = match cable.damage {
        Damage::Whole => "light of strand A arrives at B and back: PASS",
        Damage::Dirty => "light arrives, 6 dB too weak: FAIL (clean the connectors)",
        Damage::Swapped => "strand A arrives at A: transmit meets transmit. FAIL (swap the strands at one end)",
        Damage::PairOpen | Damage::GigabitPairOpen => "no light arrives on one strand: FAIL (broken)",
    };
    format!("{}, {} m. {seen}\n", kind(cable.kind), cable.metres)
}

fn wire_map(cable: &Cable) -> String {
    let open: &[u8] = match cable.damage {
        Damage::PairOpen => &[1, 2],
        Damage::GigabitPairOpen => &[4, 5],
        Damage::Whole | Damage::Swapped | Damage::Dirty => &[],
    };
    let map: String = (1..=8_u8).map(|pin| if open.contains(&pin) { " -".to_owned() } else { format!(" {pin}") }).collect();
    let mut verdicts = Vec::new();
    if !open.is_empty() {
        verdicts.push(format!("FAIL: open on {}", open.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")));
    }
    if cable.damage == Damage::Dirty {
        verdicts.push("FAIL: return loss (dirty or bad contact)".to_owned());
    }
    if cable.metres > link::COPPER_METRES {
        verdicts.push(format!("FAIL: {} m is longer than {} m", cable.metres, link::COPPER_METRES));
    }
    if cable.beside_motor {
        verdicts.push("FAIL: noise comes in bursts (something strong runs beside it)".to_owned());
    }
    if verdicts.is_empty() {
        verdicts.push("PASS".to_owned());
    }
    format!("{}, {} m\nWire map 1 2 3 4 5 6 7 8\n        {map}\n{}\n", kind(cable.kind), cable.metres, verdicts.join("\n"))
}
