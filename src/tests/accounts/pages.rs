//! The pages of accounts as a browser without scripts meets them.

use app::accounts::api::SignUpPolicy;
use axum::Router;
use axum::body::{Body, to_bytes};
use firstline::accounts::operator::{invitation, reset_link};
use firstline::assets::Site as BrowserFiles;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use sqlx::PgPool;
use tower::ServiceExt;

use super::visitor::{OTHER_PASSWORD, PASSWORD, Site};

/// A browser without scripts: follows nothing by itself, keeps its cookie.
struct Browser {
    site: Router,
    cookie: Option<String>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

impl Answer {
    fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).map(|path| path.to_str().unwrap())
    }

    fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

impl Browser {
    fn new(site: &Site) -> Self {
        Self { site: firstline::http::router(site.server.clone(), BrowserFiles::none()), cookie: None }
    }

    async fn signed_in(site: &Site, name: &str) -> Self {
        let mut browser = Self::new(site);
        let token = site.member(name).await.cookie.unwrap();
        browser.cookie = Some(format!("sid={token}"));
        browser
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::builder().method(Method::POST).uri(path);
        self.send(request.header(CONTENT_TYPE, "application/x-www-form-urlencoded"), body).await
    }

    async fn send(&mut self, mut request: http::request::Builder, body: String) -> Answer {
        request = request.header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let response = self.site.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            self.cookie = (!pair.ends_with('=')).then_some(pair);
        }
        let html = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap().replace("<!>", "");
        Answer { status: parts.status, headers: parts.headers, html }
    }
}

