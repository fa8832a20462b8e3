//! A setting that is on or off: a native box, drawn as a switch, with the state in a word.

use leptos::prelude::*;

use super::field::{described_by, field_hint};
use super::form::CurrentForm;

#[component]
pub fn Switch(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] on: bool,
    #[prop(optional)] disabled: bool,
) -> AnyView {
    let form = CurrentForm::current();
    let id = form.id_of(&name);
    let on = form.sent(&name, "on").unwrap_or(on);
    let described_by = described_by(&id, !hint.is_empty(), false);
    view! {
        <div class="choice">
            <input
                class="switch"
                type="checkbox"
                role="switch"
                id=id.clone()
                name=name
                value="on"
                checked=on
                disabled=disabled
                aria-describedby=described_by
            />
            <div class="choice-body">
                <label for=id.clone()>
                    {label} <span class="switch-state" aria-hidden="true"></span>
                </label>
                {field_hint(&id, hint)}
            </div>
        </div>
    }
    .into_any()
}
