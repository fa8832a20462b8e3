//! Cables: what joins two ports, and what is wrong with it.

use serde::{Deserialize, Serialize};

use super::port::PortRef;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CableId(pub u16);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cable {
    pub kind: CableKind,
    /// Each end is in a port or hangs loose.
    pub ends: [Option<PortRef>; 2],
    pub metres: u16,
    pub damage: Damage,
    /// Runs beside a source of noise: errors come in bursts.
    pub beside_motor: bool,
    /// The label on it, or empty.
    pub label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CableKind {
    /// Category 3: 10 Mb/s.
    Cat3,
    /// 100 m at 1 Gb/s.
    Cat5e,
    Cat6,
    Cat6a,
    FibreSingleMode,
    FibreMultiMode,
    /// A telephone or cable line to the provider.
    Line,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    #[default]
    Whole,
    /// A pair that every speed needs is open: no link.
    PairOpen,
    /// Pair 4/5 or 7/8 is open: 100 Mb/s still works, 1 Gb/s does not.
    GigabitPairOpen,
    /// Fibre strands are swapped, so nobody's light reaches a receiver.
    Swapped,
    /// A dirty connector.
    Dirty,
}
