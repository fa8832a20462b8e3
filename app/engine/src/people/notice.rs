//! What a person can notice: what they try to do, and what stands before their eyes.

use crate::probe::Probe;
use crate::world::hardware::PowerState;
use crate::world::person::{Person, Topic};
use crate::world::{DeviceId, PersonId, PortIndex, PortRef, World};

/// An answer about a topic.
pub fn about(world: &World, id: PersonId, topic: Topic, needs: &[Probe]) -> String {
    let person = world.person(id);
    // Words about a trouble are over with the trouble.
    let over = topic == Topic::Symptom && failing(world, id, needs).is_empty();
    if let Some((_, words)) = person.knows.iter().find(|(known, _)| *known == topic && !over) {
        return words.clone();
    }
    if person.impostor && at_the_machine(topic) {
        return AWAY.to_owned();
    }
    let device = person.device;
    match topic {
        Topic::Symptom | Topic::Web | Topic::Mail | Topic::Files => symptom(world, id, needs),
        Topic::Works => works(world, id, needs),
        Topic::Others | Topic::Scope => others(world, id, needs),
        Topic::Lights | Topic::Cable => device.map_or_else(no_machine, |device| port_of(world, device)),
        Topic::Power => device.map_or_else(no_machine, |device| power(world, device)),
        Topic::Screen => device.map_or_else(no_machine, |device| screen(world, device)),
        Topic::Error => device.map_or_else(no_machine, |device| error(world, id, device, needs)),
        Topic::Wifi => device.map_or_else(no_machine, |device| wifi(world, device)),
        Topic::Printer | Topic::Paper => paper(world, id),
        Topic::Urgency => urgency(world, id),
        Topic::Identity => format!("I am {}, {}.", person.name, person.job.to_lowercase()),
        Topic::Since => "I noticed it this morning.".to_owned(),
        Topic::Changes => "I have not changed anything that I know of.".to_owned(),
        Topic::Password => "I type it as always.".to_owned(),
        Topic::Sound | Topic::Approval | Topic::Restart | Topic::Usage | Topic::Policy => "I could not say.".to_owned(),
    }
}

/// What an impostor says about everything that only somebody at the desk could see or do.
pub const AWAY: &str = "I am not at my desk, so I could not say. Can you not just do it from there?";

/// Only somebody who sits there can answer: what stands before their eyes, what they hear from colleagues, when they have visitors.
fn at_the_machine(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Others
            | Topic::Scope
            | Topic::Lights
            | Topic::Cable
            | Topic::Power
            | Topic::Screen
            | Topic::Error
            | Topic::Wifi
            | Topic::Printer
            | Topic::Paper
            | Topic::Urgency
    )
}

fn no_machine() -> String {
    "I have no computer of my own here.".to_owned()
}

/// What does not work for them, in their words, and what they think it is.
fn symptom(world: &World, id: PersonId, needs: &[Probe]) -> String {
    let failing = failing(world, id, needs);
    let mut told: Vec<_> = failing.iter().map(|probe| in_their_words(world, probe)).collect();
    if failing.is_empty() && world.person(id).impostor {
        told.push(AWAY.to_owned());
    } else if failing.is_empty() {
        return "Right now everything works for me.".to_owned();
    }
    told.dedup();
    let mut text = told.join(" ");
    if let Some(belief) = world.person(id).beliefs.first() {
        text.push(' ');
        text.push_str(belief);
    }
    text
}

/// Tries it once more.
pub fn works(world: &World, id: PersonId, needs: &[Probe]) -> String {
    match failing(world, id, needs).first() {
        None if !needs.iter().any(|probe| can_try(world.person(id), probe)) => AWAY.to_owned(),
        None => "Yes, it works now. Thank you!".to_owned(),
        Some(probe) => format!("No, not yet. {}", in_their_words(world, probe)),
    }
}

/// What does not work for them: all of it for somebody who takes what they see for a fault.
fn failing<'n>(world: &World, id: PersonId, needs: &'n [Probe]) -> Vec<&'n Probe> {
    let person = world.person(id);
    let mistaken = person.misunderstands.is_some();
    needs.iter().filter(|probe| can_try(person, probe) && (mistaken || !probe.passes(world))).collect()
}

/// An impostor can try only what is tried from anywhere, with a name and a password.
fn can_try(person: &Person, probe: &Probe) -> bool {
    !person.impostor || matches!(probe, Probe::Cloud { .. } | Probe::Mail { .. })
}

