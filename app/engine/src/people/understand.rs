//! What a typed sentence is taken for. Whoever sends it sees that first, and may choose another meaning.
//!
//! Key words decide, as a table says; nothing is learned and nothing is guessed at random. What asks for most is looked for
//! first: somebody who says hello and asks a question has asked a question.

mod phrases;

use std::fmt;

use phrases::{INTENTS, PLANS, TONES, TOPICS};

use super::spelling::{holds, words};
use super::words::word_of;
use super::{Intent, Tone, Utterance};
use crate::world::PersonId;
use crate::world::person::Topic;

/// What was understood. `Display` gives the words of scripts: `ask friendly since`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Understood {
    pub intent: Intent,
    pub tone: Tone,
    pub topic: Topic,
}

impl fmt::Display for Understood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { intent, tone, topic } = *self;
        let words = [word_of(super::INTENTS, intent), word_of(super::TONES, tone), word_of(super::TOPICS, topic)];
        f.write_str(&words.map(Option::unwrap_or_default).join(" "))
    }
}

impl Utterance {
    /// A sentence as it was typed.
    #[must_use]
    pub fn typed(to: PersonId, sentence: &str) -> Self {
        let Understood { intent, tone, topic } = understand(sentence);
        Self { to, intent, tone, topic, words: sentence.trim().to_owned() }
    }
}

/// Said before something else, these are no request.
const ASIDES: &[(&str, &str)] = &[
    ("may i ask", ""),
    ("can i ask", ""),
    ("could i ask", ""),
    ("may i know", ""),
    ("can i help", "help"),
    ("may i help", "help"),
    ("could you please tell me", ""),
    ("can you please tell me", ""),
    ("please tell me", ""),
    ("could you tell me", ""),
    ("can you tell me", ""),
    ("would you tell me", ""),
    ("please describe", "describe"),
    ("could you describe", "describe"),
    ("can you describe", "describe"),
    ("would you mind telling me", ""),
    ("do you mind telling me", ""),
    ("please say", ""),
];

/// A sentence that begins so without a question mark asks somebody to do something.
const COMMANDS: &[&str] = &[
    "look", "check", "try", "restart", "reboot", "turn", "switch", "unplug", "plug", "press", "click", "sign", "log", "open",
    "close", "type", "hold", "wait", "read", "push", "pull", "put", "take", "go", "leave", "stop", "show", "send",
];

/// First words of a question that nobody takes for a request.
const QUESTIONS: &[&str] = &[
    "what", "when", "where", "which", "who", "why", "how", "since", "is", "are", "was", "were", "do", "does", "did", "has",
    "have", "any", "tell", "describe",
];

/// Fewer words than these without a question mark are key words, and asked about.
const SENTENCE: usize = 5;

/// What people do at their desks, and can do again.
const WORK: &[&str] = &["open", "see", "print", "use", "work", "reach", "get", "read", "send", "hear", "save", "log", "sign"];

/// “…, all right?”
const AGREEMENT: &[&str] = &["right", "alright", "ok", "okay"];

/// What a free sentence is taken for; a question about the symptom where nothing is recognised.
#[must_use]
pub fn understand(sentence: &str) -> Understood {
    let all = words(&without_names(sentence));
    let asked = sentence.contains('?');
    let meant = words(&without_asides(&all));
    let intent = intent(&meant, asked, all.len() != meant.len());
    let topic = match (intent, topic(&meant)) {
        (Intent::Confirm | Intent::SetExpectation, _) => Topic::Works,
        (Intent::VerifyIdentity, _) => Topic::Identity,
        (Intent::AskApproval, None) => Topic::Approval,
        (_, found) => found.unwrap_or(Topic::Symptom),
    };
    Understood { intent, tone: tone(&all, sentence), topic }
}

/// A capital in the middle of a sentence begins a name: “Emil” is no misspelt e-mail. Words in capitals stay.
fn without_names(sentence: &str) -> String {
    let is_name = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let mut begins = true;
    let mut kept = Vec::new();
    for word in sentence.split_whitespace() {
        if begins || !is_name(word) || TOPICS.iter().any(|(_, phrases)| names(phrases, word)) {
            kept.push(word);
        }
        begins = word.ends_with(['.', '?', '!', ',', ':', ';']);
    }
    kept.join(" ")
}

