//! Reads what a learner does with an item: options, steps, pairs or the answer to type.

use super::super::{Choice, Interaction, ItemKind, ItemOption, Matching, Mistake, Pair, Part, PartPlaces, Simulation, Typed};
use super::no_tables;
use crate::content::fields::{Located, Reader, Section};
use crate::content::picture::Point;
use crate::content::prose::Prose;
use crate::ids::ScenarioId;
use crate::typed::{System, TypedForm, millionths};

const SYSTEMS: &[(&str, System)] = &[("windows", System::Windows), ("linux", System::Linux), ("ios", System::Ios)];

#[derive(Clone, Copy)]
enum Form {
    Ipv4,
    Prefix,
    Number,
    Path,
    Command,
    Word,
}

const FORMS: &[(&str, Form)] = &[
    ("ipv4", Form::Ipv4),
    ("prefix", Form::Prefix),
    ("number", Form::Number),
    ("path", Form::Path),
    ("command", Form::Command),
    ("word", Form::Word),
];

/// With the lines of its parts. Fields of other kinds stay untaken, so that they are complained about; where the kind is not
/// known, none of them is.
pub(super) fn read(
    reader: &mut Reader<'_>,
    file: &mut Section<'_>,
    kind: Option<ItemKind>,
) -> Option<(Interaction, Vec<PartPlaces>)> {
    let Some(kind) = kind else {
        file.ignore(&["ordered", "option", "step", "pair", "target", "extra", "answer", "mistake", "scenario", "explanation"]);
        return None;
    };
    match kind {
        ItemKind::Single | ItemKind::Multiple => {
            let ordered = reader.flag(file, "ordered");
            let (options, places) = all(reader, file, "option", option)?;
            Some((Interaction::Choice(Choice { options, ordered }), places))
        }
        ItemKind::Ordering => {
            let (steps, places) = all(reader, file, "step", |reader, section, line| part(reader, section, "text", line))?;
            Some((Interaction::Ordering(steps), places))
        }
        ItemKind::Matching => matching(reader, file, "pair", pair, "match"),
        ItemKind::Placing => matching(reader, file, "target", target, "label"),
        ItemKind::Typed => {
            let answer = answer(reader, file);
            let mistakes = all(reader, file, "mistake", mistake);
            let ((mut typed, place), (mistakes, mistake_places)) = (answer?, mistakes?);
            typed.mistakes = mistakes;
            Some((Interaction::Typed(typed), std::iter::once(place).chain(mistake_places).collect()))
        }
        ItemKind::Simulation => {
            let scenario = reader.text(file, "scenario");
            let explanation = reader.prose(file, "explanation", true);
            no_tables(reader, "explanation", explanation.as_ref());
            let (scenario, explanation) = (scenario?, explanation?);
            let place = PartPlaces { text: scenario.line, reason: explanation.line };
            let simulation = Simulation { scenario: ScenarioId(scenario.value), explanation: explanation.value };
            Some((Interaction::Simulation(simulation), vec![place]))
        }
    }
}

/// `fits`: what the match of an `[[extra]]` is called.
fn matching(
    reader: &mut Reader<'_>,
    file: &mut Section<'_>,
    name: &'static str,
    read: fn(&mut Reader<'_>, &mut Section<'_>, u32) -> Option<(Pair, PartPlaces)>,
    fits: &str,
) -> Option<(Interaction, Vec<PartPlaces>)> {
    let pairs = all(reader, file, name, read);
    let extras = all(reader, file, "extra", |reader, section, line| part(reader, section, fits, line));
    let ((pairs, mut places), (extras, extra_places)) = (pairs?, extras?);
    places.extend(extra_places);
    Some((Interaction::Matching(Matching { pairs, extras }), places))
}

/// Every `[[name]]` of the file; `None` if one of them lacks something.
fn all<T>(
    reader: &mut Reader<'_>,
    file: &mut Section<'_>,
    name: &'static str,
    read: impl Fn(&mut Reader<'_>, &mut Section<'_>, u32) -> Option<(T, PartPlaces)>,
) -> Option<(Vec<T>, Vec<PartPlaces>)> {
    let mut found = Vec::new();
    for mut section in reader.tables(file, name) {
        let line = section.line.max(file.line);
        found.push(read(reader, &mut section, line));
        reader.finish(section);
    }
    found.into_iter().collect::<Option<Vec<_>>>().map(|found| found.into_iter().unzip())
}

fn option(reader: &mut Reader<'_>, section: &mut Section<'_>, line: u32) -> Option<(ItemOption, PartPlaces)> {
    let key = reader.flag(section, "key");
    let at = reader.point(section, "at", false);
    let (Part { text, reason }, places) = part(reader, section, "text", line)?;
    Some((ItemOption { text, key, at, reason }, places))
}

