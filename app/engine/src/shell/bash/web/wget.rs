//! `wget`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options, value};
use super::curl::{charge, curl_error};
use crate::net;
use crate::net::web;
use crate::net::web::{Url, WebOutcome};
use crate::shell::http::{body, phrase};

pub(super) fn wget(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "OTt");
    let Some(address) = names.first() else { return Done::failed(1, "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n") };
    let Some(url) = Url::parse(address) else { return Done::failed(1, format!("{address}: Scheme missing.\n")) };
    let device = call.session.device;
    let ip = net::dns::resolve(call.world, device, &url.host);
    let mut outcome = web::open_directly(call.world, device, address);
    if has(&given, &["--no-check-certificate"]) && curl_error(&outcome, &url).is_some_and(|(status, _)| status == 60) {
        outcome = web::open_unchecked(call.world, device, address);
    }
    charge(call, &outcome, None);
    let shown = format!("{}://{}{}", if url.tls { "https" } else { "http" }, url.host, url.path);
    let mut err = format!("--{}--  {shown}\n", crate::text::iso(call.local(call.world.now)));
    let quiet = has(&given, &["q"]);
    let host = &url.host;
    let mut exit = 4;
    let name = value(&given, &["O"]).map_or_else(
        || url.path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index.html").to_owned(),
        str::to_owned,
    );
    let net::dns::Resolution::Address(ip) = ip else {
        let why =
            if ip == net::dns::Resolution::Failed { "Temporary failure in name resolution" } else { "Name or service not known" };
        let _ = write!(err, "Resolving {host} ({host})... failed: {why}.\nwget: unable to resolve host address '{host}'\n");
        return Done { err: if quiet { String::new() } else { err }, exit, ..Done::default() };
    };
    let _ = write!(err, "Resolving {host} ({host})... {ip}\nConnecting to {host} ({host})|{ip}|:{}... ", url.port);
    match &outcome {
        WebOutcome::Page { status, title } => {
            let page = body(*status, title);
            let _ = write!(err, "connected.\nHTTP request sent, awaiting response... {status} {}\n", phrase(*status));
            exit = if *status < 400 { 0 } else { 8 };
            if *status >= 400 {
                let _ = writeln!(err, "{} ERROR {status}: {}.", crate::text::iso(call.local(call.world.now)), phrase(*status));
            } else if !has(&given, &["--spider"]) {
                if name == "-" {
                    return Done { out: page, err: if quiet { String::new() } else { err }, exit };
                }
                let _ = writeln!(err, "Length: {} [text/html]\nSaving to: '{name}'\n", page.len());
                if let Err(error) = call.write(&name, &page, false) {
                    let _ = writeln!(err, "{name}: {}", error.text());
                    exit = 3;
                }
            }
        }
        WebOutcome::Refused => err.push_str("failed: Connection refused.\n"),
        WebOutcome::TimedOut => err.push_str("failed: Connection timed out.\nRetrying.\n"),
        WebOutcome::Unreachable => err.push_str("failed: No route to host.\n"),
        bad => {
            let words = curl_error(bad, &url).map_or_else(String::new, |(_, words)| words);
            let _ = write!(
                err,
                "connected.\nERROR: cannot verify {host}'s certificate: {words}\nTo connect to {host} insecurely, use `--no-check-certificate'.\n"
            );
            exit = 5;
        }
    }
    Done { err: if quiet { String::new() } else { err }, exit, ..Done::default() }
}
