//! `Where-Object`, `Select-Object`, `Sort-Object`, `ForEach-Object`, `Measure-Object`, `Select-String`.

use super::super::call::{Call, Cmdlet, Parameter};
use super::super::expression;
use super::super::filter::{Condition, matches, property};
use super::super::format;
use super::super::object::{Answer, Failure, Object, Value, View};
use crate::shell::Session;
use crate::sorted::{self, Set};
use crate::world::World;

pub const CMDLETS: &[Cmdlet] = &[
    Cmdlet { name: "Where-Object", parameters: WHERE, run: filtered },
    Cmdlet {
        name: "Select-Object",
        parameters: &[
            Parameter::positional("Property"),
            Parameter::named("First"),
            Parameter::named("Last"),
            Parameter::named("Skip"),
            Parameter::named("ExpandProperty"),
            Parameter::switch("Unique"),
        ],
        run: select,
    },
    Cmdlet {
        name: "Sort-Object",
        parameters: &[Parameter::positional("Property"), Parameter::switch("Descending"), Parameter::switch("Unique")],
        run: sort,
    },
    Cmdlet { name: "ForEach-Object", parameters: &[Parameter::positional("Process")], run: each },
    Cmdlet { name: "Measure-Object", parameters: &[Parameter::positional("Property"), Parameter::switch("Sum")], run: measure },
    Cmdlet { name: "Group-Object", parameters: &[Parameter::positional("Property"), Parameter::switch("NoElement")], run: group },
    Cmdlet {
        name: "Select-String",
        parameters: &[
            Parameter::positional("Pattern"),
            Parameter::positional("Path"),
            Parameter::switch("CaseSensitive"),
            Parameter::switch("NotMatch"),
            Parameter::switch("SimpleMatch"),
        ],
        run: select_string,
    },
];

const WHERE: &[Parameter] = &[
    Parameter::positional("FilterScript"),
    Parameter::positional("Value"),
    Parameter::named("EQ"),
    Parameter::named("NE"),
    Parameter::named("GT"),
    Parameter::named("GE"),
    Parameter::named("LT"),
    Parameter::named("LE"),
    Parameter::named("Like"),
    Parameter::named("NotLike"),
    Parameter::named("Match"),
    Parameter::named("NotMatch"),
    Parameter::named("In"),
    Parameter::named("Contains"),
];

fn filtered(world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let script = call.text("FilterScript").unwrap_or_default();
    let condition = if script.starts_with('{') {
        Condition::script(script)
    } else {
        let named = WHERE.iter().skip(2).find_map(|parameter| {
            let values = call.values.get(parameter.name)?;
            Condition::simple(script, parameter.name, &values.join(","))
        });
        named.or_else(|| Condition::script(&format!("{{ $_.{script} }}")))
    };
    match condition {
        Some(condition) => call.pass(call.input.iter().filter(|object| condition.holds(object)).cloned().collect()),
        None => Answer::not_modelled(world, &format!("Where-Object {script}")),
    }
}

fn select(world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let mut objects = call.input.clone();
    let count = |name: &str| call.text(name).and_then(|text| text.parse::<usize>().ok());
    if let Some(skip) = count("Skip") {
        objects.drain(..skip.min(objects.len()));
    }
    if let Some(first) = count("First") {
        objects.truncate(first);
    }
    if let Some(last) = count("Last") {
        objects.drain(..objects.len().saturating_sub(last));
    }
    if let Some(name) = call.text("ExpandProperty") {
        if objects.iter().any(|object| object.get(name).is_none()) {
            return Answer::failed(Failure::new(
                format!("Property \"{name}\" cannot be found."),
                "InvalidArgument: (:) [Select-Object], PSArgumentException",
                "ExpandPropertyNotFound,Microsoft.PowerShell.Commands.SelectObjectCommand",
            ));
        }
        return expression::column(&Answer { objects, ..Answer::default() }, name);
    }
    let wanted = call.list("Property");
    if wanted.iter().any(|name| name.starts_with("@{") || name.starts_with('{')) {
        return Answer::not_modelled(world, "Select-Object with calculated properties");
    }
    let mut answer = if wanted.is_empty() {
        call.pass(objects)
    } else {
        Answer::new(View::Automatic, objects.iter().map(|object| chosen(object, wanted)).collect())
    };
    if call.has("Unique") {
        let mut seen = Vec::new();
        answer.objects.retain(|object| {
            let new = !seen.contains(object);
            if new {
                seen.push(object.clone());
            }
            new
        });
    }
    answer
}

