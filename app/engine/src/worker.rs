//! The engine as a WebAssembly module of its own: bytes in, bytes out, all of them postcard.
//!
//! Native code has the same functions, so that tests can compare the two after every action.

#[cfg(all(feature = "worker", target_arch = "wasm32"))]
use wasm_bindgen::prelude::wasm_bindgen;

use serde::{Deserialize, Serialize};

use crate::ticket::Action;
use crate::ticket::run::{Run, Shown};
use crate::world::World;

/// A world or an action as the module reads it.
///
/// # Errors
/// Nothing that the engine itself has made fails.
pub fn encode(value: &impl Serialize) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(value)
}

/// What an action came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub shown: Shown,
    /// Whether the model took it: `false` for unknown commands, refused operations, impossible acts.
    pub accepted: bool,
}

/// One run on a world.
#[cfg_attr(all(feature = "worker", target_arch = "wasm32"), wasm_bindgen)]
pub struct Worker {
    run: Run,
}

#[cfg_attr(all(feature = "worker", target_arch = "wasm32"), wasm_bindgen)]
impl Worker {
    /// A [`World`] as postcard; nothing for bytes that are none.
    #[must_use]
    pub fn start(world: &[u8]) -> Option<Worker> {
        postcard::from_bytes::<World>(world).ok().map(|world| Self { run: Run::on(world) })
    }

    /// An [`Action`] as postcard in, a [`Reply`] as postcard out; empty for bytes that are no action.
    pub fn apply(&mut self, action: &[u8]) -> Vec<u8> {
        let action = postcard::from_bytes(action).ok();
        action.and_then(|action| postcard::to_allocvec(&self.act(action)).ok()).unwrap_or_default()
    }

    /// The fingerprint of the whole state.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.run.hash()
    }
}

impl Worker {
    #[must_use]
    pub fn world(&self) -> &World {
        &self.run.world
    }

    /// The same as [`Worker::apply`] without the bytes.
    pub fn act(&mut self, action: Action) -> Reply {
        let unknown = self.run.world.not_modelled.len();
        let shown = self.run.act(action, &[]).output.clone();
        let accepted = !matches!(shown, Shown::Refused(_)) && self.run.world.not_modelled.len() == unknown;
        Reply { shown, accepted }
    }
}
