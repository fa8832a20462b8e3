//! Oracle 4: TCP and UDP through random nftables rules and address translation, against the engine's filters.
//!
//! Two networks of clients, a router with rules, a server with rules of its own; and beside them an "outside" that has no route
//! back, so that only translation lets answers through.

use std::fmt::Write;
use std::net::Ipv4Addr;

use engine::chance::Chance;
use engine::net::{Connection, connect, udp};
use engine::sorted::{Map, Set};
use engine::world::interface::{Direction, Hop, Listener, Nat, PortForward, Protocol, Route, Rule, Verdict as Decision};
use engine::world::{DeviceId, World};
use ipnet::Ipv4Net;

use crate::builder::{Builder, mac};
use crate::system::{self, Verdict};

/// Name, interfaces as LAN and address, default gateway.
type Node = (&'static str, &'static [(usize, [u8; 4])], Option<[u8; 4]>);

/// Two clients, the router, the server, a host outside.
const NODES: [Node; 5] = [
    ("a", &[(0, [10, 0, 0, 10])], Some([10, 0, 0, 1])),
    ("b", &[(1, [10, 0, 1, 10])], Some([10, 0, 1, 1])),
    ("r", &[(0, [10, 0, 0, 1]), (1, [10, 0, 1, 1]), (2, [10, 0, 2, 1]), (3, [203, 0, 113, 1])], None),
    ("s", &[(2, [10, 0, 2, 10])], Some([10, 0, 2, 1])),
    ("x", &[(3, [203, 0, 113, 10])], None),
];
const ROUTER: usize = 2;
const SERVER: usize = 3;
const OUTSIDE: usize = 4;
/// What listens on the server and outside: of both protocols.
const OPEN: [u16; 3] = [80, 443, 5000];
const PORTS: [u16; 5] = [22, 80, 443, 5000, 8080];
const CASES: u64 = 24;
/// Rule lists at a time.
const WORKERS: usize = 3;

struct Case {
    router: Vec<Match>,
    server: Vec<Match>,
    masquerade: bool,
    forward: Option<(u16, u16)>,
    tries: Vec<Try>,
}

#[derive(Clone, Copy)]
struct Match {
    protocol: Option<Protocol>,
    from: Option<Ipv4Net>,
    ports: Option<(u16, u16)>,
    decision: Decision,
}

struct Try {
    from: usize,
    to: Ipv4Addr,
    port: u16,
    protocol: Protocol,
}

pub fn run() -> Verdict {
    if let Some(verdict) = system::lacking(&["unshare", "nsenter", "ip", "nft", "python3"]) {
        return verdict;
    }
    let first = system::number("ORACLE_SEED", 1);
    let mut counts: Map<String, u64> = Map::new();
    let mut wrong = 0;
    let answers = std::thread::scope(|scope| {
        let ask = |worker: u64| {
            (first + worker..first + CASES).step_by(WORKERS).map(|seed| (seed, real(&Case::random(seed)))).collect()
        };
        let workers: Vec<_> = (0..WORKERS as u64).map(|worker| scope.spawn(move || -> Vec<_> { ask(worker) })).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect::<Vec<_>>()
    });
    let asked = answers.len();
    for (seed, real) in answers {
        let case = Case::random(seed);
        match real {
            Err(error) => {
                println!("seed {seed}: not built: {error}");
                wrong += 1;
            }
            Ok(real) => wrong += compare(seed, &case, &real, &mut counts),
        }
    }
    println!("real outcomes: {counts:?}");
    let summary = format!("{asked} rule lists, {} connections, {wrong} differences", counts.values().sum::<u64>());
    if wrong == 0 && !counts.is_empty() { Verdict::Agrees(summary) } else { Verdict::Differs(summary) }
}

fn compare(seed: u64, case: &Case, real: &[String], counts: &mut Map<String, u64>) -> u64 {
    let mut world = case.world();
    let mut wrong = 0;
    if real.len() != case.tries.len() {
        println!("seed {seed}: {} answers to {} tries", real.len(), case.tries.len());
        return 1;
    }
    for (one, real) in case.tries.iter().zip(real) {
        let from = DeviceId::from_index(one.from);
        let model = words(match one.protocol {
            Protocol::Tcp => connect(&mut world, from, one.to, one.port),
            Protocol::Udp | Protocol::Icmp => udp(&mut world, from, one.to, one.port),
        });
        *counts.entry(format!("{:?} {real}", one.protocol)).or_default() += 1;
        if model != *real {
            println!(
                "seed {seed}: {} → {}:{} {:?}: model {model}, nftables {real}",
                NODES[one.from].0, one.to, one.port, one.protocol
            );
            wrong += 1;
        }
    }
    if wrong > 0 {
        println!("{}", case.nft(ROUTER) + &case.nft(SERVER));
    }
    wrong
}

