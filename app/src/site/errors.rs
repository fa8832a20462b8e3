//! Pages for what went wrong: words, and a way out.

use leptos::prelude::*;

use crate::backend::set_status;
use crate::error::AppError;
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

/// The page in place of one that could not be made: the server is busy, has failed, or refuses. The server sets the status.
#[component]
pub fn FailurePage(error: AppError) -> AnyView {
    let title = match error {
        AppError::Unavailable { .. } => "The server is busy",
        AppError::Internal { .. } => "Something went wrong",
        AppError::NotFound => "There is nothing here",
        _ => "This request was refused",
    };
    view! {
        <Page title=title lead=error.to_string() width=PageWidth::Narrow>
            <p>
                <LinkButton href="/">"Go to the home page"</LinkButton>
            </p>
        </Page>
    }
    .into_any()
}