#[sqlx::test]
async fn a_person_signs_up_signs_out_and_signs_in_by_plain_forms(db: PgPool) {
    let mut browser = Browser::new(&Site::new(db));
    assert!(browser.get("/sign-up").await.has(r#"autocomplete="new-password""#));
    let fields = [("from", "/sign-up"), ("name", "ada"), ("password", PASSWORD)];
    let signed_up = browser.post("/api/accounts/sign-up", &fields).await;
    assert_eq!((signed_up.status, signed_up.location()), (StatusCode::SEE_OTHER, Some("/")));
    let account = browser.get("/account").await;
    assert!(account.has("ada") && account.has("Learner") && account.has("This device"), "{}", account.html);
    let signed_out = browser.post("/api/accounts/sign-out", &[("from", "/")]).await;
    assert_eq!((signed_out.location(), browser.cookie.as_deref()), (Some("/sign-in"), None));
    assert_eq!(browser.get("/account").await.location(), Some("/sign-in?next=%2Faccount"));
    let sign_in = browser.get("/sign-in?next=%2Faccount").await;
    assert!(sign_in.has(r#"name="next" value="/account""#) && sign_in.has(r#"href="/sign-up""#), "{}", sign_in.html);
    let fields = [("from", "/sign-in"), ("name", "ada"), ("password", PASSWORD), ("next", "/account")];
    assert_eq!(browser.post("/api/accounts/sign-in", &fields).await.location(), Some("/account"));
}

#[sqlx::test]
async fn a_refused_form_comes_back_with_the_name_and_without_the_password(db: PgPool) {
    let site = Site::new(db);
    let mut browser = Browser::new(&site);
    let fields = [("from", "/sign-in?next=%2Fhistory"), ("name", "ada"), ("password", PASSWORD), ("next", "/history")];
    let refused = browser.post("/api/accounts/sign-in", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has(r#"value="ada""#) && refused.has("do not belong together"), "{}", refused.html);
    assert!(refused.has(r#"name="next" value="/history""#) && !refused.has(PASSWORD), "{}", refused.html);
    let fields = [("from", "/sign-up"), ("name", "a b"), ("password", "short")];
    let refused = browser.post("/api/accounts/sign-up", &fields).await;
    assert!(refused.has("without spaces") && refused.has("at least 15 characters"), "{}", refused.html);
    assert_eq!(refused.html.matches(r#"aria-invalid="true""#).count(), 2);
}

#[sqlx::test]
async fn a_shut_door_says_how_long(db: PgPool) {
    let site = Site::new(db);
    let mut browser = Browser::new(&site);
    let fields = [("from", "/sign-in"), ("name", "ada"), ("password", PASSWORD)];
    browser.post("/api/accounts/sign-in", &fields).await;
    site.execute("update sign_in_failures set locked_until = firstline_now() + interval '90 seconds'").await;
    let refused = browser.post("/api/accounts/sign-in", &fields).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key(RETRY_AFTER) && refused.has("Please wait"), "{}", refused.html);
}

#[sqlx::test]
async fn signing_in_never_leads_to_another_site(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    for next in ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"] {
        let fields = [("from", "/sign-in"), ("name", "ada"), ("password", PASSWORD), ("next", next)];
        let answer = Browser::new(&site).post("/api/accounts/sign-in", &fields).await;
        assert_eq!(answer.location(), Some("/"), "{next}");
    }
}

#[sqlx::test]
async fn whoever_is_signed_in_is_led_on(db: PgPool) {
    let mut ada = Browser::signed_in(&Site::new(db), "ada").await;
    assert_eq!(ada.get("/sign-in").await.location(), Some("/"));
    assert_eq!(ada.get("/sign-in?next=%2Fhistory").await.location(), Some("/history"));
    assert_eq!(ada.get("/sign-in?next=%2F%2Fevil.example").await.location(), Some("/"));
    assert_eq!(ada.get("/sign-up").await.location(), Some("/"));
}

#[sqlx::test]
async fn the_sign_up_page_says_who_may_come_in(db: PgPool) {
    let invite = Site::new(db).with(|settings| settings.sign_up = SignUpPolicy::Invite);
    let mut browser = Browser::new(&invite);
    let without = browser.get("/sign-up").await;
    assert!(without.has("You need an invitation") && !without.has(r#"type="password""#), "{}", without.html);
    let path = invitation(&invite.server.db).await.unwrap();
    let secret = path.split_once('=').unwrap().1;
    let fields = [("from", path.as_str()), ("name", "a"), ("password", PASSWORD), ("invitation", secret)];
    let refused = browser.post("/api/accounts/sign-up", &fields).await;
    assert!(refused.has(&format!(r#"name="invitation" value="{secret}""#)), "the invitation is lost: {}", refused.html);
    assert!(!refused.has(&format!("href=\"{path}")), "{}", refused.html);
    let fields = [("from", path.as_str()), ("name", "ada"), ("password", PASSWORD), ("invitation", secret)];
    assert_eq!(browser.post("/api/accounts/sign-up", &fields).await.location(), Some("/"));
    let closed = invite.with(|settings| settings.sign_up = SignUpPolicy::Closed);
    let page = Browser::new(&closed).get("/sign-up").await;
    assert!(page.has("Sign-up is closed here") && !page.has(r#"type="password""#), "{}", page.html);
    assert!(!Browser::new(&closed).get("/sign-in").await.has(r#"href="/sign-up""#));
}

#[sqlx::test]
async fn a_reset_link_is_used_by_its_page(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let path = reset_link(&site.server.db, "ada").await.unwrap();
    let secret = path.strip_prefix("/reset/").unwrap();
    let mut browser = Browser::new(&site);
    let page = browser.get(&path).await;
    assert!(page.has(&format!(r#"type="hidden" name="secret" value="{secret}""#)), "{}", page.html);
    assert!(!page.html.split("href=").skip(1).any(|link| link.split('>').next().unwrap().contains(secret)), "{}", page.html);
    let send = [("from", path.as_str()), ("secret", secret), ("new", "short")];
    let refused = browser.post("/api/accounts/reset-password", &send).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has(secret) && refused.has("at least 15 characters"), "{}", refused.html);
    let send = [("from", path.as_str()), ("secret", secret), ("new", OTHER_PASSWORD)];
    assert_eq!(browser.post("/api/accounts/reset-password", &send).await.location(), Some("/sign-in?done=reset"));
    assert!(browser.get("/sign-in?done=reset").await.has("Your new password is set"));
    let again = browser.post("/api/accounts/reset-password", &send).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("has been used or has expired"), "{}", again.html);
}

#[sqlx::test]
async fn the_account_page_changes_what_it_shows(db: PgPool) {
    let site = Site::new(db);
    let mut ada = Browser::signed_in(&site, "ada").await;
    site.visitor().sign_in("ada", PASSWORD).await.unwrap();
    let page = ada.get("/account").await;
    assert!(page.has("Firefox on Linux") && page.has("Sign out all other devices"), "{}", page.html);
    let id = page.html.split(r#"name="id" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ended = ada.post("/api/accounts/end-session", &[("from", "/account"), ("id", &id)]).await;
    assert_eq!(ended.location(), Some("/account?done=session"));
    let again = ada.post("/api/accounts/end-session", &[("from", "/account"), ("id", &id)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert!(!ada.get("/account").await.has("Sign out all other devices"));

    let send = [("from", "/account"), ("username", "ada"), ("current", OTHER_PASSWORD), ("new", OTHER_PASSWORD)];
    let wrong = ada.post("/api/accounts/change-password", &send).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.has("not your current password"), "{}", wrong.html);
    let send = [("from", "/account"), ("username", "ada"), ("current", PASSWORD), ("new", OTHER_PASSWORD)];
    let changed = ada.post("/api/accounts/change-password", &send).await;
    assert_eq!(changed.location(), Some("/account?done=password"));
    assert!(ada.get("/account?done=password").await.has("Your password is changed"));

    let shortcuts = |html: &str| {
        let input = html.split("<input").find(|input| input.contains(r#"name="on""#)).unwrap();
        input.split('>').next().unwrap().contains(" checked")
    };
    assert!(shortcuts(&ada.get("/account").await.html));
    let saved = ada.post("/api/accounts/set-shortcuts", &[("from", "/account")]).await;
    assert_eq!(saved.location(), Some("/account?done=shortcuts"));
    assert!(!shortcuts(&ada.get("/account?done=shortcuts").await.html));
    ada.post("/api/accounts/set-shortcuts", &[("from", "/account"), ("on", "on")]).await;
    assert!(shortcuts(&ada.get("/account").await.html));
}
