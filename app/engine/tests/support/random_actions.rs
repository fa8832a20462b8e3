//! Random actions that mostly make sense: names that exist, commands with plausible arguments, operations that panels offer.
//!
//! They come from a grammar over the world as it is, so that most are accepted and the state really changes.

pub mod lines;

use engine::chance::Chance;
use engine::panel::{self, Field, Input, Operation};
use engine::people::{Intent, Tone, Utterance};
use engine::physical::{Act, PowerAct};
use engine::shell::ShellKind;
use engine::ticket::Action;
use engine::time::Span;
use engine::world::device::System;
use engine::world::person::Topic;
use engine::world::{CableId, DeviceId, PersonId, PortIndex, PortRef, World};

pub struct Grammar {
    chance: Chance,
    /// Lines that belong together, last first: an IOS configuration, an `nslookup` session.
    pending: Vec<Action>,
}

const INTENTS: [Intent; 12] = [
    Intent::Greet,
    Intent::Ask,
    Intent::Explain,
    Intent::Instruct,
    Intent::AskConsent,
    Intent::SetExpectation,
    Intent::VerifyIdentity,
    Intent::AskApproval,
    Intent::Confirm,
    Intent::Apologise,
    Intent::Refuse,
    Intent::Close,
];
const TONES: [Tone; 5] = [Tone::Friendly, Tone::Plain, Tone::Technical, Tone::Impatient, Tone::Blaming];
const TOPICS: [Topic; 12] = [
    Topic::Symptom,
    Topic::Since,
    Topic::Changes,
    Topic::Scope,
    Topic::Error,
    Topic::Lights,
    Topic::Cable,
    Topic::Wifi,
    Topic::Password,
    Topic::Identity,
    Topic::Restart,
    Topic::Works,
];
const PARTS: [&str; 6] = ["ram", "disk", "psu", "fan", "cmos battery", "gpu"];
/// Powering on comes more often than off, so that machines stay usable.
const POWER: [PowerAct; 9] = [
    PowerAct::ButtonOn,
    PowerAct::ButtonOn,
    PowerAct::Plug,
    PowerAct::StripOn,
    PowerAct::Restart,
    PowerAct::ButtonOn,
    PowerAct::ButtonHold,
    PowerAct::Unplug,
    PowerAct::StripOff,
];

