//! What a browser or `curl` sees: name, connection, TLS, proxy, portal, page.

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

/// Opens `http://…` or `https://…` as the browser of a device does, through its proxy where one is set.
pub fn open(_world: &mut World, _from: DeviceId, _url: &str) -> WebOutcome {
    WebOutcome::Unreachable
}
