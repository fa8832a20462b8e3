//! What programs say about their settings files: with file and line, as they do.

use super::Failure;
use crate::machine::linux_files::path;
use crate::world::linux::{Linux, Unit};

/// `None`: the settings are sound.
#[must_use]
pub fn settings(linux: &Linux, unit: &Unit) -> Option<Failure> {
    let config = unit.config.as_ref()?;
    let program = super::program(&unit.exec);
    let Some(file) = linux.files.0.get(config).filter(|file| !file.deleted) else {
        return Some(missing(program, config));
    };
    match program {
        "nginx" => nginx(linux),
        "sshd" => sshd(config, &file.text),
        "mariadbd" => mariadb(&file.text),
        "app-server" => app(config, &file.text),
        "chronyd" => chrony(config, &file.text),
        _ => bad_word(unit, config, &file.text),
    }
}

fn missing(program: &str, config: &str) -> Failure {
    let line = match program {
        "nginx" => format!("nginx: [emerg] open() \"{config}\" failed (2: No such file or directory)"),
        "chronyd" => format!("Could not open {config} : No such file or directory"),
        _ => format!("{config}: No such file or directory"),
    };
    Failure::new(1, line)
}

/// The settings file and every site file that it includes.
#[must_use]
pub fn nginx_files(linux: &Linux) -> Vec<(String, String)> {
    let wanted = |path: &str| path == "/etc/nginx/nginx.conf" || path::is_within(path, "/etc/nginx/sites-enabled");
    let files = linux.files.0.iter().filter(|(path, file)| wanted(path) && !file.folder && !file.deleted);
    files.map(|(path, file)| (path.clone(), file.text.clone())).collect()
}

/// The directives of nginx' core, http, log, proxy and ssl modules that small sites use (nginx.org, "Alphabetical index").
const NGINX: &[&str] = &[
    "access_log",
    "autoindex",
    "client_max_body_size",
    "default_type",
    "error_log",
    "error_page",
    "events",
    "gzip",
    "http",
    "include",
    "index",
    "keepalive_timeout",
    "listen",
    "location",
    "multi_accept",
    "pid",
    "proxy_pass",
    "proxy_read_timeout",
    "proxy_set_header",
    "return",
    "rewrite",
    "root",
    "sendfile",
    "server",
    "server_name",
    "server_tokens",
    "ssl_certificate",
    "ssl_certificate_key",
    "ssl_protocols",
    "tcp_nopush",
    "try_files",
    "types_hash_max_size",
    "upstream",
    "user",
    "worker_connections",
    "worker_processes",
    "add_header",
];

/// What `nginx -t` finds first.
#[must_use]
pub fn nginx(linux: &Linux) -> Option<Failure> {
    let emerg = |text: String| Some(Failure::new(1, format!("nginx: [emerg] {text}")));
    for (path, text) in nginx_files(linux) {
        let mut depth = 0_u32;
        let mut last = 0;
        for (at, line) in text.lines().enumerate() {
            let at = at + 1;
            last = at;
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            if line == "}" {
                let Some(up) = depth.checked_sub(1) else { return emerg(format!("unexpected \"}}\" in {path}:{at}")) };
                depth = up;
                continue;
            }
            let word = line.split([' ', '\t', ';', '{']).next().unwrap_or_default();
            if !NGINX.contains(&word) {
                return emerg(format!("unknown directive \"{word}\" in {path}:{at}"));
            }
            if line.ends_with('{') {
                depth += 1;
            } else if !line.ends_with(';') {
                // nginx reads on to the next ";" and names the line where the sentence became impossible.
                return emerg(format!("directive \"{word}\" is not terminated by \";\" in {path}:{at}"));
            }
        }
        if depth > 0 {
            return emerg(format!("unexpected end of file, expecting \"}}\" in {path}:{last}"));
        }
    }
    None
}

/// `sshd_config(5)`, the keywords that occur on small servers.
const SSHD: &[&str] = &[
    "acceptenv",
    "allowgroups",
    "allowusers",
    "chrootdirectory",
    "clientaliveinterval",
    "denyusers",
    "include",
    "kbdinteractiveauthentication",
    "listenaddress",
    "loglevel",
    "maxauthtries",
    "passwordauthentication",
    "permitrootlogin",
    "port",
    "printmotd",
    "pubkeyauthentication",
    "subsystem",
    "usepam",
    "x11forwarding",
];

