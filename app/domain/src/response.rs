//! A response: what a learner answered to one item, as it is stored and scored.

use crate::content::item::Interaction;
use crate::typed::{TypedForm, Unreadable};

/// Places are those of the file, from 0, so that a response means the same whatever order it was shown in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// The options that were chosen, rising.
    Chosen(Vec<u8>),
    /// The steps in the order that the learner gave them.
    Ordered(Vec<u8>),
    /// For each term, in the order of the file, the place of its match among `Matching::matches`.
    Matched(Vec<u8>),
    /// As it was typed, without space around it.
    Typed(String),
    /// A company was worked on; what was done stands in its ticket.
    Worked,
}

/// What comes from the page. Each interaction reads the field it has.
#[derive(Clone, Copy, Debug)]
pub struct Given<'g> {
    /// Choice: places of options on the page. Ordering: for each step on the page its position. Matching: for each term the
    /// place of its match on the page. From 1; 0 where nothing was chosen.
    pub choices: &'g [u8],
    pub text: &'g str,
}

/// Why nothing is stored: an answer that the page does not let one give, or that is not whole yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no such place on the page.
    NoSuchPlace,
    /// As many options must be chosen as there are keys.
    Choose {
        keys: usize,
    },
    /// A step has no position.
    NotAllOrdered,
    /// Two steps have this position, from 1.
    SamePosition(u8),
    /// A term has no match.
    NotAllMatched,
    Unreadable(Unreadable),
}

impl Response {
    /// `order`: place on the page to place in the file, both from 0.
    ///
    /// # Errors
    /// [`Unfit`] for what cannot be stored as an answer.
    pub fn read(interaction: &Interaction, order: &[u8], given: Given<'_>) -> Result<Self, Unfit> {
        match interaction {
            Interaction::Choice(choice) => {
                let keys = choice.options.iter().filter(|option| option.key).count();
                chosen(order, keys, given.choices).map(Self::Chosen)
            }
            Interaction::Ordering(_) => ordered(order, given.choices).map(Self::Ordered),
            Interaction::Matching(matching) => matched(order, matching.pairs.len(), given.choices).map(Self::Matched),
            Interaction::Typed(typed) => typed_text(&typed.form, given.text).map(Self::Typed),
            // No field of a page answers it.
            Interaction::Simulation(_) => Err(Unfit::NoSuchPlace),
        }
    }

    /// As far as something was given: for an exam, where everything counts as it stands when the time is up. `None`: nothing was.
    ///
    /// # Errors
    /// [`Unfit::NoSuchPlace`] for what no page can send.
    pub fn so_far(interaction: &Interaction, order: &[u8], given: Given<'_>) -> Result<Option<Self>, Unfit> {
        if given.choices.iter().all(|choice| *choice == 0) && given.text.trim().is_empty() {
            return Ok(None);
        }
        let whole = Self::read(interaction, order, given);
        match (whole, interaction) {
            (Ok(response), _) => Ok(Some(response)),
            (Err(Unfit::NoSuchPlace), _) | (Err(_), Interaction::Simulation(_)) => Err(Unfit::NoSuchPlace),
            (Err(_), Interaction::Choice(_)) => choices_so_far(order, given.choices).map(Self::Chosen).map(Some),
            (Err(_), Interaction::Ordering(_)) => Ok(Some(Self::Ordered(steps_so_far(order, given.choices)))),
            (Err(_), Interaction::Matching(_)) => Ok(Some(Self::Matched(matches_so_far(order, given.choices)))),
            (Err(_), Interaction::Typed(_)) => Ok(Some(Self::Typed(given.text.trim().to_owned()))),
        }
    }

    /// What [`Self::places`] and [`Self::text`] said of it.
    #[must_use]
    pub fn stored(interaction: &Interaction, places: Vec<u8>, text: Option<String>) -> Self {
        match interaction {
            Interaction::Choice(_) => Self::Chosen(places),
            Interaction::Ordering(_) => Self::Ordered(places),
            Interaction::Matching(_) => Self::Matched(places),
            Interaction::Typed(_) => Self::Typed(text.unwrap_or_default()),
            Interaction::Simulation(_) => Self::Worked,
        }
    }

    /// Empty where something was typed.
    #[must_use]
    pub fn places(&self) -> &[u8] {
        match self {
            Self::Chosen(places) | Self::Ordered(places) | Self::Matched(places) => places,
            Self::Typed(_) | Self::Worked => &[],
        }
    }

    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Typed(text) = self { Some(text) } else { None }
    }
}

fn chosen(order: &[u8], keys: usize, choices: &[u8]) -> Result<Vec<u8>, Unfit> {
    let mut chosen: Vec<u8> = choices.iter().map(|choice| on_page(order, *choice)).collect::<Result<_, _>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.len() == keys { Ok(chosen) } else { Err(Unfit::Choose { keys }) }
}

/// From a position for each step on the page to the steps in the order of their positions.
fn ordered(order: &[u8], positions: &[u8]) -> Result<Vec<u8>, Unfit> {
    if positions.len() > order.len() || positions.iter().any(|position| usize::from(*position) > order.len()) {
        return Err(Unfit::NoSuchPlace);
    }
    if positions.len() < order.len() || positions.contains(&0) {
        return Err(Unfit::NotAllOrdered);
    }
    let mut steps: Vec<(u8, u8)> = positions.iter().copied().zip(order.iter().copied()).collect();
    steps.sort_unstable();
    match steps.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => Err(Unfit::SamePosition(pair[0].0)),
        None => Ok(steps.into_iter().map(|(_, step)| step).collect()),
    }
}

fn matched(order: &[u8], terms: usize, choices: &[u8]) -> Result<Vec<u8>, Unfit> {
    if choices.len() > terms {
        return Err(Unfit::NoSuchPlace);
    }
    if choices.len() < terms || choices.contains(&0) {
        return Err(Unfit::NotAllMatched);
    }
    choices.iter().map(|choice| on_page(order, *choice)).collect()
}

/// Stands where nothing was given: no item has so many parts.
const NOTHING: u8 = u8::MAX;

fn choices_so_far(order: &[u8], choices: &[u8]) -> Result<Vec<u8>, Unfit> {
    let mut chosen: Vec<u8> = choices.iter().map(|choice| on_page(order, *choice)).collect::<Result<_, _>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// For each position the step that has it alone.
fn steps_so_far(order: &[u8], positions: &[u8]) -> Vec<u8> {
    let at = |position: usize| {
        let mut steps = positions.iter().zip(order).filter(|(given, _)| usize::from(**given) == position).map(|(_, step)| *step);
        steps.next().filter(|_| steps.next().is_none()).unwrap_or(NOTHING)
    };
    (1..=order.len()).map(at).collect()
}

fn matches_so_far(order: &[u8], choices: &[u8]) -> Vec<u8> {
    choices.iter().map(|choice| on_page(order, *choice).unwrap_or(NOTHING)).collect()
}

fn typed_text(form: &TypedForm, text: &str) -> Result<String, Unfit> {
    form.read(text).map(|_| text.trim().to_owned()).map_err(Unfit::Unreadable)
}

/// A place on the page, from 1, as a place in the file, from 0.
fn on_page(order: &[u8], choice: u8) -> Result<u8, Unfit> {
    usize::from(choice).checked_sub(1).and_then(|place| order.get(place)).copied().ok_or(Unfit::NoSuchPlace)
}

#[cfg(test)]
mod tests;
