//! C: what an item is about, and on whose word. F: where it belongs.

use super::super::complaint::Complaint;
use super::super::item::Date;
use super::subject::Subject;
use super::text::{content_roots, words};

/// Prefixes of the built-in exams' item ids. Exams of an overlay choose their own.
const PREFIXES: &[(&str, &str)] =
    &[("a-plus-core-1", "ap1-"), ("a-plus-core-2", "ap2-"), ("network-plus", "net-"), ("it-support-foundations", "itsf-")];

/// C2, own choice: keywords are labels ("projector overheating shut-off"), and a good item often paraphrases a part.
const KEYWORD_PERCENT: usize = 50;

/// C8, own choice: words that paint people as types. Names and roles without such a word are fine.
const STEREOTYPES: &[&str] = &[
    "blonde",
    "clueless",
    "crazy",
    "dumb",
    "elderly",
    "exotic",
    "foreigner",
    "girl",
    "girls",
    "gran",
    "grandma",
    "grandmother",
    "grandpa",
    "granny",
    "guys",
    "housewife",
    "idiot",
    "illiterate",
    "lady",
    "lazy",
    "manpower",
    "moron",
    "nagging",
    "oriental",
    "spinster",
    "stupid",
    "temper",
    "tribal",
];

/// C1: an item belongs to an objective of its own exam.
pub fn c1_objective_exists(subject: &Subject<'_>) -> Vec<Complaint> {
    if subject.objective.is_some() {
        return Vec::new();
    }
    let message = format!("the exam has no objective {}: take a number from exam.toml", subject.item.objective);
    vec![Complaint::error("C1", subject.places.objective, message)]
}

/// C2: the listed keywords are the objective's own, and at least one of them is met in stem, options or reasons. Of a keyword
/// such as `relay / IP helper`, one of the alternatives is enough, and of that half the words.
pub fn c2_keyword_is_used(subject: &Subject<'_>) -> Vec<Complaint> {
    let Some(objective) = subject.objective else { return Vec::new() };
    let line = subject.places.keywords;
    let listed = &subject.item.keywords;
    let mut complaints: Vec<_> = listed
        .iter()
        .filter(|keyword| !objective.keywords.contains(keyword))
        .map(|keyword| {
            let message = format!("objective {} has no keyword \"{keyword}\": spell it as in exam.toml", objective.id);
            Complaint::warning("C2", line, message)
        })
        .collect();
    let reasons = subject.parts().flat_map(|option| [option.text.as_str(), option.reason.as_str()]);
    let texts: Vec<_> = reasons.chain([subject.stem.as_str(), subject.remember.as_str()]).collect();
    let roots = content_roots(&texts.join(" ").replace(['-', '/', '.'], " "));
    let is_used = |keyword: &String| {
        let alternatives = keyword
            .split(['/', ',', ':', '(', ')', '+'])
            .flat_map(|part| part.split(" vs "))
            .flat_map(|part| part.split(" and "));
        alternatives.into_iter().any(|part| {
            let wanted = content_roots(&part.replace(['-', '.'], " "));
            let met = wanted.iter().filter(|root| roots.contains(root)).count();
            !wanted.is_empty() && met * 100 >= wanted.len() * KEYWORD_PERCENT
        })
    };
    if !listed.is_empty() && !listed.iter().any(is_used) {
        complaints.push(Complaint::warning("C2", line, "no listed keyword occurs in the item: test what the keyword names"));
    }
    complaints
}

/// C6, first half: somebody else states the facts.
pub fn c6_source_is_named(subject: &Subject<'_>) -> Vec<Complaint> {
    if subject.item.source.trim().is_empty() {
        return vec![Complaint::error("C6", subject.places.source, "name in `source` where the facts are stated")];
    }
    Vec::new()
}

/// C6, second half: the facts were compared with the source, not in the future, and are not due for another look.
pub fn c6_dates_hold(subject: &Subject<'_>, today: Date) -> Vec<Complaint> {
    let item = subject.item;
    let mut complaints = Vec::new();
    if item.checked > today {
        let message = format!("`checked` is {}, which is after today ({today})", item.checked);
        complaints.push(Complaint::error("C6", subject.places.checked, message));
    }
    if let Some(date) = item.review_by.filter(|date| *date < today) {
        let message = format!("`review_by` passed on {date}: compare the facts again and set both dates");
        complaints.push(Complaint::error("C6", subject.places.review_by, message));
    }
    complaints
}

/// C8: no word that turns a person into a type.
pub fn c8_no_stereotypes(subject: &Subject<'_>) -> Vec<Complaint> {
    let texts = subject.parts().flat_map(|option| [(&option.text, option.text_line), (&option.reason, option.reason_line)]);
    texts
        .chain([(&subject.stem, subject.places.stem)])
        .flat_map(|(text, line)| {
            let found = words(text).into_iter().filter(|word| STEREOTYPES.contains(&word.as_str()));
            found.map(move |word| Complaint::warning("C8", line, format!("\"{word}\" may stereotype: name the role instead")))
        })
        .collect()
}

/// F4: the id tells the exam, so that ids of two exams never meet.
pub fn f4_prefix_of_the_exam(subject: &Subject<'_>) -> Vec<Complaint> {
    let prefix = PREFIXES.iter().find(|(exam, _)| *exam == subject.item.exam.as_str()).map(|(_, prefix)| *prefix);
    let Some(prefix) = prefix.filter(|prefix| !subject.item.id.as_str().starts_with(prefix)) else { return Vec::new() };
    let message = format!("the id `{}` must begin with `{prefix}`", subject.item.id);
    vec![Complaint::error("F4", subject.places.id, message)]
}

/// F6: people find an item by its file; the program does not care.
pub fn f6_file_is_called_after_the_item(subject: &Subject<'_>) -> Vec<Complaint> {
    let wanted = format!("items/{}/{}.toml", subject.item.objective, subject.item.id);
    if subject.file.ends_with(&format!("/{wanted}")) {
        return Vec::new();
    }
    vec![Complaint::warning("F6", subject.places.id, format!("keep this item in {wanted}"))]
}
