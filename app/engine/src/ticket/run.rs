//! Plays a ticket: one action after the other, each with its output and the time it took.

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::scenario::{Conduct, MISUNDERSTANDING, UNDERSTANDING};
use crate::fault::{Fault, Layer, Target};
use crate::panel::{self, View};
use crate::people;
use crate::physical;
use crate::probe::Probe;
use crate::shell::{self, Session, ShellKind};
use crate::sorted::Map;
use crate::time::{Span, Time};
use crate::world::person::Topic;
use crate::world::{DeviceId, PersonId, World};

/// What a scenario and a seed give.
#[derive(Clone, Debug)]
pub struct Given {
    /// The same company with nothing wrong.
    pub twin: World,
    pub start: World,
    pub injected: Vec<Injected>,
    /// Nothing is broken; this has to be explained.
    pub misunderstanding: Option<Topic>,
    pub requester: PersonId,
    /// What the requester needs.
    pub needs: Vec<Probe>,
    /// What everybody relies on.
    pub relied_on: Vec<Probe>,
    pub people: Map<String, PersonId>,
    /// For `{device}` and its kin in scripts.
    pub names: Map<String, String>,
    pub rules: Conduct,
}

#[derive(Clone, Debug)]
pub struct Injected {
    pub fault: &'static Fault,
    pub target: Target,
    pub herring: bool,
}

impl Given {
    /// The faults that are the cause: one or two, or none in a misunderstanding.
    pub fn causes(&self) -> impl Iterator<Item = &Injected> {
        self.injected.iter().filter(|one| !one.herring)
    }

    /// What a theory should name.
    #[must_use]
    pub fn truths(&self) -> Vec<Truth> {
        let told = self.causes().map(|cause| Truth {
            cause: cause.fault.id,
            component: cause.fault.component,
            layer: cause.fault.layer,
        });
        let nothing = Truth { cause: MISUNDERSTANDING, component: UNDERSTANDING, layer: Layer::Person };
        told.chain(self.misunderstanding.map(|_| nothing)).collect()
    }

    /// Whether this candidate is not the cause.
    #[must_use]
    pub fn is_rival(&self, id: &str) -> bool {
        self.causes().all(|cause| cause.fault.id != id)
    }
}

/// A cause as the list of theories knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth {
    /// The id of the fault, or [`MISUNDERSTANDING`].
    pub cause: &'static str,
    pub component: &'static str,
    pub layer: Layer,
}

/// One action and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub action: Action,
    pub output: Kept,
    /// When it was done, and how long it took.
    pub at: Time,
    pub took: Span,
    /// It changed something that lasts: settings, parts, cables, files, services; not what changed with time meanwhile.
    pub changed: bool,
}

/// What the learner sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    Text(String),
    Panel(View),
    /// It was refused, and why.
    Refused(String),
}

impl Shown {
    /// As one text, for logs and comparison.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Refused(text) => text.clone(),
            Self::Panel(view) => panel::as_text(view),
        }
    }
}

/// What was shown, kept as the bytes it is written in: a panel is some hundred texts, and the log takes less than half of the memory that way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Shown", into = "Shown")]
pub struct Kept(Box<[u8]>);

impl Kept {
    /// To be drawn.
    #[must_use]
    pub fn shown(&self) -> Shown {
        // Only ever made from what was shown, which can be read back.
        postcard::from_bytes(&self.0).unwrap_or_else(|_| Shown::Text(String::new()))
    }

    /// See [`Shown::text`].
    #[must_use]
    pub fn text(&self) -> String {
        self.shown().text()
    }
}

impl From<Shown> for Kept {
    fn from(shown: Shown) -> Self {
        Self(postcard::to_allocvec(&shown).unwrap_or_default().into())
    }
}

impl From<Kept> for Shown {
    fn from(kept: Kept) -> Self {
        kept.shown()
    }
}

/// A ticket being worked on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    pub world: World,
    pub log: Vec<Entry>,
    sessions: Map<(DeviceId, ShellKind, bool), Box<Session>>,
    closed: bool,
}

/// What looking at something, writing something down and reading cost.
const LOOK: Span = Span::seconds(5);
const CHANGE: Span = Span::seconds(15);
const HANDS: Span = Span::seconds(60);
const TALK: Span = Span::seconds(20);
const WRITE: Span = Span::seconds(30);
/// Longer waits are cut here: a working day.
const LONGEST_WAIT: Span = Span::hours(10);

impl Run {
    #[must_use]
    pub fn start(given: &Given) -> Self {
        Self { world: given.start.clone(), log: Vec::new(), sessions: Map::new(), closed: false }
    }

