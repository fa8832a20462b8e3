//! Loops: spanning tree breaks them where it runs (IEEE 802.1D/w, computed, not message by message); elsewhere they storm.
//!
//! Bridges without spanning tree pass its messages on, so together with their wires they are one segment to those that run it.
//! VLANs are not told apart: one tree for all, and a storm takes the whole of a switch.

use super::link;
use super::switching::{self, security};
use crate::machine::power::links;
use crate::shell::ios::names;
use crate::sorted::Map;
use crate::world::mac::Mac;
use crate::world::port::ErrDisable;
use crate::world::{Device, DeviceId, PortIndex, PortRef, World};

/// A wire between two bridges, or from a bridge to itself.
#[derive(Clone, Copy)]
struct Wire {
    ends: [PortRef; 2],
    speed: u32,
}

/// A bridge's place on a segment.
#[derive(Clone, Copy)]
struct Attachment {
    port: PortRef,
    segment: usize,
    cost: u32,
}

/// IEEE 802.1D-1998, table 8-5.
#[must_use]
pub fn cost(speed: u32) -> u32 {
    match speed {
        0..=10 => 100,
        11..=100 => 19,
        101..=1000 => 4,
        _ => 2,
    }
}

/// Computes which ports are blocked, which switches storm, and lets BPDU guard shut ports. Needed after cables, ports, power or
/// settings of switches changed; every walk does it first.
pub fn settle(world: &mut World) {
    security::forget(world);
    // Each round shuts a port at most, so this ends.
    for _ in 0..64 {
        let wires = wires(world);
        let (attachments, stormy) = segments(world, &wires);
        let states = tree(world, &attachments);
        if guard(world, &attachments) {
            continue;
        }
        apply(world, &wires, &attachments, &states, &stormy);
        return;
    }
}

/// Wires whose both ends forward frames.
fn wires(world: &World) -> Vec<Wire> {
    let bridge = |port: PortRef| {
        world
            .devices
            .get(usize::from(port.device.0))
            .is_some_and(|device| switching::bridges(device, port.port) && crate::machine::is_up(world, port.device))
    };
    let mut found = Vec::new();
    for cable in &world.cables {
        let [Some(a), Some(b)] = cable.ends else { continue };
        if bridge(a)
            && bridge(b)
            && let Some(link) = link::between(world, a, b, cable)
        {
            found.push(Wire { ends: [a.min(b), a.max(b)], speed: link.speed });
        }
    }
    found
}

fn runs(world: &World, device: DeviceId) -> bool {
    world.device(device).switching.as_ref().is_some_and(|switching| switching.spanning_tree)
}

/// Where bridges with spanning tree are attached, and the segments that loop in themselves.
fn segments(world: &World, wires: &[Wire]) -> (Vec<Attachment>, Vec<DeviceId>) {
    let mut groups = Groups::default();
    let mut stormy = Vec::new();
    let mut attachments = Vec::new();
    for (at, wire) in wires.iter().enumerate() {
        let plain: Vec<_> = wire.ends.iter().filter(|end| !runs(world, end.device)).collect();
        match plain.as_slice() {
            [a, b] if !groups.join(a.device, b.device) => stormy.push(a.device),
            [one] => groups.touch(one.device),
            _ => {}
        }
        // Numbers of segments: those of plain bridges are their devices', those of wires come after.
        let segment = plain.first().map_or(world.devices.len() + at, |end| usize::from(end.device.0));
        for end in wire.ends.iter().filter(|end| runs(world, end.device)) {
            attachments.push(Attachment { port: *end, segment, cost: cost(wire.speed) });
        }
    }
    for attachment in &mut attachments {
        if attachment.segment < world.devices.len() {
            attachment.segment = usize::from(groups.top(DeviceId::from_index(attachment.segment)).0);
        }
    }
    (attachments, stormy)
}

/// Bridges without spanning tree that are joined to each other.
#[derive(Default)]
struct Groups(Map<DeviceId, DeviceId>);

