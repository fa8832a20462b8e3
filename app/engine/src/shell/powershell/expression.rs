//! What stands in a line beside commands: variables, texts, a pipeline in brackets with a property.

use super::object::{Answer, Object, Value, View};
use super::parse::{Element, Word};
use crate::shell::{Output, Session, cmd};
use crate::world::World;

/// `$name = 'text'`: only plain values can be kept.
pub fn assignment(world: &mut World, session: &mut Session, statement: &str) -> Option<Output> {
    let (name, value) = statement.trim().strip_prefix('$')?.split_once('=')?;
    let name = name.trim().to_lowercase();
    if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let value = value.trim();
    let quoted = value.len() > 1 && value.starts_with(['"', '\'']) && value.ends_with(['"', '\'']);
    if quoted || value.chars().all(|c| c.is_ascii_digit()) {
        let text = value.trim_matches(['"', '\'']);
        session.windows.variables.insert(name, expand(world, session, text));
        return Some(Output::default());
    }
    Some(Output::not_modelled(world, "PowerShell variables that hold more than a text or a number"))
}

/// A text, a number, a variable, or `(pipeline).Property` in the place of a command. `None`: it is a command.
pub fn value(world: &mut World, session: &mut Session, element: &Element) -> Option<Result<Answer, Output>> {
    let first = element.words.first()?;
    let alone = element.words.len() == 1;
    if first.quoted && alone {
        return Some(Ok(Answer::text(&expand(world, session, &first.text))));
    }
    if let Some(rest) = first.text.strip_prefix('(').filter(|_| !first.quoted) {
        let (inner, property) = match rest.rsplit_once(").") {
            Some((inner, property)) => (inner, Some(property)),
            None => (rest.strip_suffix(')')?, None),
        };
        let answer = super::inner(world, session, inner);
        return Some(Ok(match property {
            None => answer,
            Some(property) if property.eq_ignore_ascii_case("count") => Answer::text(&answer.objects.len().to_string()),
            Some(property) => column(&answer, property),
        }));
    }
    if first.text.starts_with('$') && alone {
        let text = expand(world, session, &first.text);
        return Some(Ok(if text == first.text { Answer::default() } else { Answer::text(&text) }));
    }
    if alone && !first.text.is_empty() && first.text.chars().all(|c| c.is_ascii_digit()) {
        return Some(Ok(Answer::text(&first.text)));
    }
    None
}

/// One property of every object, a line each.
pub fn column(answer: &Answer, property: &str) -> Answer {
    let mut objects = Vec::new();
    for object in &answer.objects {
        match object.get(property) {
            Some(Value::List(items)) => objects.extend(items.iter().map(Object::line)),
            Some(Value::Empty) | None => {}
            Some(value) => objects.push(Object::line(value.to_text())),
        }
    }
    Answer { notes: answer.notes.clone(), ..Answer::new(View::Lines, objects) }
}

/// The element with its variables replaced; script blocks stay as they are.
pub fn expanded(world: &World, session: &Session, element: &Element) -> Element {
    let words = element
        .words
        .iter()
        .map(|word| {
            let text = if word.text.starts_with('{') { word.text.clone() } else { expand(world, session, &word.text) };
            Word { text, ..word.clone() }
        })
        .collect();
    Element { words, ..element.clone() }
}

/// `$env:NAME`, `$HOME` and what the session has set; anything else stays.
fn expand(world: &World, session: &Session, text: &str) -> String {
    if !text.contains('$') {
        return text.to_owned();
    }
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        done.push_str(before);
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(after.len());
        let (name, tail) = after.split_at(end);
        let known = variable(world, session, name);
        if known.is_none() {
            done.push('$');
        }
        done.push_str(known.as_deref().unwrap_or(name));
        rest = tail;
    }
    done.push_str(rest);
    done
}

fn variable(world: &World, session: &Session, name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    if let Some(name) = lower.strip_prefix("env:") {
        return cmd::variable(world, session, name);
    }
    match lower.as_str() {
        "home" => Some(format!("C:\\Users\\{}", session.user)),
        "pwd" => Some(session.folder.clone()),
        _ => session.windows.variables.get(&lower).cloned(),
    }
}
