//! Addresses among the settings.

use std::fmt;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use url::Url;

/// Where a database is. Shows itself without its password.
#[derive(Clone)]
pub struct DatabaseUrl {
    url: Url,
    options: PgConnectOptions,
}

impl DatabaseUrl {
    /// # Errors
    /// What the address must be; never the address itself.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wanted = || "must look like postgres://user:password@host:5432/database".to_owned();
        let url = Url::parse(text).map_err(|_| wanted())?;
        if !["postgres", "postgresql"].contains(&url.scheme()) {
            return Err(wanted());
        }
        let options = PgConnectOptions::from_str(text).map_err(|_| wanted())?;
        Ok(Self { url, options: options.application_name("firstline") })
    }

    #[must_use]
    pub fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// For the arguments of a command, which every user of the machine can read.
    #[must_use]
    pub fn without_password(&self) -> String {
        let mut url = self.url.clone();
        // Only addresses that cannot have a password refuse this.
        let _ = url.set_password(None);
        url.to_string()
    }

    /// For the environment of a command. Percent signs decoded.
    #[must_use]
    pub fn password(&self) -> Option<String> {
        let encoded = self.url.password()?;
        // A query is decoded in the same way as a password, but for the plus sign.
        let pair = format!("p={}", encoded.replace('+', "%2B").replace('&', "%26"));
        url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.url.clone();
        if url.password().is_some() {
            let _ = url.set_password(Some("***"));
        }
        // A password may stand in the query too; sqlx and libpq read it there.
        if url.query_pairs().any(|(key, _)| key == "password") {
            url.set_query(Some("***"));
        }
        write!(f, "{url}")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `https://host[:port]` or `http://…`, without a path: Firstline lives at the root of its host.
///
/// # Errors
/// What it must be.
pub fn public_url(text: &str) -> Result<String, String> {
    let wanted = || "must be http:// or https:// and a host name, without a path".to_owned();
    let url = Url::parse(text).map_err(|_| wanted())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    if !["http", "https"].contains(&url.scheme()) || !bare || !anonymous || url.host().is_none() {
        return Err(wanted());
    }
    Ok(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_hidden_and_can_be_taken_out() {
        let url = DatabaseUrl::parse("postgres://app:p%40ss+&1@db.example.org:6543/firstline?sslmode=disable").expect("valid");
        assert_eq!(url.to_string(), "postgres://app:***@db.example.org:6543/firstline?sslmode=disable");
        assert!(!format!("{url:?}").contains("ss+"));
        assert_eq!(url.without_password(), "postgres://app@db.example.org:6543/firstline?sslmode=disable");
        assert_eq!(url.password().as_deref(), Some("p@ss+&1"));
    }

    #[test]
    fn sockets_are_understood() {
        let url = DatabaseUrl::parse("postgres://app@%2Ftmp%2Frun/firstline").expect("valid");
        assert_eq!(url.options().get_socket().map(|path| path.display().to_string()).as_deref(), Some("/tmp/run"));
        assert_eq!(url.password(), None);
    }

    #[test]
    fn public_urls_are_origins() {
        assert_eq!(public_url("https://practice.example.org/").as_deref(), Ok("https://practice.example.org"));
        assert_eq!(public_url("http://localhost:3000").as_deref(), Ok("http://localhost:3000"));
        for wrong in ["practice.example.org", "ftp://x", "https://x/path", "https://x/?q", "https://me:pw@x/", "https://"] {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
    }
}
