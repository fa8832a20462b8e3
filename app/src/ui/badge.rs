//! One word about the thing beside it.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeKind {
    #[default]
    Plain,
    Accent,
    Success,
    Warning,
    Danger,
}

#[component]
pub fn Badge(#[prop(optional)] kind: BadgeKind, children: Children) -> AnyView {
    let class = match kind {
        BadgeKind::Plain => "badge",
        BadgeKind::Accent => "badge badge-accent",
        BadgeKind::Success => "badge badge-success",
        BadgeKind::Warning => "badge badge-warning",
        BadgeKind::Danger => "badge badge-danger",
    };
    view! { <span class=class>{children()}</span> }.into_any()
}
