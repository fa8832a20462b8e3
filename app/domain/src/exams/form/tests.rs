use super::*;
use crate::testing::blueprint;

/// `sizes`: for each domain the items of each of its objectives.
fn bank(sizes: &[&[u32]]) -> Vec<Candidate> {
    let mut bank = Vec::new();
    for (objectives, domain) in sizes.iter().zip(1_u8..) {
        for (items, objective) in objectives.iter().zip(1..) {
            bank.extend((0..*items).map(|number| Candidate {
                item: format!("d{domain}-o{objective}-{number}").into(),
                domain,
                objective: format!("{domain}.{objective}").into(),
                simulation: false,
                case: None,
                seen: None,
                enemies: BTreeSet::new(),
            }));
        }
    }
    bank
}

fn find<'c>(bank: &'c [Candidate], item: &ItemId) -> &'c Candidate {
    bank.iter().find(|candidate| candidate.item == *item).unwrap()
}

/// A bank as large as the real ones, with simulations, cases, enemies and items that were seen.
fn fixture(exam: &Blueprint) -> Vec<Candidate> {
    let mut bank: Vec<Candidate> = Vec::new();
    for domain in &exam.domains {
        for objective in &domain.objectives {
            let place = objective.id.as_str().split_once('.').unwrap().1;
            for number in 0..12_u8 {
                bank.push(Candidate {
                    item: format!("{}-{number}", objective.id).into(),
                    domain: domain.number,
                    objective: objective.id.clone(),
                    simulation: number == 0,
                    case: match number {
                        1 | 2 => Some(format!("case-{}", objective.id).into()),
                        // Of two domains that are neighbours.
                        3 => Some(format!("across-{}-{place}", domain.number / 2).into()),
                        _ => None,
                    },
                    seen: (number > 8).then_some(i64::from(number)),
                    enemies: match number {
                        4 => [format!("{}-5", objective.id).into()].into(),
                        5 => [format!("{}-4", objective.id).into()].into(),
                        _ => BTreeSet::new(),
                    },
                });
            }
        }
    }
    bank
}

/// Every rule of a form that does not depend on what other forms hold.
fn check(exam: &Blueprint, bank: &BTreeMap<&ItemId, &Candidate>, length: Length, form: &Form) {
    let questions = length.questions(exam);
    assert_eq!(form.len(), usize::from(questions));
    let asked: Vec<&Candidate> = form.iter().map(|id| bank[id]).collect();
    let ids: BTreeSet<_> = form.iter().collect();
    assert_eq!(ids.len(), form.len(), "an item twice");
    for domain in &exam.domains {
        let share = u32::try_from(asked.iter().filter(|one| one.domain == domain.number).count()).unwrap();
        let due = u32::from(questions) * u32::from(domain.weight);
        assert!(share * 100 < due + 100 && share * 100 + 100 > due, "domain {}: {share} of {questions}", domain.number);
    }
    let simulations = asked.iter().take_while(|one| one.simulation).count();
    assert_eq!(simulations, asked.iter().filter(|one| one.simulation).count(), "a simulation after a question");
    for (at, one) in asked.iter().enumerate() {
        assert!(one.enemies.iter().all(|enemy| !ids.contains(enemy)), "{} stands with its enemy", one.item);
        if let Some(case) = &one.case {
            let whole = bank.values().filter(|other| other.case.as_ref() == Some(case)).count();
            let together = asked.split(|other| other.case.as_ref() != Some(case)).find(|run| !run.is_empty()).unwrap();
            assert_eq!(together.len(), whole, "case {case} at {at} is torn apart");
            assert!(together.is_sorted_by_key(|part| &part.item), "case {case} at {at} is out of order");
        }
    }
}

/// The four blueprints by weight, questions and minutes, with as many objectives.
fn blueprints() -> [Blueprint; 4] {
    let exam = |weights: &[u8], max_questions, minutes| Blueprint { max_questions, minutes, ..blueprint(weights) };
    [
        exam(&[13, 23, 25, 11, 28], 90, 90),
        exam(&[28, 28, 23, 21], 90, 90),
        exam(&[23, 20, 19, 14, 24], 90, 90),
        exam(&[15, 20, 15, 15, 10, 15, 10], 60, 60),
    ]
}