fn words(outcome: Connection) -> &'static str {
    match outcome {
        Connection::Connected { .. } => "connected",
        // A datagram to a closed port comes back as "port unreachable", which sockets report as refused.
        Connection::Refused | Connection::Unreachable { code: 3, .. } => "refused",
        Connection::TimedOut => "timed out",
        // Linux' table of ICMP errors gives ENETUNREACH for codes 0, 6, 9 and 11 and EHOSTUNREACH for the rest.
        Connection::Unreachable { code: 0, .. } | Connection::NoRoute => "network unreachable",
        Connection::Unreachable { .. } => "host unreachable",
    }
}

impl Case {
    fn random(seed: u64) -> Self {
        let mut chance = Chance::new(seed, "oracle filtering");
        let rules = |chance: &mut Chance, most: u32| (0..chance.between(0, most)).map(|_| Match::random(chance)).collect();
        let router = rules(&mut chance, 7);
        let server = rules(&mut chance, 3);
        let masquerade = chance.below(3) > 0;
        let forward = (chance.below(2) == 0).then(|| (8080, *chance.pick(&PORTS).unwrap_or(&80)));
        let mut tries = Vec::new();
        for from in [0, 1, OUTSIDE] {
            for protocol in [Protocol::Tcp, Protocol::Udp] {
                for port in PORTS {
                    let (inside, outside) = (Ipv4Addr::new(10, 0, 2, 10), Ipv4Addr::new(203, 0, 113, 10));
                    let (to, port) = match (from, chance.below(8)) {
                        (OUTSIDE, 0..6) => (Ipv4Addr::new(203, 0, 113, 1), port),
                        (OUTSIDE, _) | (_, 0..5) => (inside, port),
                        (_, 5) => (Ipv4Addr::new(10, 0, 2, 77), port),
                        (_, 6) => (Ipv4Addr::new(198, 51, 100, 7), port),
                        _ => (outside, port),
                    };
                    tries.push(Try { from, to, port, protocol });
                }
            }
        }
        Self { router, server, masquerade, forward, tries }
    }

    /// The rules in nft's language. What the router itself sends and gets is not filtered.
    fn nft(&self, node: usize) -> String {
        let (rules, hook) = if node == ROUTER { (&self.router, "forward") } else { (&self.server, "input") };
        let mut text = format!("table ip oracle {{\n chain c {{\n  type filter hook {hook} priority 0; policy accept;\n");
        text.push_str("  ct state established,related accept\n");
        for rule in rules {
            rule.nft(&mut text);
        }
        text.push_str(" }\n");
        if node == ROUTER
            && let Some((outside, inside)) = self.forward
        {
            text.push_str(" chain d {\n  type nat hook prerouting priority -100;\n");
            let _ = writeln!(text, "  iifname eth3 tcp dport {outside} dnat to 10.0.2.10:{inside}\n }}");
        }
        if node == ROUTER && self.masquerade {
            text.push_str(
                " chain m {\n  type nat hook postrouting priority 100;\n  oifname eth3 ip saddr 10.0.0.0/16 masquerade\n }\n",
            );
        }
        text + "}\n"
    }

    fn world(&self) -> World {
        let mut builder = Builder::new();
        for (name, _, gateway) in NODES {
            let id = builder.linux(name, name == "r");
            if let Some(gateway) = gateway {
                let route = Route { to: Ipv4Net::default(), via: Hop::Gateway(gateway.into()), metric: 0, persistent: true };
                builder.world.device_mut(id).stack.routes.push(route);
            }
        }
        let lans: Vec<DeviceId> = (0..4).map(|lan| builder.switch(&format!("sw{lan}"))).collect();
        for (at, (_, nics, _)) in NODES.into_iter().enumerate() {
            for (number, (lan, ip)) in nics.iter().enumerate() {
                let port = builder.port(DeviceId::from_index(at), &format!("eth{number}"), mac(at, number));
                builder.interface(port, Some(((*ip).into(), 24)));
                let there = builder.port(lans[*lan], &format!("p{at}"), mac(200, at * 8 + number));
                builder.cable(port, Some(there));
            }
        }
        let listener = |protocol, port| Listener { protocol, bound: Ipv4Addr::UNSPECIFIED, port, owner: String::new() };
        for node in [SERVER, OUTSIDE] {
            let both = OPEN.iter().flat_map(|port| [listener(Protocol::Tcp, *port), listener(Protocol::Udp, *port)]);
            builder.world.devices[node].stack.listeners = both.collect();
        }
        let rules = |rules: &[Match], direction| rules.iter().map(|rule| rule.rule(direction)).collect();
        builder.world.devices[ROUTER].stack.filter.rules = rules(&self.router, Direction::Forward);
        builder.world.devices[SERVER].stack.filter.rules = rules(&self.server, Direction::In);
        builder.world.devices[ROUTER].stack.nat = self.nat().into();
        builder.world
    }

