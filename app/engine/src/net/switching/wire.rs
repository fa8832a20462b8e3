//! What a frame meets on one link: time, noise, collisions, counters.

use crate::net::event::Frame;
use crate::net::link::{self, Link};
use crate::net::walk::Walk;
use crate::net::wifi;
use crate::world::PortRef;
use crate::world::port::{Counters, Media};

impl Walk<'_> {
    /// Microseconds over one link: sending the bits, the way, and a little that differs from frame to frame.
    pub(super) fn travel(&self, port: PortRef, link: &Link, frame: Frame) -> u32 {
        let sent = link::at(self.world, port).map_or(0, |port| port.counters.frames_out);
        let jitter = |most: u64| {
            let seed = sent.wrapping_mul(31).wrapping_add(u64::from(port.device.0)).to_le_bytes();
            u32::try_from(crate::hash::fnv1a(&seed) % most.max(1)).unwrap_or_default()
        };
        let bits = u32::from(frame.bytes()).saturating_mul(8) / link.speed.max(1);
        let media = link::at(self.world, port).map(|port| port.media);
        let way = match media {
            // To the provider and beyond: a few milliseconds each (access lines and regional backbones).
            Some(Media::Line) => 1800 + jitter(900),
            // The air is shared: access delay of a quiet 802.11 network; a saturated one makes everybody wait.
            Some(Media::Radio) => 900 + jitter(1400) + self.air_delay(port),
            _ => 4 + jitter(12),
        };
        bits.saturating_add(way)
    }

    fn air_delay(&self, station: PortRef) -> u32 {
        /// What a station waits for its turn where one other takes nearly all of the air.
        const SATURATED: u32 = 180_000;
        let joined = wifi::uplink(self.world, station);
        let access_point = joined.and_then(|(device, _)| self.world.device(device).access_point());
        let busy = access_point.is_some_and(|found| found.saturated_by.is_some() && !found.rate_limit);
        if busy { SATURATED } else { 0 }
    }

    /// Counts the frame at its sender and says whether it arrives damaged. Losses follow the counters, so they come in bursts and
    /// are the same on every machine.
    pub(super) fn damage(&mut self, port: PortRef, link: &Link, bytes: u16) -> bool {
        /// Frames this long are nearly always hit by a late collision when both ends send (512 bit times are 64 bytes).
        const LONG: u16 = 256;
        let Some(counters) = self.counters(port) else { return false };
        counters.frames_out = counters.frames_out.saturating_add(1);
        counters.bytes_out = counters.bytes_out.saturating_add(u64::from(bytes));
        let turn = counters.frames_out;
        let hit = link.mismatch && if bytes >= LONG { turn % 3 == 0 } else { turn % 16 == 0 };
        let burst = link.noisy && turn % 8 >= 6;
        if hit && !link.full_duplex {
            counters.late_collisions = counters.late_collisions.saturating_add(1);
        }
        if !hit && !burst {
            return false;
        }
        if let Some(far) = self.counters(link.peer) {
            far.crc_errors = far.crc_errors.saturating_add(1);
        }
        self.damaged = self.damaged.saturating_add(1);
        true
    }

    pub(super) fn counters(&mut self, port: PortRef) -> Option<&mut Counters> {
        let device = self.world.devices.get_mut(usize::from(port.device.0))?;
        device.ports.get_mut(usize::from(port.port.0)).map(|port| &mut port.counters)
    }
}
