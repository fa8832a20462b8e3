//! What can be wrong: the catalogue, and for each fault how it is put in, recognised and taken out.
//!
//! A fault changes state and nothing else. `inject` makes the change; `traces` writes what it would have left in logs by now;
//! `present` is the root-cause predicate: the ticket's root cause is fixed when it is false; `repair` puts back what `inject`
//! changed, from the healthy twin, exactly: inject then repair gives the twin's hash again.

mod groups;
#[cfg(test)]
pub(crate) mod trial;

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::world::{DeviceId, PersonId, PortIndex, World};

#[derive(Debug)]
pub struct Fault {
    /// As in the catalogue: `N8`.
    pub id: &'static str,
    /// What a technician would write into the ticket as its cause.
    pub title: &'static str,
    pub layer: Layer,
    /// The part that is at fault, one of a short list shown to learners: `cable`, `DHCP scope`, `account`.
    pub component: &'static str,
    /// Who solves it: what the first line may do itself, and to whom it hands over otherwise.
    pub tier: Tier,
    /// Where it can be put in a healthy world; empty: nowhere in this site.
    pub targets: fn(&World) -> Vec<Target>,
    pub inject: fn(&mut World, &Target, &mut Chance),
    pub traces: fn(&mut World, &Target),
    pub present: fn(&World, &Target) -> bool,
    pub repair: fn(&mut World, &Target, &World),
}

/// Where a fault sits. The fields a fault does not need are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub device: DeviceId,
    pub port: Option<PortIndex>,
    pub person: Option<PersonId>,
    /// A second device: the server, the router, the printer.
    pub other: Option<DeviceId>,
    /// A service, program, share, zone, scope, printer, drive …
    pub name: String,
}

impl Target {
    #[must_use]
    pub fn device(device: DeviceId) -> Self {
        Self { device, ..Self::default() }
    }
}

/// Where a learner looks: OSI for the network, and what stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Layer {
    Physical,
    DataLink,
    Network,
    Transport,
    /// Names, addresses by DHCP, mail, web, directory.
    NetworkService,
    Hardware,
    OperatingSystem,
    Application,
    AccountOrPermission,
    Security,
    /// Nothing is broken: it is what somebody knows or expects.
    Person,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tier {
    /// Solved at the desk.
    T1,
    /// Desktop, field or system administration.
    T2,
    /// Network, server or cloud engineering.
    T3,
    Security,
    Vendor,
    Facilities,
    Manager,
}

impl Fault {
    /// The letter before the number: `N`.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.id.trim_end_matches(|c: char| c.is_ascii_digit())
    }
}

/// For faults that leave nothing in logs.
pub fn no_traces(_: &mut World, _: &Target) {}

/// Every fault, in the order of the catalogue's groups.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    groups::ALL.iter().flat_map(|group| group.iter())
}

#[must_use]
pub fn find(id: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.id == id)
}
