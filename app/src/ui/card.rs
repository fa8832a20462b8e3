//! A bordered part of a page with a heading of its own.

use leptos::prelude::*;

#[component]
pub fn Card(
    /// Shown as a level-2 heading; leave out where the content brings its own.
    #[prop(optional, into)]
    title: String,
    children: Children,
) -> AnyView {
    view! {
        <section class="card">
            {(!title.is_empty()).then(|| view! { <h2>{title}</h2> })} {children()}
        </section>
    }
    .into_any()
}
