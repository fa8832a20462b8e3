//! How much of an exam its bank covers: one map for the checker, for `firstline content check` and for the page of authors.

use std::collections::{BTreeMap, BTreeSet};

use super::blueprint::{Blueprint, Domain, Objective};
use super::check::text::content_roots;
use super::item::{Difficulty, Item, ItemKind, Level};
use crate::ids::ObjectiveId;

/// Of the keywords that an item lists, so many count: an item about everything is about nothing.
const MOST_KEYWORDS_OF_AN_ITEM: usize = 4;
/// Every objective has so many items.
const FEWEST_ITEMS: usize = 3;
/// An objective that the exam asks for with a scenario has this part of the blueprint's floor.
const PART_OF_FLOOR: usize = 3;

/// Counts of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub items: usize,
    pub domains: Vec<DomainCoverage>,
    pub topics: Vec<TopicCoverage>,
    /// By the word of `type = "…"`.
    pub kinds: BTreeMap<&'static str, usize>,
    /// Asked about an exhibit that the engine makes.
    pub exhibits: usize,
    pub difficulties: BTreeMap<Difficulty, usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainCoverage {
    pub number: u8,
    pub name: String,
    /// Percent of the exam.
    pub weight: u8,
    pub items: usize,
    pub objectives: Vec<ObjectiveCoverage>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectiveCoverage {
    pub id: ObjectiveId,
    pub title: String,
    /// The exam asks for it with "given a scenario".
    pub scenario: bool,
    pub items: usize,
    /// How many items it has to have.
    pub least: usize,
    /// Items at the levels apply and analyse.
    pub applied: usize,
    pub keywords: usize,
    /// Keywords that no item covers, as the blueprint writes them.
    pub open: Vec<String>,
}

/// What the exam also has to speak of, wherever it fits: `[[seed_topic]]` of its blueprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicCoverage {
    pub name: String,
    /// What items about it have among their `tags`.
    pub tag: String,
    pub items: usize,
}

impl Coverage {
    #[must_use]
    pub fn of(blueprint: &Blueprint, items: &[&Item]) -> Self {
        let covered: BTreeSet<(&ObjectiveId, &String)> =
            items.iter().flat_map(|item| covered(item).into_iter().map(|keyword| (&item.objective, keyword))).collect();
        let mut difficulties = BTreeMap::from([(Difficulty::Easy, 0), (Difficulty::Medium, 0), (Difficulty::Hard, 0)]);
        for item in items {
            *difficulties.entry(item.difficulty).or_default() += 1;
        }
        let topic = |topic: &super::blueprint::Topic| TopicCoverage {
            name: topic.name.clone(),
            tag: topic.tag.clone(),
            items: items.iter().filter(|item| item.tags.contains(&topic.tag)).count(),
        };
        Self {
            items: items.len(),
            domains: blueprint.domains.iter().map(|domain| DomainCoverage::of(blueprint, domain, items, &covered)).collect(),
            topics: blueprint.topics.iter().map(topic).collect(),
            kinds: ItemKind::ALL.map(|(word, kind)| (word, items.iter().filter(|item| item.kind == kind).count())).into(),
            exhibits: items.iter().filter(|item| item.exhibit().is_some() || item.shown.is_some()).count(),
            difficulties,
        }
    }

    pub fn objectives(&self) -> impl Iterator<Item = &ObjectiveCoverage> {
        self.domains.iter().flat_map(|domain| &domain.objectives)
    }

    /// Keywords that items cover, and all of them.
    #[must_use]
    pub fn keywords(&self) -> (usize, usize) {
        let all = self.objectives().map(|objective| objective.keywords).sum();
        let open: usize = self.objectives().map(|objective| objective.open.len()).sum();
        (all - open, all)
    }
}

impl DomainCoverage {
    fn of(blueprint: &Blueprint, domain: &Domain, items: &[&Item], covered: &BTreeSet<(&ObjectiveId, &String)>) -> Self {
        let objectives: Vec<_> =
            domain.objectives.iter().map(|objective| ObjectiveCoverage::of(blueprint, objective, items, covered)).collect();
        Self {
            number: domain.number,
            name: domain.name.clone(),
            weight: domain.weight,
            items: objectives.iter().map(|objective| objective.items).sum(),
            objectives,
        }
    }
}

