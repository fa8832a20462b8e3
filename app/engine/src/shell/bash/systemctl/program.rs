//! `service` and the tests of settings that programs offer: `nginx -t`, `sshd -t`.

use std::fmt::Write;

use super::super::call::{Call, Done};
use super::{reload, systemctl};
use crate::machine::units;
use crate::machine::units::check;
use crate::world::linux::UnitState;

pub(super) fn service(call: &mut Call<'_>, args: &[String]) -> Done {
    match args {
        [all] if all == "--status-all" => {
            let mut out = String::new();
            for (name, unit) in &call.linux().units {
                let sign = if unit.state == UnitState::Active { '+' } else { '-' };
                let _ = writeln!(out, " [ {sign} ]  {}", name.trim_end_matches(".service"));
            }
            Done::ok(out)
        }
        [name, verb] => {
            let full = units::full_name(call.linux(), name);
            if !call.linux().units.contains_key(&full) {
                return Done::failed(1, format!("{name}: unrecognized service\n"));
            }
            systemctl(call, &[verb.clone(), full])
        }
        _ => Done::failed(1, "Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n"),
    }
}

/// `nginx -t`, `nginx -s reload`, `nginx -v`.
pub(super) fn nginx(call: &mut Call<'_>, args: &[String]) -> Done {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["-t" | "-T"] => {
            let conf = "/etc/nginx/nginx.conf";
            if !call.is_root() {
                return Done::failed(
                    1,
                    format!(
                        "nginx: [emerg] open() \"/run/nginx.pid\" failed (13: Permission denied)\nnginx: configuration file {conf} test failed\n"
                    ),
                );
            }
            match check::nginx(call.linux()) {
                None => Done {
                    err: format!(
                        "nginx: the configuration file {conf} syntax is ok\nnginx: configuration file {conf} test is successful\n"
                    ),
                    ..Done::default()
                },
                Some(failure) => {
                    Done::failed(1, format!("{}\nnginx: configuration file {conf} test failed\n", failure.lines.join("\n")))
                }
            }
        }
        ["-s", "reload"] => reload(call, "nginx.service"),
        ["-v"] => {
            let version = call.linux().packages.get("nginx").map_or("", |package| package.version.as_str());
            Done { err: format!("nginx version: nginx/{}\n", version.split('-').next().unwrap_or_default()), ..Done::default() }
        }
        _ => call.not_modelled("options of nginx beside -t, -s reload and -v"),
    }
}

pub(super) fn sshd(call: &mut Call<'_>, args: &[String]) -> Done {
    if args.first().map(String::as_str) != Some("-t") {
        return call.not_modelled("sshd beside -t");
    }
    let unit = call.linux().units.get("ssh.service").cloned().unwrap_or_default();
    match check::settings(call.linux(), &unit) {
        None => Done::default(),
        Some(failure) => Done::failed(255, failure.lines.join("\n") + "\n"),
    }
}
