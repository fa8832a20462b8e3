//! Reading a line: abbreviations, arguments, `?`.
//!
//! A pattern is a list of words; `<…>` stands for an argument. A word may be shortened as long as only one fits.

use super::call::Arg;
use super::grammar::{self, Entry, Scope};
use super::names;
use crate::shell::{Mode, Session};
use crate::sorted::{self, Map};
use crate::world::{DeviceId, World};

pub enum Outcome {
    Run {
        entry: &'static Entry,
        no: bool,
        args: Vec<Arg>,
    },
    Ambiguous,
    Incomplete,
    /// The column of the character that cannot be.
    Invalid(usize),
}

/// A typed word and where it begins.
struct Word<'l> {
    text: &'l str,
    at: usize,
}

/// An entry on the way through a line.
struct Candidate {
    entry: &'static Entry,
    /// How many words of the pattern are matched.
    next: usize,
    args: Vec<Arg>,
}

impl Candidate {
    fn expects(&self) -> Option<&'static str> {
        self.entry.pattern.split(' ').nth(self.next)
    }
}

fn scopes(session: &Session) -> &'static [Scope] {
    match &session.mode {
        Mode::IosPrivileged => &[Scope::User, Scope::Privileged],
        Mode::IosConfig { section } => match section.as_deref().and_then(|section| section.split(' ').next()) {
            Some("interface" | "range") => &[Scope::Below, Scope::Interface],
            Some("vlan") => &[Scope::Below, Scope::Vlan],
            Some("pool") => &[Scope::Below, Scope::Pool],
            Some("line") => &[Scope::Below, Scope::Line],
            Some("list") => &[Scope::Below, Scope::List],
            _ => &[Scope::Below, Scope::Global],
        },
        _ => &[Scope::User, Scope::OnlyUser],
    }
}

