//! The document around every page: head, header, main, footer.

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::Router;

use super::footer::SiteFooter;
use super::header::SiteHeader;
use super::here::current_path;
use crate::assets::Assets;
use crate::routes::Pages;

const DESCRIPTION: &str = "A self-hosted practice ground for IT support: study quizzes with a reason for every option.";

/// The whole document of every page. `nonce` is the one of this response's Content-Security-Policy.
pub fn shell(assets: Assets, nonce: &str) -> AnyView {
    // Only islands wake up in the browser, so the page around them needs no marks for hydration.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description" content=DESCRIPTION/>
                {asset_tags(assets, nonce)}
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
    .into_any()
}

/// Everything inside the body.
#[component]
pub fn App() -> AnyView {
    provide_meta_context();
    view! {
        <Router>
            <a class="skip-link" href="#main">
                "Skip to the content"
            </a>
            <SiteHeader/>
            <main class="site-main" id="main" tabindex="-1">
                <Pages/>
            </main>
            <SiteFooter/>
        </Router>
    }
    .into_any()
}

/// The start script finds the bundle by its own `data-` attributes, so that no script stands in the page.
fn asset_tags(assets: Assets, nonce: &str) -> AnyView {
    let bundle = assets.bundle_of(&current_path()).clone();
    let (glue, wasm) = (bundle.glue, bundle.wasm);
    let Assets { stylesheet, icon, start, .. } = assets;
    view! {
        <link rel="stylesheet" href=stylesheet/>
        <link rel="icon" href=icon type="image/svg+xml"/>
        <link rel="modulepreload" href=glue.clone()/>
        <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce.to_owned() src=start data-glue=glue data-wasm=wasm></script>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use leptos_router::location::RequestUrl;

    use super::*;
    use crate::ui::testing::render;

    fn page(path: &'static str) -> String {
        render(move || {
            provide_context(RequestUrl::new(path));
            shell(Assets::missing(), "n0nce")
        })
    }

    #[test]
    fn the_document_has_its_landmarks_and_loads_only_what_it_is_given() {
        let html = page("/about");
        assert!(html.starts_with(r#"<!DOCTYPE html><html lang="en">"#), "{html}");
        for element in ["<main", "<h1", r#"<header class="site-header""#, r#"<footer class="site-footer""#, r##"href="#main""##] {
            assert_eq!(html.matches(element).count(), 1, "{element} in {html}");
        }
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(html.contains(r#"nonce="n0nce" src="/assets/start.js" data-glue="/assets/app.js""#), "{html}");
        assert!(!html.contains(" style=") && !html.contains("http"), "{html}");
    }

    #[test]
    fn only_pages_of_a_ticket_or_an_exam_load_the_bench() {
        for long in ["/tickets/0198", "/exams/0198/3"] {
            assert!(page(long).contains(r#"data-glue="/assets/bench.js" data-wasm="/assets/bench.wasm""#), "{long}");
        }
        for other in ["/tickets", "/exams", "/", "/practice"] {
            assert!(!page(other).contains("bench.js"), "{other}");
        }
    }

    #[test]
    fn the_page_that_is_kept_on_the_device_names_nobody() {
        assert!(page("/about").contains("/sign-in"));
        let offline = page("/offline");
        assert!(!offline.contains("/sign-in") && !offline.contains("/account"), "{offline}");
    }
}
