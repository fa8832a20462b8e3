//! O: what the wording of options gives away to people who do not know the answer.

use std::collections::BTreeSet;

use super::super::complaint::Complaint;
use super::super::prose::{Block, Span};
use super::subject::{PartText, Subject};
use super::text::root;

/// O9: test-takers reject what is absolute …
const ABSOLUTE_WORDS: &[&str] = &["always", "never", "all", "only", "must"];
/// … and trust what is hedged.
const VAGUE_WORDS: &[&str] = &["usually", "often", "may", "sometimes"];
/// O10, own choice: a word of more than this many percent of an exam's stems is too common to give anything away.
const RARE_WORD_PERCENT: usize = 3;
/// O10, own choice: shorter roots are too unspecific.
const SHORTEST_CLANG: usize = 5;
/// O11, own choice: the key's lead in shared words over the next option before it is worth a warning.
const CONVERGENCE_LEAD: usize = 2;

/// O4: options are one kind of thing in one grammar. The rule compares how they begin (verb, -ing form, article) and end, and
/// complains when a single option departs from all others.
pub fn o4_one_grammar(subject: &Subject<'_>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let classes: Vec<_> = subject.options.iter().map(first_word_class).collect();
    if let Some(option) = odd_one_out(&classes).and_then(|at| subject.options.get(at)) {
        complaints.push(Complaint::warning("O4", option.text_line, "this option begins in another grammar than the others"));
    }
    let stops: Vec<_> = subject.options.iter().map(|option| Some(option.text.trim_end().ends_with(['.', '?', '!']))).collect();
    if let Some(option) = odd_one_out(&stops).and_then(|at| subject.options.get(at)) {
        complaints.push(Complaint::warning(
            "O4",
            option.text_line,
            "full stop at the end of some options only: use it for all or none",
        ));
    }
    let capitals: Vec<_> = subject.item.options().iter().map(|option| begins_with_capital(&option.text.0)).collect();
    if let Some(option) = odd_one_out(&capitals).and_then(|at| subject.options.get(at)) {
        complaints.push(Complaint::warning("O4", option.text_line, "begin every option with a capital, or none"));
    }
    let article = subject.stem.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(char::is_whitespace).next();
    if matches!(article, Some("a" | "an")) {
        complaints.push(Complaint::warning("O4", subject.places.stem, "the stem ends in an article that fits some options only"));
    }
    complaints
}

/// O9: no absolute word in distractors alone, no vague word in the key alone.
pub fn o9_absolute_and_vague_words(subject: &Subject<'_>) -> Vec<Complaint> {
    let has = |option: &PartText, list: &[&str]| option.words.iter().any(|word| list.contains(&word.as_str()));
    let mut complaints = Vec::new();
    if !subject.keys().any(|key| has(key, ABSOLUTE_WORDS)) {
        let given_away = subject.distractors().filter(|option| has(option, ABSOLUTE_WORDS));
        complaints.extend(given_away.map(|option| {
            Complaint::warning("O9", option.text_line, "an absolute word (always, never, all, only, must) in a distractor alone")
        }));
    }
    if !subject.distractors().any(|option| has(option, VAGUE_WORDS)) {
        let given_away = subject.keys().filter(|key| has(key, VAGUE_WORDS));
        complaints.extend(given_away.map(|key| {
            Complaint::warning("O9", key.text_line, "a vague word (usually, often, may, sometimes) in the key alone")
        }));
    }
    complaints
}

