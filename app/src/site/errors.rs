//! Pages for what went wrong: words, and a way out.

use leptos::prelude::*;

use super::here::current_path;
use super::shell::document;
use crate::assets::Assets;
use crate::backend::set_status;
use crate::error::AppError;
use crate::ui::{ErrorView, LinkButton, Page, PageWidth};

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

/// Instead of a page whose data could not be had. Sets the status.
#[component]
pub fn ErrorPage(error: AppError) -> AnyView {
    if error == AppError::NotFound {
        return view! { <NotFoundPage/> }.into_any();
    }
    set_status(error.status());
    view! {
        <Page title=title(&error) width=PageWidth::Narrow>
            <ErrorView error=error here=current_path()/>
        </Page>
    }
    .into_any()
}

/// A whole document for an error outside of any page, such as a panic. Needs no router and no backend.
pub fn error_document(assets: Assets, nonce: &str, error: AppError) -> AnyView {
    let title = title(&error);
    let body = view! {
        <main class="site-main">
            <div class="page page-narrow">
                <h1>{title}</h1>
                <ErrorView error=error here=""/>
            </div>
        </main>
    };
    document(assets, nonce, Some(title), body.into_any())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    fn assets() -> Assets {
        let file = |name: &str| format!("/assets/{name}");
        Assets {
            stylesheet: file("main.css"),
            icon: file("icon.svg"),
            start: file("start.js"),
            glue: file("app.js"),
            wasm: file("app.wasm"),
        }
    }

    #[test]
    fn a_failure_outside_of_any_page_is_a_whole_document_with_the_request_id() {
        let error = AppError::Internal { request_id: "0198-abc".to_owned() };
        let html = render(move || error_document(assets(), "n0nce", error));
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{html}");
        assert!(html.contains("<title>Something went wrong · Firstline</title>"), "{html}");
        assert!(html.contains("0198-abc") && html.contains("<h1>Something went wrong</h1>"), "{html}");
    }
}
