//! `show ip route`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::net::route;
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::shell::ios::names;
use crate::sorted::{self, Map};
use crate::world::interface::Hop;
use crate::world::{DeviceId, World};

const CODES: &str = "Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area 
       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2
       E1 - OSPF external type 1, E2 - OSPF external type 2
       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2
       ia - IS-IS inter area, * - candidate default, U - per-user static route
       o - ODR, P - periodic downloaded static route, H - NHRP, l - LISP
       a - application route
       + - replicated route, % - next hop override

";

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    code: char,
    net: Ipv4Net,
    rest: String,
}

pub fn table(call: &mut Call) -> Output {
    print(call, |_| true)
}

pub fn statics(call: &mut Call) -> Output {
    print(call, |line| line.code == 'S')
}

pub fn connected(call: &mut Call) -> Output {
    print(call, |line| line.code != 'S')
}

/// The default gateway of a device that does not route.
fn default_gateway(world: &World, device: DeviceId) -> Option<Ipv4Addr> {
    world.device(device).stack.interfaces.iter().find_map(|interface| interface.manual_gateway)
}

fn print(call: &mut Call, wanted: impl Fn(&Line) -> bool) -> Output {
    let (world, device) = (&*call.world, call.device);
    if !world.device(device).stack.forwarding {
        let gateway = default_gateway(world, device).map_or_else(|| "not set".to_owned(), |gateway| gateway.to_string());
        return Output::ok(format!(
            "Default gateway is {gateway}\n\nHost               Gateway           Last Use    Total Uses  Interface\nICMP redirect \
             cache is empty\n"
        ));
    }
    let lines: Vec<Line> = lines(world, device).into_iter().filter(wanted).collect();
    let default = lines.iter().find(|line| line.net.prefix_len() == 0);
    let gateway = default.and_then(|line| line.rest.split("via ").nth(1));
    let mut text = CODES.to_owned();
    match gateway {
        Some(gateway) => _ = write!(text, "Gateway of last resort is {gateway} to network 0.0.0.0\n\n"),
        None => text.push_str("Gateway of last resort is not set\n\n"),
    }
    if let Some(line) = default {
        _ = writeln!(text, "S*    0.0.0.0/0 {}", line.rest);
    }
    let mut majors: Map<Ipv4Net, Vec<&Line>> = Map::new();
    for line in lines.iter().filter(|line| line.net.prefix_len() > 0) {
        majors.entry(major(line.net)).or_default().push(line);
    }
    for (major, mut group) in majors {
        sorted::by_key(&mut group, |line| (line.net.network(), line.net.prefix_len()));
        text.push_str(&network(major, &group));
    }
    Output::ok(text)
}

/// The class A, B or C network that IOS groups by (RFC 791, section 3.2).
fn major(net: Ipv4Net) -> Ipv4Net {
    let first = net.network().octets()[0];
    let length = match first {
        0..=127 => 8,
        128..=191 => 16,
        192..=223 => 24,
        _ => 32,
    };
    Ipv4Net::new(net.network(), length.min(net.prefix_len())).unwrap_or(net).trunc()
}

fn network(major: Ipv4Net, group: &[&Line]) -> String {
    let mut text = String::new();
    let whole = group.iter().all(|line| line.net == major);
    let mut lengths: Vec<u8> = group.iter().map(|line| line.net.prefix_len()).collect();
    sorted::sort(&mut lengths);
    lengths.dedup();
    let mut nets: Vec<_> = group.iter().map(|line| line.net).collect();
    nets.dedup();
    if !whole {
        match lengths.as_slice() {
            [one] => _ = writeln!(text, "      {}/{one} is subnetted, {} subnets", major.network(), nets.len()),
            many => {
                _ = writeln!(text, "      {major} is variably subnetted, {} subnets, {} masks", nets.len(), many.len());
            }
        }
    }
    for line in group {
        // Indented one level deeper below a heading.
        let gap = if whole { "     " } else { "        " };
        _ = writeln!(text, "{}{gap}{} {}", line.code, line.net, line.rest);
    }
    text
}

fn lines(world: &World, device: DeviceId) -> Vec<Line> {
    let stack = &world.device(device).stack;
    let mut found = Vec::new();
    for (net, index) in route::connected(world, device) {
        let Some(interface) = stack.interfaces.get(usize::from(index.0)) else { continue };
        let rest = format!("is directly connected, {}", names::long(&interface.name));
        if net.prefix_len() < 32 {
            found.push(Line { code: 'C', net, rest: rest.clone() });
        }
        let own = interface.addresses.iter().find(|own| own.network() == net).and_then(|own| Ipv4Net::new(own.ip, 32).ok());
        if let Some(own) = own {
            let code = if net.prefix_len() < 32 { 'L' } else { 'C' };
            found.push(Line { code, net: own, rest });
        }
    }
    for written in &stack.routes {
        let rest = match written.via {
            // A static route is in the table only while its gateway can be reached.
            Hop::Gateway(gateway) if route::lookup(world, device, gateway).is_some() => {
                format!("[{}/0] via {gateway}", written.metric.max(1))
            }
            Hop::Interface(index) => match stack.interfaces.get(usize::from(index.0)) {
                Some(interface) if route::usable(world, device, index) => {
                    format!("is directly connected, {}", names::long(&interface.name))
                }
                _ => continue,
            },
            Hop::Blackhole => "is directly connected, Null0".to_owned(),
            Hop::Gateway(_) | Hop::Unreachable | Hop::Prohibit => continue,
        };
        found.push(Line { code: 'S', net: written.to, rest });
    }
    found
}

pub fn towards(call: &mut Call) -> Output {
    let to = call.ip(0);
    let lines = lines(call.world, call.device);
    let best = lines.iter().filter(|line| line.net.contains(&to)).max_by_key(|line| line.net.prefix_len());
    let Some(best) = best.filter(|line| line.net.prefix_len() > 0 || to.is_unspecified()) else {
        return Output::ok(if lines.iter().any(|line| major(line.net).contains(&to) && line.net.prefix_len() > 0) {
            "% Subnet not in table\n"
        } else {
            "% Network not in table\n"
        });
    };
    let known = match best.code {
        'S' => "static",
        _ => "connected",
    };
    let distance = u32::from(best.code == 'S');
    let hop = best
        .rest
        .split("via ")
        .nth(1)
        .map_or_else(|| best.rest.replacen("is directly connected, ", "directly connected, via ", 1), str::to_owned);
    Output::ok(format!(
        "Routing entry for {}\n  Known via \"{known}\", distance {distance}, metric 0\n  Routing Descriptor Blocks:\n  * {hop}\n      \
         Route metric is 0, traffic share count is 1\n",
        best.net
    ))
}
