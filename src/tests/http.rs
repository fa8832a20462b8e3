//! The HTTP edge, driven without a socket. Nothing here needs a database: its pool leads nowhere, which is a case of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use app::error::AppError;
use axum::Router;
use axum::body::Body;
use firstline::assets::Site;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE,
    ETAG, IF_NONE_MATCH, LOCATION, RETRY_AFTER, SET_COOKIE, STRICT_TRANSPORT_SECURITY, VARY,
};
use http::request::Builder;
use http::{Method, Request, StatusCode};
use leptos::server_fn::axum::server_fn_paths;
use sqlx::postgres::PgPoolOptions;

use crate::support::browser::{Answer, FORM, send};
use crate::support::site::Site as Running;

/// A cookie that may well be somebody's.
const SESSION: &str = "sid=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Pages that need a sign-in.
const PAGES: [&str; 9] = [
    "/",
    "/practice",
    "/history",
    "/account",
    "/practice/x",
    "/practice/x/result",
    "/tickets",
    "/tickets/x",
    "/tickets/x/debrief",
];

fn site() -> Router {
    site_at("http://127.0.0.1:3000", Site::none())
}

fn site_at(public_url: &str, files: Site) -> Router {
    let db = PgPoolOptions::new()
        .acquire_timeout(Duration::from_millis(500))
        .connect_lazy("postgres://nobody@127.0.0.1:1/nothing")
        .unwrap();
    let server = Running::new(db).with(|settings| public_url.clone_into(&mut settings.public_url)).server;
    firstline::http::router(server, files)
}

async fn get(site: &Router, path: &str) -> Answer {
    send(site, Request::get(path).header(ACCEPT, "text/html"), Body::empty()).await
}

/// As a page of this site posts it: with or without scripts, by `accept`.
fn post(path: &str, accept: &str) -> Builder {
    let own = Request::post(path).header("sec-fetch-site", "same-origin");
    own.header(ACCEPT, accept).header(CONTENT_TYPE, FORM)
}

/// A bundle as `app/bundle` writes it, in a folder of this test's own.
fn bundle(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("firstline-{name}-{}", std::process::id()));
    fs::create_dir_all(folder.join("assets")).unwrap();
    let file = |path: &str, kind: &str, immutable: bool| {
        let name = path.trim_start_matches('/');
        fs::write(folder.join(name), format!("plain {path}")).unwrap();
        fs::write(folder.join(format!("{name}.br")), format!("brotli {path}")).unwrap();
        fs::write(folder.join(format!("{name}.gz")), format!("gzip {path}")).unwrap();
        serde_json::json!({"path": path, "file": name, "content_type": kind, "immutable": immutable, "hash": "0123abcd"})
    };
    let manifest = serde_json::json!({
        "urls": {"stylesheet": "/assets/main-1.css", "icon": "/assets/icon-1.svg", "start": "/assets/start-1.js",
            "app": {"glue": "/assets/app-1.js", "wasm": "/assets/app-1.wasm"},
            "bench": {"glue": "/assets/bench-1.js", "wasm": "/assets/bench-1.wasm"},
            "engine": {"glue": "/assets/engine-1.js", "wasm": "/assets/engine-1.wasm"},
            "engine_worker": "/assets/engine-worker-1.js"},
        "files": [file("/assets/main-1.css", "text/css; charset=utf-8", true), file("/assets/icon-1.svg", "image/svg+xml", true),
            file("/assets/start-1.js", "text/javascript; charset=utf-8", true),
            file("/assets/app-1.js", "text/javascript; charset=utf-8", true),
            file("/assets/app-1.wasm", "application/wasm", true),
            file("/assets/engine-worker-1.js", "text/javascript; charset=utf-8", true),
            file("/service-worker.js", "text/javascript; charset=utf-8", false)],
    });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    folder
}

