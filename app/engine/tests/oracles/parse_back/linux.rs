//! Linux' commands that jc has a parser for.

use std::net::Ipv4Addr;

use engine::net::{Echo, EchoOutcome, TraceProbe, dns, ping, route, trace};
use engine::shell::ShellKind;
use engine::world::interface::{NeighbourState, Protocol};
use engine::world::linux::{Linux, Mount, UnitState};
use engine::world::server::RecordType;
use engine::world::{DeviceId, World};
use serde_json::Value;

use super::{Check, Facts};

/// The first Linux machine's own gateway and a name of the company's, in the clinic.
const TARGET: &str = "srv-1";

const fn bash(line: &'static str, parser: &'static str, compare: fn(&mut World, DeviceId, &Value, &mut Facts)) -> Check {
    Check { line, parser, shell: ShellKind::Bash, compare }
}

pub const CHECKS: &[Check] = &[
    bash("ping -c 2 srv-1", "ping", echo),
    bash("traceroute -n srv-1", "traceroute", hops),
    bash("ip route", "ip_route", ip_route),
    bash("arp -n", "arp", arp),
    bash("ss -tulpn", "ss", sockets),
    bash("netstat -tulpn", "netstat", sockets),
    bash("dig srv-1.clinic.example", "dig", dig),
    bash("df", "df", df),
    bash("free -m", "free", free),
    bash("ps aux", "ps", ps),
    bash("lsblk", "lsblk", lsblk),
    bash("mount", "mount", mount),
    bash("id", "id", id),
    bash("uptime", "uptime", uptime),
    bash("systemctl list-units --all", "systemctl", systemctl),
    bash("ls -l /etc", "ls", ls),
    bash("date -u", "date", date),
    bash("uname -a", "uname", uname),
    bash("cat /etc/passwd", "passwd", passwd),
    bash("cat /etc/hosts", "hosts", hosts),
    bash("cat /etc/fstab", "fstab", fstab),
];

fn linux(world: &World, device: DeviceId) -> &Linux {
    world.device(device).linux().expect("Linux")
}

fn rows(parsed: &Value) -> &[Value] {
    parsed.as_array().map_or(&[], Vec::as_slice)
}

/// The row whose `field` is `value`, or null.
fn row<'v>(parsed: &'v Value, field: &str, value: &str) -> &'v Value {
    rows(parsed).iter().find(|row| row[field] == value).unwrap_or(&Value::Null)
}

fn target(world: &mut World, device: DeviceId) -> Option<Ipv4Addr> {
    match dns::resolve(world, device, TARGET) {
        dns::Resolution::Address(ip) => Some(ip),
        _ => None,
    }
}

fn echo(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let Some(to) = target(world, device) else { return };
    facts.same("target", &parsed["destination_ip"], to);
    facts.same("sent", &parsed["packets_transmitted"], 2);
    if let EchoOutcome::Reply { from, ttl, .. } = ping(world, device, to, Echo::default()) {
        facts.same("received", &parsed["packets_received"], 2);
        for response in rows(&parsed["responses"]) {
            facts.same("from", &response["response_ip"], from);
            facts.same("TTL", &response["ttl"], ttl);
        }
    } else {
        facts.same("received", &parsed["packets_received"], 0);
    }
}

fn hops(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let Some(to) = target(world, device) else { return };
    facts.same("target", &parsed["destination_ip"], to);
    for (hop, printed) in trace(world, device, to, TraceProbe::Udp, 30).iter().zip(rows(&parsed["hops"])) {
        facts.same("hop", &printed["hop"], hop.ttl);
        if let EchoOutcome::Reply { from, .. } | EchoOutcome::TimeExceeded { from } = hop.outcome {
            facts.same("from", &printed["probes"][0]["ip"], from);
        }
    }
}

fn ip_route(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for (net, index) in route::connected(world, device) {
        let name = &world.device(device).stack.interfaces[usize::from(index.0)].name;
        facts.same(&format!("device of {net}"), &row(parsed, "ip", &net.to_string())["dev"], name);
    }
    let hop = route::lookup(world, device, Ipv4Addr::new(198, 51, 100, 1)).and_then(|hop| hop.gateway);
    facts.same("gateway", &row(parsed, "ip", "default")["via"], hop.map(|ip| ip.to_string()).unwrap_or_default());
}

