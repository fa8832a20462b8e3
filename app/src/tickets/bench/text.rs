//! The bench as text: one log, and one line that takes the script language. Everything can be done from here.

mod words;

use domain::tickets::Mode;
use engine::panel::{self, Offer};
use engine::ticket::run::Shown;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::words::{HELP, devices, people, ticket, word_lists};
use super::state::BenchState;
use crate::error::AppError;
use crate::tickets::api::{Asked, EntryView, PlaceToWork, hint_offer, work_at};
use crate::tickets::words::span;

/// Something said by the page itself, that is no action: after which action, and what.
type Note = (usize, String);

#[derive(Clone, Copy)]
struct TextState {
    bench: BenchState,
    notes: RwSignal<Vec<Note>>,
    input: NodeRef<html::Input>,
    /// Lines as typed, for the arrow keys.
    typed: StoredValue<Vec<String>>,
    back: StoredValue<usize>,
}

#[component]
pub fn TextView(bench: BenchState) -> AnyView {
    let typed = bench.entries.with_untracked(|entries| entries.iter().map(|entry| entry.line.clone()).collect());
    let state = TextState {
        bench,
        notes: RwSignal::new(Vec::new()),
        input: NodeRef::new(),
        typed: StoredValue::new(typed),
        back: StoredValue::new(0),
    };
    view! {
        <section class="text-view" aria-label="Text view">
            <TextLog state/>
            <form class="text-form" on:submit=move |event| state.send(&event)>
                <label class="field-label" for="text-line">
                    "Line"
                </label>
                <div class="text-row">
                    <input
                        class="input"
                        id="text-line"
                        node_ref=state.input
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        aria-describedby="text-help"
                        on:keydown=move |event| state.key(&event)
                    />
                    {super::fields::submit("Do it", super::fields::PRIMARY, bench.pending)}
                </div>
                <p class="quiet small" id="text-help">
                    "help lists what can be written, devices and people who and what is there. Up and down bring back earlier lines."
                </p>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn TextLog(state: TextState) -> AnyView {
    let log = NodeRef::<html::Div>::new();
    let rows = move || {
        state.bench.entries.with(|entries| {
            state.notes.with(|notes| {
                let said = |after: usize| notes.iter().filter(move |(at, _)| *at == after).map(|(_, text)| text.clone());
                let mut rows: Vec<_> = said(0).map(note).collect();
                for (entry, at) in entries.iter().zip(1..) {
                    rows.push(done(entry));
                    rows.extend(said(at).map(note));
                }
                rows
            })
        })
    };
    Effect::new(move || {
        state.bench.entries.track();
        state.notes.track();
        request_animation_frame(move || {
            if let Some(log) = log.get_untracked() {
                log.set_scroll_top(log.scroll_height());
            }
        });
    });
    let request = state.bench.about.with_value(ticket);
    view! {
        <div class="text-log" role="log" aria-label="Everything so far" tabindex="0" node_ref=log>
            <pre>{request}</pre>
            {rows}
        </div>
    }
    .into_any()
}

fn note(text: String) -> AnyView {
    view! { <pre class="text-note">{text}</pre> }.into_any()
}

/// An action with its number, its line and everything that it showed.
fn done(entry: &EntryView) -> AnyView {
    let mut text = match &entry.shown {
        Shown::Refused(text) => format!("Not done: {text}"),
        Shown::Panel(view) => format!("{}{}", panel::as_text(view), offers(&view.operations)),
        Shown::Text(text) => text.clone(),
    };
    if entry.took >= 60 {
        text = format!("{text}\n(took {})", span(entry.took));
    }
    view! {
        <div class="text-turn">
            <p class="text-typed">
                <span class="quiet">{format!("#{} {} ", entry.number, entry.at)}</span>
                <strong>{entry.line.clone()}</strong>
            </p>
            <pre>{text.trim_end().to_owned()}</pre>
        </div>
    }
    .into_any()
}

/// What can be written after `panel DEVICE PANEL`.
fn offers(offers: &[Offer]) -> String {
    let line = |offer: &Offer| {
        let fields = offer.fields.iter().map(|field| format!(" {}=…", field.name)).collect::<Vec<_>>().concat();
        let targets = if offer.targets.is_empty() { String::new() } else { format!(" [{}]", offer.targets.join(", ")) };
        format!("  {}{targets}{fields}  {}\n", offer.verb, offer.label)
    };
    if offers.is_empty() {
        String::new()
    } else {
        format!("\nCan be done here:\n{}", offers.iter().map(line).collect::<String>())
    }
}

/// What to do about a refusal, in words; `None` where it was none or the notice above says it.
pub fn message(outcome: &Result<(), AppError>) -> Option<String> {
    match outcome {
        Err(AppError::Invalid(fields)) => Some(fields.iter().map(|field| field.message.clone()).collect::<Vec<_>>().join(" ")),
        _ => None,
    }
}

impl TextState {
    fn say(self, text: impl Into<String>) {
        let after = self.bench.entries.with_untracked(Vec::len);
        let text = text.into();
        self.notes.update(|notes| notes.push((after, text)));
    }

    fn send(self, event: &SubmitEvent) {
        event.prevent_default();
        let Some(input) = self.input.get_untracked() else { return };
        let line = input.value().trim().to_owned();
        if line.is_empty() || self.bench.pending.get_untracked() {
            return;
        }
        self.back.set_value(0);
        self.typed.update_value(|typed| typed.push(line.clone()));
        if self.answered_here(&line) {
            return input.set_value("");
        }
        let asked = match self.step_of(&line) {
            Some(asked) => asked,
            None => Asked::Line(line),
        };
        let told = asked == Asked::Hint;
        self.bench.ask(
            asked,
            Box::new(move |outcome| match message(&outcome) {
                Some(text) => self.say(format!("Not done: {text}")),
                None if outcome.is_ok() => {
                    input.set_value("");
                    if told {
                        self.say_last_hint();
                    }
                }
                None => {}
            }),
        );
    }

    /// What is a step, but no line of the script language.
    fn step_of(self, line: &str) -> Option<Asked> {
        let done = self.bench.entries.with_untracked(|entries| u32::try_from(entries.len()).unwrap_or(u32::MAX));
        let practice = self.bench.mode == Mode::Practice;
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["undo"] if practice => Some(Asked::Rewind { to: done.saturating_sub(1) }),
            ["rewind", to] if practice => to.parse().ok().map(|to| Asked::Rewind { to }),
            ["hint", "take"] if practice => Some(Asked::Hint),
            _ => None,
        }
    }

    /// What costs nothing and needs no action.
    fn answered_here(self, line: &str) -> bool {
        let words: Vec<_> = line.split_whitespace().collect();
        let text = match words.as_slice() {
            ["help"] => HELP.to_owned(),
            ["ticket"] => self.bench.about.with_value(ticket),
            ["devices"] => self.bench.about.with_value(devices),
            ["people"] => self.bench.about.with_value(people),
            ["words"] => word_lists(),
            ["told"] => self.bench.progress.with_untracked(|progress| {
                let told = progress.told.iter().map(|(text, cost)| format!("{text} (cost {cost})"));
                told.collect::<Vec<_>>().join("\n")
            }),
            ["hint"] => return self.offer_hint(),
            [what @ ("panels" | "commands"), name] => return self.ways(what == &"panels", name),
            _ => return false,
        };
        self.say(text);
        true
    }

    fn say_last_hint(self) {
        let last = self.bench.progress.with_untracked(|progress| progress.told.last().map(|(text, _)| text.clone()));
        if let Some(text) = last {
            self.say(text);
        }
    }

    fn offer_hint(self) -> bool {
        spawn_local(async move {
            match hint_offer(self.bench.ticket).await {
                Ok(Some(next)) => {
                    self.say(format!("The next hint tells {}. It costs {} points. Write: hint take", next.gives, next.cost));
                }
                Ok(None) => self.say("There is nothing left to hint at."),
                Err(error) => self.say(error.to_string()),
            }
        });
        true
    }

    fn ways(self, panels: bool, name: &str) -> bool {
        let device = self
            .bench
            .about
            .with_value(|view| view.devices.iter().find(|device| device.name.eq_ignore_ascii_case(name)).map(|device| device.id));
        let Some(device) = device else {
            self.say(format!("There is no device “{name}”. devices lists them."));
            return true;
        };
        spawn_local(async move {
            match work_at(self.bench.ticket, device).await {
                Ok(around) => self.say(if panels { panel_list(&around) } else { command_list(&around) }),
                Err(error) => self.say(error.to_string()),
            }
        });
        true
    }

    fn key(self, event: &KeyboardEvent) {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        let Some(input) = self.input.get_untracked() else { return };
        event.prevent_default();
        let line = self.typed.with_value(|typed| {
            let back = self.back.get_value().saturating_add_signed(by).min(typed.len());
            self.back.set_value(back);
            typed.len().checked_sub(back).filter(|_| back > 0).and_then(|at| typed.get(at)).cloned()
        });
        input.set_value(&line.unwrap_or_default());
    }
}

fn panel_list(around: &PlaceToWork) -> String {
    let lines: Vec<_> = around.panels.iter().map(|panel| format!("{}  {}", panel.slug(), panel.title())).collect();
    if lines.is_empty() { "It has no panels.".to_owned() } else { lines.join("\n") }
}

fn command_list(around: &PlaceToWork) -> String {
    let lines: Vec<_> = around
        .shells
        .iter()
        .map(|shell| format!("{}: {}", engine::ticket::script::shell_word(shell.kind), shell.commands.join(", ")))
        .collect();
    if lines.is_empty() { "It has no command line.".to_owned() } else { lines.join("\n") }
}
