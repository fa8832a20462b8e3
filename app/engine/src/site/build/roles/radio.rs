//! Access points and the networks that laptops know.

use super::Builder;
use crate::site::spec::{Device as Spec, Network as NetworkSpec};
use crate::sorted::Set;
use crate::time::Span;
use crate::world::DeviceId;
use crate::world::device::System;
use crate::world::port::VlanId;
use crate::world::shared::Shared;
use crate::world::wifi::{AccessPoint, Band, Network, Profile, Radio, Security};
use crate::world::windows::{Certificate, CertificateStore};

/// Transmit power of an indoor access point in dBm, where the site says nothing.
const DEFAULT_DBM: i8 = 17;

/// An access point before the site says what it offers.
#[must_use]
pub fn access_point() -> System {
    System::AccessPoint(Shared::new(AccessPoint {
        radios: Vec::new(),
        networks: Vec::new(),
        rogue: false,
        saturated_by: None,
        rate_limit: false,
    }))
}

impl Builder<'_> {
    pub(super) fn radios(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        let mut radios = Vec::new();
        for (at, written) in spec.radio.iter().enumerate() {
            let Some(band) = band(&written.band) else {
                self.complain(format!("{path}.radio[{at}].band"), "Write \"2.4\", \"5\" or \"6\".");
                continue;
            };
            let width = if band == Band::Ghz2 { 20 } else { 80 };
            let bssid = self.mac(0x4e);
            radios.push(Radio {
                band,
                channel: written.channel,
                width,
                dbm: written.dbm.unwrap_or(DEFAULT_DBM),
                enabled: true,
                bssid,
            });
        }
        let bands: Set<_> = radios.iter().map(|radio| radio.band).collect();
        let mut networks = Vec::new();
        for (at, written) in spec.network.iter().enumerate() {
            networks.extend(self.network_of(&format!("{path}.network[{at}]"), written, &bands));
        }
        if let Some(access_point) = self.world.device_mut(id).access_point_mut() {
            (access_point.radios, access_point.networks) = (radios, networks);
        }
    }

    fn network_of(&mut self, path: &str, written: &NetworkSpec, bands: &Set<Band>) -> Option<Network> {
        let Some(security) = security(&written.security) else {
            self.complain(format!("{path}.security"), "Write open, wpa2, wpa3 or enterprise.");
            return None;
        };
        Some(Network {
            ssid: written.ssid.clone(),
            security,
            key: key_of(&written.ssid),
            vlan: VlanId(written.vlan.unwrap_or(1)),
            bands: bands.clone(),
            hidden: false,
            portal: written.portal.then(Set::new),
        })
    }

    pub(super) fn known_networks(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        for (at, ssid) in spec.wifi.iter().enumerate() {
            let found = self.site.device.iter().flat_map(|device| &device.network).find(|network| network.ssid == *ssid);
            let Some(security) = found.and_then(|network| security(&network.security)) else {
                self.complain(format!("{path}.wifi[{at}]"), format!("No access point of this site offers “{ssid}”."));
                continue;
            };
            let profile = Profile { ssid: ssid.clone(), security, key: key_of(ssid), automatic: true };
            let radio = self.world.device_mut(id).ports.iter_mut().find_map(|port| port.wifi.as_mut());
            match radio {
                Some(radio) => radio.profiles.push(profile),
                None => self.complain(format!("{path}.wifi"), "Only laptops have a radio here."),
            }
        }
    }
}

/// The number that stands for a network's key. Staff find the words in the knowledge base.
#[must_use]
pub fn key_of(ssid: &str) -> u32 {
    crate::net::wifi::key_number(&crate::net::wifi::passphrase(ssid))
}

impl Builder<'_> {
    /// What a machine of the domain has from the company's authority: trust in it, and a certificate of its own (802.1X asks for it).
    pub(super) fn certify(&mut self, id: DeviceId) {
        let (now, issuer) = (self.now(), super::web::issuing_ca(&self.world.organisation));
        let subject = format!("{}.{}", self.world.device(id).name, self.world.domain);
        let valid = |subject: String, store| Certificate {
            subject,
            issuer: issuer.clone(),
            from: now - Span::days(200),
            until: now + Span::days(400),
            store,
        };
        let certificates = [valid(subject, CertificateStore::Computer), valid(issuer.clone(), CertificateStore::TrustedRoot)];
        if let Some(windows) = self.world.device_mut(id).windows_mut() {
            windows.certificates.extend(certificates);
        }
    }

    /// An article with the key of each network that has one.
    pub(in crate::site::build) fn keys(&mut self) {
        let mut seen = Set::new();
        for network in self.site.device.iter().flat_map(|device| &device.network) {
            let personal = matches!(security(&network.security), Some(Security::Wpa2Personal | Security::Wpa3Personal));
            if personal && seen.insert(network.ssid.clone()) {
                let text = format!("The key of {} is {}.", network.ssid, crate::net::wifi::passphrase(&network.ssid));
                let title = format!("Wi-Fi key of {}", network.ssid);
                self.world.knowledge.push(crate::world::Article { title, text });
            }
        }
    }
}

fn band(text: &str) -> Option<Band> {
    Some(match text {
        "2.4" => Band::Ghz2,
        "5" => Band::Ghz5,
        "6" => Band::Ghz6,
        _ => return None,
    })
}

fn security(text: &str) -> Option<Security> {
    Some(match text {
        "open" => Security::Open,
        "wpa2" => Security::Wpa2Personal,
        "wpa3" => Security::Wpa3Personal,
        "enterprise" => Security::Wpa2Enterprise,
        _ => return None,
    })
}