/// Reads a line in the mode of a session. What an interface or another section does not know is tried as a global command.
pub fn line(world: &World, session: &Session, text: &str) -> Outcome {
    let own = scopes(session);
    let first = attempt(world, session.device, own, text);
    let below = matches!(&session.mode, Mode::IosConfig { section: Some(_) });
    if !below || !matches!(first, Outcome::Invalid(_)) {
        return first;
    }
    match (attempt(world, session.device, &[Scope::Global], text), first) {
        (Outcome::Invalid(global), Outcome::Invalid(own)) => Outcome::Invalid(global.max(own)),
        (other, _) => other,
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (column, (byte, letter)) in text.char_indices().enumerate() {
        match (letter.is_whitespace(), start) {
            (false, None) => start = Some((byte, column)),
            (true, Some((from, at))) => {
                found.push(Word { text: text.get(from..byte).unwrap_or(""), at });
                start = None;
            }
            _ => {}
        }
    }
    if let Some((from, at)) = start {
        found.push(Word { text: text.get(from..).unwrap_or(""), at });
    }
    found
}

fn begin(scopes: &[Scope], no: bool) -> Vec<Candidate> {
    let entries = grammar::all().filter(|entry| scopes.contains(&entry.scope) && (!no || entry.no));
    entries.map(|entry| Candidate { entry, next: 0, args: Vec::new() }).collect()
}

fn attempt(world: &World, device: DeviceId, scopes: &[Scope], text: &str) -> Outcome {
    let typed = words(text);
    let no = typed.first().is_some_and(|word| word.text.eq_ignore_ascii_case("no"));
    let mut candidates = begin(scopes, no);
    if candidates.is_empty() {
        return Outcome::Invalid(typed.first().map_or(0, |first| first.at));
    }
    let mut at = usize::from(no);
    while at < typed.len() {
        match step(world, device, candidates, &typed[at..], text) {
            Ok((rest, taken)) => {
                candidates = rest;
                at = at.saturating_add(taken);
            }
            Err(outcome) => return outcome,
        }
    }
    let complete = candidates.into_iter().find(|candidate| candidate.expects().is_none());
    complete.map_or(Outcome::Incomplete, |found| Outcome::Run { entry: found.entry, no, args: found.args })
}

/// One word further: the candidates that are left, and how many typed words were taken.
fn step(
    world: &World,
    device: DeviceId,
    candidates: Vec<Candidate>,
    typed: &[Word<'_>],
    text: &str,
) -> Result<(Vec<Candidate>, usize), Outcome> {
    let Some(first) = typed.first() else { return Ok((candidates, 1)) };
    let lower = first.text.to_ascii_lowercase();
    let keyword = |candidate: &Candidate| candidate.expects().filter(|expected| !expected.starts_with('<'));
    let mut fitting: Vec<&'static str> =
        candidates.iter().filter_map(keyword).filter(|known| known.starts_with(&lower)).collect();
    sorted::sort(&mut fitting);
    fitting.dedup();
    if fitting.contains(&lower.as_str()) {
        fitting.retain(|known| *known == lower);
    }
    match fitting.as_slice() {
        [] => arguments(world, device, candidates, typed, text),
        [only] => {
            let kept = candidates.into_iter().filter(|candidate| keyword(candidate) == Some(only));
            Ok((kept.map(|candidate| Candidate { next: candidate.next + 1, ..candidate }).collect(), 1))
        }
        _ => Err(Outcome::Ambiguous),
    }
}

fn arguments(
    world: &World,
    device: DeviceId,
    candidates: Vec<Candidate>,
    typed: &[Word<'_>],
    text: &str,
) -> Result<(Vec<Candidate>, usize), Outcome> {
    let Some(first) = typed.first() else { return Ok((candidates, 1)) };
    let mut taken = 1;
    let mut wrong = first.at + mismatch(&candidates, first.text);
    let mut kept = Vec::new();
    for mut candidate in candidates {
        let Some(expected) = candidate.expects().filter(|expected| expected.starts_with('<')) else { continue };
        match argument(world, device, expected, typed, text) {
            Ok((value, words)) => {
                taken = words;
                candidate.args.push(Arg { text: value, at: first.at });
                candidate.next += 1;
                kept.push(candidate);
            }
            Err(column) => wrong = wrong.max(column),
        }
    }
    if kept.is_empty() { Err(Outcome::Invalid(wrong)) } else { Ok((kept, taken)) }
}

/// How many characters of a word some keyword shares: the caret stands after them.
fn mismatch(candidates: &[Candidate], typed: &str) -> usize {
    let shared = |known: &str| known.chars().zip(typed.to_ascii_lowercase().chars()).take_while(|(a, b)| a == b).count();
    let keywords = candidates.iter().filter_map(Candidate::expects).filter(|expected| !expected.starts_with('<'));
    keywords.map(shared).max().unwrap_or(0)
}

/// The value of an argument and the words it took, or the column where it goes wrong.
fn argument(world: &World, device: DeviceId, expected: &str, typed: &[Word<'_>], text: &str) -> Result<(String, usize), usize> {
    let Some(first) = typed.first() else { return Err(0) };
    let plain = |fits: bool| if fits { Ok((first.text.to_owned(), 1)) } else { Err(first.at) };
    match expected {
        "<ip>" | "<mask>" => plain(first.text.parse::<std::net::Ipv4Addr>().is_ok()),
        "<word>" => plain(true),
        "<line>" => {
            let rest: String = text.chars().skip(first.at).collect();
            Ok((rest.trim_end().to_owned(), typed.len()))
        }
        "<if>" | "<newif>" => interface(world, device, expected == "<newif>", typed),
        "<range>" => range(world, device, typed),
        "<vlans>" => plain(super::configure::vlan_list(first.text).is_some()),
        other => {
            let bounds = other.trim_matches(['<', '>']).split_once('-');
            let bounds = bounds.and_then(|(low, high)| Some((low.parse::<u32>().ok()?, high.parse::<u32>().ok()?)));
            let number = first.text.parse::<u32>().ok();
            plain(matches!((number, bounds), (Some(number), Some((low, high))) if (low..=high).contains(&number)))
        }
    }
}

/// `g0/1`, `gigabitEthernet 0/1`, `vlan 20`: the model's own name of it.
fn interface(world: &World, device: DeviceId, new: bool, typed: &[Word<'_>]) -> Result<(String, usize), usize> {
    let Some(first) = typed.first() else { return Err(0) };
    let joined = first.text.chars().all(char::is_alphabetic);
    let (name, taken, number_at) = match typed.get(1) {
        Some(number) if joined => (format!("{}{}", first.text, number.text), 2, number.at),
        _ => (first.text.to_owned(), 1, first.at + first.text.chars().take_while(|c| c.is_alphabetic()).count()),
    };
    let Some((kind, number)) = names::split(&name) else { return Err(first.at) };
    let long = format!("{kind}{number}");
    let found = world.device(device);
    let ports = found.ports.iter().map(|port| port.name.as_str());
    let logical = found.stack.interfaces.iter().map(|interface| interface.name.as_str());
    let known = ports.chain(logical).find(|known| names::long(known) == long);
    if let Some(known) = known {
        return Ok((known.to_owned(), taken));
    }
    let can_be_made = match kind {
        "Vlan" => found.switching.is_some() && number.parse::<u16>().is_ok_and(|number| (1..=4094).contains(&number)),
        "Loopback" => number.parse::<u16>().is_ok(),
        _ => number.split_once('.').is_some_and(|(parent, sub)| {
            let parent = format!("{kind}{parent}");
            let routed = |port: &&crate::world::port::Port| names::long(&port.name) == parent && port.switching.is_none();
            sub.parse::<u16>().is_ok() && found.ports.iter().any(|port| routed(&port))
        }),
    };
    if new && can_be_made {
        let stored = if matches!(kind, "Vlan" | "Loopback") { long } else { names::short(&long) };
        return Ok((stored, taken));
    }
    Err(number_at)
}

/// `g0/1 - 4`, `gi0/1-4 , gi0/9`: the names with commas between them.
fn range(world: &World, device: DeviceId, typed: &[Word<'_>]) -> Result<(String, usize), usize> {
    let start = typed.first().map_or(0, |word| word.at);
    let text: String = typed.iter().map(|word| word.text).collect::<Vec<_>>().concat();
    let ports = &world.device(device).ports;
    let mut found: Vec<String> = Vec::new();
    for part in text.split(',').filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once('-').unwrap_or((part, ""));
        let Some((kind, number)) = names::split(first) else { return Err(start) };
        let (stem, from) = number.rsplit_once('/').unwrap_or(("", number));
        let last = last.rsplit('/').next().unwrap_or(last);
        let last = last.trim_start_matches(char::is_alphabetic);
        let to = if last.is_empty() { from } else { last };
        let (Ok(from), Ok(to)) = (from.parse::<u16>(), to.parse::<u16>()) else { return Err(start) };
        for at in from..=to.min(from.saturating_add(255)) {
            let long = if stem.is_empty() { format!("{kind}{at}") } else { format!("{kind}{stem}/{at}") };
            let Some(port) = ports.iter().find(|port| names::long(&port.name) == long) else { return Err(start) };
            if !found.contains(&port.name) {
                found.push(port.name.clone());
            }
        }
    }
    if found.is_empty() { Err(start) } else { Ok((found.join(","), typed.len())) }
}

/// What may come next: `show ?` lists words, `sh?` lists words that begin so.
pub fn help(world: &World, session: &Session, asked: &str) -> String {
    let typed = words(asked);
    let partial = !asked.is_empty() && !asked.ends_with(char::is_whitespace);
    let no = typed.first().is_some_and(|word| word.text.eq_ignore_ascii_case("no")) && (typed.len() > 1 || !partial);
    let mut candidates = begin(scopes(session), no);
    if matches!(&session.mode, Mode::IosConfig { section: Some(_) }) && typed.len() > usize::from(partial) {
        candidates.extend(begin(&[Scope::Global], no));
    }
    let done = typed.len().saturating_sub(usize::from(partial));
    let mut at = usize::from(no);
    while at < done {
        match step(world, session.device, candidates, &typed[at..done], asked) {
            Ok((rest, taken)) => {
                candidates = rest;
                at = at.saturating_add(taken);
            }
            Err(Outcome::Ambiguous) => return format!("% Ambiguous command:  \"{}\"\n", asked.trim()),
            Err(_) => return "% Unrecognized command\n".to_owned(),
        }
    }
    if partial {
        let start = typed.last().map_or("", |word| word.text).to_ascii_lowercase();
        let mut known: Vec<_> =
            candidates.iter().filter_map(Candidate::expects).filter(|known| known.starts_with(&start)).collect();
        sorted::sort(&mut known);
        known.dedup();
        return if known.is_empty() { "% Unrecognized command\n".to_owned() } else { format!("{}\n", known.join("  ")) };
    }
    next_words(&candidates)
}

fn next_words(candidates: &[Candidate]) -> String {
    let mut found: Map<&str, &str> = Map::new();
    for candidate in candidates {
        let next = candidate.expects().map_or("<cr>", grammar::shown);
        found.insert(next, grammar::help(next));
    }
    let width = found.keys().map(|word| word.chars().count()).max().unwrap_or(0);
    found.iter().map(|(word, help)| format!("  {word:width$}  {help}").trim_end().to_owned() + "\n").collect()
}
