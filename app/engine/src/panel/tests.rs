//! Panels of Windows: what they show, what they do, what they refuse.

mod accounts;
mod devices;
mod records;
mod tools;

use crate::sorted::Map;

use super::{Operation, PanelKind, Refused, apply, as_text, view};
use crate::shell::windows::network::trial::clinic;
use crate::world::windows::Windows;
use crate::world::{DeviceId, World};

/// One machine and one panel of it.
struct Seen {
    world: World,
    device: DeviceId,
    kind: PanelKind,
}

impl Seen {
    fn of(device: &str, kind: PanelKind) -> Self {
        let world = clinic();
        let device = world.find(device).unwrap();
        Self { world, device, kind }
    }

    /// The panel as text.
    fn text(&self) -> String {
        as_text(&view(&self.world, self.device, self.kind).unwrap())
    }

    fn windows(&mut self) -> &mut Windows {
        self.world.device_mut(self.device).windows_mut().unwrap()
    }

    /// What the panel offers now: verbs in its order.
    fn offers(&self) -> Vec<String> {
        view(&self.world, self.device, self.kind).unwrap().operations.into_iter().map(|offer| offer.verb).collect()
    }

    fn operate(&mut self, verb: &str, target: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
        let values: Map<_, _> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let operation = Operation { verb: verb.to_owned(), target: target.to_owned(), values };
        apply(&mut self.world, self.device, self.kind, &operation)
    }

    fn does(&mut self, verb: &str, target: &str, values: &[(&str, &str)], said: &str) {
        assert_eq!(self.operate(verb, target, values), Ok(said.to_owned()), "{verb} {target}");
    }

    fn refuses(&mut self, verb: &str, target: &str, values: &[(&str, &str)], said: &str) {
        assert_eq!(self.operate(verb, target, values), Err(Refused(said.to_owned())), "{verb} {target}");
    }
}

#[test]
fn every_panel_refuses_what_it_does_not_have() {
    for (kind, slug, _) in super::ALL {
        for device in ["PC-01", "SRV-1"] {
            let mut seen = Seen::of(device, *kind);
            assert!(seen.operate("no-such-verb", "nothing", &[]).is_err(), "{slug} on {device}");
        }
    }
}
