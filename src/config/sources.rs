//! Where settings come from: a flag, a `FIRSTLINE_*` variable, a file named by a `FIRSTLINE_*_FILE` variable, or the default.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::SettingsError;

/// One row of the table that flags, variables, help and `firstline config` are made from.
pub struct Setting {
    /// The flag without its dashes; the variable's name follows from it.
    pub name: &'static str,
    pub value_name: &'static str,
    /// As help prints it; empty: not set.
    pub default: &'static str,
    /// The default is worked out when the program runs.
    pub computed: bool,
    /// Set for secrets, which are never printed and may stand in a file: the flag that names the file.
    pub file_flag: Option<&'static str>,
    pub help: &'static str,
}

const fn setting(name: &'static str, value_name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, value_name, default, computed: false, file_flag: None, help }
}

pub const SETTINGS: &[Setting] = &[
    setting("listen", "IP:PORT", "127.0.0.1:3000", "Where the site is served; port 0 takes a free port"),
    Setting {
        computed: true,
        ..setting("public-url", "URL", "http://IP:PORT", "Where people reach the site; https:// behind a TLS proxy")
    },
    setting("metrics-listen", "IP:PORT", "", "Where Prometheus metrics are served"),
    Setting {
        computed: true,
        ..setting(
            "data",
            "FOLDER",
            "as root /var/lib/firstline, else ~/.local/share/firstline",
            "Where the private Postgres keeps its data",
        )
    },
    setting("postgres-bin", "FOLDER", "", "Folder with postgres, initdb and pg_dump; searched when not set"),
    Setting {
        file_flag: Some("database-url-file"),
        ..setting(
            "database-url",
            "URL",
            "",
            "A Postgres of your own, 15 or later; DATABASE_URL is read too. Without it a private one is started",
        )
    },
    Setting {
        file_flag: Some("migration-url-file"),
        ..setting("migration-url", "URL", "", "The same database as the role that owns the tables, if another role serves")
    },
    setting("pool-size", "NUMBER", "20", "Most database connections"),
    setting("sign-up", "POLICY", "open", "Who may make an account: open, invite or closed"),
    setting("password-memory-kib", "KIB", "19456", "argon2id memory for each password hash"),
    setting("password-passes", "NUMBER", "2", "argon2id passes"),
    setting("password-lanes", "NUMBER", "1", "argon2id lanes"),
    setting("content", "FOLDER", "", "Content of your own, laid over the built-in content file by file"),
    setting("log-format", "FORMAT", "pretty", "pretty or json"),
    setting("log-filter", "FILTER", "info,sqlx=warn", "What is logged, such as warn or info,firstline=debug"),
    setting("drain-seconds", "SECONDS", "10", "How long requests may go on after a request to stop"),
];

impl Setting {
    /// `FIRSTLINE_LISTEN` for `listen`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("FIRSTLINE_{}", self.name.replace('-', "_").to_uppercase())
    }

    /// The value when nothing is set, if it is the same everywhere.
    fn fixed_default(&self) -> Option<&'static str> {
        (!self.computed && !self.default.is_empty()).then_some(self.default)
    }
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Flag,
    Variable(String),
    File(PathBuf),
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Variable(name) => f.write_str(name),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// The text of every setting that has one, and where it came from.
#[derive(Default)]
pub struct Values(BTreeMap<&'static str, (String, Source)>);

impl Values {
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|(text, _)| text.as_str())
    }

    #[must_use]
    pub fn source(&self, name: &str) -> Source {
        self.0.get(name).map_or(Source::Default, |(_, source)| source.clone())
    }

    /// # Errors
    /// A sentence that names the setting and its source, and never the value: it may be a secret.
    pub fn parsed<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
        let Some((text, source)) = self.0.get(name) else { return Ok(None) };
        parse(text).map(Some).map_err(|wrong| format!("{name} (from {source}) {wrong}."))
    }
}

