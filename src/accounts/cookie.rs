//! The session cookie.

use domain::accounts::{Role, session_lifetime};
use http::HeaderValue;

use super::secret::Secret;
use super::session::cookie_name;
use crate::config::Settings;

/// Lives in the browser as long as the session may live at most.
pub(super) fn session_cookie(settings: &Settings, token: &Secret, role: Role) -> HeaderValue {
    cookie(settings, token.expose(), session_lifetime(role).absolute_seconds)
}

/// Makes the browser forget the session.
pub(super) fn no_cookie(settings: &Settings) -> HeaderValue {
    cookie(settings, "", 0)
}

fn cookie(settings: &Settings, value: &str, max_age_seconds: u32) -> HeaderValue {
    let name = cookie_name(settings);
    let secure = if settings.https() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}");
    // Every part is plain ASCII of our own, so that this never takes the second way.
    let mut header = HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""));
    header.set_sensitive(true);
    header
}
