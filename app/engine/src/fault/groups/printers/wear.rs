//! P6 to P10: the printer itself.

use super::super::twin;
use super::printers;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::print::paper::TONER_LOW;
use crate::world::World;
use crate::world::printer::{Jam, Media, Paper, Printer};

pub const P6: Fault = Fault {
    id: "P6",
    title: "The drum is scratched",
    layer: Layer::Hardware,
    component: "drum",
    tier: Tier::T1,
    targets: printers,
    inject: scratch,
    traces: no_traces,
    present: scratched,
    repair,
};

pub const P7: Fault = Fault {
    id: "P7",
    title: "Toner is not fixed to the paper: the fuser has failed, or the tray says another paper than lies in it",
    layer: Layer::Hardware,
    component: "fuser",
    tier: Tier::Vendor,
    targets: smearing,
    inject: smear,
    traces: no_traces,
    present: smears,
    repair,
};

pub const P8: Fault = Fault {
    id: "P8",
    title: "Toner is nearly empty, or economy mode is on",
    layer: Layer::Hardware,
    component: "toner",
    tier: Tier::T1,
    targets: fading,
    inject: fade,
    traces: no_traces,
    present: fades,
    repair,
};

pub const P9: Fault = Fault {
    id: "P9",
    title: "A scrap of paper sits at a sensor, or the pick-up roller is worn",
    layer: Layer::Hardware,
    component: "paper path",
    tier: Tier::T1,
    targets: jamming,
    inject: jam,
    traces: no_traces,
    present: jams,
    repair,
};

pub const P10: Fault = Fault {
    id: "P10",
    title: "The tray is set to a size that does not lie in it",
    layer: Layer::Hardware,
    component: "tray setting",
    tier: Tier::T1,
    targets: printers,
    inject: missize,
    traces: no_traces,
    present: missized,
    repair,
};

fn printer<'w>(world: &'w World, target: &Target) -> Option<&'w Printer> {
    world.device(target.other?).printer()
}

fn printer_mut<'w>(world: &'w mut World, target: &Target) -> Option<&'w mut Printer> {
    world.device_mut(target.other?).printer_mut()
}

/// Each printer once for each way it can go wrong; the way stands behind the queue's name.
fn ways(world: &World, ways: [&str; 2]) -> Vec<Target> {
    let way = |target: Target| ways.map(|way| Target { name: format!("{}: {way}", target.name), ..target.clone() });
    printers(world).into_iter().flat_map(way).collect()
}

/// Everything of the printer that wears or is set, as the twin has it; pages and counters stay.
fn repair(world: &mut World, target: &Target, healthy: &World) {
    let Some(device) = target.other else { return };
    if let Some((sick, well)) = twin::printer(world, healthy, device) {
        sick.drum_scratched = well.drum_scratched;
        sick.fuser_works = well.fuser_works;
        sick.toner = well.toner;
        sick.economy_mode = well.economy_mode;
        sick.scrap_at_sensor = well.scrap_at_sensor;
        sick.pick_up_roller_worn = well.pick_up_roller_worn;
        sick.jam.clone_from(&well.jam);
        sick.trays.clone_from(&well.trays);
        sick.log.clone_from(&well.log);
    }
}

fn scratch(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(printer) = printer_mut(world, target) {
        printer.drum_scratched = true;
    }
}

fn scratched(world: &World, target: &Target) -> bool {
    printer(world, target).is_some_and(|printer| printer.drum_scratched)
}

fn smearing(world: &World) -> Vec<Target> {
    ways(world, ["fuser", "paper type"])
}

fn smear(world: &mut World, target: &Target, _chance: &mut Chance) {
    let fuser = target.name.ends_with(": fuser");
    let Some(printer) = printer_mut(world, target) else { return };
    if fuser {
        printer.fuser_works = false;
    } else if let Some(tray) = printer.trays.iter_mut().find(|tray| tray.sheets > 0) {
        tray.media = Media::Heavy;
    }
}

fn smears(world: &World, target: &Target) -> bool {
    printer(world, target).is_some_and(|printer| {
        !printer.fuser_works || printer.trays.iter().any(|tray| tray.sheets > 0 && tray.media != tray.set_media)
    })
}

fn fading(world: &World) -> Vec<Target> {
    ways(world, ["toner", "economy mode"])
}

fn fade(world: &mut World, target: &Target, chance: &mut Chance) {
    let toner = target.name.ends_with(": toner");
    let left = u16::try_from(chance.between(8, 25)).unwrap_or(10);
    let Some(printer) = printer_mut(world, target) else { return };
    if toner {
        printer.toner = left;
    } else {
        printer.economy_mode = true;
    }
}

fn fades(world: &World, target: &Target) -> bool {
    printer(world, target).is_some_and(|printer| printer.toner < TONER_LOW || printer.economy_mode)
}

fn jamming(world: &World) -> Vec<Target> {
    ways(world, ["scrap", "roller"])
}

fn jam(world: &mut World, target: &Target, _chance: &mut Chance) {
    let (scrap, now) = (target.name.ends_with(": scrap"), world.now);
    let Some(printer) = printer_mut(world, target) else { return };
    let (code, location) = if scrap {
        printer.scrap_at_sensor = true;
        ("13.20", "fuser exit sensor".to_owned())
    } else {
        printer.pick_up_roller_worn = true;
        let tray = printer.trays.iter().find(|tray| tray.sheets > 0).map(|tray| tray.name.clone()).unwrap_or_default();
        ("13.02", format!("{tray} pick-up"))
    };
    printer.log.push((now, format!("{code} Jam in {location}")));
    printer.jam = Some(Jam { code: code.to_owned(), location });
}

/// Clearing the display does not help while the cause is there.
fn jams(world: &World, target: &Target) -> bool {
    printer(world, target).is_some_and(|printer| printer.scrap_at_sensor || printer.pick_up_roller_worn)
}

fn missize(world: &mut World, target: &Target, _chance: &mut Chance) {
    let Some(printer) = printer_mut(world, target) else { return };
    if let Some(tray) = printer.trays.iter_mut().find(|tray| tray.sheets > 0) {
        tray.paper = if tray.set_size == Paper::Letter { Paper::A4 } else { Paper::Letter };
    }
}

fn missized(world: &World, target: &Target) -> bool {
    printer(world, target).is_some_and(|printer| printer.trays.iter().any(|tray| tray.sheets > 0 && tray.paper != tray.set_size))
}
