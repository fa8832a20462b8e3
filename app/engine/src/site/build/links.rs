//! Cables between ports, and parts on the shelf.

use super::Builder;
use crate::world::cable::{Cable, CableKind, Damage};
use crate::world::hardware::{DiskKind, SparePart};
use crate::world::port::{Media, Optic};
use crate::world::{PortIndex, PortRef};

impl Builder<'_> {
    pub(super) fn links(&mut self) {
        for (at, link) in self.site.link.iter().enumerate() {
            let path = format!("link[{at}]");
            let from = self.end(&format!("{path}.from"), &link.from);
            let to = self.end(&format!("{path}.to"), &link.to);
            let (Some(from), Some(to)) = (from, to) else { continue };
            let media = self.world.device(from.device).ports[usize::from(from.port.0)].media;
            let Some(kind) = link.cable.as_deref().map_or_else(|| Some(default_cable(media)), cable) else {
                self.complain(format!("{path}.cable"), "Write cat3, cat5e, cat6, cat6a, single-mode, multi-mode or line.");
                continue;
            };
            self.world.cables.push(Cable {
                kind,
                ends: [Some(from), Some(to)],
                metres: link.metres.unwrap_or(5),
                damage: Damage::Whole,
                beside_motor: false,
                label: link.label.clone().unwrap_or_default(),
            });
        }
    }

    /// `PC-01/Ethernet`; a device with one port needs no port.
    fn end(&mut self, path: &str, text: &str) -> Option<PortRef> {
        let (name, port) = text.split_once('/').map_or((text, None), |(name, port)| (name, Some(port)));
        let device = self.device(path, name)?;
        let ports = &self.world.device(device).ports;
        let at = port.map_or(Some(0), |wanted| ports.iter().position(|port| port.name == wanted));
        let Some(at) = at.filter(|at| *at < ports.len()) else {
            let names: Vec<_> = ports.iter().map(|port| port.name.clone()).collect();
            self.complain(path, format!("{name} has no port “{}”. It has: {}.", port.unwrap_or_default(), names.join(", ")));
            return None;
        };
        let end = PortRef { device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
        if self.world.cables.iter().any(|cable| cable.ends.contains(&Some(end))) {
            self.complain(path, format!("There is a cable in {text} already."));
            return None;
        }
        Some(end)
    }
}

fn default_cable(media: Media) -> CableKind {
    match media {
        Media::Copper(_) | Media::Radio => CableKind::Cat6,
        Media::Fibre(Optic::Lx) => CableKind::FibreSingleMode,
        Media::Fibre(_) => CableKind::FibreMultiMode,
        Media::Line => CableKind::Line,
    }
}

/// A cable by the word authors use.
#[must_use]
pub fn cable(text: &str) -> Option<CableKind> {
    Some(match text {
        "cat3" => CableKind::Cat3,
        "cat5e" => CableKind::Cat5e,
        "cat6" => CableKind::Cat6,
        "cat6a" => CableKind::Cat6a,
        "single-mode" => CableKind::FibreSingleMode,
        "multi-mode" => CableKind::FibreMultiMode,
        "line" => CableKind::Line,
        _ => return None,
    })
}

/// A part by the words authors use.
pub fn spare(text: &str) -> Option<SparePart> {
    let words: Vec<_> = text.split_whitespace().collect();
    Some(match words.as_slice() {
        ["cable", kind] => SparePart::Cable(cable(kind)?),
        ["psu", watts] => SparePart::Psu(watts.parse().ok()?),
        ["ram", gib] => SparePart::Ram(gib.parse().ok()?),
        ["disk", "hdd", gib] => SparePart::Disk(DiskKind::Hdd, gib.parse().ok()?),
        ["disk", "ssd", gib] => SparePart::Disk(DiskKind::Ssd, gib.parse().ok()?),
        ["disk", "nvme", gib] => SparePart::Disk(DiskKind::Nvme, gib.parse().ok()?),
        ["cmos", "battery"] => SparePart::CmosBattery,
        ["laptop", "battery"] => SparePart::LaptopBattery,
        ["charger", watts] => SparePart::Charger(watts.parse().ok()?),
        ["fan"] => SparePart::Fan,
        ["drum"] => SparePart::Drum,
        ["toner"] => SparePart::Toner,
        ["fuser"] => SparePart::Fuser,
        ["pick-up", "roller"] => SparePart::PickUpRoller,
        ["optic", "sx"] => SparePart::Optic(Optic::Sx),
        ["optic", "lx"] => SparePart::Optic(Optic::Lx),
        ["display", "cable"] => SparePart::DisplayCable,
        _ => return None,
    })
}
