//! The engine as a WebAssembly module of its own, for rewinding a ticket whose verdict is known and going on differently.
//!
//! Bytes in, bytes out, all of them postcard of the types here, so that a page made with the same crate speaks to it without a
//! format of its own:
//!
//! 1. [`Worker::start`] with a [`Start`] as the server wrote it after the verdict;
//! 2. [`Request::Log`] with the ticket's actions: they are done again, and every output comes back;
//! 3. [`Request::Jump`] to the state after any of them; [`Request::View`], [`Request::Panels`] and [`Request::Prompt`] look into it;
//! 4. [`Request::Act`] does something else from there: what had followed is forgotten.
//!
//! Native code has the same functions, so that tests can compare the two after every action.

mod history;
#[cfg(test)]
mod tests;

#[cfg(all(feature = "worker", target_arch = "wasm32"))]
use wasm_bindgen::prelude::wasm_bindgen;

use serde::{Deserialize, Serialize};

use crate::panel::{self, PanelKind, View};
use crate::probe::Probe;
use crate::shell::ShellKind;
use crate::ticket::Action;
use crate::ticket::run::{Run, Shown};
use crate::time::{Span, Time};
use crate::world::{DeviceId, PortRef, World};

use history::History;

/// What a run begins from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    pub world: World,
    /// What the people of the ticket can notice for themselves: [`crate::ticket::run::Given::needs`].
    pub needs: Vec<Probe>,
}

/// What a page asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Does all of these after what has been done; answered by [`Answer::Log`].
    Log(Vec<Action>),
    /// Does this after what has been done up to here, and forgets what followed; answered by [`Answer::Done`].
    Act(Action),
    /// To the state after so many actions, or after the last one; answered by [`Answer::At`].
    Jump(u32),
    /// Looks into a panel without spending time; answered by [`Answer::View`].
    View { device: DeviceId, panel: PanelKind },
    /// The panels that a device has; answered by [`Answer::Panels`].
    Panels(DeviceId),
    /// The prompt of a terminal; answered by [`Answer::Prompt`].
    Prompt { device: DeviceId, shell: ShellKind, elevated: bool },
    /// What is plugged in where; answered by [`Answer::Links`].
    Links,
}

/// What a page is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// In the order of the actions.
    Log(Vec<Reply>),
    Done(Reply),
    /// How many actions have been done, and what time it is.
    At(u32, Time),
    /// Nothing where the device has no such panel.
    View(Option<View>),
    Panels(Vec<PanelKind>),
    /// Nothing where the device has no such command line.
    Prompt(Option<String>),
    /// Device and port of both ends of each cable that has two.
    Links(Vec<[(DeviceId, String); 2]>),
    /// The bytes were no [`Request`].
    Unreadable,
}

/// A [`Start`], an action or a [`Request`] as the module reads it.
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
    /// When it was done, and how long it took.
    pub at: Time,
    pub took: Span,
    /// It changed something that lasts.
    pub changed: bool,
}

/// One run on a world.
#[cfg_attr(all(feature = "worker", target_arch = "wasm32"), wasm_bindgen)]
pub struct Worker {
    history: History,
}

#[cfg_attr(all(feature = "worker", target_arch = "wasm32"), wasm_bindgen)]
impl Worker {
    /// A [`Start`] as postcard; nothing for bytes that are none.
    #[must_use]
    pub fn start(bytes: &[u8]) -> Option<Worker> {
        postcard::from_bytes(bytes).ok().map(Self::on)
    }

    /// A [`Request`] as postcard in, an [`Answer`] as postcard out.
    pub fn ask(&mut self, request: &[u8]) -> Vec<u8> {
        let answer = postcard::from_bytes(request).map_or(Answer::Unreadable, |request| self.answer(request));
        postcard::to_allocvec(&answer).unwrap_or_default()
    }

    /// The fingerprint of the whole state.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.run().hash()
    }
}

impl Worker {
    #[must_use]
    pub fn on(start: Start) -> Self {
        Self { history: History::new(Run::on(start.world), start.needs) }
    }

    /// The run as it stands.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.history.run
    }

    /// The same as [`Worker::ask`] without the bytes.
    pub fn answer(&mut self, request: Request) -> Answer {
        let exists = |device: DeviceId| usize::from(device.0) < self.run().world.devices.len();
        match request {
            Request::Log(actions) => Answer::Log(actions.into_iter().map(|action| self.history.act(action)).collect()),
            Request::Act(action) => Answer::Done(self.history.act(action)),
            Request::Jump(step) => Answer::At(self.history.jump(step), self.run().world.now),
            Request::View { device, panel } if exists(device) => Answer::View(panel::view(&self.run().world, device, panel)),
            Request::Panels(device) if exists(device) => Answer::Panels(panel::offered(&self.run().world, device)),
            Request::Prompt { device, shell, elevated } if exists(device) => {
                Answer::Prompt(self.run().prompt(device, shell, elevated))
            }
            Request::Links => Answer::Links(links(&self.run().world)),
            Request::View { .. } => Answer::View(None),
            Request::Panels(_) => Answer::Panels(Vec::new()),
            Request::Prompt { .. } => Answer::Prompt(None),
        }
    }
}

fn links(world: &World) -> Vec<[(DeviceId, String); 2]> {
    let end = |port: PortRef| {
        let found = world.devices.get(usize::from(port.device.0))?.ports.get(usize::from(port.port.0))?;
        Some((port.device, found.name.clone()))
    };
    world.cables.iter().filter_map(|cable| Some([end(cable.ends[0]?)?, end(cable.ends[1]?)?])).collect()
}
