//! Oracle 2: access ports, trunks, native VLANs and pruning in Open vSwitch's userspace switch, against the engine's switches.
//!
//! All hosts of a case are in one subnet, so whether they reach each other is a matter of VLANs alone. Userspace, because the
//! kernels of test machines often lack 802.1Q.

use std::fmt::Write;
use std::net::Ipv4Addr;

use engine::chance::Chance;
use engine::net::{Echo, EchoOutcome, ping, switching};
use engine::sorted::{Map, Set};
use engine::world::port::{SwitchMode, SwitchPort};
use engine::world::{DeviceId, PortRef, VlanId, World};

use crate::builder::{Builder, mac};
use crate::system::{self, Verdict};

const CASES: u64 = 20;
/// Cases that share one switch daemon.
const TOGETHER: u64 = 5;
const VLANS: [u16; 4] = [1, 10, 20, 30];

struct Case {
    /// Each switch but the first hangs on an earlier one.
    parents: Vec<usize>,
    /// Both ends of the link of each switch but the first to its parent: there, here.
    links: Vec<[SwitchMode; 2]>,
    /// The switch and the port's mode.
    hosts: Vec<(usize, SwitchMode)>,
}

/// Which pairs of hosts reach each other, and per switch what it has learned: VLAN, address, port.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    reach: Map<(usize, usize), bool>,
    tables: Vec<Set<(u16, String, u32)>>,
}

pub fn run() -> Verdict {
    let tools = ["unshare", "nsenter", "ip", "ping", "ovs-vswitchd", "ovsdb-server", "ovs-vsctl", "ovs-appctl"];
    if let Some(verdict) = system::lacking(&tools) {
        return verdict;
    }
    let first = system::number("ORACLE_SEED", 1);
    let (mut pairs, mut learned, mut reached, mut wrong) = (0, 0, 0, 0);
    for group in (first..first + CASES).step_by(usize::try_from(TOGETHER).unwrap_or(1)) {
        let cases: Vec<Case> = (group..group + TOGETHER).map(Case::random).collect();
        let real = match real(&cases) {
            Ok(real) => real,
            Err(error) => return Verdict::Differs(format!("seeds from {group} not built: {error}")),
        };
        for (case, (seed, real)) in cases.iter().zip((group..).zip(real)) {
            let model = model(case);
            pairs += real.reach.len();
            reached += real.reach.values().filter(|reached| **reached).count();
            learned += real.tables.iter().map(Set::len).sum::<usize>();
            wrong += differences(seed, case, &model, &real);
        }
    }
    let summary = format!(
        "{CASES} switched networks, {reached} of {pairs} pairs reach each other, {learned} learned addresses, {wrong} differences"
    );
    if wrong == 0 && reached > 0 && reached < pairs { Verdict::Agrees(summary) } else { Verdict::Differs(summary) }
}

fn differences(seed: u64, case: &Case, model: &Seen, real: &Seen) -> usize {
    let mut found = Vec::new();
    for (pair, real) in &real.reach {
        let model = model.reach.get(pair);
        if model != Some(real) {
            found.push(format!("h{} → h{}: model {model:?}, Open vSwitch {real}", pair.0, pair.1));
        }
    }
    for (switch, (model, real)) in model.tables.iter().zip(&real.tables).enumerate() {
        if model != real {
            let (more, less): (Vec<_>, Vec<_>) = (model.difference(real).collect(), real.difference(model).collect());
            found.push(format!("table of s{switch}: only the model {more:?}, only Open vSwitch {less:?}"));
        }
    }
    if !found.is_empty() {
        println!("seed {seed}: parents {:?}, links {:?}, hosts {:?}", case.parents, case.links, case.hosts);
        for line in &found {
            println!("    {line}");
        }
    }
    found.len()
}

impl Case {
    fn random(seed: u64) -> Self {
        let mut chance = Chance::new(seed, "oracle switching");
        let switches = chance.between(2, 4) as usize;
        let parents = (0..switches).map(|at| chance.below(u32::try_from(at).unwrap_or(0)) as usize).collect();
        let links = (1..switches).map(|_| link(&mut chance)).collect();
        let hosts = (0..chance.between(4, 7))
            .map(|_| (chance.below(u32::try_from(switches).unwrap_or(1)) as usize, access(&mut chance)))
            .collect();
        Self { parents, links, hosts }
    }

    /// The ports of one switch in order: to its parent, to its children, to its hosts; each with its mode and its name.
    fn ports(&self, switch: usize) -> Vec<(String, &SwitchMode)> {
        let mut ports = Vec::new();
        if switch > 0 {
            ports.push((format!("up{switch}"), &self.links[switch - 1][1]));
        }
        for child in (1..self.parents.len()).filter(|child| self.parents[*child] == switch) {
            ports.push((format!("down{child}"), &self.links[child - 1][0]));
        }
        for (host, (_, mode)) in self.hosts.iter().enumerate().filter(|(_, (at, _))| *at == switch) {
            ports.push((format!("host{host}"), mode));
        }
        ports
    }
}

