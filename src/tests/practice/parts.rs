//! Questions that are no choice: steps to order, terms to match, places to label, an answer to type. And places to choose from.

use app::error::AppError;
use app::practice::api::{Answer, Practice as _, QuestionView, Task, Told};
use domain::scoring::{Credit, Mark, Score};
use http::StatusCode;
use sqlx::PgPool;

use crate::support::bank::{Bank, asked_in, options};
use crate::support::browser::{Answer as Page, Browser};
use crate::support::learner::{Learner, answer, request};
use crate::support::site::{PASSWORD, Site, fields};

async fn site(db: PgPool) -> Site {
    Site::new(db).with_bank(&Bank::small().with_parts()).await
}

async fn ada(db: PgPool) -> Learner {
    Learner::at(&site(db).await, "ada").await
}

/// The position of each step as it is shown, given where each belongs by its number in the text, from 1.
fn positions(question: &QuestionView, position_of: impl Fn(u8) -> u8) -> Vec<u8> {
    let Task::Ordering { steps } = &question.prompt.task else { panic!("{:?}", question.prompt) };
    steps.iter().map(|step| position_of(step.plain_text().strip_prefix("Step ").unwrap().parse().unwrap())).collect()
}

/// The places of matches as they are shown.
fn places(question: &QuestionView, wanted: [&str; 4]) -> Vec<u8> {
    let Task::Matching { terms, matches } = &question.prompt.task else { panic!("{:?}", question.prompt) };
    assert_eq!((terms.len(), matches.len()), (4, 3), "a match that fits twice is offered once");
    let place = |text: &str| (1_u8..).zip(matches).find(|(_, offered)| *offered == text).unwrap().0;
    wanted.map(place).to_vec()
}

async fn type_in(ada: &Learner, question: &QuestionView, text: &str) -> Result<QuestionView, AppError> {
    ada.caller.answer(Answer { text: text.to_owned(), ..answer(question, vec![]) }).await
}

fn score(told: &QuestionView) -> (u8, u8) {
    let Score { points, of } = told.verdict.as_ref().unwrap().score.unwrap();
    (points, of)
}

#[sqlx::test]
async fn each_step_at_its_position_has_a_point_and_is_told(db: PgPool) {
    let ada = ada(db).await;
    let question = ada.ask_part("parts-order").await;
    let swapped = positions(&question, |step| [2, 1, 3, 4][usize::from(step) - 1]);
    let told = ada.answer(&question, swapped).await.unwrap();
    assert_eq!(score(&told), (2, 4));
    let Told::Ordering(steps) = told.verdict.unwrap().reveal.told else { panic!() };
    let steps: Vec<_> = steps.iter().map(|step| (step.text.plain_text(), step.given)).collect();
    let expected = [("Step 1", 2), ("Step 2", 1), ("Step 3", 3), ("Step 4", 4)].map(|(text, at)| (text.to_owned(), Some(at)));
    assert_eq!(steps, expected);
    let stored = "select count(*) from attempt_items where chosen = '{1,0,2,3}' and points = 2 and points_of = 4 and not correct";
    assert_eq!(ada.site.count(stored).await, 1, "places in the file, whatever order was shown");
    let right = ada.ask_part("parts-order").await;
    assert_eq!(score(&ada.answer(&right, positions(&right, |step| step)).await.unwrap()), (4, 4));
}

#[sqlx::test]
async fn each_term_with_its_match_has_a_point_and_is_told(db: PgPool) {
    let ada = ada(db).await;
    let question = ada.ask_part("parts-match").await;
    let told = ada.answer(&question, places(&question, ["Match x", "Match x", "Match z", "Match y"])).await.unwrap();
    assert_eq!(score(&told), (2, 4));
    let Told::Matching { pairs, extras } = told.verdict.unwrap().reveal.told else { panic!() };
    let rows: Vec<_> =
        pairs.iter().map(|pair| (pair.fits.plain_text(), pair.given.as_ref().unwrap().plain_text(), pair.right)).collect();
    let expected = [("x", "x", true), ("y", "x", false), ("x", "z", false), ("y", "y", true)];
    assert_eq!(rows, expected.map(|(fits, given, right)| (format!("Match {fits}"), format!("Match {given}"), right)));
    assert_eq!(extras.len(), 1);
}

