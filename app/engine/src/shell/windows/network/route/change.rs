//! Routes added, changed, deleted.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::USAGE;
use super::print::reaches;
use crate::shell::windows::network::adapters;
use crate::shell::windows::network::arguments::{NEEDS_ELEVATION, prefix_of};
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::interface::{Hop, Route};

/// What stands behind the verb.
struct Written {
    to: Ipv4Net,
    gateway: Option<Ipv4Addr>,
    metric: u32,
    /// An interface number as `route print` lists it.
    interface: Option<u32>,
}

/// `10.0.0.0 mask 255.0.0.0 192.168.1.1 metric 5 if 5`.
fn read(words: &[&str]) -> Result<Written, Output> {
    let failed = |text: String| Output::failed(1, text);
    let Some((destination, rest)) = words.split_first() else { return Err(Output::failed(1, USAGE)) };
    let address: Ipv4Addr =
        destination.parse().map_err(|_| failed(format!("route: bad destination address {destination}\n\n{USAGE}")))?;
    let mut written = Written { to: Ipv4Net::default(), gateway: None, metric: 1, interface: None };
    let mut mask = if address.is_unspecified() { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::BROADCAST };
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        let mut next = || rest.next().copied().unwrap_or_default();
        match word.to_lowercase().as_str() {
            "mask" => {
                let text = next();
                mask = text.parse().map_err(|_| failed(format!("route: bad netmask {text}\n\n{USAGE}")))?;
            }
            "metric" => written.metric = number(next())?,
            "if" => written.interface = Some(number(next())?),
            _ => {
                let gateway = word.parse().map_err(|_| failed(format!("route: bad gateway address {word}\n\n{USAGE}")))?;
                written.gateway = Some(gateway);
            }
        }
    }
    let bad = || failed("The route addition failed: The parameter is incorrect.\n\n".to_owned());
    let net = prefix_of(mask).and_then(|prefix| Ipv4Net::new(address, prefix).ok()).ok_or_else(bad)?;
    // `route add 10.1.0.0 mask 255.0.0.0`: bits of the host are set.
    if net.network() != address {
        return Err(bad());
    }
    written.to = net;
    Ok(written)
}

fn number(text: &str) -> Result<u32, Output> {
    text.parse().map_err(|_| Output::failed(1, format!("route: bad argument {text}\n\n{USAGE}")))
}

pub fn add(world: &mut World, session: &Session, words: &[&str], persistent: bool) -> Output {
    let written = match read(words) {
        Ok(written) => written,
        Err(output) => return output,
    };
    let Some(gateway) = written.gateway else { return Output::failed(1, USAGE) };
    if !session.elevated {
        return Output::failed(1, format!("The route addition failed: {NEEDS_ELEVATION}\n"));
    }
    let adapters = adapters::enabled(world, session.device);
    let usable = adapters
        .iter()
        .any(|adapter| reaches(adapter, gateway) && written.interface.is_none_or(|number| number == adapter.number()));
    if !usable {
        return Output::failed(
            1,
            "The route addition failed: Either the interface index is wrong or the gateway does not lie on the same network as \
             the interface. Check the IP Address Table for the machine.\n\n",
        );
    }
    let route = Route { to: written.to, via: Hop::Gateway(gateway), metric: written.metric, persistent };
    let routes = &mut world.device_mut(session.device).stack.routes;
    if routes.iter().any(|known| known.to == route.to && known.via == route.via) {
        return Output::failed(1, "The route addition failed: The object already exists.\n\n");
    }
    routes.push(route);
    Output::ok(" OK!\n")
}

pub fn change(world: &mut World, session: &Session, words: &[&str], persistent: bool) -> Output {
    let written = match read(words) {
        Ok(written) => written,
        Err(output) => return output,
    };
    if !session.elevated {
        return Output::failed(1, format!("The route change failed: {NEEDS_ELEVATION}\n"));
    }
    let routes = &mut world.device_mut(session.device).stack.routes;
    let Some(route) = routes.iter_mut().find(|route| route.to == written.to) else {
        return Output::failed(1, "The route change failed: Element not found.\n\n");
    };
    if let Some(gateway) = written.gateway {
        route.via = Hop::Gateway(gateway);
    }
    route.metric = written.metric;
    route.persistent |= persistent;
    Output::ok(" OK!\n")
}

/// Every route to that network; with a mask or gateway only those. The default route of an adapter goes too, until it is set or
/// leased again.
pub fn delete(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let written = match read(words) {
        Ok(written) => written,
        Err(output) => return output,
    };
    if !session.elevated {
        return Output::failed(1, format!("The route deletion failed: {NEEDS_ELEVATION}\n"));
    }
    let masked = words.iter().any(|word| word.eq_ignore_ascii_case("mask"));
    let stack = &mut world.device_mut(session.device).stack;
    let chosen = |route: &Route| {
        let same = if masked { route.to == written.to } else { route.to.network() == written.to.network() };
        same && written.gateway.is_none_or(|gateway| route.via == Hop::Gateway(gateway))
    };
    let before = stack.routes.len();
    stack.routes.retain(|route| !chosen(route));
    let mut gone = stack.routes.len() < before;
    if written.to == Ipv4Net::default() {
        for interface in &mut stack.interfaces {
            let wanted =
                |gateway: Option<Ipv4Addr>| gateway.is_some() && written.gateway.is_none_or(|only| gateway == Some(only));
            if wanted(interface.manual_gateway) {
                interface.manual_gateway = None;
                gone = true;
            }
            if let Some(lease) = interface.dhcp.lease.as_mut().filter(|lease| wanted(lease.router)) {
                lease.router = None;
                gone = true;
            }
        }
    }
    if gone { Output::ok(" OK!\n") } else { Output::failed(1, "The route deletion failed: Element not found.\n\n") }
}