    fn nat(&self) -> Nat {
        let forwards = self.forward.map(|(outside_port, to_port)| PortForward {
            protocol: Protocol::Tcp,
            outside_port,
            to: Ipv4Addr::new(10, 0, 2, 10),
            to_port,
        });
        Nat {
            inside: if self.masquerade {
                vec![Ipv4Net::new(Ipv4Addr::new(10, 0, 0, 0), 16).expect("a prefix")]
            } else {
                Vec::new()
            },
            outside: Some(engine::world::InterfaceIndex(3)),
            forwards: forwards.into_iter().collect(),
            ..Nat::default()
        }
    }
}

impl Match {
    fn random(chance: &mut Chance) -> Self {
        let protocols = [None, Some(Protocol::Tcp), Some(Protocol::Tcp), Some(Protocol::Udp), Some(Protocol::Icmp)];
        let protocol = chance.pick(&protocols).copied().flatten();
        let nets = [[10, 0, 0, 0], [10, 0, 1, 0], [203, 0, 113, 0]];
        let from = (chance.below(2) == 0).then(|| {
            let net = *chance.pick(&nets).unwrap_or(&nets[0]);
            Ipv4Net::new(net.into(), 24).expect("a prefix")
        });
        let first = *chance.pick(&PORTS).unwrap_or(&80);
        let ranges = [Some((first, first)), Some((first, first)), Some((80, 443)), None];
        let ports =
            if matches!(protocol, Some(Protocol::Tcp | Protocol::Udp)) { *chance.pick(&ranges).unwrap_or(&None) } else { None };
        let decisions = [Decision::Accept, Decision::Drop, Decision::Reject];
        Self { protocol, from, ports, decision: *chance.pick(&decisions).unwrap_or(&Decision::Accept) }
    }

    fn nft(self, text: &mut String) {
        let mut matches = String::new();
        if let Some(from) = self.from {
            let _ = write!(matches, "ip saddr {from} ");
        }
        let name = self.protocol.map(|protocol| match protocol {
            Protocol::Icmp => "icmp",
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
        });
        match (name, self.ports) {
            (Some(name), Some((first, last))) => {
                let _ = write!(matches, "{name} dport {first}-{last} ");
            }
            (Some(name), None) => {
                let _ = write!(matches, "meta l4proto {name} ");
            }
            (None, _) => {}
        }
        let _ = match self.decision {
            Decision::Accept => writeln!(text, "  {matches}accept"),
            Decision::Drop => writeln!(text, "  {matches}drop"),
            Decision::Reject if name == Some("tcp") => writeln!(text, "  {matches}reject with tcp reset"),
            // Whatever the protocol: TCP is answered by a reset, the rest by "port unreachable", as the engine's rule does.
            Decision::Reject if name.is_none() => {
                writeln!(text, "  {matches}meta l4proto tcp reject with tcp reset\n  {matches}reject")
            }
            Decision::Reject => writeln!(text, "  {matches}reject"),
        };
    }

    fn rule(self, direction: Direction) -> Rule {
        Rule {
            name: "oracle".to_owned(),
            enabled: true,
            verdict: self.decision,
            direction,
            protocol: self.protocol,
            from: self.from,
            to: None,
            ports: self.ports,
            profiles: Set::new(),
            hits: 0,
        }
    }
}

/// Opens every connection at once from the namespace it stands in, and prints one outcome a line.
const CLIENT: &str = r#"
import errno, socket, sys, threading
SECONDS = 1.5
def one(at, protocol, host, port):
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    s = socket.socket(socket.AF_INET, kind)
    s.settimeout(SECONDS)
    # IP_RECVERR: without it Linux keeps "net unreachable" and "host unreachable" from UDP sockets.
    if protocol == "udp": s.setsockopt(socket.IPPROTO_IP, 11, 1)
    try:
        s.connect((host, int(port)))
        if protocol == "udp":
            s.send(b"?")
            s.recv(9)
        said = "connected"
    except socket.timeout:
        said = "timed out"
    except ConnectionRefusedError:
        said = "refused"
    except OSError as error:
        said = {errno.EHOSTUNREACH: "host unreachable", errno.ENETUNREACH: "network unreachable"}.get(error.errno, str(error))
    results[at] = said
