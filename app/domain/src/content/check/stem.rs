//! S: the stem.

use super::super::complaint::Complaint;
use super::super::item::{ItemKind, Level};
use super::subject::{Subject, raw_words};
use super::text::{is_negation, word_count, words};

/// S2, own choice: what fits on a phone above the options and is read in under half a minute.
const LONGEST_STEM_WORDS: usize = 90;
/// S2, own choice: a fact needs no story.
const LONGEST_RECALL_STEM_WORDS: usize = 35;

/// S8: abbreviations that anybody at a desk reads without help, beside those of the exam's titles and keywords.
const COMMON_ABBREVIATIONS: &[&str] = &[
    "AC", "AM", "AP", "BIOS", "CD", "CEO", "CPU", "DC", "DHCP", "DIMM", "DNS", "DVD", "FAQ", "GB", "GHZ", "GPS", "GPU", "HDD",
    "HDMI", "HR", "HTTP", "HTTPS", "ID", "IP", "ISP", "IT", "KB", "LAN", "LCD", "LED", "LTE", "MAC", "MB", "MFA", "NAS", "NAT",
    "NIC", "NTFS", "OK", "OS", "PC", "PDF", "PIN", "PM", "PSU", "QR", "RAID", "RAM", "RJ45", "SATA", "SIM", "SMS", "SSD", "SSID",
    "TB", "TCP", "TLS", "TV", "UDP", "UEFI", "UK", "UPS", "US", "USB", "URL", "UTC", "VLAN", "VM", "VPN", "WAN", "WPA2", "WPA3",
];

/// Written in capitals for weight, and not abbreviations.
const WORDS_IN_CAPITALS: &[&str] =
    &["BEST", "MOST", "FIRST", "NEXT", "NOT", "EXCEPT", "LEAST", "LAST", "TWO", "THREE", "AND", "OR"];

/// S1: with the options covered, one still knows what is asked.
pub fn s1_asks_something(subject: &Subject<'_>) -> Vec<Complaint> {
    let text = subject.stem.trim_end();
    let last = words(super::text::sentences(text).last().copied().unwrap_or_default());
    let asks = text.ends_with('?')
        || subject.question.ends_with('?')
        || last.iter().any(|word| matches!(word.as_str(), "what" | "which" | "why" | "how" | "next"))
        || chosen_number(text).is_some()
        || gap(text).is_some()
        // Whoever needs help asks for it.
        || subject.item.kind == ItemKind::Simulation
        || last.first().is_some_and(|word| tasks(subject.item.kind).contains(&word.as_str()));
    if asks {
        return Vec::new();
    }
    vec![Complaint::warning("S1", subject.places.stem, "the stem does not ask anything: end it with a question")]
}

/// The verbs that begin what is to be done, where nothing is chosen.
fn tasks(kind: ItemKind) -> &'static [&'static str] {
    match kind {
        ItemKind::Single | ItemKind::Multiple | ItemKind::Simulation => &[],
        ItemKind::Ordering => &["put", "arrange", "order"],
        ItemKind::Matching => &["match"],
        ItemKind::Placing => &["place", "label"],
        ItemKind::Typed => &["type", "enter", "write", "give"],
    }
}

/// S2: the stem is as long as the case needs and no longer.
pub fn s2_is_short(subject: &Subject<'_>) -> Vec<Complaint> {
    let limit = if subject.item.level == Level::Recall { LONGEST_RECALL_STEM_WORDS } else { LONGEST_STEM_WORDS };
    let count = word_count(&subject.stem);
    if count <= limit {
        return Vec::new();
    }
    vec![Complaint::warning("S2", subject.places.stem, format!("the stem has {count} words: cut it to {limit}"))]
}

/// S3: a question for the exception is easily misread; the word that turns it round is in capitals and stands alone.
pub fn s3_negative_in_capitals(subject: &Subject<'_>) -> Vec<Complaint> {
    let line = subject.places.stem;
    let mut complaints = Vec::new();
    if let Some(word) = hidden_negative(&subject.question) {
        let message = format!("the question turns on \"{word}\": write {}, or ask for what is right", word.to_uppercase());
        complaints.push(Complaint::error("S3", line, message));
    }
    let shouted = subject.stem.split(|c: char| !c.is_alphanumeric()).filter(|word| is_shouted_negative(word)).count();
    if shouted > 1 {
        complaints.push(Complaint::warning("S3", line, "the stem has more than one NOT, EXCEPT or LEAST: keep one"));
    }
    complaints
}

/// S4: nobody should have to work out a negation of a negation.
pub fn s4_no_double_negative(subject: &Subject<'_>) -> Vec<Complaint> {
    if !is_negative(subject) {
        return Vec::new();
    }
    let negative = subject.options.iter().filter(|option| option.words.iter().any(|word| is_negation(word)));
    negative
        .map(|option| {
            Complaint::error("S4", option.text_line, "the stem is negative already: say this option without a negation")
        })
        .collect()
}

/// S5: the word that makes one answer better than the others is in capitals.
pub fn s5_superlative_in_capitals(subject: &Subject<'_>) -> Vec<Complaint> {
    let question = subject.question.trim_end_matches(|c: char| !c.is_alphanumeric());
    let tokens: Vec<&str> = question.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let quiet = tokens.iter().enumerate().find(|(at, word)| {
        let next = tokens.get(at + 1).copied();
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).copied().unwrap_or_default();
        match **word {
            "best" => true,
            "most" => next.is_some_and(|next| next == "likely" || next.ends_with("able") || next.ends_with("ate")),
            "first" | "next" => next.is_none() && before != "the" || before == "do" || before == "done",
            _ => false,
        }
    });
    let Some((_, word)) = quiet else { return Vec::new() };
    let message = format!("the answer turns on \"{word}\": write {}", word.to_uppercase());
    vec![Complaint::warning("S5", subject.places.stem, message)]
}

