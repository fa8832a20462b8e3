//! The state of a modelled company: everything that a command, a panel or a person can read is here, and nowhere else.
//!
//! Integers in ordered containers only: no floats, no hash maps, no `usize` (CI compares the state of native and wasm builds).
//! This room holds state and small questions about it; what the state *does* is in `net`, `shell`, `panel` and `people`.

pub mod accounts;
pub mod cable;
pub mod device;
pub mod devices;
pub mod files;
pub mod hardware;
pub mod interface;
pub mod linux;
pub mod mac;
pub mod network_device;
pub mod person;
pub mod phone;
pub mod place;
pub mod port;
pub mod printer;
pub mod server;
pub mod shared;
pub mod tenant;
pub mod wifi;
pub mod windows;

use serde::{Deserialize, Serialize};

pub use cable::{Cable, CableId};
pub use device::{Device, DeviceId};
pub use interface::InterfaceIndex;
pub use person::PersonId;
pub use place::PlaceId;
pub use port::{PortIndex, PortRef, VlanId};

use crate::time::{Span, Time, Timer, Timers};
use shared::Shared;

/// One company at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// The name people know: "Harbour Street Clinic".
    pub organisation: String,
    /// The DNS suffix of the company's own names: `clinic.example`.
    pub domain: String,
    /// The zone of the site's clocks, in minutes east of UTC.
    pub zone_minutes: i32,
    pub now: Time,
    pub timers: Timers,
    pub places: Shared<Vec<place::Place>>,
    /// In the order of [`DeviceId`].
    pub devices: devices::Devices,
    pub cables: Shared<Vec<Cable>>,
    pub people: Shared<Vec<person::Person>>,
    /// Spare parts that may be taken and put in.
    pub shelf: Shared<Vec<hardware::Spare>>,
    pub tenant: Option<Shared<tenant::Tenant>>,
    pub knowledge: Shared<Vec<Article>>,
    /// The company's own ticket system: what this site has asked for before, and what is still open.
    pub tickets: Shared<Vec<Request>>,
    /// What somebody did that can hurt people, destroy data or break equipment; graders read it.
    pub incidents: Vec<Incident>,
    /// Written for authors: what a learner tried that the model does not hold.
    pub not_modelled: Vec<String>,
}

/// An article of the company's own knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    pub title: String,
    pub text: String,
}

/// One entry of the company's ticket system; to read, not to work on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// As people quote it: `INC-2041`.
    pub number: String,
    pub opened: Time,
    pub requester: String,
    pub subject: String,
    pub text: String,
    pub open: bool,
    /// How it ended; empty while it is open.
    pub resolution: String,
}

/// Something that should not have been done, at the moment it was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub at: Time,
    pub device: DeviceId,
    pub harm: Harm,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Harm {
    /// Danger to life and limb.
    People,
    /// Data that nobody can bring back.
    Data,
    /// Unsaved work, a broken part.
    Equipment,
}

impl World {
    #[must_use]
    pub fn device(&self, id: DeviceId) -> &Device {
        &self.devices[usize::from(id.0)]
    }

    /// To be changed: parts it from the copies of this world, so only where something will be written.
    pub fn device_mut(&mut self, id: DeviceId) -> &mut Device {
        &mut self.devices[usize::from(id.0)]
    }

    /// By its label, as a script or an inventory names it; upper and lower case are the same.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<DeviceId> {
        self.devices.iter().find(|device| device.name.eq_ignore_ascii_case(name)).map(|device| device.id)
    }

    pub fn device_ids(&self) -> impl Iterator<Item = DeviceId> + use<> {
        (0..self.devices.len()).map(DeviceId::from_index)
    }

    #[must_use]
    pub fn person(&self, id: PersonId) -> &person::Person {
        &self.people[usize::from(id.0)]
    }

    /// Lets time pass; everything that is due happens in order, each at its own moment.
    pub fn wait(&mut self, span: Span) {
        let until = self.now + span;
        while let Some((at, timer)) = self.timers.due(until) {
            self.now = at.max(self.now);
            self.fire(&timer);
        }
        self.now = until;
    }

    fn fire(&mut self, timer: &Timer) {
        match timer {
            Timer::DhcpClient(device, interface) => crate::net::dhcp::client_timer(self, *device, *interface),
            Timer::Started(device) => crate::machine::started(self, *device),
            Timer::Service(device, name) => crate::machine::service_timer(self, *device, name),
            Timer::StaleCredential(device) => crate::machine::stale_credential(self, *device),
            Timer::PrintQueue(device) => crate::machine::print_queue(self, *device),
            Timer::ShutDown(device, restart) => crate::machine::services::shut_down(self, *device, *restart),
            Timer::Fault => {}
        }
    }

    /// What the model cannot do is said and kept for authors; it is never pretended.
    pub fn note_not_modelled(&mut self, what: impl Into<String>) {
        /// Enough for a review; a learner's loop must not grow the state for ever.
        const KEPT: usize = 200;
        if self.not_modelled.len() < KEPT {
            self.not_modelled.push(what.into());
        }
    }
}
