//! What the exam room holds, and how changes reach the server: each is kept on the device until the server has said that it is
//! stored, and they are sent in order.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use domain::ids::{AttemptId, WriterId};

use super::change::Written;
use crate::browser::{keep, kept, milliseconds, random_id, replace_address};
use crate::error::{AppError, Conflict};
use crate::exams::api::{Change, Clock, Saved, SittingQuestion, SittingView, finish_exam, pause, save, sit_here};

/// Milliseconds between two tries to reach a server that is away.
const RETRY: Duration = Duration::from_secs(2);

/// What is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// From 1.
    Question(u16),
    Review,
}

impl Place {
    /// 0 is the review.
    pub fn number(self) -> u16 {
        match self {
            Self::Question(position) => position,
            Self::Review => 0,
        }
    }

    pub fn path(self, attempt: AttemptId) -> String {
        match self {
            Self::Question(position) => format!("/exams/{attempt}/{position}"),
            Self::Review => format!("/exams/{attempt}/review"),
        }
    }
}

/// One exam room on the page. Copied into every part of it.
#[derive(Clone, Copy)]
pub struct Room {
    pub attempt: AttemptId,
    /// All of them once the page is awake; before that the one in view.
    pub questions: RwSignal<Vec<SittingQuestion>>,
    pub count: u16,
    pub place: RwSignal<Place>,
    pub clock: RwSignal<Clock>,
    /// When `clock` was heard, by the page's own count.
    heard: StoredValue<f64>,
    /// Changes that the server has not acknowledged, in order.
    pub unsent: RwSignal<Vec<Change>>,
    /// The server did not answer the last time.
    pub away: RwSignal<bool>,
    pub trouble: RwSignal<Option<AppError>>,
    /// The exam is to be finished as soon as everything is sent.
    pub finishing: RwSignal<bool>,
    /// The page is awake and has all questions.
    pub ready: RwSignal<bool>,
    /// Counts up when the question in view is another one than its fields show.
    pub drawn: RwSignal<u32>,
    writer: StoredValue<Option<WriterId>>,
    sending: StoredValue<bool>,
    sequence: StoredValue<u32>,
}

impl Room {
    pub fn new(sitting: SittingView, place: Place, count: u16) -> Self {
        Self {
            attempt: sitting.attempt,
            questions: RwSignal::new(sitting.questions),
            count,
            place: RwSignal::new(place),
            clock: RwSignal::new(sitting.clock),
            heard: StoredValue::new(0.0),
            unsent: RwSignal::new(Vec::new()),
            away: RwSignal::new(false),
            trouble: RwSignal::new(None),
            finishing: RwSignal::new(false),
            ready: RwSignal::new(false),
            drawn: RwSignal::new(0),
            writer: StoredValue::new(None),
            sending: StoredValue::new(false),
            sequence: StoredValue::new(sitting.sequence),
        }
    }

    /// This page writes from now on. Once at the start, and when another window has had it.
    pub fn sit_down(self) {
        let Some(writer) = self.writer.get_value().or_else(random_id) else { return };
        self.writer.set_value(Some(writer));
        self.heard.set_value(milliseconds());
        let attempt = self.attempt;
        spawn_local(async move {
            match sit_here(attempt, writer).await {
                Ok(sitting) => self.take_seat(sitting),
                Err(AppError::Unavailable { .. }) => {
                    self.away.set(true);
                    set_timeout(move || self.sit_down(), RETRY);
                }
                Err(error) => self.stop(error),
            }
        });
    }

    /// What was changed on this device and never acknowledged lies over what the server has.
    fn take_seat(self, sitting: SittingView) {
        self.away.set(false);
        self.trouble.set(None);
        self.hear(sitting.clock);
        if sitting.clock.paused {
            return;
        }
        let mut unsent: Vec<Change> = kept(&self.key()).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        unsent.retain(|change| change.attempt == self.attempt);
        let mut questions = sitting.questions;
        for change in &unsent {
            if let Some(question) = questions.iter_mut().find(|question| question.position == change.position) {
                Written::of(change).write(question);
            }
        }
        let next = unsent.iter().map(|change| change.sequence + 1).max().unwrap_or_default();
        self.sequence.set_value(sitting.sequence.max(next));
        let shown = self.written_in_view();
        self.questions.set(questions);
        self.unsent.set(unsent);
        self.ready.set(true);
        if self.written_in_view() != shown {
            self.drawn.update(|drawn| *drawn += 1);
        }
        self.send();
    }

    fn written_in_view(self) -> Option<Written> {
        match self.place.get_untracked() {
            Place::Question(position) => untrack(|| self.question(position)).map(|question| Written::in_question(&question)),
            Place::Review => None,
        }
    }

    /// A question of the form; `None` while the page knows only another one.
    pub fn question(self, position: u16) -> Option<SittingQuestion> {
        self.questions.with(|questions| questions.iter().find(|question| question.position == position).cloned())
    }

