//! `apt`, `apt-get` and `dpkg`.

use std::fmt::Write;

use super::call::{Call, Done, options};
use super::{Command, command};
use crate::machine::units;
use crate::net::dns::Resolution;
use crate::net::{self, Connection};
use crate::time::Span;
use crate::world::linux::Package;

pub const COMMANDS: &[Command] =
    &[command("apt", "", apt), command("apt-get", "", apt), command("dpkg", "", dpkg), command("apt-cache", "", apt)];

/// What the archive offers beside what a machine has: Debian 12's versions.
const ARCHIVE: &[(&str, &str)] = &[
    ("bind9-dnsutils", "1:9.18.28-1~deb12u2"),
    ("bind9-host", "1:9.18.28-1~deb12u2"),
    ("curl", "7.88.1-10+deb12u7"),
    ("ethtool", "1:6.1-1"),
    ("htop", "3.2.2-2"),
    ("iptables", "1.8.9-2"),
    ("lsof", "4.95.0-1"),
    ("mtr-tiny", "0.95-1"),
    ("net-tools", "2.10-0.1"),
    ("netcat-openbsd", "1.219-1"),
    ("nftables", "1.0.6-2+deb12u2"),
    ("nmap", "7.93+dfsg1-1"),
    ("psmisc", "23.6-1"),
    ("smartmontools", "7.3-1+b1"),
    ("traceroute", "1:2.1.2-1"),
    ("ufw", "0.36.2-1"),
    ("wget", "1.21.3-1+b2"),
];

/// Debian's archive, as `/etc/apt/sources.list` names it.
const HOST: &str = "deb.debian.org";

fn apt(call: &mut Call<'_>, args: &[String]) -> Done {
    let done = answer(call, args);
    if call.piped {
        return done;
    }
    // On a screen a finished step says so, and complaints come after the steps.
    let steps = ["Reading package lists...", "Building dependency tree...", "Reading state information..."];
    let out = steps.iter().fold(done.out, |out, step| out.replace(&format!("{step}\n"), &format!("{step} Done\n")));
    Done { out: out + &done.err, err: String::new(), exit: done.exit }
}

fn answer(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, words) = options(args, "");
    let Some((verb, names)) = words.split_first() else {
        return Done::failed(1, "apt 2.6.1 (amd64)\nUsage: apt [options] command\n");
    };
    match verb.as_str() {
        "list" => list(call, names, &given),
        "policy" | "show" => policy(call, names),
        "update" | "upgrade" | "full-upgrade" | "dist-upgrade" | "install" | "remove" | "purge" | "autoremove" | "clean" => {
            if !call.is_root() {
                return Done::failed(
                    100,
                    "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n",
                );
            }
            change(call, verb, names)
        }
        unknown => Done::failed(100, format!("E: Invalid operation {unknown}\n")),
    }
}

fn change(call: &mut Call<'_>, verb: &str, names: &[String]) -> Done {
    match verb {
        "update" => match unreachable(call) {
            None => {
                let count = call.linux().packages.values().filter(|package| upgradable(package)).count();
                let rest = if count == 0 {
                    "All packages are up to date.\n".to_owned()
                } else {
                    format!("{count} packages can be upgraded. Run 'apt list --upgradable' to see them.\n")
                };
                Done::ok(format!(
                    "Hit:1 http://{HOST}/debian bookworm InRelease\nReading package lists...\nBuilding dependency tree...\nReading state information...\n{rest}"
                ))
            }
            // apt keeps the old lists and ends with status 0 all the same.
            Some(why) => Done {
                out: format!("Err:1 http://{HOST}/debian bookworm InRelease\n  {why}\nReading package lists...\n"),
                err: format!(
                    "W: Failed to fetch http://{HOST}/debian/dists/bookworm/InRelease  {why}\nW: Some index files failed to download. They have been ignored, or old ones used instead.\n"
                ),
                exit: 0,
            },
        },
        "upgrade" | "full-upgrade" | "dist-upgrade" => {
            let due: Vec<String> =
                call.linux().packages.iter().filter(|(_, package)| upgradable(package)).map(|(name, _)| name.clone()).collect();
            install(call, &due, true)
        }
        "install" => install(call, names, false),
        "remove" | "purge" => remove(call, names),
        _ => Done::ok(HEAD),
    }
}

