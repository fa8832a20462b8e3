//! Actions back into lines of the script language: what logs show, and what a text view can repeat.

use std::fmt::Write as _;

use super::{LEVELS, Names, layer_word, shell_word, tier_word};
use crate::people::{self, Utterance};
use crate::physical::{Act, PowerAct};
use crate::ticket::action::{Action, Escalation, Resolution};
use crate::ticket::cause;
use crate::time::Span;
use crate::world::{DeviceId, PortRef};

/// The line that [`super::action`] reads as this action. A double quote becomes a single one and a line break a space, because a
/// line has no way to hold them; a cause is written as its title, as people know it.
#[must_use]
pub fn write(action: &Action, names: &Names<'_>) -> String {
    match action {
        Action::Shell { device, shell, elevated, line } => {
            let verb = if *elevated { "admin" } else { "sh" };
            format!("{verb} {} {} {}", name(*device, names), shell_word(*shell), line.replace('\n', " ")).trim_end().to_owned()
        }
        Action::Open { device, panel } => format!("open {} {}", name(*device, names), panel.slug()),
        Action::Panel { device, panel, operation } => {
            let mut line = format!("panel {} {} {}", name(*device, names), panel.slug(), operation.verb);
            if !operation.target.is_empty() {
                line.push(' ');
                line.push_str(&quoted(&operation.target));
            }
            for (field, value) in &operation.values {
                _ = write!(line, " {field}={}", quoted(value));
            }
            line
        }
        Action::Physical(act) => format!("do {}", physical(act, names)),
        Action::Say(utterance) => say(utterance, names),
        Action::Theory(theory) => {
            let cause = cause::title_of(&theory.cause);
            let line = format!("theory {} {}", layer_word(theory.layer), quoted(&theory.component));
            if cause.is_empty() { line } else { format!("{line} {}", quoted(cause)) }
        }
        Action::Note(text) => format!("note {}", quoted(text)),
        Action::Escalate(form) => escalate(form),
        Action::Resolve(form) => resolve(form),
        Action::Wait(span) => format!("wait {}", time(*span)),
    }
}

fn quoted(text: &str) -> String {
    let text = text.replace('"', "'").replace(['\n', '\r'], " ");
    if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c == '=') { format!("\"{text}\"") } else { text }
}

fn name<'w>(device: DeviceId, names: &Names<'w>) -> &'w str {
    names.world.devices.get(usize::from(device.0)).map_or("?", |device| device.name.as_str())
}

fn port(port: PortRef, names: &Names<'_>) -> String {
    let device = names.world.devices.get(usize::from(port.device.0));
    let found = device.and_then(|device| device.ports.get(usize::from(port.port.0)));
    quoted(&format!("{}/{}", name(port.device, names), found.map_or("?", |port| port.name.as_str())))
}

fn physical(act: &Act, names: &Names<'_>) -> String {
    match act {
        Act::Look(device) => format!("look {}", name(*device, names)),
        Act::Unplug(at) => format!("unplug {}", port(*at, names)),
        Act::Plug(cable, at) => format!("plug {} {}", cable.0, port(*at, names)),
        Act::ReplaceCable(cable) => format!("replace-cable {}", cable.0),
        Act::TestCable(cable) => format!("test-cable {}", cable.0),
        Act::Power(device, what) => format!("power {} {}", name(*device, names), power(*what)),
        Act::Reseat(device, part, at) => format!("reseat {} {} {at}", name(*device, names), quoted(part)),
        Act::Replace(device, part, at) => format!("replace {} {} {at}", name(*device, names), quoted(part)),
        Act::Clean(device, what) => format!("clean {} {}", name(*device, names), quoted(what)),
        Act::MoveDisplay(device, at, to) => format!("move-display {} {at} {}", name(*device, names), quoted(to)),
        Act::MovePeripheral(device, what, at) => format!("move-device {} {} {at}", name(*device, names), quoted(what)),
        Act::RemoveStick(device) => format!("remove-stick {}", name(*device, names)),
        Act::TakeAway(device) => format!("take-away {}", name(*device, names)),
    }
}

fn power(act: PowerAct) -> &'static str {
    match act {
        PowerAct::ButtonOn => "on",
        PowerAct::ButtonHold => "hold",
        PowerAct::Plug => "plug",
        PowerAct::Unplug => "unplug",
        PowerAct::StripOn => "strip-on",
        PowerAct::StripOff => "strip-off",
        PowerAct::Restart => "restart",
    }
}

fn say(utterance: &Utterance, names: &Names<'_>) -> String {
    let person = names.people.iter().find(|(_, id)| **id == utterance.to).map_or("?", |(handle, _)| handle.as_str());
    let word = |found: Option<&'static str>| found.unwrap_or("?");
    let intent = word(people::word_of(people::INTENTS, utterance.intent));
    let tone = word(people::word_of(people::TONES, utterance.tone));
    let topic = word(people::word_of(people::TOPICS, utterance.topic));
    let line = format!("say {person} {intent} {tone} {topic}");
    if utterance.words.is_empty() { line } else { format!("{line} {}", quoted(&utterance.words)) }
}

fn escalate(form: &Escalation) -> String {
    let word = |level| LEVELS.iter().find(|(_, known)| *known == level).map_or("medium", |(word, _)| *word);
    let evidence: Vec<_> = form.evidence.iter().map(ToString::to_string).collect();
    format!(
        "escalate {} impact={} urgency={} evidence={} tried={}",
        tier_word(form.to),
        word(form.impact),
        word(form.urgency),
        evidence.join(","),
        quoted(&form.tried)
    )
}

fn resolve(form: &Resolution) -> String {
    let Resolution { cause, change, verification, prevention } = form;
    let field = |name: &str, value: &str| format!(" {name}={}", quoted(value));
    let fields = [("cause", cause), ("change", change), ("verification", verification), ("prevention", prevention)];
    std::iter::once("resolve".to_owned()).chain(fields.map(|(name, value)| field(name, value))).collect()
}

fn time(span: Span) -> String {
    match span.as_seconds() {
        seconds if seconds > 0 && seconds % 3600 == 0 => format!("{}h", seconds / 3600),
        seconds if seconds > 0 && seconds % 60 == 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    }
}
