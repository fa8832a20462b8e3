//! One of many choices.

use leptos::prelude::*;

use super::field::{described_by, field_error, field_hint};
use super::form::CurrentForm;
use super::radio_group::Choice;

#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    choices: Vec<Choice>,
    /// The value chosen at first.
    #[prop(optional, into)]
    selected: String,
    #[prop(optional)] disabled: bool,
) -> AnyView {
    let form = CurrentForm::current();
    let id = form.id_of(&name);
    let error = form.error_of(&name);
    let selected = form.value_of(&name).unwrap_or(selected);
    let described_by = described_by(&id, !hint.is_empty(), error.is_some());
    let options: Vec<_> = choices
        .into_iter()
        .map(|choice| {
            let chosen = choice.value == selected;
            view! {
                <option value=choice.value selected=chosen>
                    {choice.label}
                </option>
            }
        })
        .collect();
    view! {
        <div class="field" class:field-wrong=error.is_some()>
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            {field_hint(&id, hint)} {field_error(&id, error.clone())}
            <select
                class="select"
                id=id
                name=name
                disabled=disabled
                aria-describedby=described_by
                aria-invalid=error.is_some().then_some("true")
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}
