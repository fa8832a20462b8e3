//! A site and the people who visit it, by the calls that the HTTP edge makes for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::accounts::api::{Accounts as _, SignUpPolicy, Viewer};
use app::error::AppError;
use domain::accounts::Role;
use firstline::accounts::operator::create_account;
use firstline::accounts::password::{Hasher, Limits};
use firstline::accounts::session::{Session, look_up};
use firstline::caller::Caller;
use firstline::config::{PasswordHashCost, Settings};
use firstline::content::{store_scenarios, store_versions};
use firstline::server::Server;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use super::bank::Bank;

/// Passes the rules, and is nobody's in particular.
pub const PASSWORD: &str = "seven grey herons wait";
pub const OTHER_PASSWORD: &str = "the ladder leans on oak";

/// Far below the floor: most tests are not about the time of a hash.
pub const CHEAP: PasswordHashCost = PasswordHashCost { memory_kib: 64, passes: 1, lanes: 1 };

#[derive(Clone)]
pub struct Site {
    pub server: Server,
}

impl Site {
    pub fn new(db: PgPool) -> Self {
        let settings = Settings {
            listen: ([127, 0, 0, 1], 0).into(),
            metrics_listen: None,
            public_url: "http://localhost".to_owned(),
            sign_up: SignUpPolicy::Open,
            password_hash: CHEAP,
            ..Settings::default()
        };
        let hasher = Hasher::new(CHEAP, Limits::default()).unwrap();
        let settings = Arc::new(settings);
        Self { server: Server { db, catalog: Arc::default(), hasher, settings, benches: Arc::default() } }
    }

    /// With this content, as `main` starts it.
    pub async fn with_bank(mut self, bank: &Bank) -> Self {
        let catalog = bank.catalog();
        store_versions(&self.server.db, &catalog).await.unwrap();
        store_scenarios(&self.server.db, &catalog).await.unwrap();
        self.server.catalog = Arc::new(catalog);
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.server.settings));
        self
    }

    pub fn hashing(mut self, cost: PasswordHashCost, limits: Limits) -> Self {
        self.server.hasher = Hasher::new(cost, limits).unwrap();
        self
    }

    /// The same site some time later: other connections, whose time is moved on, as after a restart.
    pub fn later(&self, seconds: u64) -> Self {
        let moved = (*self.server.db.connect_options()).clone().options([("firstline.time_offset", format!("PT{seconds}S"))]);
        let db = PgPoolOptions::new().max_connections(5).connect_lazy_with(moved);
        Self { server: Server { db, ..self.server.clone() } }
    }

    pub fn visitor(&self) -> Visitor {
        Visitor { site: self.clone(), cookie: None, set_cookie: String::new() }
    }

    /// Someone who has just signed up.
    pub async fn member(&self, name: &str) -> Visitor {
        let mut visitor = self.visitor();
        visitor.sign_up(name, PASSWORD).await.unwrap();
        visitor
    }

    /// The administrator of an organisation of her own, through the operator's link.
    pub async fn administrator(&self, name: &str) -> Visitor {
        let link = create_account(&self.server.db, name, true).await.unwrap();
        let mut visitor = self.visitor();
        visitor.reset_password(&link, PASSWORD).await.unwrap();
        visitor.sign_in(name, PASSWORD).await.unwrap();
        assert_eq!(visitor.viewer().await.unwrap().role, Role::Admin);
        visitor
    }

    /// Someone who has signed up and belongs to the organisation of somebody else now.
    pub async fn colleague(&self, name: &str, of: &str) -> Visitor {
        let mut visitor = self.member(name).await;
        let sql = "with theirs as (select org_id from memberships join accounts using (account_id) where name = $2),
                        them as (select account_id from accounts where name = $1),
                        moved as (insert into memberships (org_id, account_id, role)
                                  select theirs.org_id, them.account_id, 'admin' from theirs, them)
                   update accounts set home_org_id = theirs.org_id from theirs where name = $1";
        sqlx::query(sql).bind(name).bind(of).execute(&self.server.db).await.unwrap();
        visitor.sign_in(name, PASSWORD).await.unwrap();
        visitor
    }

    pub async fn execute(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.server.db).await.unwrap();
    }

    /// The one number that a query gives.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.server.db).await.unwrap()
    }

    /// The texts of a query with one column.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        sqlx::query_scalar(sql).fetch_all(&self.server.db).await.unwrap()
    }

    /// Everything that is stored about accounts, as text.
    pub async fn dump(&self) -> String {
        let tables = "select concat_ws(' ', (select string_agg(t::text, ' ') from accounts t),
                             (select string_agg(t::text, ' ') from sessions t),
                             (select string_agg(t::text, ' ') from account_links t),
                             (select string_agg(t::text, ' ') from sign_in_failures t))";
        sqlx::query_scalar(tables).fetch_one(&self.server.db).await.unwrap()
    }
}

