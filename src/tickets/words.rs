//! An action as a person tells it: for the list of what was done, for evidence, and for the debrief.

use app::tickets::words;
use engine::panel::{Operation, PanelKind};
use engine::people::Utterance;
use engine::physical::{Act, PowerAct};
use engine::ticket::action::{Action, Escalation, Theory};
use engine::ticket::cause;
use engine::world::{CableId, DeviceId, PersonId, PortRef, World};

/// The world gives the names; that of the ticket's start has all of them.
pub fn told(world: &World, action: &Action) -> String {
    match action {
        Action::Shell { device: at, shell, elevated, line } => {
            format!("{}, {}: {line}", device(world, *at), words::shell(*shell, *elevated))
        }
        Action::Open { device: at, panel } => format!("Looked into {}", panel_of(world, *at, *panel)),
        Action::Panel { device: at, panel, operation } => operated(world, *at, *panel, operation),
        Action::Physical(act) => by_hand(world, act),
        Action::Say(utterance) => said(world, utterance),
        Action::Theory(theory) => thought(theory),
        Action::Note(text) => format!("Note: {text}"),
        Action::Escalate(form) => handed_over(form),
        Action::Resolve(_) => "Resolved the ticket".to_owned(),
        Action::Wait(span) => format!("Let {} pass", words::span(span.as_seconds())),
    }
}

fn device(world: &World, id: DeviceId) -> &str {
    world.devices.get(usize::from(id.0)).map_or("a device that is not there", |device| device.name.as_str())
}

fn port(world: &World, port: PortRef) -> String {
    let found = world.devices.get(usize::from(port.device.0)).and_then(|device| device.ports.get(usize::from(port.port.0)));
    format!("{} of {}", found.map_or("a port that is not there", |port| port.name.as_str()), device(world, port.device))
}

fn person(world: &World, id: PersonId) -> &str {
    world.people.get(usize::from(id.0)).map_or("somebody", |person| person.name.as_str())
}

fn panel_of(world: &World, at: DeviceId, panel: PanelKind) -> String {
    format!("{} of {}", panel.title(), device(world, at))
}

fn operated(world: &World, at: DeviceId, panel: PanelKind, operation: &Operation) -> String {
    let Operation { verb, target, values } = operation;
    let target = if target.is_empty() { String::new() } else { format!(" “{target}”") };
    let done = format!("{}: {}{target}", panel_of(world, at, panel), verb.replace('-', " "));
    let values = values.iter().map(|(name, value)| format!("{name} {value}"));
    std::iter::once(done).chain(values).collect::<Vec<_>>().join(", ")
}

fn by_hand(world: &World, act: &Act) -> String {
    let cable = |cable: &CableId| format!("cable {}", cable.0);
    match act {
        Act::Look(at) => format!("Looked at {}", device(world, *at)),
        Act::Unplug(from) => format!("Pulled the cable out of {}", port(world, *from)),
        Act::Plug(what, into) => format!("Plugged {} into {}", cable(what), port(world, *into)),
        Act::ReplaceCable(what) => format!("Replaced {}", cable(what)),
        Act::TestCable(what) => format!("Put the tester on {}", cable(what)),
        Act::Power(at, act) => format!("{}: {}", device(world, *at), power(*act)),
        Act::Reseat(at, part, slot) => format!("{}: took {part} {slot} out and put it back", device(world, *at)),
        Act::Replace(at, part, slot) => format!("{}: replaced {part} {slot} from the shelf", device(world, *at)),
        Act::Clean(at, part) => format!("{}: cleaned {part}", device(world, *at)),
        Act::MoveDisplay(at, display, output) => {
            format!("{}: plugged display {display} into the output {output}", device(world, *at))
        }
        Act::MovePeripheral(at, name, controller) => {
            format!("{}: plugged {name} into USB controller {controller}", device(world, *at))
        }
        Act::RemoveStick(at) => format!("{}: took the USB stick out", device(world, *at)),
        Act::TakeAway(at) => format!("Disconnected {} and took it away", device(world, *at)),
    }
}

