//! The engine as a WebAssembly module of its own: bytes in, bytes out, all of them postcard.
//!
//! Native code has the same functions, so that tests can compare the two after every action.

#[cfg(all(feature = "worker", target_arch = "wasm32"))]
use wasm_bindgen::prelude::wasm_bindgen;

use serde::{Deserialize, Serialize};

use crate::shell::{Session, ShellKind};
use crate::ticket::Action;
use crate::world::{DeviceId, World};
use crate::{hash, panel, people, physical, shell};

/// What an action came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Lines of a terminal, a panel's message, words of a person.
    pub text: String,
    /// Whether the model took it: `false` for unknown commands, refused operations, impossible acts.
    pub accepted: bool,
}

/// One world and its open terminals.
#[cfg_attr(all(feature = "worker", target_arch = "wasm32"), wasm_bindgen)]
pub struct Worker {
    world: World,
    terminals: Vec<Session>,
}

#[cfg_attr(all(feature = "worker", target_arch = "wasm32"), wasm_bindgen)]
impl Worker {
    /// A [`World`] as postcard; nothing for bytes that are none.
    #[must_use]
    pub fn start(world: &[u8]) -> Option<Worker> {
        let world = postcard::from_bytes(world).ok()?;
        Some(Self { world, terminals: Vec::new() })
    }

    /// An [`Action`] as postcard in, a [`Reply`] as postcard out; empty for bytes that are no action.
    pub fn apply(&mut self, action: &[u8]) -> Vec<u8> {
        postcard::from_bytes(action)
            .map(|action| self.act(&action))
            .ok()
            .and_then(|reply| postcard::to_allocvec(&reply).ok())
            .unwrap_or_default()
    }

    /// The fingerprint of the whole state.
    #[must_use]
    pub fn hash(&self) -> u64 {
        hash::of(&(&self.world, &self.terminals))
    }
}

impl Worker {
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The same as [`Worker::apply`] without the bytes.
    pub fn act(&mut self, action: &Action) -> Reply {
        let outcome = match action {
            Action::Shell { device, shell, elevated, line } => self.line(*device, *shell, *elevated, line),
            Action::Open { device, panel } => {
                match self.has(*device).then(|| panel::view(&self.world, *device, *panel)).flatten() {
                    Some(view) => Ok(view.title),
                    None => Err("There is no such panel.".to_owned()),
                }
            }
            Action::Panel { device, panel, operation } if self.has(*device) => {
                panel::apply(&mut self.world, *device, *panel, operation).map_err(|refused| refused.0)
            }
            Action::Panel { .. } => Err("There is no such device.".to_owned()),
            Action::Physical(act) => physical::act(&mut self.world, act),
            Action::Say(utterance) => Ok(people::say(&mut self.world, utterance, &[])),
            Action::Wait(span) => {
                self.world.wait(*span);
                Ok(String::new())
            }
            Action::Theory(_) | Action::Note(_) | Action::Escalate(_) | Action::Resolve(_) => Ok(String::new()),
        };
        match outcome {
            Ok(text) => Reply { text, accepted: true },
            Err(text) => Reply { text, accepted: false },
        }
    }

    fn has(&self, device: DeviceId) -> bool {
        usize::from(device.0) < self.world.devices.len()
    }

    fn line(&mut self, device: DeviceId, kind: ShellKind, elevated: bool, line: &str) -> Result<String, String> {
        let found = self.terminals.iter().position(|open| (open.device, open.kind, open.elevated) == (device, kind, elevated));
        let at = if let Some(at) = found {
            at
        } else {
            let opened = self.has(device).then(|| Session::open(&self.world, device, kind)).flatten();
            let opened = opened.ok_or("There is no such terminal.")?;
            self.terminals.push(Session { elevated, ..opened });
            self.terminals.len() - 1
        };
        let unknown = self.world.not_modelled.len();
        let terminal = self.terminals.get_mut(at).ok_or("There is no such terminal.")?;
        let output = shell::run(&mut self.world, terminal, line);
        if self.world.not_modelled.len() > unknown { Err(output.text) } else { Ok(output.text) }
    }
}
