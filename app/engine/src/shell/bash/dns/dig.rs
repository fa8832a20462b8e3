//! `dig` in BIND 9.18's words.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::{Asked, TRIES, ask, data, kind, no_answer, resolved, trace, word};
use crate::net::dns::{self, Answer};
use crate::world::server::{Record, RecordType};

/// The columns of BIND's master files: owner, TTL, class, type, data (`dig.c`).
const COLUMNS: [usize; 4] = [24, 32, 40, 48];

#[derive(Default)]
pub(super) struct Dig {
    pub server: Option<String>,
    pub name: Option<String>,
    pub kind: Option<RecordType>,
    pub short: bool,
    pub trace: bool,
    pub brief: bool,
}

fn parse(args: &[String]) -> Result<Dig, Done> {
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
                    return Err(Done::failed(1, format!("dig: Invalid IP address {text}\n")));
                };
                (asked.name, asked.kind) = (Some(dns::reverse_name(address)), Some(RecordType::Ptr));
            }
            "-t" => asked.kind = args.next().and_then(|text| kind(text)),
            "-4" => {}
            other if other.starts_with('@') => asked.server = other.get(1..).map(str::to_owned),
            other if other.starts_with('+') => {}
            other if other.starts_with('-') => {
                return Err(Done::failed(
                    1,
                    format!("Invalid option: {other}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {{q-opt}}\n"),
                ));
            }
            other if kind(other).is_some() && asked.kind.is_none() => asked.kind = kind(other),
            other => asked.name = Some(other.to_owned()),
        }
    }
    Ok(asked)
}

pub(super) fn dig(call: &mut Call<'_>, args: &[String]) -> Done {
    let asked = match parse(args) {
        Ok(asked) => asked,
        Err(complaint) => return complaint,
    };
    let given = match asked.server.as_ref().map(|server| (server, resolved(call, server))) {
        Some((server, None)) => {
            return Done::failed(1, format!("dig: couldn't get address for '{server}': not found\n"));
        }
        Some((_, found)) => found,
        None => None,
    };
    // dig(1): without a name it asks for the name servers of the root.
    let name = dns::normal(asked.name.as_deref().unwrap_or_default());
    let wanted = asked.kind.unwrap_or(if asked.name.is_none() { RecordType::Ns } else { RecordType::A });
    let banner = banner(args, given.is_some());
    if asked.trace {
        return trace::trace(call, given, &name, wanted, if asked.short { "" } else { &banner });
    }
    let got = ask(call, given, &name, wanted);
    match no_answer(got.server, &got.answer, TRIES) {
        Some(lines) => {
            let banner = if asked.short { "" } else { &banner };
            Done { out: format!("{lines}{banner};; no servers could be reached\n"), exit: 9, ..Done::default() }
        }
        None if asked.short => Done::ok(records(&got.answer).iter().map(|(_, record)| data(record) + "\n").collect::<String>()),
        None if asked.brief => Done::ok(section(records(&got.answer))),
        None => Done::ok(full(call, &banner, &name, wanted, &got)),
    }
}

pub(super) fn records(answer: &Answer) -> &[(String, Record)] {
    match answer {
        Answer::Records { records, .. } => records,
        _ => &[],
    }
}

/// The line that repeats what was typed.
fn banner(args: &[String], server: bool) -> String {
    let found = if server { "; (1 server found)\n" } else { "" };
    format!("\n; <<>> DiG 9.18.28-1~deb12u2-Debian <<>> {}\n{found};; global options: +cmd\n", args.join(" "))
}

/// Tabs and blanks from one column to another; at least one blank (`indent` in BIND's `masterdump.c`).
fn indent(line: &mut String, to: usize) {
    let from = column(line);
    let to = to.max(from + 1);
    let tabs = to / 8 - from / 8;
    line.push_str(&"\t".repeat(tabs));
    line.push_str(&" ".repeat(if tabs > 0 { to % 8 } else { to - from }));
}

fn column(line: &str) -> usize {
    line.chars().fold(0, |at, c| if c == '\t' { (at / 8 + 1) * 8 } else { at + 1 })
}

/// Records as dig lays them out.
pub(super) fn section(found: &[(String, Record)]) -> String {
    let mut out = String::new();
    for (owner, record) in found {
        let mut line = format!("{owner}.");
        let fields = [record.ttl.to_string(), "IN".to_owned(), word(record.data.kind()).to_owned(), data(record)];
        for (field, to) in fields.into_iter().zip(COLUMNS) {
            indent(&mut line, to);
            line.push_str(&field);
        }
        out += &line;
        out.push('\n');
    }
    out
}

/// RFC 1035: 12 bytes of header, the question, 12 bytes a record with a compressed name and its data; 11 of EDNS.
pub(super) fn size(name: &str, found: &[(String, Record)]) -> usize {
    12 + name.len() + 6 + found.iter().map(|(_, record)| 12 + data(record).len().min(64)).sum::<usize>() + 11
}

fn full(call: &Call<'_>, banner: &str, name: &str, kind: RecordType, got: &Asked) -> String {
    let (status, authoritative) = match &got.answer {
        Answer::Records { authoritative, .. } | Answer::NoData { authoritative } => ("NOERROR", *authoritative),
        Answer::NxDomain { authoritative } => ("NXDOMAIN", *authoritative),
        Answer::Refused => ("REFUSED", false),
        _ => ("SERVFAIL", false),
    };
    let found = records(&got.answer);
    // The query's number is drawn at random by dig; here it follows from the question, so that a replay prints the same.
    let id = crate::hash::fnv1a(format!("{name}{}{}", word(kind), call.world.now.0).as_bytes()) % 65_536;
    let recursion = if got.answer == Answer::Refused { "" } else { " ra" };
    let flags = format!("qr{} rd{recursion}", if authoritative { " aa" } else { "" });
    let mut question = format!(";{name}.");
    for (field, to) in ["IN", word(kind)].into_iter().zip(COLUMNS.into_iter().skip(1)) {
        indent(&mut question, to);
        question += field;
    }
    let mut out = format!(
        "{banner};; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: {status}, id: {id}\n;; flags: {flags}; QUERY: 1, ANSWER: {}, AUTHORITY: 0, ADDITIONAL: 1\n\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n;; QUESTION SECTION:\n{question}\n\n",
        found.len()
    );
    if !found.is_empty() {
        let _ = writeln!(out, ";; ANSWER SECTION:\n{}", section(found));
    }
    let server = got.server;
    let when = crate::text::unix(call.local(call.world.now)).replace("UTC", &call.zone());
    let _ = write!(
        out,
        ";; Query time: {} msec\n;; SERVER: {server}#53({server}) (UDP)\n;; WHEN: {when}\n;; MSG SIZE  rcvd: {}\n\n",
        got.micros / 1000,
        size(name, found)
    );
    out
}
