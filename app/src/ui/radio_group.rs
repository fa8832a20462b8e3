//! One of a few choices.

use leptos::prelude::*;

use super::field::{described_by, field_hint};
use super::fieldset::Fieldset;
use super::form::CurrentForm;

/// One choice of a radio group or a select.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    pub label: String,
    /// Shown by radio groups only.
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: String,
    choices: Vec<Choice>,
    /// The value chosen at first.
    #[prop(optional, into)]
    selected: String,
    #[prop(optional)] disabled: bool,
    /// Side by side where there is room.
    #[prop(optional)]
    in_row: bool,
) -> AnyView {
    let selected = CurrentForm::current().value_of(&name).unwrap_or(selected);
    let radios: Vec<_> = choices.into_iter().map(|choice| radio(&name, choice, &selected)).collect();
    let class = if in_row { "choices choices-row" } else { "choices" };
    view! {
        <Fieldset legend=legend hint=hint name=name disabled=disabled>
            <div class=class>{radios}</div>
        </Fieldset>
    }
    .into_any()
}

fn radio(name: &str, choice: Choice, selected: &str) -> AnyView {
    let Choice { value, label, hint } = choice;
    let id = CurrentForm::current().id_of(&format!("{name}-{value}"));
    let described_by = described_by(&id, !hint.is_empty(), false);
    let checked = value == selected;
    view! {
        <div class="choice">
            <input
                class="choice-input"
                type="radio"
                id=id.clone()
                name=name.to_owned()
                value=value
                checked=checked
                aria-describedby=described_by
            />
            <div class="choice-body">
                <label for=id.clone()>{label}</label>
                {field_hint(&id, hint)}
            </div>
        </div>
    }
    .into_any()
}
