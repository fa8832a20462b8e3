//! The words of the script language for the engine's enumerations.

use crate::fault::{Layer, Tier};
use crate::shell::ShellKind;
use crate::ticket::action::Level;
use crate::world::person::Consent;

const SHELLS: &[(&str, ShellKind)] =
    &[("cmd", ShellKind::Cmd), ("powershell", ShellKind::PowerShell), ("bash", ShellKind::Bash), ("ios", ShellKind::Ios)];

#[must_use]
pub fn shell_kind(word: &str) -> Option<ShellKind> {
    SHELLS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

#[must_use]
pub fn shell_word(kind: ShellKind) -> &'static str {
    SHELLS.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word)
}

/// Impact and urgency.
pub const LEVELS: &[(&str, Level)] = &[("low", Level::Low), ("medium", Level::Medium), ("high", Level::High)];

#[must_use]
pub fn level(word: &str) -> Option<Level> {
    LEVELS.iter().find(|(known, _)| *known == word).map(|(_, level)| *level)
}

pub const LAYERS: &[(&str, Layer)] = &[
    ("physical", Layer::Physical),
    ("data-link", Layer::DataLink),
    ("network", Layer::Network),
    ("transport", Layer::Transport),
    ("network-service", Layer::NetworkService),
    ("hardware", Layer::Hardware),
    ("operating-system", Layer::OperatingSystem),
    ("application", Layer::Application),
    ("account", Layer::AccountOrPermission),
    ("security", Layer::Security),
    ("person", Layer::Person),
];

#[must_use]
pub fn layer(word: &str) -> Option<Layer> {
    LAYERS.iter().find(|(known, _)| *known == word).map(|(_, layer)| *layer)
}

#[must_use]
pub fn layer_word(layer: Layer) -> &'static str {
    LAYERS.iter().find(|(_, known)| *known == layer).map_or("", |(word, _)| word)
}

pub const TIERS: &[(&str, Tier)] = &[
    ("T1", Tier::T1),
    ("T2", Tier::T2),
    ("T3", Tier::T3),
    ("security", Tier::Security),
    ("vendor", Tier::Vendor),
    ("facilities", Tier::Facilities),
    ("manager", Tier::Manager),
];

#[must_use]
pub fn tier(word: &str) -> Option<Tier> {
    TIERS.iter().find(|(known, _)| *known == word).map(|(_, tier)| *tier)
}

#[must_use]
pub fn tier_word(tier: Tier) -> &'static str {
    TIERS.iter().find(|(_, known)| *known == tier).map_or("", |(word, _)| word)
}

#[must_use]
pub fn consent(word: &str) -> Option<Consent> {
    Some(match word {
        "remote-control" => Consent::RemoteControl,
        "restart" => Consent::Restart,
        "data-loss-risk" => Consent::DataLossRisk,
        "downtime" => Consent::Downtime,
        _ => return None,
    })
}