fn access(chance: &mut Chance) -> SwitchMode {
    SwitchMode::Access(VlanId(*chance.pick(&VLANS).unwrap_or(&1)))
}

/// Mostly two equal trunks; sometimes pruned at one end, of different native VLANs, or access ports.
fn link(chance: &mut Chance) -> [SwitchMode; 2] {
    let vlan = |chance: &mut Chance| VlanId(*chance.pick(&VLANS).unwrap_or(&1));
    let kind = chance.below(8);
    if kind == 0 {
        return [access(chance), access(chance)];
    }
    let natives = if kind == 1 { [vlan(chance), vlan(chance)] } else { [VlanId(1); 2] };
    let natives = if kind == 2 { [vlan(chance); 2] } else { natives };
    natives.map(|native| {
        let pruned = chance.below(3) == 0;
        // Open vSwitch always lets a port's native VLAN through, so both do here.
        let allowed = pruned.then(|| Set::from([native, vlan(chance), vlan(chance)]));
        SwitchMode::Trunk { native, allowed }
    })
}

fn ip(host: usize) -> Ipv4Addr {
    Ipv4Addr::new(10, 0, 0, 10 + u8::try_from(host).unwrap_or(0))
}

fn pairs(case: &Case) -> impl Iterator<Item = (usize, usize)> {
    let hosts = case.hosts.len();
    (0..hosts).flat_map(move |from| (0..hosts).filter(move |to| *to != from).map(move |to| (from, to)))
}

fn model(case: &Case) -> Seen {
    let mut builder = Builder::new();
    let hosts: Vec<PortRef> = (0..case.hosts.len())
        .map(|host| {
            let device = builder.linux(&format!("h{host}"), false);
            let port = builder.port(device, "eth0", mac(host, 0));
            builder.interface(port, Some((ip(host), 24)));
            port
        })
        .collect();
    let mut named: Map<(usize, String), PortRef> = Map::new();
    let mut switches = Vec::new();
    for switch in 0..case.parents.len() {
        let device = builder.managed_switch(&format!("s{switch}"));
        switches.push(device);
        vlans(&mut builder.world, device);
        for (number, (name, mode)) in case.ports(switch).into_iter().enumerate() {
            let port = builder.port(device, &name, mac(100 + switch, number));
            set_mode(&mut builder.world, port, mode);
            named.insert((switch, name), port);
        }
    }
    for (host, (switch, _)) in case.hosts.iter().enumerate() {
        builder.cable(hosts[host], named.get(&(*switch, format!("host{host}"))).copied());
    }
    for child in 1..case.parents.len() {
        let here = named[&(child, format!("up{child}"))];
        builder.cable(here, named.get(&(case.parents[child], format!("down{child}"))).copied());
    }
    let mut world = builder.world;
    let mut seen = Seen::default();
    for (from, to) in pairs(case) {
        let outcome = ping(&mut world, hosts[from].device, ip(to), Echo::default());
        seen.reach.insert((from, to), matches!(outcome, EchoOutcome::Reply { .. }));
    }
    seen.tables = switches.into_iter().map(|switch| table(&world, switch)).collect();
    seen
}

fn vlans(world: &mut World, switch: DeviceId) {
    if let Some(switching) = &mut world.device_mut(switch).switching {
        switching.vlans = VLANS.into_iter().map(|vlan| (VlanId(vlan), format!("VLAN{vlan:04}"))).collect();
    }
}

fn set_mode(world: &mut World, port: PortRef, mode: &SwitchMode) {
    let port = &mut world.device_mut(port.device).ports[usize::from(port.port.0)];
    if let Some(SwitchPort { mode: old, .. }) = &mut port.switching {
        *old = mode.clone();
    }
}

fn table(world: &World, switch: DeviceId) -> Set<(u16, String, u32)> {
    let learned = switching::mac_table(world, switch).into_iter();
    learned.map(|(vlan, mac, port)| (vlan.0, mac.colons(), u32::from(port.0) + 1)).collect()
}

/// The daemons on a socket of their own in the script's own `/run`.
const START: &str = "mkdir -p /run/openvswitch /run/ovs
ovsdb-tool create /run/ovs/conf.db /usr/share/openvswitch/vswitch.ovsschema
ovsdb-server --remote=punix:/run/openvswitch/db.sock --pidfile --detach --no-chdir --log-file=/run/ovs/db.log /run/ovs/conf.db 2>/dev/null
ovs-vsctl --no-wait init
ovs-vswitchd --pidfile --detach --no-chdir --log-file=/run/ovs/vswitchd.log 2>/dev/null
";

