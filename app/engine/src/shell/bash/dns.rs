//! `dig`, `host`, `nslookup`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::call::Call;
use super::call::Done;
use super::{Command, command};
use crate::net::dns::{self, Answer};
use crate::time::Span;
use crate::world::server::{Record, RecordData, RecordType};

pub const COMMANDS: &[Command] = &[
    command("dig", "bind9-dnsutils", dig),
    command("host", "bind9-host", host),
    command("nslookup", "bind9-dnsutils", nslookup),
];

fn kind(text: &str) -> Option<RecordType> {
    Some(match text.to_ascii_uppercase().as_str() {
        "A" => RecordType::A,
        "AAAA" => RecordType::Aaaa,
        "CNAME" => RecordType::Cname,
        "MX" => RecordType::Mx,
        "PTR" => RecordType::Ptr,
        "SRV" => RecordType::Srv,
        "TXT" => RecordType::Txt,
        "NS" => RecordType::Ns,
        _ => return None,
    })
}

fn word(kind: RecordType) -> &'static str {
    match kind {
        RecordType::A => "A",
        RecordType::Aaaa => "AAAA",
        RecordType::Cname => "CNAME",
        RecordType::Mx => "MX",
        RecordType::Ptr => "PTR",
        RecordType::Srv => "SRV",
        RecordType::Txt => "TXT",
        RecordType::Ns => "NS",
    }
}

fn data(record: &Record) -> String {
    match &record.data {
        RecordData::A(ip) => ip.to_string(),
        RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Ns(name) => format!("{name}."),
        RecordData::Mx(preference, name) => format!("{preference} {name}."),
        RecordData::Srv(priority, weight, port, target) => format!("{priority} {weight} {port} {target}."),
        RecordData::Txt(text) => format!("\"{text}\""),
    }
}

/// The server that tools ask: systemd-resolved's stub where it runs, else the first one. The stub's own questions go to the
/// servers in force.
fn server(call: &Call<'_>) -> (Ipv4Addr, Vec<Ipv4Addr>) {
    let real = dns::servers(call.world, call.session.device);
    let stub = crate::machine::runs(call.world, call.session.device, "systemd-resolved.service");
    let uses_stub = call.linux().units.contains_key("systemd-resolved.service");
    if uses_stub {
        // Without the stub nothing listens on 127.0.0.53.
        return (Ipv4Addr::new(127, 0, 0, 53), if stub { real } else { Vec::new() });
    }
    (real.first().copied().unwrap_or(Ipv4Addr::LOCALHOST), real)
}

/// Asks the servers in order until one answers; the stub turns silence into SERVFAIL.
fn ask(call: &mut Call<'_>, given: Option<Ipv4Addr>, name: &str, kind: RecordType) -> (Ipv4Addr, Answer) {
    let device = call.session.device;
    if let Some(server) = given {
        let answer = dns::query(call.world, device, server, name, kind);
        charge(call, &answer);
        return (server, answer);
    }
    let (shown, real) = server(call);
    let stub = shown.is_loopback();
    if stub && real.is_empty() {
        let runs = crate::machine::runs(call.world, device, "systemd-resolved.service");
        return (shown, if runs { Answer::ServFail } else { Answer::PortUnreachable });
    }
    let mut answer = Answer::TimedOut;
    for server in real {
        answer = dns::query(call.world, device, server, name, kind);
        charge(call, &answer);
        if !answer.is_failure() {
            break;
        }
    }
    if stub && answer.is_failure() {
        answer = Answer::ServFail;
    }
    (shown, answer)
}

/// dig waits five seconds, three times.
fn charge(call: &mut Call<'_>, answer: &Answer) {
    if *answer == Answer::TimedOut {
        call.world.wait(Span::seconds(15));
    }
}

#[derive(Default)]
struct Dig {
    server: Option<String>,
    name: Option<String>,
    kind: Option<RecordType>,
    short: bool,
    trace: bool,
    brief: bool,
}

