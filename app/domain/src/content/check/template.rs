//! T: items whose values a generator gives.

use super::super::bank::ItemFile;
use super::super::complaint::Complaint;
use super::super::item::{Interaction, Source, names};
use crate::generators::{ANSWER, Names};

/// T2 to T4, of the text as it was written.
pub fn complaints(file: &ItemFile) -> Vec<Complaint> {
    let Some(Source::Generator(generator)) = &file.authored.item.values else { return Vec::new() };
    let names = generator.names();
    let mut complaints = t2_names_are_known(file, &names);
    complaints.extend(t3_stem_states_what_is_given(file, &names));
    complaints.extend(t4_key_is_the_answer(file, &names));
    complaints
}

/// T2: a name that the generator does not give would stand in braces on the page.
fn t2_names_are_known(file: &ItemFile, known: &Names) -> Vec<Complaint> {
    let (item, places) = (&file.authored.item, &file.authored.places);
    let parts = item.interaction.parts().into_iter().zip(&places.parts);
    let texts = parts.flat_map(|(part, lines)| [(part.text, lines.text), (part.reason.plain_text(), lines.reason)]);
    let texts = texts.chain([(item.stem.plain_text(), places.stem), (item.remember.plain_text(), places.remember)]);
    let unknown = |text: &str| {
        let is_known = |name: &str| name == ANSWER || known.all().any(|known| known == name);
        names(text).filter(|name| !is_known(name)).map(str::to_owned).collect::<Vec<_>>()
    };
    let found = texts.flat_map(|(text, line)| unknown(&text).into_iter().map(move |name| (name, line)));
    found
        .map(|(name, line)| {
            let all: Vec<_> = known.all().chain([ANSWER]).collect();
            let message = format!("the generator gives no `{{{name}}}`: it gives {}", all.join(", "));
            Complaint::error("T2", line, message)
        })
        .collect()
}

/// T3: without everything that is given, nobody could work the answer out; with the answer, nobody would have to.
fn t3_stem_states_what_is_given(file: &ItemFile, known: &Names) -> Vec<Complaint> {
    let stem = file.authored.item.stem.plain_text();
    let stated: Vec<&str> = names(&stem).collect();
    let line = file.authored.places.stem;
    let missing = known.given.iter().filter(|name| !stated.contains(name));
    let missing = missing.map(|name| Complaint::error("T3", line, format!("the stem must state `{{{name}}}`")));
    let told = stated.iter().filter(|name| **name == ANSWER || known.slips.contains(name));
    missing.chain(told.map(|name| Complaint::error("T3", line, format!("the stem must not tell `{{{name}}}`")))).collect()
}

/// T4: what makes an option right or wrong is what the generator says of its value.
fn t4_key_is_the_answer(file: &ItemFile, known: &Names) -> Vec<Complaint> {
    let (item, places) = (&file.authored.item, &file.authored.places);
    if !matches!(item.interaction, Interaction::Choice(_) | Interaction::Typed(_)) {
        return Vec::new();
    }
    let parts = item.interaction.parts().into_iter().zip(&places.parts);
    parts
        .filter_map(|(part, lines)| {
            let used: Vec<&str> = names(&part.text).collect();
            let is_slip = |name: &&str| known.slips.contains(name);
            let (fits, wanted) = if part.key {
                (!used.is_empty() && used.iter().all(|name| *name == ANSWER), "the key must hold `{answer}` and no other value")
            } else {
                (used.iter().any(is_slip) && !used.contains(&ANSWER), "a wrong answer must hold the value of a slip")
            };
            (!fits).then(|| Complaint::error("T4", lines.text, wanted))
        })
        .collect()
}