    /// A run on any world, as tests and candidate worlds need it.
    #[must_use]
    pub fn on(world: World) -> Self {
        Self { world, log: Vec::new(), sessions: Map::new(), closed: false }
    }

    /// Resolved or handed over: nothing more can be done.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// The prompt of a terminal that is open.
    #[must_use]
    pub fn prompt(&self, device: DeviceId, kind: ShellKind, elevated: bool) -> Option<String> {
        match self.sessions.get(&(device, kind, elevated)) {
            Some(session) => Some(session.prompt(&self.world)),
            None => self.open(device, kind, elevated).map(|session| session.prompt(&self.world)),
        }
    }

    /// Does one action. `needs` are what the people of the ticket can notice for themselves.
    pub fn act(&mut self, action: Action, needs: &[Probe]) -> &Entry {
        let at = self.world.now;
        let before = self.world.clone();
        let output = if self.closed { Shown::Refused("This ticket is closed.".to_owned()) } else { self.perform(&action, needs) };
        let took = self.world.now - at;
        let changed = super::essence::changed_by(&action, &before, &self.world);
        self.log.push(Entry { action, output: output.into(), at, took, changed });
        // Just pushed.
        &self.log[self.log.len() - 1]
    }

    fn perform(&mut self, action: &Action, needs: &[Probe]) -> Shown {
        match action {
            Action::Shell { device, shell, elevated, line } => self.shell(*device, *shell, *elevated, line),
            Action::Open { device, panel } => {
                self.world.wait(LOOK);
                self.view(*device, *panel)
            }
            Action::Panel { device, panel, operation } => {
                if !self.exists(*device) {
                    return no_device();
                }
                self.world.wait(CHANGE);
                match panel::apply(&mut self.world, *device, *panel, operation) {
                    Ok(text) => Shown::Text(text),
                    Err(panel::Refused(text)) => Shown::Refused(text),
                }
            }
            Action::Physical(act) => {
                self.world.wait(HANDS);
                physical::act(&mut self.world, act).map_or_else(Shown::Refused, Shown::Text)
            }
            Action::Say(utterance) => {
                self.world.wait(TALK);
                Shown::Text(people::say(&mut self.world, utterance, needs))
            }
            Action::Theory(_) => Shown::Text("Noted as your theory.".to_owned()),
            Action::Note(_) => {
                self.world.wait(WRITE);
                Shown::Text("Added to the notes.".to_owned())
            }
            Action::Escalate(_) => {
                self.world.wait(WRITE);
                self.closed = true;
                Shown::Text("Handed over.".to_owned())
            }
            Action::Resolve(_) => {
                self.world.wait(WRITE);
                self.closed = true;
                Shown::Text("Resolved.".to_owned())
            }
            Action::Wait(span) => {
                self.world.wait((*span).min(LONGEST_WAIT));
                Shown::Text("Time passes.".to_owned())
            }
        }
    }

    fn exists(&self, device: DeviceId) -> bool {
        usize::from(device.0) < self.world.devices.len()
    }

    fn view(&self, device: DeviceId, kind: panel::PanelKind) -> Shown {
        if !self.exists(device) {
            return no_device();
        }
        let missing = || Shown::Refused(format!("{} has no panel “{}”.", self.world.device(device).name, kind.title()));
        panel::view(&self.world, device, kind).map_or_else(missing, Shown::Panel)
    }

    fn open(&self, device: DeviceId, kind: ShellKind, elevated: bool) -> Option<Session> {
        let session = Session::open(&self.world, device, kind)?;
        Some(if elevated { session.as_administrator(&self.world) } else { session })
    }

    fn shell(&mut self, device: DeviceId, kind: ShellKind, elevated: bool, line: &str) -> Shown {
        if !self.exists(device) {
            return no_device();
        }
        let key = (device, kind, elevated);
        let opened = self.sessions.remove(&key).or_else(|| self.open(device, kind, elevated).map(Box::new));
        let Some(mut session) = opened else {
            return Shown::Refused(format!("{} has no such command line.", self.world.device(device).name));
        };
        let output = shell::run(&mut self.world, &mut session, line);
        self.sessions.insert(key, session);
        match output.opens {
            Some(panel) if output.text.is_empty() => self.view(device, panel),
            _ => Shown::Text(output.text),
        }
    }

    /// The state's fingerprint: the world and the open terminals.
    #[must_use]
    pub fn hash(&self) -> u64 {
        crate::hash::of(&(&self.world, &self.sessions, self.closed))
    }
}

fn no_device() -> Shown {
    Shown::Refused("There is no such device.".to_owned())
}
