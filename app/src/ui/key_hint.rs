//! A key that does the same as the control beside it. Hidden on touch screens and from screen readers, which have their own ways.

use leptos::prelude::*;

#[component]
pub fn KeyHint(#[prop(into)] key: String) -> AnyView {
    view! {
        <kbd class="key-hint" aria-hidden="true">
            {key}
        </kbd>
    }
    .into_any()
}
