//! `Test-NetConnection` and `Test-Connection`.

use std::net::Ipv4Addr;

use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, Echo, EchoOutcome, TraceProbe, connect, ping, route, trace};
use crate::shell::Session;
use crate::shell::windows::{Answer, Call, Column, Failure, Object, Value, View};
use crate::time::Span;
use crate::world::{DeviceId, World};

/// Where it goes when nothing is said.
const BEACON: &str = "internetbeacon.msedge.net";

pub fn test_net(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let device = session.device;
    let name = call.text("ComputerName").unwrap_or(BEACON).to_owned();
    if call.has("DiagnoseRouting") || call.text("InformationLevel").is_some_and(|level| level.eq_ignore_ascii_case("Detailed")) {
        return Answer::not_modelled(world, "Test-NetConnection -DiagnoseRouting and -InformationLevel Detailed");
    }
    let port = match port(call) {
        Ok(port) => port,
        Err(failure) => return Answer::failed(failure),
    };
    let Resolution::Address(address) = resolve(world, device, &name) else {
        world.wait(Span::seconds(2));
        return unresolved(call, &name, port);
    };
    let way = route::lookup(world, device, address);
    let alias =
        way.and_then(|way| world.device(device).stack.interfaces.get(usize::from(way.interface.0))).map(|i| i.name.clone());
    let base = Object::new().with("ComputerName", name).with("RemoteAddress", address.to_string());
    let place = |object: Object| {
        object.with("InterfaceAlias", alias.clone()).with("SourceAddress", way.map(|way| way.source.to_string()))
    };
    match port {
        Some(port) => test_port(world, device, (address, port), call, base, place),
        None => test_ping(world, device, address, call, place(base)),
    }
}

/// The port that was asked for, by number or by one of four names.
fn port(call: &Call) -> Result<Option<u16>, Failure> {
    if let Some(name) = call.text("CommonTCPPort") {
        return match name.to_lowercase().as_str() {
            "http" => Ok(Some(80)),
            "smb" => Ok(Some(445)),
            "rdp" => Ok(Some(3389)),
            "winrm" => Ok(Some(5985)),
            _ => Err(bad_argument("CommonTCPPort", name, "HTTP,RDP,SMB,WINRM")),
        };
    }
    let Some(text) = call.text("Port") else { return Ok(None) };
    text.parse::<u16>().ok().filter(|port| *port > 0).map(Some).ok_or_else(|| bad_argument("Port", text, "1..65535"))
}

fn bad_argument(name: &str, value: &str, allowed: &str) -> Failure {
    Failure::new(
        format!(
            "Cannot validate argument on parameter '{name}'. The argument \"{value}\" does not belong to the set \"{allowed}\"."
        ),
        "InvalidData: (:) [Test-NetConnection], ParameterBindingValidationException",
        "ParameterArgumentValidationError,Test-NetConnection",
    )
}

fn quiet(call: &Call) -> bool {
    call.text("InformationLevel").is_some_and(|level| level.eq_ignore_ascii_case("Quiet"))
}

fn unresolved(call: &Call, name: &str, port: Option<u16>) -> Answer {
    let notes = format!("WARNING: Name resolution of {name} failed\n");
    if quiet(call) {
        return Answer { notes, ..truth(false) };
    }
    let mut object = Object::new().with("ComputerName", name).with("RemoteAddress", Value::Empty);
    if let Some(port) = port {
        object = object.with("RemotePort", u32::from(port));
    }
    object = object.with("InterfaceAlias", Value::Empty).with("SourceAddress", Value::Empty).with("PingSucceeded", false);
    if port.is_some() {
        object = object.with("TcpTestSucceeded", false);
    }
    Answer { notes, ..Answer::new(View::List(LIST), vec![object]) }
}

/// The order in which the list prints what it has.
const LIST: &[&str] = &[
    "ComputerName",
    "RemoteAddress",
    "RemotePort",
    "InterfaceAlias",
    "SourceAddress",
    "PingSucceeded",
    "PingReplyDetails (RTT)",
    "TcpTestSucceeded",
    "TraceRoute",
];

fn truth(value: bool) -> Answer {
    Answer::new(View::Lines, vec![Object::new().with("Value", value)])
}

/// On success the ping is skipped; on failure it is tried after all, which tells a closed port from a dead host.
fn test_port(
    world: &mut World,
    device: DeviceId,
    to: (Ipv4Addr, u16),
    call: &Call,
    base: Object,
    place: impl Fn(Object) -> Object,
) -> Answer {
    let (address, port) = to;
    let outcome = connect(world, device, address, port);
    let object = place(base.with("RemotePort", u32::from(port)));
    if let Connection::Connected { .. } = outcome {
        world.wait(Span::seconds(1));
        return if quiet(call) {
            truth(true)
        } else {
            Answer::new(View::List(LIST), vec![object.with("TcpTestSucceeded", true)])
        };
    }
    // Windows sends a SYN three times before it gives up: 21 seconds; a reset is answered at once, and tried again twice.
    world.wait(if outcome == Connection::TimedOut { Span::seconds(21) } else { Span::seconds(2) });
    let mut notes = format!("WARNING: TCP connect to ({address} : {port}) failed\n");
    if quiet(call) {
        return Answer { notes, ..truth(false) };
    }
    let (object, warning) = pinged(world, device, address, object);
    notes.push_str(&warning);
    Answer { notes, ..Answer::new(View::List(LIST), vec![object.with("TcpTestSucceeded", false)]) }
}

