//! The bench as the server sends it.

use std::collections::BTreeSet;

use domain::ids::TicketId;
use domain::tickets::Mode;
use engine::fault::Layer;
use engine::panel::{self, PanelKind};
use engine::people::{Intent, Tone, Utterance};
use engine::shell::ShellKind;
use engine::ticket::Action;
use engine::ticket::run::Shown;
use engine::world::person::Topic;
use engine::world::{DeviceId, PersonId};
use leptos::prelude::*;

use super::island::Bench;
use super::spot::{Spot, Terminal, path_of};
use crate::tickets::api::{BenchView, CauseView, DeviceView, EntryView, LinkView, PersonView, PlaceView, Progress};
use crate::ui::testing::render;

const TICKET: &str = "0199b9a1-7c54-7cc0-8a71-4f9a54f0a2c1";

fn place(name: &str, inside: Option<u16>) -> PlaceView {
    PlaceView { name: name.to_owned(), inside, x: 0, y: 0, floor: 0 }
}

fn device(id: u16, name: &str, place: u16) -> DeviceView {
    DeviceView {
        id: DeviceId(id),
        name: name.to_owned(),
        model: "Model".to_owned(),
        kind: engine::world::device::Kind::Desktop,
        place,
    }
}

fn entry(number: u32, action: Action, line: &str, shown: Shown) -> EntryView {
    let prompts = matches!(action, Action::Shell { .. }).then(|| ("C:\\>".to_owned(), "C:\\Windows>".to_owned()));
    EntryView {
        number,
        action,
        line: line.to_owned(),
        told: line.to_owned(),
        prompts,
        shown,
        at: "09:12".to_owned(),
        took: 5,
        changed: false,
    }
}

fn entries() -> Vec<EntryView> {
    let device = DeviceId(0);
    let utterance = Utterance {
        to: PersonId(0),
        intent: Intent::Ask,
        tone: Tone::Friendly,
        topic: Topic::Since,
        words: "Since <when>?".to_owned(),
    };
    let view = panel::View {
        title: "Services".to_owned(),
        operations: vec![panel::Offer {
            verb: "start".to_owned(),
            label: "Start".to_owned(),
            targets: vec!["Spooler".to_owned()],
            fields: vec![panel::Field {
                name: "startup".to_owned(),
                label: "Startup type".to_owned(),
                input: panel::Input::Choice(vec!["automatic".to_owned(), "disabled".to_owned()]),
                value: "disabled".to_owned(),
            }],
        }],
        ..panel::View::default()
    };
    let shell = Action::Shell { device, shell: ShellKind::Cmd, elevated: false, line: "dir".to_owned() };
    vec![
        entry(1, Action::Say(utterance), "say ada ask friendly since", Shown::Text("Ada: Since Friday.".to_owned())),
        entry(2, shell, "sh PC-1 cmd dir", Shown::Text("one\ntwo\n".to_owned())),
        entry(3, Action::Open { device, panel: PanelKind::Services }, "open PC-1 services", Shown::Panel(view)),
    ]
}

fn bench() -> BenchView {
    BenchView {
        ticket: TICKET.parse::<TicketId>().unwrap(),
        mode: Mode::Practice,
        title: "Nothing prints".to_owned(),
        company: "Clinic".to_owned(),
        subject: "Printer".to_owned(),
        brief: "It does not print.\n\nPlease help.".to_owned(),
        requester: PersonId(0),
        people: vec![PersonView {
            id: PersonId(0),
            handle: "ada".to_owned(),
            name: "Ada".to_owned(),
            job: "Nurse".to_owned(),
            device: Some(DeviceId(0)),
        }],
        places: vec![place("House", None), place("Room", Some(0))],
        devices: vec![device(0, "PC-1", 1), device(1, "SW-1", 1)],
        links: vec![LinkView { ends: [(DeviceId(0), "Ethernet".to_owned()), (DeviceId(1), "Gi0/1".to_owned())] }],
        causes: vec![CauseView { layer: Layer::Physical, component: "cable".to_owned(), title: "Broken cable".to_owned() }],
        entries: entries(),
        progress: Progress {
            steps: 3,
            clock: "09:13".to_owned(),
            minutes: 4,
            theory_wanted: true,
            closed: false,
            seconds_left: None,
            hints: true,
            told: vec![("Look at the lights.".to_owned(), 4)],
        },
        exam: None,
    }
}

fn html(text: bool, at: &'static str) -> String {
    let spot = Spot::parse(at, &bench());
    render(move || view! { <Bench view=bench() text spot/> }.into_any())
}

fn assert_sound(html: &str) {
    // What an island starts from stands in an attribute and is no markup.
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands twice: {ids:?}");
    assert!(!html.contains(" style="), "{html}");
    for (_, rest) in html.match_indices("<label").map(|(at, _)| html.split_at(at)) {
        let label = rest.split('>').next().unwrap();
        let of = label.split("for=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        assert!(unique.contains(of), "{label} labels nothing");
    }
}

#[test]
fn every_view_is_sound() {
    for at in ["", "room-1", "PC-1", "PC-1/services", "PC-1/cmd", "SW-1/ios", "nothing"] {
        assert_sound(&html(false, at));
    }
    assert_sound(&html(true, ""));
}

#[test]
fn the_request_the_talk_and_the_map_stand_on_the_first_view() {
    let html = html(false, "");
    for part in ["Please help.", "Since &lt;when&gt;?", "Ada: Since Friday.", "Look at the lights.", "State your theory", "<svg"]
    {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[test]
fn a_terminal_shows_its_lines_and_the_prompt_that_stands_there_now() {
    let html = html(false, "PC-1/cmd");
    assert!(html.contains("one\ntwo</pre>") && html.contains("C:\\Windows&gt;</label>"), "{html}");
}

#[test]
fn a_panel_offers_native_controls() {
    let html = html(false, "PC-1/services");
    assert!(html.contains(r#"name="op-start-target""#) && html.contains(r#"<option value="disabled" selected"#), "{html}");
    assert!(html.contains("Startup type") && html.contains("Do it"), "{html}");
}

#[test]
fn the_text_view_has_everything_in_one_log() {
    let html = html(true, "");
    assert!(html.contains(r#"role="log""#) && html.contains("Can be done here:"), "{html}");
    for line in ["say ada ask friendly since", "sh PC-1 cmd dir", "open PC-1 services"] {
        assert!(html.contains(line), "{html}");
    }
}

#[test]
fn addresses_lead_back_to_where_one_was() {
    let view = bench();
    let terminal = Terminal { device: DeviceId(1), shell: ShellKind::PowerShell, elevated: true };
    for spot in [
        Spot::Site,
        Spot::Room(1),
        Spot::Device(DeviceId(1)),
        Spot::Panel(DeviceId(0), PanelKind::DeviceManager),
        Spot::Terminal(terminal),
    ] {
        assert_eq!(Spot::parse(&spot.address(&view), &view), spot);
    }
    assert_eq!(Spot::parse("room-9", &view), Spot::Site);
    assert_eq!(path_of(&view, 1), [(0, "House".to_owned()), (1, "Room".to_owned())]);
}

#[test]
fn places_in_a_circle_end() {
    let mut view = bench();
    view.places[0].inside = Some(1);
    assert_eq!(path_of(&view, 1).len(), 2);
}

#[test]
fn the_server_may_drop_it_on_another_thread() {
    let owner = Owner::new();
    owner.with(|| view! { <Bench view=bench() text=false spot=Spot::Site/> }.into_any().to_html());
    std::thread::spawn(move || drop(owner)).join().unwrap();
}
