//! The field of a password that is being chosen, with the rule for it.

use leptos::prelude::*;

use super::words;
use crate::ui::Field;

#[component]
pub fn NewPassword(name: &'static str, label: &'static str) -> AnyView {
    view! { <Field name label hint=words::PASSWORD_RULE kind="password" autocomplete="new-password" required=true/> }.into_any()
}
