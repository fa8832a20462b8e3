//! One device: a computer, a printer, a switch, a router, an access point, or something on the Internet.

use serde::{Deserialize, Serialize};

use super::hardware::{Hardware, Power};
use super::interface::Stack;
use super::linux::Linux;
use super::network_device::Ios;
use super::person::PersonId;
use super::place::PlaceId;
use super::port::{Port, Switching};
use super::printer::Printer;
use super::server::Roles;
use super::shared::Shared;
use super::wifi::AccessPoint;
use super::windows::Windows;

/// The position in [`super::World::devices`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeviceId(pub u16);

impl DeviceId {
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        Self(u16::try_from(index).unwrap_or(u16::MAX))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Device {
    pub id: DeviceId,
    /// The asset label, and the host name of computers: `PC-07`.
    pub name: String,
    pub kind: Kind,
    /// As on its badge: `Latitude-class laptop`, `24-port access switch`.
    pub model: String,
    pub place: PlaceId,
    /// Who works with it.
    pub user: Option<PersonId>,
    pub power: Power,
    pub hardware: Shared<Hardware>,
    pub ports: Vec<Port>,
    /// Where it forwards frames between its ports.
    pub switching: Option<Shared<Switching>>,
    pub stack: Stack,
    pub system: System,
    /// What it serves to others.
    pub roles: Shared<Roles>,
    /// When it last started.
    pub started: crate::time::Time,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    Desktop,
    Laptop,
    Server,
    Printer,
    Switch,
    Router,
    Firewall,
    AccessPoint,
    /// The provider's modem or line terminator.
    Modem,
    Phone,
    /// Anything beyond the company's own edge.
    Internet,
}

/// What runs on it. macOS, mobile systems and hypervisors get a variant of their own when their time comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum System {
    Windows(Shared<Windows>),
    Linux(Shared<Linux>),
    Ios(Shared<Ios>),
    Printer(Shared<Printer>),
    AccessPoint(Shared<AccessPoint>),
    /// No shell and no panel: unmanaged switches, modems, desk phones, hosts on the Internet.
    Fixed,
}

impl System {
    /// Neither has been changed since one was copied from the other.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Windows(own), Self::Windows(other)) => own.is(other),
            (Self::Linux(own), Self::Linux(other)) => own.is(other),
            (Self::Ios(own), Self::Ios(other)) => own.is(other),
            (Self::Printer(own), Self::Printer(other)) => own.is(other),
            (Self::AccessPoint(own), Self::AccessPoint(other)) => own.is(other),
            (Self::Fixed, Self::Fixed) => true,
            _ => false,
        }
    }
}

impl Device {
    #[must_use]
    pub fn windows(&self) -> Option<&Windows> {
        match &self.system {
            System::Windows(windows) => Some(windows),
            _ => None,
        }
    }

    pub fn windows_mut(&mut self) -> Option<&mut Windows> {
        match &mut self.system {
            System::Windows(windows) => Some(windows),
            _ => None,
        }
    }

    #[must_use]
    pub fn linux(&self) -> Option<&Linux> {
        match &self.system {
            System::Linux(linux) => Some(linux),
            _ => None,
        }
    }

    pub fn linux_mut(&mut self) -> Option<&mut Linux> {
        match &mut self.system {
            System::Linux(linux) => Some(linux),
            _ => None,
        }
    }

    #[must_use]
    pub fn ios(&self) -> Option<&Ios> {
        match &self.system {
            System::Ios(ios) => Some(ios),
            _ => None,
        }
    }

    pub fn ios_mut(&mut self) -> Option<&mut Ios> {
        match &mut self.system {
            System::Ios(ios) => Some(ios),
            _ => None,
        }
    }

    #[must_use]
    pub fn printer(&self) -> Option<&Printer> {
        match &self.system {
            System::Printer(printer) => Some(printer),
            _ => None,
        }
    }

    pub fn printer_mut(&mut self) -> Option<&mut Printer> {
        match &mut self.system {
            System::Printer(printer) => Some(printer),
            _ => None,
        }
    }

    #[must_use]
    pub fn access_point(&self) -> Option<&AccessPoint> {
        match &self.system {
            System::AccessPoint(access_point) => Some(access_point),
            _ => None,
        }
    }

    pub fn access_point_mut(&mut self) -> Option<&mut AccessPoint> {
        match &mut self.system {
            System::AccessPoint(access_point) => Some(access_point),
            _ => None,
        }
    }
}
