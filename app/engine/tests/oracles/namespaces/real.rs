//! The network in namespaces: one per node, and one that holds a bridge per segment.

use std::fmt::Write;

use engine::sorted::Set;

use super::Answers;
use super::plan::{Nic, Node, Plan, Via};
use crate::builder::mac;
use crate::system;

/// How long a program waits for an answer, in seconds, and the kernel between ARP requests, of which it sends three.
#[derive(Clone, Copy)]
pub struct Patience {
    pub seconds: &'static str,
    pub retransmit_ms: u32,
}

pub const QUICK: Patience = Patience { seconds: "0.35", retransmit_ms: 40 };
pub const SLOW: Patience = Patience { seconds: "2.5", retransmit_ms: 200 };

/// Of traces; loops are longer.
pub const HOPS: u8 = 12;

pub fn ask(plan: &Plan, patience: Patience) -> Result<Answers, String> {
    let mut script = String::new();
    build(plan, patience, &mut script);
    questions(plan, patience, &mut script);
    let output = system::isolated(&script)?;
    let mut answers = Answers::default();
    for (name, text) in system::sections(&output) {
        let (kind, number) = name.split_once(' ').ok_or("a part without a number")?;
        let number: usize = number.parse().map_err(|_| format!("part {name}"))?;
        match kind {
            "ping" => answers.pings.push(ping(&text, &plan.nodes[plan.pings[number].0])),
            "trace" => answers.traces.push(trace(&text)),
            "neighbours" => answers.neighbours.push(neighbours(&text)),
            "lookup" => answers.lookups.push(lookup(&text)),
            other => return Err(format!("part {other}")),
        }
    }
    Ok(answers)
}

/// Lines for a string never fail.
macro_rules! line {
    ($to:expr, $($text:tt)*) => { writeln!($to, $($text)*).expect("a string takes every line") };
}

fn build(plan: &Plan, patience: Patience, script: &mut String) {
    line!(script, "ip -batch - <<E\nnetns add sw");
    for node in &plan.nodes {
        line!(script, "netns add {}", node.name);
    }
    line!(script, "E");
    for node in &plan.nodes {
        line!(script, "in_ {} sh -s <<'E'", node.name);
        settings(node, script);
        line!(script, "E");
    }
    line!(script, "ip -n sw -batch - <<E");
    for segment in 0..plan.segments.len() {
        line!(script, "link add b{segment} type bridge mcast_snooping 0\nlink set b{segment} up");
    }
    for (at, node) in plan.nodes.iter().enumerate() {
        for (port, nic) in node.nics.iter().enumerate() {
            let (name, address) = (&node.name, mac(at, port).colons());
            line!(script, "link add {name}-{port} type veth peer name eth{port} address {address} netns {name}");
            line!(script, "link set {name}-{port} master b{} {}", nic.segment, if nic.cabled { "up" } else { "down" });
        }
    }
    line!(script, "E");
    for node in &plan.nodes {
        addresses(node, patience, script);
    }
}

/// ICMP without limits, no redirects, no reverse-path filter, no IPv6 of its own accord.
fn settings(node: &Node, script: &mut String) {
    let bit = |on: bool| u8::from(on);
    line!(script, "cd /proc/sys/net/ipv4");
    line!(script, "echo 0 > icmp_ratemask");
    line!(script, "echo {} > icmp_echo_ignore_all", bit(!node.answers_echo));
    line!(
        script,
        "for c in all default; do echo 0 > conf/$c/rp_filter; echo 0 > conf/$c/send_redirects; \
                   echo 0 > conf/$c/accept_redirects; done"
    );
    line!(script, "echo {} > ip_forward", bit(node.forwarding));
    line!(script, "[ ! -e ../ipv6/conf/default/disable_ipv6 ] || echo 1 > ../ipv6/conf/default/disable_ipv6");
}

fn addresses(node: &Node, patience: Patience, script: &mut String) {
    let name = &node.name;
    line!(script, "ip -n {name} -batch - <<E\nlink set lo up");
    for (port, nic) in node.nics.iter().enumerate() {
        line!(script, "addr add {}/{} dev eth{port}\nlink set eth{port} up", nic.ip, nic.prefix);
    }
    // The kernel refuses gateways that are on none of the links, which a wrong mask or address makes them.
    line!(script, "E\nip -n {name} -force -batch - 2>/dev/null <<E || true");
    for (to, via) in &node.routes {
        match via {
            Via::Gateway(gateway) => line!(script, "route add {to} via {gateway}"),
            Via::Blackhole => line!(script, "route add blackhole {to}"),
            Via::Unreachable => line!(script, "route add unreachable {to}"),
            Via::Prohibit => line!(script, "route add prohibit {to}"),
        }
    }
    line!(script, "E");
    line!(
        script,
        "in_ {name} sh -c 'cd /proc/sys/net/ipv4/neigh; for d in eth*; do echo {} > $d/retrans_time_ms; done'",
        patience.retransmit_ms
    );
    for (port, _) in node.nics.iter().enumerate().filter(|(_, nic)| !nic.up) {
        line!(script, "ip -n {name} link set eth{port} down");
    }
    if let Some(reject) = node.reject {
        // Nobody filters the loopback in practice, and the engine never does.
        let hook = if reject.forward { "forward" } else { "input" };
        line!(
            script,
            "in_ {name} nft -f - <<E\ntable ip oracle {{\n chain c {{ type filter hook {hook} priority 0; policy accept;"
        );
        line!(
            script,
            "  iif lo accept\n  ct state established,related accept\n  ip daddr {} meta l4proto icmp reject",
            reject.to
        );
        line!(script, " }}\n}}\nE");
    }
}

