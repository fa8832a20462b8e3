//! Talking with the people of the model: intents and tones in; answers from what this person can notice.
//!
//! Nobody knows the fault. A person knows what they try to do and whether it works (the probes of the ticket, asked of the
//! world as it is now), what stands before their eyes (lights, cable, screen, paper), and what the scenario lets them remember
//! or believe. The same state that a technician reads gives the answer, so it changes when the state changes.

mod notice;
mod spelling;
#[cfg(test)]
mod tests;
mod understand;
mod words;

use serde::{Deserialize, Serialize};

pub use notice::affected;
pub use understand::{Understood, understand};
pub use words::{INTENTS, TONES, TOPICS, intent, list, tone, topic, word_of};

use crate::probe::Probe;
use crate::ticket::scenario::authority_for;
use crate::world::accounts::SignIn;
use crate::world::person::{Consent, Person, Skill, Topic};
use crate::world::{PersonId, World};

/// What is said. Script: `say receptionist ask friendly symptom`, with words in quotes where they were typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    pub to: PersonId,
    pub intent: Intent,
    pub tone: Tone,
    pub topic: Topic,
    /// The words, where they were typed.
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Intent {
    Greet,
    Ask,
    Explain,
    /// Tells them to do or look at something.
    Instruct,
    AskConsent,
    SetExpectation,
    VerifyIdentity,
    AskApproval,
    /// Asks whether it works now.
    Confirm,
    Apologise,
    Refuse,
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tone {
    Friendly,
    Plain,
    Technical,
    Impatient,
    Blaming,
}

/// Permille that one utterance moves patience and mood; a conversation has ten to twenty.
const STEP: u16 = 60;
/// Below this patience, answers are short.
const SHORT: u16 = 250;
/// Below this politeness, people say what they think of having to wait.
const CURT: u16 = 300;

/// Says it and gives the answer. `needs` are the things that the requester of the ticket tries to do.
pub fn say(world: &mut World, utterance: &Utterance, needs: &[Probe]) -> String {
    let at = usize::from(utterance.to.0);
    if at >= world.people.len() {
        return "Nobody answers.".to_owned();
    }
    feel(world, utterance);
    let answer = answer(world, utterance, needs);
    let now = world.now;
    let person = &mut world.people[at];
    let first_name = person.name.split(' ').next().unwrap_or_default();
    let said = format!("{first_name}: {answer}");
    if person.told.len() < 100 {
        person.told.push((now, answer));
    }
    said
}

/// Blame, haste and jargon cost patience; courtesy and a clear expectation bring some back.
fn feel(world: &mut World, utterance: &Utterance) {
    let Some(person) = world.people.get_mut(usize::from(utterance.to.0)) else { return };
    let (patience, mood) = (&mut person.patience, &mut person.mood);
    let raise = |value: &mut u16, by: u16| *value = value.saturating_add(by).min(1000);
    let lower = |value: &mut u16, by: u16| *value = value.saturating_sub(by);
    lower(patience, if person.politeness < CURT { STEP / 2 } else { STEP / 6 });
    match utterance.tone {
        Tone::Friendly => raise(mood, STEP / 2),
        Tone::Technical if person.skill == Skill::Novice => {
            lower(patience, STEP);
            lower(mood, STEP);
        }
        Tone::Plain | Tone::Technical => {}
        Tone::Impatient => {
            lower(patience, 2 * STEP);
            lower(mood, STEP);
        }
        Tone::Blaming => {
            lower(patience, 3 * STEP);
            lower(mood, 4 * STEP);
        }
    }
    match utterance.intent {
        Intent::Greet => raise(mood, STEP / 2),
        Intent::Apologise => {
            raise(mood, STEP / 2);
            raise(patience, STEP);
        }
        Intent::SetExpectation => raise(patience, 2 * STEP),
        Intent::Explain if utterance.tone != Tone::Technical => raise(patience, STEP / 2),
        _ => {}
    }
}

fn answer(world: &mut World, utterance: &Utterance, needs: &[Probe]) -> String {
    let id = utterance.to;
    let person = world.person(id);
    if person.patience == 0 {
        return "I have to go on with my work now. Please just fix it.".to_owned();
    }
    let short = person.patience < SHORT;
    match utterance.intent {
        Intent::Greet if person.politeness < CURT => "At last. I have been waiting, and nobody tells me anything.".to_owned(),
        Intent::Greet => if short { "Hello." } else { "Hello, thanks for getting back to me." }.to_owned(),
        Intent::Ask => notice::about(world, id, utterance.topic, needs),
        Intent::Instruct => instruct(world, id, utterance.topic, needs),
        Intent::Explain => explain(world, utterance, needs),
        Intent::SetExpectation if person.politeness < CURT => "I will hold you to that.".to_owned(),
        Intent::SetExpectation => "All right, then I know when to look again.".to_owned(),
        Intent::Apologise => "That's all right.".to_owned(),
        Intent::Refuse => "That is not what I hoped for, but I see why.".to_owned(),
        Intent::Close => "Thank you. Goodbye.".to_owned(),
        Intent::Confirm => notice::works(world, id, needs),
        Intent::VerifyIdentity => verify(world, id),
        Intent::AskConsent => consent(world, id, utterance.topic),
        Intent::AskApproval => approve(world, id, utterance.topic),
    }
}

/// Whether the words of an explanation reach this person.
#[must_use]
pub fn follows(person: &Person, utterance: &Utterance) -> bool {
    !(utterance.tone == Tone::Technical && person.skill == Skill::Novice)
}

fn explain(world: &mut World, utterance: &Utterance, needs: &[Probe]) -> String {
    let person = world.person(utterance.to);
    if !follows(person, utterance) {
        return "I'm afraid I did not understand a word of that.".to_owned();
    }
    match person.misunderstands {
        None => "I see, thank you for explaining.".to_owned(),
        Some(topic) if topic == utterance.topic || understand::touches(&utterance.words, topic) => {
            if let Some(person) = world.people.get_mut(usize::from(utterance.to.0)) {
                person.misunderstands = None;
            }
            "Oh, so nothing is broken, it is meant to be like that. Now I see.".to_owned()
        }
        Some(_) => format!("I see, but that is not what I mean. {}", notice::about(world, utterance.to, Topic::Symptom, needs)),
    }
}

/// A call back to the number in the directory and the answers only this person has.
fn verify(world: &mut World, id: PersonId) -> String {
    let Some(person) = world.people.get_mut(usize::from(id.0)) else { return String::new() };
    if person.impostor {
        return "Why do you need that? I am in a hurry. No, you cannot call me back on my desk phone, I'm not at my desk."
            .to_owned();
    }
    person.verified = true;
    format!("Of course. You can call me back on my extension; my staff number ends in {:02}.", (id.0 % 89) + 10)
}

/// What a person may be asked to agree to, by topic.
#[must_use]
pub fn consent_for(topic: Topic) -> Consent {
    match topic {
        Topic::Restart | Topic::Power => Consent::Restart,
        Topic::Files | Topic::Mail => Consent::DataLossRisk,
        Topic::Urgency | Topic::Others | Topic::Scope => Consent::Downtime,
        _ => Consent::RemoteControl,
    }
}

fn consent(world: &mut World, id: PersonId, topic: Topic) -> String {
    let hour = local_hour(world);
    let asked = consent_for(topic);
    let Some(person) = world.people.get_mut(usize::from(id.0)) else { return String::new() };
    if person.impostor {
        // They give away what is not theirs; the owner has agreed to nothing.
        return "Yes, yes, do whatever you need to.".to_owned();
    }
    let busy = person.busy.iter().find(|(from, to)| (*from..*to).contains(&hour)).copied();
    person.consented.insert(asked);
    match (busy, asked) {
        (Some((_, to)), Consent::Restart | Consent::Downtime) => {
            format!("I am in the middle of things until {to}:00, but if it must be, go on. I have saved my work.")
        }
        (_, Consent::RemoteControl) => "Yes, you may look at my screen.".to_owned(),
        (_, Consent::Restart) => "Yes, go on, I have saved my work.".to_owned(),
        (_, Consent::DataLossRisk) => "If there is a copy of everything first, yes.".to_owned(),
        (_, Consent::Downtime) => "Yes, if you tell everybody before.".to_owned(),
    }
}

fn approve(world: &mut World, id: PersonId, topic: Topic) -> String {
    let needed = authority_for(topic);
    let Some(person) = world.people.get_mut(usize::from(id.0)) else { return String::new() };
    if person.authority.contains(&needed) {
        // The verdict reads the approval from the log; the person remembers having given it.
        return "Approved. Please write my name into the ticket.".to_owned();
    }
    "I'm not the one who decides that. Ask the manager.".to_owned()
}

fn instruct(world: &mut World, id: PersonId, topic: Topic, needs: &[Probe]) -> String {
    let device = world.person(id).device;
    if world.person(id).impostor {
        return notice::AWAY.to_owned();
    }
    match (topic, device) {
        (Topic::Restart, Some(device)) => {
            crate::machine::power::restart(world, device);
            "I have restarted it. It takes a moment.".to_owned()
        }
        (Topic::Password, Some(device)) => {
            crate::machine::sign_in::person_signs_out(world, device, id);
            match crate::machine::sign_in::person_signs_in(world, device, id) {
                SignIn::Accepted => "I have signed out and in again.".to_owned(),
                refused => format!("I signed out, and now it says: {}", crate::machine::sign_in::screen_text(refused)),
            }
        }
        (Topic::Power, Some(device)) if !crate::machine::is_up(world, device) => {
            crate::machine::power::press(world, device);
            notice::about(world, id, Topic::Power, needs)
        }
        // Asked to do their work, they do it and tell what came of it.
        (Topic::Printer | Topic::Paper | Topic::Files | Topic::Mail | Topic::Web | Topic::Works, _) => {
            notice::works(world, id, needs)
        }
        _ => notice::about(world, id, topic, needs),
    }
}

/// The hour of day where the people are.
#[must_use]
pub fn local_hour(world: &World) -> u8 {
    world.now.shifted(i64::from(world.zone_minutes) * 60_000).civil().hour
}
