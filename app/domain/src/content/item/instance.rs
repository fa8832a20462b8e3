//! From an item whose numbers differ from attempt to attempt to one with numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Interaction, Item, Matching};
use crate::content::exhibit::{Exhibit, Rendered, Setup};
use crate::content::prose::Prose;
use crate::generators::{Generator, Values};
use crate::typed::millionths;

/// Where the words in braces of a template come from.
#[derive(Clone, Debug)]
pub enum Source {
    Generator(&'static Generator),
    /// What is shown gives them.
    Exhibit(Arc<Setup>),
}

impl Item {
    /// What one learner is asked: of the same id and version, with every `{name}` replaced by its value for `seed`, with what its
    /// exhibit is then, and with numbers in order where the template keeps the order of its options. An item without a source of
    /// values is its own instance, and so is an instance.
    #[must_use]
    pub fn instance(self: Arc<Self>, seed: u64) -> Arc<Self> {
        match &self.values {
            None => self,
            Some(Source::Generator(generator)) => Arc::new(self.with(&generator.values(seed), None)),
            // A plan that passed its check can be made; one that was stored by a program with another engine may fail.
            Some(Source::Exhibit(setup)) => match setup.for_learner(seed) {
                Some(Rendered { exhibit, values }) => Arc::new(self.with(&values, Some(exhibit))),
                None => self,
            },
        }
    }

    pub(in crate::content) fn with(&self, values: &Values, shown: Option<Exhibit>) -> Self {
        let mut item = Self { values: None, shown: shown.map(Arc::new), ..self.clone() };
        item.each_text(&mut |text| *text = filled(text, values));
        if let Interaction::Choice(choice) = &mut item.interaction
            && choice.ordered
        {
            choice.options.sort_by_key(|option| first_number(&option.text.plain_text()));
        }
        item
    }

    /// The names in braces in all of its texts.
    pub(in crate::content) fn names(&self) -> BTreeSet<String> {
        let parts = self.interaction.parts();
        let parts = parts.iter().flat_map(|part| [part.text.clone(), part.reason.plain_text()]);
        let texts = parts.chain([self.stem.plain_text(), self.remember.plain_text()]);
        texts.flat_map(|text| names(&text).map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    /// Everything that may hold words in braces.
    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        let mut all = |texts: &mut [&mut Prose]| texts.iter_mut().for_each(|text| text.each_text(change));
        all(&mut [&mut self.stem, &mut self.remember]);
        match &mut self.interaction {
            Interaction::Choice(choice) => {
                for option in &mut choice.options {
                    all(&mut [&mut option.text, &mut option.reason]);
                }
            }
            Interaction::Ordering(steps) => {
                for step in steps {
                    all(&mut [&mut step.text, &mut step.reason]);
                }
            }
            Interaction::Matching(Matching { pairs, extras }) => {
                for pair in pairs {
                    all(&mut [&mut pair.term, &mut pair.fits, &mut pair.reason]);
                }
                for extra in extras {
                    all(&mut [&mut extra.text, &mut extra.reason]);
                }
            }
            Interaction::Typed(typed) => {
                all(&mut [&mut typed.reason]);
                typed.mistakes.iter_mut().for_each(|mistake| all(&mut [&mut mistake.reason]));
                typed.accepted.iter_mut().for_each(&mut *change);
                typed.mistakes.iter_mut().for_each(|mistake| change(&mut mistake.text));
            }
            Interaction::Simulation(simulation) => all(&mut [&mut simulation.explanation]),
        }
    }
}

/// The names in braces, in their order. Braces around anything else than a name in kebab-case are text.
pub(in crate::content) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).filter(|name| is_name(name))
}