/// All cases beside each other in one daemon, then every ping, then what was learned.
fn real(cases: &[Case]) -> Result<Vec<Seen>, String> {
    /// Programs at a time: the switch has one thread for all.
    const AT_ONCE: usize = 40;
    let mut script = START.to_owned();
    for (number, case) in cases.iter().enumerate() {
        build(number, case, &mut script);
    }
    // Ports settle within a second of their making.
    script.push_str("sleep 1.5\n");
    let mut asked = 0;
    for (number, case) in cases.iter().enumerate() {
        for (from, to) in pairs(case) {
            let file = format!("/run/o/{number}-{from}-{to}");
            let _ = writeln!(
                script,
                "{{ in_ c{number}h{from} ping -n -c1 -W 1 {} >/dev/null 2>&1 && echo yes || echo no; }} >{file} &",
                ip(to)
            );
            asked += 1;
            if asked % AT_ONCE == 0 {
                script.push_str("wait\n");
            }
        }
    }
    script.push_str("wait\n");
    for (number, case) in cases.iter().enumerate() {
        let _ = writeln!(script, "echo '== reach {number}'");
        for (from, to) in pairs(case) {
            let _ = writeln!(script, "echo {from} {to} $(cat /run/o/{number}-{from}-{to})");
        }
        for switch in 0..case.parents.len() {
            let _ = writeln!(script, "echo '== table {number}'\novs-appctl fdb/show c{number}s{switch}");
        }
    }
    let output = system::isolated(&script)?;
    let mut seen: Vec<Seen> = cases.iter().map(|_| Seen::default()).collect();
    for (name, text) in system::sections(&output) {
        let (kind, number) = name.split_once(' ').ok_or("a part without a number")?;
        let seen = number.parse().ok().and_then(|number: usize| seen.get_mut(number)).ok_or("a part of no case")?;
        let rows = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        if kind == "reach" {
            seen.reach = rows
                .filter_map(|row| Some(((row.first()?.parse().ok()?, row.get(1)?.parse().ok()?), row.get(2)? == &"yes")))
                .collect();
        } else {
            // "port  VLAN  MAC  Age"; Open vSwitch calls untagged VLAN 0.
            let entry = |row: Vec<&str>| Some((row.get(1)?.parse().ok()?, (*row.get(2)?).to_owned(), row.first()?.parse().ok()?));
            seen.tables.push(rows.filter_map(entry).collect());
        }
    }
    Ok(seen)
}

fn build(number: usize, case: &Case, script: &mut String) {
    script.push_str("ip -batch - <<E\n");
    for host in 0..case.hosts.len() {
        let _ = writeln!(script, "netns add c{number}h{host}");
        let _ = writeln!(
            script,
            "link add c{number}host{host} type veth peer name eth0 address {} netns c{number}h{host}",
            mac(host, 0).colons()
        );
        let _ = writeln!(script, "link set c{number}host{host} up");
    }
    script.push_str("E\n");
    for host in 0..case.hosts.len() {
        let name = format!("c{number}h{host}");
        let _ = writeln!(
            script,
            "in_ {name} sh -c '[ ! -e /proc/sys/net/ipv6 ] || echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'"
        );
        // The userspace switch does not fill in checksums that the kernel left to hardware; ICMP and ARP need none.
        let _ = writeln!(script, "ip -n {name} addr add {}/24 dev eth0\nip -n {name} link set eth0 up", ip(host));
    }
    for switch in 0..case.parents.len() {
        let bridge = format!("c{number}s{switch}");
        let _ = write!(script, "ovs-vsctl add-br {bridge} -- set bridge {bridge} datapath_type=netdev");
        for (at, (port, mode)) in case.ports(switch).into_iter().enumerate() {
            let name = format!("c{number}{port}");
            let _ = write!(
                script,
                " -- add-port {bridge} {name} {} -- set interface {name} ofport_request={}",
                options(mode),
                at + 1
            );
            let peer = port
                .strip_prefix("up")
                .map(|rest| format!("down{rest}"))
                .or_else(|| port.strip_prefix("down").map(|rest| format!("up{rest}")));
            if let Some(peer) = peer {
                let _ = write!(script, " type=patch options:peer=c{number}{peer}");
            }
        }
        script.push('\n');
    }
}

fn options(mode: &SwitchMode) -> String {
    match mode {
        SwitchMode::Access(vlan) => format!("tag={}", vlan.0),
        SwitchMode::Trunk { native, allowed } => {
            let trunks = allowed.iter().flatten().map(|vlan| vlan.0.to_string()).collect::<Vec<_>>().join(",");
            let trunks = if trunks.is_empty() { String::new() } else { format!(" trunks={trunks}") };
            format!("tag={} vlan_mode=native-untagged{trunks}", native.0)
        }
    }
}
