//! What is told once the answer is stored, or the attempt is over: every part with its reason.

use app::practice::api::{
    Reveal, RevealedExtra, RevealedOption, RevealedPair, RevealedSimulation, RevealedStep, RevealedTyped, SimulationEnd, Told,
    Verdict,
};
use domain::content::blueprint::Objective;
use domain::content::item::{Choice, Interaction, Item, Matching, Part, Typed};
use domain::response::Response;
use domain::scoring::{Score, is_accepted, means_the_same};

use super::prompt::in_order;
use super::question::QuestionRow;
use crate::caller::Caller;

/// `ended`: how a simulation ended.
pub fn verdict(caller: &Caller, row: &QuestionRow, item: &Item, ended: Option<SimulationEnd>) -> Option<Verdict> {
    let response = row.response(item);
    if response.is_none() && !row.finished {
        return None;
    }
    let exam = caller.server.catalog.exam(&item.exam);
    let objective = exam.and_then(|exam| exam.objective(&item.objective));
    Some(Verdict {
        score: response.as_ref().and(row.score()),
        reveal: reveal(item, &row.order(), response.as_ref(), ended, objective),
        next: row.next_open.filter(|_| !row.finished).map(i16::unsigned_abs),
    })
}

fn reveal(
    item: &Item,
    order: &[u8],
    response: Option<&Response>,
    ended: Option<SimulationEnd>,
    objective: Option<&Objective>,
) -> Reveal {
    let places = response.map(Response::places).unwrap_or_default();
    let told = match &item.interaction {
        Interaction::Choice(choice) => options(choice, order, places),
        Interaction::Ordering(steps) => Told::Ordering(self::steps(steps, places)),
        Interaction::Matching(matching) => pairs(matching, places),
        Interaction::Typed(typed) => Told::Typed(self::typed(typed, response.and_then(Response::text))),
        Interaction::Simulation(simulation) => {
            Told::Simulation(RevealedSimulation { ended, reason: simulation.explanation.clone() })
        }
    };
    Reveal {
        told,
        remember: item.remember.clone(),
        objective: item.objective.clone(),
        objective_title: objective.map(|objective| objective.title.clone()).unwrap_or_default(),
        source: item.source.clone(),
        checked: item.checked.to_string(),
    }
}

fn options(choice: &Choice, order: &[u8], chosen: &[u8]) -> Told {
    let on_page = (1_u8..).zip(order);
    let chosen = on_page.filter(|(_, place)| chosen.contains(place)).map(|(on_page, _)| on_page).collect();
    let told = |option: &domain::content::item::ItemOption| RevealedOption { key: option.key, reason: option.reason.clone() };
    Told::Choice { chosen, options: in_order(&choice.options, order).map(told).collect() }
}

/// In their right order.
fn steps(steps: &[Part], given: &[u8]) -> Vec<RevealedStep> {
    let told = (0_u8..).zip(steps).map(|(place, step)| RevealedStep {
        text: step.text.clone(),
        given: (1_u8..).zip(given).find(|(_, step)| **step == place).map(|(position, _)| position),
        reason: step.reason.clone(),
    });
    told.collect()
}

fn pairs(matching: &Matching, given: &[u8]) -> Told {
    let (matches, key) = (matching.matches(), matching.key());
    let pair = |(at, pair): (usize, &domain::content::item::Pair)| RevealedPair {
        term: pair.term.clone(),
        fits: pair.fits.clone(),
        right: given.get(at).is_some_and(|place| key.get(at) == Some(place)),
        given: given.get(at).and_then(|place| matches.get(usize::from(*place))).map(|text| (*text).clone()),
        reason: pair.reason.clone(),
    };
    let extra = |extra: &Part| RevealedExtra { text: extra.text.clone(), reason: extra.reason.clone() };
    Told::Matching {
        pairs: matching.pairs.iter().enumerate().map(pair).collect(),
        extras: matching.extras.iter().map(extra).collect(),
    }
}

fn typed(typed: &Typed, given: Option<&str>) -> RevealedTyped {
    let right = given.is_some_and(|text| is_accepted(typed, text));
    let made =
        typed.mistakes.iter().find(|mistake| !right && given.is_some_and(|text| means_the_same(typed, text, &mistake.text)));
    let mistake = |mistake: &domain::content::item::Mistake| (mistake.text.clone(), mistake.reason.clone());
    RevealedTyped {
        given: given.map(str::to_owned),
        right,
        accepted: typed.accepted.clone(),
        reason: typed.reason.clone(),
        made: made.map(|mistake| mistake.reason.clone()),
        mistakes: typed.mistakes.iter().filter(|other| made.is_none_or(|made| made.text != other.text)).map(mistake).collect(),
    }
}

impl QuestionRow {
    /// Place on the page to place in the file, both from 0.
    pub fn order(&self) -> Vec<u8> {
        small(&self.option_order)
    }

    /// `None` while unanswered.
    pub fn response(&self, item: &Item) -> Option<Response> {
        let chosen = self.chosen.as_deref()?;
        Some(Response::stored(&item.interaction, small(chosen), self.typed.clone()))
    }

    pub fn score(&self) -> Option<Score> {
        score_of(self.points, self.points_of)
    }
}

/// `None` while unanswered.
pub fn score_of(points: Option<i16>, of: Option<i16>) -> Option<Score> {
    let small = |number: i16| u8::try_from(number).ok();
    Some(Score { points: points.and_then(small)?, of: of.and_then(small)? })
}

pub fn small(places: &[i16]) -> Vec<u8> {
    places.iter().filter_map(|place| u8::try_from(*place).ok()).collect()
}
