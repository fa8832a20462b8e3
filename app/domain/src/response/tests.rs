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
