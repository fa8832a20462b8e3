//! Any bytes for every shell, the script reader and the decoder of actions: no panic, bounded time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use engine::chance::Chance;
use engine::shell::ShellKind;
use engine::ticket::run::Run;
use engine::ticket::script::{self, Names};
use engine::ticket::{Action, action};
use engine::world::device::System;
use engine::world::{DeviceId, World};

use crate::random_actions::{Grammar, lines};
use crate::sites;

const CORPUS: &str = include_str!("corpus.txt");
/// For one input, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(2);

/// Inputs of each kind in an ordinary run.
pub fn rounds() -> u32 {
    std::env::var("FUZZ_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}

fn seed() -> u64 {
    std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// Tries one input and says what went wrong with it.
fn attempt<T>(input: &str, act: impl FnOnce() -> T) -> Result<T, String> {
    // A stack that overflows ends the whole program: then this file says at what.
    if let Ok(file) = std::env::var("FUZZ_LAST") {
        std::fs::write(file, input).expect("a file for the last input");
    }
    let started = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(act)).map_err(|_| format!("panic at {input:?}"))?;
    let took = started.elapsed();
    if took > LONGEST { Err(format!("{took:?} for {input:?}")) } else { Ok(outcome) }
}

/// A device that has this shell.
fn device(world: &World, kind: ShellKind) -> Option<DeviceId> {
    let has = |system: &System| match kind {
        ShellKind::Cmd | ShellKind::PowerShell => matches!(system, System::Windows(_)),
        ShellKind::Bash => matches!(system, System::Linux(_)),
        ShellKind::Ios => matches!(system, System::Ios(_)),
    };
    world.devices.iter().find(|device| has(&device.system)).map(|device| device.id)
}

fn start() -> World {
    let (_, site) = sites::all().into_iter().next().expect("a site");
    sites::build(&site, 1).world
}

const SHELLS: [(ShellKind, &str); 4] =
    [(ShellKind::Cmd, "cmd"), (ShellKind::PowerShell, "powershell"), (ShellKind::Bash, "bash"), (ShellKind::Ios, "ios")];

#[test]
fn the_corpus_is_answered() {
    let world = start();
    let mut failures = Vec::new();
    for (kind, name) in SHELLS {
        let Some(device) = device(&world, kind) else { continue };
        let mut run = Run::on(world.clone());
        for line in CORPUS.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('|')) {
            let line = line.to_owned();
            let done =
                attempt(&line, || run.act(Action::Shell { device, shell: kind, elevated: true, line: line.clone() }, &[]).at);
            failures.extend(done.err().map(|error| format!("{kind:?}: {error}")));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn any_line_is_answered_by_every_shell() {
    let world = start();
    let mut failures = Vec::new();
    for (kind, name) in SHELLS {
        let Some(device) = device(&world, kind) else { continue };
        let mut chance = Chance::new(seed(), name);
        let mut run = Run::on(world.clone());
        for _ in 0..rounds() {
            let line = line(&world, device, kind, &mut chance);
            let done =
                attempt(&line, || run.act(Action::Shell { device, shell: kind, elevated: true, line: line.clone() }, &[]).at);
            if let Err(error) = done {
                failures.push(format!("{kind:?}: {error}"));
                run = Run::on(world.clone());
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// A stack must not grow with what somebody types.
#[test]
fn deep_nesting_ends() {
    /// Within and beyond what shells take.
    const DEEP: [usize; 3] = [60, 1000, 4000];
    let world = start();
    let mut failures = Vec::new();
    let nested = [
        "(", "{", "$(", "`", "!", "-not ", "a|", "a&", "a;", "\"", "(a ", "sudo ", "&& ", "cmd /c ", "..\\", "../", "show ",
        "no ", "do ",
    ];
    for (kind, _) in SHELLS {
        let Some(device) = device(&world, kind) else { continue };
        let mut run = Run::on(world.clone());
        for open in nested {
            for before in ["", "Get-Service | Where-Object { ", "echo "] {
                let close: String = open
                    .chars()
                    .rev()
                    .map(|c| {
                        if c == '(' {
                            ')'
                        } else if c == '{' {
                            '}'
                        } else {
                            ' '
                        }
                    })
                    .collect();
                for deep in DEEP {
                    let line = format!("{before}{}x{}", open.repeat(deep), close.repeat(deep));
                    let done = attempt(&line, || {
                        run.act(Action::Shell { device, shell: kind, elevated: true, line: line.clone() }, &[]).at
                    });
                    failures.extend(done.err().map(|error| format!("{kind:?}: {}", error.chars().take(80).collect::<String>())));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Noise, or a good line with something put in, taken out or repeated.
fn line(world: &World, device: DeviceId, kind: ShellKind, chance: &mut Chance) -> String {
    let good = lines::draw(world, device, kind, chance);
    let good = chance.pick(&good).cloned().unwrap_or_default();
    if chance.below(4) == 0 {
        let bytes: Vec<u8> = (0..chance.below(80)).map(|_| u8::try_from(chance.below(256)).unwrap_or(0)).collect();
        return String::from_utf8_lossy(&bytes).replace('\n', " ");
    }
    let mut text: Vec<char> = good.chars().collect();
    for _ in 0..chance.between(1, 4) {
        let at = chance.below(u32::try_from(text.len() + 1).unwrap_or(1)) as usize;
        match chance.below(5) {
            0 if at < text.len() => {
                text.remove(at);
            }
            1 => {
                let odd =
                    ['"', '\'', '|', '>', '&', '%', '$', '{', '/', '-', '\\', 'é', '漢', '\u{0}', ' ', '9', '=', ':', '?', '*'];
                text.insert(at, *chance.pick(&odd).unwrap_or(&' '));
            }
            2 => text.truncate(at),
            3 => text.extend_from_within(at.min(text.len())..),
            _ => text.extend(" 99999999999999999999".chars()),
        }
    }
    text.into_iter().take(2000).collect()
}

#[test]
fn any_script_is_read_or_complained_about() {
    let (_, site) = sites::all().into_iter().next().expect("a site");
    let built = sites::build(&site, 1);
    let names = Names { world: &built.world, people: &built.people };
    let mut chance = Chance::new(seed(), "scripts");
    let verbs = ["sh", "admin", "open", "panel", "do", "say", "theory", "note", "escalate", "resolve", "wait", ""];
    let words = [
        "PC-01",
        "cmd",
        "services",
        "start",
        "Spooler",
        "ada",
        "ask",
        "friendly",
        "symptom",
        "\"",
        "=",
        "x=y",
        "30s",
        "9999999999h",
        "power",
        "é",
    ];
    let mut failures = Vec::new();
    for _ in 0..rounds() {
        let count = chance.below(8);
        let rest: Vec<&str> = (0..count).map(|_| *chance.pick(&words).unwrap_or(&"")).collect();
        let text = format!("{} {}", chance.pick(&verbs).unwrap_or(&""), rest.join(" "));
        failures.extend(attempt(&text, || script::parse(&text, &names).is_ok()).err());
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Whatever decodes as an action is done or refused, with whatever devices, ports and people it names.
#[test]
fn any_bytes_are_an_action_or_none() {
    let world = start();
    let mut chance = Chance::new(seed(), "bytes");
    let mut grammar = Grammar::new(seed());
    let mut run = Run::on(world.clone());
    let (mut decoded, mut failures) = (0, Vec::new());
    for _ in 0..rounds() {
        let mut bytes = postcard::to_allocvec(&grammar.next(&world)).expect("an action is written");
        for _ in 0..chance.between(0, 3) {
            let at = chance.below(u32::try_from(bytes.len()).unwrap_or(1)) as usize;
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(chance.below(256)).unwrap_or(0);
            }
        }
        let Ok(action) = postcard::from_bytes::<action::Action>(&bytes) else { continue };
        if matches!(action, Action::Resolve(_) | Action::Escalate(_)) {
            continue;
        }
        decoded += 1;
        let shown = format!("{action:?}");
        if let Err(error) = attempt(&shown, || run.act(action, &[]).at) {
            failures.push(error);
            run = Run::on(world.clone());
        }
    }
    assert!(decoded > rounds() / 4, "only {decoded} were actions");
    assert!(failures.is_empty(), "{failures:#?}");
}
