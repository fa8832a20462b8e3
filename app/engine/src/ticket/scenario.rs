//! A scenario as an author writes it, and what it becomes for a seed.

use serde::Deserialize;

use super::run::{Given, Injected};
use crate::chance::Chance;
use crate::fault::{self, Fault, Target, Tier};
use crate::people::topic;
use crate::probe::Probe;
use crate::site::build::{Built, Complaint, nearest};
use crate::site::spec::Probe as ProbeSpec;
use crate::site::{self, Site};
use crate::sorted::{self, Map};
use crate::world::person::{Authority, Consent, Topic};
use crate::world::{DeviceId, PersonId, World};

/// In scripts and fields, `{device}` is the requester's machine, `{requester}` the requester's id, `{target}` the device the fault
/// was put in, `{other}` the second device of its target, `{port}`, `{cable}` and `{name}` what else it names, and `{a}` and its kin what the site drew.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub id: String,
    pub title: String,
    /// The id of a site.
    pub site: String,
    pub track: String,
    /// `easy`, `medium`, `hard`.
    pub difficulty: String,
    /// Virtual minutes a good technician needs.
    pub minutes: u32,
    /// `a-plus-core-1/5.5`.
    pub objectives: Vec<String>,
    pub requester: Requester,
    pub brief: Brief,
    pub fault: Vec<FaultSpec>,
    /// Faults that would show the same symptom, the true one among them.
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
    pub wrong: Vec<Wrong>,
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
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    pub subject: String,
    /// In the requester's words.
    pub text: String,
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
    pub verification: u16,
    pub communication: u16,
    pub notes: u16,
    /// Percent of the maximum.
    pub pass: u16,
}

