//! What somebody at a computer sees in the browser: the page as the network gives it, through what the browser keeps and adds.

use crate::net::web::{self, WebOutcome};
use crate::world::windows::Windows;
use crate::world::{DeviceId, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The page came, and stored data or an extension leaves nothing of it.
    Blank,
    Outcome(WebOutcome),
}

/// The host of an address.
#[must_use]
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default().to_lowercase()
}

/// Opens a page. A private window has neither stored data nor extensions.
pub fn open(world: &mut World, device: DeviceId, url: &str, private: bool) -> Seen {
    let outcome = web::open(world, device, url);
    let page = matches!(outcome, WebOutcome::Page { status: 200, .. });
    let blank = world.device(device).windows().is_some_and(|windows| breaks(windows, &host(url)));
    if page && blank && !private { Seen::Blank } else { Seen::Outcome(outcome) }
}

/// Whether stored data of this site is broken.
#[must_use]
pub fn breaks(windows: &Windows, host: &str) -> bool {
    windows.browser.broken_cache.iter().any(|site| site.eq_ignore_ascii_case(host))
}

/// An unwanted program that starts with the session puts itself back as the default browser.
pub fn take_over(windows: &mut Windows) {
    let taker = windows
        .programs
        .iter()
        .find(|program| !program.wanted && windows.startup.iter().any(|item| item.enabled && item.name == program.name));
    if let Some(name) = taker.map(|program| program.name.clone()) {
        windows.browser.default = name;
    }
}

/// What stands in the window, in the words of the browser.
#[must_use]
pub fn text(outcome: &WebOutcome) -> String {
    match outcome {
        WebOutcome::Page { status: 200, title } => format!("{title} opens."),
        WebOutcome::Page { status, title } => format!("HTTP {status}: {title}"),
        WebOutcome::NameNotFound => {
            "Hmmm… can't reach this page. Check if there is a typo in the address. DNS_PROBE_FINISHED_NXDOMAIN".to_owned()
        }
        WebOutcome::NameFailed => "Hmmm… can't reach this page. DNS_PROBE_FINISHED_BAD_CONFIG".to_owned(),
        WebOutcome::Refused => "Hmmm… can't reach this page. ERR_CONNECTION_REFUSED".to_owned(),
        WebOutcome::TimedOut => "Hmmm… can't reach this page. It took too long to respond. ERR_CONNECTION_TIMED_OUT".to_owned(),
        WebOutcome::Unreachable => "You're not connected. ERR_INTERNET_DISCONNECTED".to_owned(),
        WebOutcome::ProxyFailed => {
            "Hmmm… can't reach this page. There is something wrong with the proxy server. ERR_PROXY_CONNECTION_FAILED".to_owned()
        }
        WebOutcome::CertificateExpired { .. } | WebOutcome::CertificateDate { .. } => {
            "Your connection isn't private. NET::ERR_CERT_DATE_INVALID".to_owned()
        }
        WebOutcome::CertificateName { .. } => "Your connection isn't private. NET::ERR_CERT_COMMON_NAME_INVALID".to_owned(),
        WebOutcome::CertificateIssuer { .. } => "Your connection isn't private. NET::ERR_CERT_AUTHORITY_INVALID".to_owned(),
        WebOutcome::NotTls => "This site can't provide a secure connection. ERR_SSL_PROTOCOL_ERROR".to_owned(),
        WebOutcome::Portal => "Sign in to the network: a portal page opens.".to_owned(),
    }
}