impl Groups {
    fn touch(&mut self, device: DeviceId) {
        self.0.entry(device).or_insert(device);
    }

    fn top(&mut self, device: DeviceId) -> DeviceId {
        self.touch(device);
        let mut at = device;
        while let Some(above) = self.0.get(&at).copied().filter(|above| *above != at) {
            at = above;
        }
        at
    }

    /// False when they were joined already: another wire between them closes a loop.
    fn join(&mut self, a: DeviceId, b: DeviceId) -> bool {
        let (a, b) = (self.top(a), self.top(b));
        self.0.insert(a.max(b), a.min(b));
        a != b
    }
}

/// Bridge identifier: equal priorities, so the address decides.
fn identifier(world: &World, device: DeviceId) -> (Mac, DeviceId) {
    let mac = world.device(device).ports.iter().map(|port| port.mac).min().unwrap_or_default();
    (mac, device)
}

/// The root of the tree as one bridge sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Root {
    pub mac: Mac,
    /// `None`: the bridge itself is the root.
    pub port: Option<PortIndex>,
    pub cost: u32,
}

/// For displays.
#[must_use]
pub fn root(world: &World, device: DeviceId) -> Root {
    let (attachments, _) = segments(world, &wires(world));
    let best = distances(world, &attachments);
    let own = identifier(world, device);
    let Some((root, cost)) = best.get(&device).copied().filter(|(root, _)| *root != own) else {
        return Root { mac: own.0, port: None, cost: 0 };
    };
    let states = tree(world, &attachments);
    let towards = attachments.iter().zip(states).find(|(attachment, forwards)| {
        let near = attachments.iter().filter(|other| other.segment == attachment.segment && other.port != attachment.port);
        let reaches = near.filter_map(|other| best.get(&other.port.device)).any(|(_, far)| far + attachment.cost == cost);
        *forwards && attachment.port.device == device && reaches
    });
    Root { mac: root.0, port: towards.map(|(attachment, _)| attachment.port.port), cost }
}

