//! Signal by distance and floors, and what it carries.

use super::{association, client, on_air};
use crate::sorted;
use crate::world::place::Place;
use crate::world::wifi::{Band, Radio};
use crate::world::{DeviceId, PlaceId, PortRef, World};

/// ITU-R P.1238: L = 20 log f + N log d + Lf(n) − 28 dB, with f in MHz and d in metres; figures of its tables for offices.
struct Loss {
    /// 20 log f − 28 dB: 2437, 5500 and 6425 MHz.
    at_one_metre: i32,
    /// N.
    coefficient: i32,
    /// Lf for each floor between.
    floor: i32,
}

fn loss(band: Band) -> Loss {
    match band {
        Band::Ghz2 => Loss { at_one_metre: 40, coefficient: 30, floor: 14 },
        Band::Ghz5 => Loss { at_one_metre: 47, coefficient: 31, floor: 16 },
        // The tables end below 6 GHz; the nearest column is taken.
        Band::Ghz6 => Loss { at_one_metre: 48, coefficient: 31, floor: 16 },
    }
}

/// Places are given by their middle: in one room a station stands about this far off, in decimetres.
const SAME_ROOM: u32 = 30;
/// Metres from floor to floor.
const STOREY: i32 = 3;
/// A microwave oven is felt this far, in decimetres, and costs so many dB of signal over noise.
const OVEN_REACH: u32 = 80;
const OVEN_DB: i32 = 35;
/// Ovens work around 2450 MHz and spread downwards to about channel 4.
pub const OVEN_CHANNEL: u8 = 4;
/// 802.11 clear channel assessment: a radio that hears another's preamble at this level waits for it.
const WAITS_ABOVE: i8 = -82;

/// What arrives at a device of what an access point's radio sends, in dBm.
#[must_use]
pub fn signal(world: &World, access_point: DeviceId, radio: &Radio, at: DeviceId) -> i8 {
    signal_at(world, access_point, radio, world.device(at).place)
}

/// The same in a place.
#[must_use]
pub fn signal_at(world: &World, access_point: DeviceId, radio: &Radio, place: PlaceId) -> i8 {
    let loss = loss(radio.band);
    let (decimetres, floors) = apart(world, world.device(access_point).place, place);
    let by_distance = loss.coefficient * (log10_milli(decimetres.max(SAME_ROOM)) - 1000) / 1000;
    let dbm = i32::from(radio.dbm) - loss.at_one_metre - by_distance - loss.floor * floors;
    i8::try_from(dbm.clamp(-127, 127)).unwrap_or(i8::MIN)
}

/// Decimetres and floors between two places.
fn apart(world: &World, a: PlaceId, b: PlaceId) -> (u32, i32) {
    let place = |id: PlaceId| world.places.get(usize::from(id.0));
    let (Some(a), Some(b)) = (place(a), place(b)) else { return (SAME_ROOM, 0) };
    (decimetres(a, b), i32::try_from(a.floor.abs_diff(b.floor)).unwrap_or(i32::MAX).min(100))
}

fn decimetres(a: &Place, b: &Place) -> u32 {
    let square = |a: i32, b: i32, unit: i32| {
        let metres = u64::from(a.abs_diff(b)).saturating_mul(u64::from(unit.unsigned_abs()));
        metres.saturating_mul(metres)
    };
    let sum = square(a.x, b.x, 1).saturating_add(square(a.y, b.y, 1)).saturating_add(square(a.floor, b.floor, STOREY));
    u32::try_from(sum.saturating_mul(100).isqrt()).unwrap_or(u32::MAX)
}

/// 1000 · log₁₀ n, rounded down: the binary logarithm bit by bit (squaring), times log₁₀ 2 = 0.30103.
fn log10_milli(n: u32) -> i32 {
    if n <= 1 {
        return 0;
    }
    let whole = n.ilog2();
    // 1.0 ≤ x < 2.0 with 31 binary places.
    let mut x = (u64::from(n) << 31) >> whole;
    let mut log2 = u64::from(whole) << 16;
    for bit in (0..16).rev() {
        x = (x * x) >> 31;
        if x >= 1 << 32 {
            x >>= 1;
            log2 |= 1 << bit;
        }
    }
    i32::try_from(log2 * 30_103 / (100 << 16)).unwrap_or(i32::MAX)
}

/// What a station hears of the access point it is joined to, less the noise of ovens nearby on 2.4 GHz; dBm.
fn effective(world: &World, station: PortRef) -> Option<(i32, u8, Band)> {
    let here = association(world, station)?;
    let place = world.device(station.device).place;
    let oven = here.radio.band == Band::Ghz2 && here.radio.channel >= OVEN_CHANNEL && oven_near(world, place);
    Some((i32::from(here.dbm) - if oven { OVEN_DB } else { 0 }, here.radio.width, here.radio.band))
}

/// Whether a microwave oven that runs is felt in a place.
#[must_use]
pub fn oven_near(world: &World, place: PlaceId) -> bool {
    world.places.iter().enumerate().any(|(at, other)| {
        let id = PlaceId(u16::try_from(at).unwrap_or(u16::MAX));
        other.interference_2_4 && (id == place || near(world, place, id))
    })
}

fn near(world: &World, a: PlaceId, b: PlaceId) -> bool {
    let (decimetres, floors) = apart(world, a, b);
    floors == 0 && decimetres <= OVEN_REACH
}

