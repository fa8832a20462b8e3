//! What the device does for others: leases, translations, access lists, DHCP snooping.

use std::fmt::Write;
use std::net::Ipv4Addr;

use crate::shell::Output;
use crate::shell::ios::access_list;
use crate::shell::ios::call::Call;
use crate::shell::ios::configure;
use crate::shell::ios::names;
use crate::time::MONTHS;
use crate::world::interface::Protocol;
use crate::world::mac::Mac;

/// Hardware type 01 before the address, in groups of four digits: `0100.1a2b.3c4d.5e`.
fn client_id(mac: Mac) -> String {
    let digits: String = std::iter::once(1).chain(mac.0).map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(".")
}

pub fn binding(call: &mut Call) -> Output {
    let mut text = "Bindings from all pools not associated with VRF:\nIP address          Client-ID/              Lease expiration        Type\n                    Hardware address/\n                    User name\n".to_owned();
    let Some(dhcp) = &call.found().roles.dhcp else { return Output::ok(text) };
    for scope in &dhcp.scopes {
        for (mac, ip) in &scope.reservations {
            _ = writeln!(text, "{:<19} {:<23} {:<23} Manual", ip.to_string(), client_id(*mac), "Infinite");
        }
        for (ip, lease) in &scope.leases {
            if scope.reservations.values().any(|reserved| reserved == ip) || lease.expires <= call.world.now {
                continue;
            }
            let date = lease.expires.civil();
            let month = MONTHS.get(usize::from(date.month.saturating_sub(1))).and_then(|name| name.get(..3)).unwrap_or("");
            let half = if date.hour < 12 { "AM" } else { "PM" };
            let hour = if date.hour.is_multiple_of(12) { 12 } else { date.hour % 12 };
            let until = format!("{month} {:02} {} {hour:02}:{:02} {half}", date.day, date.year, date.minute);
            _ = writeln!(text, "{:<19} {:<23} {until:<23} Automatic", ip.to_string(), client_id(lease.mac));
        }
    }
    Output::ok(text)
}

fn span(first: Ipv4Addr, last: Ipv4Addr) -> u32 {
    u32::from(last).saturating_sub(u32::from(first)).saturating_add(1)
}

pub fn pool(call: &mut Call) -> Output {
    let Some(dhcp) = &call.found().roles.dhcp else { return Output::ok("") };
    let mut text = String::new();
    for scope in &dhcp.scopes {
        let hosts = span(scope.network.network(), scope.network.broadcast()).saturating_sub(2);
        let inside = |ip: Ipv4Addr| (scope.first..=scope.last).contains(&ip);
        let excluded: u32 =
            scope.excluded.iter().filter(|(low, high)| inside(*low) && inside(*high)).map(|(low, high)| span(*low, *high)).sum();
        let excluded = excluded.saturating_add(hosts.saturating_sub(span(scope.first, scope.last)));
        let leased = scope.leases.values().filter(|lease| lease.expires > call.world.now).count();
        _ = writeln!(
            text,
            "\nPool {} :\n Utilization mark (high/low)    : 100 / 0\n Subnet size (first/next)       : 0 / 0 \n Total addresses                \
             : {hosts}\n Leased addresses               : {leased}\n Excluded addresses             : {excluded}\n Pending event          \
             \u{20}       : none\n 1 subnet is currently in the pool :\n Current index        IP address range                    \
             Leased/Excluded/Total\n {:<20} {:<15}  - {:<15}     {:<5} / {:<5} / {}",
            scope.name,
            scope.first.to_string(),
            (u32::from(scope.network.network()).saturating_add(1)).to_be_bytes().map(|byte| byte.to_string()).join("."),
            (u32::from(scope.network.broadcast()).saturating_sub(1)).to_be_bytes().map(|byte| byte.to_string()).join("."),
            leased,
            excluded,
            hosts
        );
    }
    Output::ok(text)
}

