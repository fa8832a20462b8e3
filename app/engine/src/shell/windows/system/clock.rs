//! `w32tm`.

use std::net::Ipv4Addr;

use super::{after_colon, full_name, given, of};
use crate::machine::services::clock::{self, Unsynchronised};
use crate::machine::sign_in::controller;
use crate::shell::{Output, Session};
use crate::text::windows_short;
use crate::time::Span;
use crate::world::World;
use crate::world::windows::Windows;

const ASKING: Span = Span::seconds(3);

pub fn w32tm(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !session.elevated && (given(arguments, "query") || given(arguments, "resync") || given(arguments, "config")) {
        return error("Access is denied.", 0x8007_0005);
    }
    let running = crate::machine::runs(world, session.device, "W32Time");
    if given(arguments, "tz") {
        return of(world, session.device).map_or_else(Output::default, zone);
    }
    if given(arguments, "config") {
        return configure(world, session, arguments);
    }
    if !given(arguments, "query") && !given(arguments, "resync") {
        return Output::not_modelled(world, &format!("w32tm {}", arguments.join(" ")));
    }
    if !running {
        return error("The service has not been started.", 0x8007_0426);
    }
    if given(arguments, "resync") {
        world.wait(ASKING);
        return match clock::synchronise(world, session.device) {
            Ok(()) => Output::ok("Sending resync command to local computer\nThe command completed successfully.\n"),
            Err(Unsynchronised::ServiceStopped) => error("The service has not been started.", 0x8007_0426),
            Err(Unsynchronised::NoData) => Output::failed(
                1,
                "Sending resync command to local computer\nThe computer did not resync because no time data was available.\n",
            ),
        };
    }
    let source = of(world, session.device).map(|windows| windows.clock.source.clone()).unwrap_or_default();
    if given(arguments, "source") {
        return Output::ok(format!("{}\n", if synchronised(world, session) { source } else { "Local CMOS Clock".to_owned() }));
    }
    if given(arguments, "status") {
        let address = clock::server(world, session.device);
        return status(world, session, address);
    }
    if given(arguments, "peers") {
        return peers(world, session, &source);
    }
    Output::not_modelled(world, &format!("w32tm {}", arguments.join(" ")))
}

/// The interval between two questions, 2^10 seconds, which Windows settles at.
const POLL: Span = Span::seconds(1024);

fn peers(world: &World, session: &Session, source: &str) -> Output {
    let last = of(world, session.device).and_then(|windows| windows.clock.last_sync).filter(|_| synchronised(world, session));
    let state = match last {
        Some(last) => {
            // Asked for the last time within one interval of now.
            let left = POLL.0 - (world.now - last).0 % POLL.0;
            format!(
                "State: Active\nTime Remaining: {}.{:03}0000s\nMode: 3 (Client)\nStratum: 3 (secondary reference - syncd by (S)NTP)\n",
                left / 1000,
                left % 1000
            )
        }
        None => "State: Pending\nTime Remaining: 0.0000000s\nMode: 0 (reserved)\nStratum: 0 (unspecified)\n".to_owned(),
    };
    Output::ok(format!("#Peers: 1\n\nPeer: {source}\n{state}PeerPoll Interval: 10 (1024s)\nHostPoll Interval: 10 (1024s)\n\n"))
}

/// `/config`: whom the service asks, a list of its own or the domain.
fn configure(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let source = match after_colon(arguments, "syncfromflags").map(str::to_lowercase).as_deref() {
        Some("domhier") => controller(world, session.device).map(|server| full_name(world, server).to_lowercase()),
        Some("manual") | None => after_colon(arguments, "manualpeerlist").map(|list| list.replace(' ', ",")),
        Some(_) => None,
    };
    let Some(source) = source else { return Output::not_modelled(world, &format!("w32tm {}", arguments.join(" "))) };
    if let Some(windows) = world.device_mut(session.device).windows_mut() {
        windows.clock.source = source;
    }
    Output::ok("The command completed successfully.\n")
}

fn error(text: &str, code: u32) -> Output {
    Output::failed(1, format!("The following error occurred: {text} (0x{code:08X})\n"))
}

/// A day without an answer and the service says so.
fn synchronised(world: &World, session: &Session) -> bool {
    of(world, session.device).and_then(|windows| windows.clock.last_sync).is_some_and(|at| world.now - at < Span::days(1))
}

fn status(world: &World, session: &Session, address: Option<Ipv4Addr>) -> Output {
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let Some(last) = windows.clock.last_sync.filter(|_| synchronised(world, session)) else {
        return Output::ok(
            "Leap Indicator: 3(not synchronized)\nStratum: 0 (unspecified)\nPrecision: -23 (119.209ns per tick)\nRoot Delay: 0.0000000s\nRoot Dispersion: 0.0000000s\nReferenceId: 0x00000000 (unspecified)\nLast Successful Sync Time: unspecified\nSource: Local CMOS Clock\nPoll Interval: 10 (1024s)\n\n",
        );
    };
    let reference =
        address.map_or_else(|| "0x00000000 (unspecified)".to_owned(), |ip| format!("0x{:08X} (source IP:  {ip})", u32::from(ip)));
    Output::ok(format!(
        "Leap Indicator: 0(no warning)\nStratum: 4 (secondary reference - syncd by (S)NTP)\nPrecision: -23 (119.209ns per tick)\nRoot Delay: 0.0312500s\nRoot Dispersion: 0.0460000s\nReferenceId: {reference}\nLast Successful Sync Time: {}\nSource: {}\nPoll Interval: 10 (1024s)\n\n",
        windows_short(clock::stamp(windows, last)),
        windows.clock.source
    ))
}

fn zone(windows: &Windows) -> Output {
    let minutes = windows.clock.zone_minutes;
    Output::ok(format!(
        "Time zone: Current:TIME_ZONE_ID_STANDARD Bias: {}min (UTC=LocalTime+Bias)\n  [Standard Name:\"{}\" Bias:0min]\n",
        -minutes,
        clock::zone_name(minutes)
    ))
}
