//! A browser whose every answer is searched, byte by byte.

use domain::ids::ItemId;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{AxumRouteListing, generate_route_list};

use super::journey::Way;
use super::search::Search;
use crate::support::bank::{ASKED, Bank, SECRET};
use crate::support::browser::{Answer, Browser};
use crate::support::site::Site;

pub struct Watch {
    pub site: Site,
    pub browser: Browser,
    pub search: Search,
}

impl Watch {
    pub fn new(site: &Site, bank: &Bank) -> Self {
        Self { site: site.clone(), browser: Browser::new(site), search: Search::new(bank) }
    }

    pub fn keep_secret(&mut self, secret: &str) {
        self.search.secrets.push(secret.to_owned());
    }

    /// `told`: the one item whose verdict this answer may, and must, hold.
    pub async fn get(&mut self, path: &str, told: Option<&ItemId>) -> Answer {
        let answer = self.browser.get(path).await;
        self.look_at(path, &answer, told);
        answer
    }

    pub async fn send<V: AsRef<str>>(&mut self, way: Way, path: &str, fields: &[(&str, V)], told: Option<&ItemId>) -> Answer {
        let answer = match way {
            Way::Forms => self.browser.post(path, fields).await,
            Way::Scripts => self.browser.call(path, fields).await,
        };
        self.look_at(path, &answer, told);
        answer
    }

    pub async fn send_json(&mut self, path: &str, content: &impl serde::Serialize) -> Answer {
        let answer = self.browser.call_json(path, content).await;
        self.look_at(path, &answer, None);
        answer
    }

    fn look_at(&mut self, path: &str, answer: &Answer, told: Option<&ItemId>) {
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
        if let Some(token) = self.browser.cookie.as_deref().and_then(|cookie| cookie.strip_prefix("sid=")) {
            self.search.secrets.push(token.to_owned());
            self.search.secrets.dedup();
        }
        let found = self.search.find(&answer.headers, &answer.body, told);
        assert_eq!(found, None, "{path}: {:?} {}", answer.headers, answer.body);
    }

    /// Against the router's own lists.
    pub fn assert_everything_was_visited(&self) {
        let visited =
            |method: &str, pattern: &str| self.browser.visited.iter().any(|(by, path)| by == method && matches(pattern, path));
        let pages = generate_route_list(app::App);
        let left: Vec<_> = pages.iter().map(AxumRouteListing::path).filter(|path| !visited("GET", path)).collect();
        assert!(left.is_empty() && pages.len() >= 13, "pages not visited: {left:?}");
        let left: Vec<_> = server_fn_paths().map(|(path, _)| path).filter(|path| !visited("POST", path)).collect();
        assert!(left.is_empty(), "functions not called: {left:?}");
    }

    /// The log names requests and people by id, never what they typed or what an item says.
    pub fn assert_log_is_clean(&self, log: &str) {
        assert!(log.contains(" sqlx::query: ") && log.contains("http.route=/practice/{attempt}"), "nothing was caught: {log}");
        let secrets = self.search.secrets.iter().map(String::as_str).chain([SECRET, ASKED, "key = true", "$argon2id$"]);
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "{secret} is in the log");
        }
    }
}

/// Whether a path is one of a pattern such as `/practice/{attempt}/result`.
fn matches(pattern: &str, path: &str) -> bool {
    let (wanted, parts): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    wanted.len() == parts.len() && wanted.iter().zip(parts).all(|(wanted, part)| *wanted == part || wanted.starts_with('{'))
}
