//! What is said and written: conversation, theory, hand-over, resolution.

use super::{Names, layer, tier};
use crate::people::{self, Utterance};
use crate::sorted::Map;
use crate::ticket::action::{Action, Escalation, Resolution, Theory};
use crate::ticket::cause;
use crate::world::person::Topic;

/// `say receptionist ask friendly symptom "words"`.
pub fn say(words: &[String], names: &Names<'_>) -> Result<Action, String> {
    let [id, intent, tone, rest @ ..] = words else { return Err("Write: say PERSON INTENT TONE TOPIC [\"words\"]".to_owned()) };
    let near = || crate::site::build::nearest(id, names.people.keys().map(String::as_str));
    let to = *names.people.get(id).ok_or_else(|| format!("There is no person “{id}”.{}", near()))?;
    let intent = people::intent(intent).ok_or_else(|| format!("“{intent}” is no intent: {}.", people::list(people::INTENTS)))?;
    let tone = people::tone(tone).ok_or_else(|| format!("“{tone}” is no tone: {}.", people::list(people::TONES)))?;
    let topic = match rest.first() {
        Some(word) => people::topic(word).ok_or_else(|| format!("“{word}” is no topic: {}.", people::list(people::TOPICS)))?,
        None => Topic::Symptom,
    };
    Ok(Action::Say(Utterance { to, intent, tone, topic, words: rest.get(1).cloned().unwrap_or_default() }))
}

/// `theory network "default gateway" N8`.
pub fn theory(words: &[String]) -> Result<Action, String> {
    let [word, component, cause @ ..] = words else { return Err("Write: theory LAYER COMPONENT [FAULT]".to_owned()) };
    let layer = layer(word).ok_or_else(|| {
        format!("“{word}” is no layer: physical, data-link, network, transport, network-service, hardware, operating-system, application, account, security or person.")
    })?;
    // Pages know causes by their titles only.
    let cause = cause::id_of(cause.first().map(String::as_str).unwrap_or_default());
    Ok(Action::Theory(Theory { layer, component: component.clone(), cause: cause.to_owned() }))
}

/// `escalate T3 impact=high urgency=high evidence=1,3 tried="…"`.
pub fn escalate(words: &[String]) -> Result<Action, String> {
    let [to, fields @ ..] = words else {
        return Err("Write: escalate T2|T3|security|vendor|facilities|manager [fields]".to_owned());
    };
    let to = tier(to).ok_or_else(|| format!("“{to}” is no tier: T1, T2, T3, security, vendor, facilities or manager."))?;
    let fields = fields_of(fields, &["impact", "urgency", "evidence", "tried"])?;
    let level = |name: &str| {
        let word = fields.get(name).map_or("medium", String::as_str);
        super::level(word).ok_or_else(|| format!("{name} is low, medium or high, not “{word}”."))
    };
    let numbers = fields.get("evidence").map(String::as_str).unwrap_or_default();
    let evidence: Result<Vec<u32>, _> =
        numbers.split(',').filter(|number| !number.is_empty()).map(|number| number.trim().parse()).collect();
    let evidence = evidence.map_err(|_| "evidence lists numbers of actions: evidence=1,3".to_owned())?;
    Ok(Action::Escalate(Escalation {
        to,
        evidence,
        tried: fields.get("tried").cloned().unwrap_or_default(),
        impact: level("impact")?,
        urgency: level("urgency")?,
    }))
}

/// `resolve cause="…" change="…" verification="…" prevention="…"`.
pub fn resolve(words: &[String]) -> Result<Action, String> {
    let mut fields = fields_of(words, &["cause", "change", "verification", "prevention"])?;
    let mut take = |name: &str| fields.remove(name).unwrap_or_default();
    Ok(Action::Resolve(Resolution {
        cause: take("cause"),
        change: take("change"),
        verification: take("verification"),
        prevention: take("prevention"),
    }))
}

fn fields_of(words: &[String], known: &[&str]) -> Result<Map<String, String>, String> {
    let mut found = Map::new();
    for word in words {
        let (name, value) = word.split_once('=').ok_or_else(|| format!("“{word}” is no field: write name=\"value\"."))?;
        if !known.contains(&name) {
            return Err(format!("There is no field “{name}”: {}.", known.join(", ")));
        }
        found.insert(name.to_owned(), value.to_owned());
    }
    Ok(found)
}