fn arp(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let known = &world.device(device).stack.neighbours;
    facts.same("entries", &Value::from(rows(parsed).len()), known.len());
    for ((_, ip), neighbour) in
        known.iter().filter(|(_, neighbour)| !matches!(neighbour.state, NeighbourState::Failed | NeighbourState::Incomplete))
    {
        facts.same("station", &row(parsed, "address", &ip.to_string())["hwaddress"], neighbour.mac.colons());
    }
}

/// `ss` and `netstat` of what listens.
fn sockets(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let listening =
        world.device(device).stack.listeners.iter().filter(|listener| engine::machine::runs(world, device, &listener.owner));
    for listener in listening {
        let protocol = match listener.protocol {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
            Protocol::Icmp => continue,
        };
        let there = rows(parsed).iter().any(|row| {
            let name = row["netid"].as_str().or_else(|| row["proto"].as_str());
            let port =
                row["local_port"].as_str().map(str::to_owned).or_else(|| row["local_port"].as_u64().map(|port| port.to_string()));
            name == Some(protocol) && port == Some(listener.port.to_string())
        });
        facts.same(&format!("{protocol} {}", listener.port), &Value::from(there), true);
    }
    facts.same("all are listening", &Value::from(rows(parsed).iter().all(|row| row["state"] != "ESTAB")), true);
}

fn dig(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let name = format!("{TARGET}.{}", world.domain);
    let Some(server) = dns::servers(world, device).first().copied() else { return };
    let answer = dns::query(world, device, server, &name, RecordType::A);
    let parsed = &parsed[0];
    match answer {
        dns::Answer::Records { records, .. } => {
            facts.same("status", &parsed["status"], "NOERROR");
            facts.same("answers", &parsed["answer_num"], records.len());
            let addresses: Vec<String> = records
                .iter()
                .filter_map(|(_, record)| match &record.data {
                    engine::world::server::RecordData::A(ip) => Some(ip.to_string()),
                    _ => None,
                })
                .collect();
            facts.same("address", &parsed["answer"][0]["data"], addresses.first().cloned().unwrap_or_default());
            facts.same("question", &parsed["question"]["name"], format!("{name}."));
        }
        dns::Answer::NxDomain { .. } => facts.same("status", &parsed["status"], "NXDOMAIN"),
        dns::Answer::Refused => facts.same("status", &parsed["status"], "REFUSED"),
        dns::Answer::NoData { .. } => facts.same("answers", &parsed["answer_num"], 0),
        // The machine's own stub resolver answers in place of a silent server.
        dns::Answer::ServFail | dns::Answer::TimedOut | dns::Answer::PortUnreachable => {
            facts.same("status", &parsed["status"], "SERVFAIL");
        }
    }
}

/// Mounted somewhere; swap space is not.
fn on_tree(mount: &Mount) -> bool {
    mount.mounted && mount.target.starts_with('/')
}

fn df(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for mount in linux(world, device).mounts.iter().filter(|mount| on_tree(mount)) {
        let found = row(parsed, "mounted_on", &mount.target);
        facts.same(&format!("source of {}", mount.target), &found["filesystem"], &mount.source);
        facts.same(&format!("size of {}", mount.target), &found["1k_blocks"], mount.size);
        facts.same(&format!("used of {}", mount.target), &found["used"], mount.used);
    }
}

fn free(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    facts.same("memory", &row(parsed, "type", "Mem")["total"], linux(world, device).memory_mib);
    facts.same("swap", &row(parsed, "type", "Swap")["total"], linux(world, device).swap_mib);
}

fn ps(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for process in &linux(world, device).processes {
        let found = rows(parsed).iter().find(|row| row["pid"] == process.pid).unwrap_or(&Value::Null);
        facts.same(&format!("command of {}", process.pid), &found["command"], &process.command);
        facts.same(&format!("user of {}", process.pid), &found["user"], &process.user);
        facts.same(&format!("memory of {}", process.pid), &found["rss"], process.rss_kib);
    }
}

