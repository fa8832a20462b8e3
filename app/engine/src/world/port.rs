//! Physical ports: what a cable goes into, or a radio.

use serde::{Deserialize, Serialize};

use super::device::DeviceId;
use super::mac::Mac;
use super::wifi::WifiClient;
use crate::sorted::{Map, Set};

/// The position in [`super::Device::ports`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortIndex(pub u8);

/// One port of one device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortRef {
    pub device: DeviceId,
    pub port: PortIndex,
}

/// IEEE 802.1Q VLAN id, 1–4094.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VlanId(pub u16);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Port {
    /// As the system names it: `Ethernet`, `eth0`, `GigabitEthernet0/1`.
    pub name: String,
    pub mac: Mac,
    pub media: Media,
    /// Administratively up.
    pub enabled: bool,
    /// The port itself is broken: no link with any cable.
    pub broken: bool,
    pub speed: Speed,
    pub duplex: Duplex,
    pub counters: Counters,
    /// Where the port belongs to a switch.
    pub switching: Option<SwitchPort>,
    /// Where it powers others.
    pub poe: Option<Poe>,
    /// Where it is a station's radio.
    pub wifi: Option<Box<WifiClient>>,
    pub description: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Media {
    /// Twisted pair; the fastest speed it can do, in Mb/s.
    Copper(u32),
    /// Fibre with the optic that is plugged in.
    Fibre(Optic),
    Radio,
    /// To the provider: telephone, cable or the provider's own fibre.
    Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Optic {
    None,
    /// Multi-mode, short reach.
    Sx,
    /// Single-mode, long reach.
    Lx,
}

/// As configured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Speed {
    #[default]
    Auto,
    /// Mb/s.
    Fixed(u32),
}

/// As configured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Duplex {
    #[default]
    Auto,
    Full,
    Half,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    pub frames_in: u64,
    pub frames_out: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    pub crc_errors: u64,
    pub collisions: u64,
    pub late_collisions: u64,
    pub dropped: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchPort {
    pub mode: SwitchMode,
    pub voice_vlan: Option<VlanId>,
    pub port_security: Option<Box<PortSecurity>>,
    /// Shut down by the switch itself.
    pub err_disabled: Option<ErrDisable>,
    pub bpdu_guard: bool,
    pub portfast: bool,
    /// DHCP snooping lets servers answer through this port.
    pub snooping_trusted: bool,
    /// Spanning tree blocks it to break a loop (computed by `net::spanning_tree`).
    pub blocked: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SwitchMode {
    Access(VlanId),
    Trunk {
        native: VlanId,
        /// `None` is every VLAN.
        allowed: Option<Set<VlanId>>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortSecurity {
    pub maximum: u8,
    pub sticky: bool,
    pub learned: Set<Mac>,
    pub violations: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrDisable {
    PortSecurity,
    BpduGuard,
    Loop,
}

/// Power over Ethernet, as the powering port sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poe {
    pub enabled: bool,
}

/// The part of a device that forwards frames between its ports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switching {
    /// The VLAN database: id and name. VLAN 1 is always there.
    pub vlans: Map<VlanId, String>,
    /// Which port a station was last heard on, and when.
    pub mac_table: Map<(VlanId, Mac), (PortIndex, crate::time::Time)>,
    pub spanning_tree: bool,
    /// Milliwatts that all powered ports may draw together.
    pub poe_budget_mw: u32,
    pub snooping: bool,
    /// VLANs that snooping looks at.
    pub snooping_vlans: Set<VlanId>,
    /// Answers of DHCP servers that snooping dropped because they came in at an untrusted port.
    pub snooping_drops: u32,
    /// A loop is carrying broadcasts round and round.
    pub storm: bool,
    pub mac_flaps: u32,
}
