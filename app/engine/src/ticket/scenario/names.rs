//! What stands in braces in the scripts and texts of a scenario.

use super::{MISUNDERSTANDING, Scenario, UNDERSTANDING};
use crate::fault::Layer;
use crate::site::build::Built;
use crate::sorted::Map;
use crate::ticket::run::Injected;
use crate::ticket::script::layer_word;
use crate::world::{DeviceId, PersonId, PortRef, World};

pub type Names = Map<String, String>;

/// The text with every `{name}` replaced that is known.
#[must_use]
pub fn fill(text: &str, names: &Names) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// `start` is the world of the ticket, `twin` the healthy one.
pub fn of(scenario: &Scenario, built: &Built, start: &World, requester: PersonId, injected: &[Injected]) -> Names {
    let twin = &built.world;
    let mut names: Names = built.drawn.iter().map(|(letter, number)| (letter.clone(), number.to_string())).collect();
    let id = built.people.iter().find(|(_, person)| **person == requester).map(|(id, _)| id.clone()).unwrap_or_default();
    let person = twin.person(requester);
    names.insert("requester".to_owned(), id);
    names.insert("requester-name".to_owned(), person.name.clone());
    names.insert("account".to_owned(), person.account.clone());
    names.insert("device".to_owned(), person.device.map(|device| label(twin, device)).unwrap_or_default());
    names.insert("subject".to_owned(), scenario.brief.subject.clone());
    for (at, cause) in injected.iter().filter(|one| !one.herring).enumerate() {
        // The first is `{target}`, the second `{target2}`.
        let number = if at == 0 { String::new() } else { (at + 1).to_string() };
        names.extend(of_fault(twin, cause).map(|(name, value)| (format!("{name}{number}"), value)));
    }
    if let Some(misunderstanding) = &scenario.misunderstanding {
        names.insert("topic".to_owned(), misunderstanding.topic.clone());
        names.insert("fault".to_owned(), MISUNDERSTANDING.to_owned());
        names.insert("component".to_owned(), UNDERSTANDING.to_owned());
        names.insert("layer".to_owned(), layer_word(Layer::Person).to_owned());
    }
    badges(start, &mut names);
    names
}

fn label(world: &World, device: DeviceId) -> String {
    world.device(device).name.clone()
}

/// What a fault that was put in names: `target`, `other`, `name`, `port`, `cable`, and what it is.
#[must_use]
pub fn of_fault(twin: &World, injected: &Injected) -> [(&'static str, String); 8] {
    let target = &injected.target;
    let port = target.port.and_then(|port| twin.device(target.device).ports.get(usize::from(port.0)));
    let end = PortRef { device: target.device, port: target.port.unwrap_or_default() };
    let cable = twin.cables.iter().position(|cable| cable.ends.contains(&Some(end)));
    [
        ("target", label(twin, target.device)),
        ("other", target.other.map(|device| label(twin, device)).unwrap_or_default()),
        ("name", target.name.clone()),
        ("port", port.map(|port| port.name.clone()).unwrap_or_default()),
        ("cable", cable.map(|at| at.to_string()).unwrap_or_default()),
        ("fault", injected.fault.id.to_owned()),
        ("component", injected.fault.component.to_owned()),
        ("layer", layer_word(injected.fault.layer).to_owned()),
    ]
}

/// `{mac:PRN-1}` for each device, as on its badge; `{key:SSID}` for each Wi-Fi network, as in the knowledge base now;
/// `{recovery-key:LT-01}` for each encrypted drive whose key the directory keeps.
fn badges(world: &World, names: &mut Names) {
    for device in &world.devices {
        if let Some(port) = device.ports.first() {
            names.insert(format!("mac:{}", device.name), port.mac.hyphens_upper());
        }
    }
    for directory in world.devices.iter().filter_map(|device| device.roles.directory.as_ref()) {
        let kept = directory.recovery_keys.iter();
        names.extend(kept.map(|(computer, key)| (format!("recovery-key:{computer}"), key.clone())));
    }
    for article in &world.knowledge {
        let key = article.title.strip_prefix("Wi-Fi key of ").zip(article.text.trim_end_matches('.').rsplit_once(" is "));
        if let Some((ssid, (_, key))) = key {
            names.insert(format!("key:{ssid}"), key.to_owned());
        }
    }
}
