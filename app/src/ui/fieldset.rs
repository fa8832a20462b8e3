//! Fields that belong together, under one question.

use leptos::prelude::*;

use super::field::{described_by, field_error, field_hint};
use super::form::CurrentForm;

#[component]
pub fn Fieldset(
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: String,
    /// The field that a server error of the whole group is named after.
    #[prop(optional, into)]
    name: String,
    #[prop(optional)] disabled: bool,
    children: Children,
) -> AnyView {
    let form = CurrentForm::current();
    let id = form.id_of(&name);
    let name = Some(name).filter(|name| !name.is_empty());
    let error = name.as_deref().and_then(|name| form.error_of(name));
    let described_by = described_by(&id, !hint.is_empty() && name.is_some(), error.is_some());
    view! {
        <fieldset
            class="fieldset"
            class:field-wrong=error.is_some()
            id=name.map(|_| id.clone())
            tabindex=error.is_some().then_some("-1")
            disabled=disabled
            aria-describedby=described_by
        >
            <legend class="field-label">{legend}</legend>
            {field_hint(&id, hint)}
            {field_error(&id, error.clone())}
            {children()}
        </fieldset>
    }
    .into_any()
}
