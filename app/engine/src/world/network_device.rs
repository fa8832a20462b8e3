//! What a managed switch, router or firewall keeps beside its ports: configuration saved and running, logs.
//!
//! The running configuration is not text: it is the ports, the switching part and the stack. `show running-config` writes it.

use serde::{Deserialize, Serialize};

use super::interface::Stack;
use super::port::{Port, Switching};
use super::shared::Shared;
use crate::time::Time;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ios {
    /// `15.2(7)E`.
    pub version: String,
    /// What `copy running-config startup-config` last saved and a reload brings back.
    pub startup: Option<Shared<Saved>>,
    /// Something was changed since it was saved.
    pub unsaved: bool,
    pub log: Vec<LogLine>,
    pub enable_secret: bool,
    pub cdp: bool,
    pub lldp: bool,
    /// What it calls itself, where that is not its label.
    pub hostname: String,
    /// Banner and other global lines that nothing depends on.
    pub banner: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    pub ports: Vec<Port>,
    pub switching: Option<Shared<Switching>>,
    pub stack: Stack,
    pub dhcp: Option<super::server::DhcpServer>,
    pub hostname: String,
}

/// `%LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to down`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    pub at: Time,
    pub facility: String,
    /// 0–7.
    pub severity: u8,
    pub mnemonic: String,
    pub text: String,
}
