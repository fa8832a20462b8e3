//! Where one is on the time line, and what is seen there.

use domain::ids::TicketId;
use engine::panel::{PanelKind, View};
use engine::worker::{Answer, Request};
use engine::world::DeviceId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::engine::{Engine, Files};
use crate::tickets::api::{LinkView, RecordingView, recording};

#[derive(Clone, Copy)]
pub struct RewindState {
    pub ticket: TicketId,
    files: StoredValue<Files>,
    pub recording: RwSignal<Option<RecordingView>>,
    pub loading: RwSignal<bool>,
    pub trouble: RwSignal<Option<String>>,
    /// How many actions have been done.
    pub at: RwSignal<u32>,
    pub device: RwSignal<Option<DeviceId>>,
    pub panels: RwSignal<Vec<PanelKind>>,
    pub panel: RwSignal<PanelKind>,
    pub view: RwSignal<Option<View>>,
    /// What is plugged in where, at this moment.
    pub links: RwSignal<Vec<LinkView>>,
    /// Made in the browser alone: on the server, what is local to a thread may be dropped on another.
    engine: StoredValue<Option<StoredValue<Engine, LocalStorage>>>,
    /// A jump is on its way; the slider may have gone on meanwhile.
    jumping: StoredValue<bool>,
}

impl RewindState {
    pub fn new(ticket: TicketId, files: Files) -> Self {
        Self {
            ticket,
            files: StoredValue::new(files),
            recording: RwSignal::new(None),
            loading: RwSignal::new(false),
            trouble: RwSignal::new(None),
            at: RwSignal::new(0),
            device: RwSignal::new(None),
            panels: RwSignal::new(Vec::new()),
            panel: RwSignal::new(PanelKind::Bench),
            view: RwSignal::new(None),
            links: RwSignal::new(Vec::new()),
            engine: StoredValue::new(None),
            jumping: StoredValue::new(false),
        }
    }

    pub fn load(self) {
        if self.loading.get_untracked() {
            return;
        }
        self.loading.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match recording(self.ticket).await {
                Ok(recording) => self.begin(&recording),
                Err(error) => self.fail(error.to_string()),
            }
        });
    }

    fn begin(self, found: &RecordingView) {
        let files = self.files.get_value();
        let told = {
            let found = found.clone();
            Box::new(move |outcome: Result<Option<Answer>, String>| match outcome {
                Ok(_) => {
                    self.loading.set(false);
                    let last = u32::try_from(found.lines.len()).unwrap_or(u32::MAX);
                    self.device.set(found.devices.first().map(|device| device.id));
                    self.recording.set(Some(found));
                    self.go(last);
                }
                Err(error) => self.fail(error),
            })
        };
        match Engine::start(&files, found, told) {
            Ok(engine) => self.engine.set_value(Some(StoredValue::new_local(engine))),
            Err(error) => self.fail(format!("{error:?}")),
        }
    }

    fn fail(self, error: String) {
        self.loading.set(false);
        self.trouble.set(Some(error));
    }

    pub fn last(self) -> u32 {
        self.recording
            .with(|recording| recording.as_ref().map_or(0, |recording| u32::try_from(recording.lines.len()).unwrap_or(u32::MAX)))
    }

    /// To the moment after so many actions. While one jump is on its way, only the latest wish counts.
    pub fn go(self, at: u32) {
        self.at.set(at.min(untrack(move || self.last())));
        if let Some(device) = self.acted_on() {
            self.device.set(Some(device));
        }
        if !self.jumping.get_value() {
            self.jump();
        }
    }

    fn jump(self) {
        let at = self.at.get_untracked();
        self.jumping.set_value(true);
        self.ask(&Request::Jump(at), |_| {});
        self.ask(&Request::Links, move |answer| {
            if let Answer::Links(links) = answer {
                self.links.set(links.into_iter().map(|ends| LinkView { ends }).collect());
            }
        });
        self.look(move || {
            self.jumping.set_value(false);
            if self.at.get_untracked() != at {
                self.jump();
            }
        });
    }

    /// The panels of the device, and the one that is chosen.
    fn look(self, then: impl FnOnce() + 'static) {
        let Some(device) = self.device.get_untracked() else { return then() };
        self.ask(&Request::Panels(device), move |answer| {
            let Answer::Panels(panels) = answer else { return };
            let kept = panels.contains(&self.panel.get_untracked());
            if !kept && let Some(first) = panels.first() {
                self.panel.set(*first);
            }
            self.panels.set(panels);
            self.ask(&Request::View { device, panel: self.panel.get_untracked() }, move |answer| {
                if let Answer::View(view) = answer {
                    self.view.set(view);
                }
                then();
            });
        });
    }

    pub fn choose_device(self, device: DeviceId) {
        self.device.set(Some(device));
        self.look(|| {});
    }

    pub fn choose_panel(self, panel: PanelKind) {
        self.panel.set(panel);
        self.look(|| {});
    }

    fn ask(self, request: &Request, told: impl FnOnce(Answer) + 'static) {
        let told = Box::new(move |outcome: Result<Option<Answer>, String>| match outcome {
            Ok(Some(answer)) => told(answer),
            Ok(None) => {}
            Err(error) => self.fail(error),
        });
        if let Some(engine) = self.engine.get_value() {
            engine.with_value(|engine| engine.ask(request, told));
        }
    }

    /// The device that was touched last, by its name in the lines.
    fn acted_on(self) -> Option<DeviceId> {
        let at = usize::try_from(self.at.get_untracked()).unwrap_or(usize::MAX);
        self.recording.with_untracked(|recording| {
            let recording = recording.as_ref()?;
            let named = |word: &str| recording.devices.iter().find(|device| device.name == word).map(|device| device.id);
            let touched = |line: &String| line.split([' ', '/']).skip(1).find_map(named);
            recording.lines.iter().take(at).rev().find_map(touched)
        })
    }

    fn index(self) -> Option<usize> {
        self.at.get().checked_sub(1).and_then(|at| usize::try_from(at).ok())
    }

    pub fn told(self) -> String {
        let at = self.index();
        self.recording.with(|recording| at.and_then(|at| recording.as_ref()?.told.get(at).cloned()).unwrap_or_default())
    }

    pub fn changed(self) -> bool {
        let at = self.index();
        self.recording.with(|recording| at.and_then(|at| recording.as_ref()?.changed.get(at).copied()).unwrap_or_default())
    }

    pub fn words(self) -> String {
        match self.at.get() {
            0 => "Before the first action".to_owned(),
            at => format!("After action {at} of {}", self.last()),
        }
    }
}