#[test]
fn ten_thousand_forms_of_each_exam_follow_the_blueprint() {
    for exam in blueprints() {
        let exam = with_objectives(exam, 6);
        let bank = fixture(&exam);
        let by_id: BTreeMap<_, _> = bank.iter().map(|one| (&one.item, one)).collect();
        for seed in 0..10_000 {
            let length = Length::ALL[usize::try_from(seed % 3).unwrap()];
            check(&exam, &by_id, length, &assemble(&exam, &bank, length, seed).unwrap());
        }
    }
}

/// So that a full form asks about a quarter of each domain.
fn with_objectives(mut exam: Blueprint, count: u8) -> Blueprint {
    for domain in &mut exam.domains {
        let first = domain.objectives[0].clone();
        let number = domain.number;
        domain.objectives = (1..=count)
            .map(|n| crate::content::blueprint::Objective { id: format!("{number}.{n}").into(), ..first.clone() })
            .collect();
    }
    exam
}

#[test]
fn exposure_is_even_within_a_domain() {
    let exam = blueprint(&[60, 40]);
    let bank = bank(&[&[60, 60], &[40, 40]]);
    let mut exposed: BTreeMap<ItemId, u32> = BTreeMap::new();
    let forms = 3_000;
    for seed in 0..forms {
        for item in assemble(&exam, &bank, Length::Full, seed).unwrap() {
            *exposed.entry(item).or_default() += 1;
        }
    }
    // 54 of 120 and 36 of 80: each item on 45 % of the forms; five standard deviations are 136.
    assert_eq!(exposed.len(), 200);
    for (item, times) in exposed {
        assert!((1_350 - 136..=1_350 + 136).contains(&times), "{item}: {times} of {forms}");
    }
}

#[test]
fn unseen_items_come_first_and_then_those_seen_longest_ago() {
    let exam = Blueprint { max_questions: 20, ..blueprint(&[100]) };
    let mut bank = bank(&[&[15, 15]]);
    for (at, candidate) in (0..).zip(&mut bank) {
        candidate.seen = (at % 3 != 0).then_some(at);
    }
    let form = assemble(&exam, &bank, Length::Full, 3).unwrap();
    let unseen = form.iter().filter(|id| find(&bank, id).seen.is_none()).count();
    assert_eq!(unseen, 10, "all that there are");
    let latest = form.iter().filter_map(|id| find(&bank, id).seen).max().unwrap();
    assert!(latest < 25, "{latest}: seen late, though earlier ones were left");
}

#[test]
fn objectives_take_turns() {
    let exam = Blueprint { max_questions: 20, ..blueprint(&[100]) };
    let form = assemble(&exam, &bank(&[&[90, 10]]), Length::Full, 1).unwrap();
    assert_eq!(form.iter().filter(|id| id.as_str().contains("-o2-")).count(), 10);
}

#[test]
fn a_domain_that_cannot_fill_its_share_is_named() {
    let exam = blueprint(&[50, 50]);
    let found = assemble(&exam, &bank(&[&[45], &[44]]), Length::Full, 1);
    assert_eq!(found, Err(TooSmall { domain: 2, wanted: 45, found: 44 }));
    assert!(assemble(&exam, &bank(&[&[45], &[44]]), Length::Half, 1).is_ok());
}

#[test]
fn enemies_do_not_use_up_a_domain_that_has_enough_without_them() {
    let exam = Blueprint { max_questions: 10, ..blueprint(&[100]) };
    let mut bank = bank(&[&[13]]);
    let hub = bank[0].item.clone();
    bank[0].enemies = bank[1..5].iter().map(|one| one.item.clone()).collect();
    for friend in &mut bank[1..5] {
        friend.enemies = [hub.clone()].into();
    }
    for seed in 0..300 {
        let form = assemble(&exam, &bank, Length::Full, seed).unwrap();
        assert!(!form.contains(&hub), "with it only nine can stand together");
    }
}

#[test]
fn the_seed_decides_and_nothing_else() {
    let exam = blueprint(&[50, 50]);
    let bank = bank(&[&[60], &[60]]);
    let form = |seed| assemble(&exam, &bank, Length::Full, seed);
    assert_eq!(form(1), form(1));
    assert_ne!(form(1), form(2));
}

#[test]
fn largest_remainders_stay_within_one_of_what_is_due() {
    assert_eq!(largest_remainders(90, &[13, 23, 25, 11, 28]), [12, 21, 22, 10, 25]);
    assert_eq!(largest_remainders(20, &[28, 28, 23, 21]), [6, 6, 4, 4]);
    assert_eq!(largest_remainders(0, &[50, 50]), [0, 0]);
    assert_eq!(largest_remainders(3, &[1, 1, 1, 1]), [1, 1, 1, 0]);
}
