//! Units of a Linux machine, with the settings they read, and what they listen on.

use std::fmt::Write;

use super::{install as packages, put, put_folder};
use crate::machine::units::{check, ports};
use crate::time::Time;
use crate::world::linux::{Linux, Process, Unit, UnitState};
use crate::world::server::{Roles, WebSite};
use crate::world::{DeviceId, World};

struct Service {
    unit: &'static str,
    description: &'static str,
    exec: &'static str,
    user: &'static str,
    config: &'static str,
    writes: &'static [&'static str],
}

const fn plain(unit: &'static str, description: &'static str, exec: &'static str) -> Service {
    Service { unit, description, exec, user: "root", config: "", writes: &[] }
}

const CRON: Service = plain("cron.service", "Regular background program processing daemon", "/usr/sbin/cron -f");
const NETWORKD: Service = plain("systemd-networkd.service", "Network Configuration", "/lib/systemd/systemd-networkd");
const RESOLVED: Service = plain("systemd-resolved.service", "Network Name Resolution", "/lib/systemd/systemd-resolved");
const MANAGER: Service = plain("NetworkManager.service", "Network Manager", "/usr/sbin/NetworkManager --no-daemon");
const NAMED: Service = plain("named.service", "BIND Domain Name Server", "/usr/sbin/named -f -u bind");
const DHCPD: Service = plain("isc-dhcp-server.service", "ISC DHCP IPv4 server", "/usr/sbin/dhcpd -4 -q -cf /etc/dhcp/dhcpd.conf");
const SSH: Service =
    Service { config: "/etc/ssh/sshd_config", ..plain("ssh.service", "OpenBSD Secure Shell server", "/usr/sbin/sshd -D") };
const CHRONY: Service = Service {
    config: "/etc/chrony/chrony.conf",
    user: "_chrony",
    ..plain("chrony.service", "chrony, an NTP client/server", "/usr/sbin/chronyd -F 1")
};
const NGINX: Service = Service {
    config: "/etc/nginx/nginx.conf",
    writes: &["/var/log/nginx"],
    ..plain(
        "nginx.service",
        "A high performance web server and a reverse proxy server",
        "/usr/sbin/nginx -g daemon on; master_process on;",
    )
};
const MARIADB: Service = Service {
    user: "mysql",
    config: "/etc/mysql/mariadb.conf.d/50-server.cnf",
    writes: &["/var/lib/mysql"],
    ..plain("mariadb.service", "MariaDB 10.11.6 database server", "/usr/sbin/mariadbd")
};
const APP: Service = Service {
    user: "www-data",
    config: "/etc/app/app.conf",
    writes: &["/var/lib/app", "/var/log/app"],
    ..plain("app.service", "Company web application", "/usr/local/bin/app-server --config /etc/app/app.conf")
};

fn add(linux: &mut Linux, service: &Service) {
    let unit = Unit {
        description: service.description.to_owned(),
        enabled: true,
        exec: service.exec.to_owned(),
        user: service.user.to_owned(),
        config: (!service.config.is_empty()).then(|| service.config.to_owned()),
        writes: service.writes.iter().map(|folder| (*folder).to_owned()).collect(),
        ..Unit::default()
    };
    linux.units.insert(service.unit.to_owned(), unit);
}

/// What the machine's roles need. Owners that the site names and nothing else explains get a unit of their own.
pub fn install(linux: &mut Linux, roles: &Roles, owners: &[String], server: bool) {
    add(linux, &CRON);
    add(linux, &CHRONY);
    put(
        linux,
        "/etc/chrony/chrony.conf",
        "pool 2.debian.pool.ntp.org iburst\ndriftfile /var/lib/chrony/chrony.drift\nmakestep 1 3\nrtcsync\n",
        ("root", "root", 0o644),
    );
    if server {
        add(linux, &SSH);
        add(linux, &NETWORKD);
        put(
            linux,
            "/etc/ssh/sshd_config",
            "Port 22\nPermitRootLogin no\nPasswordAuthentication yes\nUsePAM yes\nX11Forwarding no\n",
            ("root", "root", 0o644),
        );
    } else {
        add(linux, &MANAGER);
    }
    if roles.dns.is_some() {
        // Its own name server takes port 53: no stub beside it.
        add(linux, &NAMED);
        packages(linux, &["bind9"]);
        linux.packages.remove("systemd-resolved");
    } else if server {
        add(linux, &RESOLVED);
    }
    if roles.dhcp.is_some() {
        add(linux, &DHCPD);
        packages(linux, &["isc-dhcp-server"]);
    }
    let web: Vec<&WebSite> = roles.web.iter().filter(|site| site.owner == NGINX.unit).collect();
    if !web.is_empty() {
        nginx(linux, &web);
    }
    if web.iter().any(|site| site.backend == APP.unit) {
        application(linux, web.first().map_or("", |site| site.host.as_str()));
    }
    let backends = roles.web.iter().flat_map(|site| [site.owner.as_str(), site.backend.as_str()]);
    let named: Vec<String> =
        owners.iter().map(String::as_str).chain(backends).filter(|owner| owner.contains('.')).map(str::to_owned).collect();
    for owner in named {
        let stem = owner.split('.').next().unwrap_or_default();
        linux.units.entry(owner.clone()).or_insert_with(|| Unit {
            description: stem.to_owned(),
            enabled: true,
            exec: format!("/usr/sbin/{stem}"),
            user: "root".to_owned(),
            ..Unit::default()
        });
    }
}

