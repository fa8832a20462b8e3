//! What a learner does with an item, with its key. Like the item it never leaves the server.

use super::super::picture::Point;
use super::super::prose::Prose;
use crate::ids::ScenarioId;
use crate::typed::TypedForm;

#[derive(Clone, Debug)]
pub enum Interaction {
    /// `single` and `multiple`.
    Choice(Choice),
    /// The steps in their right order, which is that of the file.
    Ordering(Vec<Part>),
    /// `matching` and `placing`.
    Matching(Matching),
    Typed(Typed),
    /// `simulation`.
    Simulation(Simulation),
}

#[derive(Clone, Debug)]
pub struct Choice {
    /// Three to six in a checked bank, in the order of the file.
    pub options: Vec<ItemOption>,
    /// Options keep the order of the file; otherwise each learner sees an order of their own.
    pub ordered: bool,
}

#[derive(Clone, Debug)]
pub struct ItemOption {
    pub text: Prose,
    pub key: bool,
    /// Where it is on the item's picture: all options of an item have a place, or none has.
    pub at: Option<Point>,
    /// Why this option is right or which misconception makes it tempting.
    pub reason: Prose,
}

/// A step, or a match that fits no term.
#[derive(Clone, Debug)]
pub struct Part {
    pub text: Prose,
    pub reason: Prose,
}

#[derive(Clone, Debug)]
pub struct Matching {
    pub pairs: Vec<Pair>,
    /// Matches that fit no term.
    pub extras: Vec<Part>,
}

#[derive(Clone, Debug)]
pub struct Pair {
    /// Of `placing` the name of the place.
    pub term: Prose,
    /// Where `placing` has it on the picture.
    pub at: Option<Point>,
    /// Two terms may have the same one.
    pub fits: Prose,
    pub reason: Prose,
}

#[derive(Clone, Debug)]
pub struct Typed {
    pub form: TypedForm,
    /// How far a number may be off, in millionths.
    pub tolerance: i64,
    /// Answers that mean the right thing; the first one is shown as such.
    pub accepted: Vec<String>,
    pub reason: Prose,
    /// Wrong answers that are often given.
    pub mistakes: Vec<Mistake>,
}

/// A ticket that is graded on the state in which its company is left, see [`crate::scoring::score_of_state`].
#[derive(Clone, Debug)]
pub struct Simulation {
    pub scenario: ScenarioId,
    /// How the cause shows itself, and what mends it.
    pub explanation: Prose,
}

#[derive(Clone, Debug)]
pub struct Mistake {
    pub text: String,
    pub reason: Prose,
}

/// Whatever an item consists of, as rules of wording see it.
pub struct PartWords<'i> {
    /// Right, or part of what is right.
    pub key: bool,
    pub text: String,
    /// The same without what a machine says.
    pub text_without_code: String,
    pub reason: &'i Prose,
}

impl Interaction {
    /// How many things each learner sees in an order of their own.
    #[must_use]
    pub fn shuffled(&self) -> usize {
        match self {
            Self::Choice(choice) => choice.options.len(),
            Self::Ordering(steps) => steps.len(),
            Self::Matching(matching) => matching.matches().len(),
            Self::Typed(_) | Self::Simulation(_) => 0,
        }
    }

    /// The places on the picture, in the order of the file.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        match self {
            Self::Choice(choice) => choice.options.iter().filter_map(|option| option.at).collect(),
            Self::Matching(matching) => matching.pairs.iter().filter_map(|pair| pair.at).collect(),
            Self::Ordering(_) | Self::Typed(_) | Self::Simulation(_) => Vec::new(),
        }
    }

    /// That order is the one of the file.
    #[must_use]
    pub fn keeps_order(&self) -> bool {
        matches!(self, Self::Choice(choice) if choice.ordered)
    }

    /// Options; steps; pairs, then extras; the answer, then mistakes; of a simulation its explanation alone.
    pub(in crate::content) fn parts(&self) -> Vec<PartWords<'_>> {
        match self {
            Self::Choice(choice) => {
                choice.options.iter().map(|option| words(option.key, &[&option.text], &option.reason)).collect()
            }
            Self::Ordering(steps) => steps.iter().map(|step| words(true, &[&step.text], &step.reason)).collect(),
            Self::Matching(matching) => {
                let pairs = matching.pairs.iter().map(|pair| words(true, &[&pair.term, &pair.fits], &pair.reason));
                pairs.chain(matching.extras.iter().map(|extra| words(false, &[&extra.text], &extra.reason))).collect()
            }
            Self::Typed(typed) => {
                let typed_words = |key, text: String, reason| PartWords { key, text, text_without_code: String::new(), reason };
                let answer = typed_words(true, typed.accepted.join("\n"), &typed.reason);
                let mistakes = typed.mistakes.iter().map(|mistake| typed_words(false, mistake.text.clone(), &mistake.reason));
                std::iter::once(answer).chain(mistakes).collect()
            }
            Self::Simulation(simulation) => vec![words(true, &[], &simulation.explanation)],
        }
    }
}

impl Matching {
    /// The different matches to choose from: those of the pairs, then the extras, in the order of the file.
    #[must_use]
    pub fn matches(&self) -> Vec<&Prose> {
        let mut matches: Vec<&Prose> = Vec::new();
        for text in self.pairs.iter().map(|pair| &pair.fits).chain(self.extras.iter().map(|extra| &extra.text)) {
            if !matches.contains(&text) {
                matches.push(text);
            }
        }
        matches
    }

    /// For each term its place among [`Self::matches`].
    #[must_use]
    pub fn key(&self) -> Vec<u8> {
        let matches = self.matches();
        let places = self.pairs.iter().filter_map(|pair| matches.iter().position(|text| **text == pair.fits));
        places.filter_map(|place| u8::try_from(place).ok()).collect()
    }
}

fn words<'i>(key: bool, texts: &[&Prose], reason: &'i Prose) -> PartWords<'i> {
    let joined = |say: fn(&Prose) -> String| texts.iter().map(|text| say(text)).collect::<Vec<_>>().join("\n");
    PartWords { key, text: joined(Prose::plain_text), text_without_code: joined(Prose::plain_text_without_code), reason }
}
