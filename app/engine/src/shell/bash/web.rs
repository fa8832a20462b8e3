//! Connections from the command line: `curl`, `wget`, `nc`, `nmap`, `ssh`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::call::{Call, Done, has, options, value};
use super::{Command, command};
use crate::net::web::{self, Url, WebOutcome};
use crate::net::{self, Connection, Echo, EchoOutcome};
use crate::time::Span;

pub const COMMANDS: &[Command] = &[
    command("curl", "curl", curl),
    command("wget", "wget", wget),
    command("nc", "netcat-openbsd", nc),
    command("nmap", "nmap", nmap),
    command("tcpdump", "", |call, _| call.not_modelled("tcpdump: one line of a terminal sees no other traffic")),
    command("iperf3", "", |call, _| call.not_modelled("iperf3: throughput is not promised by the model")),
    command("ssh", "", |call, _| call.not_modelled("ssh from machine to machine; open the terminal of the other machine")),
];

/// The phrase of a status (RFC 9110, section 15).
fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

fn body(status: u16, title: &str) -> String {
    let head = if status == 200 { title.to_owned() } else { format!("{status} {}", phrase(status)) };
    format!("<html>\n<head><title>{head}</title></head>\n<body>\n<h1>{head}</h1>\n</body>\n</html>\n")
}