/// Bellman–Ford: the best (root, cost) that each bridge knows.
fn distances(world: &World, attachments: &[Attachment]) -> Map<DeviceId, ((Mac, DeviceId), u32)> {
    let mut best: Map<DeviceId, ((Mac, DeviceId), u32)> =
        identifiers(world, attachments).into_iter().map(|(bridge, own)| (bridge, (own, 0))).collect();
    for _ in 0..=best.len() {
        let mut offers = Map::new();
        for attachment in attachments {
            let known = best[&attachment.port.device];
            let least = offers.entry(attachment.segment).or_insert(known);
            *least = known.min(*least);
        }
        let mut changed = false;
        for attachment in attachments {
            let heard = offers.get(&attachment.segment).copied();
            if let (Some((root, far)), Some(own)) = (heard, best.get_mut(&attachment.port.device)) {
                let offer = (root, far.saturating_add(attachment.cost));
                if offer < *own {
                    *own = offer;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    best
}

/// Those of every bridge that is attached somewhere.
fn identifiers(world: &World, attachments: &[Attachment]) -> Map<DeviceId, (Mac, DeviceId)> {
    let mut found = Map::new();
    for attachment in attachments {
        let device = attachment.port.device;
        found.entry(device).or_insert_with(|| identifier(world, device));
    }
    found
}

/// For each attachment whether it forwards.
fn tree(world: &World, attachments: &[Attachment]) -> Vec<bool> {
    let best = distances(world, attachments);
    let own = identifiers(world, attachments);
    let rank = |attachment: &Attachment| {
        let device = attachment.port.device;
        (best.get(&device).copied(), own.get(&device).copied(), attachment.port.port)
    };
    let mut designated: Map<usize, &Attachment> = Map::new();
    for attachment in attachments {
        let first = designated.entry(attachment.segment).or_insert(attachment);
        if rank(attachment) < rank(first) {
            *first = attachment;
        }
    }
    // What a bridge compares to choose the port towards the root, and that port.
    let mut towards = Map::new();
    for attachment in attachments {
        let device = attachment.port.device;
        let is_root = best.get(&device).map(|(root, _)| root) == own.get(&device);
        let Some(far) = designated.get(&attachment.segment).filter(|far| !is_root && far.port.device != device) else { continue };
        let Some((root, distance)) = best.get(&far.port.device).copied() else { continue };
        let cost = distance.saturating_add(attachment.cost);
        let choice = (root, cost, own.get(&far.port.device).copied(), far.port.port, attachment.port.port);
        let least = towards.entry(device).or_insert(choice);
        *least = choice.min(*least);
    }
    let forwards = |attachment: &Attachment| {
        let root_port = towards.get(&attachment.port.device).map(|choice| choice.4);
        designated.get(&attachment.segment).is_some_and(|first| first.port == attachment.port)
            || root_port == Some(attachment.port.port)
    };
    attachments.iter().map(forwards).collect()
}

/// BPDU guard: a guarded port that hears a bridge shuts. True when one did.
fn guard(world: &mut World, attachments: &[Attachment]) -> bool {
    let heard = attachments.iter().find(|attachment| {
        let guarded = link::at(world, attachment.port)
            .and_then(|port| port.switching.as_ref())
            .is_some_and(|settings| settings.bpdu_guard && settings.err_disabled.is_none());
        guarded && attachments.iter().any(|other| other.segment == attachment.segment && other.port != attachment.port)
    });
    let Some(port) = heard.map(|attachment| attachment.port) else { return false };
    let name = link::at(world, port).map(|port| names::short(&port.name)).unwrap_or_default();
    let text = format!("Received BPDU on port {name} with BPDU Guard enabled. Disabling port.");
    links::write(world, port.device, "SPANTREE", 2, "BLOCK_BPDUGUARD", text);
    security::shut(world, port, ErrDisable::BpduGuard, "bpduguard");
    true
}

/// Writes the result into ports and switches.
fn apply(world: &mut World, wires: &[Wire], attachments: &[Attachment], forwards: &[bool], stormy: &[DeviceId]) {
    let blocked: Vec<_> =
        attachments.iter().zip(forwards).filter(|(_, forwards)| !**forwards).map(|(attachment, _)| attachment.port).collect();
    // A storm reaches every bridge that forwarding wires lead to.
    let mut storm: Vec<DeviceId> = stormy.to_vec();
    let mut at = 0;
    while let Some(device) = storm.get(at).copied() {
        at += 1;
        for wire in wires.iter().filter(|wire| wire.ends.iter().all(|end| !blocked.contains(end))) {
            if wire.ends.iter().any(|end| end.device == device) {
                for end in wire.ends {
                    if !storm.contains(&end.device) {
                        storm.push(end.device);
                    }
                }
            }
        }
    }
    let is_right = |device: &Device| {
        let mut ports = (0_u8..).zip(&device.ports).filter_map(|(at, port)| Some((PortIndex(at), port.switching.as_ref()?)));
        let blocks = |port| blocked.contains(&PortRef { device: device.id, port });
        let carries = storm.contains(&device.id);
        ports.all(|(port, settings)| settings.blocked == blocks(port))
            && device.switching.as_ref().is_none_or(|switching| switching.storm == carries)
    };
    // Every walk comes here, and mostly nothing has changed: look before writing.
    let wrong: Vec<_> = world.devices.iter().filter(|device| !is_right(device)).map(|device| device.id).collect();
    for id in wrong {
        let device = world.device_mut(id);
        for (at, port) in (0_u8..).zip(&mut device.ports) {
            if let Some(settings) = &mut port.switching {
                settings.blocked = blocked.contains(&PortRef { device: id, port: PortIndex(at) });
            }
        }
        if let Some(switching) = &mut device.switching {
            switching.storm = storm.contains(&id);
        }
    }
}