#[sqlx::test]
async fn each_place_with_its_label_has_a_point_and_is_told(db: PgPool) {
    let ada = ada(db).await;
    let question = ada.ask_part("parts-place").await;
    let picture = question.prompt.picture.as_ref().unwrap();
    assert_eq!((picture.points.len(), picture.points[3].x, picture.markup.matches("</").count()), (4, 180, 2));
    let told = ada.answer(&question, places(&question, ["Match x", "Match x", "Match z", "Match y"])).await.unwrap();
    assert_eq!(score(&told), (2, 4));
    let Told::Matching { pairs, extras } = told.verdict.unwrap().reveal.told else { panic!() };
    assert_eq!(pairs.iter().map(|pair| pair.right).collect::<Vec<_>>(), [true, false, false, true]);
    assert_eq!(extras.len(), 1);
    let stored = "select count(*) from attempt_items where chosen = '{0,0,2,1}' and points = 2 and points_of = 4 and not correct";
    assert_eq!(ada.site.count(stored).await, 1, "places in the file, whatever order was shown");
    let right = ada.ask_part("parts-place").await;
    let right = ada.answer(&right, places(&right, ["Match x", "Match y", "Match x", "Match y"])).await.unwrap();
    assert_eq!(score(&right), (4, 4));
}

#[sqlx::test]
async fn places_to_choose_from_have_the_numbers_of_their_options(db: PgPool) {
    let ada = ada(db).await;
    let mut shown = std::collections::BTreeSet::new();
    for _ in 0..8 {
        let question = ada.ask_part("parts-where").await;
        let numbers: Vec<u16> =
            options(&question).iter().map(|text| text.plain_text().strip_prefix("Spot ").unwrap().parse().unwrap()).collect();
        let points = &question.prompt.picture.as_ref().unwrap().points;
        assert_eq!(
            points.iter().map(|point| point.x).collect::<Vec<_>>(),
            numbers.iter().map(|n| n * 40 - 10).collect::<Vec<_>>()
        );
        shown.insert(numbers);
    }
    assert!(shown.len() > 2, "{shown:?}");
    let question = ada.ask_part("parts-where").await;
    let told = ada.answer(&question, ada.right(&question)).await.unwrap();
    assert_eq!(score(&told), (1, 1));
}

#[sqlx::test]
async fn a_picture_keeps_its_words_and_shows_what_was_chosen_where(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    let page = page_of(&mut ada, "parts-place").await;
    assert!(page.has("role=\"img\"") && page.has("aria-label=\"A board\"") && page.has("Four sockets beside each other"));
    assert!(page.has(">Board</text>") && page.body.matches("<circle").count() == 4, "{}", page.body);
    assert_eq!(page.body.matches("place-chosen").count(), 0);
    let refused = send(&mut ada, &page, "answer[choices][]", &["3", "1", "0", "2"]).await;
    assert!(refused.has("Choose a label for each place."), "{}", refused.body);
    assert_eq!(refused.body.matches("place-chosen").count(), 3, "labels that were chosen stay on the picture");
    let sent = send(&mut ada, &page, "answer[choices][]", &["1", "1", "1", "1"]).await;
    let told = ada.get(sent.location().unwrap()).await;
    let signs = ["right", "wrong"].map(|state| told.body.matches(&format!("class=\"place place-{state}\"")).count());
    assert_eq!(signs.iter().sum::<usize>(), 4, "{}", told.body);
    assert!(told.body.contains("✗ Match") && told.has("wrong: your answer"), "{}", told.body);
}

