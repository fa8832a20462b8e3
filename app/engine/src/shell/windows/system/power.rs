//! `shutdown` and `powercfg`.

use super::{given, word_after};
use crate::machine::services;
use crate::shell::{Output, Session};
use crate::time::{Span, Timer};
use crate::world::World;
use crate::world::files::File;

/// The wait that `shutdown` announces where nobody says another.
const DEFAULT_SECONDS: u64 = 30;
/// Ten years, as the tool's own help says.
const LONGEST: u64 = 315_360_000;

pub fn shutdown(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let device = session.device;
    let timers = [Timer::ShutDown(device, true), Timer::ShutDown(device, false)];
    let waiting = timers.iter().any(|timer| world.timers.is_set(timer));
    if given(arguments, "a") {
        if !waiting {
            return Output::failed(1116, "Unable to abort the system shutdown because no shutdown was in progress.(1116)\n");
        }
        for timer in &timers {
            world.timers.cancel(timer);
        }
        return Output::ok("");
    }
    if given(arguments, "l") {
        crate::machine::sign_in::sign_out(world, device);
        return Output::ok("");
    }
    let restart = given(arguments, "r") || given(arguments, "g");
    if !restart && !given(arguments, "s") {
        return Output::not_modelled(world, &format!("shutdown {}", arguments.join(" ")));
    }
    if waiting {
        return Output::failed(1190, "A system shutdown has already been scheduled.(1190)\n");
    }
    let seconds = match word_after(arguments, "t").map(str::parse) {
        None => DEFAULT_SECONDS,
        Some(Ok(seconds)) if seconds <= LONGEST => seconds,
        Some(_) => return Output::failed(87, "The parameter is incorrect.(87)\n"),
    };
    if seconds == 0 {
        services::shut_down(world, device, restart);
    } else {
        world.timers.set(world.now + Span::seconds(seconds), Timer::ShutDown(device, restart));
    }
    Output::ok("")
}

pub fn powercfg(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !given(arguments, "batteryreport") {
        return settings(world, session, arguments);
    }
    let Some(battery) = world.device(session.device).hardware.battery else {
        return Output::failed(
            1,
            "Unable to perform operation. An unexpected error (0x10d2) has occurred: The library, drive, or media pool is empty.\n",
        );
    };
    let machine = world.device(session.device).name.clone();
    let path = match word_after(arguments, "output") {
        Some(path) => path.to_owned(),
        None => format!("{}\\battery-report.html", session.folder.trim_end_matches('\\')),
    };
    let report = format!(
        "Battery report\nCOMPUTER NAME {machine}\n\nInstalled batteries\nDESIGN CAPACITY       {} mWh\nFULL CHARGE CAPACITY  {} mWh\nCYCLE COUNT           {}\n\nRecent usage\nSOURCE                {}\nCAPACITY REMAINING    {} mWh\n",
        super::thousands(battery.design.into()),
        super::thousands(battery.full.into()),
        battery.cycles,
        if battery.charger_watts > 0 { "AC" } else { "Battery" },
        super::thousands(battery.charge.into())
    );
    let (now, owner) = (world.now, session.user.clone());
    if let Some(windows) = world.device_mut(session.device).windows_mut() {
        windows.files.0.insert(path.clone(), File { text: report, owner, modified: now, ..File::default() });
    }
    Output::ok(format!("Battery life report saved to file path {path}.\n"))
}

/// The one scheme that current Windows comes with.
const BALANCED: &str = "Power Scheme GUID: 381b4222-f694-41f0-9685-ff5bb260df2e  (Balanced)";

/// Schemes, and hibernation, without which there is no fast start-up.
fn settings(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let any = |names: [&str; 2]| names.iter().any(|name| given(arguments, name));
    if any(["list", "l"]) {
        return Output::ok(format!("\nExisting Power Schemes (* Active)\n-----------------------------------\n{BALANCED} *\n"));
    }
    if given(arguments, "getactivescheme") {
        return Output::ok(format!("{BALANCED}\n"));
    }
    let switch = word_after(arguments, "hibernate").or_else(|| word_after(arguments, "h")).map(str::to_lowercase);
    match switch.as_deref() {
        Some("on" | "off") if !session.elevated => Output::not_modelled(world, "powercfg /hibernate without elevation"),
        Some(state @ ("on" | "off")) => {
            if let Some(windows) = world.device_mut(session.device).windows_mut() {
                windows.settings.fast_startup = state == "on";
            }
            Output::ok("")
        }
        _ => Output::not_modelled(world, &format!("powercfg {}", arguments.join(" "))),
    }
}
