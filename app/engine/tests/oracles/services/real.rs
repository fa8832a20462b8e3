//! `dnsmasq`, `udhcpc` and `dig` in namespaces.

use std::fmt::Write;
use std::net::Ipv4Addr;

use engine::sorted::Map;

use super::{CLIENTS, DOMAIN, FIXED, LEASE_SECONDS, POOLS, QUESTIONS, RESERVED, SERVERS, STEPS, Step, ip, key};
use crate::builder::mac;
use crate::system;

pub struct Real {
    pub leases: Vec<String>,
    pub answers: Map<String, String>,
}

/// `no-ping`: else the server probes each address for three seconds before it offers it, and quick clients give up.
const DAEMON: &str = "dnsmasq --conf-file=/dev/null --no-hosts --no-resolv --no-ping --user=root --local-ttl=300";

/// A DHCPRELEASE (RFC 2131, table 5), which busybox' udhcpc sends only from an address that its script has set.
const RELEASE: &str = r#"
import socket, struct, sys
own, server, mac = sys.argv[1], sys.argv[2], bytes.fromhex(sys.argv[3].replace(":", ""))
head = struct.pack("!BBBBIHH4s4s4s4s16s", 1, 1, 6, 0, 7, 0, 0, socket.inet_aton(own), bytes(4), bytes(4), bytes(4), mac)
options = b"\x35\x01\x07" + b"\x36\x04" + socket.inet_aton(server) + b"\x3d\x07\x01" + mac + b"\xff"
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((own, 68))
s.sendto(head + bytes(192) + b"\x63\x82\x53\x63" + options, (server, 67))
"#;

pub fn ask() -> Result<Real, String> {
    let mut script = format!("cat >/run/release.py <<'E'\n{RELEASE}E\n");
    networks(&mut script);
    daemons(&mut script);
    for (number, step) in STEPS.iter().enumerate() {
        let (Step::Ask(who) | Step::Release(who)) = step;
        let name = CLIENTS[*who].0;
        let _ = writeln!(script, "echo '== lease {number}'");
        let ask = format!("in_ {name} udhcpc -i eth0 -n -q -f -t 2 -T 1 -s /run/said 2>/dev/null");
        match step {
            Step::Ask(_) => {
                let _ = writeln!(script, "{ask} || echo silence");
            }
            Step::Release(_) => {
                let address = mac(FIXED.len() + who, 0).colons();
                let _ = writeln!(script, "a=$({ask} | cut -d' ' -f1); ip -n {name} addr add $a/24 dev eth0");
                let _ = writeln!(script, "in_ {name} python3 /run/release.py $a {} {address}; sleep 0.2", ip(0, 2));
                let _ = writeln!(script, "ip -n {name} addr del $a/24 dev eth0");
            }
        }
    }
    let _ = writeln!(script, "ip -n {} addr add {}/24 dev eth0", CLIENTS[0].0, ip(0, 10));
    for (server, number) in SERVERS {
        for (name, kind) in QUESTIONS {
            let kind_name = format!("{kind:?}").to_uppercase();
            let key = key(server, name, kind);
            let file = key.replace(' ', "_");
            let _ = writeln!(
                script,
                "in_ {} dig +time=1 +tries=1 +noedns @{} {name} {kind_name} >/run/o/{file} 2>&1 &",
                CLIENTS[0].0,
                ip(0, number)
            );
        }
        script.push_str("sleep 1.3\n");
        for (name, kind) in QUESTIONS {
            let key = key(server, name, kind);
            let _ = writeln!(script, "echo '== name {key}'\ncat /run/o/{}", key.replace(' ', "_"));
        }
    }
    let output = system::isolated(&script)?;
    let mut real = Real { leases: Vec::new(), answers: Map::new() };
    for (title, text) in system::sections(&output) {
        if let Some(question) = title.strip_prefix("name ") {
            real.answers.insert(question.to_owned(), answer(question, &text));
        } else {
            let step = STEPS.get(real.leases.len());
            let line = text.lines().next().unwrap_or("nothing").to_owned();
            real.leases.push(if matches!(step, Some(Step::Release(_))) { "released".to_owned() } else { line });
        }
    }
    Ok(real)
}