fn part(reader: &mut Reader<'_>, section: &mut Section<'_>, name: &str, line: u32) -> Option<(Part, PartPlaces)> {
    let text = prose(reader, section, name);
    let reason = reason(reader, section, line);
    let text = text?;
    let places = PartPlaces { text: text.line, reason: reason.line };
    Some((Part { text: text.value, reason: reason.value }, places))
}

fn pair(reader: &mut Reader<'_>, section: &mut Section<'_>, line: u32) -> Option<(Pair, PartPlaces)> {
    let term = prose(reader, section, "term");
    let fits = prose(reader, section, "match");
    pair_of(term, None, fits, reason(reader, section, line))
}

fn target(reader: &mut Reader<'_>, section: &mut Section<'_>, line: u32) -> Option<(Pair, PartPlaces)> {
    let name = prose(reader, section, "name");
    let at = reader.point(section, "at", true);
    let label = prose(reader, section, "label");
    let reason = reason(reader, section, line);
    pair_of(name, Some(at?), label, reason)
}

fn pair_of(
    term: Option<Located<Prose>>,
    at: Option<Point>,
    fits: Option<Located<Prose>>,
    reason: Located<Prose>,
) -> Option<(Pair, PartPlaces)> {
    let (term, fits) = (term?, fits?);
    let places = PartPlaces { text: term.line, reason: reason.line };
    Some((Pair { term: term.value, at, fits: fits.value, reason: reason.value }, places))
}

fn mistake(reader: &mut Reader<'_>, section: &mut Section<'_>, line: u32) -> Option<(Mistake, PartPlaces)> {
    let text = reader.text(section, "text");
    let reason = reason(reader, section, line);
    let text = text?;
    let places = PartPlaces { text: text.line, reason: reason.line };
    Some((Mistake { text: text.value, reason: reason.value }, places))
}

/// `[answer]`; its mistakes stand in tables of their own.
fn answer(reader: &mut Reader<'_>, file: &mut Section<'_>) -> Option<(Typed, PartPlaces)> {
    let mut section = reader.table(file, "answer", true)?;
    let line = section.line.max(file.line);
    let form = form(reader, &mut section);
    let tolerance = reader.optional_text(&mut section, "tolerance");
    let tolerance = tolerance.map_or(Some(0), |text| tolerance_of(reader, &text, form.as_ref()));
    let accepted = reader.texts(&mut section, "accepted", true);
    if let Some(accepted) = accepted.as_ref().filter(|accepted| accepted.value.is_empty()) {
        reader.field_error(accepted.line, "`accepted` needs at least one answer");
    }
    let reason = reason(reader, &mut section, line);
    reader.finish(section);
    let accepted = accepted?;
    let places = PartPlaces { text: accepted.line, reason: reason.line };
    let typed =
        Typed { form: form?, tolerance: tolerance?, accepted: accepted.value, reason: reason.value, mistakes: Vec::new() };
    Some((typed, places))
}

fn form(reader: &mut Reader<'_>, section: &mut Section<'_>) -> Option<TypedForm> {
    let form = reader.choice(section, "form", FORMS)?;
    Some(match form.value {
        Form::Ipv4 => TypedForm::Ipv4,
        Form::Prefix => TypedForm::Prefix,
        Form::Number => {
            let unit = reader.optional_text(section, "unit").map(|unit| unit.value.trim().to_owned());
            TypedForm::Number { unit: unit.unwrap_or_default() }
        }
        Form::Path => {
            let system = reader.choice(section, "system", SYSTEMS)?;
            if system.value == System::Ios {
                reader.field_error(system.line, "a path is one of `windows` or `linux`");
            }
            TypedForm::Path(system.value)
        }
        Form::Command => TypedForm::Command(reader.choice(section, "system", SYSTEMS)?.value),
        Form::Word => TypedForm::Word,
    })
}

fn tolerance_of(reader: &mut Reader<'_>, text: &Located<String>, form: Option<&TypedForm>) -> Option<i64> {
    if form.is_some_and(|form| !matches!(form, TypedForm::Number { .. })) {
        reader.field_error(text.line, "only a number has a `tolerance`");
    }
    let tolerance = millionths(&text.value).filter(|tolerance| *tolerance >= 0);
    if tolerance.is_none() {
        reader.field_error(text.line, "`tolerance` must be a number in quotes, such as \"0.5\"");
    }
    tolerance
}

fn prose(reader: &mut Reader<'_>, section: &mut Section<'_>, name: &str) -> Option<Located<Prose>> {
    let text = reader.prose(section, name, true);
    no_tables(reader, name, text.as_ref());
    text
}

/// Rules X1 and O12 ask for the reason, with a better message than "field missing".
fn reason(reader: &mut Reader<'_>, section: &mut Section<'_>, line: u32) -> Located<Prose> {
    let reason = reader.prose(section, "reason", false).unwrap_or(Located { line, value: Prose::default() });
    no_tables(reader, "reason", Some(&reason));
    reason
}

#[cfg(test)]
mod tests;
