//! A scenario as an author writes it, and what it becomes for a seed.

mod conduct;
mod kind;
mod names;
mod needs;
mod place;

use serde::Deserialize;

pub use conduct::{Conduct, authority_for};
pub use kind::{KINDS, Kind};
pub use names::{fill, of_fault};
pub use place::{candidate_targets, place};

use super::action::Level;
use super::run::{Given, Injected};
use crate::chance::Chance;
use crate::people::{self, TOPICS, topic};
use crate::site::build::Complaint;
use crate::site::spec::Probe as ProbeSpec;
use crate::site::{self, Site};
use crate::sorted::Map;
use crate::world::person::Topic;
use crate::world::{PersonId, World};

/// What stands in the place of a fault's id where nothing is broken, in theories and `{fault}`.
pub const MISUNDERSTANDING: &str = "misunderstanding";
/// What stands in the place of the component then.
pub const UNDERSTANDING: &str = "understanding";

/// In scripts and fields, `{device}` is the requester's machine, `{requester}` the requester's id, `{target}` the device the fault
/// was put in, `{other}` the second device of its target, `{port}`, `{cable}` and `{name}` what else it names, and `{a}` and its kin what the site drew. Where
/// two faults are the cause, `{target2}` and its kin belong to the second.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub id: String,
    pub title: String,
    /// The id of a site.
    pub site: String,
    pub track: String,
    pub kind: Kind,
    /// `easy`, `medium`, `hard`.
    pub difficulty: String,
    /// Virtual minutes a good technician needs.
    pub minutes: u32,
    /// `a-plus-core-1/5.5`.
    pub objectives: Vec<String>,
    pub requester: Requester,
    pub brief: Brief,
    /// One or two causes, and what else is wrong (`herring`).
    #[serde(default)]
    pub fault: Vec<FaultSpec>,
    /// Stands in the place of a cause: everything works as it should.
    pub misunderstanding: Option<Misunderstanding>,
    /// Faults that would show the same symptom, the true ones among them.
    pub candidates: Vec<String>,
    /// What the requester needs to work again.
    pub probe: Vec<ProbeSpec>,
    /// Looks that tell the candidates apart, one action a line.
    #[serde(default)]
    pub evidence: String,
    #[serde(default)]
    pub rules: Rules,
    pub rubric: Rubric,
    /// One action a line; it gets full marks.
    pub solution: String,
    /// Something people try that must not pass.
    #[serde(default)]
    pub wrong: Vec<Wrong>,
    /// What is taught afterwards, in `CommonMark`: how the cause shows, why its rivals were out, how to prevent it.
    pub debrief: String,
}

impl Scenario {
    /// What is taught afterwards, for the ticket that was drawn. It names the cause: not to be shown before the verdict.
    #[must_use]
    pub fn debrief(&self, given: &Given) -> String {
        fill(self.debrief.trim(), &given.names)
    }
}

/// A ticket without a fault: the requester takes for broken what works as it should.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misunderstanding {
    /// What has to be explained, as a topic of conversation.
    pub topic: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requester {
    /// Ids of people; the seed picks one.
    pub persons: Vec<String>,
    /// What they say they think it is, right or wrong.
    #[serde(default)]
    pub beliefs: Vec<String>,
    /// Topic to words: what they can tell when asked.
    #[serde(default)]
    pub knows: Map<String, String>,
    /// They are not who they say they are.
    #[serde(default)]
    pub impostor: bool,
    /// Permille; else 700. Somebody who has waited long has little of it, and answers nothing when it is used up.
    pub patience: Option<u16>,
    /// Permille; else 700. Low is curt.
    pub politeness: Option<u16>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    pub subject: String,
    /// In the requester's words.
    pub text: String,
    /// What whoever took the call has marked it, right or wrong.
    #[serde(default)]
    pub priority: Level,
    /// How urgent these words make it; without it, people who wait and their number decide. A hand-over is compared with it.
    pub urgency: Option<Level>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultSpec {
    pub id: String,
    /// `{device}` or a label; none: anywhere it fits, the seed picks.
    pub device: Option<String>,
    pub name: Option<String>,
    /// The port it sits in.
    pub port: Option<String>,
    /// Not the cause: it is there as well, and is not the requester's trouble.
    #[serde(default)]
    pub herring: bool,
}

/// What is asked of the learner's conduct.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    #[serde(default)]
    pub verify_identity: bool,
    /// `remote-control`, `restart`, `data-loss-risk`, `downtime`.
    #[serde(default)]
    pub consent: Vec<String>,
    /// Whose approval is needed: a person's id.
    pub approval: Option<String>,
    /// The right end is to hand over, to this tier: `T2`, `T3`, `security`, `vendor`, `facilities`, `manager`.
    pub escalate: Option<String>,
    /// Each entry is a fact the notes must hold, as words of which one must occur: `gateway|router`.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Points; their sum is the maximum.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    pub root_cause: u16,
    pub service: u16,
    pub no_damage: u16,
    pub evidence: u16,
    pub theory: u16,
    /// Whether there was a look after each change.
    #[serde(default = "Rubric::changes")]
    pub changes: u16,
    pub verification: u16,
    pub communication: u16,
    pub notes: u16,
    /// Percent of the maximum.
    pub pass: u16,
}