tries = [line.split() for line in sys.stdin]
results = [None] * len(tries)
threads = [threading.Thread(target=one, args=(at, *words)) for at, words in enumerate(tries)]
for t in threads: t.start()
for t in threads: t.join()
print("\n".join(results))
"#;

/// Accepts and answers on every port of both protocols.
const LISTENER: &str = r#"
import selectors, socket, sys
waiting = selectors.DefaultSelector()
for port in map(int, sys.argv[1:]):
    tcp, udp = socket.create_server(("", port)), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("", port))
    waiting.register(tcp, selectors.EVENT_READ, True)
    waiting.register(udp, selectors.EVENT_READ, False)
open(sys.stdin.read().strip(), "w").close()
while True:
    for key, _ in waiting.select():
        if key.data: key.fileobj.accept()[0].close()
        else: key.fileobj.sendto(b"!", key.fileobj.recvfrom(9)[1])
"#;

fn real(case: &Case) -> Result<Vec<String>, String> {
    let mut script = format!("cat >/run/client.py <<'E'\n{CLIENT}E\ncat >/run/listener.py <<'E'\n{LISTENER}E\n");
    namespaces(&mut script);
    for node in [ROUTER, SERVER] {
        let _ = writeln!(script, "in_ {} nft -f - <<'E'\n{}E", NODES[node].0, case.nft(node));
    }
    let open = OPEN.map(|port| port.to_string()).join(" ");
    for node in [SERVER, OUTSIDE] {
        let name = NODES[node].0;
        let _ = writeln!(script, "echo /run/ready-{name} | in_ {name} python3 /run/listener.py {open} &");
    }
    script.push_str("n=0; until [ -e /run/ready-s ] && [ -e /run/ready-x ]; do n=$((n+1)); [ $n -lt 200 ]; sleep 0.05; done\n");
    for from in [0, 1, OUTSIDE] {
        let name = NODES[from].0;
        let _ = writeln!(script, "in_ {name} python3 /run/client.py >/run/o/{name} <<'E' &");
        for one in case.tries.iter().filter(|one| one.from == from) {
            let protocol = if one.protocol == Protocol::Tcp { "tcp" } else { "udp" };
            let _ = writeln!(script, "{protocol} {} {}", one.to, one.port);
        }
        script.push_str("E\nclients=\"${clients:-} $!\"\n");
    }
    script.push_str("wait $clients\ncat /run/o/a /run/o/b /run/o/x\n");
    let output = system::isolated(&script)?;
    Ok(output.lines().map(str::to_owned).collect())
}

fn namespaces(script: &mut String) {
    script.push_str("ip -batch - <<E\nnetns add sw\n");
    for (name, ..) in NODES {
        let _ = writeln!(script, "netns add {name}");
    }
    script.push_str("E\nip -n sw -batch - <<E\n");
    for lan in 0..4 {
        let _ = writeln!(script, "link add b{lan} type bridge mcast_snooping 0\nlink set b{lan} up");
    }
    for (name, nics, _) in NODES {
        for (number, (lan, _)) in nics.iter().enumerate() {
            let _ = writeln!(script, "link add {name}-{number} type veth peer name eth{number} netns {name}");
            let _ = writeln!(script, "link set {name}-{number} master b{lan} up");
        }
    }
    script.push_str("E\n");
    for (name, nics, gateway) in NODES {
        let _ = writeln!(script, "ip -n {name} -batch - <<E\nlink set lo up");
        for (number, (_, ip)) in nics.iter().enumerate() {
            let _ = writeln!(script, "addr add {}/24 dev eth{number}\nlink set eth{number} up", Ipv4Addr::from(*ip));
        }
        if let Some(gateway) = gateway {
            let _ = writeln!(script, "route add default via {}", Ipv4Addr::from(gateway));
        }
        let _ = writeln!(
            script,
            "E\nin_ {name} sh -s <<'E'\ncd /proc/sys/net/ipv4; echo 0 > icmp_ratemask; echo {} > ip_forward",
            u8::from(name == "r")
        );
        script.push_str("for d in neigh/eth*; do echo 80 > $d/retrans_time_ms; done\nE\n");
    }
}
