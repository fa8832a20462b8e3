//! Commands outside configuration: modes, ping, traceroute, clearing, saving, reloading.

mod reach;

use super::call::Call;
use super::grammar::Scope::{Below, OnlyUser, Privileged, User};
use super::grammar::{Entry, entry};
use crate::machine::power::{configuration, links};
use crate::shell::{Mode, Output, Session};
use crate::world::World;
use crate::world::interface::NeighbourState;

pub const ENTRIES: &[Entry] = &[
    entry(OnlyUser, "enable", enable),
    entry(Privileged, "enable", |_| Output::ok("")),
    entry(Privileged, "disable", |call| mode(call, Mode::IosUser)),
    entry(User, "exit", |call| mode(call, Mode::IosUser)),
    entry(User, "logout", |call| mode(call, Mode::IosUser)),
    entry(User, "terminal length <0-512>", |_| Output::ok("")),
    entry(User, "terminal monitor", |_| Output::ok("")),
    entry(User, "ping <word>", reach::ping),
    entry(User, "ping <word> repeat <1-1000>", reach::ping),
    entry(User, "ping <word> size <36-18024>", reach::ping_size),
    entry(User, "traceroute <word>", reach::traceroute),
    entry(Privileged, "configure terminal", |call| {
        call.session.mode = Mode::IosConfig { section: None };
        Output::ok("Enter configuration commands, one per line.  End with CNTL/Z.\n")
    }),
    entry(Privileged, "write", write),
    entry(Privileged, "write memory", write),
    entry(Privileged, "copy running-config startup-config", |call| ask(call, "Destination filename [startup-config]? ", "copy")),
    entry(Privileged, "reload", reload),
    entry(Privileged, "clear mac address-table dynamic", clear_mac),
    entry(Privileged, "clear arp-cache", clear_arp),
    entry(Privileged, "clear counters", clear_counters),
    entry(Privileged, "clear counters <if>", clear_counters),
    entry(Privileged, "clear logging", |call| {
        if let Some(ios) = call.ios_mut() {
            ios.log.clear();
        }
        Output::ok("")
    }),
    entry(Privileged, "clear ip nat translation *", |call| {
        call.found_mut().stack.nat.translations.clear();
        Output::ok("")
    }),
    entry(Privileged, "clear ip dhcp binding *", |call| {
        if let Some(dhcp) = &mut call.found_mut().roles.dhcp {
            dhcp.scopes.iter_mut().for_each(|scope| scope.leases.clear());
        }
        Output::ok("")
    }),
    entry(Privileged, "clear ip dhcp conflict *", |call| {
        call.found_mut().stack.conflicts.clear();
        Output::ok("")
    }),
    entry(Privileged, "clear port-security sticky interface <if>", clear_security),
    entry(Privileged, "clear port-security dynamic interface <if>", clear_security),
    entry(Privileged, "clear port-security all", clear_security),
    entry(Below, "end", end),
    entry(Below, "exit", leave),
];

fn mode(call: &mut Call, mode: Mode) -> Output {
    call.session.mode = mode;
    Output::ok("")
}

/// Whoever may not know the secret is refused; an elevated session is one of somebody who does.
fn enable(call: &mut Call) -> Output {
    let asks = call.found().ios().is_some_and(|ios| ios.enable_secret);
    if asks && !call.session.elevated {
        return Output::failed(1, "Password: \n% Bad secrets\n\n");
    }
    mode(call, Mode::IosPrivileged)
}

fn end(call: &mut Call) -> Output {
    links::write(call.world, call.device, "SYS", 5, "CONFIG_I", "Configured from console by console".to_owned());
    mode(call, Mode::IosPrivileged)
}

/// From a section to configuration, from configuration to privileged.
fn leave(call: &mut Call) -> Output {
    match call.session.mode {
        Mode::IosConfig { section: Some(_) } => call.enter(None),
        _ => end(call),
    }
}

fn write(call: &mut Call) -> Output {
    configuration::save(call.world, call.device);
    Output::ok("Building configuration...\n[OK]\n")
}

fn ask(call: &mut Call, asked: &str, command: &str) -> Output {
    call.session.mode = Mode::Question { asked: asked.to_owned(), command: command.to_owned() };
    Output::ok("")
}

const CONFIRM: &str = "Proceed with reload? [confirm]";

fn reload(call: &mut Call) -> Output {
    if call.found().ios().is_some_and(|ios| ios.unsaved) {
        let output = ask(call, "System configuration has been modified. Save? [yes/no]: ", "reload-save");
        return Output { text: "\n".to_owned(), ..output };
    }
    ask(call, CONFIRM, "reload")
}

/// The line that answers a question.
pub fn answer(world: &mut World, session: &mut Session, command: &str, line: &str) -> Output {
    let device = session.device;
    session.mode = Mode::IosPrivileged;
    let lower = line.to_ascii_lowercase();
    match command {
        "copy" if line.is_empty() || lower == "startup-config" => {
            configuration::save(world, device);
            Output::ok("Building configuration...\n[OK]\n")
        }
        "copy" => Output::not_modelled(world, "saving the configuration under another name"),
        "reload-save" => {
            let known = matches!(lower.as_str(), "yes" | "y" | "no" | "n");
            session.mode = if known {
                Mode::Question { asked: CONFIRM.to_owned(), command: "reload".to_owned() }
            } else {
                Mode::Question {
                    asked: "System configuration has been modified. Save? [yes/no]: ".to_owned(),
                    command: "reload-save".to_owned(),
                }
            };
            if lower.starts_with('y') && known {
                configuration::save(world, device);
                return Output::ok("Building configuration...\n[OK]\n");
            }
            Output::ok(if known { "" } else { "% Please answer 'yes' or 'no'.\n" })
        }
        // Any key but n confirms.
        "reload" if !lower.starts_with('n') => {
            session.mode = Mode::IosUser;
            crate::machine::power::restart(world, device);
            Output::ok("\nConnection to the console is lost: the device restarts.\n")
        }
        _ => Output::ok(""),
    }
}

fn clear_mac(call: &mut Call) -> Output {
    if let Some(switching) = &mut call.found_mut().switching {
        switching.mac_table.clear();
    }
    Output::ok("")
}

fn clear_arp(call: &mut Call) -> Output {
    call.found_mut().stack.neighbours.retain(|_, neighbour| neighbour.state == NeighbourState::Permanent);
    Output::ok("")
}

fn clear_counters(call: &mut Call) -> Output {
    let name = call.text(0).to_owned();
    for port in &mut call.found_mut().ports {
        if name.is_empty() || port.name == name {
            port.counters = crate::world::port::Counters::default();
        }
    }
    Output::ok("")
}

fn clear_security(call: &mut Call) -> Output {
    let name = call.text(0).to_owned();
    for port in &mut call.found_mut().ports {
        let here = name.is_empty() || port.name == name;
        let security = port.switching.as_mut().and_then(|switching| switching.port_security.as_mut());
        if let (true, Some(security)) = (here, security) {
            security.learned.clear();
            security.violations = 0;
        }
    }
    Output::ok("")
}