    /// Keeps what stands in the fields of a question, if that is new, and sends it.
    pub fn write(self, position: u16, written: Written) {
        let known = self.questions.with_untracked(|questions| {
            questions.iter().find(|question| question.position == position).map(Written::in_question)
        });
        if known.as_ref() == Some(&written) || !self.ready.get_untracked() {
            return;
        }
        let (Some(key), Some(writer)) = (random_id(), self.writer.get_value()) else { return };
        let sequence = self.sequence.get_value();
        self.sequence.set_value(sequence + 1);
        self.questions.update(|questions| {
            if let Some(question) = questions.iter_mut().find(|question| question.position == position) {
                written.write(question);
            }
        });
        let change = written.into_change(self.attempt, position, (key, sequence, writer));
        self.unsent.update(|unsent| {
            // Of two changes to a question only the later one matters, unless the earlier is on its way.
            let on_its_way = usize::from(self.sending.get_value());
            let old = unsent.iter().skip(on_its_way).position(|other| other.position == position);
            if let Some(old) = old {
                unsent.remove(old + on_its_way);
            }
            unsent.push(change);
        });
        self.keep();
        self.send();
    }

    /// One change at a time, the oldest first.
    fn send(self) {
        if self.sending.get_value() || self.trouble.with_untracked(Option::is_some) {
            return;
        }
        let first = self.unsent.with_untracked(|unsent| unsent.first().cloned());
        let (Some(mut change), Some(writer)) = (first, self.writer.get_value()) else { return self.finish_if_asked() };
        change.writer = writer;
        self.sending.set_value(true);
        spawn_local(async move {
            let answer = save(change).await;
            self.sending.set_value(false);
            match answer {
                Ok(saved) => self.acknowledge(&saved),
                Err(AppError::Unavailable { .. }) => {
                    self.away.set(true);
                    set_timeout(move || self.send(), RETRY);
                }
                // Another window has changed this question later: what stands there counts.
                Err(AppError::Conflict(Conflict::ChangedElsewhere)) => {
                    self.drop_first();
                    self.sit_down();
                }
                Err(error) => self.stop(error),
            }
        });
    }

    fn acknowledge(self, saved: &Saved) {
        self.away.set(false);
        self.hear(saved.clock);
        self.questions.update(|questions| {
            if let Some(question) = questions.iter_mut().find(|question| question.position == saved.position) {
                question.progress = saved.progress;
            }
        });
        self.drop_first();
        self.send();
    }

    fn drop_first(self) {
        self.unsent.update(|unsent| {
            if !unsent.is_empty() {
                unsent.remove(0);
            }
        });
        self.keep();
    }

    fn key(self) -> String {
        format!("firstline-exam-{}", self.attempt)
    }

    fn keep(self) {
        let text =
            self.unsent.with_untracked(|unsent| (!unsent.is_empty()).then(|| serde_json::to_string(unsent).ok()).flatten());
        keep(&self.key(), text.as_deref());
    }

    fn hear(self, clock: Clock) {
        self.heard.set_value(milliseconds());
        self.clock.set(clock);
    }

    /// Counted from what the server said last. Zero when the time is up.
    pub fn milliseconds_left(self) -> u64 {
        let clock = self.clock.get_untracked();
        let since = if clock.paused || !self.ready.get_untracked() { 0.0 } else { milliseconds() - self.heard.get_value() };
        // Whole milliseconds of a page that is open for hours fit well.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let since = since.max(0.0) as u64;
        clock.milliseconds_left.saturating_sub(since)
    }

    pub fn go(self, place: Place) {
        self.place.set(place);
        replace_address(&place.path(self.attempt));
        crate::practice::quiz::state::focus_soon(|| {
            use wasm_bindgen::JsCast;
            document().get_element_by_id("exam-heading")?.dyn_into().ok()
        });
    }

    pub fn pause(self) {
        let attempt = self.attempt;
        spawn_local(async move {
            match pause(attempt).await {
                // The page of a paused exam shows no question.
                Ok(_) => self.reload(),
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    pub fn reload(self) {
        let _ = window().location().set_href(&format!("/exams/{}", self.attempt));
    }

    /// Sends what is left, and then finishes.
    pub fn finish(self) {
        self.finishing.set(true);
        self.send();
    }

    fn finish_if_asked(self) {
        if !self.finishing.get_untracked() {
            return;
        }
        let attempt = self.attempt;
        spawn_local(async move {
            match finish_exam(attempt).await {
                Ok(()) => self.leave(),
                Err(AppError::Unavailable { .. }) => {
                    self.away.set(true);
                    set_timeout(move || self.finish_if_asked(), RETRY);
                }
                Err(error) => self.stop(error),
            }
        });
    }

    /// To the result.
    fn leave(self) {
        keep(&self.key(), None);
        let _ = window().location().set_href(&format!("/exams/{}/result", self.attempt));
    }

    /// Nothing more is sent from here until somebody decides.
    fn stop(self, error: AppError) {
        let ended = matches!(error, AppError::Conflict(Conflict::ExamFinished | Conflict::ExamTimeIsUp));
        if ended && self.unsent.with_untracked(Vec::is_empty) {
            return self.leave();
        }
        if ended {
            // They can never count now; the notice says how many they are.
            keep(&self.key(), None);
        }
        self.trouble.set(Some(error));
    }
}
