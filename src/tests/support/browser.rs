//! The site over HTTP without a socket: what a browser sends, with and without scripts, and what it gets.

use app::error::AppError;
use axum::Router;
use axum::body::{Body, to_bytes};
use firstline::assets::Site as BrowserFiles;
use http::header::{ACCEPT, AsHeaderName, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::request::Builder;
use http::{HeaderMap, Request, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower::ServiceExt;

use super::site::{Site, Visitor};

pub const FORM: &str = "application/x-www-form-urlencoded";

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Empty where there is none.
    pub fn header(&self, name: impl AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).map(|path| path.to_str().unwrap())
    }

    pub fn error(&self) -> AppError {
        self.json()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.body))
    }

    /// Whether a page holds this text, whatever marks Leptos puts between text nodes.
    pub fn has(&self, text: &str) -> bool {
        self.body.replace("<!>", "").contains(text)
    }

    /// The fields that a form of this page sends as it stands: hidden ones only.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let forms = self.body.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap());
        let form = forms.into_iter().find(|form| attribute(form, "action").as_deref() == Some(action));
        let form = form.unwrap_or_else(|| panic!("no form to {action} in {}", self.body));
        let inputs = form.split("<input").skip(1).filter(|input| attribute(input, "type").as_deref() == Some("hidden"));
        inputs.map(|input| (attribute(input, "name").unwrap(), attribute(input, "value").unwrap_or_default())).collect()
    }
}

/// The value of an attribute in the first tag of a piece of HTML.
pub fn attribute(html: &str, name: &str) -> Option<String> {
    let tag = html.split('>').next()?;
    Some(tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?.to_owned())
}

pub async fn send(site: &Router, request: Builder, body: impl Into<Body>) -> Answer {
    let response = site.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// A browser: follows nothing by itself, keeps its cookie, remembers where it has been.
pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    /// Method and path of every request.
    pub visited: Vec<(String, String)>,
}

impl Browser {
    pub fn new(site: &Site) -> Self {
        let router = firstline::http::router(site.server.clone(), BrowserFiles::none());
        Self { router: firstline::http::logging::layer(router), cookie: None, visited: Vec::new() }
    }

    /// Of someone who has just signed up.
    pub async fn signed_in(site: &Site, name: &str) -> Self {
        Self::of(&site.member(name).await)
    }

    /// The browser of somebody who is signed in.
    pub fn of(visitor: &Visitor) -> Self {
        let token = visitor.cookie.as_ref().unwrap();
        Self { cookie: Some(format!("sid={token}")), ..Self::new(&visitor.site) }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).header(ACCEPT, "text/html"), String::new()).await
    }

    /// A form without scripts.
    pub async fn post<N: AsRef<str>, V: AsRef<str>>(&mut self, path: &str, fields: &[(N, V)]) -> Answer {
        self.send(Request::post(path).header(ACCEPT, "text/html").header(CONTENT_TYPE, FORM), encoded(fields)).await
    }

    /// A server function, as the scripts of a page call it.
    pub async fn call<N: AsRef<str>, V: AsRef<str>>(&mut self, path: &str, fields: &[(N, V)]) -> Answer {
        self.send(Request::post(path).header(ACCEPT, "application/json").header(CONTENT_TYPE, FORM), encoded(fields)).await
    }

    /// A server function that takes JSON, as the scripts of a page call it.
    pub async fn call_json(&mut self, path: &str, content: &impl Serialize) -> Answer {
        let body = serde_json::to_string(content).unwrap();
        let request = Request::post(path).header(ACCEPT, "application/json").header(CONTENT_TYPE, "application/json");
        self.send(request, body).await
    }

    async fn send(&mut self, mut request: Builder, body: String) -> Answer {
        request = request.header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let (method, path) = (request.method_ref().unwrap().to_string(), request.uri_ref().unwrap().path().to_owned());
        self.visited.push((method, path));
        let answer = send(&self.router, request, body).await;
        if let Some(cookie) = answer.headers.get(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            self.cookie = (!pair.ends_with('=')).then_some(pair);
        }
        answer
    }
}

fn encoded<N: AsRef<str>, V: AsRef<str>>(fields: &[(N, V)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.iter().map(|(n, v)| (n.as_ref(), v.as_ref()))).finish()
}
