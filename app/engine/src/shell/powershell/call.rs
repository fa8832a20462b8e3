//! A cmdlet's parameters as they were bound: by name, by a prefix of the name, by position.

use super::object::{Answer, Object, View};
use crate::shell::Session;
use crate::sorted::Map;
use crate::world::World;

/// A cmdlet as it is written: `Get-Service`.
pub struct Cmdlet {
    pub name: &'static str,
    /// Those with a position in its order, then the others.
    pub parameters: &'static [Parameter],
    pub run: fn(&mut World, &mut Session, &Call) -> Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: &'static str,
    pub kind: ParameterKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Takes a value (or several with commas), also without its name, in order.
    Positional,
    /// Takes a value after its name.
    Named,
    /// Is there or not: `-Force`.
    Switch,
}

/// One call of a cmdlet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// By the parameter's full name; a switch has an empty list. `-Name a,b` has two.
    pub values: Map<&'static str, Vec<String>>,
    /// What came through the pipeline.
    pub input: Vec<Object>,
    /// Something stands before it in the pipeline, even where nothing came.
    pub piped: bool,
    /// How that would look by itself, for cmdlets that only pass it on.
    pub view: View,
    pub heading: String,
}

impl Call {
    /// The first value of a parameter.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(|values| values.first()).map(String::as_str)
    }

    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a switch or parameter was given. `-Confirm:$false` is not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|values| values.first().is_none_or(|value| !value.eq_ignore_ascii_case("$false")))
    }

    /// Passes objects on that look as they did before.
    #[must_use]
    pub fn pass(&self, objects: Vec<Object>) -> Answer {
        Answer { view: self.view.clone(), heading: self.heading.clone(), objects, ..Answer::default() }
    }

    /// The values of a parameter, or that property of what came through the pipeline: `Get-Service Spooler | Restart-Service`.
    #[must_use]
    pub fn list_or_input(&self, name: &str) -> Vec<String> {
        let given = self.list(name);
        if !given.is_empty() {
            return given.to_vec();
        }
        self.input.iter().map(|object| object.text(name)).filter(|text| !text.is_empty()).collect()
    }
}

impl Parameter {
    #[must_use]
    pub const fn positional(name: &'static str) -> Self {
        Self { name, kind: ParameterKind::Positional }
    }

    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self { name, kind: ParameterKind::Named }
    }

    #[must_use]
    pub const fn switch(name: &'static str) -> Self {
        Self { name, kind: ParameterKind::Switch }
    }
}
