//! What people rely on, tried out: each probe either passes or not, and says so without a learner's tool.
//!
//! A probe works on a copy of the world, so trying leaves no trace.

pub mod accounts;
pub mod hardware;
pub mod linux;
pub mod network;
pub mod printing;
pub mod windows;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::world::files::Right;
use crate::world::{DeviceId, PersonId, World};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Probe {
    // network
    /// An echo request comes back.
    Reach {
        from: DeviceId,
        to: Ipv4Addr,
    },
    /// It must not: what is kept apart stays apart.
    Apart {
        from: DeviceId,
        to: Ipv4Addr,
    },
    Resolve {
        from: DeviceId,
        name: String,
    },
    /// A TCP connection to a name or address opens.
    Port {
        from: DeviceId,
        host: String,
        port: u16,
    },
    /// A page opens with status 200 and without a warning.
    Web {
        from: DeviceId,
        url: String,
    },
    /// The path runs at this many Mb/s or more without errors.
    Throughput {
        from: DeviceId,
        to: Ipv4Addr,
        mbps: u32,
    },
    /// Every address in use is used once, and no foreign DHCP server answers.
    Addressing {
        device: DeviceId,
    },
    Wifi {
        device: DeviceId,
        ssid: String,
    },
    // machines
    /// It starts to where people can work.
    Starts {
        device: DeviceId,
    },
    /// It stays up under load.
    Stable {
        device: DeviceId,
    },
    /// Its clock is right to five minutes, also after a power cut.
    Clock {
        device: DeviceId,
    },
    Program {
        device: DeviceId,
        name: String,
    },
    Peripheral {
        device: DeviceId,
        name: String,
    },
    /// Fast enough to work with: memory, disk, processor, start-up.
    Responsive {
        device: DeviceId,
    },
    /// Any other named condition of a machine; `probe::hardware` and `probe::windows` list them: `battery`, `display`, `search`.
    Condition {
        device: DeviceId,
        what: String,
    },
    Service {
        device: DeviceId,
        name: String,
    },
    Space {
        device: DeviceId,
    },
    // people and accounts
    SignIn {
        device: DeviceId,
        person: PersonId,
    },
    Share {
        device: DeviceId,
        person: PersonId,
        path: String,
        right: Right,
    },
    /// This person has no business there and cannot even read.
    NoShare {
        device: DeviceId,
        person: PersonId,
        path: String,
    },
    Mail {
        person: PersonId,
    },
    Cloud {
        person: PersonId,
        service: String,
    },
    // the rest
    Print {
        device: DeviceId,
        printer: String,
    },
    Backup {
        device: DeviceId,
        job: String,
    },
    /// Nothing hostile or unwanted runs on it.
    Clean {
        device: DeviceId,
    },
    /// Nobody else is in this person's account, and their mail goes to nobody outside.
    Private {
        person: PersonId,
    },
}

impl Probe {
    #[must_use]
    pub fn passes(&self, world: &World) -> bool {
        let mut copy = world.clone();
        self.try_out(&mut copy)
    }

    fn try_out(&self, world: &mut World) -> bool {
        match self {
            Self::Reach { from, to } => network::reach(world, *from, *to),
            Self::Apart { from, to } => !network::reach(world, *from, *to),
            Self::Resolve { from, name } => network::resolve(world, *from, name),
            Self::Port { from, host, port } => network::port(world, *from, host, *port),
            Self::Web { from, url } => !windows::blank(world, *from, url) && network::web(world, *from, url),
            Self::Throughput { from, to, mbps } => network::throughput(world, *from, *to, *mbps),
            Self::Addressing { device } => network::addressing(world, *device),
            Self::Wifi { device, ssid } => network::wifi(world, *device, ssid),
            Self::Starts { device } => hardware::starts(world, *device),
            Self::Stable { device } => hardware::stable(world, *device),
            Self::Clock { device } => windows::clock(world, *device),
            Self::Program { device, name } => windows::program(world, *device, name),
            Self::Peripheral { device, name } => hardware::peripheral(world, *device, name),
            Self::Responsive { device } => windows::responsive(world, *device),
            Self::Condition { device, what } => hardware::condition(world, *device, what)
                .or_else(|| windows::condition(world, *device, what))
                .or_else(|| linux::condition(world, *device, what))
                .or_else(|| printing::condition(world, *device, what))
                .or_else(|| accounts::condition(world, *device, what))
                .unwrap_or(false),
            Self::Service { device, name } => crate::machine::runs(world, *device, name),
            Self::Space { device } => linux::space(world, *device),
            Self::SignIn { device, person } => accounts::sign_in(world, *device, *person),
            Self::Share { device, person, path, right } => accounts::share(world, *device, *person, path, *right),
            Self::NoShare { device, person, path } => !accounts::share(world, *device, *person, path, Right::Read),
            Self::Mail { person } => accounts::mail(world, *person),
            Self::Cloud { person, service } => accounts::cloud(world, *person, service),
            Self::Print { device, printer } => printing::print(world, *device, printer),
            Self::Backup { device, job } => windows::backup(world, *device, job),
            Self::Clean { device } => windows::clean(world, *device),
            Self::Private { person } => accounts::private(world, *person),
        }
    }
}
