//! One line a frame, in tcpdump 4.99's words; addresses and ports as numbers, as with `-n`.

use std::net::Ipv4Addr;

use super::super::call::Call;
use super::Job;
use crate::net::event::{Cargo, Content, Error, Frame, Packet, reversed};
use crate::time::Time;
use crate::world::interface::{Flow, Protocol};
use crate::world::linux::Captured;
use crate::world::mac::Mac;

/// Headers of Ethernet, IPv4 and UDP; the shortest Ethernet frame without its checksum.
const ETHERNET: u16 = 14;
const IPV4: u16 = 20;
const UDP: u16 = 8;
const SHORTEST: u16 = 60;
/// An ARP message for IPv4 over Ethernet (RFC 826).
const ARP: u16 = 28;

pub(super) fn line(call: &Call<'_>, job: &mut Job, captured: &Captured) -> String {
    let frame = &captured.frame;
    let micros = captured.at.0 % 1000 * 1000 + u64::from(captured.micros);
    let local = call.local(Time(captured.at.0 / 1000 * 1000 + micros / 1000));
    let time = format!("{:02}:{:02}:{:02}.{:06}", local.hour, local.minute, local.second, micros % 1_000_000);
    let inside = inside(frame);
    // Short frames are filled up by the sender's card, after the capture there.
    let whole = if captured.sent { inside + ETHERNET } else { (inside + ETHERNET).max(SHORTEST) };
    let (name, number) = match frame.cargo {
        Cargo::ArpRequest { .. } | Cargo::ArpReply { .. } => ("ARP", "0x0806"),
        Cargo::Dhcp { .. } | Cargo::Ip(_) => ("IPv4", "0x0800"),
    };
    let head = if job.addresses {
        let to = if frame.destination == Mac::BROADCAST { "Broadcast".to_owned() } else { frame.destination.colons() };
        format!("{} > {to}, ethertype {name} ({number}), length {whole}: ", frame.source.colons())
    } else if name == "ARP" {
        "ARP, ".to_owned()
    } else {
        "IP ".to_owned()
    };
    let text = match frame.cargo {
        Cargo::ArpRequest { sender, target } if sender == target => format!("Announcement {sender}, length {}", whole - ETHERNET),
        Cargo::ArpRequest { sender, target } => format!("Request who-has {target} tell {sender}, length {}", whole - ETHERNET),
        Cargo::ArpReply { sender, .. } => format!("Reply {sender} is-at {}, length {}", frame.source.colons(), whole - ETHERNET),
        Cargo::Dhcp { from_server } => dhcp(call, frame, from_server),
        Cargo::Ip(packet) => packet_text(job, &packet),
    };
    format!("{time} {head}{text}\n")
}

fn inside(frame: &Frame) -> u16 {
    match frame.cargo {
        Cargo::ArpRequest { .. } | Cargo::ArpReply { .. } => ARP,
        // Ethernet's header and checksum are counted in a frame's bytes.
        Cargo::Dhcp { .. } => frame.bytes().saturating_sub(ETHERNET + 4),
        Cargo::Ip(packet) => packet.bytes,
    }
}

/// A client has no address yet; a server is known by the station that sends.
fn dhcp(call: &Call<'_>, frame: &Frame, from_server: bool) -> String {
    let length = inside(frame).saturating_sub(IPV4 + UDP);
    if !from_server {
        return format!("0.0.0.0.68 > 255.255.255.255.67: BOOTP/DHCP, Request from {}, length {length}", frame.source.colons());
    }
    let interfaces = call.world.devices.iter().flat_map(|device| &device.stack.interfaces);
    let server = interfaces.filter(|interface| interface.mac == frame.source).find_map(|interface| interface.addresses.first());
    let server = server.map_or(Ipv4Addr::UNSPECIFIED, |own| own.ip);
    format!("{server}.67 > 255.255.255.255.68: BOOTP/DHCP, Reply, length {length}")
}

fn packet_text(job: &mut Job, packet: &Packet) -> String {
    let Flow { from, from_port, to, to_port, protocol } = packet.flow;
    let payload = packet.bytes.saturating_sub(IPV4);
    let words = match (packet.content, protocol) {
        (Content::Error(error, about), _) => return format!("{from} > {to}: ICMP {}, length {payload}", problem(error, about)),
        (Content::Request, Protocol::Icmp) => {
            let id = from_port;
            return format!("{from} > {to}: ICMP echo request, id {id}, seq {}, length {payload}", asked(job, packet.flow));
        }
        (_, Protocol::Icmp) => {
            return format!("{from} > {to}: ICMP echo reply, id {to_port}, seq {}, length {payload}", answered(job, packet.flow));
        }
        (_, Protocol::Udp) => format!("UDP, length {}", payload.saturating_sub(UDP)),
        (Content::Request, Protocol::Tcp) => "Flags [S], length 0".to_owned(),
        (Content::Reply, Protocol::Tcp) => "Flags [S.], length 0".to_owned(),
        (Content::Reset, Protocol::Tcp) => "Flags [R.], length 0".to_owned(),
    };
    format!("{from}.{from_port} > {to}.{to_port}: {words}")
}

/// The packets of the model have no numbers: the requests of one conversation are counted as they pass.
fn asked(job: &mut Job, flow: Flow) -> u16 {
    let number = match job.echo {
        Some((last, number)) if last == flow => number.saturating_add(1),
        _ => 1,
    };
    job.echo = Some((flow, number));
    number
}

fn answered(job: &Job, flow: Flow) -> u16 {
    match job.echo {
        Some((last, number)) if last == reversed(flow) => number,
        _ => 1,
    }
}

fn problem(error: Error, about: Flow) -> String {
    let to = about.to;
    match error {
        Error::Unreachable(0) => format!("net {to} unreachable"),
        Error::Unreachable(3) => match about.protocol {
            Protocol::Tcp => format!("{to} tcp port {} unreachable", about.to_port),
            Protocol::Udp => format!("{to} udp port {} unreachable", about.to_port),
            Protocol::Icmp => format!("{to} protocol 1 port 0 unreachable"),
        },
        Error::Unreachable(10) => format!("host {to} unreachable - admin prohibited"),
        Error::Unreachable(13) => format!("host {to} unreachable - admin prohibited filter"),
        Error::Unreachable(_) => format!("host {to} unreachable"),
        Error::TimeExceeded => "time exceeded in-transit".to_owned(),
        Error::TooBig(mtu) => format!("{to} unreachable - need to frag (mtu {mtu})"),
    }
}
