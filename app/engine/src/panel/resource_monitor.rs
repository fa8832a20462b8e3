//! Resource Monitor (`resmon`, and what `perfmon` opens first): who uses the processor, memory, disk and network.

use super::parts::{table, windows};
use super::{Operation, Refused, View};
use crate::machine::services::processes;
use crate::shell::windows::network::sockets;
use crate::sorted;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let mut all = processes::all(windows);
    all.retain(|running| running.process.pid != 0);
    sorted::by_key(&mut all, |running| {
        std::cmp::Reverse((running.process.cpu, running.process.disk_kib, running.process.memory_kib))
    });
    let usage = all.iter().map(|running| {
        let process = &running.process;
        vec![
            process.name.to_string(),
            process.pid.to_string(),
            format!("{}.{}", process.cpu / 10, process.cpu % 10),
            process.memory_kib.to_string(),
            process.disk_kib.to_string(),
        ]
    });
    let open = sockets::all(world, device);
    let connections = open.iter().filter(|socket| !socket.udp).filter_map(|socket| {
        let (address, port) = socket.remote?;
        let local = format!("{}:{}", socket.local.0, socket.local.1);
        Some(vec![socket.program.clone(), socket.pid.to_string(), local, format!("{address}:{port}")])
    });
    let listening = open.iter().filter(|socket| socket.remote.is_none()).map(|socket| {
        let protocol = if socket.udp { "UDP" } else { "TCP" };
        vec![
            socket.program.clone(),
            socket.pid.to_string(),
            socket.local.0.to_string(),
            socket.local.1.to_string(),
            protocol.to_owned(),
        ]
    });
    let (used, total) = (processes::memory_kib(windows), processes::installed_kib(world.device(device)));
    let load = processes::cpu(windows);
    Some(View {
        title: "Resource Monitor".to_owned(),
        facts: vec![
            ("CPU usage".to_owned(), format!("{}.{} %", load / 10, load % 10)),
            ("Used physical memory".to_owned(), format!("{} MB of {} MB", used >> 10, total >> 10)),
        ],
        tables: vec![
            table("Processes", &["Image", "PID", "CPU %", "Working set (KB)", "Disk (KB/sec)"], usage.collect()),
            table("TCP connections", &["Image", "PID", "Local", "Remote"], connections.collect()),
            table("Listening ports", &["Image", "PID", "Address", "Port", "Protocol"], listening.collect()),
        ],
        ..View::default()
    })
}

pub fn apply(_world: &mut World, _device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    operation.unknown()
}
