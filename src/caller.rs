//! Whoever makes one request: the server as this person may use it.

use std::sync::{Arc, Mutex, PoisonError};

use app::error::AppError;
use domain::accounts::Role;
use http::HeaderValue;

use crate::accounts::session::{Scope, Session};
use crate::server::Server;

/// Implements every trait of `app` (`app::backend::Backend`), one file per noun. Made by `http/session.rs` for each request.
#[derive(Clone)]
pub struct Caller {
    pub server: Server,
    /// `None`: nobody is signed in.
    pub session: Option<Session>,
    pub request_id: String,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// `Set-Cookie` headers that the response will carry.
    cookies: Arc<Mutex<Vec<HeaderValue>>>,
}

impl Caller {
    #[must_use]
    pub fn new(server: Server, session: Option<Session>, request_id: String, user_agent: String) -> Self {
        Self { server, session, request_id, user_agent, cookies: Arc::default() }
    }

    /// The organisation, person and role that every query is bound to.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] when nobody is signed in.
    pub fn scope(&self) -> Result<&Scope, AppError> {
        self.session.as_ref().map(|session| &session.scope).ok_or(AppError::SignInNeeded)
    }

    /// As [`Self::scope`], of an administrator of the organisation.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] when nobody is signed in, [`AppError::Forbidden`] for every other role.
    pub fn admin(&self) -> Result<&Scope, AppError> {
        self.scope().and_then(|scope| if scope.role() == Role::Admin { Ok(scope) } else { Err(AppError::Forbidden) })
    }

    pub fn set_cookie(&self, cookie: HeaderValue) {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).push(cookie);
    }

    #[must_use]
    pub fn take_cookies(&self) -> Vec<HeaderValue> {
        std::mem::take(&mut *self.cookies.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
