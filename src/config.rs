//! Settings: one struct from flags and `FIRSTLINE_*` variables.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::accounts::api::SignUpPolicy;

/// What the operator has set.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Prometheus metrics; `None`: not served.
    pub metrics_listen: Option<SocketAddr>,
    /// Where people reach the site, such as `https://practice.example.org`. Decides the cookie and what counts as same origin.
    pub public_url: String,
    pub sign_up: SignUpPolicy,
    pub password_hash: PasswordHashCost,
    /// Laid over the built-in content, by path.
    pub content: Option<PathBuf>,
}

/// argon2id's cost. The defaults are OWASP's floor.
#[derive(Clone, Copy, Debug)]
pub struct PasswordHashCost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl Settings {
    /// Over HTTPS the session cookie is `__Host-sid` with `Secure`; plain `sid` is for http://localhost only.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
