use super::*;
use crate::content::item::{Choice, ItemOption, Matching, Pair, Part, Typed};
use crate::content::prose::{self, Prose};

fn prose(text: &str) -> Prose {
    prose::parse(text).0
}

fn part(text: &str) -> Part {
    Part { text: prose(text), reason: Prose::default() }
}

#[track_caller]
fn check(interaction: &Interaction, order: &[u8], choices: &[u8], expected: &Result<Response, Unfit>) {
    let read = Response::read(interaction, order, Given { choices, text: "" });
    assert_eq!(&read, expected, "{choices:?}");
    if let Ok(response) = read {
        let stored = Response::stored(interaction, response.places().to_vec(), response.text().map(str::to_owned));
        assert_eq!(stored, response, "what is stored says the same");
    }
}

#[test]
fn choices_become_places_of_the_file() {
    let option = |key| ItemOption { text: prose("o"), key, at: None, reason: Prose::default() };
    let two = Interaction::Choice(Choice { options: [true, true, false].map(option).into(), ordered: false });
    let order = [2, 0, 1];
    check(&two, &order, &[3, 1], &Ok(Response::Chosen(vec![1, 2])));
    check(&two, &order, &[1], &Err(Unfit::Choose { keys: 2 }));
    check(&two, &order, &[1, 1], &Err(Unfit::Choose { keys: 2 }));
    check(&two, &order, &[], &Err(Unfit::Choose { keys: 2 }));
    check(&two, &order, &[1, 4], &Err(Unfit::NoSuchPlace));
    check(&two, &order, &[0, 1], &Err(Unfit::NoSuchPlace));
}

#[test]
fn positions_become_the_order_that_was_given() {
    let steps = Interaction::Ordering(["a", "b", "c"].map(part).into());
    // The page shows c, a, b.
    let order = [2, 0, 1];
    check(&steps, &order, &[3, 1, 2], &Ok(Response::Ordered(vec![0, 1, 2])));
    check(&steps, &order, &[1, 2, 3], &Ok(Response::Ordered(vec![2, 0, 1])));
    check(&steps, &order, &[1, 0, 3], &Err(Unfit::NotAllOrdered));
    check(&steps, &order, &[1, 2], &Err(Unfit::NotAllOrdered));
    check(&steps, &order, &[], &Err(Unfit::NotAllOrdered));
    check(&steps, &order, &[2, 3, 2], &Err(Unfit::SamePosition(2)));
    check(&steps, &order, &[1, 2, 4], &Err(Unfit::NoSuchPlace));
    check(&steps, &order, &[1, 2, 3, 3], &Err(Unfit::NoSuchPlace));
}

#[test]
fn each_term_gets_the_match_that_was_chosen_for_it() {
    let pair = |term: &str, fits: &str| Pair { term: prose(term), at: None, fits: prose(fits), reason: Prose::default() };
    let pairs = vec![pair("a", "x"), pair("b", "y"), pair("c", "x")];
    let matching = Interaction::Matching(Matching { pairs, extras: vec![part("z")] });
    assert_eq!(matching.shuffled(), 3);
    let order = [2, 1, 0];
    check(&matching, &order, &[3, 2, 3], &Ok(Response::Matched(vec![0, 1, 0])));
    check(&matching, &order, &[1, 1, 1], &Ok(Response::Matched(vec![2, 2, 2])));
    check(&matching, &order, &[1, 0, 1], &Err(Unfit::NotAllMatched));
    check(&matching, &order, &[1, 1], &Err(Unfit::NotAllMatched));
    check(&matching, &order, &[1, 1, 4], &Err(Unfit::NoSuchPlace));
    check(&matching, &order, &[1, 1, 1, 1], &Err(Unfit::NoSuchPlace));
}

#[test]
fn what_is_typed_is_kept_as_it_is_if_it_can_be_read() {
    let typed = Typed {
        form: TypedForm::Ipv4,
        tolerance: 0,
        accepted: vec!["10.0.0.1".to_owned()],
        reason: Prose::default(),
        mistakes: vec![],
    };
    let typed = Interaction::Typed(typed);
    let read = |text| Response::read(&typed, &[], Given { choices: &[1, 2], text });
    assert_eq!(read(" 10.0.0.9 "), Ok(Response::Typed("10.0.0.9".to_owned())));
    assert_eq!(read("10.0.0"), Err(Unfit::Unreadable(Unreadable::NotAnAddress)));
    assert_eq!(read("  "), Err(Unfit::Unreadable(Unreadable::Empty)));
    let stored = Response::stored(&typed, vec![], Some("10.0.0.9".to_owned()));
    assert_eq!((stored.text(), stored.places()), (Some("10.0.0.9"), &[][..]));
}

#[test]
fn what_is_not_whole_counts_as_far_as_it_goes() {
    let so_far = |interaction: &Interaction, order: &[u8], choices: &[u8]| {
        Response::so_far(interaction, order, Given { choices, text: "" })
    };
    let option = |key| ItemOption { text: prose("o"), key, at: None, reason: Prose::default() };
    let two = Interaction::Choice(Choice { options: [true, true, false].map(option).into(), ordered: false });
    assert_eq!(so_far(&two, &[2, 0, 1], &[3]), Ok(Some(Response::Chosen(vec![1]))));
    assert_eq!(so_far(&two, &[2, 0, 1], &[1, 2, 3]), Ok(Some(Response::Chosen(vec![0, 1, 2]))));
    assert_eq!(so_far(&two, &[2, 0, 1], &[4]), Err(Unfit::NoSuchPlace));
    assert_eq!(so_far(&two, &[2, 0, 1], &[]), Ok(None));
    let steps = Interaction::Ordering(["a", "b", "c"].map(part).into());
    // The page shows c, a, b: c is third, a has no position, b is first.
    assert_eq!(so_far(&steps, &[2, 0, 1], &[3, 0, 1]), Ok(Some(Response::Ordered(vec![1, NOTHING, 2]))));
    assert_eq!(so_far(&steps, &[2, 0, 1], &[1, 1, 2]), Ok(Some(Response::Ordered(vec![NOTHING, 1, NOTHING]))), "two first ones");
    assert_eq!(so_far(&steps, &[2, 0, 1], &[0, 0, 0]), Ok(None));
    assert_eq!(so_far(&steps, &[2, 0, 1], &[9, 0, 0]), Err(Unfit::NoSuchPlace));
}

#[test]
fn what_was_typed_is_kept_though_it_cannot_be_read() {
    let form = TypedForm::Ipv4;
    let typed = Interaction::Typed(Typed {
        form,
        tolerance: 0,
        accepted: vec!["192.0.2.1".to_owned()],
        reason: Prose::default(),
        mistakes: vec![],
    });
    let so_far = |text| Response::so_far(&typed, &[], Given { choices: &[], text });
    assert_eq!(so_far(" 192.0.2 "), Ok(Some(Response::Typed("192.0.2".to_owned()))));
    assert_eq!(so_far("192.0.2.1"), Ok(Some(Response::Typed("192.0.2.1".to_owned()))));
    assert_eq!(so_far("  "), Ok(None));
}