/// S7: a gap in the middle makes people read twice.
pub fn s7_gap_at_the_end(subject: &Subject<'_>) -> Vec<Complaint> {
    let Some(rest) = gap(&subject.stem) else { return Vec::new() };
    if rest.chars().any(char::is_alphanumeric) {
        return vec![Complaint::warning("S7", subject.places.stem, "put the gap at the end of the stem, or ask a question")];
    }
    Vec::new()
}

/// S8: an abbreviation is the exam's own, common at any desk, or spelled out beside it in brackets.
pub fn s8_known_abbreviations(subject: &Subject<'_>) -> Vec<Complaint> {
    let stem = (subject.item.stem.plain_text_without_code(), subject.places.stem);
    let texts = subject.parts().map(|part| (part.text_without_code.clone(), part.text_line));
    let mut seen = Vec::new();
    let mut complaints = Vec::new();
    for (text, line) in std::iter::once(stem).chain(texts) {
        for word in abbreviations(&text) {
            let known = subject.exam.vocabulary.contains(word)
                || COMMON_ABBREVIATIONS.contains(&word.to_uppercase().as_str())
                || WORDS_IN_CAPITALS.contains(&word)
                || subject.stem.contains(&format!("({word})"))
                || text.contains(&format!("{word} ("));
            if !known && !seen.contains(&word.to_owned()) {
                seen.push(word.to_owned());
                let message =
                    format!("{word} is not in the exam's vocabulary: spell it out, or put it in code marks if it is a name");
                complaints.push(Complaint::warning("S8", line, message));
            }
        }
    }
    complaints
}

/// S9: with several keys the stem says "Choose two" (three, four, five), and that many are keys.
pub fn s9_says_how_many(subject: &Subject<'_>) -> Vec<Complaint> {
    use ItemKind::{Multiple, Single};
    let keys = subject.keys().count();
    let line = subject.places.stem;
    match (subject.item.kind, chosen_number(&subject.stem)) {
        (Multiple, None) => vec![Complaint::error("S9", line, "say how many to choose, such as \"Choose two.\"")],
        (_, Some(number)) if number != keys => {
            vec![Complaint::error("S9", line, format!("the stem asks for {number} and {keys} options are keys: make them agree"))]
        }
        (Single, Some(_)) => vec![Complaint::error("S9", line, "a `single` item does not say how many to choose")],
        _ => Vec::new(),
    }
}

/// The stem asks for the exception.
pub fn is_negative(subject: &Subject<'_>) -> bool {
    hidden_negative(&subject.question).is_some() || subject.stem.split(|c: char| !c.is_alphanumeric()).any(is_shouted_negative)
}

fn is_shouted_negative(word: &str) -> bool {
    matches!(word, "NOT" | "EXCEPT" | "LEAST")
}

/// A lower-case negation that the question hangs on: "Which of these is not …?". One in a subordinate clause does not count:
/// "Which setting explains why the PC does not start?".
fn hidden_negative(question: &str) -> Option<&'static str> {
    let tokens: Vec<&str> =
        question.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty()).collect();
    let lower: Vec<String> = tokens.iter().map(|word| word.to_lowercase()).collect();
    let asks = lower.iter().rposition(|word| matches!(word.as_str(), "which" | "what"))?;
    let main_clause = lower.iter().enumerate().skip(asks + 1).take_while(|(_, word)| !SUBORDINATORS.contains(&word.as_str()));
    for (at, word) in main_clause {
        let next = lower.get(at + 1).map(String::as_str);
        let before = lower.get(at.wrapping_sub(1)).map_or("", String::as_str);
        match tokens.get(at).copied() {
            Some("not") if before != "if" => return Some("not"),
            Some("except") => return Some("except"),
            Some("least") if before != "at" && next != Some("privilege") => return Some("least"),
            _ if word.ends_with("n't") => return Some("not"),
            _ => {}
        }
    }
    None
}

const SUBORDINATORS: &[&str] = &[
    "that", "who", "whose", "why", "how", "when", "where", "while", "if", "because", "since", "so", "after", "before",
    "although", "though", "but", "and", "to",
];

/// The number in "Choose two".
fn chosen_number(stem: &str) -> Option<usize> {
    let words = words(stem);
    words.windows(2).rev().filter(|pair| pair.first().is_some_and(|word| word == "choose")).find_map(|pair| {
        let number = pair.get(1)?;
        ["one", "two", "three", "four", "five"].iter().position(|word| word == number).map(|at| at + 1)
    })
}

/// What follows the last gap (three or more underscores).
fn gap(stem: &str) -> Option<&str> {
    stem.rfind("___").and_then(|at| stem.get(at + 3..))
}

/// Two capitals or more and no lower-case letter. What holds a digit (`OM4`, `10GBASE-LR`) is a designation and stands for nothing.
fn abbreviations(text: &str) -> impl Iterator<Item = &str> {
    let names =
        text.split(|c: char| c.is_whitespace() || "/,()".contains(c)).filter(|name| !name.contains(|c: char| c.is_ascii_digit()));
    names.flat_map(raw_words).filter(|word| word.len() >= 2 && word.chars().all(|c| c.is_ascii_uppercase()))
}
