//! The pages above this one.

use leptos::prelude::*;

#[component]
pub fn Breadcrumbs(
    /// Path and label of each page above, the highest first.
    above: Vec<(String, String)>,
    /// The label of this page.
    #[prop(into)]
    here: String,
    #[prop(default = "Breadcrumbs")] label: &'static str,
) -> AnyView {
    let links: Vec<_> = above
        .into_iter()
        .map(|(href, label)| {
            view! {
                <li>
                    <a href=href>{label}</a>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="breadcrumbs" aria-label=label>
            <ol class="breadcrumbs-list">
                {links}
                <li>
                    <span aria-current="page">{here}</span>
                </li>
            </ol>
        </nav>
    }
    .into_any()
}
