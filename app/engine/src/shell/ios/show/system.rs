//! The device itself: version, clock, log, power.

use crate::net::poe::{self, PoeState};
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::shell::ios::{hostname, names};
use crate::time::{Civil, MONTHS, WEEKDAYS};
use crate::world::World;
use crate::world::device::Kind;
use std::fmt::Write;

/// The model's zone is the site's; IOS devices here keep UTC, as they come.
fn shown(world: &World) -> Civil {
    world.now.civil()
}

fn month(date: Civil) -> &'static str {
    MONTHS.get(usize::from(date.month.saturating_sub(1))).and_then(|name| name.get(..3)).unwrap_or("")
}

pub fn clock(call: &mut Call) -> Output {
    let date = shown(call.world);
    let day = WEEKDAYS.get(usize::from(date.weekday)).and_then(|name| name.get(..3)).unwrap_or("");
    let millis = call.world.now.0 % 1000;
    Output::ok(format!(
        "*{:02}:{:02}:{:02}.{millis:03} UTC {day} {} {} {}\n",
        date.hour,
        date.minute,
        date.second,
        month(date),
        date.day,
        date.year
    ))
}

/// `Sep  7 07:41:02.120`, with the star of a clock that no server keeps.
fn stamp(at: crate::time::Time) -> String {
    let date = at.civil();
    format!("*{} {:>2} {:02}:{:02}:{:02}.{:03}", month(date), date.day, date.hour, date.minute, date.second, at.0 % 1000)
}

pub fn logging(call: &mut Call) -> Output {
    let found = call.found();
    let Some(ios) = found.ios() else { return Output::ok("") };
    let mut text = format!(
        "Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering \
         disabled)\n\nNo Active Message Discriminator.\n\n\nNo Inactive Message Discriminator.\n\n\n    Console logging: level \
         debugging, {count} messages logged, xml disabled,\n                     filtering disabled\n    Monitor logging: level \
         debugging, 0 messages logged, xml disabled,\n                     filtering disabled\n    Buffer logging:  level debugging, \
         {count} messages logged, xml disabled,\n                    filtering disabled\n\nLog Buffer (4096 bytes):\n\n",
        count = ios.log.len()
    );
    for line in &ios.log {
        _ = writeln!(text, "{}: %{}-{}-{}: {}", stamp(line.at), line.facility, line.severity, line.mnemonic, line.text);
    }
    Output::ok(text)
}

/// `2 weeks, 3 days, 4 hours, 5 minutes`: the parts from the first that is not zero.
fn uptime(minutes: u64) -> String {
    let parts = [(minutes / 10_080, "week"), (minutes / 1440 % 7, "day"), (minutes / 60 % 24, "hour"), (minutes % 60, "minute")];
    let words = parts.iter().enumerate().skip_while(|(at, (count, _))| *count == 0 && *at < 3);
    let words: Vec<_> = words.map(|(_, (count, unit))| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" })).collect();
    words.join(", ")
}

pub fn version(call: &mut Call) -> Output {
    let (world, found) = (&*call.world, call.found());
    let Some(ios) = found.ios() else { return Output::ok("") };
    let host = hostname(world, call.device);
    let since = found.started.civil();
    let (family, image) = match found.kind {
        Kind::Switch => ("C2960-like Software (C2960-LANBASEK9-M)", "flash:/c2960-lanbasek9-mz.bin"),
        _ => ("Router Software (ROUTER-UNIVERSALK9-M)", "flash0:router-universalk9-mz.bin"),
    };
    let ports = found.ports.iter().filter(|port| port.name.starts_with("Gi")).count();
    let vlans = found.stack.interfaces.iter().filter(|interface| interface.name.starts_with("Vlan")).count();
    let mac = found.ports.first().map_or_else(Default::default, |port| port.mac);
    let mut text = format!(
        "IOS-like Software, {family}, Version {}, RELEASE SOFTWARE\n\n{host} uptime is {}\nSystem returned to ROM by power-on\nSystem \
         restarted at {:02}:{:02}:{:02} UTC {} {} {} {}\nSystem image file is \"{image}\"\n\n{} processor\n",
        ios.version,
        uptime((world.now - found.started).as_seconds() / 60),
        since.hour,
        since.minute,
        since.second,
        WEEKDAYS.get(usize::from(since.weekday)).and_then(|name| name.get(..3)).unwrap_or(""),
        month(since),
        since.day,
        since.year,
        found.model
    );
    if vlans > 0 {
        _ = writeln!(text, "{vlans} Virtual Ethernet interface{}", if vlans == 1 { "" } else { "s" });
    }
    _ = writeln!(text, "{ports} Gigabit Ethernet interfaces\nBase ethernet MAC Address       : {}", mac.colons().to_uppercase());
    text.push_str("\nConfiguration register is 0xF\n\n");
    Output::ok(text)
}

/// Tenths of watts.
fn watts(milliwatts: u32) -> String {
    format!("{}.{}", milliwatts / 1000, milliwatts % 1000 / 100)
}

/// IEEE 802.3af: upper limit of each class in milliwatts at the source.
fn class(milliwatts: u32) -> &'static str {
    match milliwatts {
        0..=4_000 => "1",
        4_001..=7_000 => "2",
        7_001..=15_400 => "3",
        _ => "4",
    }
}

pub fn power(call: &mut Call) -> Output {
    let (world, device, only) = (&*call.world, call.device, call.text(0));
    let found = world.device(device);
    let ports = poe::ports(world, device);
    let budget = found.switching.as_ref().map_or(0, |switching| switching.poe_budget_mw);
    let used: u32 =
        ports.iter().map(|(_, state)| if let PoeState::Delivering(_, milliwatts) = state { *milliwatts } else { 0 }).sum();
    let mut text = format!(
        "Available:{}(w)  Used:{}(w)  Remaining:{}(w)\n\nInterface Admin  Oper       Power   Device              Class Max\n          \
                  \u{20}                  (Watts)\n--------- ------ ---------- ------- ------------------- ----- ----\n",
        watts(budget),
        watts(used),
        watts(budget.saturating_sub(used))
    );
    for (at, state) in ports {
        let Some(port) = found.ports.get(usize::from(at.0)).filter(|port| only.is_empty() || port.name == only) else { continue };
        let admin = if port.poe.is_some_and(|poe| poe.enabled) { "auto" } else { "off" };
        let (oper, taken, powered) = match state {
            PoeState::Off | PoeState::Searching => ("off", 0, None),
            PoeState::Delivering(powered, milliwatts) => ("on", milliwatts, Some(powered)),
            PoeState::Denied(powered, _) => ("power-deny", 0, Some(powered)),
        };
        let model = powered.map_or_else(|| "n/a".to_owned(), |powered| world.device(powered).model.chars().take(19).collect());
        let class = match state {
            PoeState::Delivering(_, milliwatts) | PoeState::Denied(_, milliwatts) => class(milliwatts),
            _ => "n/a",
        };
        _ = writeln!(
            text,
            "{:<9} {admin:<6} {oper:<10} {:<7} {model:<19} {class:<5} 30.0",
            names::short(&port.name),
            watts(taken)
        );
    }
    Output::ok(text)
}
