//! What flows through a PowerShell pipeline: objects with named values in an order, and the views that print them.

use crate::panel::PanelKind;
use crate::time::Time;
use crate::world::World;

/// One object: names and values in the order in which `Format-List *` prints them. Names are compared without case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object {
    pub properties: Vec<(String, Value)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// `$null`: prints as nothing.
    #[default]
    Empty,
    Text(String),
    Number(i64),
    /// Prints as `True` or `False`.
    Truth(bool),
    /// Already in the machine's local time; prints as `6/22/2023 10:39:04 AM`.
    Time(Time),
    /// Prints as `{a, b}`.
    List(Vec<String>),
}

/// How the objects of a cmdlet look when nothing else formats them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As the objects are: a table of up to four properties, a list of more.
    #[default]
    Automatic,
    Table(&'static [Column]),
    /// The properties that `Format-List` shows by itself.
    List(&'static [&'static str]),
    /// Each object is one line of text: its first property.
    Lines,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub head: &'static str,
    pub property: &'static str,
    /// Characters; 0 is as wide as the widest value.
    pub width: u8,
    /// Right-aligned, as numbers are.
    pub right: bool,
}

impl Column {
    /// A property under its own name.
    #[must_use]
    pub const fn left(name: &'static str, width: u8) -> Self {
        Self { head: name, property: name, width, right: false }
    }

    /// The same, right-aligned.
    #[must_use]
    pub const fn right(name: &'static str, width: u8) -> Self {
        Self { head: name, property: name, width, right: true }
    }

    /// The head stays, the values are another property's.
    #[must_use]
    pub const fn of(self, property: &'static str) -> Self {
        Self { property, ..self }
    }
}

/// What a cmdlet gives to the next one in the pipeline, or to the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Warnings and progress that go to the screen in any case, before everything else.
    pub notes: String,
    /// Stands above the table when it is printed as it is: `Directory: C:\Users\ada`.
    pub heading: String,
    pub view: View,
    pub objects: Vec<Object>,
    pub failures: Vec<Failure>,
    pub opens: Option<PanelKind>,
}

/// A non-terminating error; the shell adds the line and the frame around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `Cannot find any service with service name 'spool'.`
    pub message: String,
    /// `ObjectNotFound: (spool:String) [Get-Service], ServiceCommandException`.
    pub category: String,
    /// `NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand`.
    pub id: String,
}

impl Object {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of text as an object.
    #[must_use]
    pub fn line(text: impl Into<String>) -> Self {
        Self::new().with("Line", text.into())
    }

    /// Adds a property after the others.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.properties.push((name.to_owned(), value.into()));
        self
    }

    /// By name, upper and lower case are the same; `CPU` finds `CPU(s)`, whose unit is part of its name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let find =
            |same: &dyn Fn(&str) -> bool| self.properties.iter().find(|(property, _)| same(property)).map(|(_, value)| value);
        let bare = |property: &str| property.split('(').next().is_some_and(|bare| bare.eq_ignore_ascii_case(name));
        find(&|property| property.eq_ignore_ascii_case(name)).or_else(|| find(&bare))
    }

    /// The value as it prints; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.get(name).map(Value::to_text).unwrap_or_default()
    }
}

impl Value {
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => if *truth { "True" } else { "False" }.to_owned(),
            Self::Time(time) => crate::text::windows_short(time.civil()),
            Self::List(items) => format!("{{{}}}", items.join(", ")),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Vec<String>> for Value {
    fn from(items: Vec<String>) -> Self {
        Self::List(items)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Answer {
    #[must_use]
    pub fn new(view: View, objects: Vec<Object>) -> Self {
        Self { view, objects, ..Self::default() }
    }

    /// Plain text, one object a line.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::new(View::Lines, text.lines().map(Object::line).collect())
    }

    #[must_use]
    pub fn failed(failure: Failure) -> Self {
        Self { failures: vec![failure], ..Self::default() }
    }

    /// Says that the simulation does not hold this, and tells the authors.
    #[must_use]
    pub fn not_modelled(world: &mut World, what: &str) -> Self {
        Self { notes: crate::shell::Output::not_modelled(world, what).text, ..Self::default() }
    }
}

impl Failure {
    #[must_use]
    pub fn new(message: impl Into<String>, category: impl Into<String>, id: impl Into<String>) -> Self {
        Self { message: message.into(), category: category.into(), id: id.into() }
    }
}
