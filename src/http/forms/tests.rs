use app::error::AppError;
use app::forms::FormFailure;
use axum::Extension;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{ACCEPT, CONTENT_TYPE, LOCATION, REFERER, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

use super::{page_of, plain_forms, values};
use crate::assets::Site;
use crate::http::errors;

/// A page that shows what it was given, and server functions that answer in each way.
fn site() -> Router {
    let page = |failure: Option<Extension<FormFailure>>| async move { format!("{:?}", failure.map(|Extension(it)| it)) };
    let onward = || async { ([("location", "/done"), ("serverfnredirect", ""), ("set-cookie", "sid=1")], "null") };
    let pages = Router::new()
        .route("/form", get(page))
        .route("/gone", get(|| async { StatusCode::NOT_FOUND }))
        .route("/api/onward", post(onward))
        .route("/api/stay", post(|headers: HeaderMap| async move { stay(&headers) }))
        .route("/api/fail", post(|| async { errors::json(&AppError::invalid("name", "Please write a name.")) }))
        .route("/api/busy", post(|| async { errors::json(&AppError::Unavailable { retry_after_seconds: 7 }) }));
    pages.clone().layer(from_fn_with_state((pages, Site::none()), plain_forms))
}

/// What reaches a server function must not make Leptos redirect by itself.
fn stay(headers: &HeaderMap) -> Response {
    assert_eq!(headers[ACCEPT], "application/json");
    assert!(!headers.contains_key(REFERER));
    "null".into_response()
}

async fn submit(path: &str, body: &'static str) -> (Response, String) {
    let request = Request::post(path)
        .header(ACCEPT, "text/html,application/xhtml+xml")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8")
        .header(REFERER, "http://localhost/form");
    let (parts, body) = site().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (Response::from_parts(parts, Body::empty()), String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_form_that_succeeds_leads_on() {
    let (onward, body) = submit("/api/onward", "from=%2Fform").await;
    assert_eq!((onward.status(), body.as_str()), (StatusCode::SEE_OTHER, ""));
    assert_eq!(onward.headers()[LOCATION], "/done");
    assert_eq!(onward.headers()[SET_COOKIE], "sid=1");
    for name in ["serverfnredirect", "content-type"] {
        assert!(!onward.headers().contains_key(name), "{name}");
    }
    let (back, _) = submit("/api/stay", "from=%2Fform%3Fpage%3D2").await;
    assert_eq!((back.status(), &back.headers()[LOCATION]), (StatusCode::SEE_OTHER, &"/form?page=2".parse().unwrap()));
}

#[tokio::test]
async fn a_form_that_fails_comes_back_with_its_reason_and_values() {
    let (page, body) = submit("/api/fail", "from=%2Fform&name=&password=secret&level=3").await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["action: \"/api/fail\"", "Please write a name.", "(\"level\", \"3\")"] {
        assert!(body.contains(part), "{part}: {body}");
    }
    assert!(!body.contains("secret"), "{body}");
    let (busy, _) = submit("/api/busy", "from=%2Fform").await;
    assert_eq!((busy.status(), &busy.headers()["retry-after"]), (StatusCode::SERVICE_UNAVAILABLE, &"7".parse().unwrap()));
    let (gone, _) = submit("/api/fail", "from=%2Fgone").await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND, "the page's own answer stands");
}

#[tokio::test]
async fn scripts_get_their_json() {
    for accept in ["application/json", "*/*"] {
        let request = Request::post("/api/fail").header(ACCEPT, accept).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = site().oneshot(request.body(Body::from("from=%2Fform")).unwrap()).await.unwrap();
        assert_eq!(
            (answer.status(), &answer.headers()[CONTENT_TYPE]),
            (StatusCode::UNPROCESSABLE_ENTITY, &"application/json".parse().unwrap())
        );
    }
}

#[test]
fn leads_back_to_own_pages_only() {
    assert_eq!(page_of(b"a=1&from=%2Fpractice%3Fexam%3Dx"), "/practice?exam=x");
    for hostile in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%0D%0Ax%3A1", ""] {
        assert_eq!(page_of(format!("from={hostile}").as_bytes()), "/", "{hostile}");
    }
    assert_eq!(page_of(b"\xff\xfe"), "/");
}

#[test]
fn keeps_what_was_typed_but_no_secret() {
    let body = b"name=ada&password=a&current=b&new=c&secret=d&choices=1&choices=3";
    let kept = [("name", "ada"), ("choices", "1"), ("choices", "3")];
    assert_eq!(values(body), kept.map(|(name, value)| (name.to_owned(), value.to_owned())));
}
