//! Joining, leaving, roaming.

use super::{OnAir, association, client, client_mut, interface_on, on_air, radio_on, radios};
use crate::world::wifi::{Joined, Network, Profile, Security};
use crate::world::windows::{CertificateStore, Event, EventLevel, EventLog};
use crate::world::{DeviceId, PortIndex, PortRef, World};

/// dBm below which a station loses its access point.
pub const HOLDS: i8 = -86;
/// dBm below which it does not try to join one.
const JOINS: i8 = -82;

/// Why a station does not get onto a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JoinError {
    /// The port is no radio.
    NoRadio,
    RadioOff,
    NotInRange,
    /// It is there, but only on bands that this radio does not have.
    Band,
    /// It wants WPA3, which this radio does not speak; or the kept profile is of another kind.
    Security,
    WrongKey,
    /// 802.1X: no valid certificate of an issuer that the machine itself trusts.
    NoCertificate,
}

/// Whether a kept profile is for this network: name and kind of security.
pub(super) fn fits(profile: &Profile, network: &Network) -> bool {
    profile.ssid == network.ssid && profile.security == network.security
}

/// What the radio can do at all: band and security.
///
/// # Errors
/// Why it cannot join the network here, whatever key somebody types.
pub fn can_associate(world: &World, station: PortRef, ssid: &str) -> Result<(), JoinError> {
    let client = client(world, station).ok_or(JoinError::NoRadio)?;
    let found: Vec<_> = on_air(world, station).into_iter().filter(|heard| heard.network.ssid == ssid).collect();
    let mut reason = JoinError::NotInRange;
    for heard in &found {
        if !client.bands.contains(&heard.radio.band) {
            reason = reason.max(JoinError::Band);
        } else if heard.network.security == Security::Wpa3Personal && !client.wpa3 {
            reason = reason.max(JoinError::Security);
        } else {
            return Ok(());
        }
    }
    Err(reason)
}

/// Whether the access point takes the station with this key.
pub(super) fn associates(world: &World, station: PortRef, heard: &OnAir<'_>, key: u32) -> Result<(), JoinError> {
    let client = client(world, station).ok_or(JoinError::NoRadio)?;
    if !radio_on(world, station.device, client) {
        return Err(JoinError::RadioOff);
    }
    if !client.bands.contains(&heard.radio.band) {
        return Err(JoinError::Band);
    }
    match heard.network.security {
        Security::Open => Ok(()),
        Security::Wpa3Personal if !client.wpa3 => Err(JoinError::Security),
        Security::Wpa2Personal | Security::Wpa3Personal if heard.network.key == key => Ok(()),
        Security::Wpa2Personal | Security::Wpa3Personal => Err(JoinError::WrongKey),
        Security::Wpa2Enterprise if has_certificate(world, station.device) => Ok(()),
        Security::Wpa2Enterprise => Err(JoinError::NoCertificate),
    }
}

/// A certificate of its own that is valid by its clock and whose issuer it trusts. Other systems than Windows keep none here.
#[must_use]
pub fn has_certificate(world: &World, device: DeviceId) -> bool {
    let Some(windows) = world.device(device).windows() else { return true };
    let now = world.now.shifted(windows.clock.offset);
    windows.certificates.iter().any(|own| {
        own.store != CertificateStore::TrustedRoot
            && own.from <= now
            && now <= own.until
            && windows.certificates.iter().any(|root| root.store == CertificateStore::TrustedRoot && root.subject == own.issuer)
    })
}

/// Joins by hand, as picking a network from the list does: a typed key is kept when it worked; without one the kept profile is used.
///
/// # Errors
/// Why not; the station is then joined to nothing.
pub fn join(world: &mut World, device: DeviceId, port: PortIndex, ssid: &str, key: Option<u32>) -> Result<(), JoinError> {
    let station = PortRef { device, port };
    let result = choose(world, station, ssid, key);
    match &result {
        Ok((joined, profile)) => {
            if let Some(client) = client_mut(world, station) {
                client.profiles.retain(|kept| kept.ssid != profile.ssid);
                client.profiles.insert(0, profile.clone());
                client.joined = Some(joined.clone());
            }
            connected(world, station);
        }
        Err(error) => {
            if *error != JoinError::NoRadio {
                note(world, device, ssid, *error);
            }
            leave(world, device, port);
        }
    }
    result.map(|_| ())
}

/// The best access point for a network, or why there is none.
fn choose(world: &World, station: PortRef, ssid: &str, key: Option<u32>) -> Result<(Joined, Profile), JoinError> {
    let client = client(world, station).ok_or(JoinError::NoRadio)?;
    if !radio_on(world, station.device, client) {
        return Err(JoinError::RadioOff);
    }
    can_associate(world, station, ssid)?;
    let mut reason = JoinError::NotInRange;
    let mut best: Option<(OnAir<'_>, Profile)> = None;
    // Somebody who types a key means the network that wants one, not an open one of the same name.
    let meant = |heard: &OnAir<'_>| heard.network.ssid == ssid && (key.is_none() || heard.network.security != Security::Open);
    for heard in on_air(world, station).into_iter().filter(|heard| heard.dbm >= JOINS && meant(heard)) {
        let kept = client.profiles.iter().find(|profile| fits(profile, heard.network));
        let profile = match (key, kept) {
            (None, Some(kept)) => kept.clone(),
            (key, _) => {
                Profile { ssid: ssid.to_owned(), security: heard.network.security, key: key.unwrap_or_default(), automatic: true }
            }
        };
        match associates(world, station, &heard, profile.key) {
            Ok(()) if best.as_ref().is_none_or(|(other, _)| better(&heard, other)) => best = Some((heard, profile)),
            Ok(()) => {}
            Err(error) => reason = reason.max(error),
        }
    }
    best.map(|(heard, profile)| (joined(&heard), profile)).ok_or(reason)
}

/// By the rate it would give, then by signal, as `wpa_supplicant` compares scan results by estimated throughput.
fn better(a: &OnAir<'_>, b: &OnAir<'_>) -> bool {
    let worth = |heard: &OnAir<'_>| {
        (
            super::signal::rate_of(i32::from(heard.dbm), heard.radio.width, heard.radio.band),
            heard.dbm,
            std::cmp::Reverse(heard.bssid),
        )
    };
    worth(a) > worth(b)
}