fn dig(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut asked = Dig::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "+short" => asked.short = true,
            "+trace" => asked.trace = true,
            "+noall" | "+nocmd" | "+answer" | "+noquestion" => asked.brief = true,
            "-x" => {
                let text = args.next().cloned().unwrap_or_default();
                let Ok(address) = text.parse::<Ipv4Addr>() else {
                    return Done::failed(1, format!("dig: Invalid IP address {text}\n"));
                };
                (asked.name, asked.kind) = (Some(dns::reverse_name(address)), Some(RecordType::Ptr));
            }
            "-t" => asked.kind = args.next().and_then(|text| kind(text)),
            "-4" => {}
            other if other.starts_with('@') => asked.server = other.get(1..).map(str::to_owned),
            other if other.starts_with('+') => {}
            other if other.starts_with('-') => {
                return Done::failed(
                    1,
                    format!("Invalid option: {other}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {{q-opt}}\n"),
                );
            }
            other if kind(other).is_some() && asked.name.is_some() => asked.kind = kind(other),
            other => asked.name = Some(other.to_owned()),
        }
    }
    if asked.trace {
        return call.not_modelled("dig +trace: the root and top-level servers are not part of the model");
    }
    let given = match asked.server.as_ref().map(|server| server.parse::<Ipv4Addr>().ok().or_else(|| resolved(call, server))) {
        Some(None) => {
            let server = asked.server.unwrap_or_default();
            return Done::failed(1, format!("dig: couldn't get address for '{server}': not found\n"));
        }
        Some(found) => found,
        None => None,
    };
    let name = dns::normal(&asked.name.clone().unwrap_or_default());
    let wanted = asked.kind.unwrap_or(RecordType::A);
    let (server, answer) = ask(call, given, &name, wanted);
    match &answer {
        Answer::TimedOut | Answer::PortUnreachable => {
            let why = if answer == Answer::TimedOut { "timed out" } else { "connection refused" };
            let line = format!(";; communications error to {server}#53: {why}\n");
            let banner = if asked.short { String::new() } else { banner(&name, wanted, asked.server.as_deref()) };
            let last = if asked.short { ";; no servers could be reached\n" } else { ";; no servers could be reached\n\n" };
            Done { out: format!("{}{banner}{last}", line.repeat(3)), exit: 9, ..Done::default() }
        }
        _ if asked.short => {
            let records = records(&answer);
            Done::ok(records.iter().map(|(_, record)| data(record) + "\n").collect::<String>())
        }
        _ => full(call, &asked, &name, wanted, server, &answer),
    }
}

fn resolved(call: &mut Call<'_>, name: &str) -> Option<Ipv4Addr> {
    match dns::resolve(call.world, call.session.device, name) {
        dns::Resolution::Address(address) => Some(address),
        _ => None,
    }
}

fn records(answer: &Answer) -> &[(String, Record)] {
    match answer {
        Answer::Records { records, .. } => records,
        _ => &[],
    }
}

fn banner(name: &str, kind: RecordType, server: Option<&str>) -> String {
    let at = server.map_or_else(String::new, |server| format!("@{server} "));
    let shown = if kind == RecordType::A { name.to_owned() } else { format!("{name} {}", word(kind)) };
    format!("\n; <<>> DiG 9.18.28-1~deb12u2-Debian <<>> {at}{shown}\n;; global options: +cmd\n")
}

