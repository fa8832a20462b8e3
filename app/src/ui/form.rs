//! A form that works without scripts: it posts to a server function, and comes back with its errors and its values.

use leptos::context::Provider;
use leptos::prelude::*;

use super::error_summary::ErrorSummary;
use crate::error::{AppError, FieldError};
use crate::forms::{FormFailure, failure_of};
use crate::site::here::current_path;

/// The form that a field stands in. [`Form`] puts it into the context of its children.
#[derive(Clone, Debug, Default)]
pub struct CurrentForm {
    slug: String,
    failure: Option<FormFailure>,
}

impl CurrentForm {
    /// The id of a field: unique on a page whose forms have different slugs.
    #[must_use]
    pub fn id_of(&self, name: &str) -> String {
        if self.slug.is_empty() { name.to_owned() } else { format!("{}-{name}", self.slug) }
    }

    /// What the field was sent with, if the form came back.
    #[must_use]
    pub fn value_of(&self, name: &str) -> Option<String> {
        let values = &self.failure.as_ref()?.values;
        values.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    /// Whether a box or choice was sent; `None` where the form did not come back.
    #[must_use]
    pub fn sent(&self, name: &str, value: &str) -> Option<bool> {
        let values = &self.failure.as_ref()?.values;
        Some(values.iter().any(|(key, sent)| key == name && sent == value))
    }

    /// What is wrong with the field.
    #[must_use]
    pub fn error_of(&self, name: &str) -> Option<String> {
        match &self.failure.as_ref()?.error {
            AppError::Invalid(errors) => errors.iter().find(|error| error.field == name).map(|error| error.message.clone()),
            _ => None,
        }
    }

    /// The form around this part of the page, or one without errors.
    #[must_use]
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// Errors with the ids of their fields.
    pub(super) fn errors(&self) -> Vec<(String, FieldError)> {
        match self.failure.as_ref().map(|failure| &failure.error) {
            Some(AppError::Invalid(errors)) => errors.iter().map(|error| (self.id_of(&error.field), error.clone())).collect(),
            _ => Vec::new(),
        }
    }
}

#[component]
pub fn Form(
    /// The path of the server function, such as `SignIn::PATH`.
    #[prop(into)]
    action: String,
    /// Another server function that a button of this form sends it to: it comes back from there as well.
    #[prop(optional)]
    also: &'static str,
    /// Makes the ids of the fields unique where a page has two forms with the same action.
    #[prop(optional, into)]
    slug: String,
    /// Whether the focus goes to the errors when the form comes back.
    #[prop(default = true)]
    focus_errors: bool,
    children: Children,
) -> AnyView {
    let failure = failure_of(&action).or_else(|| failure_of(also));
    let slug = if slug.is_empty() { action.rsplit('/').next().unwrap_or_default().to_owned() } else { slug };
    let current = CurrentForm { slug, failure };
    let message = current.failure.as_ref().map(|failure| failure.error.to_string());
    let errors = current.errors();
    view! {
        <form class="form" method="post" action=action>
            <input type="hidden" name="from" value=current_path()/>
            {message.map(|message| view! { <ErrorSummary message=message fields=errors takes_focus=focus_errors/> })}
            <Provider value=current>{children()}</Provider>
        </form>
    }
    .into_any()
}
