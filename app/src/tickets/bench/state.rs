//! What the bench holds, and what it asks the server for.
//!
//! Everything on the page is read from the entries that the server has stored; nothing is kept beside them that a reload could
//! lose. A step is sent with a key of its own, and again with the same key when no answer came, so that it counts once.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use domain::ids::{TicketId, WriterId};
use domain::tickets::Mode;
use engine::ticket::Action;
use engine::world::DeviceId;

use super::spot::{Spot, Terminal};
use crate::browser::random_id;
use crate::error::{AppError, Conflict};
use crate::tickets::api::{
    Asked, BenchView, EntryView, ExamPlace, PlaceToWork, Progress, StepReply, StepRequest, step, take_over, work_at,
};

/// Milliseconds before each further try when the server does not answer: a restart takes about two seconds.
const PAUSES: [u64; 4] = [300, 700, 1500, 3000];

type Done = Box<dyn FnOnce(Result<(), AppError>)>;

type Waiting = StoredValue<Option<(Asked, Done)>, LocalStorage>;

/// On a narrow screen one of the two is in view.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    Desk,
    Company,
}

/// One ticket on the page. Copied into every part of it.
#[derive(Clone, Copy)]
pub struct BenchState {
    pub ticket: TicketId,
    pub mode: Mode,
    /// People, places, devices, causes: what stays the same.
    pub about: StoredValue<BenchView>,
    pub entries: RwSignal<Vec<EntryView>>,
    pub progress: RwSignal<Progress>,
    pub spot: RwSignal<Spot>,
    pub pane: RwSignal<Pane>,
    /// What can be done at the device of the spot.
    pub around: RwSignal<Option<PlaceToWork>>,
    pub terminals: RwSignal<Vec<Terminal>>,
    pub understood: RwSignal<Option<String>>,
    /// A step is on its way.
    pub pending: RwSignal<bool>,
    pub trouble: RwSignal<Option<AppError>>,
    writer: StoredValue<Option<WriterId>>,
    /// What was sent and not answered.
    unsent: StoredValue<Option<StepRequest>>,
    /// What is on its way, so that the same is not done twice by one impatient press.
    sending: StoredValue<Option<Asked>>,
    /// What was asked for meanwhile. Made in the browser alone: on the server, what is local to a thread may be dropped on another.
    next: StoredValue<Option<Waiting>>,
}

impl BenchState {
    /// Of a simulation.
    pub fn exam(self) -> Option<ExamPlace> {
        self.about.with_value(|view| view.exam)
    }

    pub fn new(view: BenchView, spot: Spot) -> Self {
        Self {
            ticket: view.ticket,
            mode: view.mode,
            entries: RwSignal::new(view.entries.clone()),
            progress: RwSignal::new(view.progress.clone()),
            spot: RwSignal::new(spot),
            pane: RwSignal::new(if spot == Spot::Site { Pane::Desk } else { Pane::Company }),
            around: RwSignal::new(None),
            terminals: RwSignal::new(terminals_of(&view.entries)),
            understood: RwSignal::new(None),
            pending: RwSignal::new(false),
            trouble: RwSignal::new(None),
            writer: StoredValue::new(None),
            unsent: StoredValue::new(None),
            sending: StoredValue::new(None),
            next: StoredValue::new(None),
            about: StoredValue::new(view),
        }
    }

    /// This page works on the ticket from now on. Once at the start, and when another window has had it.
    pub fn take_over(self) {
        let Some(writer) = self.writer.get_value().or_else(random_id) else { return };
        self.writer.set_value(Some(writer));
        self.pending.set(true);
        let ticket = self.ticket;
        spawn_local(async move {
            let answer = take_over(ticket, writer).await;
            self.pending.set(false);
            match answer {
                Ok(view) => {
                    self.trouble.set(None);
                    self.entries.set(view.entries);
                    self.take_progress(view.progress);
                    self.look_around();
                    self.go_on();
                }
                Err(error) => self.fail(error),
            }
        });
    }

    pub fn act(self, action: Action) {
        self.ask(Asked::Act(action), Box::new(|_| {}));
    }

    /// Does it, and then `done`; where it fails what was typed has to stay.
    pub fn act_then(self, action: Action, done: impl FnOnce() + 'static) {
        self.ask(
            Asked::Act(action),
            Box::new(|outcome| {
                if outcome.is_ok() {
                    done();
                }
            }),
        );
    }

    /// One step at a time; one more may wait. The same step after a failure is the same request.
    pub fn ask(self, asked: Asked, done: Done) {
        if self.pending.get_untracked() {
            if self.sending.with_value(|sending| sending.as_ref() != Some(&asked)) {
                self.next.set_value(Some(StoredValue::new_local(Some((asked, done)))));
            }
            return;
        }
        let again = self.unsent.get_value().filter(|request| request.step == asked);
        let request = again.or_else(|| {
            let (writer, key) = (self.writer.get_value()?, random_id()?);
            Some(StepRequest { ticket: self.ticket, writer, key, step: asked })
        });
        if let Some(request) = request {
            self.pending.set(true);
            self.sending.set_value(Some(request.step.clone()));
            self.send(request, 0, done);
        }
    }

