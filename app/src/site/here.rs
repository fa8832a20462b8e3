//! Where the browser is.

use leptos::prelude::use_context;
use leptos_router::location::RequestUrl;

/// The path and query of this page. Cut by hand: a URL parser would be far too much where this stands in an island.
#[must_use]
pub fn current_path() -> String {
    let url = use_context::<RequestUrl>().unwrap_or_default();
    let url: &str = url.as_ref();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
        None => url,
    };
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::{Owner, provide_context};

    use super::*;

    #[test]
    fn cuts_the_host_and_keeps_the_query() {
        for (url, path) in
            [("http://leptos.dev/history?page=2", "/history?page=2"), ("http://leptos.dev", "/"), ("/about", "/about"), ("", "/")]
        {
            Owner::new().with(|| {
                provide_context(RequestUrl::new(url));
                assert_eq!(current_path(), path);
            });
        }
    }
}
