//! A command line: what was printed, and the line that is typed. Line based, so that screen readers can follow it.

use engine::ticket::Action;
use engine::ticket::run::Shown;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::device::known;
use super::spot::Terminal;
use super::state::{BenchState, follow};
use crate::tickets::api::EntryView;
use crate::tickets::seen::Seen;

/// What one command line on the page holds beside the log.
#[derive(Clone, Copy)]
struct Line {
    bench: BenchState,
    terminal: Terminal,
    input: NodeRef<html::Input>,
    /// How far back in the history the line is; zero: it is new.
    back: StoredValue<usize>,
    /// After Escape the next Tab leaves the line.
    leaving: StoredValue<bool>,
    /// What is before this action was cleared from the screen.
    cleared: RwSignal<u32>,
    /// What Tab could mean.
    choices: RwSignal<String>,
}

#[component]
pub fn TerminalView(bench: BenchState, terminal: Terminal) -> AnyView {
    let line = Line {
        bench,
        terminal,
        input: NodeRef::new(),
        back: StoredValue::new(0),
        leaving: StoredValue::new(false),
        cleared: RwSignal::new(0),
        choices: RwSignal::new(String::new()),
    };
    let find = RwSignal::new(String::new());
    view! {
        <div class="terminal">
            <Output line find/>
            <form class="terminal-form" on:submit=move |event| line.send(&event)>
                <label class="terminal-prompt" for="terminal-line">
                    <span class="visually-hidden">"Command after "</span>
                    {move || line.prompt()}
                </label>
                <input
                    class="terminal-input"
                    id="terminal-line"
                    node_ref=line.input
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="terminal-keys"
                    on:keydown=move |event| line.key(&event)
                />
            </form>
        </div>
        <p class="quiet small" role="status">{move || line.choices.get()}</p>
        <div class="terminal-tools">
            <label class="small" for="terminal-find">"Find in output"</label>
            <input class="input" id="terminal-find" type="search" on:input=move |event| find.set(event_target_value(&event))/>
            <p class="quiet small" id="terminal-keys">
                "Enter sends. Up and down: earlier lines. Tab completes; Escape, then Tab leaves the line. Ctrl+C clears the line, Ctrl+L the screen."
            </p>
        </div>
        <details class="disclosure">
            <summary>"What can I do here?"</summary>
            <div class="disclosure-body">{move || line.shells()}</div>
        </details>
    }
    .into_any()
}

#[component]
fn Output(line: Line, find: RwSignal<String>) -> AnyView {
    let log = NodeRef::<html::Div>::new();
    let turns = move || {
        let (from, wanted) = (line.cleared.get(), find.get().to_lowercase());
        line.bench.entries.with(|entries| {
            line.of(entries).filter(|entry| entry.number > from).map(|entry| turn(entry, &wanted)).collect::<Vec<_>>()
        })
    };
    let empty = move || line.bench.entries.with(|entries| line.of(entries).next().is_none());
    follow(line.bench, log);
    view! {
        <div class="terminal-log" role="log" aria-label="Output" tabindex="0" node_ref=log>
            {turns}
            {move || empty().then(|| view! { <p class="terminal-hint">"Type a command and press Enter."</p> })}
        </div>
    }
    .into_any()
}

/// A line and what it printed; while something is looked for, only the lines that have it.
fn turn(entry: &EntryView, wanted: &str) -> AnyView {
    let Action::Shell { line, .. } = &entry.action else { return ().into_any() };
    let prompt = entry.prompts.as_ref().map(|(before, _)| before.clone()).unwrap_or_default();
    let text = entry.shown.text();
    let found = || text.lines().filter(|line| line.to_lowercase().contains(wanted)).collect::<Vec<_>>().join("\n");
    let printed = match &entry.shown {
        _ if !wanted.is_empty() => view! { <pre>{found()}</pre> }.into_any(),
        Shown::Panel(_) => view! { <div class="terminal-panel"><Seen shown=entry.shown.clone()/></div> }.into_any(),
        _ => view! { <pre>{text.trim_end_matches('\n').to_owned()}</pre> }.into_any(),
    };
    view! {
        <div class="terminal-turn">
            <p class="terminal-typed"><span class="terminal-prompt">{prompt}</span>{line.clone()}</p>
            {printed}
        </div>
    }
    .into_any()
}

impl Line {
    fn of(self, entries: &[EntryView]) -> impl DoubleEndedIterator<Item = &EntryView> {
        entries.iter().filter(move |entry| self.terminal.is(&entry.action))
    }

    /// As it stands now: after the last line, or before the first.
    fn prompt(self) -> String {
        let last = self.bench.entries.with(|entries| self.of(entries).next_back().and_then(|entry| entry.prompts.clone()));
        if let Some((_, now)) = last {
            return now;
        }
        self.bench.around.with(|around| {
            let shells = around.iter().filter(|around| around.device == self.terminal.device).flat_map(|around| &around.shells);
            let mut of_kind = shells.filter(|shell| shell.kind == self.terminal.shell);
            of_kind.next().map_or_else(
                || "> ".to_owned(),
                |shell| if self.terminal.elevated { shell.elevated_prompt.clone() } else { shell.prompt.clone() },
            )
        })
    }

