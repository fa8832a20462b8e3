//! O: the options, by number, shape and order.

use super::super::complaint::Complaint;
use super::super::item::{Interaction, ItemKind};
use super::subject::Subject;
use super::text::contains_run;

/// O1: below three nothing is left to weigh, above six nobody compares (Rodriguez 2005: three good ones are enough).
const FEWEST_OPTIONS: usize = 3;
const MOST_OPTIONS: usize = 6;
/// O6, own choice: a longer option looks like the answer.
const LONGEST_TO_MEAN: f64 = 1.5;
/// O6, own choice: below this many characters a difference in length says nothing ("SC", "MPO").
const SHORT_OPTION_CHARACTERS: usize = 24;
/// O15: this many shared first words belong in the stem.
const SHARED_LEAD_IN_WORDS: usize = 3;

/// O1: three to six options. Four is the custom of the exams for one key, five or six for several.
pub fn o1_three_to_six(subject: &Subject<'_>) -> Vec<Complaint> {
    if !matches!(subject.item.interaction, Interaction::Choice(_)) {
        return Vec::new();
    }
    let count = subject.options.len();
    let line = subject.parts_line();
    if !(FEWEST_OPTIONS..=MOST_OPTIONS).contains(&count) {
        let message = format!("there are {count} options: have {FEWEST_OPTIONS} to {MOST_OPTIONS}");
        return vec![Complaint::error("O1", line, message)];
    }
    let (custom, fits) = match subject.item.kind {
        ItemKind::Multiple => ("five or six", count >= 5),
        _ => ("four", count == 4),
    };
    if fits {
        return Vec::new();
    }
    vec![Complaint::warning("O1", line, format!("there are {count} options: {custom} are the custom for this type"))]
}

/// O2: `single` has one key; `multiple` has two or more, and something to reject.
pub fn o2_number_of_keys(subject: &Subject<'_>) -> Vec<Complaint> {
    let keys = subject.keys().count();
    let message = match subject.item.kind {
        ItemKind::Single if keys != 1 => format!("{keys} options are keys: `single` has exactly one `key = true`"),
        ItemKind::Multiple if keys < 2 => format!("{keys} options are keys: `multiple` has two or more `key = true`"),
        ItemKind::Multiple if keys == subject.options.len() => "every option is a key: leave something to reject".to_owned(),
        _ => return Vec::new(),
    };
    vec![Complaint::error("O2", subject.places.kind, message)]
}

/// O3: options stand for themselves, because learners see them in another order.
pub fn o3_no_all_of_the_above(subject: &Subject<'_>) -> Vec<Complaint> {
    let refers = |words: &[String]| {
        let joined = words.join(" ");
        let above = ["all of the above", "none of the above", "all of these", "none of these", "any of the above"];
        let is_letter = |word: Option<&String>| word.is_some_and(|word| word.len() == 1 && ("a"..="f").contains(&word.as_str()));
        let letters = words.windows(3).any(|three| {
            is_letter(three.first()) && is_letter(three.last()) && three.get(1).is_some_and(|word| word == "and" || word == "or")
        });
        above.iter().any(|phrase| joined.contains(phrase)) || letters
    };
    subject
        .options
        .iter()
        .filter(|option| refers(&option.words))
        .map(|option| {
            Complaint::error("O3", option.text_line, "an option must not refer to the others: write an option of its own")
        })
        .collect()
}

/// O5: if one option holds another, both are right or the longer one is never chosen. Ranges must not overlap either.
pub fn o5_none_contains_another(subject: &Subject<'_>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (at, option) in subject.options.iter().enumerate() {
        for other in subject.options.iter().skip(at + 1) {
            let contained = contains_run(&option.words, &other.words) || contains_run(&other.words, &option.words);
            let overlap = range(&option.text).zip(range(&other.text)).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1);
            if contained || overlap {
                let message = format!("\"{}\" and \"{}\" overlap: make each exclude the other", option.text, other.text);
                complaints.push(Complaint::warning("O5", other.text_line, message));
            }
        }
    }
    complaints
}

/// O6: lengths are close, because test-takers pick the long one.
pub fn o6_lengths_are_close(subject: &Subject<'_>) -> Vec<Complaint> {
    let lengths: Vec<usize> = subject.options.iter().map(|option| option.text.chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or_default();
    // Counts of characters are far below 2^52, where f64 stops counting exactly.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let ratio = longest as f64 * lengths.len() as f64 / lengths.iter().sum::<usize>().max(1) as f64;
    let Some(option) = subject.options.iter().max_by_key(|option| option.text.chars().count()) else { return Vec::new() };
    if longest <= SHORT_OPTION_CHARACTERS || ratio <= LONGEST_TO_MEAN {
        return Vec::new();
    }
    let message = format!("this option is {ratio:.1} times as long as the mean: even out the lengths");
    vec![Complaint::warning("O6", option.text_line, message)]
}

/// O8: numbers are easier to compare in order, and only `ordered = true` keeps them so for the learner.
pub fn o8_numbers_in_order(subject: &Subject<'_>) -> Vec<Complaint> {
    let numbers: Option<Vec<_>> = subject.options.iter().map(|option| number(&option.text)).collect();
    let Some(numbers) = numbers.filter(|numbers| numbers.len() > 1) else { return Vec::new() };
    let alike = numbers.windows(2).all(|pair| pair.first().map(|a| (&a.0, &a.2)) == pair.last().map(|b| (&b.0, &b.2)));
    if !alike {
        return Vec::new();
    }
    let values: Vec<f64> = numbers.iter().map(|number| number.1).collect();
    let rising = values.is_sorted_by(|a, b| a <= b);
    let falling = values.is_sorted_by(|a, b| a >= b);
    let message = match (rising || falling, subject.item.interaction.keeps_order()) {
        (true, true) => return Vec::new(),
        (true, false) => "the options are numbers: add `ordered = true` so that they stay in order",
        (false, _) => "the options are numbers: put them in order and add `ordered = true`",
    };
    vec![Complaint::warning("O8", subject.parts_line(), message)]
}

/// O15: what every option begins with belongs in the stem.
pub fn o15_no_shared_lead_in(subject: &Subject<'_>) -> Vec<Complaint> {
    let lead_in = |words: &[String]| words.get(..SHARED_LEAD_IN_WORDS).map(<[String]>::to_vec);
    let first = subject.options.first().and_then(|option| lead_in(&option.words));
    let shared = first.filter(|first| subject.options.iter().all(|option| lead_in(&option.words).as_ref() == Some(first)));
    let Some(shared) = shared else { return Vec::new() };
    let message = format!("every option begins with \"{}\": move it to the stem", shared.join(" "));
    vec![Complaint::warning("O15", subject.parts_line(), message)]
}

/// What stands before a number, the number, what stands after it; `None` if there is not exactly one number.
fn number(text: &str) -> Option<(String, f64, String)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at_checked(start)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end)?;
    if after.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = digits.replace(',', "").trim_end_matches('.').parse().ok()?;
    Some((before.trim().to_lowercase(), value, after.trim().to_lowercase()))
}

/// `10-20` or `10 to 20`, whatever unit follows.
fn range(text: &str) -> Option<(f64, f64)> {
    let text = text.replace(['–', '—'], "-").replace(" to ", "-");
    let (low, high) = text.split_once('-')?;
    let low: f64 = low.trim().parse().ok()?;
    let digits = high.trim();
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
    let high: f64 = digits.get(..end)?.parse().ok()?;
    (low <= high).then_some((low, high))
}
