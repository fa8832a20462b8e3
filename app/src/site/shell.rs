//! The document around every page: head, header, main, footer.

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::Router;

use super::footer::SiteFooter;
use super::header::SiteHeader;
use crate::assets::Assets;
use crate::routes::Pages;

const DESCRIPTION: &str = "A self-hosted practice ground for IT support: study quizzes with a reason for every option.";

/// The whole document of every page. `nonce` is the one of this response's Content-Security-Policy.
pub fn shell(assets: Assets, nonce: &str) -> AnyView {
    document(assets, nonce, None, view! { <App/> }.into_any())
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

/// A document with this body. Without a title of its own it takes the one that the page sets.
pub(super) fn document(assets: Assets, nonce: &str, title: Option<&str>, body: AnyView) -> AnyView {
    // Only islands wake up in the browser, so the page around them needs no marks for hydration.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let title = title.map(|title| view! { <title>{format!("{title} · Firstline")}</title> });
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description" content=DESCRIPTION/>
                {title}
                {asset_tags(assets, nonce)}
                <MetaTags/>
            </head>
            <body>{body}</body>
        </html>
    }
    .into_any()
}

/// The start script finds the bundle by its own `data-` attributes, so that no script stands in the page.
fn asset_tags(assets: Assets, nonce: &str) -> AnyView {
    let Assets { stylesheet, icon, start, glue, wasm } = assets;
    view! {
        <link rel="stylesheet" href=stylesheet/>
        <link rel="icon" href=icon type="image/svg+xml"/>
        <link rel="modulepreload" href=glue.clone()/>
        <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce.to_owned() src=start data-glue=glue data-wasm=wasm></script>
    }
    .into_any()
}
