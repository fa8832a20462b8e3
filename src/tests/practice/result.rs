//! Results, history, marks for review, and practising only what was missed.

use app::practice::api::Practice as _;
use domain::scoring::{Mark, Score};
use sqlx::PgPool;

use super::{NOTHING, OPEN, ada, site};
use crate::support::bank::{asked, domain_of};
use crate::support::learner::{Learner, request};

#[sqlx::test]
async fn marks_add_up_by_objective_and_domain(db: PgPool) {
    let ada = ada(db).await;
    // Right in domain 1, and in the second objective of domain 2.
    let knows = |item: &domain::ids::ItemId| item.as_str().starts_with("alpha-1") || item.as_str().starts_with("alpha-2-2");
    let attempt = ada.practise(request(24), knows).await;
    let result = ada.caller.result(attempt).await.unwrap();
    assert_eq!((result.total, result.missed), (Mark { correct: 12, of: 24 }, 12));
    let domains: Vec<_> = result.domains.iter().map(|domain| (domain.number, domain.mark.correct, domain.mark.of)).collect();
    assert_eq!(domains, [(1, 8, 8), (2, 4, 8), (3, 0, 8)]);
    let objectives = result.domains.iter().flat_map(|domain| &domain.objectives);
    let objectives: Vec<_> = objectives.map(|objective| (objective.id.as_str(), objective.mark.correct)).collect();
    assert_eq!(objectives, [("1.1", 4), ("1.2", 4), ("2.1", 0), ("2.2", 4), ("3.1", 0), ("3.2", 0)]);
    for row in &result.questions {
        let item = asked(&ada.ask(attempt, row.position).await);
        assert!(row.title.contains(item.as_str()) && row.score.map(Score::is_right) == Some(knows(&item)), "{row:?}");
        assert_eq!(row.objective, ada.site.server.catalog.item(&item).unwrap().objective);
    }
}

#[sqlx::test]
async fn domains_that_were_not_asked_are_not_in_the_result(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(3).await;
    ada.answer_next(attempt, 1, |_| true).await;
    let first = asked(&ada.ask(attempt, 1).await);
    ada.caller.finish(attempt).await.unwrap();
    let result = ada.caller.result(attempt).await.unwrap();
    let domain = domain_of(ada.site.server.catalog.item(&first).unwrap());
    assert_eq!(result.domains.iter().map(|domain| domain.number).collect::<Vec<_>>(), [domain]);
}

#[sqlx::test]
async fn there_is_no_result_while_a_quiz_is_open(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(3).await;
    assert_eq!(ada.caller.result(attempt).await, Err(OPEN));
    assert_eq!(ada.caller.begin_missed(attempt).await, Err(OPEN));
}

#[sqlx::test]
async fn what_was_missed_or_left_open_is_practised_again(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(10).await;
    ada.answer_next(attempt, 6, |item| item.as_str().ends_with('1')).await;
    ada.caller.finish(attempt).await.unwrap();
    let result = ada.caller.result(attempt).await.unwrap();
    let mut missed = Vec::new();
    for row in result.questions.iter().filter(|row| !row.score.is_some_and(Score::is_right)) {
        missed.push(asked(&ada.ask(attempt, row.position).await));
    }
    let again = ada.caller.begin_missed(attempt).await.unwrap();
    let mut drawn = Vec::new();
    for position in 1..=result.missed {
        let question = ada.ask(again, position).await;
        assert_eq!((question.verdict.is_none(), question.questions), (true, result.missed));
        drawn.push(asked(&question));
    }
    missed.sort();
    drawn.sort();
    assert_eq!(drawn, missed);
}

#[sqlx::test]
async fn where_nothing_was_missed_there_is_nothing_to_ask(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.practise(request(4), |_| true).await;
    assert_eq!(ada.caller.result(attempt).await.unwrap().missed, 0);
    assert_eq!(ada.caller.begin_missed(attempt).await, Err(NOTHING));
}

#[sqlx::test]
async fn a_mark_for_review_stays_until_it_is_taken_away(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(3).await;
    assert!(ada.caller.mark(attempt, 2, true).await.unwrap().marked);
    assert!(ada.caller.mark(attempt, 2, true).await.unwrap().marked);
    let question = ada.ask(attempt, 2).await;
    assert_eq!((question.marked, question.answered, question.verdict), (true, 0, None));
    assert!(!ada.ask(attempt, 1).await.marked);
    ada.answer_next(attempt, 3, |_| false).await;
    let marked: Vec<_> = ada.caller.result(attempt).await.unwrap().questions.iter().map(|row| row.marked).collect();
    assert_eq!(marked, [false, true, false]);
    assert!(!ada.caller.mark(attempt, 2, false).await.unwrap().marked);
    assert!(!ada.ask(attempt, 2).await.marked);
}

#[sqlx::test]
async fn history_comes_in_pages_the_latest_first(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    let empty = ada.caller.history(1).await.unwrap();
    assert_eq!((empty.attempts.len(), empty.page, empty.pages), (0, 1, 1));
    let mut begun = Vec::new();
    for _ in 0..41 {
        begun.push(ada.begin(1).await);
    }
    Learner::at(&site, "bob").await.begin(1).await;
    begun.reverse();
    for (asked_for, page, rows) in [(1, 1, &begun[..20]), (2, 2, &begun[20..40]), (3, 3, &begun[40..]), (0, 1, &begun[..20])] {
        let history = ada.caller.history(asked_for).await.unwrap();
        assert_eq!((history.page, history.pages), (page, 3), "{asked_for}");
        assert_eq!(history.attempts.iter().map(|row| row.id).collect::<Vec<_>>(), rows, "{asked_for}");
    }
    assert_eq!(ada.caller.history(u32::MAX).await.unwrap().page, 3, "beyond the end");
    ada.answer_next(begun[0], 1, |_| true).await;
    let row = ada.caller.history(1).await.unwrap().attempts.remove(0);
    assert_eq!((row.mark, row.answered, row.questions), (Mark { correct: 1, of: 1 }, 1, 1));
    assert!(row.finished_at.is_some_and(|at| at.ends_with('Z')));
}
