//! A table with a caption. Where it is wider than the screen it scrolls on its own, by keyboard too.

use leptos::prelude::*;

#[component]
pub fn Table(
    #[prop(into)] caption: String,
    /// For a table whose heading already says what the caption would.
    #[prop(optional)]
    hide_caption: bool,
    /// `thead` and `tbody`.
    children: Children,
) -> AnyView {
    let label = caption.clone();
    view! {
        <div class="table-scroll" role="group" aria-label=label tabindex="0">
            <table class="table">
                <caption class:visually-hidden=hide_caption>{caption}</caption>
                {children()}
            </table>
        </div>
    }
    .into_any()
}