fn filled(text: &str, values: &Values) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once('}').and_then(|(name, after)| Some((values.get(name)?, after))) {
            Some((value, after)) => filled.extend([value, after]),
            None => filled.extend(["{", piece]),
        }
    }
    filled
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// In millionths; texts without a number first.
fn first_number(text: &str) -> Option<i64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let number = text.get(start..)?;
    let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
    millionths(number.get(..end)?.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::item::parse;
    use crate::ids::ExamId;

    const TEMPLATE: &str = r#"id = "net-x"
objective = "1.2"
type = "single"
level = "apply"
difficulty = "hard"
generator = "ipv4-network"
stem = "A host has **`{host}/{prefix}`**. What is its network, {or} { this } or {that?"
remember = "Blocks of {block}."
checked = 2026-11-22
keywords = ["a"]
[[option]]
text = "`{answer}`"
key = true
reason = "A block has {block}."
[[option]]
text = "`{first-host}`"
reason = "The network is `{answer}`."
"#;

    fn read(text: &str) -> Arc<Item> {
        let parsed = parse(&ExamId::from("network-plus"), text);
        assert_eq!(parsed.complaints, []);
        Arc::new(parsed.value.unwrap())
    }

    #[test]
    fn every_text_is_filled_and_other_braces_stay() {
        let template = read(TEMPLATE);
        let Some(Source::Generator(generator)) = &template.values else { panic!("{template:?}") };
        let values = generator.values(7);
        let item = Arc::clone(&template).instance(7);
        assert_eq!((&item.id, &item.version), (&template.id, &template.version));
        let stem =
            format!("A host has {}/{}. What is its network, {{or}} {{ this }} or {{that?", values["host"], values["prefix"]);
        assert_eq!(item.stem.plain_text(), stem);
        assert_eq!(item.remember.plain_text(), format!("Blocks of {}.", values["block"]));
        let options: Vec<_> = item.options().iter().map(|option| (option.key, option.text.plain_text())).collect();
        assert_eq!(options, [(true, values["answer"].clone()), (false, values["first-host"].clone())]);
        assert_eq!(item.options()[1].reason.plain_text(), format!("The network is {}.", values["answer"]));
    }

    #[test]
    fn the_seed_decides_and_an_instance_is_its_own() {
        let template = read(TEMPLATE);
        let stem = |seed| Arc::clone(&template).instance(seed).stem.clone();
        assert_eq!(stem(1), stem(1));
        assert_ne!(stem(1), stem(2));
        let instance = template.instance(1);
        assert!(Arc::ptr_eq(&instance, &Arc::clone(&instance).instance(2)));
        let plain = read(&TEMPLATE.replace("generator = \"ipv4-network\"\n", ""));
        assert!(Arc::ptr_eq(&plain, &Arc::clone(&plain).instance(2)));
    }

    #[test]
    fn steps_pairs_and_typed_answers_are_filled_too() {
        let (head, _) = TEMPLATE.split_once("[[option]]").unwrap();
        let filled = |kind: &str, tables: &str| {
            let item = read(&(head.replace("single", kind) + tables)).instance(3);
            let parts: Vec<_> =
                item.interaction.parts().iter().map(|part| format!("{} {}", part.text, part.reason.plain_text())).collect();
            assert!(parts.iter().all(|part| names(part).next().is_none()), "{parts:?}");
            parts.len()
        };
        assert_eq!(filled("ordering", "[[step]]\ntext = \"{host}\"\nreason = \"{answer}\""), 1);
        let extra = "[[extra]]\nmatch = \"{first-host}\"\nreason = \"{answer}\"";
        let pair = "[[pair]]\nterm = \"{host}\"\nmatch = \"{answer}\"\nreason = \"{block}\"\n";
        assert_eq!(filled("matching", &format!("{pair}{extra}")), 2);
        let typed = "[answer]\nform = \"ipv4\"\naccepted = [\"{answer}\"]\nreason = \"{block}\"\n";
        assert_eq!(filled("typed", &format!("{typed}[[mistake]]\ntext = \"{{first-host}}\"\nreason = \"{{block}}\"")), 2);
    }

    #[test]
    fn numbers_stand_in_order_where_the_order_is_kept() {
        let numbers = TEMPLATE.replace("`{answer}`\"\nkey", "/{block}\"\nkey").replace("`{first-host}`", "/{half-block}");
        let item = read(&numbers.replace("generator", "ordered = true\ngenerator")).instance(5);
        let keys: Vec<_> = item.options().iter().map(|option| option.key).collect();
        assert_eq!(keys, [false, true]);
        assert_eq!(
            ["/26", "1.5 TB", "no", "9.", "192.168.1.1"].map(first_number),
            [Some(26_000_000), Some(1_500_000), None, Some(9_000_000), None]
        );
    }

    #[test]
    fn only_kebab_case_is_a_name() {
        assert_eq!(names("{a} {b-2} {B} {} {c d} {-e} {f").collect::<Vec<_>>(), ["a", "b-2"]);
    }
}
