//! X (and O12): what the learner reads after answering.

use super::super::complaint::Complaint;
use super::subject::Subject;
use super::text::word_count;

/// O12, own choice: "Wrong protocol." explains nothing.
const DISTRACTOR_REASON_WORDS: usize = 8;
/// X3, own choice: all reasons and the remember line together.
const FEWEST_WORDS: usize = 40;
const MOST_WORDS: usize = 140;

/// X1: feedback that explains is worth half again as much as feedback that only names the answer (Van der Kleij 2015).
pub fn x1_every_part_has_a_reason(subject: &Subject<'_>) -> Vec<Complaint> {
    let silent = subject.parts().filter(|option| option.reason.trim().is_empty());
    silent
        .map(|option| {
            let what = if option.key { "why this is right" } else { "which mistake makes this tempting, and why it is one" };
            Complaint::error("X1", option.reason_line, format!("say in `reason` {what}"))
        })
        .collect()
}

/// O12: a distractor is a real mistake, and its reason has room to name it.
pub fn o12_distractors_name_the_mistake(subject: &Subject<'_>) -> Vec<Complaint> {
    let spoken = subject.parts().filter(|option| !option.key && !option.reason.trim().is_empty());
    spoken
        .filter(|option| word_count(&option.reason) <= DISTRACTOR_REASON_WORDS)
        .map(|option| {
            let message =
                format!("this reason has {DISTRACTOR_REASON_WORDS} words or fewer: name the misconception behind the option");
            Complaint::error("O12", option.reason_line, message)
        })
        .collect()
}

/// X2: options are shuffled, so a letter or a place names another option for every learner.
pub fn x2_no_letters_or_places(subject: &Subject<'_>) -> Vec<Complaint> {
    let reasons = subject.parts().map(|option| (option.reason.as_str(), option.reason_line));
    reasons
        .chain([(subject.remember.as_str(), subject.places.remember)])
        .filter(|(text, _)| names_a_place(text))
        .map(|(_, line)| {
            Complaint::error("X2", line, "options are shuffled: name an option by its words, not by letter or place")
        })
        .collect()
}

/// X3: enough to learn from, short enough to be read, and one line to keep.
pub fn x3_length_and_remember_line(subject: &Subject<'_>) -> Vec<Complaint> {
    let line = subject.places.remember;
    if subject.remember.trim().is_empty() {
        return vec![Complaint::warning("X3", line, "add a `remember` line: the one thing to keep")];
    }
    let reasons: usize = subject.parts().map(|option| word_count(&option.reason)).sum();
    let count = reasons + word_count(&subject.remember);
    if (FEWEST_WORDS..=MOST_WORDS).contains(&count) {
        return Vec::new();
    }
    let message = format!("reasons and the remember line have {count} words together: make it {FEWEST_WORDS} to {MOST_WORDS}");
    vec![Complaint::warning("X3", line, message)]
}

fn names_a_place(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| {
        let [first, second] = pair else { return false };
        let is_option = |word: &str| {
            matches!(
                word.to_lowercase().as_str(),
                "option" | "options" | "answer" | "answers" | "choice" | "choices" | "distractor"
            )
        };
        let is_letter = matches!(*second, "A" | "B" | "C" | "D" | "E" | "F" | "b" | "c" | "d" | "e" | "f");
        let is_number = matches!(*second, "1" | "2" | "3" | "4" | "5" | "6" | "one" | "above" | "below");
        let is_ordinal =
            matches!(first.to_lowercase().as_str(), "first" | "second" | "third" | "fourth" | "fifth" | "sixth" | "last");
        (is_option(first) && (is_letter || is_number)) || (is_ordinal && is_option(second))
    })
}