/// curl's exit status and message (libcurl-errors(3)).
fn curl_error(outcome: &WebOutcome, url: &Url) -> Option<(i32, String)> {
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
fn charge(call: &mut Call<'_>, outcome: &WebOutcome, limit: Option<u64>) {
    let seconds = match outcome {
        WebOutcome::TimedOut => 130,
        WebOutcome::NameFailed => 10,
        WebOutcome::Unreachable => 3,
        _ => 0,
    };
    call.world.wait(Span::seconds(limit.map_or(seconds, |limit| limit.min(seconds))));
}

/// With `-k` a bad certificate is passed over: what stands behind it is seen on the same port.
fn without_checks(call: &mut Call<'_>, url: &Url) -> WebOutcome {
    let device = call.session.device;
    let net::dns::Resolution::Address(address) = net::dns::resolve(call.world, device, &url.host) else {
        return WebOutcome::NameNotFound;
    };
    let Connection::Connected { device: server, .. } = net::connect(call.world, device, address, url.port) else {
        return WebOutcome::Refused;
    };
    let site = call
        .world
        .device(server)
        .roles
        .web
        .iter()
        .find(|site| site.port == url.port && site.host.eq_ignore_ascii_case(&url.host));
    let site = site.or_else(|| call.world.device(server).roles.web.iter().find(|site| site.port == url.port)).cloned();
    match site {
        None => WebOutcome::Page { status: 404, title: String::new() },
        Some(site) if site.backend.is_empty() || crate::machine::runs(call.world, server, &site.backend) => {
            WebOutcome::Page { status: 200, title: site.title }
        }
        Some(site) => WebOutcome::Page { status: 503, title: site.title },
    }
}

fn curl(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "omHXdAuw");
    let known = [
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
    if let Some((name, _)) = given.iter().find(|(name, _)| !known.contains(&name.as_str())) {
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
    if has(&given, &["k", "--insecure"]) && curl_error(&outcome, &url).is_some_and(|(status, _)| status == 60) {
        outcome = without_checks(call, &url);
    }
    let limit = value(&given, &["m", "--max-time", "--connect-timeout"]).and_then(|seconds| seconds.parse().ok());
    charge(call, &outcome, limit);
    let silent = has(&given, &["s", "--silent"]) && !has(&given, &["S"]);
    let mut done = Done::default();
    if has(&given, &["v"]) {
        done.err = verbose(&url, ip, &outcome);
    }
    if let Some((status, words)) = curl_error(&outcome, &url) {
        if !silent {
            let more = if status == 60 {
                "More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.\n"
            } else {
                ""
            };
            let _ = writeln!(done.err, "curl: ({status}) {words}");
            done.err.push_str(more);
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
    let page = body(status, &title);
    let head = headers(call, status, &page);
    let text = match (has(&given, &["I", "--head"]), has(&given, &["i"])) {
        (true, _) => head,
        (false, true) => head + &page,
        (false, false) => page,
    };
    match value(&given, &["o"]) {
        Some(file) => {
            let file = file.to_owned();
            if let Err(error) = call.write(&file, &text, false) {
                done.complain(23, format!("curl: (23) Failed writing body: {}\n", error.text()));
            }
        }
        None => done.out = text,
    }
    if let Some(format) = value(&given, &["w"]) {
        done.out.push_str(&format.replace("%{http_code}", &status.to_string()).replace("\\n", "\n"));
    }
    done
}

fn headers(call: &Call<'_>, status: u16, page: &str) -> String {
    let civil = call.now().civil();
    let day = crate::time::WEEKDAYS[usize::from(civil.weekday.min(6))].get(..3).unwrap_or_default();
    let month = crate::time::MONTHS[usize::from(civil.month.clamp(1, 12) - 1)].get(..3).unwrap_or_default();
    format!(
        "HTTP/1.1 {status} {}\r\nDate: {day}, {:02} {month} {} {:02}:{:02}:{:02} GMT\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: keep-alive\r\n\r\n",
        phrase(status),
        civil.day,
        civil.year,
        civil.hour,
        civil.minute,
        civil.second,
        page.len()
    )
    .replace('\r', "")
}

fn verbose(url: &Url, ip: net::dns::Resolution, outcome: &WebOutcome) -> String {
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
        WebOutcome::Page { status, .. } => {
            let _ = write!(
                out,
                "> GET {} HTTP/1.1\n> Host: {host}\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n< HTTP/1.1 {status} {}\n",
                url.path,
                phrase(*status)
            );
        }
        _ => {}
    }
    out
}

fn wget(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "OTt");
    let Some(address) = names.first() else { return Done::failed(1, "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n") };
    let Some(url) = Url::parse(address) else { return Done::failed(1, format!("{address}: Scheme missing.\n")) };
    let device = call.session.device;
    let ip = net::dns::resolve(call.world, device, &url.host);
    let mut outcome = web::open_directly(call.world, device, address);
    if has(&given, &["--no-check-certificate"]) && curl_error(&outcome, &url).is_some_and(|(status, _)| status == 60) {
        outcome = without_checks(call, &url);
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

/// `nc -vz HOST PORT`: whether a port answers.
fn nc(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "wp");
    if !has(&given, &["z"]) {
        return call.not_modelled("nc beside -z");
    }
    let [host, ports] = names.as_slice() else {
        return Done::failed(1, "usage: nc [-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]\n");
    };
    let (low, high) = ports.split_once('-').map_or((ports.as_str(), ports.as_str()), |(low, high)| (low, high));
    let (Ok(low), Ok(high)) = (low.parse::<u16>(), high.parse::<u16>()) else {
        return Done::failed(1, format!("nc: port number invalid: {ports}\n"));
    };
    let Ok(address) = super::ping::target(call, "nc", host) else {
        return Done::failed(1, format!("nc: getaddrinfo for host \"{host}\" port {ports}: Name or service not known\n"));
    };
    let device = call.session.device;
    let udp = has(&given, &["u"]);
    let kind = if udp { "udp" } else { "tcp" };
    let mut done = Done::default();
    for port in (low..=high).take(100) {
        let outcome =
            if udp { net::udp(call.world, device, address, port) } else { net::connect(call.world, device, address, port) };
        let why = match outcome {
            Connection::Connected { .. } => {
                let _ = writeln!(done.err, "Connection to {host} ({address}) {port} port [{kind}/*] succeeded!");
                continue;
            }
            // A filter's ICMP "prohibited" counts as no route; port unreachable is a refusal.
            Connection::Refused | Connection::Unreachable { code: 3, .. } => "Connection refused",
            Connection::TimedOut => {
                let limit = value(&given, &["w"]).and_then(|seconds| seconds.parse().ok()).unwrap_or(130);
                call.world.wait(Span::seconds(limit.min(130)));
                "Connection timed out"
            }
            Connection::Unreachable { .. } => "No route to host",
            Connection::NoRoute => "Network is unreachable",
        };
        done.complain(1, format!("nc: connect to {host} ({address}) port {port} ({kind}) failed: {why}\n"));
    }
    done
}

/// Which of the usual ports answer; nothing else of nmap.
fn nmap(call: &mut Call<'_>, args: &[String]) -> Done {
    /// The ports of services that occur in small companies, out of nmap's thousand.
    const USUAL: &[(u16, &str)] = &[
        (21, "ftp"),
        (22, "ssh"),
        (23, "telnet"),
        (25, "smtp"),
        (53, "domain"),
        (80, "http"),
        (110, "pop3"),
        (135, "msrpc"),
        (139, "netbios-ssn"),
        (143, "imap"),
        (389, "ldap"),
        (443, "https"),
        (445, "microsoft-ds"),
        (587, "submission"),
        (631, "ipp"),
        (993, "imaps"),
        (1433, "ms-sql-s"),
        (3306, "mysql"),
        (3389, "ms-wbt-server"),
        (8080, "http-proxy"),
        (9100, "jetdirect"),
    ];
    let (given, names) = options(args, "p");
    if let Some((name, _)) = given.iter().find(|(name, _)| !["p", "P", "n", "n", "T", "4", "s"].contains(&name.as_str())) {
        return call.not_modelled(&format!("nmap option {name}"));
    }
    let Some(host) = names.first().cloned() else {
        return Done::failed(
            255,
            "Nmap 7.93 ( https://nmap.org )\nUsage: nmap [Scan Type(s)] [Options] {target specification}\n",
        );
    };
    let Ok(address) = super::ping::target(call, "nmap", &host) else {
        return Done {
            out: format!(
                "Starting Nmap 7.93 ( https://nmap.org )\nFailed to resolve \"{host}\".\nWARNING: No targets were specified, so 0 hosts scanned.\nNmap done: 0 IP addresses (0 hosts up) scanned\n"
            ),
            ..Done::default()
        };
    };
    let wanted: Vec<u16> = match value(&given, &["p"]) {
        Some(list) => list.split(',').filter_map(|port| port.parse().ok()).take(50).collect(),
        None => USUAL.iter().map(|(port, _)| *port).collect(),
    };
    let device = call.session.device;
    let up = matches!(net::ping(call.world, device, address, Echo::default()), EchoOutcome::Reply { .. });
    let results: Vec<(u16, Connection)> =
        wanted.iter().map(|port| (*port, net::connect(call.world, device, address, *port))).collect();
    call.world.wait(Span::seconds(2));
    let answers = up || results.iter().any(|(_, outcome)| matches!(outcome, Connection::Connected { .. } | Connection::Refused));
    let mut out = "Starting Nmap 7.93 ( https://nmap.org )\n".to_owned();
    if !answers {
        let _ = write!(
            out,
            "Note: Host seems down. If it is really up, but blocking our ping probes, try -Pn\nNmap done: 1 IP address (0 hosts up) scanned\n"
        );
        return Done::ok(out);
    }
    let shown = if host.parse::<Ipv4Addr>().is_ok() { host.clone() } else { format!("{host} ({address})") };
    let _ = write!(out, "Nmap scan report for {shown}\nHost is up.\n\nPORT     STATE    SERVICE\n");
    for (port, outcome) in results {
        let state = match outcome {
            Connection::Connected { .. } => "open",
            Connection::Refused => "closed",
            _ => "filtered",
        };
        if state != "closed" || has(&given, &["p"]) {
            let name = USUAL.iter().find(|(known, _)| *known == port).map_or("unknown", |(_, name)| name);
            let _ = writeln!(out, "{:<8} {state:<8} {name}", format!("{port}/tcp"));
        }
    }
    out.push_str("\nNmap done: 1 IP address (1 host up) scanned\n");
    Done::ok(out)
}
