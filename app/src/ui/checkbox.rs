//! One box to tick.

use leptos::prelude::*;

use super::field::{described_by, field_hint};
use super::form::CurrentForm;

#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    /// What is sent when ticked.
    #[prop(default = "on".to_owned(), into)]
    value: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] disabled: bool,
) -> AnyView {
    let form = CurrentForm::current();
    let id = form.id_of(&format!("{name}-{value}"));
    let checked = form.sent(&name, &value).unwrap_or(checked);
    let described_by = described_by(&id, !hint.is_empty(), false);
    view! {
        <div class="choice">
            <input
                class="choice-input"
                type="checkbox"
                id=id.clone()
                name=name
                value=value
                checked=checked
                disabled=disabled
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