fn full(call: &Call<'_>, asked: &Dig, name: &str, kind: RecordType, server: Ipv4Addr, answer: &Answer) -> Done {
    let (status, authoritative) = match answer {
        Answer::Records { authoritative, .. } | Answer::NoData { authoritative } => ("NOERROR", *authoritative),
        Answer::NxDomain { authoritative } => ("NXDOMAIN", *authoritative),
        Answer::Refused => ("REFUSED", false),
        _ => ("SERVFAIL", false),
    };
    let found = records(answer);
    let lines: Vec<String> = found
        .iter()
        .map(|(owner, record)| {
            let owner = format!("{owner}.");
            let tabs = if owner.len() < 16 { "\t\t" } else { "\t" };
            format!("{owner}{tabs}{}\tIN\t{}\t{}\n", record.ttl, word(record.data.kind()), data(record))
        })
        .collect();
    let lines = lines.concat();
    if asked.brief {
        return Done::ok(lines);
    }
    // The query's number is drawn at random by dig; here it follows from the question, so that a replay prints the same.
    let id = crate::hash::fnv1a(format!("{name}{}{}", word(kind), call.world.now.0).as_bytes()) % 65_536;
    let recursion = if *answer == Answer::Refused { "" } else { " ra" };
    let flags = format!("qr{} rd{recursion}", if authoritative { " aa" } else { "" });
    let mut out = banner(name, kind, asked.server.as_deref());
    let _ = write!(
        out,
        ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: {status}, id: {id}\n;; flags: {flags}; QUERY: 1, ANSWER: {}, AUTHORITY: 0, ADDITIONAL: 1\n\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n;; QUESTION SECTION:\n",
        found.len()
    );
    let question = format!(";{name}.");
    let tabs = if question.len() < 16 {
        "\t\t\t"
    } else if question.len() < 24 {
        "\t\t"
    } else {
        "\t"
    };
    let _ = writeln!(out, "{question}{tabs}IN\t{}\n", word(kind));
    if !lines.is_empty() {
        let _ = writeln!(out, ";; ANSWER SECTION:\n{lines}");
    }
    // RFC 1035: 12 bytes of header, the question, 16 bytes a record with a compressed name, 11 of EDNS.
    let size = 12 + name.len() + 6 + found.iter().map(|(_, record)| 12 + data(record).len().min(64)).sum::<usize>() + 11;
    let when = crate::text::unix(call.local(call.world.now)).replace("UTC", &call.zone());
    let _ = write!(
        out,
        ";; Query time: 1 msec\n;; SERVER: {server}#53({server}) (UDP)\n;; WHEN: {when}\n;; MSG SIZE  rcvd: {size}\n\n"
    );
    Done::ok(out)
}

fn host(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut wanted = None;
    let mut names = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-t" => wanted = rest.next().and_then(|text| kind(text)),
            option if option.starts_with('-') => return call.not_modelled(&format!("host {option}")),
            name => names.push(name.to_owned()),
        }
    }
    let Some(name) = names.first().cloned() else {
        return Done::failed(1, "Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] name [server]\n");
    };
    let given = names.get(1).and_then(|server| server.parse::<Ipv4Addr>().ok());
    let (question, first) = match name.parse::<Ipv4Addr>() {
        Ok(address) => (dns::reverse_name(address), RecordType::Ptr),
        Err(_) => (dns::normal(&name), RecordType::A),
    };
    let (_, answer) = ask(call, given, &question, wanted.unwrap_or(first));
    let mut out = match given {
        Some(server) => format!("Using domain server:\nName: {server}\nAddress: {server}#53\nAliases: \n\n"),
        None => String::new(),
    };
    let shown = if first == RecordType::Ptr { question.clone() + "." } else { name.clone() };
    let exit = match &answer {
        Answer::Records { records, .. } => {
            for (owner, record) in records {
                let owner = if first == RecordType::Ptr { owner.clone() + "." } else { owner.clone() };
                let _ = match &record.data {
                    RecordData::A(ip) => writeln!(out, "{owner} has address {ip}"),
                    RecordData::Cname(target) => writeln!(out, "{owner} is an alias for {target}."),
                    RecordData::Mx(preference, target) => writeln!(out, "{owner} mail is handled by {preference} {target}."),
                    RecordData::Ptr(target) => writeln!(out, "{owner} domain name pointer {target}."),
                    RecordData::Ns(target) => writeln!(out, "{owner} name server {target}."),
                    RecordData::Txt(text) => writeln!(out, "{owner} descriptive text \"{text}\""),
                    RecordData::Srv(..) => writeln!(out, "{owner} has SRV record {}", data(record)),
                };
            }
            0
        }
        Answer::NoData { .. } => {
            let _ = writeln!(out, "{shown} has no {} record", word(wanted.unwrap_or(first)));
            0
        }
        Answer::TimedOut => {
            out.push_str(";; connection timed out; no servers could be reached\n");
            1
        }
        failed => {
            let code = match failed {
                Answer::NxDomain { .. } => "3(NXDOMAIN)",
                Answer::Refused => "5(REFUSED)",
                _ => "2(SERVFAIL)",
            };
            let _ = writeln!(out, "Host {shown} not found: {code}");
            1
        }
    };
    Done { out, exit, ..Done::default() }
}

