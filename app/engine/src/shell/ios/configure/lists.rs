//! Access lists: numbered lines, and lists edited by the numbers of their lines.

use super::silent;
use crate::shell::Output;
use crate::shell::ios::access_list::{self, Wrong, is_standard};
use crate::shell::ios::call::{Call, incomplete, invalid_text};
use crate::world::interface::{Direction, Rule};

/// Says where a rule goes wrong; `index` is the argument that holds its text.
fn complain(call: &mut Call, index: usize, skipped: usize, wrong: Wrong) -> Output {
    match wrong {
        Wrong::Incomplete => incomplete(),
        Wrong::Wildcard => call.not_modelled("wildcard masks whose bits are not together"),
        Wrong::Word(number) => {
            let text = call.text(index);
            let at = call.args.get(index).map_or(0, |arg| arg.at);
            let column = column_of(text, number.saturating_sub(skipped));
            Output::failed(1, invalid_text(call.width, at.saturating_add(column)))
        }
    }
}

/// The column in which the nth word of a text begins.
fn column_of(text: &str, number: usize) -> usize {
    let mut seen = 0;
    let mut before_blank = true;
    for (column, letter) in text.chars().enumerate() {
        if before_blank && !letter.is_whitespace() {
            if seen == number {
                return column;
            }
            seen += 1;
        }
        before_blank = letter.is_whitespace();
    }
    text.chars().count()
}

/// `access-list 10 permit …` adds a line at the end; `no access-list 10` removes the whole list, whatever follows.
pub fn numbered(call: &mut Call) -> Output {
    let number = u16::try_from(call.number(0)).unwrap_or_default();
    if call.no {
        return call.change(|device| {
            device.stack.filter.access_lists.remove(&number);
        });
    }
    if call.args.len() < 2 {
        return incomplete();
    }
    if call.text(1).starts_with("remark ") {
        return call.not_modelled("remarks in access lists");
    }
    let rule = match access_list::parse(call.text(1), is_standard(number), Direction::Forward) {
        Ok(rule) => rule,
        Err(wrong) => return complain(call, 1, 0, wrong),
    };
    call.change(|device| device.stack.filter.access_lists.entry(number).or_default().push(rule))
}

/// Enters a list: a number, `FIREWALL` or `LOCAL`.
pub fn named(call: &mut Call) -> Output {
    let name = call.text(0).to_owned();
    let known = access_list::NAMED.iter().any(|(known, _)| *known == name);
    if !known && name.parse::<u16>().is_err() {
        return call.not_modelled("access lists with names of one's own");
    }
    call.enter(Some(format!("list {name}")))
}

/// Which rules a list is: those of a number, or one half of the filter.
enum Place {
    Number(u16),
    Half(Direction),
}

fn place(call: &Call) -> Option<Place> {
    let name = call.section();
    let half = access_list::NAMED.iter().find(|(known, _)| *known == name).map(|(_, direction)| Place::Half(*direction));
    half.or_else(|| name.parse().ok().map(Place::Number))
}

/// Inserts a rule before the nth of the list, or at its end.
fn put(call: &mut Call, rule: Rule, before: usize) -> Output {
    let Some(place) = place(call) else { return silent() };
    call.change(|device| {
        let filter = &mut *device.stack.filter;
        match place {
            Place::Number(number) => {
                let rules = filter.access_lists.entry(number).or_default();
                rules.insert(before.min(rules.len()), rule);
            }
            Place::Half(direction) => {
                let own: Vec<usize> = positions(&filter.rules, direction);
                let at = own.get(before).copied().unwrap_or(filter.rules.len());
                filter.rules.insert(at.min(filter.rules.len()), rule);
            }
        }
    })
}

fn positions(rules: &[Rule], direction: Direction) -> Vec<usize> {
    rules.iter().enumerate().filter(|(_, rule)| rule.direction == direction).map(|(at, _)| at).collect()
}

fn read(call: &mut Call, index: usize, text: &str, skipped: usize) -> Result<Rule, Output> {
    let (standard, direction) = match place(call) {
        Some(Place::Number(number)) => (is_standard(number), Direction::Forward),
        Some(Place::Half(direction)) => (false, direction),
        None => (false, Direction::Forward),
    };
    access_list::parse(text, standard, direction).map_err(|wrong| complain(call, index, skipped, wrong))
}

/// Lines are numbered 10, 20, 30 …, and anew after each change.
pub fn insert(call: &mut Call) -> Output {
    let number = call.number(0);
    let text = call.text(1).to_owned();
    match read(call, 1, &text, 0) {
        Ok(rule) if number.is_multiple_of(10) && length(call) >= (number / 10) as usize => {
            drop(rule);
            Output::failed(1, "% Duplicate sequence number\n")
        }
        Ok(rule) => put(call, rule, (number / 10) as usize),
        Err(output) => output,
    }
}

fn length(call: &Call) -> usize {
    let filter = &call.found().stack.filter;
    match place(call) {
        Some(Place::Number(number)) => filter.access_lists.get(&number).map_or(0, Vec::len),
        Some(Place::Half(direction)) => positions(&filter.rules, direction).len(),
        None => 0,
    }
}

pub fn remove(call: &mut Call) -> Output {
    if !call.no {
        return incomplete();
    }
    let number = call.number(0);
    let nth = (number / 10) as usize;
    if !number.is_multiple_of(10) || nth == 0 || nth > length(call) {
        return Output::failed(1, "%The specified sequence number does not exist\n");
    }
    let Some(place) = place(call) else { return silent() };
    call.change(|device| {
        let filter = &mut device.stack.filter;
        match place {
            Place::Number(number) => {
                if let Some(rules) = filter.access_lists.get_mut(&number).filter(|rules| nth <= rules.len()) {
                    rules.remove(nth - 1);
                }
            }
            Place::Half(direction) => {
                if let Some(at) = positions(&filter.rules, direction).get(nth - 1) {
                    filter.rules.remove(*at);
                }
            }
        }
    })
}

pub fn permit(call: &mut Call) -> Output {
    append(call, "permit")
}

pub fn deny(call: &mut Call) -> Output {
    append(call, "deny")
}

fn append(call: &mut Call, word: &str) -> Output {
    let text = format!("{word} {}", call.text(0));
    match read(call, 0, &text, 1) {
        Ok(rule) => put(call, rule, usize::MAX),
        Err(output) => output,
    }
}
