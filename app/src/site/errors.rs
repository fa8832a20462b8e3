//! Pages for what went wrong: words, and a way out.

use leptos::prelude::*;

use super::here::current_path;
use crate::backend::page_failed;
use crate::error::AppError;
use crate::ui::{ErrorView, LinkButton, Page, PageWidth};

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> AnyView {
    page_failed(&AppError::NotFound);
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

/// Instead of a page that could not be made. The server gives the response its status.
#[component]
pub fn ErrorPage(error: AppError) -> AnyView {
    if error == AppError::NotFound {
        return view! { <NotFoundPage/> }.into_any();
    }
    page_failed(&error);
    view! {
        <Page title=title(&error) width=PageWidth::Narrow>
            <ErrorView error=error here=current_path()/>
        </Page>
    }
    .into_any()
}

const fn title(error: &AppError) -> &'static str {
    match error {
        AppError::SignInNeeded => "Sign in to see this page",
        AppError::Forbidden => "This page is not for your role",
        AppError::NotFound => "There is nothing here",
        AppError::Invalid(_) | AppError::BadRequest => "This address could not be read",
        AppError::Conflict(_) => "This cannot be done now",
        AppError::TooMany { .. } => "Please wait a moment",
        AppError::Unavailable { .. } => "The server is busy",
        AppError::Internal { .. } => "Something went wrong",
    }
}
