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

/// The page in place of one that could not be made: the server is busy, has failed, or refuses. The response gets its status.
#[component]
pub fn FailurePage(error: AppError) -> AnyView {
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
        AppError::Invalid(_) | AppError::BadRequest => "This request was refused",
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

    #[test]
    fn a_failure_says_what_it_is_under_one_heading_and_leads_on() {
        let error = AppError::Internal { request_id: "0198-abc".to_owned() };
        let html = render(move || view! { <FailurePage error=error/> }.into_any());
        assert_eq!(html.matches("<h1").count(), 1, "{html}");
        assert!(html.contains("0198-abc") && html.contains(r#"href="/""#), "{html}");
    }
}
