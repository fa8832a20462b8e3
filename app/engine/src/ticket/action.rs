//! Everything a learner can do. A ticket is a scenario, a seed and a list of these.

use serde::{Deserialize, Serialize};

use crate::fault::{Layer, Tier};
use crate::panel::{Operation, PanelKind};
use crate::people::Utterance;
use crate::physical::Act;
use crate::shell::ShellKind;
use crate::time::Span;
use crate::world::DeviceId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// A line in a terminal; the terminal of a device and a shell stays open between lines.
    Shell {
        device: DeviceId,
        shell: ShellKind,
        elevated: bool,
        line: String,
    },
    /// Looks into a panel.
    Open {
        device: DeviceId,
        panel: PanelKind,
    },
    Panel {
        device: DeviceId,
        panel: PanelKind,
        operation: Operation,
    },
    Physical(Act),
    Say(Utterance),
    Theory(Theory),
    Note(String),
    Escalate(Escalation),
    Resolve(Resolution),
    Wait(Span),
}

/// What the learner believes, stated at the first change and open to revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theory {
    pub layer: Layer,
    pub component: String,
    /// The id of one of the scenario's candidate faults, or empty.
    pub cause: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    pub to: Tier,
    /// What was seen, with the numbers of the actions that show it.
    pub evidence: Vec<u32>,
    pub tried: String,
    pub impact: Level,
    pub urgency: Level,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Low,
    #[default]
    Medium,
    High,
}

/// The form that closes a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    pub cause: String,
    pub change: String,
    pub verification: String,
    pub prevention: String,
}