#[sqlx::test]
async fn a_typed_answer_is_read_by_its_meaning_and_a_foreseen_mistake_is_explained(db: PgPool) {
    let ada = ada(db).await;
    let question = ada.ask_part("parts-typed").await;
    let told = type_in(&ada, &question, "  Loop-Back ").await.unwrap();
    assert_eq!(score(&told), (1, 1));
    assert_eq!(ada.site.count("select count(*) from responses where typed = 'Loop-Back' and chosen = '{}'").await, 1);
    let Told::Typed(typed) = told.verdict.unwrap().reveal.told else { panic!() };
    assert_eq!((typed.given.as_deref(), typed.right, typed.mistakes.len()), (Some("Loop-Back"), true, 1));

    let question = ada.ask_part("parts-typed").await;
    let told = type_in(&ada, &question, "hush parts typed reason2").await.unwrap();
    assert_eq!(score(&told), (0, 1));
    let Told::Typed(typed) = told.verdict.unwrap().reveal.told else { panic!() };
    assert!(typed.made.unwrap().plain_text().contains("reason3") && typed.mistakes.is_empty());
}

#[sqlx::test]
async fn an_answer_that_is_not_whole_is_refused_with_what_to_do(db: PgPool) {
    let ada = ada(db).await;
    let (order, pairs, typed) =
        (ada.ask_part("parts-order").await, ada.ask_part("parts-match").await, ada.ask_part("parts-typed").await);
    let labels = ada.ask_part("parts-place").await;
    let cases: [(&QuestionView, &[u8], &str); 8] = [
        (&order, &[], "Give each step a position."),
        (&order, &[1, 2, 0, 4], "Give each step a position."),
        (&order, &[1, 2, 2, 4], "Two steps have position 2. Give each step a position of its own."),
        (&pairs, &[1, 1, 1], "Choose a match for each term."),
        (&pairs, &[0, 1, 1, 1], "Choose a match for each term."),
        (&pairs, &[], "Choose a match for each term."),
        (&labels, &[1, 1, 0, 1], "Choose a label for each place."),
        (&labels, &[1, 1, 1], "Choose a label for each place."),
    ];
    for (question, choices, words) in cases {
        let refused = ada.answer(question, choices.to_vec()).await;
        assert_eq!(fields(&refused)["answer[choices][]"], words, "{choices:?}");
    }
    for (text, words) in [
        ("", "Type an answer."),
        (" - ", "Type an answer."),
        (&"a".repeat(201), "This answer is too long. Keep it to 200 characters."),
    ] {
        assert_eq!(fields(&type_in(&ada, &typed, text).await)["answer[text]"], words);
    }
    for (question, choices) in [
        (&order, vec![1, 2, 3, 5]),
        (&order, vec![1, 2, 3, 4, 1]),
        (&pairs, vec![1, 1, 1, 4]),
        (&pairs, vec![1; 5]),
        (&labels, vec![1, 1, 1, 4]),
    ] {
        assert_eq!(ada.answer(question, choices).await, Err(AppError::BadRequest));
    }
    assert_eq!(ada.site.count("select count(*) from responses").await, 0);
}

#[sqlx::test]
async fn what_is_shown_has_another_order_for_each_learner(db: PgPool) {
    let ada = ada(db).await;
    let mut shown = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let (order, pairs) = (ada.ask_part("parts-order").await, ada.ask_part("parts-match").await);
        let Task::Matching { matches, .. } = &pairs.prompt.task else { panic!() };
        shown.insert((positions(&order, |step| step), matches.clone()));
    }
    assert!(shown.len() > 4, "{shown:?}");
}

#[sqlx::test]
async fn parts_that_were_right_are_added_up_in_the_result_and_the_question_is_missed(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.caller.begin(app::practice::api::PracticeRequest { exam: "parts".into(), ..request(5) }).await.unwrap();
    for position in 1..=5 {
        let question = ada.ask(attempt, position).await;
        let told = match &question.prompt.task {
            Task::Ordering { .. } => {
                ada.answer(&question, positions(&question, |step| [1, 2, 4, 3][usize::from(step) - 1])).await
            }
            Task::Matching { .. } => ada.answer(&question, places(&question, ["Match x", "Match y", "Match x", "Match z"])).await,
            Task::Choice { .. } => ada.answer(&question, ada.right(&question)).await,
            Task::Typed(_) => type_in(&ada, &question, "loopback").await,
            Task::Simulation => unreachable!("none in a quiz"),
        };
        assert!(told.is_ok(), "{told:?}");
    }
    let result = ada.caller.result(attempt).await.unwrap();
    assert_eq!((result.total, result.missed), (Mark { correct: 2, of: 5 }, 3));
    assert_eq!(result.credit, Credit { hundredths: 50 + 75 + 75 + 100 + 100 });
    assert_eq!(ada.site.count("select sum(correct)::bigint from mastery").await, 2);
    let mut browser = Browser::new(&ada.site);
    browser.post("/api/accounts/sign-in", &[("from", "/sign-in"), ("name", "ada"), ("password", PASSWORD)]).await;
    let page = browser.get(&format!("/practice/{attempt}/result")).await;
    assert!(page.has("4.00") && page.has("Partly right, 2 of 4") && page.has("Partly right, 3 of 4"), "{}", page.body);
}

