//! `host`: one line a record.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::{Asked, ask, data, kind, no_answer, question, word};
use crate::net::dns::Answer;
use crate::world::server::{RecordData, RecordType};

pub(super) fn host(call: &mut Call<'_>, args: &[String]) -> Done {
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
    let (question, first) = question(&name);
    let Asked { server, answer, .. } = ask(call, given, &question, wanted.unwrap_or(first));
    if let Some(lines) = no_answer(server, &answer, 2) {
        return Done { out: lines + ";; no servers could be reached\n", exit: 1, ..Done::default() };
    }
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
