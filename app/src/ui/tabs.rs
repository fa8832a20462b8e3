//! Views of the same thing, each with an address of its own.

use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

#[component]
pub fn Tabs(
    /// What the tabs choose between.
    label: &'static str,
    tabs: Vec<Tab>,
) -> AnyView {
    let items: Vec<_> = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a href=tab.href aria-current=tab.current.then_some("page")>
                        {tab.label}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="tabs" aria-label=label>
            <ul class="tabs-list">{items}</ul>
        </nav>
    }
    .into_any()
}