/// One browser.
#[derive(Clone)]
pub struct Visitor {
    pub site: Site,
    /// The value of the session cookie.
    pub cookie: Option<String>,
    /// The last `Set-Cookie` header.
    pub set_cookie: String,
}

impl Visitor {
    pub async fn session(&self) -> Option<Session> {
        let token = self.cookie.as_deref()?;
        look_up(&self.site.server.db, token).await.unwrap()
    }

    pub async fn viewer(&self) -> Option<Viewer> {
        self.caller().await.viewer()
    }

    /// What the HTTP edge makes for each request.
    pub async fn caller(&self) -> Caller {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        Caller::new(self.site.server.clone(), self.session().await, "request-1".to_owned(), agent.to_owned())
    }

    /// The same browser some time later.
    pub fn later(&self, seconds: u64) -> Self {
        Self { site: self.site.later(seconds), ..self.clone() }
    }

    pub async fn sign_up(&mut self, name: &str, password: &str) -> Result<(), AppError> {
        self.sign_up_with(name, password, None).await
    }

    pub async fn sign_up_with(&mut self, name: &str, password: &str, invitation: Option<String>) -> Result<(), AppError> {
        let caller = self.caller().await;
        let answer = caller.sign_up(name.to_owned(), password.to_owned(), invitation).await;
        self.keep(&caller);
        answer
    }

    pub async fn sign_in(&mut self, name: &str, password: &str) -> Result<(), AppError> {
        let caller = self.caller().await;
        let answer = caller.sign_in(name.to_owned(), password.to_owned()).await;
        self.keep(&caller);
        answer
    }

    pub async fn sign_out(&mut self) -> Result<(), AppError> {
        let caller = self.caller().await;
        let answer = caller.sign_out().await;
        self.keep(&caller);
        answer
    }

    pub async fn change_password(&mut self, current: &str, new: &str) -> Result<(), AppError> {
        let caller = self.caller().await;
        let answer = caller.change_password(current.to_owned(), new.to_owned()).await;
        self.keep(&caller);
        answer
    }

    pub async fn reset_password(&mut self, path: &str, new: &str) -> Result<(), AppError> {
        let caller = self.caller().await;
        let secret = path.strip_prefix("/reset/").unwrap_or(path);
        let answer = caller.reset_password(secret.to_owned(), new.to_owned()).await;
        self.keep(&caller);
        answer
    }

    fn keep(&mut self, caller: &Caller) {
        for cookie in caller.take_cookies() {
            cookie.to_str().unwrap().clone_into(&mut self.set_cookie);
            let (_, value) = self.set_cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookie = (!value.is_empty()).then(|| value.to_owned());
        }
    }
}

/// The fields that a form came back with, and what it says at each.
pub fn fields<T: std::fmt::Debug>(answer: &Result<T, AppError>) -> BTreeMap<String, String> {
    match answer {
        Err(AppError::Invalid(errors)) => errors.iter().map(|error| (error.field.clone(), error.message.clone())).collect(),
        other => panic!("no field errors but {other:?}"),
    }
}
