//! Who asks, and what is asked of the learner's conduct.

use super::Scenario;
use crate::chance::Chance;
use crate::fault::Tier;
use crate::people::topic;
use crate::site::build::{Built, Complaint, nearest};
use crate::ticket::script;
use crate::world::PersonId;
use crate::world::person::{Authority, Consent, Topic};

/// Patience and politeness of people are permille.
const MOST: u16 = 1000;

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

/// Picks the requester and gives them what the scenario says of them.
pub fn requester(scenario: &Scenario, built: &mut Built, chance: &mut Chance, complaints: &mut Vec<Complaint>) -> PersonId {
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
    let spec = &scenario.requester;
    for (field, value) in [("patience", spec.patience), ("politeness", spec.politeness)] {
        if value.is_some_and(|value| value > MOST) {
            complaints.push(Complaint { path: format!("requester.{field}"), message: format!("Write 0 to {MOST}.") });
        }
    }
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
        found.beliefs.clone_from(&spec.beliefs);
        found.knows = knows;
        found.impostor = spec.impostor;
        found.patience = spec.patience.unwrap_or(found.patience).min(MOST);
        found.politeness = spec.politeness.unwrap_or(found.politeness).min(MOST);
    }
    person
}

/// Resolves people, tiers and consents.
pub fn rules(scenario: &Scenario, built: &Built, complaints: &mut Vec<Complaint>) -> Conduct {
    let mut complain = |path: &str, message: String| complaints.push(Complaint { path: path.to_owned(), message });
    let mut conduct = Conduct { verify_identity: scenario.rules.verify_identity, ..Conduct::default() };
    for word in &scenario.rules.consent {
        match script::consent(word) {
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
        match script::tier(word) {
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
