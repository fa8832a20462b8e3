//! `curl`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options, value};
use crate::net;
use crate::net::web::{self, Url, WebOutcome};
use crate::shell::http::{self, body};
use crate::time::Span;

/// curl's exit status and message (libcurl-errors(3)).
pub(super) fn curl_error(outcome: &WebOutcome, url: &Url) -> Option<(i32, String)> {
    let (host, port) = (&url.host, url.port);
    Some(match outcome {
        WebOutcome::Page { .. } | WebOutcome::Portal => return None,
        WebOutcome::NameNotFound | WebOutcome::NameFailed => (6, format!("Could not resolve host: {host}")),
        WebOutcome::Refused => (7, format!("Failed to connect to {host} port {port} after 1 ms: Couldn't connect to server")),
        WebOutcome::Unreachable => {
            (7, format!("Failed to connect to {host} port {port} after 3070 ms: Couldn't connect to server"))
        }
        WebOutcome::TimedOut => {
            (28, format!("Failed to connect to {host} port {port} after 129413 ms: Couldn't connect to server"))
        }
        WebOutcome::ProxyFailed => (5, format!("Could not resolve proxy: {host}")),
        WebOutcome::CertificateExpired { .. } => (60, "SSL certificate problem: certificate has expired".to_owned()),
        WebOutcome::CertificateDate { .. } => (60, "SSL certificate problem: certificate is not yet valid".to_owned()),
        WebOutcome::CertificateName { .. } => {
            (60, format!("SSL: no alternative certificate subject name matches target host name '{host}'"))
        }
        WebOutcome::CertificateIssuer { .. } => {
            (60, "SSL certificate problem: unable to get local issuer certificate".to_owned())
        }
        WebOutcome::NotTls => (35, "error:0A00010B:SSL routines::wrong version number".to_owned()),
    })
}

/// Time that a client waits for what does not answer.
pub(super) fn charge(call: &mut Call<'_>, outcome: &WebOutcome, limit: Option<u64>) {
    let seconds = match outcome {
        WebOutcome::TimedOut => 130,
        WebOutcome::NameFailed => 10,
        WebOutcome::Unreachable => 3,
        _ => 0,
    };
    call.world.wait(Span::seconds(limit.map_or(seconds, |limit| limit.min(seconds))));
}

const KNOWN: &[&str] = &[
    "I",
    "v",
    "k",
    "s",
    "S",
    "o",
    "L",
    "f",
    "i",
    "m",
    "H",
    "4",
    "--max-time",
    "--head",
    "--insecure",
    "--silent",
    "O",
    "w",
    "A",
    "X",
    "--connect-timeout",
];

/// Behind every complaint about a certificate.
const CERTIFICATES: &str = "More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.\n";

/// The status of problems with certificates (libcurl-errors(3), `CURLE_PEER_FAILED_VERIFICATION`).
const NOT_VERIFIED: i32 = 60;

pub(super) fn curl(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "omHXdAuw");
    if let Some((name, _)) = given.iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
        return Done::failed(
            2,
            format!(
                "curl: option {}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
                if name.starts_with('-') { name.clone() } else { format!("-{name}") }
            ),
        );
    }
    let Some(address) = names.last() else {
        return Done::failed(2, "curl: try 'curl --help' or 'curl --manual' for more information\n");
    };
    let Some(url) = Url::parse(address) else {
        return Done::failed(3, "curl: (3) URL using bad/illegal format or missing URL\n");
    };
    let device = call.session.device;
    let mut outcome = web::open_directly(call.world, device, address);
    let ip = net::dns::resolve(call.world, device, &url.host);
    if has(&given, &["k", "--insecure"]) && curl_error(&outcome, &url).is_some_and(|(status, _)| status == NOT_VERIFIED) {
        outcome = web::open_unchecked(call.world, device, address);
    }
    let limit = value(&given, &["m", "--max-time", "--connect-timeout"]).and_then(|seconds| seconds.parse().ok());
    charge(call, &outcome, limit);
    let mut done = Done::default();
    if has(&given, &["v"]) {
        let method = if has(&given, &["I", "--head"]) { "HEAD" } else { "GET" };
        done.err = verbose(&url, ip, &outcome, method);
    }
    if let Some((status, words)) = curl_error(&outcome, &url) {
        if !has(&given, &["s", "--silent"]) || has(&given, &["S"]) {
            let _ = writeln!(done.err, "curl: ({status}) {words}");
            done.err.push_str(if status == NOT_VERIFIED { CERTIFICATES } else { "" });
        }
        done.exit = status;
        return done;
    }
    let (status, title) = match &outcome {
        WebOutcome::Page { status, title } => (*status, title.clone()),
        _ => (302, "Sign in to the network".to_owned()),
    };
    if has(&given, &["f"]) && status >= 400 {
        return Done::failed(22, format!("curl: (22) The requested URL returned error: {status}\n"));
    }
    show(call, &given, status, &title, &mut done);
    if has(&given, &["v"]) {
        // After the page, where both are on the screen.
        let told = if done.err.is_empty() { &mut done.out } else { &mut done.err };
        let _ = writeln!(told, "* Connection #0 to host {} left intact", url.host);
    }
    done
}

