//! Remote Desktop Connection (`mstsc`): whether the other machine's sign-in screen comes up.

use super::parts::{offer, refuse, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::services::remote;
use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::time::Span;
use crate::world::{DeviceId, World};

/// Remote Desktop over TCP (IANA: ms-wbt-server).
const PORT: u16 = 3389;
/// How long it tries before it gives up.
const PATIENCE: Span = Span::seconds(21);

const NOT_REACHED: &str = "Remote Desktop can't connect to the remote computer for one of these reasons: 1) Remote access to the server is not enabled 2) The remote computer is turned off 3) The remote computer is not available on the network. Make sure the remote computer is turned on and connected to the network, and that remote access is enabled.";

const FULL: &str = "The number of connections to this computer is limited and all connections are in use right now. Try connecting later or contact your system administrator.";

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    windows(world, device)?;
    Some(View {
        title: "Remote Desktop Connection".to_owned(),
        operations: vec![offer("connect", "Connect", Vec::new(), vec![text("computer", "Computer", "")])],
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    windows_mut(world, device)?;
    if operation.verb != "connect" {
        return operation.unknown();
    }
    let name = operation.value("computer").trim().to_owned();
    if name.is_empty() {
        return refuse("Type the name of a computer.");
    }
    let Resolution::Address(address) = resolve(world, device, &name) else {
        return refuse(format!(
            "Remote Desktop can't find the computer \"{name}\". This might mean that \"{name}\" does not belong to the specified network. Verify the computer name and domain that you are trying to connect to."
        ));
    };
    match connect(world, device, address, PORT) {
        Connection::Connected { device: other, .. } if world.device(other).windows().is_some_and(remote::is_full) => {
            world.wait(Span::seconds(3));
            refuse(FULL)
        }
        Connection::Connected { device: other, .. } => {
            world.wait(Span::seconds(3));
            Ok(format!(
                "{} answers and shows its sign-in screen. Its own panels and command lines are open to you there.",
                world.device(other).name
            ))
        }
        outcome => {
            world.wait(if outcome == Connection::TimedOut { PATIENCE } else { Span::seconds(3) });
            refuse(NOT_REACHED)
        }
    }
}
