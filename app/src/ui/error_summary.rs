//! Why a form came back, at its top, with a way to each field. It takes the focus, so that nobody misses it.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::error::FieldError;

#[component]
pub fn ErrorSummary(
    #[prop(into)] message: String,
    /// The id of each wrong field and what to do about it.
    fields: Vec<(String, FieldError)>,
    #[prop(default = true)] takes_focus: bool,
) -> AnyView {
    let items: Vec<_> = fields
        .into_iter()
        .map(|(id, field)| {
            view! {
                <li>
                    <a href=format!("#{id}")>{field.message}</a>
                </li>
            }
        })
        .collect();
    view! {
        <div class="notice notice-danger error-summary" role="alert" tabindex="-1" autofocus=takes_focus>
            <Icon name=IconName::Danger/>
            <div class="notice-body">
                <strong class="notice-word">"Error"</strong>
                <p>{message}</p>
                {(!items.is_empty()).then(|| view! { <ul>{items}</ul> })}
            </div>
        </div>
    }
    .into_any()
}
