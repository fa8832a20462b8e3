//! `curl`, as Windows 11 brings it: built with Schannel, so certificates are judged by the machine's own store and errors are its.

mod arguments;
mod outcome;
#[cfg(test)]
mod tests;

use std::fmt::Write;

use crate::net::dns::{self, Resolution};
use crate::net::web::{self, Url, WebOutcome};
use crate::shell::windows::disk;
use crate::shell::{Output, Session, http};
use crate::time::Span;
use crate::world::{DeviceId, World};
use arguments::Wish;

/// The release that Windows 11 24H2 got by its updates in 2025.
const RELEASE: &str = "8.13.0";

/// What the TCP of Windows waits for an answer to its SYN before it gives up.
const TIMEOUT: Span = Span::seconds(21);
/// Windows tries a port that refuses three times, half a second apart.
const REFUSED: Span = Span::seconds(2);
const TRANSFER: Span = Span::seconds(1);

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let wish = match arguments::read(arguments) {
        Ok(wish) => wish,
        Err(arguments::Wrong::NotModelled(option)) => return Output::not_modelled(world, &format!("curl {option}")),
        Err(arguments::Wrong::Refused(exit, text)) => return Output::failed(exit, text),
        Err(arguments::Wrong::Version) => return Output::ok(version()),
    };
    let Some(url) = Url::parse(&wish.address) else {
        return Output::failed(3, "curl: (3) URL rejected: Malformed input to a URL function\n");
    };
    let started = world.now;
    let seen = look(world, session.device, &wish, &url);
    let waited = world.now - started;
    let mut text = if wish.verbose { outcome::verbose(&url, &seen) } else { String::new() };
    if let Some((exit, words)) = outcome::complaint(&url, &seen, waited, wish.limit) {
        if !wish.silent || wish.show_errors {
            let _ = writeln!(text, "curl: ({exit}) {words}");
            text.push_str(if exit == 60 { outcome::MORE } else { "" });
        }
        return Output::failed(exit, text);
    }
    answered(world, session, &wish, (&url, &seen), text)
}

/// What came of the connection, and the address it went to.
struct Seen {
    address: Option<std::net::Ipv4Addr>,
    outcome: WebOutcome,
    /// Nothing on the machine leads there.
    no_route: bool,
    /// Waiting was cut off by `-m` or `--connect-timeout`.
    cut: bool,
}

/// Opens the address and lets the time pass that this takes.
fn look(world: &mut World, device: DeviceId, wish: &Wish, url: &Url) -> Seen {
    let address = match dns::resolve(world, device, &url.host) {
        Resolution::Address(address) => Some(address),
        _ => None,
    };
    let mut outcome = web::open_directly(world, device, &wish.address);
    if wish.insecure && outcome::is_certificate(&outcome) {
        outcome = web::open_unchecked(world, device, &wish.address);
    }
    let no_route = address.is_some_and(|address| crate::net::route::lookup(world, device, address).is_none());
    let patience = match outcome {
        WebOutcome::Unreachable if no_route => Span::ZERO,
        WebOutcome::TimedOut | WebOutcome::Unreachable => TIMEOUT,
        WebOutcome::Refused => REFUSED,
        _ => TRANSFER,
    };
    let limit = wish.limit.map(Span::seconds);
    let cut = limit.is_some_and(|limit| limit < patience);
    world.wait(limit.map_or(patience, |limit| limit.min(patience)));
    Seen { address, outcome, no_route, cut }
}

/// A page came: what of it is shown, and where it goes.
fn answered(world: &mut World, session: &Session, wish: &Wish, (url, seen): (&Url, &Seen), mut text: String) -> Output {
    let (status, title) = match &seen.outcome {
        WebOutcome::Page { status, title } => (*status, title.as_str()),
        // A captive portal sends every page to its own.
        _ => (302, "Sign in to the network"),
    };
    if wish.fail && status >= 400 {
        return Output::failed(22, format!("{text}curl: (22) The requested URL returned error: {status}\n"));
    }
    let page = http::body(status, title);
    let head = http::head(world.now, status, &page);
    if wish.verbose {
        text.push_str(&outcome::exchange(url, if wish.head { "HEAD" } else { "GET" }, &head));
    }
    let shown = match (wish.head, wish.include) {
        (true, _) => head,
        (false, true) => head + &page,
        (false, false) => page.clone(),
    };
    match &wish.file {
        Some(file) => {
            let written = disk::locate(world, session, file).and_then(|spot| disk::write(world, session, &spot, &shown, false));
            if !wish.silent {
                text.push_str(&meter(shown.len()));
            }
            if written.is_err() {
                let _ = writeln!(text, "curl: (23) client returned ERROR on write, {} was not returned", shown.len());
                return Output::failed(23, text);
            }
        }
        None => text.push_str(&shown),
    }
    if let Some(format) = &wish.format {
        text.push_str(&format.replace("%{http_code}", &status.to_string()).replace("\\n", "\n"));
    }
    if wish.verbose {
        let _ = writeln!(text, "* Connection #0 to host {} left intact", url.host);
    }
    Output::ok(text)
}

/// The progress as it stands at the end of a download; the transfer took [`TRANSFER`], so bytes are bytes a second.
fn meter(bytes: usize) -> String {
    format!(
        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n100 {bytes:>5}  100 {bytes:>5}    0     0 {bytes:>6}      0  0:00:01  0:00:01 --:--:-- {bytes:>5}\n"
    )
}

fn version() -> String {
    format!("curl {RELEASE} (Windows) libcurl/{RELEASE} Schannel\n")
}
