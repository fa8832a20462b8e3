//! The words of scripts for intents, tones and topics, and what a typed sentence is understood as.

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
pub fn word_of<T: PartialEq>(table: &[(&'static str, T)], value: T) -> Option<&'static str> {
    table.iter().find(|(_, known)| *known == value).map(|(word, _)| *word)
}

/// `greet, ask, explain, …`
#[must_use]
pub fn list<T>(table: &[(&str, T)]) -> String {
    table.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

/// What a free sentence is taken for: intent and topic by key words, the first that occurs in the order of this table; a
/// question about the symptom where nothing is recognised. The page shows what was understood before it is sent.
#[must_use]
pub fn understand(sentence: &str) -> (Intent, Topic) {
    const INTENT_WORDS: &[(&str, Intent)] = &[
        ("sorry", Intent::Apologise),
        ("apolog", Intent::Apologise),
        ("staff number", Intent::VerifyIdentity),
        ("call you back", Intent::VerifyIdentity),
        ("who you are", Intent::VerifyIdentity),
        ("approve", Intent::AskApproval),
        ("may i", Intent::AskConsent),
        ("can i restart", Intent::AskConsent),
        ("is it ok if", Intent::AskConsent),
        ("work now", Intent::Confirm),
        ("works now", Intent::Confirm),
        ("working now", Intent::Confirm),
        ("minutes", Intent::SetExpectation),
        ("get back to you", Intent::SetExpectation),
        ("please", Intent::Instruct),
        ("because", Intent::Explain),
        ("goodbye", Intent::Close),
        ("bye", Intent::Close),
        ("hello", Intent::Greet),
        ("good morning", Intent::Greet),
    ];
    const TOPIC_WORDS: &[(&str, Topic)] = &[
        ("since when", Topic::Since),
        ("when did", Topic::Since),
        ("change", Topic::Changes),
        ("else", Topic::Others),
        ("colleague", Topic::Others),
        ("message", Topic::Error),
        ("error", Topic::Error),
        ("light", Topic::Lights),
        ("cable", Topic::Cable),
        ("wi-fi", Topic::Wifi),
        ("wifi", Topic::Wifi),
        ("restart", Topic::Restart),
        ("power", Topic::Power),
        ("screen", Topic::Screen),
        ("print", Topic::Printer),
        ("paper", Topic::Paper),
        ("password", Topic::Password),
        ("file", Topic::Files),
        ("drive", Topic::Files),
        ("mail", Topic::Mail),
        ("page", Topic::Web),
        ("web", Topic::Web),
        ("urgent", Topic::Urgency),
        ("approve", Topic::Approval),
    ];
    let sentence = sentence.to_lowercase();
    let intent = INTENT_WORDS.iter().find(|(word, _)| sentence.contains(word)).map_or(Intent::Ask, |(_, intent)| *intent);
    let topic = TOPIC_WORDS.iter().find(|(word, _)| sentence.contains(word)).map_or(Topic::Symptom, |(_, topic)| *topic);
    (intent, topic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_understood_by_their_key_words() {
        assert_eq!(understand("Since when is that so?"), (Intent::Ask, Topic::Since));
        assert_eq!(understand("Does it work now?"), (Intent::Confirm, Topic::Symptom));
        assert_eq!(understand("May I restart your computer?"), (Intent::AskConsent, Topic::Restart));
        assert_eq!(understand("Please look at the lights"), (Intent::Instruct, Topic::Lights));
        assert_eq!(understand(""), (Intent::Ask, Topic::Symptom));
    }
}