impl Rubric {
    #[must_use]
    pub fn max(&self) -> u16 {
        self.root_cause
            + self.service
            + self.no_damage
            + self.evidence
            + self.theory
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
    let requester = requester(scenario, &mut built, &mut chance, &mut complaints);
    let twin = built.world.clone();
    let mut world = built.world.clone();
    let mut injected = Vec::new();
    for (at, spec) in scenario.fault.iter().enumerate() {
        match place_fault(spec, &twin, requester, &mut chance) {
            Ok((fault, target)) => {
                (fault.inject)(&mut world, &target, &mut chance);
                (fault.traces)(&mut world, &target);
                injected.push(Injected { fault, target, herring: spec.herring });
            }
            Err(message) => complaints.push(Complaint { path: format!("fault[{at}].id"), message }),
        }
    }
    if complaints.is_empty() && !injected.iter().any(|one| !one.herring) {
        complaints.push(Complaint {
            path: "fault".to_owned(),
            message: "One fault must be the cause: leave out herring = true.".to_owned(),
        });
    }
    let names =
        injected.iter().find(|one| !one.herring).map(|one| names(scenario, &built, &twin, requester, one)).unwrap_or_default();
    let mut names = names;
    badges(&world, &mut names);
    let needs = needs(scenario, &twin, requester, &names, &mut complaints);
    let rules = rules(scenario, &built, &mut complaints);
    if !complaints.is_empty() {
        return Err(complaints);
    }
    Ok(Given { twin, start: world, injected, requester, needs, relied_on: built.probes, people: built.people, names, rules })
}

/// The rules of conduct, with people and tiers resolved.
#[derive(Clone, Debug, Default)]
pub struct Conduct {
    pub verify_identity: bool,
    pub consent: Vec<Consent>,
    pub approval: Option<PersonId>,
    pub escalate: Option<Tier>,
    /// Alternatives of words, lower case.
    pub notes: Vec<Vec<String>>,
}

fn requester(scenario: &Scenario, built: &mut Built, chance: &mut Chance, complaints: &mut Vec<Complaint>) -> PersonId {
    let mut able = Vec::new();
    for (at, id) in scenario.requester.persons.iter().enumerate() {
        if let Some(person) = built.people.get(id) {
            able.push(*person);
        } else {
            let near = nearest(id, built.people.keys().map(String::as_str));
            complaints.push(Complaint {
                path: format!("requester.persons[{at}]"),
                message: format!("The site has no person “{id}”.{near}"),
            });
        }
    }
    let person = chance.pick(&able).copied().unwrap_or_default();
    let mut knows = Vec::new();
    for (word, words) in &scenario.requester.knows {
        match topic(word) {
            Some(topic) => knows.push((topic, words.clone())),
            None => complaints.push(Complaint {
                path: format!("requester.knows.{word}"),
                message: format!("There is no topic “{word}”: content/README.md has the list."),
            }),
        }
    }
    if let Some(found) = built.world.people.get_mut(usize::from(person.0)) {
        found.beliefs.clone_from(&scenario.requester.beliefs);
        found.knows = knows;
        found.impostor = scenario.requester.impostor;
    }
    person
}

fn place_fault(
    spec: &FaultSpec,
    twin: &World,
    requester: PersonId,
    chance: &mut Chance,
) -> Result<(&'static Fault, Target), String> {
    let Some(fault) = fault::find(&spec.id) else {
        return Err(format!("There is no fault “{}”: `firstline tickets faults` lists them.", spec.id));
    };
    let wanted = match spec.device.as_deref() {
        None => None,
        Some("{device}") => Some(twin.person(requester).device.ok_or("The requester has no device of their own for {device}.")?),
        Some(label) => Some(twin.find(label).ok_or_else(|| format!("The site has no device “{label}”."))?),
    };
    let targets = candidates_at(fault, twin, wanted, requester, spec.name.as_deref());
    let on_port = |target: &Target| {
        let port = target.port.and_then(|port| twin.device(target.device).ports.get(usize::from(port.0)));
        spec.port.as_ref().is_none_or(|wanted| port.is_some_and(|port| port.name == *wanted))
    };
    let targets: Vec<_> = targets.into_iter().filter(on_port).collect();
    let Some(target) = chance.pick(&targets).cloned() else {
        let place = wanted.map_or_else(|| "in this site".to_owned(), |device| format!("on {}", twin.device(device).name));
        return Err(format!(
            "Fault {} ({}) cannot be put {place}: it has nothing there that could fail so.",
            fault.id, fault.title
        ));
    };
    Ok((fault, target))
}

/// Where a fault can sit so that this person meets it: on the wanted device, or where the fault itself names the person or device.
fn candidates_at(fault: &Fault, twin: &World, wanted: Option<DeviceId>, requester: PersonId, name: Option<&str>) -> Vec<Target> {
    let mut targets = (fault.targets)(twin);
    targets.retain(|target| name.is_none_or(|name| target.name.eq_ignore_ascii_case(name)));
    let concerns = |target: &Target| target.person.is_none_or(|person| person == requester);
    // What can be wrong for this person comes first; what is wrong for a colleague and everybody (a printer) is the next best.
    if targets.iter().any(concerns) {
        targets.retain(concerns);
    }
    if let Some(device) = wanted {
        targets.retain(|target| target.device == device);
    }
    targets
}

/// The target a candidate would have for this requester: on the same device as the true one, else on the requester's, else anywhere.
#[must_use]
pub fn candidate_target(fault: &Fault, given: &Given) -> Vec<Target> {
    let own = given.twin.person(given.requester).device;
    let truth = given.truth().target.device;
    let all = candidates_at(fault, &given.twin, None, given.requester, None);
    let mut sorted: Vec<_> =
        all.into_iter().map(|target| ((Some(target.device) != own, target.device != truth), target)).collect();
    sorted::by_key(&mut sorted, |(rank, _)| *rank);
    sorted.into_iter().map(|(_, target)| target).collect()
}

fn names(scenario: &Scenario, built: &Built, twin: &World, requester: PersonId, injected: &Injected) -> Map<String, String> {
    let mut names: Map<_, _> = built.drawn.iter().map(|(letter, number)| (letter.clone(), number.to_string())).collect();
    let id = built.people.iter().find(|(_, person)| **person == requester).map(|(id, _)| id.clone()).unwrap_or_default();
    let person = twin.person(requester);
    names.insert("requester".to_owned(), id);
    names.insert("requester-name".to_owned(), person.name.clone());
    names.insert("account".to_owned(), person.account.clone());
    let label = |device: DeviceId| twin.device(device).name.clone();
    names.insert("device".to_owned(), person.device.map(label).unwrap_or_default());
    names.insert("target".to_owned(), label(injected.target.device));
    names.insert("other".to_owned(), injected.target.other.map(label).unwrap_or_default());
    names.insert("name".to_owned(), injected.target.name.clone());
    let port = injected.target.port.and_then(|port| twin.device(injected.target.device).ports.get(usize::from(port.0)));
    names.insert("port".to_owned(), port.map(|port| port.name.clone()).unwrap_or_default());
    let end = crate::world::PortRef { device: injected.target.device, port: injected.target.port.unwrap_or_default() };
    let cable = twin.cables.iter().position(|cable| cable.ends.contains(&Some(end)));
    names.insert("cable".to_owned(), cable.map(|at| at.to_string()).unwrap_or_default());
    names.insert("fault".to_owned(), injected.fault.id.to_owned());
    names.insert("component".to_owned(), injected.fault.component.to_owned());
    names.insert("layer".to_owned(), super::script::layer_word(injected.fault.layer).to_owned());
    names.insert("subject".to_owned(), scenario.brief.subject.clone());
    names
}

/// `{mac:PRN-1}` for each device, as on its badge; `{key:SSID}` for each Wi-Fi network, as in the knowledge base now.
fn badges(world: &World, names: &mut Map<String, String>) {
    for device in &world.devices {
        if let Some(port) = device.ports.first() {
            names.insert(format!("mac:{}", device.name), port.mac.hyphens_upper());
        }
    }
    for article in &world.knowledge {
        let key = article.title.strip_prefix("Wi-Fi key of ").zip(article.text.trim_end_matches('.').rsplit_once(" is "));
        if let Some((ssid, (_, key))) = key {
            names.insert(format!("key:{ssid}"), key.to_owned());
        }
    }
}

/// The text with every `{name}` replaced that is known.
#[must_use]
pub fn fill(text: &str, names: &Map<String, String>) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn needs(
    scenario: &Scenario,
    twin: &World,
    requester: PersonId,
    names: &Map<String, String>,
    complaints: &mut Vec<Complaint>,
) -> Vec<Probe> {
    let mut found = Vec::new();
    for (at, spec) in scenario.probe.iter().enumerate() {
        let path = format!("probe[{at}]");
        let own = twin.person(requester).device;
        let mut devices = Vec::new();
        for label in &spec.devices {
            match twin.find(&fill(label, names)) {
                Some(device) => devices.push(device),
                None => {
                    complaints.push(Complaint { path: path.clone(), message: format!("The site has no device “{label}”.") });
                }
            }
        }
        if devices.is_empty() {
            devices.push(own.unwrap_or_default());
        }
        let target = spec.target.as_ref().map(|target| fill(target, names)).unwrap_or_default();
        for device in devices {
            match site::build::compile_probe(spec, device, Some(requester), &target) {
                Ok(probe) if probe.passes(twin) => found.push(probe),
                Ok(_) => complaints.push(Complaint {
                    path: path.clone(),
                    message: format!(
                        "This does not work in the healthy site on {} either: probe what does.",
                        twin.device(device).name
                    ),
                }),
                Err(message) => complaints.push(Complaint { path: path.clone(), message }),
            }
        }
    }
    found
}

fn rules(scenario: &Scenario, built: &Built, complaints: &mut Vec<Complaint>) -> Conduct {
    let mut complain = |path: &str, message: String| complaints.push(Complaint { path: path.to_owned(), message });
    let mut conduct = Conduct { verify_identity: scenario.rules.verify_identity, ..Conduct::default() };
    for word in &scenario.rules.consent {
        match super::script::consent(word) {
            Some(consent) => conduct.consent.push(consent),
            None => complain("rules.consent", "Write remote-control, restart, data-loss-risk or downtime.".to_owned()),
        }
    }
    if let Some(id) = &scenario.rules.approval {
        let person = built.people.get(id).copied();
        let may = |person: PersonId| !built.world.person(person).authority.is_empty();
        match person.filter(|person| may(*person)) {
            Some(person) => conduct.approval = Some(person),
            None => complain("rules.approval", format!("“{id}” is nobody here who may approve anything.")),
        }
    }
    if let Some(word) = &scenario.rules.escalate {
        match super::script::tier(word) {
            Some(tier) => conduct.escalate = Some(tier),
            None => complain("rules.escalate", "Write T2, T3, security, vendor, facilities or manager.".to_owned()),
        }
    }
    conduct.notes =
        scenario.rules.notes.iter().map(|fact| fact.split('|').map(|word| word.trim().to_lowercase()).collect()).collect();
    conduct
}

/// What a person may approve, by topic of the request.
#[must_use]
pub fn authority_for(topic: Topic) -> Authority {
    match topic {
        Topic::Password | Topic::Files | Topic::Identity => Authority::ApproveAccess,
        _ => Authority::ApproveChange,
    }
}