fn questions(plan: &Plan, patience: Patience, script: &mut String) {
    let name = |node: usize| &plan.nodes[node].name;
    let seconds = patience.seconds;
    // One after the other: which station asks first with which address decides what caches learn.
    for (at, (from, to)) in plan.pings.iter().enumerate() {
        line!(script, "in_ {} ping -n -c1 -W {seconds} {to} >/run/o/p{at} 2>&1 || true", name(*from));
    }
    for (at, (from, to)) in plan.traces.iter().enumerate() {
        line!(script, "in_ {} traceroute -n -q1 -N{HOPS} -m{HOPS} -w {seconds} {to} >/run/o/t{at} 2>&1 || true", name(*from));
    }
    for at in 0..plan.pings.len() {
        line!(script, "echo '== ping {at}'; cat /run/o/p{at}");
    }
    for at in 0..plan.traces.len() {
        line!(script, "echo '== trace {at}'; cat /run/o/t{at}");
    }
    for at in 0..plan.nodes.len() {
        line!(script, "echo '== neighbours {at}'; ip -n {} neigh", name(at));
    }
    for (at, (from, to)) in plan.lookups.iter().enumerate() {
        line!(script, "echo '== lookup {at}'; ip -n {} route get {to} 2>&1 || true", name(*from));
    }
}

/// What `ping` of iputils says of one echo request, as `class address [ttl]`.
fn ping(text: &str, sender: &Node) -> String {
    if text.contains("Do you want to ping broadcast") {
        return "own broadcast".to_owned();
    }
    // `connect` fails with these where a route of the sender's own is missing, unreachable, prohibit or blackhole.
    if text.contains("connect:") || text.contains("sendmsg:") {
        return "no route".to_owned();
    }
    let Some(line) = text.lines().find(|line| line.contains("icmp_seq=1")) else { return "silence".to_owned() };
    if let Some(rest) = line.split_once(" bytes from ").map(|(_, rest)| rest) {
        let from = rest.split(':').next().unwrap_or_default();
        let ttl = rest.split("ttl=").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        return format!("reply {from} ttl {ttl}");
    }
    let from = line.strip_prefix("From ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let own = |nic: &Nic| from.parse() == Ok(nic.ip);
    for (words, class) in [
        ("Destination Host Unreachable", "host unreachable"),
        ("Destination Net Unreachable", "net unreachable"),
        ("Packet filtered", "filtered"),
        ("Destination Port Unreachable", "unreachable 3"),
        ("Time to live exceeded", "ttl exceeded"),
    ] {
        if line.contains(words) {
            let class = if class == "host unreachable" && sender.nics.iter().any(own) { "neighbour unreachable" } else { class };
            return format!("{class} {from}");
        }
    }
    format!("? {line}")
}

/// Hops, `*` where nothing came; a mark where the answer was not "time exceeded" or the target's own.
fn trace(text: &str) -> Vec<String> {
    let mut hops = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("traceroute")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.first().is_none_or(|word| word.parse::<u8>().is_err()) {
            continue;
        }
        let mark = words.iter().skip(2).find(|word| word.starts_with('!')).map(|mark| format!(" {mark}")).unwrap_or_default();
        hops.push(format!("{}{mark}", words.get(1).copied().unwrap_or("?")));
    }
    hops
}

/// Interface, address, and Ethernet address or `failed`.
fn neighbours(text: &str) -> Set<String> {
    let entry = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let after = |name: &str| words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1)).copied();
        let failed = matches!(words.last().copied().unwrap_or_default(), "FAILED" | "INCOMPLETE");
        let known = after("lladdr").filter(|_| !failed).unwrap_or("failed");
        Some(format!("{} {} {known}", after("dev")?, words.first()?))
    };
    text.lines().filter_map(entry).collect()
}

/// `via GATEWAY dev DEVICE src SOURCE`, `local`, `broadcast`, or `none`.
fn lookup(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    if line.starts_with("local") || line.starts_with("broadcast") {
        return words[0].to_owned();
    }
    let after = |name: &str| words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1)).copied();
    match (after("dev"), after("src")) {
        (Some(device), Some(source)) => format!("via {} dev {device} src {source}", after("via").unwrap_or("-")),
        _ => "none".to_owned(),
    }
}