impl Grammar {
    pub fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed, "random actions"), pending: Vec::new() }
    }

    /// The next action for the world as it is now.
    pub fn next(&mut self, world: &World) -> Action {
        if let Some(action) = self.pending.pop() {
            return action;
        }
        match self.chance.below(100) {
            0..60 => self.line(world),
            60..82 => self.operation(world).unwrap_or_else(|| self.line(world)),
            82..89 => Action::Physical(self.act(world)),
            89..95 => self.utterance(world).unwrap_or(Action::Note("nobody is here".to_owned())),
            95..99 => Action::Wait(Span::seconds(u64::from(self.chance.between(1, 1200)))),
            // Rarely a day, for leases and caches to run out.
            _ => Action::Wait(Span::hours(u64::from(self.chance.between(1, 30)))),
        }
    }

    fn device(&mut self, world: &World) -> DeviceId {
        DeviceId::from_index(self.chance.below(u32::try_from(world.devices.len()).unwrap_or(1)) as usize)
    }

    fn line(&mut self, world: &World) -> Action {
        /// More than enough to find a device with a shell in any site.
        const TRIES: u32 = 50;
        for _ in 0..TRIES {
            let device = self.device(world);
            let shells: &[ShellKind] = match world.device(device).system {
                System::Windows(_) => &[ShellKind::Cmd, ShellKind::PowerShell],
                System::Linux(_) => &[ShellKind::Bash],
                System::Ios(_) => &[ShellKind::Ios],
                System::Printer(_) | System::AccessPoint(_) | System::Fixed => continue,
            };
            let shell = *self.chance.pick(shells).unwrap_or(&ShellKind::Cmd);
            let elevated = self.chance.below(3) > 0;
            let mut lines = lines::draw(world, device, shell, &mut self.chance);
            let first = lines.remove(0);
            let action = |line| Action::Shell { device, shell, elevated, line };
            self.pending = lines.into_iter().rev().map(action).collect();
            return action(first);
        }
        Action::Note("no device has a shell".to_owned())
    }

    fn operation(&mut self, world: &World) -> Option<Action> {
        let device = self.device(world);
        let offered = panel::offered(world, device);
        let panel = *self.chance.pick(&offered)?;
        let view = panel::view(world, device, panel)?;
        if view.operations.is_empty() || self.chance.below(4) == 0 {
            return Some(Action::Open { device, panel });
        }
        let offer = self.chance.pick(&view.operations)?;
        let target = self.chance.pick(&offer.targets).cloned().unwrap_or_default();
        let values = offer.fields.iter().map(|field| (field.name.clone(), self.value(world, field))).collect();
        Some(Action::Panel { device, panel, operation: Operation { verb: offer.verb.clone(), target, values } })
    }

    fn value(&mut self, world: &World, field: &Field) -> String {
        match &field.input {
            Input::Toggle => if self.chance.below(2) == 0 { "yes" } else { "no" }.to_owned(),
            Input::Choice(choices) => self.chance.pick(choices).cloned().unwrap_or_default(),
            Input::Text if self.chance.below(2) == 0 => field.value.clone(),
            Input::Text => lines::word(world, &field.name, &mut self.chance),
        }
    }

    fn act(&mut self, world: &World) -> Act {
        let device = self.device(world);
        let cable = CableId(u16::try_from(self.chance.below(u32::try_from(world.cables.len()).unwrap_or(1))).unwrap_or(0));
        let part = (*self.chance.pick(&PARTS).unwrap_or(&"ram")).to_owned();
        match self.chance.below(20) {
            0..6 => Act::Look(device),
            6 | 7 => Act::TestCable(cable),
            8..11 => self.loose(world).unwrap_or(Act::Look(device)),
            11 => self.port(world, device).map_or(Act::Look(device), Act::Unplug),
            12 => Act::ReplaceCable(cable),
            13..16 => Act::Power(device, *self.chance.pick(&POWER).unwrap_or(&PowerAct::ButtonOn)),
            16 => Act::Reseat(device, part, 0),
            17 => Act::Replace(device, part, 0),
            18 => Act::Clean(device, part),
            _ => Act::RemoveStick(device),
        }
    }

    /// A cable with a loose end goes into a port without one.
    fn loose(&mut self, world: &World) -> Option<Act> {
        let loose = |cable: &&(usize, &engine::world::Cable)| cable.1.ends.contains(&None);
        let cables: Vec<_> = world.cables.iter().enumerate().collect();
        let (at, _) = cables.iter().find(loose)?;
        let taken: Vec<PortRef> = world.cables.iter().flat_map(|cable| cable.ends).flatten().collect();
        let device = self.device(world);
        let port = self.port(world, device).filter(|port| !taken.contains(port))?;
        Some(Act::Plug(CableId(u16::try_from(*at).ok()?), port))
    }

    fn port(&mut self, world: &World, device: DeviceId) -> Option<PortRef> {
        let count = u32::try_from(world.device(device).ports.len()).ok().filter(|count| *count > 0)?;
        Some(PortRef { device, port: PortIndex(u8::try_from(self.chance.below(count)).ok()?) })
    }

    fn utterance(&mut self, world: &World) -> Option<Action> {
        let count = u32::try_from(world.people.len()).ok().filter(|count| *count > 0)?;
        let to = PersonId(u16::try_from(self.chance.below(count)).ok()?);
        Some(Action::Say(Utterance {
            to,
            intent: *self.chance.pick(&INTENTS)?,
            tone: *self.chance.pick(&TONES)?,
            topic: *self.chance.pick(&TOPICS)?,
            words: String::new(),
        }))
    }
}