fn networks(script: &mut String) {
    script.push_str("ip -batch - <<E\nnetns add sw\n");
    for name in FIXED.iter().map(|(name, _)| name).chain(CLIENTS.iter().map(|(name, _)| name)) {
        let _ = writeln!(script, "netns add {name}");
    }
    script.push_str("E\nip -n sw -batch - <<E\n");
    for lan in [0, 2] {
        let _ = writeln!(script, "link add b{lan} type bridge mcast_snooping 0\nlink set b{lan} up");
    }
    let mut plug = |at: usize, name: &str, number: usize, lan: u8| {
        let address = mac(at, number).colons();
        let _ = writeln!(script, "link add v{at}-{number} type veth peer name eth{number} address {address} netns {name}");
        let _ = writeln!(script, "link set v{at}-{number} master b{lan} up");
    };
    for (at, (name, nics)) in FIXED.iter().enumerate() {
        for (number, (lan, _)) in nics.iter().enumerate() {
            plug(at, name, number, *lan);
        }
    }
    for (at, (name, lan)) in CLIENTS.iter().enumerate() {
        plug(FIXED.len() + at, name, 0, *lan);
    }
    script.push_str("E\n");
    for (name, nics) in FIXED {
        let _ = writeln!(script, "ip -n {name} link set lo up\nin_ {name} sh -c 'echo 0 > /proc/sys/net/ipv4/icmp_ratemask'");
        for (number, (lan, host)) in nics.iter().enumerate() {
            let _ = writeln!(
                script,
                "ip -n {name} addr add {}/24 dev eth{number}; ip -n {name} link set eth{number} up",
                ip(*lan, *host)
            );
        }
    }
    for (name, _) in CLIENTS {
        let _ = writeln!(script, "ip -n {name} link set lo up; ip -n {name} link set eth0 up");
    }
    let _ = writeln!(
        script,
        "ip -n server route add 10.0.2.0/24 via {}\nin_ router sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'",
        ip(0, 1)
    );
    script.push_str("in_ silent nft -f - <<E\ntable ip o {\n chain c { type filter hook input priority 0; policy accept;\n  udp dport 53 drop\n }\n}\nE\n");
}

fn daemons(script: &mut String) {
    let (reserved, address) = RESERVED;
    let _ = write!(
        script,
        "in_ server {DAEMON} --pid-file=/run/1.pid --dhcp-leasefile=/run/leases --dhcp-sequential-ip --dhcp-authoritative"
    );
    for (number, (lan, first, last)) in POOLS.into_iter().enumerate() {
        let _ = write!(script, " --dhcp-range=set:p{number},{},{},255.255.255.0,{LEASE_SECONDS}", ip(lan, first), ip(lan, last));
        let _ = write!(script, " --dhcp-option=tag:p{number},option:router,{}", ip(lan, 1));
    }
    let mac = mac(FIXED.len() + reserved, 0).colons();
    let _ = write!(
        script,
        " --dhcp-host={mac},{} --dhcp-option=option:dns-server,{},{}",
        Ipv4Addr::from(address),
        ip(0, 2),
        ip(0, 3)
    );
    let _ = write!(
        script,
        " --domain={DOMAIN} --local=/{DOMAIN}/ --local=/10.in-addr.arpa/ --host-record=www.{DOMAIN},{}",
        ip(0, 80)
    );
    let _ =
        write!(script, " --cname=alias.{DOMAIN},www.{DOMAIN} --mx-host={DOMAIN},mail.{DOMAIN},10 --txt-record={DOMAIN},hello");
    let _ = writeln!(script, " --ptr-record=80.0.0.10.in-addr.arpa,www.{DOMAIN}");
    let _ = writeln!(script, "in_ forwarder {DAEMON} --pid-file=/run/2.pid --server={}", ip(0, 2));
    let _ = writeln!(script, "in_ silent {DAEMON} --pid-file=/run/3.pid");
    let _ = writeln!(script, "in_ router {DAEMON} --pid-file=/run/4.pid --port=0 --dhcp-relay={},{}", ip(2, 1), ip(0, 2));
    // What udhcpc calls when it has a lease: prints it, sets nothing.
    script.push_str("cat >/run/said <<'E'\n#!/bin/sh\n[ \"$1\" != bound ] || echo \"$ip $mask ${router:--} $(echo $dns | tr ' ' ,) $domain $lease $serverid\"\nE\nchmod +x /run/said\n");
}

fn answer(question: &str, text: &str) -> String {
    if text.contains("connection refused") {
        return "unreachable".to_owned();
    }
    let Some(status) = text.split("status: ").nth(1).and_then(|rest| rest.split(',').next()) else { return "silence".to_owned() };
    // dnsmasq hands its upstream's "authoritative" on, but not from its cache; the engine never does (RFC 1035, 4.1.1).
    let authoritative = question.starts_with("server ")
        && text.lines().any(|line| line.starts_with(";; flags:") && line.split([' ', ';']).any(|flag| flag == "aa"));
    let answers = text.lines().skip_while(|line| !line.starts_with(";; ANSWER")).skip(1).take_while(|line| !line.is_empty());
    let mut lines: Vec<String> = answers
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().filter(|word| *word != "IN").collect();
            let undotted = words.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, word)| word.trim_end_matches('.'));
            let line = undotted.collect::<Vec<_>>().join(" ");
            let (name, rest) = line.split_once(' ').unwrap_or((&line, ""));
            format!("{} {rest}", name.to_lowercase())
        })
        .collect();
    lines.sort();
    match status {
        "NOERROR" if lines.is_empty() => "nodata".to_owned(),
        "NOERROR" => format!("records aa={} {}", u8::from(authoritative), lines.join("; ")),
        other => other.to_lowercase(),
    }
}
