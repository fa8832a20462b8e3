//! `-e` and `-s`, as far as the model counts: frames and bytes by port, connections by program.

use std::fmt::Write;

use crate::shell::windows::network::sockets;
use crate::world::port::Counters;
use crate::world::{DeviceId, World};

fn total(world: &World, device: DeviceId) -> Counters {
    world.device(device).ports.iter().fold(Counters::default(), |sum, port| Counters {
        frames_in: sum.frames_in.saturating_add(port.counters.frames_in),
        frames_out: sum.frames_out.saturating_add(port.counters.frames_out),
        bytes_in: sum.bytes_in.saturating_add(port.counters.bytes_in),
        bytes_out: sum.bytes_out.saturating_add(port.counters.bytes_out),
        crc_errors: sum.crc_errors.saturating_add(port.counters.crc_errors),
        late_collisions: sum.late_collisions.saturating_add(port.counters.late_collisions),
        dropped: sum.dropped.saturating_add(port.counters.dropped),
        ..sum
    })
}

pub fn ethernet(world: &World, device: DeviceId) -> String {
    let sum = total(world, device);
    let mut text = "Interface Statistics\n\n                           Received            Sent\n\n".to_owned();
    let mut row = |label: &str, received: u64, sent: u64| {
        let _ = writeln!(text, "{label:<20}{received:>15}{sent:>16}");
    };
    row("Bytes", sum.bytes_in, sum.bytes_out);
    row("Unicast packets", sum.frames_in, sum.frames_out);
    row("Non-unicast packets", 0, 0);
    row("Discards", sum.dropped, 0);
    row("Errors", sum.crc_errors, sum.late_collisions);
    let _ = writeln!(text, "{:<20}{:>15}", "Unknown protocols", 0);
    text
}

/// Only the lines that the model holds a number for.
pub fn protocols(world: &World, device: DeviceId) -> String {
    let sum = total(world, device);
    let connections = sockets::all(world, device).iter().filter(|socket| socket.remote.is_some()).count();
    format!(
        "\nIPv4 Statistics\n\n  Packets Received                   = {}\n  Received Packets Discarded         = {}\n  \
         Output Requests                    = {}\n\nTCP Statistics for IPv4\n\n  Current Connections                = {connections}\n",
        sum.frames_in, sum.dropped, sum.frames_out
    )
}
