//! Radios: access points and the stations that join them.

use serde::{Deserialize, Serialize};

use super::mac::Mac;
use super::port::VlanId;
use crate::sorted::Set;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPoint {
    pub radios: Vec<Radio>,
    pub networks: Vec<Network>,
    /// Made up by an attacker: nobody's inventory has it.
    pub rogue: bool,
    /// A station that uses nearly all of the air, and whether it is limited.
    pub saturated_by: Option<Mac>,
    pub rate_limit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Radio {
    pub band: Band,
    pub channel: u8,
    /// MHz.
    pub width: u8,
    pub dbm: i8,
    pub enabled: bool,
    /// One BSSID for each network, in their order, counted up from this.
    pub bssid: Mac,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Band {
    Ghz2,
    Ghz5,
    Ghz6,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    pub ssid: String,
    pub security: Security,
    /// Not the key: a number that is equal where the keys are.
    pub key: u32,
    pub vlan: VlanId,
    pub bands: Set<Band>,
    pub hidden: bool,
    /// Web pages lead to a portal until its page was accepted; stations that did.
    pub portal: Option<Set<Mac>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Security {
    Open,
    #[default]
    Wpa2Personal,
    Wpa3Personal,
    /// 802.1X with a certificate.
    Wpa2Enterprise,
}

/// A station's radio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WifiClient {
    /// The switch on the case.
    pub hardware_on: bool,
    /// The setting; airplane mode switches it off too.
    pub software_on: bool,
    pub bands: Set<Band>,
    pub wpa3: bool,
    pub profiles: Vec<Profile>,
    /// What it is joined to; `net::wifi` decides whether that still holds.
    pub joined: Option<Joined>,
    /// Stays on a weak access point below this signal, dBm (a sticky client has a low one).
    pub roams_below: i8,
}

/// A dual-band radio that is on and roams as most drivers do by default.
impl Default for WifiClient {
    fn default() -> Self {
        Self {
            hardware_on: true,
            software_on: true,
            bands: Set::from([Band::Ghz2, Band::Ghz5]),
            wpa3: true,
            profiles: Vec::new(),
            joined: None,
            roams_below: -70,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub ssid: String,
    pub security: Security,
    pub key: u32,
    pub automatic: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub ssid: String,
    pub access_point: super::device::DeviceId,
    pub bssid: Mac,
    pub band: Band,
}