fn joined(heard: &OnAir<'_>) -> Joined {
    Joined { ssid: heard.network.ssid.clone(), access_point: heard.access_point, bssid: heard.bssid, band: heard.radio.band }
}

/// Disconnects; the profile stays.
pub fn leave(world: &mut World, device: DeviceId, port: PortIndex) {
    if let Some(client) = client_mut(world, PortRef { device, port }) {
        client.joined = None;
    }
}

/// Forgets a network; says whether it was known.
pub fn forget(world: &mut World, device: DeviceId, port: PortIndex, ssid: &str) -> bool {
    let Some(client) = client_mut(world, PortRef { device, port }) else { return false };
    let known = client.profiles.len();
    client.profiles.retain(|profile| profile.ssid != ssid);
    client.joined.take_if(|joined| joined.ssid == ssid);
    client.profiles.len() < known
}

/// Joins the best known network in range where the radio is on and not joined; roams where the signal is below the station's limit.
pub fn settle(world: &mut World, device: DeviceId) {
    for port in radios(world, device) {
        let station = PortRef { device, port };
        let now = association(world, station).map(|here| (joined(&here), here.dbm));
        let Some(client) = client(world, station) else { continue };
        let before = client.joined.clone();
        let next = match now {
            Some((kept, dbm)) if dbm >= client.roams_below => Some(kept),
            Some((kept, _)) => automatic(world, station, Some(&kept.ssid)).or(Some(kept)),
            None => automatic(world, station, None),
        };
        if next == before {
            continue;
        }
        let new_link = next.is_some() && next.as_ref().map(|joined| &joined.ssid) != before.as_ref().map(|joined| &joined.ssid);
        if let Some(client) = client_mut(world, station) {
            client.joined = next;
        }
        if new_link {
            connected(world, station);
        }
    }
}

/// What it would join by itself: the first known network that takes it; `only` keeps a roaming station in its network.
fn automatic(world: &World, station: PortRef, only: Option<&str>) -> Option<Joined> {
    let client = client(world, station)?;
    let mut known = client.profiles.iter().filter(|profile| profile.automatic && only.is_none_or(|ssid| profile.ssid == ssid));
    known.find_map(|profile| {
        let heard = on_air(world, station).into_iter().filter(|heard| heard.dbm >= JOINS && fits(profile, heard.network));
        let taken = heard.filter(|heard| associates(world, station, heard, profile.key).is_ok());
        taken.reduce(|a, b| if better(&b, &a) { b } else { a }).map(|best| joined(&best))
    })
}

/// A new link asks for an address.
fn connected(world: &mut World, station: PortRef) {
    if let Some(interface) = interface_on(world, station) {
        crate::net::dhcp::link_up(world, station.device, interface);
    }
}

/// The station's page was accepted: every access point of that network lets it through.
pub fn accept_portal(world: &mut World, device: DeviceId) -> bool {
    let Some(station) = super::held_by_portal(world, device) else { return false };
    let Some(ssid) = association(world, station).map(|here| here.network.ssid.clone()) else { return false };
    let mac = world.device(device).ports.get(usize::from(station.port.0)).map(|port| port.mac).unwrap_or_default();
    for access_point in world.devices.iter_mut().filter_map(crate::world::Device::access_point_mut) {
        for network in access_point.networks.iter_mut().filter(|network| network.ssid == ssid) {
            if let Some(accepted) = &mut network.portal {
                accepted.insert(mac);
            }
        }
    }
    true
}

/// Event 8002 of WLAN-AutoConfig, or 12013 where 802.1X failed.
fn note(world: &mut World, device: DeviceId, ssid: &str, error: JoinError) {
    let at = world.now;
    let (id, reason) = match error {
        JoinError::NoRadio | JoinError::RadioOff => (8002, "The wireless local area network interface is powered down."),
        JoinError::NotInRange | JoinError::Band => (8002, "The specific network is not available."),
        JoinError::Security => {
            (8002, "The settings saved on this computer for the network do not match the requirements of the network.")
        }
        JoinError::WrongKey => (8002, "The network security key is not correct."),
        JoinError::NoCertificate => (12013, "Unable to identify a user certificate for 802.1X authentication."),
    };
    let text = match id {
        12013 => format!("Wireless 802.1x authentication failed.\n\nNetwork SSID: {ssid}\nReason: {reason}"),
        _ => format!(
            "WLAN AutoConfig service failed to connect to a wireless network.\n\nNetwork SSID: {ssid}\nFailure Reason: {reason}"
        ),
    };
    if let Some(windows) = world.device_mut(device).windows_mut() {
        windows.events.push(Event {
            at,
            log: EventLog::System,
            source: "Microsoft-Windows-WLAN-AutoConfig".into(),
            id,
            level: EventLevel::Error,
            text: text.into(),
        });
    }
}