/// O10: a rare word of the stem that comes back in the key, and nothing of the stem in any distractor, rings like a bell.
pub fn o10_no_clang(subject: &Subject<'_>) -> Vec<Complaint> {
    let stem: BTreeSet<_> = super::text::content_roots(&subject.stem).into_iter().collect();
    let items = subject.exam.items;
    let is_rare = |word: &str| {
        word.len() >= SHORTEST_CLANG
            && word.chars().all(char::is_alphabetic)
            && subject.exam.stems_with(word) * 100 <= (items * RARE_WORD_PERCENT).max(100)
    };
    // Where distractors echo the stem as well, as in "which of these devices", an echo gives nothing away.
    if subject.distractors().any(|option| !option.roots.is_disjoint(&stem)) {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for key in subject.keys() {
        let clang = key.roots.iter().find(|word| stem.contains(*word) && is_rare(word));
        if let Some(word) = clang {
            let message =
                format!("\"{word}\" stands in the stem and in the key alone: use it in a distractor too, or another word");
            complaints.push(Complaint::warning("O10", key.text_line, message));
        }
    }
    complaints
}

/// O11: the option that shares most with the others is often the key, and test-takers know. Only for one key.
pub fn o11_no_convergence(subject: &Subject<'_>) -> Vec<Complaint> {
    let shared = |option: &PartText| -> usize {
        let others = subject.options.iter().filter(|other| !std::ptr::eq(*other, option));
        others.map(|other| option.roots.intersection(&other.roots).count()).sum()
    };
    let mut keys = subject.keys();
    let (Some(key), None) = (keys.next(), keys.next()) else { return Vec::new() };
    let most_of_others = subject.distractors().map(shared).max().unwrap_or_default();
    if shared(key) < most_of_others + CONVERGENCE_LEAD {
        return Vec::new();
    }
    vec![Complaint::warning(
        "O11",
        key.text_line,
        "the key shares more words with the distractors than they do: spread the words",
    )]
}

/// O14: two opposites and two others: the key is one of the opposites, as everybody guesses. Two pairs are fine.
pub fn o14_no_lone_opposites(subject: &Subject<'_>) -> Vec<Complaint> {
    let mut pairs = Vec::new();
    for (at, option) in subject.options.iter().enumerate() {
        for other in subject.options.iter().skip(at + 1) {
            if are_opposites(option, other) {
                pairs.push((option, other));
            }
        }
    }
    match pairs.as_slice() {
        [(option, other)] if option.key != other.key && subject.options.len() > 2 => {
            let message =
                format!("\"{}\" and \"{}\" are the only opposites: add a second pair or break this one", option.text, other.text);
            vec![Complaint::warning("O14", other.text_line, message)]
        }
        _ => Vec::new(),
    }
}

/// The same words but for one, which is turned into its opposite.
fn are_opposites(option: &PartText, other: &PartText) -> bool {
    let only = |a: &PartText, b: &PartText| -> Vec<String> {
        a.words.iter().filter(|word| !b.words.contains(word)).map(|word| root(word)).collect()
    };
    let (left, right) = (only(option, other), only(other, option));
    let (Some(a), Some(b)) = (left.first(), right.first()) else { return false };
    let opposite = OPPOSITES.iter().any(|(x, y)| {
        let (x, y) = (root(x), root(y));
        (*a == x && *b == y) || (*a == y && *b == x)
    });
    // "Enable Secure Boot" and "Disable the firewall" are two different things to do.
    opposite && left.len() <= 2 && right.len() <= 2 && (left.len() + right.len() == 2 || !option.roots.is_disjoint(&other.roots))
}

const OPPOSITES: &[(&str, &str)] = &[
    ("add", "remove"),
    ("allow", "block"),
    ("allow", "deny"),
    ("asymmetric", "symmetric"),
    ("before", "after"),
    ("connect", "disconnect"),
    ("enable", "disable"),
    ("enabled", "disabled"),
    ("faster", "slower"),
    ("higher", "lower"),
    ("incoming", "outgoing"),
    ("inbound", "outbound"),
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("install", "uninstall"),
    ("internal", "external"),
    ("longer", "shorter"),
    ("lengthen", "shorten"),
    ("lock", "unlock"),
    ("more", "fewer"),
    ("more", "less"),
    ("on", "off"),
    ("open", "close"),
    ("private", "public"),
    ("raise", "lower"),
    ("static", "dynamic"),
    ("tagged", "untagged"),
    ("upload", "download"),
    ("upgrade", "downgrade"),
    ("upstream", "downstream"),
    ("wired", "wireless"),
];

/// What an option begins with, as far as it is certain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FirstWord {
    Verb,
    Ing,
    Article,
}

fn first_word_class(option: &PartText) -> Option<FirstWord> {
    let word = option.words.first()?.as_str();
    match word {
        "a" | "an" | "the" | "its" | "their" | "his" | "her" => Some(FirstWord::Article),
        _ if VERBS.contains(&word) => Some(FirstWord::Verb),
        _ if word.len() > 5 && word.ends_with("ing") && !NOUNS_IN_ING.contains(&word) => Some(FirstWord::Ing),
        _ => None,
    }
}

/// `None` for what begins with code, a digit or a name that is spelled its own way (exFAT, iPad).
fn begins_with_capital(text: &[Block]) -> Option<bool> {
    let Some(Block::Paragraph(spans)) = text.first() else { return None };
    let Some(Span::Text(text)) = spans.first() else { return None };
    let first_word = text.split(char::is_whitespace).next()?;
    if first_word.chars().skip(1).any(char::is_uppercase) && first_word.starts_with(char::is_lowercase) {
        return None;
    }
    text.chars().next().filter(|first| first.is_alphabetic()).map(char::is_uppercase)
}

/// The place of the one that differs, if all the others agree and all are certain.
fn odd_one_out<T: PartialEq>(classes: &[Option<T>]) -> Option<usize> {
    if classes.len() < 3 || classes.iter().any(Option::is_none) {
        return None;
    }
    let mut odd = (0..classes.len()).filter(|at| {
        let mut others = classes.iter().enumerate().filter(|(other, _)| other != at).map(|(_, class)| class);
        let first = others.next();
        others.all(|class| Some(class) == first) && classes.get(*at) != first
    });
    odd.next().filter(|_| odd.next().is_none())
}

/// Verbs that begin an instruction and are hardly ever nouns there.
const VERBS: &[&str] = &[
    "accept",
    "add",
    "allow",
    "apply",
    "ask",
    "assign",
    "boot",
    "check",
    "choose",
    "clean",
    "clear",
    "close",
    "collect",
    "confirm",
    "configure",
    "connect",
    "convert",
    "copy",
    "create",
    "delete",
    "deny",
    "deploy",
    "disable",
    "disconnect",
    "enable",
    "encrypt",
    "escalate",
    "explain",
    "extend",
    "find",
    "fit",
    "follow",
    "format",
    "give",
    "hand",
    "hold",
    "increase",
    "initialise",
    "inspect",
    "install",
    "isolate",
    "join",
    "keep",
    "leave",
    "let",
    "lower",
    "make",
    "measure",
    "move",
    "offer",
    "open",
    "pass",
    "press",
    "put",
    "raise",
    "read",
    "rebuild",
    "reduce",
    "reimage",
    "reinstall",
    "remove",
    "rename",
    "replace",
    "reseat",
    "reset",
    "restart",
    "restore",
    "run",
    "say",
    "select",
    "send",
    "set",
    "shorten",
    "show",
    "start",
    "stop",
    "take",
    "tell",
    "turn",
    "uninstall",
    "unplug",
    "update",
    "upgrade",
    "use",
    "verify",
    "wait",
    "wipe",
    "write",
];

const NOUNS_IN_ING: &[&str] =
    &["billing", "building", "string", "wiring", "reading", "setting", "warning", "spring", "housing", "mapping"];