    fn shells(self) -> Vec<AnyView> {
        self.bench.around.with(|around| {
            let shells = around.iter().flat_map(|around| &around.shells);
            shells.filter(|shell| shell.kind == self.terminal.shell).map(known).collect()
        })
    }

    fn send(self, event: &SubmitEvent) {
        event.prevent_default();
        let Some(input) = self.input.get_untracked() else { return };
        let line = input.value();
        // Enter alone says nothing to a shell, but it answers a question.
        if line.trim().is_empty() && !asks(&untrack(move || self.prompt())) {
            return;
        }
        let Terminal { device, shell, elevated } = self.terminal;
        self.back.set_value(0);
        self.choices.set(String::new());
        self.bench.act_then(Action::Shell { device, shell, elevated, line: line.clone() }, move || {
            // What was typed meanwhile stays.
            let now = input.value();
            input.set_value(now.strip_prefix(&line).unwrap_or(&now));
        });
    }

    fn key(self, event: &KeyboardEvent) {
        let Some(input) = self.input.get_untracked() else { return };
        let (key, ctrl) = (event.key(), event.ctrl_key());
        let selected = input.selection_start() != input.selection_end();
        let handled = match key.as_str() {
            "ArrowUp" => self.recall(&input, 1),
            "ArrowDown" => self.recall(&input, -1),
            "Tab" if !event.shift_key() && !self.leaving.get_value() => self.complete(&input),
            "c" if ctrl && !selected => {
                input.set_value("");
                true
            }
            "l" if ctrl => {
                self.cleared.set(self.bench.entries.with_untracked(|entries| entries.last().map_or(0, |entry| entry.number)));
                true
            }
            _ => false,
        };
        self.leaving.set_value(key == "Escape");
        if handled {
            event.prevent_default();
        }
    }

    /// Earlier lines of this terminal, the latest first.
    fn recall(self, input: &web_sys::HtmlInputElement, by: isize) -> bool {
        let mut lines: Vec<String> = Vec::new();
        self.bench.entries.with_untracked(|entries| {
            for entry in self.of(entries).rev() {
                if let Action::Shell { line, .. } = &entry.action
                    && lines.last() != Some(line)
                {
                    lines.push(line.clone());
                }
            }
        });
        let back = self.back.get_value().saturating_add_signed(by).min(lines.len());
        self.back.set_value(back);
        let line = back.checked_sub(1).and_then(|at| lines.get(at)).map_or("", String::as_str);
        input.set_value(line);
        true
    }

    /// Completes the last word from the commands and the names of devices; `false`: there is nothing to complete.
    fn complete(self, input: &web_sys::HtmlInputElement) -> bool {
        let typed = input.value();
        let start = typed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let (before, word) = typed.split_at(start);
        if word.is_empty() {
            return false;
        }
        let words = self.words();
        let known: Vec<&str> = words.iter().map(String::as_str).filter(|known| starts_like(known, word)).collect();
        match known.as_slice() {
            [] => return false,
            [only] => {
                input.set_value(&format!("{before}{only} "));
                self.choices.set(String::new());
            }
            [first, rest @ ..] => {
                let common = rest.iter().fold(first.len(), |length, other| length.min(alike(first, other)));
                input.set_value(&format!("{before}{}", first.get(..common).unwrap_or(word)));
                self.choices.set(known.join("  "));
            }
        }
        true
    }

    fn words(self) -> Vec<String> {
        let mut words: Vec<String> = self.bench.around.with_untracked(|around| {
            let shells = around.iter().flat_map(|around| &around.shells);
            shells.filter(|shell| shell.kind == self.terminal.shell).flat_map(|shell| shell.commands.clone()).collect()
        });
        words.extend(
            self.bench.about.with_value(|view| view.devices.iter().map(|device| device.name.clone()).collect::<Vec<_>>()),
        );
        words
    }
}

impl Terminal {
    fn is(self, action: &Action) -> bool {
        matches!(action, Action::Shell { device, shell, elevated, .. }
            if *device == self.device && *shell == self.shell && *elevated == self.elevated)
    }
}

/// A prompt that waits for an answer and not for a command: `Destination filename [startup-config]?`
fn asks(prompt: &str) -> bool {
    !prompt.trim_end().ends_with(['>', '#', '$'])
}

fn starts_like(known: &str, word: &str) -> bool {
    known.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// How many bytes two words have in common at their start, upper or lower case.
fn alike(one: &str, other: &str) -> usize {
    let pairs = one.char_indices().zip(other.chars());
    pairs.take_while(|((_, a), b)| a.eq_ignore_ascii_case(b)).last().map_or(0, |((at, a), _)| at + a.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_question_takes_an_empty_line() {
        assert!(asks("Destination filename [startup-config]? ") && asks("Overwrite (Yes/No)? "));
        assert!(!asks("C:\\Users\\ada>") && !asks("R-1(config)#") && !asks("support@srv:~$ "));
    }

    #[test]
    fn completion_compares_without_case() {
        assert!(starts_like("Get-Service", "get-s") && !starts_like("ping", "pong") && !starts_like("a", "ab"));
        assert_eq!((alike("ipconfig", "IPv6"), alike("arp", "ping"), alike("é1", "é2")), (2, 0, 2));
    }
}
