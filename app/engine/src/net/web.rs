//! What a browser or `curl` sees: name, connection, TLS, proxy, portal, page.

use super::dns::{self, Resolution};
use super::packet::{self, Connection};
use crate::time::Time;
use crate::world::device::System;
use crate::world::server::{Tls, WebSite};
use crate::world::windows::{CertificateStore, Proxy};
use crate::world::{DeviceId, World};

/// One outcome for every client; each renders it in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebOutcome {
    Page {
        status: u16,
        title: String,
    },
    NameNotFound,
    NameFailed,
    Refused,
    TimedOut,
    Unreachable,
    ProxyFailed,
    CertificateExpired {
        subject: String,
        issuer: String,
    },
    /// The client's clock is before the certificate's first day or after its last.
    CertificateDate {
        subject: String,
        issuer: String,
    },
    CertificateName {
        subject: String,
    },
    CertificateIssuer {
        issuer: String,
    },
    /// The port answers, but does not speak TLS.
    NotTls,
    Portal,
}

/// The issuer whose root comes with every system.
pub const PUBLIC_ROOT: &str = "Public Root CA";

/// An address as people type it, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    pub tls: bool,
    pub host: String,
    pub port: u16,
    pub path: String,
}

impl Url {
    /// `None` where no host is in it. Without a scheme it is `http`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let (tls, rest) = match lower.split_once("://") {
            Some(("https", _)) => (true, text.get("https://".len()..)?),
            Some(("http", _)) => (false, text.get("http://".len()..)?),
            Some(_) => return None,
            None => (false, text),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (authority, if tls { 443 } else { 80 }),
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        (!host.is_empty()).then(|| Self { tls, host: host.to_ascii_lowercase(), port, path })
    }
}

/// Opens `http://…` or `https://…` as the browser of a device does, through its proxy where one is set.
pub fn open(world: &mut World, from: DeviceId, url: &str) -> WebOutcome {
    let Some(url) = Url::parse(url) else { return WebOutcome::NameNotFound };
    let proxy = world.device(from).windows().map(|windows| windows.proxy.clone()).filter(|proxy| proxy.enabled);
    match proxy {
        Some(proxy) => through(world, from, &proxy, &url),
        None => fetch(world, from, Some(from), &url),
    }
}

/// As `curl` does without `-x`: the proxy of the desktop's settings is not looked at.
pub fn open_directly(world: &mut World, from: DeviceId, url: &str) -> WebOutcome {
    Url::parse(url).map_or(WebOutcome::NameNotFound, |url| fetch(world, from, Some(from), &url))
}

/// The same with `-k`: no certificate is judged.
pub fn open_unchecked(world: &mut World, from: DeviceId, url: &str) -> WebOutcome {
    Url::parse(url).map_or(WebOutcome::NameNotFound, |url| fetch(world, from, None, &url))
}

/// The proxy fetches; what it cannot reach it says with a page of its own.
fn through(world: &mut World, from: DeviceId, proxy: &Proxy, url: &Url) -> WebOutcome {
    if super::wifi::held_by_portal(world, from).is_some() {
        return WebOutcome::Portal;
    }
    let Resolution::Address(address) = dns::resolve(world, from, &proxy.server) else { return WebOutcome::ProxyFailed };
    let Connection::Connected { device, .. } = packet::connect(world, from, address, proxy.port) else {
        return WebOutcome::ProxyFailed;
    };
    match fetch(world, device, Some(from), url) {
        WebOutcome::NameNotFound | WebOutcome::NameFailed | WebOutcome::Refused | WebOutcome::Unreachable => {
            WebOutcome::Page { status: 502, title: "Bad Gateway".to_owned() }
        }
        WebOutcome::TimedOut => WebOutcome::Page { status: 504, title: "Gateway Timeout".to_owned() },
        outcome => outcome,
    }
}

/// `from` connects; certificates are judged on `reader`, the machine at which somebody looks at the page, where anyone judges.
fn fetch(world: &mut World, from: DeviceId, reader: Option<DeviceId>, url: &Url) -> WebOutcome {
    if let Some(radio) = super::wifi::held_by_portal(world, from)
        && leaves_by(world, radio)
    {
        return WebOutcome::Portal;
    }
    let address = match dns::resolve(world, from, &url.host) {
        Resolution::Address(address) => address,
        Resolution::NotFound => return WebOutcome::NameNotFound,
        Resolution::Failed => return WebOutcome::NameFailed,
    };
    match packet::connect(world, from, address, url.port) {
        Connection::Connected { device, .. } => page(world, device, reader, url),
        Connection::Refused => WebOutcome::Refused,
        Connection::TimedOut => WebOutcome::TimedOut,
        Connection::Unreachable { .. } | Connection::NoRoute => WebOutcome::Unreachable,
    }
}

