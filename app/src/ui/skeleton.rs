//! Stands where something is on its way, in about its size, so that nothing jumps when it comes.

use leptos::prelude::*;

#[component]
pub fn Skeleton(
    /// What is on its way, such as "Loading the question".
    #[prop(into)]
    label: String,
    /// How many lines of text it will about be.
    #[prop(default = 3)]
    lines: u8,
) -> AnyView {
    let lines: Vec<_> = (0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect();
    view! {
        <div class="skeleton" role="status">
            <span class="skeleton-label">{label}"…"</span>
            {lines}
        </div>
    }
    .into_any()
}
