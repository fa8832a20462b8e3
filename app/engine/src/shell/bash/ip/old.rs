//! What was there before `ip`: `ifconfig`, `dhclient`.

use std::fmt::Write;

use super::super::call::{Call, Done};
use super::{carrier, find, index};
use crate::net::dhcp;
use crate::world::interface::{Attach, Origin};

pub(super) fn ifconfig(call: &mut Call<'_>, args: &[String]) -> Done {
    if args.len() > 1 {
        return call.not_modelled("changes by ifconfig; use ip");
    }
    let mut out = String::new();
    for interface in &call.device().stack.interfaces {
        if args.first().is_some_and(|only| *only != interface.name && only != "-a") || (args.is_empty() && !interface.enabled) {
            continue;
        }
        let running = carrier(call, interface);
        let words = if running { "UP,BROADCAST,RUNNING,MULTICAST" } else { "UP,BROADCAST,MULTICAST" };
        let bits = if running { 4163 } else { 4099 };
        let _ = writeln!(out, "{}: flags={bits}<{words}>  mtu {}", interface.name, interface.mtu);
        for address in &interface.addresses {
            let network = address.network();
            let _ =
                writeln!(out, "        inet {}  netmask {}  broadcast {}", address.ip, network.netmask(), network.broadcast());
        }
        let _ = writeln!(out, "        ether {}  txqueuelen 1000  (Ethernet)", interface.mac.colons());
        if let Attach::Port(port) = interface.attach
            && let Some(port) = call.device().ports.get(usize::from(port.0))
        {
            let counters = port.counters;
            let _ = write!(
                out,
                "        RX packets {}  bytes {}\n        RX errors {}  dropped {}  overruns 0  frame {}\n        TX packets {}  bytes {}\n        TX errors 0  dropped 0 overruns 0  carrier 0  collisions {}\n",
                counters.frames_in,
                counters.bytes_in,
                counters.crc_errors,
                counters.dropped,
                counters.crc_errors,
                counters.frames_out,
                counters.bytes_out,
                counters.collisions
            );
        }
        out.push('\n');
    }
    if out.is_empty()
        && let Some(name) = args.first()
    {
        return Done::failed(1, format!("{name}: error fetching interface information: Device not found\n"));
    }
    Done::ok(out)
}

/// `dhclient eth0`, `dhclient -r eth0`.
pub(super) fn dhclient(call: &mut Call<'_>, args: &[String]) -> Done {
    if !call.is_root() {
        return Done::failed(1, "RTNETLINK answers: Operation not permitted\n");
    }
    let (given, names) = super::super::call::options(args, "");
    let device = call.session.device;
    let Some(name) = names.first() else { return call.not_modelled("dhclient without an interface") };
    let Some(at) = find(call, name) else { return Done::failed(1, format!("Cannot find device \"{name}\"\n")) };
    if let Some(interface) = call.device_mut().stack.interfaces.get_mut(at) {
        (interface.dhcp.enabled, interface.origin) = (true, Origin::Dhcp);
    }
    if super::super::call::has(&given, &["r"]) {
        dhcp::release(call.world, device, index(at));
    } else {
        dhcp::renew(call.world, device, index(at));
        call.world.wait(crate::time::Span::seconds(3));
    }
    Done::default()
}
