//! Where one is at the bench: the site, a room, a device, or a view of a device.

use engine::panel::PanelKind;
use engine::shell::ShellKind;
use engine::ticket::script;
use engine::world::DeviceId;
use serde::{Deserialize, Serialize};

use crate::tickets::api::{BenchView, DeviceView};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spot {
    Site,
    /// Index into the places.
    Room(u16),
    Device(DeviceId),
    Panel(DeviceId, PanelKind),
    Terminal(Terminal),
}

/// One open command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminal {
    pub device: DeviceId,
    pub shell: ShellKind,
    pub elevated: bool,
}

impl Spot {
    pub fn device(self) -> Option<DeviceId> {
        match self {
            Self::Site | Self::Room(_) => None,
            Self::Device(device) | Self::Panel(device, _) | Self::Terminal(Terminal { device, .. }) => Some(device),
        }
    }

    /// As it stands in the address: `PC-01`, `PC-01/services`, `PC-01/cmd`, `PC-01/cmd-admin`, `room-3`; empty for the site.
    pub fn address(self, view: &BenchView) -> String {
        let name = self.device().and_then(|id| device(view, id)).map_or("", |device| device.name.as_str());
        match self {
            Self::Site => String::new(),
            Self::Room(at) => format!("room-{at}"),
            Self::Device(_) => name.to_owned(),
            Self::Panel(_, panel) => format!("{name}/{}", panel.slug()),
            Self::Terminal(Terminal { shell, elevated, .. }) => {
                format!("{name}/{}{}", script::shell_word(shell), if elevated { "-admin" } else { "" })
            }
        }
    }

    /// The site for what names nothing.
    pub fn parse(text: &str, view: &BenchView) -> Self {
        if let Some(at) = text.strip_prefix("room-").and_then(|at| at.parse().ok()) {
            return if usize::from(at) < view.places.len() { Self::Room(at) } else { Self::Site };
        }
        let (name, part) = text.split_once('/').unwrap_or((text, ""));
        let Some(device) = view.devices.iter().find(|device| device.name == name).map(|device| device.id) else {
            return Self::Site;
        };
        if let Some(panel) = PanelKind::parse(part) {
            return Self::Panel(device, panel);
        }
        let (word, elevated) = part.strip_suffix("-admin").map_or((part, false), |word| (word, true));
        script::shell_kind(word).map_or(Self::Device(device), |shell| Self::Terminal(Terminal { device, shell, elevated }))
    }
}

pub fn device(view: &BenchView, id: DeviceId) -> Option<&DeviceView> {
    view.devices.iter().find(|device| device.id == id)
}

pub fn device_name(view: &BenchView, id: DeviceId) -> String {
    device(view, id).map(|device| device.name.clone()).unwrap_or_default()
}

/// The names of a place and of what it is inside of, the outermost first.
pub fn path_of(view: &BenchView, place: u16) -> Vec<(u16, String)> {
    let mut path = Vec::new();
    let mut at = Some(place);
    // Places cannot nest deeper than there are places; a circle ends here.
    while let Some((index, found)) =
        at.and_then(|at| Some((at, view.places.get(usize::from(at))?))).filter(|_| path.len() < view.places.len())
    {
        path.push((index, found.name.clone()));
        at = found.inside;
    }
    path.reverse();
    path
}
