//! Settings: one struct, from flags, `FIRSTLINE_*` variables and files of secrets.

pub mod sources;
pub mod url;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use app::accounts::api::SignUpPolicy;
use thiserror::Error;

use self::sources::Values;
use self::url::{DatabaseUrl, public_url};

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
    /// The private Postgres lives here; unused when `database_url` is set.
    pub data: PathBuf,
    /// Folder with `postgres`, `initdb`, `pg_dump`; `None`: searched.
    pub postgres_bin: Option<PathBuf>,
    /// `None`: a private Postgres is started.
    pub database_url: Option<DatabaseUrl>,
    /// The role that owns the tables, where another one serves.
    pub migration_url: Option<DatabaseUrl>,
    pub log_format: LogFormat,
    /// In the syntax of `tracing_subscriber::EnvFilter`.
    pub log_filter: String,
    /// Most connections that serving holds.
    pub pool_size: u32,
    /// How long requests may go on after a request to stop.
    pub drain: Duration,
}

/// argon2id's cost. The defaults are OWASP's floor.
#[derive(Clone, Copy, Debug)]
pub struct PasswordHashCost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Pretty,
    Json,
}

/// Every mistake in the settings, a sentence each.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{}", .0.join("\n"))]
pub struct SettingsError(pub Vec<String>);

/// Pairs of memory in KiB and passes that OWASP's password storage sheet calls equally strong, for one lane.
const OWASP_FLOOR: [(u32, u32); 5] = [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)];

impl Settings {
    /// # Errors
    /// [`SettingsError`] with every mistake at once.
    pub fn from_values(values: &Values) -> Result<Self, SettingsError> {
        let mut mistakes = Mistakes::default();
        let listen = mistakes.parse(values, "listen", "an IP address and a port, such as 127.0.0.1:3000");
        let listen = listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000)));
        let public = mistakes.take(values.parsed("public-url", public_url)).unwrap_or_else(|| local_url(listen));
        let settings = Self {
            listen,
            metrics_listen: mistakes.parse(values, "metrics-listen", "an IP address and a port, such as 127.0.0.1:9100"),
            public_url: public,
            sign_up: mistakes.take(values.parsed("sign-up", sign_up_policy)).unwrap_or(SignUpPolicy::Open),
            password_hash: mistakes.password_hash(values),
            content: values.get("content").map(PathBuf::from),
            data: values.get("data").map_or_else(default_data_folder, PathBuf::from),
            postgres_bin: values.get("postgres-bin").map(PathBuf::from),
            database_url: mistakes.take(values.parsed("database-url", DatabaseUrl::parse)),
            migration_url: mistakes.take(values.parsed("migration-url", DatabaseUrl::parse)),
            log_format: mistakes.take(values.parsed("log-format", log_format)).unwrap_or(LogFormat::Pretty),
            log_filter: mistakes.take(values.parsed("log-filter", log_filter)).unwrap_or_default(),
            pool_size: mistakes.within(values, "pool-size", 1, 1000),
            drain: Duration::from_secs(u64::from(mistakes.within(values, "drain-seconds", 0, 3600))),
        };
        if settings.migration_url.is_some() && settings.database_url.is_none() {
            mistakes.0.push("migration-url is set but database-url is not: set both, or neither.".to_owned());
        }
        if mistakes.0.is_empty() { Ok(settings) } else { Err(SettingsError(mistakes.0)) }
    }

    /// Over HTTPS the session cookie is `__Host-sid` with `Secure`; plain `sid` is for `http://localhost` only.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The address that was really bound: port 0 asks the system for a free one.
    #[must_use]
    pub fn bound_to(mut self, address: SocketAddr) -> Self {
        if self.public_url == local_url(self.listen) {
            self.public_url = local_url(address);
        }
        self.listen = address;
        self
    }

    /// A setting as `firstline config` prints it: secrets hidden. `None`: not set.
    #[must_use]
    pub fn shown(&self, name: &str) -> Option<String> {
        let path = |path: &Path| path.display().to_string();
        match name {
            "listen" => Some(self.listen.to_string()),
            "public-url" => Some(self.public_url.clone()),
            "metrics-listen" => self.metrics_listen.map(|address| address.to_string()),
            "data" => Some(path(&self.data)),
            "postgres-bin" => self.postgres_bin.as_deref().map(path),
            "database-url" => self.database_url.as_ref().map(ToString::to_string),
            "migration-url" => self.migration_url.as_ref().map(ToString::to_string),
            "pool-size" => Some(self.pool_size.to_string()),
            "sign-up" => Some(format!("{:?}", self.sign_up).to_lowercase()),
            "password-memory-kib" => Some(self.password_hash.memory_kib.to_string()),
            "password-passes" => Some(self.password_hash.passes.to_string()),
            "password-lanes" => Some(self.password_hash.lanes.to_string()),
            "content" => self.content.as_deref().map(path),
            "log-format" => Some(format!("{:?}", self.log_format).to_lowercase()),
            "log-filter" => Some(self.log_filter.clone()),
            "drain-seconds" => Some(self.drain.as_secs().to_string()),
            _ => None,
        }
    }
}

impl Default for Settings {
    /// Nothing set; what tests start from.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            metrics_listen: None,
            public_url: "http://127.0.0.1:3000".to_owned(),
            sign_up: SignUpPolicy::Open,
            password_hash: PasswordHashCost { memory_kib: 19_456, passes: 2, lanes: 1 },
            content: None,
            data: default_data_folder(),
            postgres_bin: None,
            database_url: None,
            migration_url: None,
            log_format: LogFormat::Pretty,
            log_filter: "info,sqlx=warn".to_owned(),
            pool_size: 20,
            drain: Duration::from_secs(10),
        }
    }
}

