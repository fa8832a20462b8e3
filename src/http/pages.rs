//! Pages and server functions of `app`, and what each request gives them.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use app::backend::{Backend, PageOutcome};
use app::error::{AppError, PageFailure};
use app::forms::FormFailure;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use futures::{FutureExt, StreamExt, stream};
use http::header::LOCATION;
use http::request::Parts;
use http::{Extensions, HeaderValue, Method, StatusCode};
use leptos::nonce::Nonce;
use leptos::prelude::{AnyView, IntoAny, RenderHtml, provide_context, use_context};
use leptos::server_fn::axum::server_fn_paths;
use leptos::server_fn::redirect::REDIRECT_HEADER;
use leptos_axum::{generate_route_list, handle_response_inner, handle_server_fns_with_context};

use crate::assets::Site;
use crate::caller::Caller;
use crate::http::errors;
use crate::http::headers::PageNonce;
use crate::http::logging::RequestId;

/// Every page of `app`, every server function, and the page for an address that leads nowhere.
pub(super) fn routes(site: &Site) -> Router {
    let mut router = Router::new();
    for page in generate_route_list(app::App) {
        let site = site.clone();
        router = router.route(page.path(), get(move |request: Request| async move { render(&site, request).await }));
    }
    for (path, _) in server_fn_paths().filter(|(_, method)| *method == Method::POST) {
        let site = site.clone();
        let call = move |request: Request| async move {
            handle_server_fns_with_context(move || provide_request(&site), request).await.into_response()
        };
        router = router.route(path, post(call));
    }
    let site = site.clone();
    router
        .route("/api/{*rest}", any(|| async { errors::json(&AppError::NotFound) }))
        .fallback(move |request: Request| async move { render(&site, request).await })
}

/// A page, whole, with the status and headers that its components asked for.
async fn render(site: &Site, mut request: Request) -> Response {
    let outcome = PageOutcome::default();
    request.extensions_mut().insert(outcome.clone());
    let asked_for = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let context = {
        let site = site.clone();
        move || provide_request(&site)
    };
    let document = {
        let site = site.clone();
        move || document(&site)
    };
    // Leptos' own handler marks every branch of the view for its islands router, which the islands of this site would trip over.
    let mut response = handle_response_inner(context, document, request, |view, chunks, _| {
        Box::pin(async move {
            let page = view.to_html_stream_in_order().collect::<String>().await;
            let data = chunks().collect::<String>().await;
            Box::pin(stream::once(async move { whole(page, &data) })) as _
        })
    })
    .await;
    match outcome.failure() {
        Some(AppError::SignInNeeded) => return see_other(&sign_in_path(&asked_for)),
        Some(error) => errors::mark(&mut response, &error),
        None => {}
    }
    // A component has sent the browser on. Leptos gives that a status only where the browser names HTML among what it accepts.
    response.headers_mut().remove(REDIRECT_HEADER);
    if response.headers().contains_key(LOCATION) {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response
}

/// The document and nothing behind it: Leptos would put its scripts there, which hold what islands would otherwise ask for again.
fn whole(mut page: String, scripts: &str) -> String {
    if let Some(end) = page.rfind("</html>") {
        page.truncate(end + "</html>".len());
    }
    match page.rfind("</body>") {
        Some(end) if page.contains("<leptos-island") => page.insert_str(end, scripts),
        _ => {}
    }
    page
}

/// The page that says what went wrong before any page could be made. Plain text, should that page be what is broken.
pub(super) async fn failure(site: &Site, request: &Parts, error: &AppError) -> Response {
    let mut page = Request::default();
    let extensions = page.extensions_mut();
    extensions.insert(PageFailure(error.clone()));
    pass_on(&request.extensions, extensions);
    let mut response = match AssertUnwindSafe(render(site, page)).catch_unwind().await {
        Ok(page) => page,
        Err(_) => error.to_string().into_response(),
    };
    errors::mark(&mut response, error);
    response
}

/// A page in place of an answer belongs to the same person and the same request.
pub(super) fn pass_on(request: &Extensions, page: &mut Extensions) {
    if let Some(caller) = request.get::<Caller>() {
        page.insert(caller.clone());
    }
    if let Some(nonce) = request.get::<PageNonce>() {
        page.insert(nonce.clone());
    }
    if let Some(id) = request.get::<RequestId>() {
        page.insert(id.clone());
    }
}

fn document(site: &Site) -> AnyView {
    let nonce = use_context::<Nonce>().map(|nonce| nonce.to_string()).unwrap_or_default();
    app::shell(site.urls(), &nonce).into_any()
}

/// Hands a component or server function what it may ask for. Called inside each request's own reactive owner.
fn provide_request(site: &Site) {
    let Some(Parts { extensions, .. }) = use_context::<Parts>() else { return };
    if let Some(caller) = extensions.get::<Caller>() {
        provide_context::<Arc<dyn Backend>>(Arc::new(caller.clone()));
    }
    if let Some(PageNonce(nonce)) = extensions.get::<PageNonce>() {
        provide_context(Nonce::from_value(nonce.as_str()));
    }
    if let Some(failure) = extensions.get::<FormFailure>() {
        provide_context(failure.clone());
    }
    if let Some(failure) = extensions.get::<PageFailure>() {
        provide_context(failure.clone());
    }
    if let Some(outcome) = extensions.get::<PageOutcome>() {
        provide_context(outcome.clone());
    }
    provide_context(site.urls());
}

/// The sign-in page that leads back to a path.
fn sign_in_path(path: &str) -> String {
    format!("/sign-in?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish())
}

pub(super) fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::{sign_in_path, whole};

    #[test]
    fn only_pages_with_islands_carry_their_data() {
        let script = "<script>1</script>";
        assert_eq!(whole("<body><p></body></html><!>".to_owned(), script), "<body><p></body></html>");
        let page = "<body><leptos-island></leptos-island></body></html>".to_owned();
        assert_eq!(whole(page, script), "<body><leptos-island></leptos-island><script>1</script></body></html>");
    }

    #[test]
    fn sign_in_leads_back_to_the_whole_path() {
        assert_eq!(sign_in_path("/practice?exam=a&n=2"), "/sign-in?next=%2Fpractice%3Fexam%3Da%26n%3D2");
    }
}
