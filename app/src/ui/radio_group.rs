//! One of a few choices.

use leptos::prelude::*;

use super::fieldset::Fieldset;
use super::form::CurrentForm;

#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    /// The question above the choices.
    #[prop(into)]
    label: String,
    #[prop(optional, into)] hint: String,
    /// What is sent, and what is shown.
    choices: Vec<(&'static str, &'static str)>,
    /// What is chosen at first.
    #[prop(optional, into)]
    value: String,
    #[prop(optional)] disabled: bool,
    /// Side by side where there is room.
    #[prop(optional)]
    inline: bool,
) -> AnyView {
    let selected = CurrentForm::current().value_of(&name).unwrap_or(value);
    let radios: Vec<_> = choices.into_iter().map(|(value, label)| radio(&name, value, label, value == selected)).collect();
    let class = if inline { "choices choices-row" } else { "choices" };
    view! {
        <Fieldset legend=label hint=hint name=name disabled=disabled>
            <div class=class>{radios}</div>
        </Fieldset>
    }
    .into_any()
}

fn radio(name: &str, value: &'static str, label: &'static str, checked: bool) -> AnyView {
    let id = CurrentForm::current().id_of(&format!("{name}-{value}"));
    view! {
        <div class="choice">
            <input class="choice-input" type="radio" id=id.clone() name=name.to_owned() value=value checked=checked/>
            <div class="choice-body">
                <label for=id>{label}</label>
            </div>
        </div>
    }
    .into_any()
}