pub fn conflict(call: &mut Call) -> Output {
    let mut text = "IP address        Detection method   Detection time          VRF\n".to_owned();
    for ip in &call.found().stack.conflicts {
        _ = writeln!(text, "{:<17} Ping", ip.to_string());
    }
    Output::ok(text)
}

pub fn snooping(call: &mut Call) -> Output {
    let found = call.found();
    let Some(switching) = &found.switching else { return Output::ok("") };
    let on = if switching.snooping { "enabled" } else { "disabled" };
    let list = configure::list_text(&switching.snooping_vlans);
    let mut text = format!(
        "Switch DHCP snooping is {on}\nSwitch DHCP gleaning is disabled\nDHCP snooping is configured on following \
         VLANs:\n{list}\nDHCP snooping is operational on following VLANs:\n{}\nInsertion of option 82 is enabled\n   circuit-id \
         default format: vlan-mod-port\n   remote-id: {} (MAC)\nOption 82 on untrusted port is not allowed\nVerification of hwaddr field is \
         enabled\nVerification of giaddr field is enabled\nDHCP snooping trust/rate is configured on the following Interfaces:\n\n\
         Interface                  Trusted    Allow option    Rate limit (pps)\n-----------------------    -------    ------------    \
         ----------------\n",
        if switching.snooping { list.as_str() } else { "none" },
        found.ports.first().map_or_else(String::new, |port| port.mac.dotted())
    );
    for port in found.ports.iter().filter(|port| port.switching.as_ref().is_some_and(|own| own.snooping_trusted)) {
        _ = writeln!(text, "{:<26} {:<10} {:<15} unlimited", names::long(&port.name), "yes", "yes");
    }
    Output::ok(text)
}

pub fn nat(call: &mut Call) -> Output {
    let stack = &call.found().stack;
    let outside = stack.nat.outside.and_then(|index| stack.interfaces.get(usize::from(index.0)));
    let outside = outside.and_then(|interface| interface.addresses.first()).map_or_else(String::new, |own| own.ip.to_string());
    let mut text = "Pro  Inside global         Inside local          Outside local         Outside global\n".to_owned();
    let word = |protocol| match protocol {
        Protocol::Icmp => "icmp",
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
    };
    for forward in &stack.nat.forwards {
        let global = format!("{outside}:{}", forward.outside_port);
        let local = format!("{}:{}", forward.to, forward.to_port);
        _ = writeln!(text, "{:<4} {global:<21} {local:<21} {:<21} ---", word(forward.protocol), "---");
    }
    for (flow, port) in &stack.nat.translations {
        let far = format!("{}:{}", flow.to, flow.to_port);
        let line = format!(
            "{:<4} {:<21} {:<21} {far:<21} {far}",
            word(flow.protocol),
            format!("{outside}:{port}"),
            format!("{}:{}", flow.from, flow.from_port)
        );
        _ = writeln!(text, "{line}");
    }
    Output::ok(text)
}

pub fn access_lists(call: &mut Call) -> Output {
    let filter = &call.found().stack.filter;
    let only = call.args.first().and_then(|arg| arg.text.parse::<u16>().ok());
    let mut text = String::new();
    for (number, rules) in filter.access_lists.iter().filter(|(number, _)| only.is_none_or(|only| only == **number)) {
        let standard = access_list::is_standard(*number);
        _ = writeln!(text, "{} IP access list {number}", if standard { "Standard" } else { "Extended" });
        for (at, rule) in (1_u32..).zip(rules) {
            _ = writeln!(text, "    {} {}", at.saturating_mul(10), access_list::line_with_hits(rule, standard));
        }
    }
    for (name, rules) in access_list::named(filter).into_iter().filter(|_| only.is_none()) {
        _ = writeln!(text, "Extended IP access list {name}");
        for (at, rule) in (1_u32..).zip(rules) {
            _ = writeln!(text, "    {} {}", at.saturating_mul(10), access_list::line_with_hits(rule, false));
        }
    }
    Output::ok(text)
}
