//! What a question is asked about: output of commands, panels and drawings that the engine makes of a company in some state.
//!
//! A [`Plan`] is what an author wrote: a site, what is wrong there, what to look at. [`Setup::render`] makes of it, for a seed,
//! the [`Exhibit`] that a learner sees and the values that the texts of the item may name. Nothing of it is canned, so another
//! seed shows other addresses, names and times.

pub mod bundle;
mod parse;
mod render;
mod values;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::panel::PanelKind;
use engine::shell::ShellKind;
use engine::site::Site;
use engine::ticket::scenario::FaultSpec;
use engine::world::device::Kind;
use serde::{Deserialize, Serialize};

pub use bundle::{Case, CaseFile};
pub(super) use parse::read;

use super::fields::Located;
use super::prose::Prose;

/// What a learner sees. All of it is meant for their eyes: neither the seed nor what is wrong can stand in it, except as the
/// modelled systems show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    pub title: String,
    /// What the parts of a case have in common; empty for a single item.
    pub text: Prose,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    Terminal(Terminal),
    Table(Table),
    Topology(Topology),
}

/// A terminal with its prompts, what was typed and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminal {
    pub device: String,
    pub shell: ShellKind,
    pub text: String,
}

/// A table of a panel. `title` says of which panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub device: String,
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Rooms, devices and links as the company has documented them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topology {
    pub rooms: Vec<Room>,
    pub devices: Vec<Node>,
    pub links: Vec<Link>,
}

/// Metres from a corner of the house, and the floor, as places of a site have them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    pub name: String,
    pub x: i32,
    pub y: i32,
    pub floor: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    pub name: String,
    pub kind: Kind,
    /// The place in [`Topology::rooms`].
    pub room: u16,
}

/// Its two ends: the place in [`Topology::devices`], and the port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub ends: [(u16, String); 2],
}

/// An exhibit as its author wrote it. It says what is wrong, so like the item it never leaves the server.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Where the table begins.
    line: u32,
    title: String,
    /// The id of a site.
    site: Located<String>,
    /// Labels; the seed picks one, which is `{device}`.
    devices: Located<Vec<String>>,
    faults: Vec<Located<FaultSpec>>,
    /// Actions that nobody sees, in the language of scripts.
    before: Option<Located<String>>,
    show: Vec<Located<Show>>,
    /// What must stand in it for every seed, so that the key is right, and what must not.
    shows: Located<Vec<String>>,
    hides: Located<Vec<String>>,
    /// Name to selector.
    values: Vec<(String, Located<String>)>,
}

/// One thing to look at. Devices are labels, `{device}` where none is named.
#[derive(Clone, Debug)]
enum Show {
    Command {
        device: Option<String>,
        shell: Option<ShellKind>,
        elevated: bool,
        line: String,
    },
    Panel {
        device: Option<String>,
        panel: PanelKind,
        table: Option<String>,
        rows: usize,
    },
    /// The devices to draw; none: all.
    Topology {
        devices: Vec<String>,
    },
}

/// A plan with everything it is made from.
#[derive(Clone, Debug)]
pub struct Setup {
    pub plan: Plan,
    pub site: Arc<Site>,
    /// The common text of a case.
    pub text: Prose,
}

impl Plan {
    /// The names of its values, with their lines.
    pub(super) fn values(&self) -> impl Iterator<Item = (&String, u32)> {
        self.values.iter().map(|(name, selector)| (name, selector.line))
    }
}

/// What a plan becomes for a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub exhibit: Exhibit,
    /// For `{name}` in the texts of the item.
    pub values: BTreeMap<String, String>,
}

impl Exhibit {
    /// All that can be read in it, a line for each line, row or link.
    #[must_use]
    pub fn plain_text(&self) -> String {
        self.blocks.iter().map(Block::plain_text).collect::<Vec<_>>().join("\n")
    }
}

impl Block {
    fn plain_text(&self) -> String {
        match self {
            Self::Terminal(terminal) => terminal.text.clone(),
            Self::Table(table) => {
                let rows = std::iter::once(&table.columns).chain(&table.rows);
                rows.map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n")
            }
            Self::Topology(topology) => topology.links.iter().map(|link| topology.words(link)).collect::<Vec<_>>().join("\n"),
        }
    }
}

impl Topology {
    /// `PC-01 Ethernet - SW-1 Gi0/1`
    fn words(&self, link: &Link) -> String {
        let end = |(device, port): &(u16, String)| format!("{} {port}", self.name_of(*device));
        let [one, other] = &link.ends;
        format!("{} - {}", end(one), end(other))
    }

    /// The name of a device, by its place.
    #[must_use]
    pub fn name_of(&self, device: u16) -> &str {
        self.devices.get(usize::from(device)).map_or("", |node| &node.name)
    }
}