/// T12: the set of headers on every response of every kind, and none that lets a script in.
#[tokio::test]
async fn every_response_carries_the_headers() {
    let folder = bundle("headers");
    let site = site_at("https://practice.example.org", Site::from_folder(&folder).unwrap());
    let mut requests = vec![];
    let pages = ["/about", "/offline", "/nowhere", "/api/nothing", "/favicon.ico", "/service-worker.js", "/healthz"];
    let files = ["/assets/main-1.css", "/assets/app-1.wasm", "/assets/none"];
    for path in PAGES.into_iter().chain(pages).chain(files) {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::DELETE] {
            requests.push(Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin"));
        }
        requests.push(Request::post(path).header("sec-fetch-site", "cross-site"));
    }
    for (path, _) in server_fn_paths() {
        requests.extend([Request::get(path), post(path, "*/*"), post(path, "text/html")]);
        requests.push(Request::post(path).header(COOKIE, "__Host-sid=unknown").header(CONTENT_TYPE, FORM));
    }
    assert!(requests.len() > 60, "{}", requests.len());
    for request in requests {
        let shown = format!("{request:?}");
        let answer = send(&site, request, "x=1").await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{shown}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{shown}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{shown}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{shown}");
        assert!(answer.header("permissions-policy").contains("camera=(), "), "{shown}");
        assert_eq!(answer.header(STRICT_TRANSPORT_SECURITY), "max-age=31536000; includeSubDomains", "{shown}");
        let policy = answer.header(CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{shown}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{shown}: {policy}");
        let kept = answer.header(CACHE_CONTROL);
        let file = answer.status.is_success() && answer.headers.contains_key(ETAG);
        assert_eq!(kept == "no-store", !file, "{shown}: {kept}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn plain_http_promises_no_https() {
    let answer = get(&site(), "/about").await;
    assert!(!answer.headers.contains_key(STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn a_page_is_whole_and_runs_only_its_own_script() {
    let site = site();
    let answer = get(&site, "/about").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(CONTENT_TYPE), "text/html; charset=utf-8");
    assert!(answer.body.starts_with("<!DOCTYPE html>") && answer.body.ends_with("</html>"), "{}", answer.body);
    let policy = answer.header(CONTENT_SECURITY_POLICY);
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
    assert_eq!(nonce.len(), 32);
    assert!(!answer.body.contains("<leptos-island"), "a page without islands, so without their data");
    let scripts: Vec<_> =
        answer.body.match_indices("<script").map(|(at, _)| answer.body[at..].split('>').next().unwrap()).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        assert!(script.contains(&format!("nonce=\"{nonce}\"")) && script.contains("src="), "{script}");
    }
    for inline in ["<style", " style=", " onclick=", "javascript:"] {
        assert!(!answer.body.contains(inline), "{inline}");
    }
    let again = get(&site, "/about").await;
    assert_ne!(again.header(CONTENT_SECURITY_POLICY), policy, "the nonce is new each time");
}

#[tokio::test]
async fn pages_are_compressed_for_browsers_that_ask() {
    let site = site();
    let plain = get(&site, "/about").await;
    for (accepted, used) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Request::get("/about").header(ACCEPT_ENCODING, accepted);
        let answer = send(&site, request, Body::empty()).await;
        assert_eq!(answer.header(CONTENT_ENCODING), used);
        assert_eq!(answer.header(VARY), "accept-encoding");
        assert_eq!(answer.body.starts_with("<!DOCTYPE html>"), used.is_empty());
        assert!(used.is_empty() || answer.body.len() < plain.body.len());
    }
}

#[tokio::test]
async fn nothing_at_an_address_is_a_404_of_the_right_kind() {
    let site = site();
    let page = get(&site, "/nowhere/at/all").await;
    assert_eq!((page.status, page.header(CONTENT_TYPE)), (StatusCode::NOT_FOUND, "text/html; charset=utf-8"));
    let api = get(&site, "/api/practice/nothing").await;
    assert_eq!((api.status, api.header(CONTENT_TYPE)), (StatusCode::NOT_FOUND, "application/json"));
    assert_eq!(api.error(), AppError::NotFound);
    let file = get(&site, "/assets/nothing.js").await;
    assert_eq!((file.status, file.header(CONTENT_TYPE)), (StatusCode::NOT_FOUND, "text/plain; charset=utf-8"));
    let head = send(&site, Request::head("/about"), Body::empty()).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn visitors_are_led_to_sign_in_and_back() {
    let site = site();
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    for path in
        [format!("/practice/{id}"), format!("/practice/{id}/2"), format!("/practice/{id}/result"), "/history?page=2".into()]
    {
        for accept in ["text/html", "*/*"] {
            let answer = send(&site, Request::get(&path).header(ACCEPT, accept), Body::empty()).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
            let next = path.replace('/', "%2F").replace('?', "%3F").replace('=', "%3D");
            assert_eq!(answer.header(LOCATION), format!("/sign-in?next={next}"));
        }
    }
}

/// T15, the lint in it: no server function answers a GET.
#[tokio::test]
async fn get_never_writes() {
    let site = site();
    for (path, method) in server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}");
        assert_eq!(get(&site, path).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

/// T15 through the whole stack; every combination is decided in `src/http/origin/tests.rs`.
#[tokio::test]
async fn other_sites_cannot_call_any_server_function() {
    let site = site();
    for (path, _) in server_fn_paths() {
        let requests = [
            Request::post(path).header("sec-fetch-site", "cross-site"),
            Request::post(path).header("sec-fetch-site", "same-site"),
            Request::post(path).header("sec-fetch-site", "none"),
            Request::post(path).header("origin", "https://evil.example"),
            Request::post(path).header("origin", "null"),
            Request::post(path).header(COOKIE, SESSION),
            Request::post(path),
        ];
        for request in requests {
            let shown = format!("{request:?}");
            let answer = send(&site, request.header(CONTENT_TYPE, FORM), "a=1").await;
            assert_eq!((answer.status, answer.error()), (StatusCode::FORBIDDEN, AppError::Forbidden), "{shown}");
            assert!(!answer.headers.contains_key(SET_COOKIE));
        }
    }
    let form = Request::post("/api/accounts/sign-in").header("sec-fetch-site", "cross-site").header(ACCEPT, "text/html");
    let page = send(&site, form, Body::empty()).await;
    assert_eq!((page.status, page.header(CONTENT_TYPE)), (StatusCode::FORBIDDEN, "text/html; charset=utf-8"));
    let own = send(&site, post("/api/accounts/sign-in", "*/*"), "name=ada").await;
    assert_eq!((own.status, own.error()), (StatusCode::BAD_REQUEST, AppError::BadRequest));
}

/// Leptos would write the error into the `Referer`'s URL; here the page comes back.
#[tokio::test]
async fn a_failed_form_shows_its_page_again() {
    let site = site();
    let request = post("/api/accounts/sign-in", "text/html,*/*;q=0.8").header("referer", "http://127.0.0.1:3000/about?x=1");
    let answer = send(&site, request, "from=%2Fabout&password=secret-secret-secret").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(!answer.headers.contains_key(LOCATION));
    assert!(answer.body.contains("<title>Error: About and licences"), "{}", answer.body);
    assert!(!answer.body.contains("secret-secret"), "a secret came back");
    assert!(answer.header(CONTENT_SECURITY_POLICY).contains("'nonce-"));
    for from in ["https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example", "%2Fnowhere"] {
        let answer = send(&site, post("/api/accounts/sign-in", "text/html"), format!("from={from}")).await;
        assert!(answer.status.is_client_error() && !answer.headers.contains_key(LOCATION), "{from}: {}", answer.status);
    }
}

#[tokio::test]
async fn too_long_a_request_is_refused() {
    let site = site();
    let long = "a".repeat(firstline::http::BODY_LIMIT_BYTES + 1);
    for accept in ["*/*", "text/html"] {
        let answer = send(&site, post("/api/accounts/sign-in", accept), format!("name={long}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{accept}");
    }
}

/// Never a sign-out: no cookie is touched, and the browser may try again.
#[tokio::test]
async fn a_database_that_is_away_is_a_503() {
    let site = site();
    let page = send(&site, Request::get("/about").header(COOKIE, SESSION), Body::empty()).await;
    assert_eq!((page.status, page.header(RETRY_AFTER)), (StatusCode::SERVICE_UNAVAILABLE, "2"));
    assert_eq!(page.header(CONTENT_TYPE), "text/html; charset=utf-8");
    let call = send(&site, post("/api/practice/finish", "*/*").header(COOKIE, SESSION), "attempt=x").await;
    assert_eq!((call.status, call.header(RETRY_AFTER)), (StatusCode::SERVICE_UNAVAILABLE, "2"));
    assert_eq!(call.error(), AppError::Unavailable { retry_after_seconds: 2 });
    for answer in [page, call] {
        assert!(!answer.headers.contains_key(SET_COOKIE));
    }
    let file = send(&site, Request::get("/favicon.ico").header(COOKIE, SESSION), Body::empty()).await;
    assert_eq!(file.status, StatusCode::NOT_FOUND, "files need no session");
}

#[tokio::test]
async fn files_come_in_the_best_form_the_browser_takes() {
    let folder = bundle("files");
    let site = site_at("http://127.0.0.1:3000", Site::from_folder(&folder).unwrap());
    let path = "/assets/app-1.wasm";
    for (accepted, used, body) in [("gzip, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("br;q=0", "", "plain")] {
        let answer = send(&site, Request::get(path).header(ACCEPT_ENCODING, accepted), Body::empty()).await;
        assert_eq!((answer.status, answer.header(CONTENT_ENCODING)), (StatusCode::OK, used));
        assert_eq!(answer.body, format!("{body} {path}"));
        assert_eq!(answer.header(CONTENT_TYPE), "application/wasm");
        assert_eq!(answer.header(CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(answer.header(VARY), "accept-encoding");
        let known = Request::get(path).header(ACCEPT_ENCODING, accepted).header(IF_NONE_MATCH, answer.header(ETAG));
        let again = send(&site, known, Body::empty()).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    }
    let head = send(&site, Request::head(path), Body::empty()).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
    assert_eq!(head.header(CONTENT_LENGTH), format!("plain {path}").len().to_string());
    let worker = get(&site, "/service-worker.js").await;
    assert_eq!((worker.status, worker.header(CACHE_CONTROL)), (StatusCode::OK, "no-cache"));
    assert!(worker.header(CONTENT_SECURITY_POLICY).contains("connect-src 'self'"));
    let engine = get(&site, "/assets/engine-worker-1.js").await;
    assert!(engine.header(CONTENT_SECURITY_POLICY).contains("script-src 'self' 'wasm-unsafe-eval'"));
    let icon = get(&site, "/favicon.ico").await;
    assert_eq!((icon.status, icon.header(CONTENT_TYPE)), (StatusCode::OK, "image/svg+xml"));
    for outside in ["/assets/../manifest.json", "/assets/%2e%2e/manifest.json", "/assets/app-1.wasm.br", "/manifest.json"] {
        assert_eq!(get(&site, outside).await.status, StatusCode::NOT_FOUND, "{outside}");
    }
    let page = get(&site, "/about").await;
    for url in ["/assets/main-1.css", "/assets/icon-1.svg", "/assets/start-1.js", "/assets/app-1.js", "/assets/app-1.wasm"] {
        assert!(page.body.contains(&format!("\"{url}\"")), "{url}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_bundle_made_anew_is_seen_without_a_restart() {
    let folder = bundle("anew");
    let files = Site::from_folder(&folder).unwrap();
    assert_eq!(files.urls().stylesheet, "/assets/main-1.css");
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap().replace("main-1.css", "main-2.css");
    fs::rename(folder.join("assets/main-1.css"), folder.join("assets/main-2.css")).unwrap();
    std::thread::sleep(Duration::from_millis(20));
    fs::write(folder.join("manifest.json"), manifest).unwrap();
    assert_eq!(files.urls().stylesheet, "/assets/main-2.css");
    std::thread::sleep(Duration::from_millis(20));
    fs::write(folder.join("manifest.json"), "half a mani").unwrap();
    assert_eq!(files.urls().stylesheet, "/assets/main-2.css", "half a bundle is not taken");
    fs::remove_dir_all(folder).unwrap();
}

/// A first visit may cost 180 KB in all, headers included, which a journey measures; the page itself takes below 15 of them.
#[test]
fn what_a_first_visit_loads_stays_small() {
    let site = Site::of_this_build().unwrap();
    let (files, urls) = (site.files(), site.urls());
    let loaded = [urls.stylesheet, urls.icon, urls.start, urls.app.glue, urls.app.wasm];
    let packed = loaded.iter().filter_map(|url| files.at(url)?.brotli.as_ref());
    let sizes: Vec<usize> = packed.map(bytes::Bytes::len).collect();
    if sizes.len() < loaded.len() {
        println!("SKIPPED: the size of the browser files, which are not there (make bundle)");
        return;
    }
    let bytes: usize = sizes.iter().sum();
    println!("browser files: {bytes} bytes in brotli, {sizes:?}");
    assert!(bytes <= 165_000, "{bytes} bytes: {sizes:?}");
}