/// Whether the phrases have this very word: `Wi-Fi` and `Internet` are no names.
fn names(phrases: &str, word: &str) -> bool {
    let typed = words(word).concat();
    phrases.split(", ").any(|phrase| phrase.strip_suffix('*').map_or(phrase == typed, |stem| typed.starts_with(stem)))
}

fn without_asides(words: &[String]) -> String {
    let mut text = format!(" {} ", words.join(" "));
    for (aside, rest) in ASIDES {
        text = text.replace(&format!(" {aside} "), &format!(" {rest} "));
    }
    text
}

/// How many words of these phrases the sentence holds.
fn points(words: &[String], phrases: &str) -> usize {
    phrases.split(", ").map(|phrase| holds(words, phrase)).sum()
}

fn first<T: Copy>(table: &[(T, &str)], words: &[String]) -> Option<T> {
    table.iter().find(|(_, phrases)| points(words, phrases) > 0).map(|(meaning, _)| *meaning)
}

fn intent(words: &[String], asked: bool, aside: bool) -> Intent {
    let begins = |table: &[&str]| words.first().is_some_and(|word| table.contains(&word.as_str()));
    let ends = |table: &[&str]| words.last().is_some_and(|word| table.contains(&word.as_str()));
    let states = !asked && !begins(QUESTIONS) && words.len() >= SENTENCE;
    let plans = PLANS.iter().any(|phrase| holds(words, phrase) > 0);
    let greets = ["hello", "hi", "hey", "good morning", "good afternoon", "good evening", "from it", "help"];
    let greets = greets.iter().any(|phrase| holds(words, phrase) > 0);
    let apologises = ["sorry", "apolog*", "excuse"].iter().any(|phrase| holds(words, phrase) > 0);
    match first(INTENTS, words) {
        // “Does it work for your colleagues?” asks about them, not whether it works now.
        Some(Intent::Confirm)
            if topic(words).is_some_and(|topic| topic != Topic::Works && topic != Topic::Web) && !now(words) =>
        {
            Intent::Ask
        }
        // A word such as “minutes” in a question is part of the question.
        Some(Intent::SetExpectation | Intent::Explain) if asked => Intent::Ask,
        // “Can you open the page again?” asks whether it works.
        None | Some(Intent::Instruct) if asked && now(words) && begins(&["can"]) && does_work(words) => Intent::Confirm,
        // “Since when, please?” is polite, and a question.
        Some(Intent::Instruct) if asked && begins(QUESTIONS) => Intent::Ask,
        Some(intent) => intent,
        None if asked && begins(&["may"]) => Intent::AskApproval,
        None if asked && plans && ends(AGREEMENT) => Intent::AskConsent,
        None if greets && topic(words).is_none() => Intent::Greet,
        None if begins(COMMANDS) && !asked && !aside => Intent::Instruct,
        None if apologises && !asked && !aside => Intent::Apologise,
        None if states && plans => Intent::SetExpectation,
        None if states && !aside => Intent::Explain,
        None => Intent::Ask,
    }
}

fn does_work(words: &[String]) -> bool {
    words.get(2).is_some_and(|verb| WORK.contains(&verb.as_str()))
}

fn now(words: &[String]) -> bool {
    ["now", "again"].iter().any(|word| holds(words, word) > 0)
}

/// Whether typed words come near a topic, though another may be nearer.
pub fn touches(sentence: &str, topic: Topic) -> bool {
    let words = words(sentence);
    TOPICS.iter().any(|(one, phrases)| *one == topic && points(&words, phrases) > 0)
}

fn topic(words: &[String]) -> Option<Topic> {
    let scored = TOPICS.iter().map(|(topic, phrases)| (*topic, points(words, phrases)));
    let best = scored.filter(|(_, points)| *points > 0).reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(topic, _)| topic)
}

fn tone(words: &[String], sentence: &str) -> Tone {
    // Shouting.
    if sentence.contains("!!") {
        return Tone::Impatient;
    }
    first(TONES, words).unwrap_or(Tone::Plain)
}
