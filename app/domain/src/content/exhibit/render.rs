//! From a plan and a seed to what is seen.

use std::collections::BTreeMap;

use engine::chance::Chance;
use engine::panel::{self, PanelKind};
use engine::shell::ShellKind;
use engine::site::build::{Built, nearest};
use engine::sorted::Map;
use engine::ticket::Action;
use engine::ticket::run::{Injected, Run, Shown};
use engine::ticket::scenario::{fill, of_fault, place};
use engine::ticket::script::{self, Names};
use engine::world::device::System;
use engine::world::{DeviceId, World};

use super::{Block, Exhibit, Link, Node, Plan, Rendered, Room, Setup, Show, Table, Terminal, Topology, values};
use crate::content::complaint::Complaint;
use crate::content::fields::Located;

/// E2: the exhibit can be made, and shows what its author says.
pub const RENDERS: &str = "E2";

/// Longer ones are no exhibit but a search: cut them by a pipe or `rows`.
const MOST_LINES: usize = 60;

/// A plan that fails for so many seeds in a row did not pass its check.
const TRIES: u64 = 16;

/// What stands for a name in braces in a plan: `device`, what the fault names, what the site drew.
type Filling = Map<String, String>;

/// What the values of names in braces are read from.
pub struct Scene<'b> {
    pub built: &'b Built,
    /// The state that was looked at, after all that was looked at.
    pub world: &'b World,
    /// What fills the braces of the plan itself.
    pub names: &'b Filling,
    pub text: &'b str,
}

impl Setup {
    /// What a learner with this seed sees. Where a plan that passed its check fails for a rare seed, the next one is taken, so
    /// that nobody is asked about a state in which the key would be wrong.
    #[must_use]
    pub fn for_learner(&self, seed: u64) -> Option<Rendered> {
        (0..TRIES).find_map(|more| self.render(seed.wrapping_add(more)).ok())
    }

    /// The exhibit of exactly this seed. The same plan, site and seed give the same exhibit.
    ///
    /// # Errors
    /// All that an author has to mend; a plan that passed its check may still fail for a rare seed.
    pub fn render(&self, seed: u64) -> Result<Rendered, Vec<Complaint>> {
        let built = engine::site::build(&self.site, seed).map_err(|complaints| {
            let first = complaints.first().map(|one| one.message.clone()).unwrap_or_default();
            vec![self.plan.complaint(self.plan.site.line, format!("the site cannot be built: {first}"))]
        })?;
        self.render_in(&built, seed)
    }

    /// The same in a company that is built already: for the site of the plan and this seed.
    ///
    /// # Errors
    /// See [`Self::render`].
    pub fn render_in(&self, built: &Built, seed: u64) -> Result<Rendered, Vec<Complaint>> {
        let plan = &self.plan;
        let (names, world) = plan.prepare(built, seed).map_err(|complaint| vec![complaint])?;
        let mut run = Run::on(world);
        plan.act_before(&mut run, built, &names)?;
        let mut blocks = Vec::new();
        for show in &plan.show {
            let told = plan.look(show, &mut run, built, &names).map_err(|complaint| vec![complaint])?;
            push(&mut blocks, told);
        }
        let exhibit = Exhibit { title: fill(&plan.title, &names), text: self.text.clone(), blocks };
        let text = exhibit.plain_text();
        let mut complaints = plan.faithless(&run.world, &names, &text);
        let scene = Scene { built, world: &run.world, names: &names, text: &text };
        let values = plan.values_of(&scene, &mut complaints);
        if complaints.is_empty() { Ok(Rendered { exhibit, values }) } else { Err(complaints) }
    }
}

impl Plan {
    pub(super) fn complaint(&self, line: u32, message: impl Into<String>) -> Complaint {
        Complaint::error(RENDERS, line.max(self.line), message)
    }

