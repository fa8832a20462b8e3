//! From the engine's state to what a page may see: what is documented, what was done and what was seen, never what is wrong.

use app::tickets::api::{BenchView, CauseView, DeviceView, EntryView, ExamPlace, LinkView, PersonView, PlaceView, Progress};
use domain::ids::AttemptId;
use domain::tickets::Mode;
use engine::fault;
use engine::ticket::action::{Action, Theory};
use engine::ticket::cause;
use engine::ticket::scenario::{UNDERSTANDING, fill};
use engine::ticket::script::{self, Names};
use engine::time::Time;
use engine::world::World;
use engine::world::device::Device;

use super::live::Live;
use super::row::TicketRow;
use super::words::told;

pub fn bench(live: &Live, row: &TicketRow) -> BenchView {
    let (scenario, given) = (&live.playable.scenario, &live.given);
    BenchView {
        ticket: row.id(),
        mode: row.mode(),
        title: scenario.title.clone(),
        company: given.twin.organisation.clone(),
        subject: fill(&scenario.brief.subject, &given.names),
        brief: fill(scenario.brief.text.trim(), &given.names),
        requester: given.requester,
        people: people(live),
        places: places(&given.twin),
        devices: devices(&given.twin),
        links: links(&given.twin),
        causes: causes(),
        entries: entries(live),
        progress: progress(live, row),
        exam: exam(row),
    }
}

fn exam(row: &TicketRow) -> Option<ExamPlace> {
    let (position, questions) = (row.position?.unsigned_abs(), row.questions?.unsigned_abs());
    row.attempt_id.map(|attempt| ExamPlace { attempt: AttemptId(attempt), position, questions })
}

fn people(live: &Live) -> Vec<PersonView> {
    let of = |(handle, id): (&String, &engine::world::PersonId)| {
        let person = live.given.twin.people.get(usize::from(id.0))?;
        let (handle, name, job) = (handle.clone(), person.name.clone(), person.job.clone());
        Some(PersonView { id: *id, handle, name, job, device: person.device })
    };
    live.given.people.iter().filter_map(of).collect()
}

pub fn places(world: &World) -> Vec<PlaceView> {
    let view = |place: &engine::world::place::Place| PlaceView {
        name: place.name.clone(),
        inside: place.inside.map(|inside| inside.0),
        x: place.x,
        y: place.y,
        floor: place.floor,
    };
    world.places.iter().map(view).collect()
}

pub fn devices(world: &World) -> Vec<DeviceView> {
    let view = |device: &Device| DeviceView {
        id: device.id,
        name: device.name.clone(),
        model: device.model.clone(),
        kind: device.kind,
        place: device.place.0,
    };
    world.devices.iter().map(view).collect()
}

/// The healthy twin is the documentation: a cable that was pulled since stands in it still.
fn links(twin: &World) -> Vec<LinkView> {
    let end = |port: engine::world::PortRef| {
        let found = twin.devices.get(usize::from(port.device.0))?.ports.get(usize::from(port.port.0))?;
        Some((port.device, found.name.clone()))
    };
    let both = |cable: &engine::world::Cable| match cable.ends {
        [Some(one), Some(other)] => Some(LinkView { ends: [end(one)?, end(other)?] }),
        _ => None,
    };
    twin.cables.iter().filter_map(both).collect()
}

/// Every cause of the catalogue, by its title alone: which of them are thinkable here is for the learner to find out.
fn causes() -> Vec<CauseView> {
    let view = |fault: &fault::Fault| CauseView {
        layer: fault.layer,
        component: fault.component.to_owned(),
        title: fault.title.to_owned(),
    };
    let nothing =
        CauseView { layer: fault::Layer::Person, component: UNDERSTANDING.to_owned(), title: cause::NOTHING_BROKEN.to_owned() };
    fault::all().map(view).chain([nothing]).collect()
}

pub fn entries(live: &Live) -> Vec<EntryView> {
    (1..).map_while(|number| entry(live, number)).collect()
}

/// The action with this number, from 1.
pub fn entry(live: &Live, number: u32) -> Option<EntryView> {
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    let entry = live.run.log.get(at)?;
    let names = Names { world: &live.given.start, people: &live.given.people };
    Some(EntryView {
        number,
        action: shown_action(&entry.action),
        line: script::write(&entry.action, &names),
        told: told(&live.given.start, &entry.action),
        prompts: live.beside.get(at).and_then(|beside| beside.prompts.clone()),
        shown: entry.output.shown(),
        at: clock(&live.run.world, entry.at),
        took: entry.took.as_seconds(),
        changed: entry.changed,
    })
}

/// Pages know causes by their titles, not by the ids of the catalogue.
fn shown_action(action: &Action) -> Action {
    match action {
        Action::Theory(theory) => Action::Theory(Theory { cause: cause::title_of(&theory.cause).to_owned(), ..theory.clone() }),
        other => other.clone(),
    }
}

/// The other way round, for what a page has sent.
pub fn known_action(action: Action) -> Action {
    match action {
        Action::Theory(theory) => {
            let cause = cause::id_of(&theory.cause).to_owned();
            Action::Theory(Theory { cause, ..theory })
        }
        other => other,
    }
}

fn clock(world: &World, at: Time) -> String {
    let civil = at.shifted(i64::from(world.zone_minutes) * 60_000).civil();
    format!("{:02}:{:02}", civil.hour, civil.minute)
}

pub fn progress(live: &Live, row: &TicketRow) -> Progress {
    let run = &live.run;
    let changed = run.log.iter().any(|entry| entry.changed);
    let theory = run.log.iter().any(|entry| matches!(entry.action, Action::Theory(_)));
    Progress {
        steps: live.steps,
        clock: clock(&run.world, run.world.now),
        minutes: (run.world.now - live.given.start.now).as_seconds() / 60,
        theory_wanted: changed && !theory,
        closed: run.is_closed(),
        seconds_left: row.seconds_left.map(|seconds| u32::try_from(seconds).unwrap_or(0)),
        hints: row.mode() == Mode::Practice && !run.is_closed(),
        told: live.standing.hints.iter().map(|(_, hint)| (hint.text.clone(), hint.cost)).collect(),
    }
}