/// The properties that were named, `*` is all; one that the object has not is empty.
fn chosen(object: &Object, wanted: &[String]) -> Object {
    let mut picked = Object::new();
    for name in wanted {
        if crate::shell::cmd::wildcard::is_pattern(name) {
            for (property, value) in &object.properties {
                if crate::shell::cmd::wildcard::matches(name, property) {
                    picked = picked.with(property, value.clone());
                }
            }
            continue;
        }
        let stored = object.properties.iter().find(|(property, _)| property.eq_ignore_ascii_case(name));
        let (property, value) = stored.cloned().unwrap_or_else(|| (name.clone(), Value::Empty));
        picked = picked.with(&property, value);
    }
    picked
}

fn sort(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let names = call.list("Property");
    let mut objects = call.input.clone();
    let key = |object: &Object| -> Vec<Value> {
        let lower = |value: Option<&Value>| match value {
            Some(Value::Text(text)) => Value::Text(text.to_lowercase()),
            other => other.cloned().unwrap_or_default(),
        };
        if names.is_empty() {
            return vec![lower(object.properties.first().map(|(_, value)| value))];
        }
        names.iter().map(|name| lower(object.get(property(name).unwrap_or(name)))).collect()
    };
    sorted::by_key(&mut objects, key);
    if call.has("Descending") {
        objects.reverse();
    }
    if call.has("Unique") {
        objects.dedup_by_key(|object| key(object));
    }
    call.pass(objects)
}

/// `ForEach-Object { $_.Name }` and `ForEach-Object Name`; more is a program.
fn each(world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let process = call.text("Process").unwrap_or_default();
    let inner = process.strip_prefix('{').and_then(|text| text.strip_suffix('}')).map(str::trim);
    let name = match inner {
        None => Some(process),
        Some(inner) => property(inner),
    };
    match name {
        Some(name) if !name.is_empty() => expression::column(&call.pass(call.input.clone()), name),
        _ => Answer::not_modelled(world, &format!("ForEach-Object {process}")),
    }
}

fn measure(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let sum = call.text("Property").filter(|_| call.has("Sum")).map(|name| {
        call.input.iter().fold(0i64, |sum, object| match object.get(name) {
            Some(Value::Number(number)) => sum.saturating_add(*number),
            _ => sum,
        })
    });
    let object = Object::new()
        .with("Count", u64::try_from(call.input.len()).unwrap_or(u64::MAX))
        .with("Average", Value::Empty)
        .with("Sum", sum)
        .with("Maximum", Value::Empty)
        .with("Minimum", Value::Empty)
        .with("Property", call.text("Property").map(str::to_owned));
    Answer::new(View::List(&["Count", "Average", "Sum", "Maximum", "Minimum", "Property"]), vec![object])
}

fn group(_world: &mut World, _session: &mut Session, call: &Call) -> Answer {
    let name = call.text("Property").unwrap_or_default();
    let mut seen = Set::new();
    let mut objects = Vec::new();
    for object in &call.input {
        let value = object.text(name);
        if seen.insert(value.to_lowercase()) {
            let same = call.input.iter().filter(|other| other.text(name).eq_ignore_ascii_case(&value)).count();
            objects.push(Object::new().with("Count", u64::try_from(same).unwrap_or(0)).with("Name", value));
        }
    }
    Answer::new(View::Automatic, objects)
}

/// Lines of what came, or of files, that hold the pattern.
fn select_string(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let Some(pattern) = call.text("Pattern").map(str::to_owned) else { return Answer::default() };
    let plain = call.has("SimpleMatch");
    let holds = |line: &str| {
        let found = if plain { line.to_lowercase().contains(&pattern.to_lowercase()) } else { matches(line, &pattern) };
        found != call.has("NotMatch")
    };
    if let Some(path) = call.text("Path") {
        let text = super::super::spot(world, session, path)
            .and_then(|spot| crate::shell::windows::disk::read(world, session, &spot))
            .unwrap_or_default();
        let hits = (1u32..).zip(text.lines()).filter(|(_, line)| holds(line));
        let objects = hits.map(|(number, line)| Object::line(format!("{path}:{number}:{line}"))).collect();
        return framed(objects);
    }
    let text = format::objects(&call.pass(call.input.clone()));
    framed(text.lines().filter(|line| holds(line)).map(Object::line).collect())
}

/// Matches print with an empty line before and two after.
fn framed(mut objects: Vec<Object>) -> Answer {
    if !objects.is_empty() {
        objects.insert(0, Object::line(""));
        objects.extend([Object::line(""), Object::line("")]);
    }
    Answer::new(View::Lines, objects)
}
