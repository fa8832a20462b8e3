//! The header of every page: where one is, where one can go, and who is signed in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

use crate::accounts::api::{SignOut, SignUpPolicy};
use crate::backend::backend;
use crate::ui::{Icon, IconName};

#[component]
pub fn SiteHeader() -> AnyView {
    let path = use_location().pathname.get_untracked();
    let backend = backend().ok();
    let viewer = backend.as_ref().and_then(|backend| backend.viewer());
    let sign_up = backend.is_some_and(|backend| backend.sign_up_policy() == SignUpPolicy::Open);
    let account = match viewer {
        // That page is kept on the device, so it names nobody.
        _ if path == "/offline" => ().into_any(),
        Some(viewer) => signed_in(&path, viewer.name),
        None => signed_out(&path, sign_up),
    };
    view! {
        <header class="site-header">
            <div class="site-header-inner">
                <a class="brand" href="/">
                    <svg class="brand-mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                        <path d="M3 2h10v3H6v2.5h5v3H6V14H3z"></path>
                    </svg>
                    "Firstline"
                </a>
                <nav class="site-nav" aria-label="Main">
                    <ul>
                        {nav_item(&path, "/", "Home")} {nav_item(&path, "/practice", "Practice")}
                        {nav_item(&path, "/exams", "Exams")} {nav_item(&path, "/tickets", "Tickets")} {nav_item(&path, "/history", "History")}
                    </ul>
                </nav>
                <div class="site-account">{account}</div>
            </div>
        </header>
    }
    .into_any()
}

fn signed_in(path: &str, name: String) -> AnyView {
    view! {
        <a class="site-person" href="/account" aria-current=(path == "/account").then_some("page")>
            <Icon name=IconName::Person/>
            <span class="visually-hidden">"Account of "</span>
            <span class="site-person-name">{name}</span>
        </a>
        <form method="post" action=SignOut::PATH>
            <input type="hidden" name="from" value="/"/>
            <button class="button button-quiet" type="submit">
                "Sign out"
            </button>
        </form>
    }
    .into_any()
}

fn signed_out(path: &str, sign_up: bool) -> AnyView {
    view! {
        <nav class="site-nav" aria-label="Account">
            <ul>
                {nav_item(path, "/sign-in", "Sign in")}
                {sign_up.then(|| nav_item(path, "/sign-up", "Sign up"))}
            </ul>
        </nav>
    }
    .into_any()
}

fn nav_item(path: &str, href: &'static str, label: &'static str) -> AnyView {
    view! {
        <li>
            <a href=href aria-current=current(path, href)>
                {label}
            </a>
        </li>
    }
    .into_any()
}

/// `page` on the page itself, `true` on pages below it.
fn current(path: &str, href: &str) -> Option<&'static str> {
    if path == href {
        Some("page")
    } else if href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')) {
        Some("true")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::current;

    #[test]
    fn marks_the_page_and_the_pages_below_it() {
        assert_eq!(current("/", "/"), Some("page"));
        assert_eq!(current("/practice", "/practice"), Some("page"));
        assert_eq!(current("/practice/abc/result", "/practice"), Some("true"));
        assert_eq!(current("/practices", "/practice"), None);
        assert_eq!(current("/practice", "/"), None);
    }
}