fn in_their_words(world: &World, probe: &Probe) -> String {
    let name = |device: &DeviceId| world.device(*device).name.clone();
    match probe {
        Probe::Web { url, .. } => format!("The page {} does not open.", host_of(url)),
        Probe::Reach { .. } | Probe::Resolve { .. } | Probe::Port { .. } | Probe::Addressing { .. } => {
            "Nothing on the network opens.".to_owned()
        }
        Probe::Apart { .. } | Probe::NoShare { .. } => "I can see things that I should not see.".to_owned(),
        Probe::Throughput { .. } => "Everything on the network is terribly slow.".to_owned(),
        Probe::Wifi { ssid, .. } => format!("My laptop is not on {ssid}."),
        Probe::Starts { device } => format!("{} does not start.", name(device)),
        Probe::Stable { device } => format!("{} goes off or crashes while I work.", name(device)),
        Probe::Clock { .. } => "The clock is wrong.".to_owned(),
        Probe::Program { name, .. } => format!("{name} does not work."),
        Probe::Peripheral { name, .. } => format!("The {} does not work.", name.to_lowercase()),
        Probe::Responsive { .. } => "It is terribly slow.".to_owned(),
        Probe::Condition { what, .. } => format!("Something is wrong with the {what}."),
        Probe::Service { .. } => "The program behind it does not answer.".to_owned(),
        Probe::Space { .. } => "It says there is no space left.".to_owned(),
        Probe::SignIn { .. } => "I cannot sign in.".to_owned(),
        Probe::Share { path, .. } => format!("I cannot work in the folder {}.", path.rsplit('\\').next().unwrap_or(path)),
        Probe::Mail { .. } => "My mail does not work.".to_owned(),
        Probe::Cloud { service, .. } => format!("{service} does not let me work."),
        Probe::Print { printer, .. } => format!("Nothing good comes out of the printer “{printer}”."),
        Probe::Backup { .. } => "The backup report is red.".to_owned(),
        Probe::Clean { .. } => "My computer does things by itself.".to_owned(),
        Probe::Private { .. } => "I am afraid that somebody else is in my account.".to_owned(),
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// Whether the same things work for colleagues.
fn others(world: &World, id: PersonId, needs: &[Probe]) -> String {
    let (same, fine) = colleagues(world, id, needs);
    match (same, fine) {
        (0, 0) => "I would not know, nobody else uses that.".to_owned(),
        (0, _) => "It works for the colleagues I asked. Only I have it.".to_owned(),
        (_, 0) => "Everybody here has it.".to_owned(),
        _ => "Some colleagues have it too, for others it works.".to_owned(),
    }
}

/// How many colleagues have the same trouble, and for how many it works: their own machines are asked.
fn colleagues(world: &World, id: PersonId, needs: &[Probe]) -> (usize, usize) {
    let mut same = 0;
    let mut fine = 0;
    for person in world.people.iter().filter(|person| person.id != id) {
        let Some(device) = person.device else { continue };
        let theirs: Vec<_> = needs.iter().filter_map(|probe| for_device(world, probe, device, person.id)).collect();
        if theirs.is_empty() {
            continue;
        }
        if theirs.iter().all(|probe| probe.passes(world)) { fine += 1 } else { same += 1 }
    }
    (same, fine)
}

/// How many people have the requester's trouble, the requester among them, and how many could have it.
#[must_use]
pub fn affected(world: &World, requester: PersonId, needs: &[Probe]) -> (usize, usize) {
    let (same, fine) = colleagues(world, requester, needs);
    (same + 1, same + fine + 1)
}

/// The same thing on somebody else's machine, where it makes sense.
fn for_device(world: &World, probe: &Probe, device: DeviceId, person: PersonId) -> Option<Probe> {
    Some(match probe.clone() {
        Probe::Web { url, .. } => Probe::Web { from: device, url },
        Probe::Reach { to, .. } => Probe::Reach { from: device, to },
        Probe::Resolve { name, .. } => Probe::Resolve { from: device, name },
        Probe::Port { host, port, .. } => Probe::Port { from: device, host, port },
        Probe::Throughput { to, mbps, .. } => Probe::Throughput { from: device, to, mbps },
        // Who never worked in a folder does not miss it.
        Probe::Share { path, right, .. } if works_in(world, device, &path) => Probe::Share { device, person, path, right },
        Probe::Print { printer, .. } => Probe::Print { device, printer },
        Probe::SignIn { .. } => Probe::SignIn { device, person },
        Probe::Mail { .. } => Probe::Mail { person },
        Probe::Cloud { service, .. } => Probe::Cloud { person, service },
        Probe::Private { .. } => Probe::Private { person },
        Probe::Clock { .. } => Probe::Clock { device },
        Probe::Responsive { .. } => Probe::Responsive { device },
        _ => return None,
    })
}

/// Whether the machine has a drive letter for the share or a folder above or in it.
fn works_in(world: &World, device: DeviceId, path: &str) -> bool {
    let lower = |text: &str| text.trim_end_matches('\\').to_lowercase();
    let path = lower(path);
    let drives = world.device(device).windows().map(|windows| windows.mapped_drives.as_slice()).unwrap_or_default();
    drives.iter().any(|drive| {
        let share = lower(&drive.path);
        path.starts_with(&share) || share.starts_with(&path)
    })
}

fn port_of(world: &World, device: DeviceId) -> String {
    let port = PortRef { device, port: PortIndex(0) };
    let plugged = world.cables.iter().any(|cable| cable.ends.contains(&Some(port)));
    let lit = crate::net::link::of(world, port).is_some();
    match (plugged, lit) {
        (false, _) => "There is no cable in the network socket of my computer.".to_owned(),
        (true, true) => "The cable is in, and the little lights beside it are on.".to_owned(),
        (true, false) => "The cable is in, but there is no light beside it.".to_owned(),
    }
}

fn power(world: &World, device: DeviceId) -> String {
    match crate::machine::power::state(world, device) {
        PowerState::Off => "It is off. No light, nothing.".to_owned(),
        PowerState::Starting => "It is starting.".to_owned(),
        PowerState::Running => "It is on.".to_owned(),
        PowerState::Halted => "It is on, but it does not get to where I sign in.".to_owned(),
    }
}

fn screen(world: &World, device: DeviceId) -> String {
    let shown = crate::physical::screen(world, device);
    if shown.is_empty() {
        "The screen looks as always; I see no message.".to_owned()
    } else {
        format!("The screen says: {shown}")
    }
}

/// A message that covers the screen, else what they cannot do.
fn error(world: &World, id: PersonId, device: DeviceId, needs: &[Probe]) -> String {
    let failing = failing(world, id, needs);
    match failing.first() {
        Some(probe) if crate::physical::screen(world, device).is_empty() => {
            format!("I do not remember the words. {}", in_their_words(world, probe))
        }
        _ => screen(world, device),
    }
}

fn wifi(world: &World, device: DeviceId) -> String {
    let radio = world.device(device).ports.iter().find_map(|port| port.wifi.as_ref());
    match radio {
        None => "My computer has a cable, no Wi-Fi.".to_owned(),
        Some(radio) => radio.joined.as_ref().map_or_else(
            || "The Wi-Fi sign is crossed out.".to_owned(),
            |joined| format!("It says it is connected to “{}”.", joined.ssid),
        ),
    }
}

/// What came out of the printer last, as a person sees it.
fn paper(world: &World, id: PersonId) -> String {
    let account = &world.person(id).account;
    let printers = world.devices.iter().filter_map(|device| device.printer());
    let last = printers.filter_map(|printer| printer.output.iter().rev().find(|page| page.user == *account)).next_back();
    match last {
        None => "No paper of mine came out.".to_owned(),
        Some(page) if page.defects.is_empty() => "My page came out, and it looks good.".to_owned(),
        Some(page) => format!(
            "My page came out, but {}.",
            page.defects.iter().map(|defect| defect_in_words(*defect)).collect::<Vec<_>>().join(", and ")
        ),
    }
}

fn defect_in_words(defect: crate::world::printer::Defect) -> &'static str {
    use crate::world::printer::Defect;
    match defect {
        Defect::VerticalLine => "there is a line from top to bottom",
        Defect::Faded => "it is pale",
        Defect::Smears => "it smears when I touch it",
        Defect::StrangeSymbols => "it is full of strange symbols",
        Defect::WrongSize => "it is cut off at the edge",
    }
}

fn urgency(world: &World, id: PersonId) -> String {
    let hour = super::local_hour(world);
    let busy = world.person(id).busy.iter().find(|(from, to)| (*from..*to).contains(&hour));
    match busy {
        Some((_, to)) => format!("I need it now; I have people waiting until {to}:00."),
        None => "It is not burning, but I cannot do my work like this.".to_owned(),
    }
}