impl ObjectiveCoverage {
    fn of(blueprint: &Blueprint, objective: &Objective, items: &[&Item], covered: &BTreeSet<(&ObjectiveId, &String)>) -> Self {
        let items = || items.iter().filter(|item| item.objective == objective.id);
        let floor = usize::try_from(blueprint.floor_per_objective).unwrap_or(usize::MAX);
        let least = if objective.scenario { FEWEST_ITEMS.max(floor.div_ceil(PART_OF_FLOOR)) } else { FEWEST_ITEMS };
        let open = objective.keywords.iter().filter(|keyword| !covered.contains(&(&objective.id, *keyword)));
        Self {
            id: objective.id.clone(),
            title: objective.title.clone(),
            scenario: objective.scenario,
            items: items().count(),
            least,
            applied: items().filter(|item| matches!(item.level, Level::Apply | Level::Analyse)).count(),
            keywords: objective.keywords.len(),
            open: open.cloned().collect(),
        }
    }
}

/// The keywords that an item lists and speaks of: one of their words that carry sense occurs in its text.
fn covered(item: &Item) -> Vec<&String> {
    let parts = item.interaction.parts();
    let parts = parts.iter().flat_map(|part| [part.text.clone(), part.reason.plain_text()]);
    let texts: Vec<String> = parts.chain([item.stem.plain_text(), item.remember.plain_text()]).collect();
    let roots: BTreeSet<String> = roots(&texts.join(" ")).into_iter().collect();
    let spoken_of = item.keywords.iter().filter(|keyword| self::roots(keyword).iter().any(|root| roots.contains(root)));
    spoken_of.take(MOST_KEYWORDS_OF_AN_ITEM).collect()
}

/// `802.11ax` and `Wi-Fi` are met in pieces, too.
fn roots(text: &str) -> Vec<String> {
    content_roots(&text.replace(['-', '/', '.', ':'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::blueprint::Topic;
    use crate::testing::{blueprint, item};

    fn about(objective: &str, stem: &str, keywords: &[&str]) -> Item {
        let mut item = item("a", stem, &["Yes", "No", "Perhaps"]);
        item.objective = objective.into();
        item.keywords = keywords.iter().map(|keyword| (*keyword).to_owned()).collect();
        item
    }

    #[test]
    fn a_keyword_counts_when_an_item_lists_it_and_speaks_of_it_in_its_own_objective() {
        let mut exam = blueprint(&[100]);
        exam.domains[0].objectives[0].keywords = ["DHCP relays", "Wi-Fi 6", "PXE"].map(str::to_owned).into();
        exam.domains[0].objectives[1].keywords = vec!["PXE".to_owned()];
        let items = [
            about("1.1", "The relay is off. What now?", &["DHCP relays", "Wi-Fi 6"]),
            about("1.2", "Nothing of the sort", &["PXE"]),
            about("1.2", "What starts PXE?", &[]),
        ];
        let coverage = Coverage::of(&exam, &items.iter().collect::<Vec<_>>());
        let open: Vec<_> = coverage.objectives().map(|objective| objective.open.clone()).collect();
        assert_eq!(open, [vec!["Wi-Fi 6".to_owned(), "PXE".to_owned()], vec!["PXE".to_owned()]]);
        assert_eq!((coverage.keywords(), coverage.items), ((1, 4), 3));
    }

    #[test]
    fn an_item_covers_four_keywords_at_most() {
        let words = ["one1", "two2", "three3", "four4", "five5"];
        let mut exam = blueprint(&[100]);
        exam.domains[0].objectives[0].keywords = words.map(str::to_owned).into();
        let item = about("1.1", &words.join(" "), &words);
        assert_eq!(Coverage::of(&exam, &[&item]).keywords(), (4, 5));
    }

    #[test]
    fn scenario_objectives_need_a_third_of_the_floor_and_topics_are_counted_by_tag() {
        let mut exam = blueprint(&[60, 40]);
        exam.floor_per_objective = 14;
        exam.domains[0].objectives[1].scenario = true;
        exam.topics = vec![Topic { name: "Help desk technician".into(), tag: "help-desk-technician".into() }];
        let mut tagged = about("2.1", "Which?", &[]);
        tagged.tags = vec!["help-desk-technician".into()];
        let coverage = Coverage::of(&exam, &[&tagged, &about("1.2", "Which?", &[])]);
        let least: Vec<_> =
            coverage.objectives().map(|objective| (objective.least, objective.items, objective.applied)).collect();
        assert_eq!(least, [(3, 0, 0), (5, 1, 1), (3, 1, 1), (3, 0, 0)]);
        assert_eq!(coverage.topics[0].items, 1);
        assert_eq!((coverage.domains[0].items, coverage.kinds["single"], coverage.difficulties[&Difficulty::Easy]), (1, 2, 2));
    }
}
