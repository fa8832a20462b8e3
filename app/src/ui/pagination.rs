//! The way through a long list, page by page.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// Renders nothing where there is only one page.
#[component]
pub fn Pagination(
    /// The list's path; the page number goes into `?page=`.
    path: &'static str,
    /// From 1.
    page: u32,
    pages: u32,
    #[prop(default = "Pages")] label: &'static str,
) -> AnyView {
    if pages < 2 {
        return ().into_any();
    }
    let newer = (page > 1).then(|| format!("{path}?page={}", page - 1));
    let older = (page < pages).then(|| format!("{path}?page={}", page + 1));
    view! {
        <nav class="pagination" aria-label=label>
            {newer
                .map(|href| {
                    view! {
                        <a class="button button-secondary" href=href rel="prev">
                            <Icon name=IconName::Back/>
                            "Previous"
                        </a>
                    }
                })}
            <span class="pagination-place">{format!("Page {page} of {pages}")}</span>
            {older
                .map(|href| {
                    view! {
                        <a class="button button-secondary" href=href rel="next">
                            "Next"
                            <Icon name=IconName::Next/>
                        </a>
                    }
                })}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    fn html(page: u32, pages: u32) -> String {
        render(move || view! { <Pagination path="/history" page=page pages=pages/> }.into_any())
    }

    #[test]
    fn leads_only_to_pages_that_exist() {
        assert!(!html(1, 3).contains("Previous") && html(1, 3).contains("/history?page=2"));
        assert!(html(2, 3).contains("/history?page=1") && html(2, 3).contains("/history?page=3"));
        assert!(!html(3, 3).contains("Next"));
        assert!(!html(1, 1).contains("<nav"));
    }
}
