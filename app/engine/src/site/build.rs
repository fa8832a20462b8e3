//! Makes the healthy world of a site.

mod addresses;
mod alike;
mod devices;
mod links;
mod names;
mod people;
mod probes;
mod roles;
mod spare;

use super::spec::Site;
use crate::chance::Chance;
use crate::probe::Probe;
use crate::sorted::{self, Map};
use crate::time::{Span, Time};
use crate::world::{DeviceId, PersonId, PlaceId, World, place};

pub use probes::probe as compile_probe;

/// Something an author has to mend, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// `device[3].interface[0].address`.
    pub path: String,
    /// What to write instead.
    pub message: String,
}

/// A healthy company.
#[derive(Clone, Debug)]
pub struct Built {
    pub world: World,
    /// What its people rely on; all of it passes.
    pub probes: Vec<Probe>,
    /// The names that scenarios use for people.
    pub people: Map<String, PersonId>,
    /// What the seed drew for the letters of `[draw]`.
    pub drawn: Map<String, u8>,
}

/// What is known while building.
struct Builder<'s> {
    site: &'s Site,
    world: World,
    chance: Chance,
    drawn: Map<String, u8>,
    people: Map<String, PersonId>,
    complaints: Vec<Complaint>,
}

/// Builds the world for a seed. The same site and seed give the same world.
///
/// # Errors
/// Everything that is wrong with the description.
pub fn build(site: &Site, seed: u64) -> Result<Built, Vec<Complaint>> {
    let mut builder = Builder::new(site, seed);
    builder.places();
    builder.devices();
    builder.links();
    builder.people();
    builder.roles();
    builder.printers();
    let probes = builder.probes();
    builder.extras();
    if !builder.complaints.is_empty() {
        sorted::sort(&mut builder.complaints);
        return Err(builder.complaints);
    }
    settle(&mut builder.world);
    alike::share(&mut builder.world);
    spare::give_back(&mut builder.world);
    Ok(Built { world: builder.world, probes, people: builder.people, drawn: builder.drawn })
}

/// A morning before the learner comes: leases are taken, radios join, caches fill, timers stand where they would.
fn settle(world: &mut World) {
    for device in world.device_ids() {
        if crate::machine::is_up(world, device) {
            crate::net::wifi::settle(world, device);
        }
    }
    crate::net::settle(world);
    for device in world.device_ids() {
        let interfaces = world.device(device).stack.interfaces.len();
        for index in 0..interfaces {
            let index = crate::world::InterfaceIndex(u8::try_from(index).unwrap_or(u8::MAX));
            if world.device(device).stack.interfaces[usize::from(index.0)].dhcp.enabled {
                crate::net::dhcp::renew(world, device, index);
            }
        }
    }
    world.wait(Span::minutes(1));
}

impl<'s> Builder<'s> {
    fn new(site: &'s Site, seed: u64) -> Self {
        let mut chance = Chance::new(seed, "site");
        let drawn = site
            .draw
            .iter()
            .map(|(letter, (low, high))| {
                let number = chance.between(u32::from(*low), u32::from(*high).max(u32::from(*low)));
                (letter.clone(), u8::try_from(number).unwrap_or(*low))
            })
            .collect();
        let mut builder = Self { site, world: World::default(), chance, drawn, people: Map::new(), complaints: Vec::new() };
        builder.world.organisation.clone_from(&site.organisation);
        builder.world.domain = site.domain.to_lowercase();
        builder.world.zone_minutes = site.zone_minutes;
        match addresses::moment(&site.start) {
            // Nobody opens a ticket on the minute.
            Some(start) => builder.world.now = start + Span::seconds(u64::from(builder.chance.below(600))),
            None => builder.complain("start", "Write the day and time as \"2026-09-07 08:30\", in UTC."),
        }
        builder
    }

    fn complain(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.complaints.push(Complaint { path: path.into(), message: message.into() });
    }

    fn now(&self) -> Time {
        self.world.now
    }

    fn places(&mut self) {
        for (at, spec) in self.site.place.iter().enumerate() {
            let inside = spec.inside.as_ref().and_then(|name| self.place(&format!("place[{at}].inside"), name));
            if self.world.places.iter().any(|place| place.name == spec.name) {
                self.complain(
                    format!("place[{at}].name"),
                    format!("There is a place “{}” already: give it another name.", spec.name),
                );
            }
            self.world.places.push(place::Place {
                name: spec.name.clone(),
                inside,
                x: spec.x,
                y: spec.y,
                floor: spec.floor,
                interference_2_4: false,
            });
        }
    }

    /// A place by its name; places must be written before what stands in them.
    fn place(&mut self, path: &str, name: &str) -> Option<PlaceId> {
        let found = self.world.places.iter().position(|place| place.name == name);
        if found.is_none() {
            let known: Vec<_> = self.world.places.iter().map(|place| place.name.clone()).collect();
            self.complain(path, format!("There is no place “{name}” above. Known: {}.", known.join(", ")));
        }
        found.map(|at| PlaceId(u16::try_from(at).unwrap_or(u16::MAX)))
    }

    fn device(&mut self, path: &str, name: &str) -> Option<DeviceId> {
        let found = self.world.find(name);
        if found.is_none() {
            let near = nearest(name, self.world.devices.iter().map(|device| device.name.as_str()));
            self.complain(path, format!("There is no device “{name}”.{near}"));
        }
        found
    }

    fn extras(&mut self) {
        self.keys();
        for article in &self.site.article {
            self.world.knowledge.push(crate::world::Article { title: article.title.clone(), text: article.text.clone() });
        }
        for (at, spare) in self.site.spare.iter().enumerate() {
            match links::spare(&spare.part) {
                Some(part) => {
                    self.world.shelf.push(crate::world::hardware::Spare { name: spare.part.clone(), part, count: spare.count });
                }
                None => self
                    .complain(format!("spare[{at}].part"), "Write a part from the list in content/README.md, such as \"ram 8\"."),
            }
        }
    }
}

/// ` Did you mean “PC-01”?`, where a name is close.
#[must_use]
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let squeeze = |text: &str| text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let wanted = squeeze(name);
    let shared = |other: &str| squeeze(other).chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    let best = known.map(|other| (shared(other), other)).max_by_key(|(length, _)| *length);
    best.filter(|(length, _)| *length >= 2).map_or_else(String::new, |(_, other)| format!(" Did you mean “{other}”?"))
}