fn nginx(linux: &mut Linux, web: &[&WebSite]) {
    add(linux, &NGINX);
    packages(linux, &["nginx"]);
    let main = "user www-data;\nworker_processes auto;\nevents {\n    worker_connections 768;\n}\nhttp {\n    access_log /var/log/nginx/access.log;\n    error_log /var/log/nginx/error.log;\n    include /etc/nginx/sites-enabled/*;\n}\n";
    put(linux, "/etc/nginx/nginx.conf", main, ("root", "root", 0o644));
    let mut sites = String::new();
    for site in web {
        let tls = if site.tls.is_some() { " ssl" } else { "" };
        let behind =
            if site.backend.is_empty() { "        root /var/www/html;\n" } else { "        proxy_pass http://127.0.0.1:8080;\n" };
        let _ = write!(
            sites,
            "server {{\n    listen {}{tls};\n    server_name {};\n    location / {{\n{behind}    }}\n}}\n",
            site.port, site.host
        );
    }
    put(linux, "/etc/nginx/sites-enabled/default", &sites, ("root", "root", 0o644));
    put_folder(linux, "/var/log/nginx", ("root", "adm", 0o755));
    put(linux, "/var/log/nginx/access.log", "", ("www-data", "adm", 0o640));
    put(linux, "/var/log/nginx/error.log", "", ("www-data", "adm", 0o640));
}

fn application(linux: &mut Linux, name: &str) {
    add(linux, &APP);
    add(linux, &MARIADB);
    packages(linux, &["mariadb-server"]);
    let settings = format!(
        "# Settings of the company's web application\nlisten = 127.0.0.1:8080\ndatabase = 127.0.0.1:3306\ndata_folder = /var/lib/app\nlog_file = /var/log/app/app.log\nworkers = 4\nsession_cleanup = on\npublic_name = {name}\n"
    );
    put(linux, "/etc/app/app.conf", &settings, ("root", "www-data", 0o640));
    put_folder(linux, "/var/lib/app", ("www-data", "www-data", 0o750));
    put_folder(linux, "/var/log/app", ("www-data", "adm", 0o750));
    put(linux, "/var/log/app/app.log", "started with 4 workers\n", ("www-data", "adm", 0o640));
    let rotate = "/var/log/app/*.log {\n    daily\n    rotate 14\n    compress\n    copytruncate\n}\n";
    put(linux, "/etc/logrotate.d/app", rotate, ("root", "root", 0o644));
    let database = "[mysqld]\nuser = mysql\ndatadir = /var/lib/mysql\nbind-address = 0.0.0.0\nmax_connections = 100\n";
    put(linux, "/etc/mysql/mariadb.conf.d/50-server.cnf", database, ("root", "root", 0o644));
    put_folder(linux, "/var/lib/mysql", ("mysql", "mysql", 0o700));
    put_folder(linux, "/var/log/mysql", ("mysql", "adm", 0o750));
    put(linux, "/var/log/mysql/error.log", "", ("mysql", "adm", 0o640));
}

/// Everything that is enabled has been running since the start.
pub fn run(linux: &mut Linux, started: Time) {
    let process = |pid, user: &str, command: &str, unit: &str| Process {
        pid,
        user: user.to_owned(),
        command: command.to_owned(),
        rss_kib: check::memory_kib(command),
        started,
        unit: unit.to_owned(),
        open: check::logs(command),
        ..Process::default()
    };
    linux.processes = vec![process(1, "root", "/sbin/init", "")];
    let mut pid = 480;
    for (name, unit) in &mut linux.units {
        pid += 37;
        (unit.state, unit.pid, unit.since) = (UnitState::Active, pid, started);
        let mut process = process(pid, &unit.user, &unit.exec, name);
        process.cpu = if name == APP.unit { 12 } else { 1 };
        linux.processes.push(process);
    }
}

/// What the site built into the machine itself belongs to the units that do it.
pub fn own_roles(world: &mut World, id: DeviceId) {
    let device = world.device_mut(id);
    if let Some(dns) = device.roles.dns.as_mut().filter(|dns| dns.owner.is_empty()) {
        NAMED.unit.clone_into(&mut dns.owner);
    }
    if let Some(dhcp) = device.roles.dhcp.as_mut().filter(|dhcp| dhcp.owner.is_empty()) {
        DHCPD.unit.clone_into(&mut dhcp.owner);
    }
    let (dns, dhcp) = (device.roles.dns.is_some(), device.roles.dhcp.is_some());
    for listener in device.stack.listeners.iter_mut().filter(|listener| listener.owner.is_empty()) {
        match listener.port {
            53 if dns => NAMED.unit.clone_into(&mut listener.owner),
            67 if dhcp => DHCPD.unit.clone_into(&mut listener.owner),
            _ => {}
        }
    }
}

/// The ports of the units as their settings say.
pub fn open(world: &mut World, id: DeviceId) {
    let Some(linux) = world.device(id).linux() else { return };
    for name in linux.units.keys().cloned().collect::<Vec<_>>() {
        ports::open(world, id, &name);
    }
}