fn power(act: PowerAct) -> &'static str {
    match act {
        PowerAct::ButtonOn => "pressed the power button",
        PowerAct::ButtonHold => "held the power button",
        PowerAct::Plug => "put the power plug in",
        PowerAct::Unplug => "pulled the power plug",
        PowerAct::StripOn => "switched the power strip on",
        PowerAct::StripOff => "switched the power strip off",
        PowerAct::Restart => "restarted it",
    }
}

fn said(world: &World, utterance: &Utterance) -> String {
    let how = words::said(utterance.intent, utterance.tone, utterance.topic);
    let to = person(world, utterance.to);
    if utterance.words.is_empty() { format!("{to}: {how}") } else { format!("{to}: “{}”, {how}", utterance.words) }
}

fn thought(theory: &Theory) -> String {
    let cause = cause::title_of(&theory.cause);
    let what = if cause.is_empty() { theory.component.as_str() } else { cause };
    format!("Theory: {}{}{what}", words::layer(theory.layer), if what.is_empty() { "" } else { ". " })
}

fn handed_over(form: &Escalation) -> String {
    format!("Handed over to: {}. {}", words::tier(form.to), form.tried)
}

#[cfg(test)]
mod tests {
    use engine::people::{Intent, Tone};
    use engine::shell::ShellKind;
    use engine::ticket::scenario::prepare;
    use engine::time::Span;
    use engine::world::person::Topic;

    use super::*;
    use crate::content::Catalog;

    fn world() -> World {
        let (catalog, _) = Catalog::load(None).unwrap();
        let playable = catalog.scenario(&"clinic-no-link".into()).unwrap();
        prepare(&playable.scenario, &playable.site, 7).unwrap().start
    }

    #[test]
    fn actions_are_told_with_names_and_labels() {
        let world = world();
        let at = world.find("PC-01").unwrap();
        let line = Action::Shell { device: at, shell: ShellKind::Cmd, elevated: true, line: "ipconfig".to_owned() };
        assert_eq!(told(&world, &line), "PC-01, Command Prompt as administrator: ipconfig");
        let open = Action::Open { device: at, panel: PanelKind::Services };
        assert_eq!(told(&world, &open), "Looked into Services of PC-01");
        let values = [("group".to_owned(), "Billing".to_owned())].into_iter().collect();
        let operation = Operation { verb: "add-to-group".to_owned(), target: "ekaya".to_owned(), values };
        let operated = told(&world, &Action::Panel { device: at, panel: PanelKind::Directory, operation });
        assert_eq!(operated, "Directory users and computers of PC-01: add to group “ekaya”, group Billing");
        let words = "Since when?".to_owned();
        let say = Utterance { to: PersonId(0), intent: Intent::Ask, tone: Tone::Plain, topic: Topic::Since, words };
        let name = &world.people[0].name;
        let asked = format!("{name}: “Since when?”, Ask about since when (plain)");
        assert_eq!(told(&world, &Action::Say(say)), asked);
        assert_eq!(told(&world, &Action::Wait(Span::seconds(300))), "Let 5 min pass");
        assert_eq!(told(&world, &Action::Physical(Act::ReplaceCable(CableId(3)))), "Replaced cable 3");
    }

    #[test]
    fn what_is_not_there_is_told_without_a_panic() {
        let nowhere = DeviceId(u16::MAX);
        let look = told(&world(), &Action::Physical(Act::Look(nowhere)));
        assert_eq!(look, "Looked at a device that is not there");
        let port = PortRef { device: nowhere, port: engine::world::PortIndex(0) };
        let unplug = told(&world(), &Action::Physical(Act::Unplug(port)));
        assert_eq!(unplug, "Pulled the cable out of a port that is not there of a device that is not there");
    }
}
