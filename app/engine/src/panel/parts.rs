//! Short ways to write what panels are made of.

use super::{Field, Input, Offer, Refused, Table};

/// A table; the first cell of each row is its name.
pub fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

/// An operation on rows; without targets it is about the whole panel.
pub fn offer(verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>) -> Offer {
    Offer { verb: verb.to_owned(), label: label.to_owned(), targets, fields }
}

/// An operation that is offered only where it has something to be done to.
pub fn offer_on(verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>) -> Option<Offer> {
    (!targets.is_empty()).then(|| offer(verb, label, targets, fields))
}

pub fn text(name: &str, label: &str, value: &str) -> Field {
    field(name, label, Input::Text, value)
}

pub fn toggle(name: &str, label: &str, on: bool) -> Field {
    field(name, label, Input::Toggle, yes_no(on))
}

pub fn choice(name: &str, label: &str, options: &[&str], value: &str) -> Field {
    field(name, label, Input::Choice(options.iter().map(|option| (*option).to_owned()).collect()), value)
}

pub fn choice_of(name: &str, label: &str, options: Vec<String>, value: &str) -> Field {
    field(name, label, Input::Choice(options), value)
}

fn field(name: &str, label: &str, input: Input, value: &str) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), input, value: value.to_owned() }
}

pub fn yes_no(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

pub fn refuse<T>(why: impl Into<String>) -> Result<T, Refused> {
    Err(Refused(why.into()))
}

/// A number that somebody typed.
pub fn number<N: std::str::FromStr>(text: &str, what: &str) -> Result<N, Refused> {
    text.trim().parse().map_err(|_| Refused(format!("“{text}” is not a valid {what}.")))
}

/// The Windows of a machine that is up: a dark screen has no windows.
pub fn windows(world: &crate::world::World, device: crate::world::DeviceId) -> Option<&crate::world::windows::Windows> {
    world.device(device).windows().filter(|_| crate::machine::is_up(world, device))
}

/// The same, to change it.
pub fn windows_mut(
    world: &mut crate::world::World,
    device: crate::world::DeviceId,
) -> Result<&mut crate::world::windows::Windows, Refused> {
    if !crate::machine::is_up(world, device) {
        return refuse("This device is not running.");
    }
    world.device_mut(device).windows_mut().ok_or_else(|| Refused("This device does not run Windows.".to_owned()))
}
