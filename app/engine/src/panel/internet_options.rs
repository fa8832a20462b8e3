//! The proxy of the signed-in user: Settings, Network & internet, Proxy.

use super::parts::{windows, windows_mut};
use super::{Field, Input, Offer, Operation, Refused, View};
use crate::world::{DeviceId, World};

/// Only Windows machines have it.
#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let proxy = &windows(world, device)?.proxy;
    let server = if proxy.server.is_empty() { String::new() } else { format!("{}:{}", proxy.server, proxy.port) };
    let field = |name: &str, label: &str, value: String| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        input: Input::Text,
        value,
    };
    let offer =
        |verb: &str, label: &str, fields| Offer { verb: verb.to_owned(), label: label.to_owned(), targets: Vec::new(), fields };
    let mut operations = vec![offer(
        "set-proxy",
        "Use a proxy server",
        vec![
            field("server", "Proxy IP address", proxy.server.clone()),
            field("port", "Port", if proxy.port == 0 { String::new() } else { proxy.port.to_string() }),
        ],
    )];
    if proxy.enabled {
        operations.push(offer("turn-off", "Turn off the proxy server", Vec::new()));
    } else if !proxy.server.is_empty() {
        operations.push(offer("turn-on", "Turn on the proxy server", Vec::new()));
    }
    Some(View {
        title: "Proxy".to_owned(),
        facts: vec![
            ("Use a proxy server".to_owned(), if proxy.enabled { "On" } else { "Off" }.to_owned()),
            ("Proxy server".to_owned(), server),
        ],
        operations,
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let proxy = &mut windows_mut(world, device)?.proxy;
    match operation.verb.as_str() {
        "turn-off" => {
            proxy.enabled = false;
            Ok("The proxy server is off.".to_owned())
        }
        "turn-on" if proxy.server.is_empty() => Err(Refused("Type the address of the proxy server first.".to_owned())),
        "turn-on" => {
            proxy.enabled = true;
            Ok("The proxy server is on.".to_owned())
        }
        "set-proxy" => {
            let server = operation.value("server").trim();
            if server.is_empty() || server.contains(char::is_whitespace) {
                return Err(Refused("The address of the proxy server looks like the name or address of a computer.".to_owned()));
            }
            let port = operation.value("port").trim().parse::<u16>().ok().filter(|port| *port > 0);
            let port = port.ok_or_else(|| Refused("The port is a number from 1 to 65535.".to_owned()))?;
            (proxy.enabled, proxy.port) = (true, port);
            server.clone_into(&mut proxy.server);
            Ok(format!("The proxy server is {server}:{port}."))
        }
        _ => operation.unknown(),
    }
}

#[cfg(test)]
mod tests;
