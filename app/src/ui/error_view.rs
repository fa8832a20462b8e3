//! What went wrong, in words, with a way out.

use leptos::prelude::*;

use super::button::LinkButton;
use super::notice::{Notice, NoticeKind};
use crate::error::AppError;

/// Where to go from an error: a path of this site and what the link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    pub href: String,
    pub label: &'static str,
}

impl WayOut {
    /// `here`: the path and query that was asked for. An empty link target is the page itself.
    #[must_use]
    pub fn of(error: &AppError, here: String) -> Self {
        let (href, label) = match error {
            AppError::SignInNeeded => (format!("/sign-in?next={}", escape(&here)), "Sign in"),
            AppError::TooMany { .. } | AppError::Unavailable { .. } | AppError::BadRequest | AppError::Invalid(_) => {
                (here, "Try again")
            }
            AppError::Conflict(_) => ("/practice".to_owned(), "Go to practice"),
            AppError::Forbidden | AppError::NotFound | AppError::Internal { .. } => ("/".to_owned(), "Go to the home page"),
        };
        Self { href, label }
    }
}

/// Stands where the content would have stood.
#[component]
pub fn ErrorView(
    error: AppError,
    /// The path and query that was asked for.
    #[prop(into)]
    here: String,
) -> AnyView {
    let WayOut { href, label } = WayOut::of(&error, here);
    let kind = match error {
        AppError::Internal { .. } | AppError::BadRequest => NoticeKind::Danger,
        _ => NoticeKind::Warning,
    };
    view! {
        <div class="stack">
            <Notice kind=kind role="alert">
                <p>{error.to_string()}</p>
            </Notice>
            <p>
                <LinkButton href=href>{label}</LinkButton>
            </p>
        </div>
    }
    .into_any()
}

/// Percent-encodes what could end a query value or start another one.
fn escape(path: &str) -> String {
    let mut escaped = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            '%' => escaped.push_str("%25"),
            '&' => escaped.push_str("%26"),
            '#' => escaped.push_str("%23"),
            '+' => escaped.push_str("%2B"),
            '?' => escaped.push_str("%3F"),
            '=' => escaped.push_str("%3D"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Conflict;
    use crate::ui::testing::render;

    #[test]
    fn every_error_has_words_and_a_way_out() {
        let errors = [
            AppError::SignInNeeded,
            AppError::Forbidden,
            AppError::NotFound,
            AppError::Invalid(vec![]),
            AppError::Conflict(Conflict::NothingToAsk),
            AppError::TooMany { retry_after_seconds: 4 },
            AppError::Unavailable { retry_after_seconds: 2 },
            AppError::BadRequest,
            AppError::Internal { request_id: "r-1".to_owned() },
        ];
        for error in errors {
            let words = error.to_string();
            let html = render(move || view! { <ErrorView error=error here="/history?page=2"/> }.into_any());
            assert!(html.contains(&words), "{html}");
            assert!(html.contains(r#"role="alert""#) && html.contains("<a "), "{html}");
        }
    }

    #[test]
    fn signing_in_leads_back_to_the_whole_address() {
        let way_out = WayOut::of(&AppError::SignInNeeded, "/history?page=2&x=1".to_owned());
        assert_eq!(way_out.href, "/sign-in?next=/history%3Fpage%3D2%26x%3D1");
    }
}
