//! The words of scripts for intents, tones and topics.

use super::{Intent, Tone};
use crate::world::person::Topic;

pub const INTENTS: &[(&str, Intent)] = &[
    ("greet", Intent::Greet),
    ("ask", Intent::Ask),
    ("explain", Intent::Explain),
    ("instruct", Intent::Instruct),
    ("ask-consent", Intent::AskConsent),
    ("set-expectation", Intent::SetExpectation),
    ("verify-identity", Intent::VerifyIdentity),
    ("ask-approval", Intent::AskApproval),
    ("confirm", Intent::Confirm),
    ("apologise", Intent::Apologise),
    ("refuse", Intent::Refuse),
    ("close", Intent::Close),
];

pub const TONES: &[(&str, Tone)] = &[
    ("friendly", Tone::Friendly),
    ("plain", Tone::Plain),
    ("technical", Tone::Technical),
    ("impatient", Tone::Impatient),
    ("blaming", Tone::Blaming),
];

pub const TOPICS: &[(&str, Topic)] = &[
    ("symptom", Topic::Symptom),
    ("since", Topic::Since),
    ("changes", Topic::Changes),
    ("scope", Topic::Scope),
    ("others", Topic::Others),
    ("error", Topic::Error),
    ("lights", Topic::Lights),
    ("cable", Topic::Cable),
    ("wifi", Topic::Wifi),
    ("power", Topic::Power),
    ("screen", Topic::Screen),
    ("sound", Topic::Sound),
    ("printer", Topic::Printer),
    ("paper", Topic::Paper),
    ("password", Topic::Password),
    ("files", Topic::Files),
    ("mail", Topic::Mail),
    ("web", Topic::Web),
    ("identity", Topic::Identity),
    ("approval", Topic::Approval),
    ("restart", Topic::Restart),
    ("urgency", Topic::Urgency),
    ("works", Topic::Works),
    ("usage", Topic::Usage),
    ("policy", Topic::Policy),
];

fn find<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

#[must_use]
pub fn intent(word: &str) -> Option<Intent> {
    find(INTENTS, word)
}

#[must_use]
pub fn tone(word: &str) -> Option<Tone> {
    find(TONES, word)
}

#[must_use]
pub fn topic(word: &str) -> Option<Topic> {
    find(TOPICS, word)
}

/// The word of the script language for a value.
#[must_use]
pub fn word_of<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> Option<&'static str> {
    table.iter().find(|(_, known)| *known == value).map(|(word, _)| *word)
}

/// `greet, ask, explain, …`
#[must_use]
pub fn list<T>(table: &[(&str, T)]) -> String {
    table.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}