fn sshd(config: &str, text: &str) -> Option<Failure> {
    let sound = |line: &str| {
        let word = line.split_whitespace().next().unwrap_or_default();
        word.is_empty() || word.starts_with('#') || SSHD.contains(&word.to_lowercase().as_str())
    };
    let (at, line) = text.lines().enumerate().find(|(_, line)| !sound(line))?;
    let word = line.split_whitespace().next().unwrap_or_default();
    let lines = vec![
        format!("{config}: line {}: Bad configuration option: {word}", at + 1),
        format!("{config}: terminating, 1 bad configuration options"),
    ];
    Some(Failure { lines, status: 255 })
}

/// `MariaDB` server options that occur on small servers ("mariadbd options").
const MARIADB: &[&str] = &[
    "basedir",
    "bind-address",
    "character-set-server",
    "collation-server",
    "datadir",
    "expire_logs_days",
    "innodb_buffer_pool_size",
    "key_buffer_size",
    "lc-messages-dir",
    "log_error",
    "max_allowed_packet",
    "max_connections",
    "pid-file",
    "port",
    "skip-name-resolve",
    "slow_query_log",
    "socket",
    "tmpdir",
    "user",
];

fn mariadb(text: &str) -> Option<Failure> {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '['])) {
        let key = line.split('=').next().unwrap_or_default().trim();
        if !MARIADB.contains(&key) && !MARIADB.contains(&key.replace('_', "-").as_str()) {
            let compact: String = line.split('=').map(str::trim).collect::<Vec<_>>().join("=");
            let lines = vec![format!("[ERROR] /usr/sbin/mariadbd: unknown variable '{compact}'"), "[ERROR] Aborting".to_owned()];
            return Some(Failure { lines, status: 1 });
        }
    }
    None
}

/// The company's own program: `key = value`, no sections.
const APP: &[&str] =
    &["listen", "database", "data_folder", "log_file", "workers", "session_cleanup", "public_name", "upload_limit_mib"];

fn app(config: &str, text: &str) -> Option<Failure> {
    for (at, line) in text.lines().enumerate() {
        let (line, at) = (line.trim(), at + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            return Some(Failure::new(1, format!("{config}:{at}: expected \"key = value\", found \"{line}\"")));
        };
        let (key, value) = (key.trim(), value.trim());
        if !APP.contains(&key) {
            return Some(Failure::new(1, format!("{config}:{at}: unknown setting \"{key}\"")));
        }
        let sound = match key {
            "listen" | "database" => value.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()),
            "workers" | "upload_limit_mib" => value.parse::<u16>().is_ok_and(|count| count > 0),
            "session_cleanup" => matches!(value, "on" | "off"),
            _ => !value.is_empty(),
        };
        if !sound {
            return Some(Failure::new(1, format!("{config}:{at}: invalid value \"{value}\" for \"{key}\"")));
        }
    }
    None
}

/// chrony.conf(5), the directives of Debian's file and those beside them.
const CHRONY: &[&str] = &[
    "allow",
    "confdir",
    "driftfile",
    "keyfile",
    "leapsectz",
    "logdir",
    "makestep",
    "maxupdateskew",
    "ntsdumpdir",
    "pool",
    "rtcsync",
    "server",
    "sourcedir",
    "log",
    "local",
];

fn chrony(config: &str, text: &str) -> Option<Failure> {
    let sound = |line: &str| {
        let word = line.split_whitespace().next().unwrap_or_default();
        word.is_empty() || word.starts_with(['#', '!', '%', ';']) || CHRONY.contains(&word)
    };
    let (at, _) = text.lines().enumerate().find(|(_, line)| !sound(line))?;
    Some(Failure::new(1, format!("Invalid directive at line {} in file {config}", at + 1)))
}

fn bad_word(unit: &Unit, config: &str, text: &str) -> Option<Failure> {
    if unit.bad_word.is_empty() {
        return None;
    }
    let at = text.lines().position(|line| line.contains(&unit.bad_word))?;
    Some(Failure::new(1, format!("{config}:{}: syntax error near '{}'", at + 1, unit.bad_word)))
}

/// The log files that a program keeps open.
#[must_use]
pub fn logs(exec: &str) -> Vec<String> {
    let files: &[&str] = match super::program(exec) {
        "nginx" => &["/var/log/nginx/access.log", "/var/log/nginx/error.log"],
        "app-server" => &["/var/log/app/app.log"],
        "mariadbd" => &["/var/log/mysql/error.log"],
        _ => &[],
    };
    files.iter().map(|path| (*path).to_owned()).collect()
}

/// Resident memory of a program that has just started, in KiB: orders of magnitude of small servers.
#[must_use]
pub fn memory_kib(exec: &str) -> u32 {
    match super::program(exec) {
        "mariadbd" => 98_304,
        "app-server" => 65_536,
        "nginx" => 12_288,
        "systemd-resolved" | "NetworkManager" => 14_336,
        "sshd" => 9_216,
        _ => 6_144,
    }
}