    /// The names for braces, and the company with the faults in it.
    fn prepare(&self, built: &Built, seed: u64) -> Result<(Filling, World), Complaint> {
        let twin = &built.world;
        let mut chance = Chance::new(seed, "exhibit");
        let label = chance.pick(&self.devices.value).ok_or_else(|| self.complaint(self.devices.line, "`device` names none"))?;
        let device = find(twin, label).map_err(|message| self.complaint(self.devices.line, message))?;
        let mut names: Filling = built.drawn.iter().map(|(letter, number)| (letter.clone(), number.to_string())).collect();
        names.insert("device".to_owned(), twin.device(device).name.clone());
        let person = twin.device(device).user.unwrap_or_default();
        let mut world = twin.clone();
        for Located { line, value } in &self.faults {
            let mut spec = value.clone();
            spec.device = spec.device.map(|label| fill(&label, &names));
            let (fault, target) = place(&spec, twin, person, &mut chance).map_err(|message| self.complaint(*line, message))?;
            (fault.inject)(&mut world, &target, &mut chance);
            (fault.traces)(&mut world, &target);
            let of_fault = of_fault(twin, &Injected { fault, target, herring: false });
            names.extend(of_fault.into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        Ok((names, world))
    }

    fn act_before(&self, run: &mut Run, built: &Built, names: &Filling) -> Result<(), Vec<Complaint>> {
        let Some(Located { line: first, value: text }) = &self.before else { return Ok(()) };
        // The text begins on the line after the opening quotes.
        for (line, written) in (first + 1..).zip(text.lines()) {
            let written = fill(written.trim(), names);
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let known = Names { world: &run.world, people: &built.people };
            let action = script::action(&written, &known).map_err(|message| vec![self.complaint(line, message)])?;
            if let Shown::Refused(message) = run.act(action, &[]).output.shown() {
                return Err(vec![self.complaint(line, format!("this is refused: {message}"))]);
            }
        }
        Ok(())
    }

    fn look(&self, show: &Located<Show>, run: &mut Run, built: &Built, names: &Filling) -> Result<Vec<Block>, Complaint> {
        let device = |other: &Option<String>, world: &World| find(world, &fill(other.as_deref().unwrap_or("{device}"), names));
        let seen = match &show.value {
            Show::Command { device: other, shell, elevated, line } => device(other, &run.world)
                .and_then(|id| command(run, id, *shell, *elevated, &fill(line, names)))
                .map(|block| vec![block]),
            Show::Panel { device: other, panel, table, rows } => {
                let id = device(other, &run.world);
                id.and_then(|id| tables(&run.world, id, *panel, table.as_deref(), *rows))
            }
            Show::Topology { devices } => {
                let labels: Vec<_> = devices.iter().map(|label| fill(label, names)).collect();
                topology(&built.world, &labels).map(|drawn| vec![Block::Topology(drawn)])
            }
        };
        seen.map_err(|message| self.complaint(show.line, message))
    }

    /// What the author says of it and does not hold.
    fn faithless(&self, world: &World, names: &Filling, text: &str) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        for what in &world.not_modelled {
            complaints.push(self.complaint(self.line, format!("the model does not hold “{what}”: show something else")));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            let message = format!("it has {lines} lines: cut it to {MOST_LINES} by a pipe (findstr, grep, include) or `rows`");
            complaints.push(self.complaint(self.line, message));
        }
        for wanted in self.shows.value.iter().map(|wanted| fill(wanted, names)).filter(|wanted| !text.contains(wanted)) {
            complaints.push(self.complaint(self.shows.line, format!("“{wanted}” does not stand in it. It shows:\n{text}")));
        }
        for unwanted in self.hides.value.iter().map(|unwanted| fill(unwanted, names)).filter(|one| text.contains(one)) {
            complaints.push(self.complaint(self.hides.line, format!("“{unwanted}” stands in it. It shows:\n{text}")));
        }
        complaints
    }

    fn values_of(&self, scene: &Scene<'_>, complaints: &mut Vec<Complaint>) -> BTreeMap<String, String> {
        let mut values = BTreeMap::from([("device".to_owned(), scene.names.get("device").cloned().unwrap_or_default())]);
        for (name, selector) in &self.values {
            match values::read(&fill(&selector.value, scene.names), scene) {
                Ok(value) => _ = values.insert(name.clone(), value),
                Err(message) => complaints.push(self.complaint(selector.line, format!("`{name}`: {message}"))),
            }
        }
        values
    }
}

/// What is typed one after the other in one terminal stands in one block.
fn push(blocks: &mut Vec<Block>, told: Vec<Block>) {
    for block in told {
        match (blocks.last_mut(), block) {
            (Some(Block::Terminal(open)), Block::Terminal(next)) if (&open.device, open.shell) == (&next.device, next.shell) => {
                open.text.push_str("\n\n");
                open.text.push_str(&next.text);
            }
            (_, block) => blocks.push(block),
        }
    }
}

pub(super) fn find(world: &World, label: &str) -> Result<DeviceId, String> {
    let near = || nearest(label, world.devices.iter().map(|device| device.name.as_str()));
    world.find(label).ok_or_else(|| format!("the site has no device “{label}”.{}", near()))
}

fn command(run: &mut Run, device: DeviceId, shell: Option<ShellKind>, elevated: bool, line: &str) -> Result<Block, String> {
    let found = run.world.device(device);
    let name = found.name.clone();
    let own = match &found.system {
        System::Windows(_) => ShellKind::Cmd,
        System::Linux(_) => ShellKind::Bash,
        System::Ios(_) => ShellKind::Ios,
        _ => return Err(format!("{name} has no command line")),
    };
    let shell = shell.unwrap_or(own);
    let prompt = run.prompt(device, shell, elevated).ok_or_else(|| format!("{name} has no such command line"))?;
    let action = Action::Shell { device, shell, elevated, line: line.to_owned() };
    match run.act(action, &[]).output.shown() {
        Shown::Text(output) => {
            let text = format!("{prompt}{line}\n{}", output.trim_end());
            Ok(Block::Terminal(Terminal { device: name, shell, text }))
        }
        Shown::Panel(_) => Err(format!("`{line}` opens a window: show it as a `panel`")),
        Shown::Refused(message) => Err(message),
    }
}

/// The tables of a panel, its facts as a table of their own; only the one with this title where one is named.
fn tables(world: &World, device: DeviceId, kind: PanelKind, only: Option<&str>, rows: usize) -> Result<Vec<Block>, String> {
    let name = &world.device(device).name;
    let view = panel::view(world, device, kind).ok_or_else(|| format!("{name} has no panel “{}”", kind.title()))?;
    let facts = panel::Table {
        title: String::new(),
        columns: vec!["Setting".to_owned(), "Value".to_owned()],
        rows: view.facts.iter().map(|(label, value)| vec![label.clone(), value.clone()]).collect(),
    };
    let titles: Vec<_> = view.tables.iter().map(|table| table.title.clone()).collect();
    let wanted = |table: &panel::Table| only.is_none_or(|only| table.title == only) && !table.rows.is_empty();
    let found: Vec<_> = std::iter::once(facts).chain(view.tables).filter(wanted).collect();
    if found.is_empty() {
        return Err(format!("“{}” shows no such table with a row. It has: {}", view.title, titles.join(", ")));
    }
    let block = |table: panel::Table| {
        let title = if table.title.is_empty() { view.title.clone() } else { format!("{}: {}", view.title, table.title) };
        Block::Table(Table {
            device: name.clone(),
            title,
            columns: table.columns,
            rows: table.rows.into_iter().take(rows).collect(),
        })
    };
    Ok(found.into_iter().map(block).collect())
}

/// As documented, so a cable that was pulled is drawn still. Links lead only between devices that are drawn.
fn topology(twin: &World, labels: &[String]) -> Result<Topology, String> {
    let ids: Vec<DeviceId> = if labels.is_empty() {
        twin.device_ids().collect()
    } else {
        labels.iter().map(|label| find(twin, label)).collect::<Result<_, _>>()?
    };
    let mut drawn = Topology::default();
    let mut rooms = Vec::new();
    for id in &ids {
        let device = twin.device(*id);
        let room = rooms.iter().position(|room| *room == device.place).unwrap_or_else(|| {
            rooms.push(device.place);
            rooms.len() - 1
        });
        let room = u16::try_from(room).unwrap_or(u16::MAX);
        drawn.devices.push(Node { name: device.name.clone(), kind: device.kind, room });
    }
    let places = rooms.iter().filter_map(|place| twin.places.get(usize::from(place.0)));
    drawn.rooms = places.map(|place| Room { name: place.name.clone(), x: place.x, y: place.y, floor: place.floor }).collect();
    let end = |port: engine::world::PortRef| {
        let at = ids.iter().position(|id| *id == port.device)?;
        let name = twin.device(port.device).ports.get(usize::from(port.port.0))?.name.clone();
        Some((u16::try_from(at).unwrap_or(u16::MAX), name))
    };
    drawn.links = twin
        .cables
        .iter()
        .filter_map(|cable| {
            let [Some(one), Some(other)] = cable.ends else { return None };
            Some(Link { ends: [end(one)?, end(other)?] })
        })
        .collect();
    Ok(drawn)
}