    /// What was asked for meanwhile, unless the last step has gone on by itself.
    fn go_on(self) {
        if self.pending.get_untracked() {
            return;
        }
        let next = self.next.try_update_value(Option::take).flatten();
        if let Some((asked, done)) = next.and_then(|next| next.try_update_value(Option::take).flatten()) {
            self.ask(asked, done);
        }
    }

    /// Sends what was not answered once more.
    pub fn try_again(self) {
        match self.unsent.get_value() {
            Some(request) => self.ask(request.step, Box::new(|_| {})),
            None => self.take_over(),
        }
    }

    fn send(self, request: StepRequest, tried: usize, done: Done) {
        spawn_local(async move {
            let answer = step(request.clone()).await;
            match (answer, PAUSES.get(tried)) {
                (Err(AppError::Unavailable { .. }), Some(pause)) => {
                    set_timeout(move || self.send(request, tried + 1, done), Duration::from_millis(*pause));
                }
                (Err(error), _) => {
                    self.pending.set(false);
                    self.sending.set_value(None);
                    self.next.set_value(None);
                    self.unsent.set_value(Some(request).filter(|_| {
                        matches!(error, AppError::Unavailable { .. } | AppError::Conflict(Conflict::TicketElsewhere))
                    }));
                    if !matches!(error, AppError::Invalid(_)) {
                        self.fail(error.clone());
                    }
                    done(Err(error));
                }
                (Ok(reply), _) => {
                    self.pending.set(false);
                    self.unsent.set_value(None);
                    self.sending.set_value(None);
                    self.trouble.set(None);
                    self.take(reply);
                    done(Ok(()));
                    self.go_on();
                }
            }
        });
    }

    fn take(self, reply: StepReply) {
        if let Some(entries) = reply.entries {
            self.terminals.set(terminals_of(&entries));
            self.entries.set(entries);
            self.look_around();
        }
        self.understood.set(reply.understood);
        if let Some(entry) = reply.entry {
            let next = self.entries.with_untracked(Vec::len) + 1;
            if usize::try_from(entry.number) != Ok(next) {
                // Something was stored whose answer was lost.
                return self.take_over();
            }
            let changed = entry.changed;
            self.entries.update(|entries| entries.push(entry));
            if changed {
                self.look_around();
            }
        }
        self.take_progress(reply.progress);
    }

    fn take_progress(self, progress: Progress) {
        let closed = progress.closed;
        self.progress.set(progress);
        if closed {
            self.leave();
        }
    }

    /// To the verdict.
    fn leave(self) {
        let _ = window().location().set_href(&format!("/tickets/{}/debrief", self.ticket));
    }

    fn fail(self, error: AppError) {
        if matches!(error, AppError::Conflict(Conflict::TicketClosed | Conflict::TimeIsUp)) {
            self.leave();
        }
        self.trouble.set(Some(error));
    }

    /// Goes somewhere. A panel is looked into anew each time, because it may have changed.
    pub fn go(self, spot: Spot) {
        let before = self.spot.get_untracked().device();
        if let Spot::Terminal(terminal) = spot {
            self.terminals.update(|open| {
                if !open.contains(&terminal) {
                    open.push(terminal);
                }
            });
        }
        self.spot.set(spot);
        self.pane.set(Pane::Company);
        self.show_address();
        if spot.device() != before {
            self.around.set(None);
            self.look_around();
        }
        match spot {
            Spot::Panel(device, panel) => self.act(Action::Open { device, panel }),
            Spot::Terminal(_) => return focus_soon("terminal-line"),
            _ => {}
        }
        focus_soon("bench-here");
    }

    /// What can be done at the device where one is.
    fn look_around(self) {
        let Some(device) = self.spot.get_untracked().device() else { return };
        let ticket = self.ticket;
        spawn_local(async move {
            if let Ok(around) = work_at(ticket, device).await
                && self.spot.get_untracked().device() == Some(device)
            {
                self.around.set(Some(around));
            }
        });
    }

    /// A reload leads back to where one is.
    fn show_address(self) {
        let at = self.about.with_value(|view| self.spot.get_untracked().address(view));
        let path = if at.is_empty() { format!("/tickets/{}", self.ticket) } else { format!("/tickets/{}?at={at}", self.ticket) };
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
        }
    }

    pub fn name_of(self, device: DeviceId) -> String {
        self.about.with_value(|view| super::spot::device_name(view, device))
    }
}

/// What came last stays in view.
pub fn follow(bench: BenchState, log: NodeRef<html::Div>) {
    Effect::new(move || {
        bench.entries.track();
        request_animation_frame(move || {
            if let Some(log) = log.get_untracked() {
                log.set_scroll_top(log.scroll_height());
            }
        });
    });
}

/// Every command line that was used, in the order of first use.
fn terminals_of(entries: &[EntryView]) -> Vec<Terminal> {
    let mut open = Vec::new();
    for entry in entries {
        if let Action::Shell { device, shell, elevated, .. } = entry.action {
            let terminal = Terminal { device, shell, elevated };
            if !open.contains(&terminal) {
                open.push(terminal);
            }
        }
    }
    open
}

/// After the view has changed.
pub fn focus_soon(id: &'static str) {
    request_animation_frame(move || focus(id));
}

pub fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focus fails only on an element that has left the page.
        let _ = element.focus();
    }
}