/// The one-line form; the interactive one keeps its server on Windows.
fn nslookup(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut wanted = None;
    let mut names = Vec::new();
    for arg in args {
        match arg.strip_prefix('-').map(|option| option.split_once('=').unwrap_or((option, ""))) {
            Some(("type" | "query" | "q", text)) => wanted = kind(text),
            Some(_) => {}
            None => names.push(arg.clone()),
        }
    }
    let Some(name) = names.first().cloned() else { return call.not_modelled("the interactive nslookup of Linux; give a name") };
    let given = match names.get(1) {
        None => None,
        Some(text) => match text.parse().ok().or_else(|| resolved(call, text)) {
            Some(server) => Some(server),
            None => return Done::failed(1, format!("nslookup: couldn't get address for '{text}': not found\n")),
        },
    };
    let (question, first) = match name.parse::<Ipv4Addr>() {
        Ok(address) => (dns::reverse_name(address), RecordType::Ptr),
        Err(_) => (dns::normal(&name), RecordType::A),
    };
    let (server, answer) = ask(call, given, &question, wanted.unwrap_or(first));
    let head = if first == RecordType::Ptr { String::new() } else { format!("Server:\t\t{server}\nAddress:\t{server}#53\n\n") };
    let mut out;
    let mut exit = 0;
    match &answer {
        Answer::Records { records, authoritative } => {
            out = head;
            if !authoritative && first != RecordType::Ptr {
                out.push_str("Non-authoritative answer:\n");
            }
            for (owner, record) in records {
                let _ = match &record.data {
                    RecordData::A(ip) => writeln!(out, "Name:\t{owner}\nAddress: {ip}"),
                    RecordData::Cname(target) => writeln!(out, "{owner}\tcanonical name = {target}."),
                    RecordData::Ptr(target) => writeln!(out, "{owner}\tname = {target}."),
                    RecordData::Mx(..) => writeln!(out, "{owner}\tmail exchanger = {}", data(record)),
                    RecordData::Ns(target) => writeln!(out, "{owner}\tnameserver = {target}."),
                    RecordData::Txt(text) => writeln!(out, "{owner}\ttext = \"{text}\""),
                    RecordData::Srv(..) => writeln!(out, "{owner}\tservice = {}", data(record)),
                };
            }
            out.push('\n');
        }
        Answer::NoData { .. } => out = format!("{head}*** Can't find {name}: No answer\n\n"),
        Answer::TimedOut | Answer::PortUnreachable => {
            let why = if answer == Answer::TimedOut { "timed out" } else { "connection refused" };
            out = format!(";; communications error to {server}#53: {why}\n").repeat(3) + ";; no servers could be reached\n\n";
            exit = 1;
        }
        failed => {
            let code = match failed {
                Answer::NxDomain { .. } => "NXDOMAIN",
                Answer::Refused => "REFUSED",
                _ => "SERVFAIL",
            };
            out = format!("{head}** server can't find {question}: {code}\n\n");
            exit = 1;
        }
    }
    Done { out, exit, ..Done::default() }
}