/// What `-v` tells, headers and page on one screen, in the order in which they come.
fn together(told: &str, head: &str, shown_head: bool, page: &str) -> String {
    let mut out = told.to_owned();
    for line in head.lines() {
        let _ = writeln!(out, "< {line}");
        if shown_head {
            let _ = writeln!(out, "{line}");
        }
    }
    out + page
}

/// The page, its headers or both, to the terminal or into a file.
fn show(call: &mut Call<'_>, given: &[(String, String)], status: u16, title: &str, done: &mut Done) {
    let page = body(status, title);
    let head = http::head(call.now(), status, &page);
    let (only_head, with_head) = (has(given, &["I", "--head"]), has(given, &["i"]));
    let page = if only_head { String::new() } else { page };
    if has(given, &["v"]) {
        if !call.piped && value(given, &["o"]).is_none() {
            done.out = together(&std::mem::take(&mut done.err), &head, only_head || with_head, &page);
            return;
        }
        done.err = together(&done.err, &head, false, "");
    }
    let text = if only_head || with_head { head + &page } else { page };
    match value(given, &["o"]) {
        Some(file) => {
            if let Err(error) = call.write(file, &text, false) {
                done.complain(23, format!("curl: (23) Failed writing body: {}\n", error.text()));
            }
        }
        None => done.out = text,
    }
    if let Some(format) = value(given, &["w"]) {
        done.out.push_str(&format.replace("%{http_code}", &status.to_string()).replace("\\n", "\n"));
    }
}

fn verbose(url: &Url, ip: net::dns::Resolution, outcome: &WebOutcome, method: &str) -> String {
    let (host, port) = (&url.host, url.port);
    let net::dns::Resolution::Address(ip) = ip else {
        return format!("* Could not resolve host: {host}\n* Closing connection 0\n");
    };
    let mut out = format!("*   Trying {ip}:{port}...\n");
    match outcome {
        WebOutcome::Refused => {
            let _ = write!(
                out,
                "* connect to {ip} port {port} failed: Connection refused\n* Failed to connect to {host} port {port} after 1 ms: Couldn't connect to server\n* Closing connection 0\n"
            );
            return out;
        }
        WebOutcome::TimedOut => {
            let _ = write!(out, "* connect to {ip} port {port} failed: Connection timed out\n* Closing connection 0\n");
            return out;
        }
        WebOutcome::Unreachable => {
            let _ = write!(out, "* connect to {ip} port {port} failed: No route to host\n* Closing connection 0\n");
            return out;
        }
        _ => {}
    }
    let _ = writeln!(out, "* Connected to {host} ({ip}) port {port} (#0)");
    match outcome {
        WebOutcome::CertificateExpired { subject, issuer } | WebOutcome::CertificateDate { subject, issuer } => {
            let _ = write!(
                out,
                "* Server certificate:\n*  subject: CN={subject}\n*  issuer: CN={issuer}\n* SSL certificate problem\n* Closing connection 0\n"
            );
        }
        WebOutcome::CertificateName { subject } => {
            let _ = write!(
                out,
                "* Server certificate:\n*  subject: CN={subject}\n* SSL: no alternative certificate subject name matches target host name '{host}'\n* Closing connection 0\n"
            );
        }
        WebOutcome::CertificateIssuer { issuer } => {
            let _ = write!(
                out,
                "* Server certificate:\n*  issuer: CN={issuer}\n* SSL certificate problem: unable to get local issuer certificate\n* Closing connection 0\n"
            );
        }
        WebOutcome::Page { .. } | WebOutcome::Portal => {
            // The port is named where it is not the scheme's own.
            let port = if matches!(port, 80 | 443) { String::new() } else { format!(":{port}") };
            let _ = write!(
                out,
                "> {method} {} HTTP/1.1\n> Host: {host}{port}\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n",
                url.path
            );
        }
        _ => {}
    }
    out
}