#[sqlx::test]
async fn an_answer_from_before_there_were_points_keeps_its_mark(db: PgPool) {
    let ada = ada(db.clone()).await;
    let attempt = ada.practise(request(6), |item| item.as_str().ends_with('1')).await;
    let before = ada.caller.result(attempt).await.unwrap();
    for step in [
        include_str!("../../../migrations/20261125020000_add_points.down.sql"),
        include_str!("../../../migrations/20261125020000_add_points.up.sql"),
    ] {
        sqlx::raw_sql(step).execute(&db).await.unwrap();
    }
    assert_eq!(ada.caller.result(attempt).await.unwrap(), before);
    assert_eq!(ada.site.count("select count(*) from responses where correct = (points = 1) and points_of = 1").await, 6);
}

/// The page of one of the questions of a new quiz.
async fn page_of(ada: &mut Browser, item: &str) -> Page {
    let send = [("from", "/practice"), ("request[exam]", "parts"), ("request[count]", "5")];
    let path = ada.post("/api/practice/begin", &send).await.location().unwrap().to_owned();
    for position in 1..=5 {
        let page = ada.get(&format!("{path}/{position}")).await;
        if asked_in(&page.body).as_str() == item {
            return page;
        }
    }
    panic!("{item} was not asked");
}

async fn send(ada: &mut Browser, page: &Page, name: &str, values: &[&str]) -> Page {
    let mut fields = page.form("/api/practice/answer");
    fields.extend(values.iter().map(|value| (name.to_owned(), (*value).to_owned())));
    ada.post("/api/practice/answer", &fields).await
}

#[sqlx::test]
async fn a_form_that_comes_back_keeps_its_menus_and_its_text(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    let page = page_of(&mut ada, "parts-order").await;
    assert_eq!(page.body.matches("<select").count(), 4);
    let refused = send(&mut ada, &page, "answer[choices][]", &["3", "1", "3", "2"]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Two steps have position 3."), "{}", refused.body);
    let selected: Vec<_> =
        refused.body.split("<option ").filter(|option| option.split('>').next().unwrap().contains("selected")).collect();
    let values: Vec<_> =
        selected.iter().map(|option| option.split("value=\"").nth(1).unwrap().split('"').next().unwrap()).collect();
    assert_eq!(values, ["3", "1", "3", "2"]);

    let page = page_of(&mut ada, "parts-typed").await;
    let long = format!("kept {}", "a".repeat(200));
    let refused = send(&mut ada, &page, "answer[text]", &[&long]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("This answer is too long.") && refused.has("value=\"kept ") && refused.has("aria-invalid=\"true\""),
        "{}",
        refused.body
    );
}

#[sqlx::test]
async fn plain_forms_lead_to_the_verdict_of_every_part(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    for (item, name, values, words) in [
        ("parts-order", "answer[choices][]", &["1", "2", "3", "4"][..], "position"),
        ("parts-match", "answer[choices][]", &["1", "1", "1", "1"], "Fits none of the terms"),
        ("parts-place", "answer[choices][]", &["1", "1", "1", "1"], "Belongs to none of the places"),
        ("parts-typed", "answer[text]", &["nothing like it"], "Wrong, your answer"),
    ] {
        let page = page_of(&mut ada, item).await;
        let sent = send(&mut ada, &page, name, values).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let told = ada.get(sent.location().unwrap()).await;
        assert!(told.has("and why") && told.has(words) && told.has("Objective"), "{}", told.body);
    }
}
