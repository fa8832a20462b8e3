//! What heavy work shows: heat, a power supply that is too small, memory that forgets.

use super::down::cut;
use super::state;
use crate::chance::Chance;
use crate::machine::services::log;
use crate::time::Span;
use crate::world::hardware::{Hardware, PowerState};
use crate::world::windows::{EventLevel, EventLog};
use crate::world::{DeviceId, World};

/// What became of a machine under load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnderLoad {
    Holds,
    /// The processor protects itself: off, without a word.
    Overheats,
    /// The power supply protects itself: off, without a word, while everything is cool.
    Overloads,
    /// A stop code.
    Crashes(u32),
}

/// Millidegrees Celsius of the room.
const ROOM: u32 = 22_000;
/// What a cooler with free air lets a processor rise above the room, idle and under load.
const IDLE_RISE: u32 = 16_000;
const LOAD_RISE: u32 = 48_000;
/// Where processors switch themselves off (`TjMax` of desktop parts is about 100 °C).
pub const TRIP: u32 = 100_000;
/// Board, memory, disks and fans, in watts.
const REST_WATTS: u32 = 60;
/// How much worse a cooler is whose fan stands still.
const NO_FAN: u32 = 2;
/// Stop codes that bad memory brings about: one is never like the last.
const MEMORY_CODES: [(u32, &str); 4] = [
    (0x1a, "MEMORY_MANAGEMENT"),
    (0x50, "PAGE_FAULT_IN_NONPAGED_AREA"),
    (0x0a, "IRQL_NOT_LESS_OR_EQUAL"),
    (0x3b, "SYSTEM_SERVICE_EXCEPTION"),
];

/// The processor's temperature in millidegrees Celsius.
#[must_use]
pub fn temperature(hardware: &Hardware, loaded: bool) -> u32 {
    let rise = if loaded { LOAD_RISE } else { IDLE_RISE };
    let passes = 1000_u32.saturating_sub(u32::from(hardware.cpu.dust)).max(50);
    let fan = if hardware.cpu.fan_works { 1 } else { NO_FAN };
    ROOM.saturating_add((rise.saturating_mul(1000) / passes).saturating_mul(fan))
}

/// Revolutions a minute, as the firmware shows them.
#[must_use]
pub fn fan_rpm(hardware: &Hardware) -> u32 {
    if hardware.cpu.fan_works { 900 + temperature(hardware, false) / 100 } else { 0 }
}

/// Watts that the parts take together under load.
#[must_use]
pub fn demand(hardware: &Hardware) -> u32 {
    let card = hardware.gpu.as_ref().map_or(0, |card| u32::from(card.watts));
    u32::from(hardware.cpu.watts).saturating_add(card).saturating_add(REST_WATTS)
}

/// What heavy work would do to a machine that runs.
#[must_use]
pub fn under_load(world: &World, device: DeviceId) -> UnderLoad {
    let hardware = &world.device(device).hardware;
    // Devices without parts worth touching have no processor either.
    if hardware.cpu.watts == 0 {
        return UnderLoad::Holds;
    }
    if temperature(hardware, true) >= TRIP {
        return UnderLoad::Overheats;
    }
    if hardware.psu.is_some_and(|psu| u32::from(psu.watts) < demand(hardware)) {
        return UnderLoad::Overloads;
    }
    if hardware.ram.iter().any(|stick| stick.failing) {
        let mut chance = Chance::new(world.now.0, "memory");
        return UnderLoad::Crashes(chance.pick(&MEMORY_CODES).map_or(0x1a, |(code, _)| *code));
    }
    UnderLoad::Holds
}

/// Works it hard for five minutes, as the one who reported it does.
pub fn work(world: &mut World, device: DeviceId) -> Option<UnderLoad> {
    if state(world, device) != PowerState::Running {
        return None;
    }
    world.wait(Span::minutes(5));
    let outcome = under_load(world, device);
    match outcome {
        UnderLoad::Holds => {}
        UnderLoad::Overheats | UnderLoad::Overloads => cut(world, device, true),
        UnderLoad::Crashes(code) => crash(world, device, code),
    }
    Some(outcome)
}

/// A blue screen: the machine restarts by itself and remembers the code.
pub fn crash(world: &mut World, device: DeviceId, code: u32) {
    cut(world, device, false);
    world.device_mut(device).power.switched_on = true;
    super::begin(world, device);
    write_bugcheck(world, device, code);
}

/// Event 1001, which the next start writes; the dump file is named after the day.
pub fn write_bugcheck(world: &mut World, device: DeviceId, code: u32) {
    let date = world.now.civil();
    let dump = format!("{:02}{:02}{:02}-{:04}-01.dmp", date.month, date.day, date.year % 100, world.now.0 % 10_000);
    let text = format!(
        "The computer has rebooted from a bugcheck.  The bugcheck was: 0x{code:08x} (0x0000000000000000, 0x0000000000000002, \
         0x0000000000000000, 0x0000000000000000). A dump was saved in: C:\\Windows\\Minidump\\{dump}."
    );
    log(world, device, EventLog::System, "Microsoft-Windows-WER-SystemErrorReporting", 1001, EventLevel::Error, text);
}

/// The name that the blue screen shows beside a code.
#[must_use]
pub fn stop_name(code: u32) -> &'static str {
    MEMORY_CODES.iter().find(|(known, _)| *known == code).map_or("", |(_, name)| name)
}