/// The station has an address there, so the portal can answer it at all.
fn leaves_by(world: &World, radio: crate::world::PortRef) -> bool {
    let interface = super::wifi::interface_on(world, radio);
    let interfaces = &world.device(radio.device).stack.interfaces;
    interface
        .and_then(|index| interfaces.get(usize::from(index.0)))
        .is_some_and(|interface| interface.addresses.iter().any(|address| !address.ip.is_link_local()))
}

/// Behind the connection: the site for this host, or the first on the port, as servers choose theirs.
fn page(world: &mut World, server: DeviceId, reader: Option<DeviceId>, url: &Url) -> WebOutcome {
    let on_port = || world.device(server).roles.web.iter().filter(|site| site.port == url.port);
    let named = on_port().find(|site| site.host.eq_ignore_ascii_case(&url.host));
    let Some(site) = named.or_else(|| on_port().next()).cloned() else {
        return if url.tls { WebOutcome::NotTls } else { WebOutcome::Page { status: 404, title: "Not Found".to_owned() } };
    };
    match (&site.tls, url.tls) {
        (Some(tls), true) => {
            reader.and_then(|reader| judge(world, reader, tls, &url.host)).unwrap_or_else(|| answer(world, server, &site))
        }
        (None, true) => WebOutcome::NotTls,
        // nginx and IIS answer plain HTTP on a TLS port so.
        (Some(_), false) => WebOutcome::Page { status: 400, title: "Bad Request".to_owned() },
        (None, false) => answer(world, server, &site),
    }
}

/// The web server hands on to what stands behind it; that asks its database.
fn answer(world: &mut World, server: DeviceId, site: &WebSite) -> WebOutcome {
    if !site.backend.is_empty() && !crate::machine::runs(world, server, &site.backend) {
        return WebOutcome::Page { status: 503, title: "Service Unavailable".to_owned() };
    }
    if !site.backend.is_empty() && !crate::machine::units::database::answers(world, server, &site.backend) {
        // RFC 9110, 15.6.1: it runs, and something unexpected keeps it from making the page.
        return WebOutcome::Page { status: 500, title: "Internal Server Error".to_owned() };
    }
    WebOutcome::Page { status: 200, title: site.title.clone() }
}

/// What is wrong with a certificate, the gravest first, as Chromium orders them: issuer, name, date.
fn judge(world: &World, reader: DeviceId, tls: &Tls, host: &str) -> Option<WebOutcome> {
    let (subject, issuer) = (tls.names.first().cloned().unwrap_or_default(), tls.issuer.clone());
    let now = clock(world, reader);
    if !trusts(world, reader, &issuer, now) {
        return Some(WebOutcome::CertificateIssuer { issuer });
    }
    if !tls.names.iter().any(|name| covers(name, host)) {
        return Some(WebOutcome::CertificateName { subject });
    }
    if tls.from <= now && now <= tls.until {
        return None;
    }
    Some(if world.now > tls.until {
        WebOutcome::CertificateExpired { subject, issuer }
    } else {
        WebOutcome::CertificateDate { subject, issuer }
    })
}

/// What the machine takes for the time.
#[must_use]
pub fn clock(world: &World, device: DeviceId) -> Time {
    let offset = match &world.device(device).system {
        System::Windows(windows) => windows.clock.offset,
        System::Linux(linux) => linux.clock_offset,
        System::Ios(_) | System::Printer(_) | System::AccessPoint(_) | System::Fixed => 0,
    };
    world.now.shifted(offset)
}

/// Whether a machine trusts an issuer: public roots come with the system, others stand in the store of a Windows machine.
#[must_use]
pub fn trusts(world: &World, device: DeviceId, issuer: &str, now: Time) -> bool {
    let Some(windows) = world.device(device).windows() else { return issuer == PUBLIC_ROOT };
    let mut roots = windows.certificates.iter().filter(|root| root.store == CertificateStore::TrustedRoot);
    issuer == PUBLIC_ROOT || roots.any(|root| root.subject == issuer && root.from <= now && now <= root.until)
}

/// RFC 6125: a star stands for one label, the first.
fn covers(name: &str, host: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent)),
        None => name.eq_ignore_ascii_case(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let url = Url::parse("HTTPS://Intranet.Clinic.example:8443/rota?day=1").unwrap();
        assert_eq!(
            (url.tls, url.host.as_str(), url.port, url.path.as_str()),
            (true, "intranet.clinic.example", 8443, "/rota?day=1")
        );
        assert_eq!(Url::parse("news.example").unwrap().port, 80);
        assert_eq!(Url::parse("http://a?b").unwrap().path, "/?b");
        for wrong in ["", "http://", "ftp://a", "http://a:b", "http://a:99999", "é://"] {
            assert_eq!(Url::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_star_covers_one_label() {
        assert!(covers("*.clinic.example", "www.clinic.example"));
        assert!(!covers("*.clinic.example", "a.b.clinic.example"));
        assert!(!covers("*.clinic.example", "clinic.example"));
    }
}