const HEAD: &str = "Reading package lists...\nBuilding dependency tree...\nReading state information...\n";

fn upgradable(package: &Package) -> bool {
    package.version != package.candidate && !package.held
}

/// Why the archive cannot be reached.
fn unreachable(call: &mut Call<'_>) -> Option<String> {
    let device = call.session.device;
    let address = match net::dns::resolve(call.world, device, HOST) {
        Resolution::Address(address) => address,
        Resolution::NotFound => return Some(format!("Could not resolve '{HOST}'")),
        Resolution::Failed => {
            call.world.wait(Span::seconds(10));
            return Some(format!("Temporary failure resolving '{HOST}'"));
        }
    };
    let whole = format!("Could not connect to {HOST}:80 ({address}), ");
    match net::connect(call.world, device, address, 80) {
        Connection::Connected { .. } => None,
        Connection::Refused => Some(whole + "connection refused"),
        Connection::TimedOut => {
            call.world.wait(Span::seconds(30));
            Some(whole + "connection timed out")
        }
        Connection::Unreachable { .. } => {
            Some(format!("Cannot initiate the connection to {HOST}:80 ({address}). - connect (113: No route to host)"))
        }
        Connection::NoRoute => {
            Some(format!("Cannot initiate the connection to {HOST}:80 ({address}). - connect (101: Network is unreachable)"))
        }
    }
}

fn archived(name: &str) -> Option<&'static str> {
    ARCHIVE.iter().find(|(known, _)| *known == name).map(|(_, version)| *version)
}

fn install(call: &mut Call<'_>, names: &[String], upgrade: bool) -> Done {
    let mut out = HEAD.to_owned();
    let mut wanted = Vec::new();
    for name in names {
        match call.linux().packages.get(name) {
            Some(package) if !upgradable(package) => {
                let _ = writeln!(out, "{name} is already the newest version ({}).", package.version);
            }
            None if archived(name).is_none() => {
                return Done { out, err: format!("E: Unable to locate package {name}\n"), exit: 100 };
            }
            _ => wanted.push(name.clone()),
        }
    }
    let new: Vec<String> = wanted.iter().filter(|name| !call.linux().packages.contains_key(*name)).cloned().collect();
    let upgraded = wanted.len() - new.len();
    if !new.is_empty() {
        let _ = writeln!(out, "The following NEW packages will be installed:\n  {}", new.join(" "));
    }
    if upgrade && upgraded > 0 {
        let _ = writeln!(out, "The following packages will be upgraded:\n  {}", wanted.join(" "));
    }
    let _ = writeln!(out, "{upgraded} upgraded, {} newly installed, 0 to remove and 0 not upgraded.", new.len());
    if wanted.is_empty() {
        return Done::ok(out);
    }
    if let Some(why) = unreachable(call) {
        let _ = write!(
            out,
            "Err:1 http://{HOST}/debian bookworm/main amd64 {}\n  {why}\n",
            wanted.first().map_or("", String::as_str)
        );
        return Done {
            out,
            err: format!(
                "E: Failed to fetch http://{HOST}/debian/  {why}\nE: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n"
            ),
            exit: 100,
        };
    }
    if units::unwritable(call.linux(), "/var/lib", &crate::machine::linux_files::Actor::root()).is_some() {
        return Done { out, err: "E: You don't have enough free space in /var/cache/apt/archives/.\n".to_owned(), exit: 100 };
    }
    call.world.wait(Span::seconds(12));
    for name in wanted {
        let version = archived(&name).unwrap_or_default().to_owned();
        let package = call.linux_mut().packages.entry(name.clone()).or_insert_with(|| Package {
            version: version.clone(),
            candidate: version,
            held: false,
        });
        package.version.clone_from(&package.candidate);
        let version = package.version.clone();
        let _ = writeln!(out, "Unpacking {name} ({version}) ...\nSetting up {name} ({version}) ...");
    }
    Done::ok(out)
}

