//! What the text view says by itself: help, and the lists of who and what is there.

use engine::people::{INTENTS, TONES, TOPICS, list};

use crate::tickets::api::BenchView;
use crate::tickets::bench::spot::device_name;
use crate::tickets::words::device_kind;

pub const HELP: &str = "\
A line is an action:
  say PERSON INTENT TONE TOPIC [\"words\"]         people; words lists intents, tones and topics
  sh DEVICE cmd|powershell|bash|ios COMMAND      a line in a terminal
  admin DEVICE SHELL COMMAND                     the same as administrator or root
  open DEVICE PANEL                              looks into a panel
  panel DEVICE PANEL VERB [TARGET] [field=value] changes something in it
  do look DEVICE                                 hands: do alone lists what they can do
  theory LAYER \"COMPONENT\" [\"CAUSE\"]             what you think is wrong
  note \"…\"                                       into the ticket
  wait 5m                                        lets time pass: s, m or h
  resolve cause=\"…\" change=\"…\" verification=\"…\" prevention=\"…\"
  escalate T2|T3|security|vendor|facilities|manager impact=low|medium|high urgency=… evidence=1,3 tried=\"…\"
Looking around costs nothing:
  ticket   devices   people   words   panels DEVICE   commands DEVICE
In practice:
  undo   rewind NUMBER   hint   hint take   told";

pub fn ticket(view: &BenchView) -> String {
    let person = view.people.iter().find(|person| person.id == view.requester);
    let from = person.map(|person| {
        let at = person.device.map(|device| format!(", at {}", device_name(view, device))).unwrap_or_default();
        format!("From {}, {}{at}. In lines: {}", person.name, person.job, person.handle)
    });
    format!("{}\n\n{}\n\n{}", view.subject, view.brief, from.unwrap_or_default())
}

pub fn devices(view: &BenchView) -> String {
    let line = |device: &crate::tickets::api::DeviceView| {
        let place = view.places.get(usize::from(device.place)).map_or("", |place| place.name.as_str());
        format!("{}: {}, {}, in {place}", device.name, device_kind(device.kind), device.model)
    };
    view.devices.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub fn people(view: &BenchView) -> String {
    let line = |person: &crate::tickets::api::PersonView| {
        let at = person.device.map(|device| format!(", at {}", device_name(view, device))).unwrap_or_default();
        format!("{}: {}, {}{at}", person.handle, person.name, person.job)
    };
    view.people.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub fn word_lists() -> String {
    format!("intents: {}\ntones: {}\ntopics: {}", list(INTENTS), list(TONES), list(TOPICS))
}
