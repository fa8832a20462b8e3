//! `nslookup`: asks one server, past the cache and the hosts file; one-shot or line by line.

mod answer;
mod ask;

use std::net::Ipv4Addr;

use super::arguments::option;
use crate::net::dns::{Resolution, resolve, servers};
use crate::shell::{Mode, Output, Session};
use crate::world::World;
use crate::world::server::RecordType;

const HELP: &str = "Commands:   (identifiers are shown in uppercase, [] means optional)
NAME            - print info about the host/domain NAME using default server
NAME1 NAME2     - as above, but use NAME2 as server
help or ?       - print info on common commands
set OPTION      - set an option
    type=X              - set query type (ex. A,AAAA,CNAME,MX,NS,PTR,SRV,TXT)
    querytype=X         - same as type
server NAME     - set default server to NAME, using current default server
exit            - exit the program
";

/// The server that is asked and the type that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Question {
    server: Option<Ipv4Addr>,
    kind: RecordType,
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if let Mode::Nslookup { server, kind } = session.mode {
        return interactive(world, session, Question { server, kind }, arguments);
    }
    let mut question = Question { server: servers(world, session.device).first().copied(), kind: RecordType::A };
    let mut names: Vec<&str> = Vec::new();
    for argument in arguments {
        match option(argument).filter(|_| argument.starts_with('-')) {
            None => names.push(argument),
            Some(text) => match set(&mut question, text) {
                Setting::Done => {}
                Setting::NotModelled => return Output::not_modelled(world, &format!("nslookup {argument}")),
                Setting::Unknown => return Output::failed(1, format!("*** Invalid option: {text}\n")),
            },
        }
    }
    if let Some(server) = names.get(1) {
        match resolve(world, session.device, server) {
            Resolution::Address(address) => question.server = Some(address),
            Resolution::NotFound | Resolution::Failed => {
                return Output::failed(1, format!("*** Can't find server address for '{server}': \n"));
            }
        }
    }
    match names.first() {
        // `nslookup - 10.0.0.1` opens the program with that server.
        None | Some(&"-") => {
            let text = ask::greeting(world, session.device, question.server);
            session.mode = Mode::Nslookup { server: question.server, kind: question.kind };
            Output::ok(text)
        }
        Some(name) => {
            let text = ask::server_block(world, session.device, question.server);
            let (answer, exit) = ask::lookup(world, session.device, question.server, name, question.kind, &text.name);
            Output { text: format!("{}{answer}", text.block), exit, opens: None }
        }
    }
}

enum Setting {
    Done,
    NotModelled,
    Unknown,
}

/// `type=mx`, `q=ptr`, `querytype=srv`.
fn set(question: &mut Question, text: &str) -> Setting {
    let lower = text.to_lowercase();
    let Some((name, value)) = lower.split_once('=') else {
        let known = ["debug", "d2", "nodebug", "recurse", "norecurse", "search", "nosearch", "vc", "novc", "all", "defname"];
        return if known.contains(&lower.as_str()) { Setting::NotModelled } else { Setting::Unknown };
    };
    match name {
        "type" | "ty" | "querytype" | "query" | "q" => match record_type(value) {
            Some(kind) => {
                question.kind = kind;
                Setting::Done
            }
            None if matches!(value, "any" | "all" | "soa" | "hinfo") => Setting::NotModelled,
            None => Setting::Unknown,
        },
        "timeout" | "retry" | "port" | "domain" | "class" | "srchlist" | "root" => Setting::NotModelled,
        _ => Setting::Unknown,
    }
}

fn record_type(text: &str) -> Option<RecordType> {
    Some(match text {
        "a" => RecordType::A,
        "aaaa" => RecordType::Aaaa,
        "cname" => RecordType::Cname,
        "mx" => RecordType::Mx,
        "ns" => RecordType::Ns,
        "ptr" => RecordType::Ptr,
        "srv" => RecordType::Srv,
        "txt" => RecordType::Txt,
        _ => return None,
    })
}

/// One line of the open program.
fn interactive(world: &mut World, session: &mut Session, mut question: Question, words: &[String]) -> Output {
    let nth = |at: usize| words.get(at).map(String::as_str);
    let first = nth(0).map(str::to_lowercase);
    let output = match (first.as_deref(), nth(1)) {
        (None, _) => Output::default(),
        (Some("exit" | "quit"), _) => {
            session.mode = Mode::Shell;
            return Output::default();
        }
        (Some("?" | "help"), _) => Output::ok(HELP),
        (Some("set"), Some(text)) => match set(&mut question, text) {
            Setting::Done => Output::default(),
            Setting::NotModelled => Output::not_modelled(world, &format!("nslookup set {text}")),
            Setting::Unknown => Output::failed(1, format!("*** Invalid option: {text}\n")),
        },
        (Some(server @ ("server" | "lserver")), Some(name)) => match resolve(world, session.device, name) {
            Resolution::Address(address) => {
                question.server = Some(address);
                Output::ok(ask::greeting(world, session.device, question.server))
            }
            _ => Output::failed(1, format!("*** Can't find address for {server} {name}: Non-existent domain\n")),
        },
        (Some("ls" | "view" | "finger" | "root"), _) => Output::not_modelled(world, &format!("nslookup {}", words.join(" "))),
        (Some(_), server) => {
            let asked = match server.map(|name| resolve(world, session.device, name)) {
                Some(Resolution::Address(address)) => Some(address),
                _ => question.server,
            };
            let head = ask::server_block(world, session.device, asked);
            let name = nth(0).unwrap_or_default();
            let (answer, exit) = ask::lookup(world, session.device, asked, name, question.kind, &head.name);
            Output { text: format!("{}{answer}", head.block), exit, opens: None }
        }
    };
    session.mode = Mode::Nslookup { server: question.server, kind: question.kind };
    output
}
