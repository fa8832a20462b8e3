use super::*;
use crate::content::item::{Item, parse};

/// An item by what it asks; parts by number.
fn item(kind: &str, parts: &str) -> Item {
    let text = format!(
        "id = \"x\"\nobjective = \"1.1\"\ntype = \"{kind}\"\nlevel = \"apply\"\ndifficulty = \"easy\"\nstem = \"What?\"\n\
         checked = 2026-11-22\nkeywords = [\"k\"]\n{parts}"
    );
    let parsed = parse(&"test".into(), &text);
    assert_eq!(parsed.complaints, []);
    parsed.value.unwrap()
}

#[track_caller]
fn check(item: &Item, response: &Response, points: u8, of: u8) {
    assert_eq!(score(&item.interaction, response), Score { points, of }, "{response:?}");
}

#[test]
fn only_the_whole_key_set_is_right() {
    let parts = [true, false, true, false].map(|key| format!("[[option]]\ntext = \"o\"\nkey = {key}\n")).concat();
    let item = item("multiple", &parts);
    check(&item, &Response::Chosen(vec![0, 2]), 1, 1);
    check(&item, &Response::Chosen(vec![2, 0]), 1, 1);
    for wrong in [&[0][..], &[0, 1], &[0, 2, 3], &[], &[0, 2, 9]] {
        check(&item, &Response::Chosen(wrong.to_vec()), 0, 1);
    }
}

#[test]
fn each_step_at_its_position_has_a_point() {
    let item = item("ordering", &["a", "b", "c", "d"].map(|text| format!("[[step]]\ntext = \"{text}\"\n")).concat());
    for (order, points) in [([0, 1, 2, 3], 4), ([1, 0, 2, 3], 2), ([1, 2, 3, 0], 0), ([3, 2, 1, 0], 0), ([0, 2, 3, 1], 1)] {
        check(&item, &Response::Ordered(order.to_vec()), points, 4);
    }
    check(&item, &Response::Ordered(vec![0, 1]), 2, 4);
    check(&item, &Response::Chosen(vec![0, 1, 2, 3]), 0, 1);
}

#[test]
fn each_term_with_its_match_has_a_point_and_a_wrong_one_costs_nothing() {
    let parts = "[[pair]]\nterm = \"a\"\nmatch = \"x\"\n[[pair]]\nterm = \"b\"\nmatch = \"y\"\n[[pair]]\nterm = \"c\"\nmatch = \"x\"\n\
                 [[extra]]\nmatch = \"z\"\n";
    let item = item("matching", parts);
    for (matches, points) in [([0, 1, 0], 3), ([0, 0, 0], 2), ([2, 2, 2], 0), ([1, 0, 2], 0), ([0, 2, 2], 1)] {
        check(&item, &Response::Matched(matches.to_vec()), points, 3);
    }
}

#[test]
fn each_place_with_its_label_has_a_point_and_a_wrong_one_costs_nothing() {
    let target = |label, y| format!("[[target]]\nname = \"n{y}\"\nat = [20, {y}]\nlabel = \"{label}\"\n");
    let parts = [target("x", 20), target("y", 60), target("x", 99), "[[extra]]\nlabel = \"z\"\n".to_owned()].concat();
    let item = item("placing", &parts);
    for (labels, points) in [([0, 1, 0], 3), ([0, 0, 0], 2), ([2, 2, 2], 0), ([1, 0, 2], 0)] {
        check(&item, &Response::Matched(labels.to_vec()), points, 3);
    }
}

#[test]
fn a_typed_answer_is_right_if_it_means_the_same_as_an_accepted_one() {
    let item = item("typed", "[answer]\nform = \"prefix\"\naccepted = [\"/26\"]\n");
    for (text, points) in [("26", 1), ("255.255.255.192", 1), ("/27", 0), ("nonsense", 0)] {
        check(&item, &Response::Typed(text.to_owned()), points, 1);
    }
    let item = self::item("typed", "[answer]\nform = \"number\"\ntolerance = \"0.5\"\naccepted = [\"10\", \"20\"]\n");
    for (text, points) in [("10.5", 1), ("19.5", 1), ("15", 0)] {
        check(&item, &Response::Typed(text.to_owned()), points, 1);
    }
}

#[test]
fn credit_adds_up_shares_of_questions() {
    let mut credit = Credit::default();
    for (points, of) in [(1, 1), (2, 3), (0, 4), (3, 6)] {
        credit.add(Score { points, of });
    }
    assert_eq!(credit.hundredths, 216);
    let part = |points, of| Score { points, of }.is_part();
    assert_eq!([part(0, 3), part(2, 3), part(3, 3)], [false, true, false]);
}

#[test]
fn percent_rounds_half_up_and_knows_nothing_of_nothing() {
    assert_eq!(Mark { correct: 1, of: 8 }.percent(), Some(13));
    assert_eq!(Mark { correct: 1, of: 3 }.percent(), Some(33));
    assert_eq!(Mark { correct: 10, of: 10 }.percent(), Some(100));
    assert_eq!(Mark::default().percent(), None);
}