impl Rubric {
    /// As much as the theory and the notes: one of the questions about method.
    fn changes() -> u16 {
        5
    }

    #[must_use]
    pub fn max(&self) -> u16 {
        self.root_cause
            + self.service
            + self.no_damage
            + self.evidence
            + self.theory
            + self.changes
            + self.verification
            + self.communication
            + self.notes
    }
}

/// Something people try that does not mend it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    pub name: String,
    pub script: String,
}

/// Makes the world of a ticket: healthy twin, faults, people, probes.
///
/// # Errors
/// Everything that is wrong with the scenario, by the path of its field; paths that begin with `site:` are the site's.
pub fn prepare(scenario: &Scenario, site: &Site, seed: u64) -> Result<Given, Vec<Complaint>> {
    let mut built = site::build(site, seed).map_err(|complaints| {
        complaints.into_iter().map(|one| Complaint { path: format!("site:{}", one.path), ..one }).collect::<Vec<_>>()
    })?;
    let mut chance = Chance::new(seed, "scenario");
    let mut complaints = Vec::new();
    let requester = conduct::requester(scenario, &mut built, &mut chance, &mut complaints);
    let twin = built.world.clone();
    let mut start = built.world.clone();
    let misunderstanding = misunderstanding(scenario, &mut complaints);
    if let Some(person) = start.people.get_mut(usize::from(requester.0)) {
        person.misunderstands = misunderstanding;
    }
    let injected = inject(scenario, &twin, &mut start, requester, &mut chance, &mut complaints);
    let names = names::of(scenario, &built, &start, requester, &injected);
    let needs = needs::of(scenario, &twin, requester, &names, &mut complaints);
    let rules = conduct::rules(scenario, &built, &mut complaints);
    if !complaints.is_empty() {
        return Err(complaints);
    }
    let (relied_on, people) = (built.probes, built.people);
    Ok(Given { twin, start, injected, misunderstanding, requester, needs, relied_on, people, names, rules })
}

/// Causes beyond these make a ticket that nobody can follow.
const CAUSES: usize = 2;

/// Puts the faults in; a ticket has one or two causes, or a misunderstanding.
fn inject(
    scenario: &Scenario,
    twin: &World,
    start: &mut World,
    requester: PersonId,
    chance: &mut Chance,
    complaints: &mut Vec<Complaint>,
) -> Vec<Injected> {
    let mut injected = Vec::new();
    for (at, spec) in scenario.fault.iter().enumerate() {
        match place::place(spec, twin, requester, chance) {
            Ok((fault, target)) => {
                (fault.inject)(start, &target, chance);
                (fault.traces)(start, &target);
                injected.push(Injected { fault, target, herring: spec.herring });
            }
            Err(message) => complaints.push(Complaint { path: format!("fault[{at}].id"), message }),
        }
    }
    let causes = scenario.fault.iter().filter(|spec| !spec.herring).count();
    let mut complain = |message: &str| complaints.push(Complaint { path: "fault".to_owned(), message: message.to_owned() });
    match (causes, &scenario.misunderstanding) {
        (0, None) if scenario.fault.is_empty() => complain("Write a [[fault]], or a [misunderstanding] where nothing is broken."),
        (0, None) => complain("One fault must be the cause: leave out herring = true."),
        (1.., Some(_)) => complain("Where there is a [misunderstanding] nothing is broken: leave out [[fault]]."),
        (causes, None) if causes > CAUSES => complain("At most two faults may be the cause: write herring = true in the others."),
        _ => {}
    }
    injected
}

fn misunderstanding(scenario: &Scenario, complaints: &mut Vec<Complaint>) -> Option<Topic> {
    let word = &scenario.misunderstanding.as_ref()?.topic;
    let topic = topic(word);
    if topic.is_none() {
        complaints.push(Complaint {
            path: "misunderstanding.topic".to_owned(),
            message: format!("There is no topic “{word}”: {}.", people::list(TOPICS)),
        });
    }
    if scenario.rules.escalate.is_some() {
        complaints.push(Complaint {
            path: "rules.escalate".to_owned(),
            message: "A [misunderstanding] is cleared up by whoever has the ticket: leave this out.".to_owned(),
        });
    }
    topic
}