/// Looks every setting up: flag, then variable, then file. An empty variable counts as not set, as compose files need.
///
/// # Errors
/// [`SettingsError`] names the files that cannot be read.
pub fn gather(flag: impl Fn(&str) -> Option<String>, variable: impl Fn(&str) -> Option<String>) -> Result<Values, SettingsError> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let mut values = Values::default();
    let mut mistakes = Vec::new();
    for setting in SETTINGS {
        match look_up(setting, &flag, &variable) {
            Ok(Some(found)) => drop(values.0.insert(setting.name, found)),
            Ok(None) => {}
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() { Ok(values) } else { Err(SettingsError(mistakes)) }
}

fn look_up(
    setting: &Setting,
    flag: &impl Fn(&str) -> Option<String>,
    variable: &impl Fn(&str) -> Option<String>,
) -> Result<Option<(String, Source)>, String> {
    let name = setting.variable();
    if let Some(value) = flag(setting.name) {
        return Ok(Some((value, Source::Flag)));
    }
    if let Some(value) = variable(&name) {
        return Ok(Some((value, Source::Variable(name))));
    }
    if let Some(file_flag) = setting.file_flag {
        let name = format!("{name}_FILE");
        if let Some(path) = flag(file_flag).or_else(|| variable(&name)).map(PathBuf::from) {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("The file {} of {} cannot be read: {error}.", path.display(), setting.name))?;
            return Ok(Some((text.trim_end().to_owned(), Source::File(path))));
        }
    }
    if setting.name == "database-url"
        && let Some(value) = variable("DATABASE_URL")
    {
        return Ok(Some((value, Source::Variable("DATABASE_URL".to_owned()))));
    }
    Ok(setting.fixed_default().map(|value| (value.to_owned(), Source::Default)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(flags: &[(&str, &str)], variables: &[(&str, &str)], name: &str) -> (Option<String>, Source) {
        let pick =
            |list: &[(&str, &str)], name: &str| list.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let values = gather(|name| pick(flags, name), |name| pick(variables, name)).expect("files can be read");
        (values.get(name).map(str::to_owned), values.source(name))
    }

    #[test]
    fn a_flag_wins_over_a_variable_and_an_empty_variable_is_none() {
        let variable = [("FIRSTLINE_LISTEN", "127.0.0.1:2")];
        let from_variable = Source::Variable("FIRSTLINE_LISTEN".to_owned());
        assert_eq!(found(&[("listen", "127.0.0.1:1")], &variable, "listen"), (Some("127.0.0.1:1".to_owned()), Source::Flag));
        assert_eq!(found(&[], &variable, "listen"), (Some("127.0.0.1:2".to_owned()), from_variable));
        let default = (Some("127.0.0.1:3000".to_owned()), Source::Default);
        assert_eq!(found(&[], &[("FIRSTLINE_LISTEN", "")], "listen"), default);
    }

    #[test]
    fn secrets_may_stand_in_a_file() {
        let path = std::env::temp_dir().join(format!("firstline-secret-{}", std::process::id()));
        std::fs::write(&path, "postgres://app@host/db\n").expect("the temporary folder can be written");
        let name = path.display().to_string();
        let url = Some("postgres://app@host/db".to_owned());
        let file = [("FIRSTLINE_DATABASE_URL_FILE", name.as_str()), ("DATABASE_URL", "postgres://other")];
        assert_eq!(found(&[], &file, "database-url"), (url.clone(), Source::File(path.clone())));
        assert_eq!(found(&[("database-url-file", &name)], &[], "database-url"), (url, Source::File(path.clone())));
        let plain = [("DATABASE_URL", "postgres://other")];
        assert_eq!(found(&[], &plain, "database-url").0.as_deref(), Some("postgres://other"));
        std::fs::remove_file(path).expect("it was just written");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let missing = |name: &str| (name == "FIRSTLINE_MIGRATION_URL_FILE").then(|| "/nowhere/secret".to_owned());
        let error = gather(|_| None, missing).err().expect("the file is not there").to_string();
        assert!(error.contains("/nowhere/secret") && error.contains("migration-url"), "{error}");
    }
}
