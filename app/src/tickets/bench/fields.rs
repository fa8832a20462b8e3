//! Native controls of the bench's forms, and what they hold when a form is sent.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// The form that an event comes from; the browser does not send it.
pub fn sent(event: &SubmitEvent) -> Option<HtmlFormElement> {
    event.prevent_default();
    event.target().and_then(|target| target.dyn_into().ok())
}

/// What a field holds, without spaces around it.
pub fn value(form: &HtmlFormElement, name: &str) -> String {
    values(form, name).into_iter().next().unwrap_or_default()
}

/// Of every ticked box with this name.
pub fn values(form: &HtmlFormElement, name: &str) -> Vec<String> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    data.get_all(name).iter().filter_map(|value| Some(value.as_string()?.trim().to_owned())).collect()
}

/// `id` is also the name.
pub fn line(id: &str, label: &str, hint: &str, value: &str) -> AnyView {
    let id = id.to_owned();
    let described = (!hint.is_empty()).then(|| format!("{id}-hint"));
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label.to_owned()}</label>
            {hint_of(&id, hint)}
            <input
                class="input"
                id=id.clone()
                name=id
                value=value.to_owned()
                aria-describedby=described
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </div>
    }
    .into_any()
}

/// Several lines of text.
pub fn area(id: &str, label: &str, hint: &str, required: bool) -> AnyView {
    let id = id.to_owned();
    let described = (!hint.is_empty()).then(|| format!("{id}-hint"));
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label.to_owned()}</label>
            {hint_of(&id, hint)}
            <textarea class="input area" id=id.clone() name=id rows="2" required=required aria-describedby=described></textarea>
        </div>
    }
    .into_any()
}

fn hint_of(id: &str, hint: &str) -> Option<AnyView> {
    let id = format!("{id}-hint");
    (!hint.is_empty()).then(|| view! { <p class="field-hint" id=id>{hint.to_owned()}</p> }.into_any())
}

pub fn select(id: &str, label: &str, choices: Vec<(String, String)>, chosen: &str) -> AnyView {
    let id = id.to_owned();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label.to_owned()}</label>
            <select class="select" id=id.clone() name=id>
                {options(choices, chosen)}
            </select>
        </div>
    }
    .into_any()
}

/// Values and labels.
pub fn options(choices: Vec<(String, String)>, chosen: &str) -> AnyView {
    let options: Vec<_> = choices
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    options.into_any()
}

pub fn pairs<'t>(table: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<(String, String)> {
    table.map(|(value, label)| (value.to_owned(), label.to_owned())).collect()
}

pub fn tick(id: String, name: String, value: String, label: String, checked: bool) -> AnyView {
    view! {
        <div class="choice">
            <input class="choice-input" type="checkbox" id=id.clone() name=name value=value checked=checked/>
            <div class="choice-body">
                <label for=id>{label}</label>
            </div>
        </div>
    }
    .into_any()
}

pub fn submit(label: &'static str, class: &'static str, pending: RwSignal<bool>) -> AnyView {
    view! {
        <button class=class type="submit" aria-disabled=move || pending.get().then_some("true")>
            {label}
        </button>
    }
    .into_any()
}

pub const PRIMARY: &str = "button button-primary";
pub const SECONDARY: &str = "button button-secondary";

/// Back to the field after its form was sent and emptied.
pub fn refocus(id: &'static str) {
    super::state::focus_soon(id);
}
