//! A line of text to fill in: label, hint, input and error belong together for every reader.

use leptos::prelude::*;

use super::form::CurrentForm;
use super::icon::{Icon, IconName};

#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// The input's `type`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// Shown until the form comes back with what was typed.
    #[prop(optional, into)]
    value: String,
    #[prop(optional)] required: bool,
    #[prop(optional)] disabled: bool,
    /// In characters.
    #[prop(optional)]
    minlength: Option<u16>,
    #[prop(optional)] maxlength: Option<u16>,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> AnyView {
    let form = CurrentForm::current();
    let id = form.id_of(&name);
    let error = form.error_of(&name);
    let value = if kind == "password" { String::new() } else { form.value_of(&name).unwrap_or(value) };
    let described_by = described_by(&id, !hint.is_empty(), error.is_some());
    view! {
        <div class="field" class:field-wrong=error.is_some()>
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            {field_hint(&id, hint)} {field_error(&id, error.clone())}
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                required=required
                disabled=disabled
                minlength=minlength.map(|length| length.to_string())
                maxlength=maxlength.map(|length| length.to_string())
                inputmode=inputmode
                spellcheck="false"
                autocapitalize="none"
                aria-describedby=described_by
                aria-invalid=error.is_some().then_some("true")
            />
        </div>
    }
    .into_any()
}

/// The ids of the texts that explain an input.
pub(super) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-error {id}-hint")),
    }
}

pub(super) fn field_hint(id: &str, hint: String) -> Option<AnyView> {
    let id = format!("{id}-hint");
    (!hint.is_empty()).then(|| view! { <p class="field-hint" id=id>{hint}</p> }.into_any())
}

pub(super) fn field_error(id: &str, error: Option<String>) -> Option<AnyView> {
    let id = format!("{id}-error");
    error.map(|error| {
        view! {
            <p class="field-error" id=id>
                <Icon name=IconName::Danger/>
                <span>
                    <span class="visually-hidden">"Error: "</span>
                    {error}
                </span>
            </p>
        }
        .into_any()
    })
}
