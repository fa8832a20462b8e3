//! K: whether the bank of an exam is whole. Warnings, for a bank grows item by item; one that has hardly begun is left alone.

use super::super::bank::Mistake;
use super::super::complaint::Complaint;
use super::super::coverage::Coverage;
use super::super::item::{Difficulty, Item};
use super::subject::{Exam, Subject};

/// Own choice: smaller banks have only begun; the map of `firstline content check` says what they lack.
const FEWEST_FOR_A_MAP: usize = 130;
/// K1: percentage points between the share of a domain and its weight.
const SHARE_POINTS: usize = 2;
/// K3: percent of all items.
const LEAST_MULTIPLE: usize = 15;
const LEAST_SEQUENCES: usize = 8;
const LEAST_TYPED: usize = 5;
const LEAST_EXHIBITS: usize = 5;
/// K3: items.
const LEAST_SIMULATIONS: usize = 6;
/// K4: percent of all items that are easy, medium and hard, and how far a bank may be from that.
const SPREAD: [(Difficulty, &str, usize); 3] =
    [(Difficulty::Easy, "easy", 25), (Difficulty::Medium, "medium", 50), (Difficulty::Hard, "hard", 25)];
const SPREAD_POINTS: usize = 5;
/// K5: percent of the keywords of a blueprint.
const LEAST_KEYWORDS: usize = 80;
/// K6: of each topic of the blueprint.
const FEWEST_OF_A_TOPIC: usize = 2;

type Rule = (&'static str, fn(&Coverage) -> Vec<String>);

const RULES: [Rule; 6] = [
    ("K1", k1_shares_follow_the_weights),
    ("K2", k2_every_objective_has_its_items),
    ("K3", k3_types_are_mixed),
    ("K4", k4_difficulty_is_spread),
    ("K5", k5_keywords_are_covered),
    ("K6", k6_topics_are_covered),
];

pub fn k_bank_is_whole(exam: &Exam<'_>, subjects: &[Subject<'_>]) -> Vec<Mistake> {
    if subjects.len() < FEWEST_FOR_A_MAP {
        return Vec::new();
    }
    let items: Vec<&Item> = subjects.iter().map(|subject| subject.item).collect();
    let missing = missing(&Coverage::of(&exam.file.blueprint, &items));
    missing.into_iter().map(|(rule, message)| exam.mistake(Complaint::warning(rule, 1, message))).collect()
}

/// What a bank lacks to be whole, each with its rule.
#[must_use]
pub fn missing(coverage: &Coverage) -> Vec<(&'static str, String)> {
    RULES.iter().flat_map(|(rule, ask)| ask(coverage).into_iter().map(move |message| (*rule, message))).collect()
}

fn k1_shares_follow_the_weights(coverage: &Coverage) -> Vec<String> {
    let all = coverage.items;
    let off = coverage
        .domains
        .iter()
        .filter(|domain| (domain.items * 100).abs_diff(usize::from(domain.weight) * all) > SHARE_POINTS * all);
    let message = |domain: &super::super::coverage::DomainCoverage| {
        format!(
            "domain {} has {} of {all} items, {} %, and weighs {} %: keep within {SHARE_POINTS} points",
            domain.number,
            domain.items,
            percent(domain.items, all),
            domain.weight
        )
    };
    off.map(message).collect()
}

fn k2_every_objective_has_its_items(coverage: &Coverage) -> Vec<String> {
    let few = coverage.objectives().filter(|objective| objective.items < objective.least);
    let few = few
        .map(|objective| format!("objective {} has {} items: write {} at least", objective.id, objective.items, objective.least));
    let known = coverage.objectives().filter(|objective| objective.scenario && objective.applied * 2 < objective.items);
    let known = known.map(|objective| {
        format!(
            "objective {} asks with a scenario, and {} of its {} items apply or analyse: make it half",
            objective.id, objective.applied, objective.items
        )
    });
    few.chain(known).collect()
}

fn k3_types_are_mixed(coverage: &Coverage) -> Vec<String> {
    let kind = |word: &str| coverage.kinds.get(word).copied().unwrap_or_default();
    let mix = [
        ("`multiple`", kind("multiple"), LEAST_MULTIPLE),
        ("`ordering` or `matching`", kind("ordering") + kind("matching"), LEAST_SEQUENCES),
        ("`typed`", kind("typed"), LEAST_TYPED),
        ("asked about an exhibit", coverage.exhibits, LEAST_EXHIBITS),
    ];
    let few = mix.into_iter().filter(|(_, items, least)| items * 100 < least * coverage.items);
    let few =
        few.map(|(what, items, least)| format!("{items} of {} items are {what}: make it {least} % at least", coverage.items));
    let simulations = kind("simulation");
    let lacking = (simulations < LEAST_SIMULATIONS)
        .then(|| format!("{simulations} items are `simulation`: write {LEAST_SIMULATIONS} at least"));
    few.chain(lacking).collect()
}