/// Bits of a symbol and code rate (802.11 MCS 0–9), with the weakest signal at 20 MHz that carries them (802.11, table of the
/// receiver's minimum sensitivity for VHT).
const SCHEMES: [(i32, u32, u32, u32); 10] = [
    (-57, 8, 5, 6),
    (-59, 8, 3, 4),
    (-64, 6, 5, 6),
    (-65, 6, 3, 4),
    (-66, 6, 2, 3),
    (-70, 4, 3, 4),
    (-74, 4, 1, 2),
    (-77, 2, 3, 4),
    (-79, 2, 1, 2),
    (i32::MIN, 1, 1, 2),
];
/// Laptops and phones have two antennas.
const STREAMS: u32 = 2;
/// A symbol with its long guard interval lasts 4 µs.
const SYMBOL_MICROS: u32 = 4;

/// Mb/s for a signal on a channel of this width; 2.4 GHz is taken as 802.11n, whose best is 64-QAM.
pub(super) fn rate_of(dbm: i32, width: u8, band: Band) -> u32 {
    let (carriers, extra) = match width {
        0..=20 => (52, 0),
        21..=40 => (108, 3),
        41..=80 => (234, 6),
        81.. => (468, 9),
    };
    let usable = |bits: u32| band != Band::Ghz2 || bits <= 6;
    let best = SCHEMES.iter().find(|(needs, bits, ..)| dbm >= needs.saturating_add(extra) && usable(*bits));
    best.map_or(0, |(_, bits, of, parts)| carriers * bits * of * STREAMS / (parts * SYMBOL_MICROS))
}

/// What a joined station's radio runs at, in Mb/s; 0 where it is not joined.
#[must_use]
pub fn rate(world: &World, port: PortRef) -> u32 {
    effective(world, port).map_or(0, |(dbm, width, band)| rate_of(dbm, width, band))
}

/// Other access points' radios that this station's channel is shared with.
#[must_use]
pub fn contenders(world: &World, station: PortRef) -> u32 {
    let Some(here) = association(world, station) else { return 0 };
    let mut others: Vec<_> = on_air(world, station)
        .iter()
        .filter(|heard| heard.access_point != here.access_point && heard.dbm >= WAITS_ABOVE && overlap(here.radio, heard.radio))
        .map(|heard| (heard.access_point, heard.radio.band))
        .collect();
    sorted::sort(&mut others);
    others.dedup();
    u32::try_from(others.len()).unwrap_or(u32::MAX)
}

/// Whether a radio at `here` has to wait for one of another access point: an overlapping channel, and loud enough.
#[must_use]
pub fn shares_channel(world: &World, own: &Radio, other: DeviceId, theirs: &Radio, here: DeviceId) -> bool {
    overlap(own, theirs) && signal(world, other, theirs, here) >= WAITS_ABOVE
}

/// Channels are numbered every 5 MHz; two overlap where their middles are closer than half of both widths.
fn overlap(a: &Radio, b: &Radio) -> bool {
    let apart = u16::from(a.channel.abs_diff(b.channel)) * 5;
    a.band == b.band && 2 * apart < u16::from(a.width.max(20)) + u16::from(b.width.max(20))
}

/// What of the rate is left for data: about six tenths after preambles, acknowledgements and waiting.
const OF_RATE: (u32, u32) = (6, 10);
/// dBm below which about half of the frames have to be sent again.
const EDGE: i32 = -75;
/// What a station gets beside one that fills the air.
const BESIDE_SATURATION: u32 = 20;

/// An estimate of what a station can carry, in Mb/s.
#[must_use]
pub fn throughput(world: &World, station: PortRef) -> u32 {
    let Some((access_point, _)) = super::uplink(world, station) else { return 0 };
    let own = world.device(station.device).ports.get(usize::from(station.port.0)).map(|port| port.mac);
    let crowded = world.device(access_point).access_point().is_some_and(|found| {
        !found.rate_limit && found.saturated_by.is_some() && found.saturated_by != own && client(world, station).is_some()
    });
    let edge = effective(world, station).is_some_and(|(dbm, ..)| dbm < EDGE);
    let share = rate(world, station) * OF_RATE.0 / OF_RATE.1 / (1 + contenders(world, station)) / if edge { 2 } else { 1 };
    if crowded { share / BESIDE_SATURATION } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_agree_with_a_table() {
        for (n, milli) in [(1, 0), (2, 301), (10, 1000), (30, 1477), (72, 1857), (100, 2000), (12_345, 4091)] {
            assert!((log10_milli(n) - milli).abs() <= 1, "{n}: {}", log10_milli(n));
        }
    }

    #[test]
    fn rates_are_those_of_the_standard() {
        assert_eq!(rate_of(-50, 20, Band::Ghz2), 130);
        assert_eq!(rate_of(-40, 80, Band::Ghz5), 780);
        assert_eq!(rate_of(-80, 20, Band::Ghz2), 13);
        assert!(rate_of(-75, 20, Band::Ghz5) < rate_of(-60, 20, Band::Ghz5));
    }

    #[test]
    fn channels_one_six_and_eleven_do_not_overlap() {
        let radio = |channel| Radio {
            band: Band::Ghz2,
            channel,
            width: 20,
            dbm: 17,
            enabled: true,
            bssid: crate::world::mac::Mac::default(),
        };
        assert!(overlap(&radio(6), &radio(6)) && overlap(&radio(6), &radio(8)));
        assert!(!overlap(&radio(1), &radio(6)) && !overlap(&radio(6), &radio(11)));
    }
}
