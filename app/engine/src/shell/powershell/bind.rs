//! From words to parameters: by name, by a prefix of the name, by position.

use super::call::{Call, Cmdlet, Parameter, ParameterKind};
use super::object::Failure;
use super::parse::{Element, Word};
use crate::sorted::Map;

/// What could not be bound: the error and the word it points at.
#[derive(Debug, PartialEq, Eq)]
pub struct Unbound {
    pub failure: Failure,
    pub at: usize,
    pub length: usize,
}

/// Parameters that every cmdlet has, as far as they mean something here.
const COMMON: &[Parameter] = &[
    Parameter::named("ErrorAction"),
    Parameter::named("WarningAction"),
    Parameter::named("InformationAction"),
    Parameter::named("ErrorVariable"),
    Parameter::named("OutVariable"),
    Parameter::switch("Verbose"),
    Parameter::switch("Debug"),
    Parameter::switch("Confirm"),
    Parameter::switch("WhatIf"),
];

/// Short forms that are no prefixes.
const SHORT: &[(&str, &str)] =
    &[("ea", "ErrorAction"), ("wa", "WarningAction"), ("cf", "Confirm"), ("wi", "WhatIf"), ("vb", "Verbose")];

pub fn bind(cmdlet: &Cmdlet, element: &Element) -> Result<Call, Unbound> {
    let mut call = Call::default();
    let mut loose: Vec<Vec<&Word>> = Vec::new();
    let mut words = element.words.get(1..).unwrap_or_default().iter().peekable();
    while let Some(word) = words.next() {
        let Some(name) = parameter_name(word) else {
            let mut list = vec![word];
            while list.last().is_some_and(|word| word.more) {
                let Some(next) = words.next() else { break };
                list.push(next);
            }
            loose.push(list);
            continue;
        };
        let (name, attached) = name.split_once(':').map_or((name, None), |(name, value)| (name, Some(value)));
        let parameter = find(cmdlet, name).map_err(|failure| Unbound { failure, at: word.at, length: word.length })?;
        let mut values = Vec::new();
        if let Some(value) = attached.filter(|value| !value.is_empty()) {
            values.push(clean(value));
        } else if parameter.kind != ParameterKind::Switch || attached.is_some() {
            values = take_list(&mut words);
            if values.is_empty() {
                return Err(Unbound { failure: missing(cmdlet, parameter), at: word.at, length: word.length });
            }
        }
        call.values.insert(parameter.name, values);
    }
    positions(cmdlet, &mut call, loose)?;
    Ok(call)
}

/// `-Name` is a parameter, `-5` and `'-Name'` are not.
fn parameter_name(word: &Word) -> Option<&str> {
    let name = word.text.strip_prefix('-').filter(|_| !word.quoted)?;
    name.starts_with(|c: char| c.is_alphabetic() || c == '?').then_some(name)
}

/// A value, with all that follow behind commas.
fn take_list<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a Word>>) -> Vec<String> {
    let mut values = Vec::new();
    while let Some(word) = words.next_if(|word| parameter_name(word).is_none()) {
        values.extend(list(word));
        if !word.more {
            break;
        }
    }
    values
}

/// `("10.0.0.1","10.0.0.2")` and `@('a')` are lists too.
fn list(word: &Word) -> Vec<String> {
    let text = word.text.strip_prefix('@').unwrap_or(&word.text);
    match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).filter(|_| !word.quoted) {
        Some(inner) => super::parse::words(inner, 0).iter().map(|word| clean(&word.text)).collect(),
        None => vec![if word.quoted { word.text.clone() } else { clean(&word.text) }],
    }
}

fn clean(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}

fn positions(cmdlet: &Cmdlet, call: &mut Call, loose: Vec<Vec<&Word>>) -> Result<(), Unbound> {
    let mut free: Vec<&Parameter> = cmdlet
        .parameters
        .iter()
        .filter(|parameter| parameter.kind == ParameterKind::Positional && !call.values.contains_key(parameter.name))
        .collect();
    for list_of_words in loose {
        let Some(first) = list_of_words.first() else { continue };
        if free.is_empty() {
            let failure = Failure::new(
                format!("A positional parameter cannot be found that accepts argument '{}'.", first.text),
                format!("InvalidArgument: (:) [{}], ParameterBindingException", cmdlet.name),
                format!("PositionalParameterNotFound,{}", cmdlet.name),
            );
            return Err(Unbound { failure, at: 0, length: 0 });
        }
        let parameter = free.remove(0);
        call.values.insert(parameter.name, list_of_words.iter().flat_map(|word| list(word)).collect());
    }
    Ok(())
}

/// By its whole name, or by a beginning that no other has.
fn find(cmdlet: &Cmdlet, name: &str) -> Result<Parameter, Failure> {
    let lower = name.to_lowercase();
    let all: Map<&str, Parameter> =
        cmdlet.parameters.iter().chain(COMMON).map(|parameter| (parameter.name, *parameter)).collect();
    if let Some((_, full)) = SHORT.iter().find(|(short, _)| *short == lower)
        && let Some(parameter) = all.get(full)
    {
        return Ok(*parameter);
    }
    if let Some(parameter) = all.values().find(|parameter| parameter.name.eq_ignore_ascii_case(name)) {
        return Ok(*parameter);
    }
    let found: Vec<&Parameter> = all.values().filter(|parameter| parameter.name.to_lowercase().starts_with(&lower)).collect();
    match found.as_slice() {
        [one] => Ok(**one),
        [] => Err(Failure::new(
            format!("A parameter cannot be found that matches parameter name '{name}'."),
            format!("InvalidArgument: (:) [{}], ParameterBindingException", cmdlet.name),
            format!("NamedParameterNotFound,{}", cmdlet.name),
        )),
        many => {
            let names: Vec<String> = many.iter().map(|parameter| format!("-{}", parameter.name)).collect();
            Err(Failure::new(
                format!(
                    "Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches include: {}.",
                    names.join(" ")
                ),
                format!("InvalidArgument: (:) [{}], ParameterBindingException", cmdlet.name),
                format!("AmbiguousParameter,{}", cmdlet.name),
            ))
        }
    }
}

fn missing(cmdlet: &Cmdlet, parameter: Parameter) -> Failure {
    Failure::new(
        format!(
            "Missing an argument for parameter '{}'. Specify a parameter of type 'System.String' and try again.",
            parameter.name
        ),
        format!("InvalidArgument: (:) [{}], ParameterBindingException", cmdlet.name),
        format!("MissingArgument,{}", cmdlet.name),
    )
}