fn remove(call: &mut Call<'_>, names: &[String]) -> Done {
    let mut out = HEAD.to_owned();
    for name in names {
        if !call.linux().packages.contains_key(name) {
            if archived(name).is_none() {
                return Done { out, err: format!("E: Unable to locate package {name}\n"), exit: 100 };
            }
            let _ = writeln!(out, "Package '{name}' is not installed, so not removed");
            continue;
        }
        let _ = write!(out, "The following packages will be REMOVED:\n  {name}\nRemoving {name} ...\n");
        call.linux_mut().packages.remove(name);
        let device = call.session.device;
        let stem = name.trim_end_matches("-server");
        let owned: Vec<String> =
            call.linux().units.keys().filter(|unit| unit.trim_end_matches(".service") == stem).cloned().collect();
        for unit in owned {
            units::stop(call.world, device, &unit);
            call.linux_mut().units.remove(&unit);
        }
    }
    Done::ok(out)
}

fn list(call: &Call<'_>, names: &[String], given: &[(String, String)]) -> Done {
    let upgrades = super::call::has(given, &["--upgradable", "u"]);
    let installed_only = super::call::has(given, &["--installed", "i"]);
    let mut out = "Listing...\n".to_owned();
    let fits =
        |name: &str| names.is_empty() || names.iter().any(|pattern| crate::machine::linux_files::path::matches(pattern, name));
    for (name, package) in call.linux().packages.iter().filter(|(name, _)| fits(name)) {
        if upgradable(package) {
            let _ = writeln!(out, "{name}/stable-security {} amd64 [upgradable from: {}]", package.candidate, package.version);
        } else if !upgrades {
            let _ = writeln!(out, "{name}/stable,now {} amd64 [installed]", package.version);
        }
    }
    if !upgrades && !installed_only {
        for (name, version) in ARCHIVE.iter().filter(|(name, _)| fits(name) && !call.linux().packages.contains_key(*name)) {
            let _ = writeln!(out, "{name}/stable {version} amd64");
        }
    }
    Done::ok(out)
}

fn policy(call: &Call<'_>, names: &[String]) -> Done {
    let mut done = Done::default();
    for name in names {
        let held = call.linux().packages.get(name).map(|package| (package.version.clone(), package.candidate.clone()));
        let offered = || archived(name).map(|version| ("(none)".to_owned(), version.to_owned()));
        let Some((installed, candidate)) = held.or_else(offered) else {
            done.complain(100, format!("N: Unable to locate package {name}\n"));
            continue;
        };
        let _ = write!(done.out, "{name}:\n  Installed: {installed}\n  Candidate: {candidate}\n");
    }
    done
}

fn dpkg(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if super::call::has(&given, &["s", "--status"]) {
        return package_status(call, &names);
    }
    if !super::call::has(&given, &["l", "--list"]) {
        return call.not_modelled("dpkg beside -l and -s");
    }
    let fits =
        |name: &str| names.is_empty() || names.iter().any(|pattern| crate::machine::linux_files::path::matches(pattern, name));
    let mut out = String::new();
    for (name, package) in call.linux().packages.iter().filter(|(name, _)| fits(name)) {
        let state = if package.held { "hi" } else { "ii" };
        let _ = writeln!(out, "{state}  {name:<22} {:<26} amd64", package.version);
    }
    if out.is_empty() {
        return Done::failed(1, format!("dpkg-query: no packages found matching {}\n", names.join(" ")));
    }
    Done::ok(format!(
        "Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n||/ Name                   Version                    Architecture Description\n+++-======================-==========================-============-===========\n{out}"
    ))
}

/// `dpkg -s`: the fields that the model holds.
fn package_status(call: &Call<'_>, names: &[String]) -> Done {
    let mut done = Done::default();
    for name in names {
        let Some(package) = call.linux().packages.get(name) else {
            done.complain(
                1,
                format!(
                    "dpkg-query: package '{name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n"
                ),
            );
            continue;
        };
        let wanted = if package.held { "hold" } else { "install" };
        let gap = if done.out.is_empty() { "" } else { "\n" };
        let _ = write!(
            done.out,
            "{gap}Package: {name}\nStatus: {wanted} ok installed\nArchitecture: amd64\nVersion: {}\n",
            package.version
        );
    }
    done
}