/// Collects what is wrong, so that one run names every mistake.
#[derive(Default)]
struct Mistakes(Vec<String>);

impl Mistakes {
    fn take<T>(&mut self, result: Result<Option<T>, String>) -> Option<T> {
        result.unwrap_or_else(|mistake| {
            self.0.push(mistake);
            None
        })
    }

    fn parse<T: FromStr>(&mut self, values: &Values, name: &'static str, wanted: &str) -> Option<T> {
        self.take(values.parsed(name, |text| text.parse().map_err(|_| format!("must be {wanted}"))))
    }

    fn within(&mut self, values: &Values, name: &'static str, least: u32, most: u32) -> u32 {
        let number = self.take(values.parsed(name, |text| match text.parse::<u32>() {
            Ok(number) if (least..=most).contains(&number) => Ok(number),
            _ => Err(format!("must be a whole number from {least} to {most}")),
        }));
        number.unwrap_or(least)
    }

    fn password_hash(&mut self, values: &Values) -> PasswordHashCost {
        let before = self.0.len();
        let cost = PasswordHashCost {
            memory_kib: self.within(values, "password-memory-kib", 1, 4 * 1024 * 1024),
            passes: self.within(values, "password-passes", 1, 1000),
            lanes: self.within(values, "password-lanes", 1, 64),
        };
        let strong = OWASP_FLOOR.iter().any(|(memory, passes)| cost.memory_kib >= *memory && cost.passes >= *passes);
        if !strong && self.0.len() == before {
            self.0.push(format!(
                "password-memory-kib {} with password-passes {} is below OWASP's floor for argon2id: choose at least 19456 with 2, \
                 47104 with 1, 12288 with 3, 9216 with 4 or 7168 with 5.",
                cost.memory_kib, cost.passes
            ));
        }
        cost
    }
}

fn local_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() { format!("http://localhost:{}", listen.port()) } else { format!("http://{listen}") }
}

/// Root keeps data where services do; everyone else in their own data folder (XDG base directories).
fn default_data_folder() -> PathBuf {
    if rustix::process::geteuid().is_root() {
        return PathBuf::from("/var/lib/firstline");
    }
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || folder("HOME").unwrap_or_default().join(".local/share");
    folder("XDG_DATA_HOME").filter(|path| path.is_absolute()).unwrap_or_else(home).join("firstline")
}

fn sign_up_policy(text: &str) -> Result<SignUpPolicy, String> {
    match text {
        "open" => Ok(SignUpPolicy::Open),
        "invite" => Ok(SignUpPolicy::Invite),
        "closed" => Ok(SignUpPolicy::Closed),
        _ => Err("must be open, invite or closed".to_owned()),
    }
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "pretty" => Ok(LogFormat::Pretty),
        "json" => Ok(LogFormat::Json),
        _ => Err("must be pretty or json".to_owned()),
    }
}

fn log_filter(text: &str) -> Result<String, String> {
    match tracing_subscriber::EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("must be a log filter such as info or warn,firstline=debug".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::sources::{SETTINGS, Values, gather};
    use super::*;

    fn values(flags: &[(&str, &str)]) -> Values {
        let flag = |name: &str| flags.iter().find(|(flag, _)| *flag == name).map(|(_, value)| (*value).to_owned());
        gather(flag, |_| None).expect("no files are read")
    }

    fn settings(flags: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        Settings::from_values(&values(flags))
    }

    #[test]
    fn nothing_set_gives_the_defaults() {
        let (found, default) = (settings(&[]).expect("defaults are valid"), Settings::default());
        for setting in SETTINGS {
            assert_eq!(found.shown(setting.name), default.shown(setting.name), "{}", setting.name);
            assert_eq!(found.shown(setting.name).is_some(), !setting.default.is_empty(), "{}", setting.name);
        }
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let error = settings(&[
            ("listen", "3000"),
            ("sign-up", "maybe"),
            ("pool-size", "0"),
            ("database-url", "mysql://secret@host/db"),
            ("public-url", "ftp://x"),
            ("log-format", "xml"),
        ])
        .expect_err("all six are wrong");
        assert_eq!(error.0.len(), 6, "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn password_cost_below_the_floor_is_refused() {
        let cost = |memory, passes| settings(&[("password-memory-kib", memory), ("password-passes", passes)]);
        for (memory, passes) in [("19456", "1"), ("7167", "5"), ("47103", "1"), ("8", "1")] {
            let error = cost(memory, passes).expect_err("too weak").to_string();
            assert!(error.contains("OWASP"), "{error}");
        }
        for (memory, passes) in [("19456", "2"), ("7168", "5"), ("47104", "1"), ("65536", "3")] {
            assert!(cost(memory, passes).is_ok(), "{memory} {passes}");
        }
    }

    #[test]
    fn migration_url_needs_a_database_url() {
        let error = settings(&[("migration-url", "postgres://owner@host/db")]).expect_err("half a pair");
        assert!(error.to_string().contains("database-url is not"), "{error}");
    }

    #[test]
    fn public_url_follows_the_port_that_was_bound() {
        let free = settings(&[("listen", "127.0.0.1:0")]).expect("valid");
        assert_eq!(free.bound_to(SocketAddr::from(([127, 0, 0, 1], 4711))).public_url, "http://127.0.0.1:4711");
        let named = settings(&[("listen", "0.0.0.0:0"), ("public-url", "https://practice.example.org/")]).expect("valid");
        assert!(named.https());
        assert_eq!(named.bound_to(SocketAddr::from(([0, 0, 0, 0], 4711))).public_url, "https://practice.example.org");
        assert_eq!(settings(&[("listen", "0.0.0.0:80")]).expect("valid").public_url, "http://localhost:80");
    }
}