fn test_ping(world: &mut World, device: DeviceId, address: Ipv4Addr, call: &Call, base: Object) -> Answer {
    let (mut object, notes) = pinged(world, device, address, base);
    if quiet(call) {
        return Answer { notes, ..truth(object.text("PingSucceeded") == "True") };
    }
    if call.has("TraceRoute") {
        let limit = call.text("Hops").and_then(|text| text.parse::<u8>().ok()).unwrap_or(30);
        let hops = trace(world, device, address, TraceProbe::Echo, limit);
        let path = hops.iter().map(|hop| match hop.outcome {
            EchoOutcome::Reply { from, .. } | EchoOutcome::TimeExceeded { from } | EchoOutcome::Unreachable { from, .. } => {
                from.to_string()
            }
            _ => "0.0.0.0".to_owned(),
        });
        let path: Vec<String> = path.collect();
        world.wait(Span::seconds(u64::try_from(path.len()).unwrap_or(30)));
        object = object.with("TraceRoute", path.join("\n"));
    }
    Answer { notes, ..Answer::new(View::List(LIST), vec![object]) }
}

/// Adds what a ping came to; with the warning that goes before.
fn pinged(world: &mut World, device: DeviceId, address: Ipv4Addr, object: Object) -> (Object, String) {
    let outcome = ping(world, device, address, Echo::default());
    let (succeeded, micros) = match outcome {
        EchoOutcome::Reply { micros, .. } => (true, micros),
        _ => (false, 0),
    };
    world.wait(if outcome == EchoOutcome::Silence { Span::seconds(4) } else { Span::seconds(1) });
    let warning =
        if succeeded { String::new() } else { format!("WARNING: Ping to {address} failed with status: {}\n", status(outcome)) };
    let object = object.with("PingSucceeded", succeeded).with("PingReplyDetails (RTT)", format!("{} ms", micros / 1000));
    (object, warning)
}

/// The names of .NET's `IPStatus`.
fn status(outcome: EchoOutcome) -> &'static str {
    match outcome {
        EchoOutcome::Reply { .. } => "Success",
        EchoOutcome::NeighbourUnreachable { .. } | EchoOutcome::Unreachable { code: 1 | 10, .. } => "DestinationHostUnreachable",
        EchoOutcome::Unreachable { code: 3, .. } => "DestinationPortUnreachable",
        EchoOutcome::Unreachable { .. } | EchoOutcome::NoRoute => "DestinationNetworkUnreachable",
        EchoOutcome::TimeExceeded { .. } => "TtlExpired",
        EchoOutcome::TooBig { .. } => "PacketTooBig",
        EchoOutcome::Silence | EchoOutcome::Prohibited | EchoOutcome::Broadcast => "TimedOut",
    }
}

const PINGS: &[Column] = &[
    Column::left("Source", 13),
    Column::left("Destination", 15),
    Column::left("IPV4Address", 16),
    Column::left("IPV6Address", 40),
    Column::left("Bytes", 8),
    Column::left("Time(ms)", 8).of("Time"),
];

/// As in 5.1: one object for each answer, one error for each that failed.
pub fn test(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let device = session.device;
    if call.has("Source") {
        return Answer::not_modelled(world, "Test-Connection -Source");
    }
    let number = |name: &str| call.text(name).and_then(|text| text.parse::<u16>().ok());
    let count = number("Count").unwrap_or(4).clamp(1, 50);
    let echo = Echo {
        size: number("BufferSize").unwrap_or(32),
        ttl: number("TimeToLive").and_then(|ttl| u8::try_from(ttl).ok()),
        do_not_fragment: false,
    };
    let mut answer = Answer { view: View::Table(PINGS), ..Answer::default() };
    for name in call.list("ComputerName") {
        let resolved = resolve(world, device, name);
        for _ in 0..count {
            let why = match resolved {
                Resolution::Address(address) => match ping(world, device, address, echo) {
                    EchoOutcome::Reply { micros, .. } => {
                        world.wait(Span::seconds(1));
                        answer.objects.push(reply(world, device, name, address, (echo.size, micros)));
                        continue;
                    }
                    outcome => {
                        world.wait(if outcome == EchoOutcome::Silence { Span::seconds(4) } else { Span::seconds(1) });
                        "Error due to lack of resources"
                    }
                },
                Resolution::NotFound | Resolution::Failed => "No such host is known",
            };
            answer.failures.push(Failure::new(
                format!("Testing connection to computer '{name}' failed: {why}"),
                format!("ResourceUnavailable: ({name}:String) [Test-Connection], PingException"),
                "TestConnectionException,Microsoft.PowerShell.Commands.TestConnectionCommand",
            ));
        }
    }
    if call.has("Quiet") { truth(!answer.objects.is_empty()) } else { answer }
}

fn reply(world: &World, device: DeviceId, name: &str, address: Ipv4Addr, measured: (u16, u32)) -> Object {
    let (size, micros) = measured;
    Object::new()
        .with("Source", world.device(device).name.clone())
        .with("Destination", name)
        .with("IPV4Address", address.to_string())
        .with("IPV6Address", Value::Empty)
        .with("Bytes", size.to_string())
        .with("Time", (micros / 1000).to_string())
        .with("Address", name)
        .with("ResponseTime", micros / 1000)
        .with("StatusCode", 0u32)
}
