//! Outcomes of a connection in the words of `curl` with Schannel.

use std::fmt::Write;

use super::{RELEASE, Seen};
use crate::net::web::{Url, WebOutcome};
use crate::time::Span;

/// Behind every certificate that was not accepted.
pub const MORE: &str = "More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the webpage mentioned above.\n";

#[must_use]
pub fn is_certificate(outcome: &WebOutcome) -> bool {
    matches!(
        outcome,
        WebOutcome::CertificateExpired { .. }
            | WebOutcome::CertificateDate { .. }
            | WebOutcome::CertificateName { .. }
            | WebOutcome::CertificateIssuer { .. }
    )
}

/// What Schannel says of the handshake, and curl's exit code; `None`: it went well, or was never begun.
fn handshake(outcome: &WebOutcome) -> Option<(i32, &'static str)> {
    Some(match outcome {
        // Schannel has one word for both: the clock is not within the certificate's days.
        WebOutcome::CertificateExpired { .. } | WebOutcome::CertificateDate { .. } => (
            35,
            "schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328) - The received certificate has expired.",
        ),
        WebOutcome::CertificateName { .. } => (
            60,
            "schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect.",
        ),
        WebOutcome::CertificateIssuer { .. } => (
            60,
            "schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.",
        ),
        WebOutcome::NotTls => (
            35,
            "schannel: next InitializeSecurityContext failed: SEC_E_INVALID_TOKEN (0x80090308) - The token supplied to the function is invalid",
        ),
        _ => return None,
    })
}

/// The exit code and message (libcurl-errors(3)); `None` where a page came. `waited` is what the attempt took.
#[must_use]
pub fn complaint(url: &Url, seen: &Seen, waited: Span, limit: Option<u64>) -> Option<(i32, String)> {
    let (host, port) = (&url.host, url.port);
    let millis = waited.0;
    let failed = || format!("Failed to connect to {host} port {port} after {millis} ms: Could not connect to server");
    Some(match &seen.outcome {
        WebOutcome::Page { .. } | WebOutcome::Portal => return None,
        WebOutcome::NameNotFound | WebOutcome::NameFailed => (6, format!("Could not resolve host: {host}")),
        WebOutcome::Refused | WebOutcome::TimedOut | WebOutcome::Unreachable if seen.cut => {
            (28, format!("Connection timed out after {} milliseconds", limit.unwrap_or(0).saturating_mul(1000)))
        }
        WebOutcome::Refused => (7, failed()),
        WebOutcome::Unreachable if seen.no_route => (7, failed()),
        // An error from a router does not end the attempt: TCP goes on until its time is over.
        WebOutcome::TimedOut | WebOutcome::Unreachable => (28, failed()),
        WebOutcome::ProxyFailed => (5, format!("Could not resolve proxy: {host}")),
        outcome => {
            let (exit, words) = handshake(outcome)?;
            (exit, words.to_owned())
        }
    })
}

/// The lines of `-v` up to the request.
#[must_use]
pub fn verbose(url: &Url, seen: &Seen) -> String {
    let (host, port) = (&url.host, url.port);
    let Some(address) = seen.address else {
        return format!("* Could not resolve host: {host}\n* closing connection #0\n");
    };
    let mut text = String::new();
    if host.parse::<std::net::Ipv4Addr>().is_err() {
        let _ = write!(text, "* Host {host}:{port} was resolved.\n* IPv6: (none)\n* IPv4: {address}\n");
    }
    let _ = writeln!(text, "*   Trying {address}:{port}...");
    if matches!(seen.outcome, WebOutcome::Refused | WebOutcome::TimedOut | WebOutcome::Unreachable) {
        let _ = write!(text, "* connect to {address} port {port} failed: {}\n* closing connection #0\n", why(seen));
        return text;
    }
    if url.tls {
        text.push_str("* schannel: disabled automatic use of client certificate\n* ALPN: curl offers http/1.1\n");
    }
    if let Some((_, words)) = handshake(&seen.outcome) {
        let _ = write!(text, "* {words}\n* closing connection #0\n");
        return text;
    }
    let _ = write!(text, "* Connected to {host} ({address}) port {port}\n* using HTTP/1.x\n");
    text
}

fn why(seen: &Seen) -> &'static str {
    match seen.outcome {
        WebOutcome::Refused => "Connection refused",
        WebOutcome::Unreachable if seen.no_route => "Network unreachable",
        _ => "Timed out",
    }
}

/// The request and the header of the answer, as `-v` shows them.
#[must_use]
pub fn exchange(url: &Url, method: &str, head: &str) -> String {
    let usual = if url.tls { 443 } else { 80 };
    let host = if url.port == usual { url.host.clone() } else { format!("{}:{}", url.host, url.port) };
    let mut text = format!(
        "> {method} {} HTTP/1.1\n> Host: {host}\n> User-Agent: curl/{RELEASE}\n> Accept: */*\n>\n* Request completely sent off\n",
        url.path
    );
    for line in head.lines() {
        let _ = writeln!(text, "{}", format!("< {line}").trim_end());
    }
    text
}
