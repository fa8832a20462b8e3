//! A browser whose every answer is searched, byte by byte.

use domain::ids::ItemId;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;

use super::journey::Way;
use crate::support::bank::{Bank, SECRET};
use crate::support::browser::{Answer, Browser};
use crate::support::site::Site;

/// How a key could stand in an answer: as JSON, and as an author writes it.
const KEY_MARKS: [&str; 4] = ["\"key\":true", "\"key\":false", "key = true", "key: true"];
/// What each item keeps for after the answer, beside its four or five reasons.
const LINES: [&str; 2] = ["remember", "source"];

pub struct Watch {
    pub site: Site,
    pub browser: Browser,
    items: Vec<ItemId>,
    /// Passwords, tokens and links: what may stand in no body and no log.
    secrets: Vec<String>,
    /// The one that its own page sends back.
    pub link: Option<String>,
}

impl Watch {
    pub fn new(site: &Site, bank: &Bank) -> Self {
        let items = bank.ids();
        assert_eq!(items.len(), 24);
        Self { site: site.clone(), browser: Browser::new(site), items, secrets: Vec::new(), link: None }
    }

    pub fn keep_secret(&mut self, secret: &str) {
        self.secrets.push(secret.to_owned());
    }

    /// `told`: the one item whose verdict this answer may, and must, hold.
    pub async fn get(&mut self, path: &str, told: Option<&ItemId>) -> Answer {
        let answer = self.browser.get(path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
        self.search(path, &answer, told);
        answer
    }

    pub async fn send<V: AsRef<str>>(&mut self, way: Way, path: &str, fields: &[(&str, V)], told: Option<&ItemId>) -> Answer {
        let answer = match way {
            Way::Forms => self.browser.post(path, fields).await,
            Way::Scripts => self.browser.call(path, fields).await,
        };
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
        self.search(path, &answer, told);
        answer
    }

    fn search(&mut self, path: &str, answer: &Answer, told: Option<&ItemId>) {
        let body = answer.body.replace("&quot;", "\"").replace("\\\"", "\"").replace("\": ", "\":");
        let text = format!("{:?}\n{body}", answer.headers);
        for item in &self.items {
            let has = |part: &str| text.contains(&format!("{SECRET}{item}{part}"));
            if told == Some(item) {
                let reasons = (0..4).map(|place| format!("-reason{place}"));
                let missing: Vec<_> = reasons.chain(LINES.map(|line| format!("-{line}"))).filter(|part| !has(part)).collect();
                assert!(missing.is_empty(), "{path} does not tell {missing:?} of {item}: {text}");
            } else {
                assert!(!has(""), "{path} tells of {item}: {text}");
            }
        }
        if told.is_none() {
            let mark = KEY_MARKS.iter().find(|mark| text.contains(**mark));
            assert_eq!(mark, None, "{path}: {text}");
            assert!(!text.contains("\"verdict\":{"), "{path}: {text}");
        }
        if let Some(token) = self.browser.cookie.as_deref().and_then(|cookie| cookie.strip_prefix("sid=")) {
            self.secrets.push(token.to_owned());
            self.secrets.dedup();
        }
        for secret in self.secrets.iter().filter(|secret| self.link != Some((*secret).clone())) {
            assert!(!body.contains(secret.as_str()), "{path} holds a secret: {body}");
        }
    }

    /// Against the router's own lists.
    pub fn assert_everything_was_visited(&self) {
        let visited =
            |method: &str, pattern: &str| self.browser.visited.iter().any(|(by, path)| by == method && matches(pattern, path));
        let pages = generate_route_list(app::App);
        let left: Vec<_> = pages.iter().map(|page| page.path()).filter(|path| !visited("GET", path)).collect();
        assert!(left.is_empty() && pages.len() >= 13, "pages not visited: {left:?}");
        let left: Vec<_> = server_fn_paths().map(|(path, _)| path).filter(|path| !visited("POST", path)).collect();
        assert!(left.is_empty(), "functions not called: {left:?}");
    }

    /// The log names requests and people by id, never what they typed or what an item says.
    pub fn assert_log_is_clean(&self, log: &str) {
        assert!(log.contains(" sqlx::query: ") && log.contains("http.route=/practice/{attempt}"), "nothing was caught: {log}");
        let secrets = self.secrets.iter().map(String::as_str).chain([SECRET, "asked-", "key = true", "$argon2id$"]);
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "{secret} is in the log");
        }
    }
}

/// Whether a path is one of a pattern such as `/practice/{attempt}/result`.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut parts, mut wanted) = (path.split('/'), pattern.split('/'));
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(wanted), Some(part)) if wanted == part || wanted.starts_with('{') => {}
            _ => return false,
        }
    }
}
