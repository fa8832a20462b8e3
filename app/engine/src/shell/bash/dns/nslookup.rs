//! `nslookup` of BIND: one question, or line by line.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::{Asked, TRIES, ask, data, kind, no_answer, question, resolved};
use crate::net::dns::Answer;
use crate::shell::Mode;
use crate::world::server::{RecordData, RecordType};

pub(super) fn nslookup(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut wanted = None;
    let mut names: Vec<&str> = Vec::new();
    let mut done = Done::default();
    for arg in args {
        match arg.strip_prefix('-').filter(|option| !option.is_empty()) {
            Some(option) => match set(option) {
                Setting::Kind(kind) => wanted = Some(kind),
                Setting::NotModelled => return call.not_modelled(&format!("nslookup {arg}")),
                Setting::Complaint(complaint) => done.out += &complaint,
            },
            None => names.push(arg),
        }
    }
    let server = match names.get(1) {
        None => None,
        Some(text) => match resolved(call, text) {
            Some(server) => Some(server),
            None => return no_such_server(text),
        },
    };
    match names.first() {
        // `nslookup - 10.0.0.2` opens the program with that server.
        None | Some(&"-") => {
            if call.piped || call.stdin.is_some() {
                return call.not_modelled("nslookup that reads a file");
            }
            call.session.mode = Mode::Nslookup { server, kind: wanted.unwrap_or(RecordType::A) };
        }
        Some(name) => done.add(lookup(call, server, name, wanted.unwrap_or(RecordType::A))),
    }
    done
}

/// One line of the open program.
pub fn line(call: &mut Call<'_>, server: Option<Ipv4Addr>, kind: RecordType, line: &str) -> Done {
    let words: Vec<&str> = line.split_whitespace().collect();
    let lower = words.first().map(|word| word.to_lowercase());
    match (lower.as_deref(), words.get(1).copied()) {
        (None, _) => Done::default(),
        (Some("exit"), _) => {
            call.session.mode = Mode::Shell;
            Done::default()
        }
        (Some("set"), Some(option)) => match set(option) {
            Setting::Kind(kind) => {
                call.session.mode = Mode::Nslookup { server, kind };
                Done::default()
            }
            Setting::NotModelled => call.not_modelled(&format!("nslookup set {option}")),
            Setting::Complaint(complaint) => Done { out: complaint, exit: 1, ..Done::default() },
        },
        (Some("server" | "lserver"), Some(name)) => {
            // A server that is not found ends the program.
            let Some(address) = resolved(call, name) else {
                call.session.mode = Mode::Shell;
                return no_such_server(name);
            };
            call.session.mode = Mode::Nslookup { server: Some(address), kind };
            Done::ok(format!("Default server: {name}\nAddress: {address}#53\n"))
        }
        (Some(help @ ("help" | "?")), _) => Done::failed(1, format!("The '{help}' command is not yet implemented.\n")),
        (Some(other @ ("ls" | "root" | "finger" | "view")), _) => {
            Done::failed(1, format!("The '{other}' command is not implemented.\n"))
        }
        (Some(_), None) => lookup(call, server, words.first().unwrap_or(&""), kind),
        (Some(_), Some(other)) => {
            let Some(address) = resolved(call, other) else {
                call.session.mode = Mode::Shell;
                return no_such_server(other);
            };
            lookup(call, Some(address), words.first().unwrap_or(&""), kind)
        }
    }
}

fn no_such_server(name: &str) -> Done {
    Done::failed(1, format!("nslookup: couldn't get address for '{name}': not found\n"))
}

enum Setting {
    Kind(RecordType),
    NotModelled,
    /// BIND's words for what it does not know.
    Complaint(String),
}

/// `type=mx`, also `q=` and `querytype=`.
fn set(option: &str) -> Setting {
    let (name, value) = option.split_once('=').unwrap_or((option, ""));
    match name {
        "type" | "ty" | "querytype" | "query" | "qu" | "q" => match kind(value) {
            Some(kind) => Setting::Kind(kind),
            None if matches!(value.to_ascii_lowercase().as_str(), "any" | "soa" | "caa") => Setting::NotModelled,
            None => Setting::Complaint(format!("unknown query type: {value}\n")),
        },
        "debug" | "nodebug" | "d2" | "nod2" | "recurse" | "norecurse" | "search" | "nosearch" | "vc" | "novc" | "fail"
        | "nofail" | "all" | "class" | "cl" | "timeout" | "retry" | "port" | "po" | "domain" | "do" | "ndots" => {
            Setting::NotModelled
        }
        _ => Setting::Complaint(format!("*** Invalid option: {option}\n")),
    }
}

fn lookup(call: &mut Call<'_>, given: Option<Ipv4Addr>, name: &str, kind: RecordType) -> Done {
    let (question, first) = question(name);
    let reverse = first == RecordType::Ptr;
    let wanted = if reverse && kind == RecordType::A { first } else { kind };
    let Asked { server, answer, .. } = ask(call, given, &question, wanted);
    if let Some(lines) = no_answer(server, &answer, TRIES) {
        return Done { out: lines + ";; no servers could be reached\n\n", exit: 1, ..Done::default() };
    }
    let head = if reverse { String::new() } else { format!("Server:\t\t{server}\nAddress:\t{server}#53\n\n") };
    let code = match &answer {
        Answer::Records { records, authoritative } => {
            let from_others = if *authoritative || reverse { "" } else { "Non-authoritative answer:\n" };
            let lines: String = records.iter().map(|(owner, record)| shown(owner, &record.data, &data(record))).collect();
            return Done::ok(format!("{head}{from_others}{lines}\n"));
        }
        Answer::NoData { .. } => return Done::ok(format!("{head}*** Can't find {name}: No answer\n\n")),
        Answer::NxDomain { .. } => "NXDOMAIN",
        Answer::Refused => "REFUSED",
        _ => "SERVFAIL",
    };
    Done { out: format!("{head}** server can't find {question}: {code}\n\n"), exit: 1, ..Done::default() }
}

fn shown(owner: &str, record: &RecordData, text: &str) -> String {
    let mut out = String::new();
    let _ = match record {
        RecordData::A(ip) => writeln!(out, "Name:\t{owner}\nAddress: {ip}"),
        RecordData::Cname(target) => writeln!(out, "{owner}\tcanonical name = {target}."),
        RecordData::Ptr(target) => writeln!(out, "{owner}\tname = {target}."),
        RecordData::Mx(..) => writeln!(out, "{owner}\tmail exchanger = {text}"),
        RecordData::Ns(target) => writeln!(out, "{owner}\tnameserver = {target}."),
        RecordData::Txt(words) => writeln!(out, "{owner}\ttext = \"{words}\""),
        RecordData::Srv(..) => writeln!(out, "{owner}\tservice = {text}"),
    };
    out
}
