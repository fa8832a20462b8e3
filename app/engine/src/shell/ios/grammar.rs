//! Every command: where it is known, its words, what it does.

use super::call::Call;
use super::{configure, exec, show};
use crate::shell::Output;

/// Where a command is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `Switch>` and `Switch#`.
    User,
    /// `Switch>` alone.
    OnlyUser,
    /// `Switch#`.
    Privileged,
    /// Every configuration mode.
    Below,
    /// `Switch(config)#`.
    Global,
    Interface,
    Vlan,
    /// `ip dhcp pool`.
    Pool,
    Line,
    /// `ip access-list extended`.
    List,
}

pub struct Entry {
    pub scope: Scope,
    /// `no` may stand before it.
    pub no: bool,
    pub pattern: &'static str,
    pub run: fn(&mut Call) -> Output,
}

/// A command.
pub const fn entry(scope: Scope, pattern: &'static str, run: fn(&mut Call) -> Output) -> Entry {
    Entry { scope, no: false, pattern, run }
}

/// A command that `no` takes back.
pub const fn both(scope: Scope, pattern: &'static str, run: fn(&mut Call) -> Output) -> Entry {
    Entry { scope, no: true, pattern, run }
}

pub fn all() -> impl Iterator<Item = &'static Entry> {
    let groups: [&'static [Entry]; 3] = [exec::ENTRIES, show::ENTRIES, configure::ENTRIES];
    groups.into_iter().flatten()
}

/// A word of a pattern as `?` shows it.
pub fn shown(word: &'static str) -> &'static str {
    match word {
        "<ip>" | "<mask>" => "A.B.C.D",
        "<word>" => "WORD",
        "<line>" => "LINE",
        "<if>" | "<newif>" | "<range>" => "Interface",
        "<vlans>" => "VLAN-LIST",
        other => other,
    }
}

/// What `?` says about a word.
pub fn help(word: &str) -> &'static str {
    HELP.iter().find(|(known, _)| *known == word).map_or("", |(_, help)| help)
}

const HELP: &[(&str, &str)] = &[
    ("<cr>", ""),
    ("A.B.C.D", "IP address or mask"),
    ("WORD", "Name"),
    ("LINE", "Text up to the end of the line"),
    ("Interface", "Name of an interface, such as gi0/1"),
    ("VLAN-LIST", "VLAN IDs of the allowed VLANs, such as 10,20-22"),
    ("access", "Set access mode characteristics of the interface"),
    ("access-list", "Add an access list entry"),
    ("access-lists", "List access lists"),
    ("address", "Address"),
    ("allowed", "Set allowed VLAN characteristics when interface is in trunking mode"),
    ("arp", "ARP table"),
    ("binding", "DHCP address bindings"),
    ("brief", "Brief summary"),
    ("cdp", "CDP information"),
    ("clear", "Reset functions"),
    ("clock", "Display the system clock"),
    ("configure", "Enter configuration mode"),
    ("copy", "Copy from one file to another"),
    ("counters", "Interface counters"),
    ("description", "Interface specific description"),
    ("dhcp", "DHCP"),
    ("disable", "Turn off privileged commands"),
    ("duplex", "Configure duplex operation"),
    ("enable", "Turn on privileged commands"),
    ("end", "Exit from configure mode"),
    ("exit", "Exit from the current mode"),
    ("hostname", "Set system's network name"),
    ("interface", "Select an interface"),
    ("interfaces", "Interface status and configuration"),
    ("ip", "IP information or configuration"),
    ("lldp", "LLDP information"),
    ("logging", "Show the contents of logging buffers"),
    ("mac", "MAC information"),
    ("mode", "Set trunking mode of the interface"),
    ("native", "Set trunking native characteristics when interface is in trunking mode"),
    ("neighbors", "Neighbor entries"),
    ("ping", "Send echo messages"),
    ("port-security", "Security related"),
    ("power", "Power over Ethernet"),
    ("reload", "Halt and perform a cold restart"),
    ("route", "Routes"),
    ("running-config", "Current operating configuration"),
    ("show", "Show running system information"),
    ("shutdown", "Shutdown the selected interface"),
    ("spanning-tree", "Spanning tree"),
    ("speed", "Configure speed operation"),
    ("startup-config", "Contents of startup configuration"),
    ("status", "Interface line status"),
    ("switchport", "Switching mode characteristics"),
    ("traceroute", "Trace route to destination"),
    ("trunk", "Trunking"),
    ("version", "System hardware and software status"),
    ("vlan", "VLAN status or commands"),
    ("write", "Write running configuration to memory"),
];