fn k4_difficulty_is_spread(coverage: &Coverage) -> Vec<String> {
    let count = |difficulty| coverage.difficulties.get(&difficulty).copied().unwrap_or_default();
    let spread = SPREAD.map(|(difficulty, word, due)| (word, count(difficulty), due));
    let off = spread
        .into_iter()
        .filter(|(_, items, due)| (items * 100).abs_diff(due * coverage.items) > SPREAD_POINTS * coverage.items);
    let message = |(word, items, due)| {
        format!("{} % of the items are {word}: make it {due} %, give or take {SPREAD_POINTS}", percent(items, coverage.items))
    };
    off.map(message).collect()
}

fn k5_keywords_are_covered(coverage: &Coverage) -> Vec<String> {
    let (covered, all) = coverage.keywords();
    if covered * 100 >= all * LEAST_KEYWORDS {
        return Vec::new();
    }
    vec![format!("the items cover {covered} of {all} keywords, {} %: make it {LEAST_KEYWORDS} % at least", percent(covered, all))]
}

fn k6_topics_are_covered(coverage: &Coverage) -> Vec<String> {
    let few = coverage.topics.iter().filter(|topic| topic.items < FEWEST_OF_A_TOPIC);
    few.map(|topic| {
        format!("{} items have the tag `{}` (\"{}\"): write {FEWEST_OF_A_TOPIC} at least", topic.items, topic.tag, topic.name)
    })
    .collect()
}

/// Rounded down.
fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::super::coverage::{DomainCoverage, ObjectiveCoverage, TopicCoverage};
    use super::*;

    /// 200 items that every rule likes.
    fn whole() -> Coverage {
        let domain = |number: u8, weight, items| DomainCoverage {
            number,
            name: String::new(),
            weight,
            items,
            objectives: vec![ObjectiveCoverage {
                id: format!("{number}.1").into(),
                title: String::new(),
                scenario: true,
                items,
                least: 5,
                applied: items / 2,
                keywords: 10,
                open: vec![String::new(); 2],
            }],
        };
        Coverage {
            items: 200,
            domains: vec![domain(1, 60, 124), domain(2, 40, 76)],
            topics: vec![TopicCoverage { name: "Field work".into(), tag: "field-work".into(), items: 2 }],
            kinds: BTreeMap::from([("multiple", 30), ("ordering", 6), ("matching", 10), ("typed", 10), ("simulation", 6)]),
            exhibits: 10,
            difficulties: BTreeMap::from([(Difficulty::Easy, 60), (Difficulty::Medium, 90), (Difficulty::Hard, 50)]),
        }
    }

    /// What all rules say once this was done to a whole bank.
    fn said(change: impl FnOnce(&mut Coverage)) -> Vec<String> {
        let mut coverage = whole();
        change(&mut coverage);
        missing(&coverage).into_iter().map(|(_, message)| message).collect()
    }

    #[test]
    fn a_whole_bank_pleases_every_rule() {
        assert_eq!(said(|_| ()), Vec::<String>::new());
    }

    #[test]
    fn each_rule_says_what_is_missing() {
        let [one, two] = [said(|bank| bank.domains[0].items = 125), said(|bank| bank.domains[1].objectives[0].items = 4)];
        assert_eq!(one, ["domain 1 has 125 of 200 items, 62 %, and weighs 60 %: keep within 2 points"]);
        assert_eq!(two, ["objective 2.1 has 4 items: write 5 at least"]);
        let applied = said(|bank| bank.domains[1].objectives[0].applied = 37);
        assert_eq!(applied, ["objective 2.1 asks with a scenario, and 37 of its 76 items apply or analyse: make it half"]);
        for (kind, items, what) in [
            ("multiple", 29, "`multiple`"),
            ("ordering", 5, "`ordering` or `matching`"),
            ("typed", 9, "`typed`"),
            ("simulation", 5, "`simulation`"),
        ] {
            let said = said(|bank| *bank.kinds.get_mut(kind).unwrap() = items);
            assert!(said.len() == 1 && said[0].contains(what), "{said:?}");
        }
        assert_eq!(said(|bank| bank.exhibits = 9), ["9 of 200 items are asked about an exhibit: make it 5 % at least"]);
        let hard = said(|bank| *bank.difficulties.get_mut(&Difficulty::Hard).unwrap() = 39);
        assert_eq!(hard, ["19 % of the items are hard: make it 25 %, give or take 5"]);
        let keywords = said(|bank| bank.domains[0].objectives[0].open.push(String::new()));
        assert_eq!(keywords, ["the items cover 15 of 20 keywords, 75 %: make it 80 % at least"]);
        let topics = said(|bank| bank.topics[0].items = 1);
        assert_eq!(topics, ["1 items have the tag `field-work` (\"Field work\"): write 2 at least"]);
    }
}
