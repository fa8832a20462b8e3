//! What a quiz is drawn from.

use std::collections::BTreeSet;

use app::error::AppError;
use app::practice::api::{Practice as _, PracticeRequest};
use domain::ids::AttemptId;
use domain::practice::Pool;
use sqlx::PgPool;

use super::{NOTHING, ada};
use crate::support::bank::options;
use crate::support::learner::{Learner, request};
use crate::support::site::fields;

#[sqlx::test]
async fn a_quiz_has_as_many_questions_as_asked_for_and_as_there_are(db: PgPool) {
    let ada = ada(db).await;
    for (count, questions) in [(1, 1), (10, 10), (24, 24), (25, 24), (90, 24)] {
        let attempt = ada.begin(count).await;
        assert_eq!(ada.ask(attempt, 1).await.questions, questions, "{count}");
        assert_eq!(items(&ada, attempt).await.len(), usize::from(questions), "an item twice");
    }
}

#[sqlx::test]
async fn the_number_of_questions_has_bounds(db: PgPool) {
    let ada = ada(db).await;
    for count in [0, 91, u16::MAX] {
        let answer = ada.caller.begin(request(count)).await;
        assert_eq!(fields(&answer)["request[count]"], "Choose between 1 and 90 questions.");
    }
    assert_eq!(ada.site.count("select count(*) from attempts").await, 0);
}

#[sqlx::test]
async fn a_quiz_follows_the_weights_of_the_domains(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(10).await;
    let drawn = objectives(&ada, attempt).await;
    let share = |domain: &str| drawn.iter().filter(|objective| objective.starts_with(domain)).count();
    assert_eq!([share("1."), share("2."), share("3.")], [5, 3, 2]);
}

#[sqlx::test]
async fn domains_and_objectives_narrow_a_quiz(db: PgPool) {
    let ada = ada(db).await;
    let cases: [(&[u8], &[&str], &[&str]); 5] = [
        (&[], &[], &["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]),
        (&[2], &[], &["2.1", "2.2"]),
        (&[], &["3.2"], &["3.2"]),
        (&[1, 2], &["1.2"], &["1.2", "2.1", "2.2"]),
        (&[3], &["3.1", "9.9"], &["3.1"]),
    ];
    for (domains, chosen, expected) in cases {
        let chosen = chosen.iter().map(|id| (*id).into()).collect();
        let narrowed = PracticeRequest { domains: domains.to_vec(), objectives: chosen, ..request(90) };
        let attempt = ada.caller.begin(narrowed).await.unwrap();
        let met: BTreeSet<_> = objectives(&ada, attempt).await.into_iter().collect();
        assert_eq!(met.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{domains:?}");
    }
}

#[sqlx::test]
async fn where_nothing_fits_no_quiz_is_begun(db: PgPool) {
    let ada = ada(db).await;
    let no_domain = PracticeRequest { domains: vec![9], ..request(10) };
    let no_objective = PracticeRequest { objectives: vec!["9.9".into()], ..request(10) };
    for nothing in [no_domain, no_objective] {
        assert_eq!(ada.caller.begin(nothing).await, Err(NOTHING));
    }
    let no_exam = PracticeRequest { exam: "beta".into(), ..request(10) };
    assert_eq!(ada.caller.begin(no_exam).await, Err(AppError::NotFound));
    assert_eq!(ada.site.count("select count(*) from attempts").await, 0);
}

#[sqlx::test]
async fn unseen_leaves_out_what_was_answered_and_missed_keeps_what_went_wrong(db: PgPool) {
    let ada = ada(db).await;
    let known = |item: &domain::ids::ItemId| item.as_str().ends_with('1');
    let first = ada.practise(PracticeRequest { domains: vec![1], ..request(90) }, known).await;
    let answered = items(&ada, first).await;

    let unseen = ada.caller.begin(PracticeRequest { pool: Pool::Unseen, ..request(90) }).await.unwrap();
    let unseen = items(&ada, unseen).await;
    assert_eq!((unseen.len(), unseen.intersection(&answered).count()), (16, 0));

    let missed = PracticeRequest { pool: Pool::Missed, ..request(90) };
    let again = ada.caller.begin(missed.clone()).await.unwrap();
    let expected: BTreeSet<_> = answered.into_iter().filter(|item| !item.ends_with('1')).collect();
    assert_eq!(items(&ada, again).await, expected);

    ada.answer_next(again, expected.len(), |_| true).await;
    let none = ada.caller.begin(missed).await;
    assert!(fields(&none)["request[pool]"].contains("wrong last time"), "the latest answer counts");
}

#[sqlx::test]
async fn the_order_of_options_stays_for_the_whole_attempt(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(24).await;
    let mut orders = BTreeSet::new();
    for position in 1..=24 {
        let before = ada.ask(attempt, position).await;
        assert_eq!(ada.ask(attempt, position).await.prompt, before.prompt);
        let after = ada.answer(&before, ada.right(&before)).await.unwrap();
        assert_eq!(after.prompt, before.prompt);
        assert_eq!(ada.ask(attempt, position).await.prompt, before.prompt);
        let places = options(&before).iter().map(|text| text.plain_text().split('-').next().unwrap().to_owned());
        orders.insert(places.collect::<Vec<_>>());
    }
    assert!(orders.len() > 5, "the options are not shuffled: {orders:?}");
}

#[sqlx::test]
async fn the_builder_shows_the_exam_practised_last_and_the_open_quiz(db: PgPool) {
    let ada = ada(db).await;
    let fresh = ada.caller.builder(None).await.unwrap();
    assert_eq!((fresh.exam.as_str(), fresh.open), ("alpha", None));
    assert_eq!(fresh.domains.iter().map(|domain| domain.items).collect::<Vec<_>>(), [8, 8, 8]);
    assert_eq!(ada.caller.builder(Some("no-such-exam".into())).await.unwrap().exam.as_str(), "alpha");
    let attempt = ada.begin(5).await;
    ada.answer_next(attempt, 2, |_| true).await;
    let open = ada.caller.builder(None).await.unwrap().open.unwrap();
    assert_eq!((open.id, open.answered, open.questions), (attempt, 2, 5));
    ada.caller.finish(attempt).await.unwrap();
    assert_eq!(ada.caller.builder(None).await.unwrap().open, None);
}

pub(super) async fn items(learner: &Learner, attempt: AttemptId) -> BTreeSet<String> {
    column(learner, "select item_id from attempt_items where attempt_id = $1", attempt).await.into_iter().collect()
}

async fn objectives(learner: &Learner, attempt: AttemptId) -> Vec<String> {
    column(learner, "select objective_id from attempt_items where attempt_id = $1", attempt).await
}

async fn column(learner: &Learner, sql: &'static str, attempt: AttemptId) -> Vec<String> {
    sqlx::query_scalar(sql).bind(attempt.0).fetch_all(&learner.site.server.db).await.unwrap()
}