fn lsblk(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for mount in linux(world, device).mounts.iter().filter(|mount| on_tree(mount) && mount.source.starts_with("/dev/")) {
        let name = mount.source.trim_start_matches("/dev/");
        facts.same(&format!("mount point of {name}"), &row(parsed, "name", name)["mountpoints"][0], &mount.target);
    }
}

fn mount(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for mount in linux(world, device).mounts.iter().filter(|mount| on_tree(mount)) {
        let found = row(parsed, "mount_point", &mount.target);
        facts.same(&format!("source of {}", mount.target), &found["filesystem"], &mount.source);
        facts.same(&format!("type of {}", mount.target), &found["type"], &mount.file_system);
        let read_only = rows(&found["options"]).iter().any(|option| option == "ro");
        facts.same(&format!("read-only {}", mount.target), &Value::from(read_only), mount.read_only);
    }
}

/// The terminal is root's.
fn id(_: &mut World, _: DeviceId, parsed: &Value, facts: &mut Facts) {
    facts.same("uid", &parsed["uid"]["id"], 0);
    facts.same("name", &parsed["uid"]["name"], "root");
    facts.same("group", &parsed["gid"]["name"], "root");
}

fn uptime(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let up = (world.now - world.device(device).started).as_seconds() / 60;
    facts.same("minutes", &Value::from(parsed["uptime_total_seconds"].as_u64().unwrap_or(0) / 60), up);
}

fn systemctl(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for (name, unit) in &linux(world, device).units {
        let found = row(parsed, "unit", name);
        let active = match unit.state {
            UnitState::Active => "active",
            UnitState::Inactive => "inactive",
            UnitState::Failed => "failed",
            UnitState::Activating => "activating",
        };
        facts.same(&format!("state of {name}"), &found["active"], active);
        facts.same(&format!("description of {name}"), &found["description"], &unit.description);
    }
}

fn ls(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let below = linux(world, device).files.0.iter().filter_map(|(path, file)| Some((path.strip_prefix("/etc/")?, file)));
    for (name, file) in below.filter(|(name, file)| !name.contains('/') && !file.deleted) {
        let found = row(parsed, "filename", name);
        facts.same(&format!("owner of {name}"), &found["owner"], &file.owner);
        facts.same(&format!("group of {name}"), &found["group"], &file.group);
        let flags = found["flags"].as_str().unwrap_or_default();
        facts.same(&format!("{name} is a folder"), &Value::from(flags.starts_with('d')), file.folder);
        let bits = flags.chars().skip(1).take(9).fold(0, |bits, flag| bits << 1 | u16::from(flag != '-'));
        facts.same(&format!("mode of {name}"), &Value::from(bits), file.mode & 0o777);
    }
}

fn date(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let shown = world.now.shifted(linux(world, device).clock_offset).civil();
    facts.same("year", &parsed["year"], shown.year);
    facts.same("month", &parsed["month_num"], shown.month);
    facts.same("day", &parsed["day"], shown.day);
}

fn uname(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let release = linux(world, device).kernel.split(' ').next().unwrap_or_default();
    facts.same("kernel", &parsed["kernel_release"], release);
    facts.same("node", &parsed["node_name"], world.device(device).name.to_lowercase());
}

fn passwd(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for (name, user) in &linux(world, device).accounts.users {
        let found = row(parsed, "username", name);
        facts.same(&format!("uid of {name}"), &found["uid"], user.uid);
        facts.same(&format!("shell of {name}"), &found["shell"], &user.shell);
    }
}

fn hosts(_: &mut World, _: DeviceId, parsed: &Value, facts: &mut Facts) {
    facts.same("localhost", &row(parsed, "ip", "127.0.0.1")["hostname"][0], "localhost");
}

fn fstab(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for mount in
        linux(world, device).mounts.iter().filter(|mount| mount.target.starts_with('/') && mount.source.starts_with("/dev/"))
    {
        facts.same(
            &format!("type of {}", mount.target),
            &row(parsed, "fs_file", &mount.target)["fs_vfstype"],
            &mount.file_system,
        );
    }
}
