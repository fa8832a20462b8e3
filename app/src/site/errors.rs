//! Pages for what went wrong: words, and a way out.

use leptos::prelude::*;

use crate::backend::set_status;
use crate::ui::{LinkButton, Page, PageWidth};

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> AnyView {
    set_status(404);
    view! {
        <Page
            title="There is nothing here"
            lead="The address may be mistyped, or the page may belong to another account."
            width=PageWidth::Narrow
        >
            <p>
                <LinkButton href="/">"Go to the home page"</LinkButton>
            </p>
        </Page>
    }
    .into_any()
}
