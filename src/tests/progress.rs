//! Where a learner stands, and the one next thing to do.

use app::practice::api::{Practice as _, PracticeRequest};
use app::progress::api::{NextStepView, Progress as _};
use domain::scoring::Mark;
use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::learner::{Learner, request};
use crate::support::site::Site;

/// Right of first answers, by domain of the exam practised last.
async fn standing(learner: &Learner) -> Vec<(u32, u32)> {
    let standing = learner.caller.standing().await.unwrap();
    standing.exams[0].domains.iter().map(|domain| (domain.mark.correct, domain.mark.of)).collect()
}

async fn next(learner: &Learner) -> NextStepView {
    learner.caller.standing().await.unwrap().next
}

fn domain(number: u8) -> PracticeRequest {
    PracticeRequest { domains: vec![number], ..request(90) }
}

#[sqlx::test]
async fn who_has_not_practised_stands_nowhere_and_chooses_an_exam(db: PgPool) {
    let site = Site::new(db).with_bank(&Bank::small()).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    bob.practise(request(10), |_| true).await;
    let standing = ada.caller.standing().await.unwrap();
    assert_eq!((standing.exams, standing.next), (vec![], NextStepView::ChooseExam));
}

#[sqlx::test]
async fn only_the_first_answer_to_an_item_counts(db: PgPool) {
    let ada = Learner::at(&Site::new(db).with_bank(&Bank::small()).await, "ada").await;
    ada.practise(domain(2), |item| item.as_str().starts_with("alpha-2-1")).await;
    assert_eq!(standing(&ada).await, [(0, 0), (4, 8), (0, 0)]);
    ada.practise(domain(2), |_| true).await;
    assert_eq!(standing(&ada).await, [(0, 0), (4, 8), (0, 0)], "a repeat changed the standing");
    ada.practise(request(90), |_| false).await;
    assert_eq!(standing(&ada).await, [(0, 8), (4, 8), (0, 8)]);
}

#[sqlx::test]
async fn an_open_quiz_stands_in_no_mark_until_it_is_finished(db: PgPool) {
    let ada = Learner::at(&Site::new(db).with_bank(&Bank::small()).await, "ada").await;
    let attempt = ada.caller.begin(domain(1)).await.unwrap();
    ada.answer_next(attempt, 3, |_| true).await;
    assert_eq!(ada.caller.standing().await.unwrap().exams, []);
    ada.caller.finish(attempt).await.unwrap();
    assert_eq!(standing(&ada).await, [(3, 3), (0, 0), (0, 0)]);
    let weights_and_items = |standing: app::progress::api::StandingView| {
        standing.exams[0].domains.iter().map(|domain| (domain.weight, domain.items)).collect::<Vec<_>>()
    };
    assert_eq!(weights_and_items(ada.caller.standing().await.unwrap()), [(50, 8), (30, 8), (20, 8)]);
}

#[sqlx::test]
async fn next_is_the_open_quiz_then_the_heavy_untouched_domain_then_the_weakest(db: PgPool) {
    let ada = Learner::at(&Site::new(db).with_bank(&Bank::small()).await, "ada").await;
    let attempt = ada.caller.begin(domain(1)).await.unwrap();
    ada.answer_next(attempt, 3, |_| true).await;
    let exam_name = "Exam alpha".to_owned();
    let open = NextStepView::Continue { attempt, exam_name: exam_name.clone(), answered: 3, questions: 8 };
    assert_eq!(next(&ada).await, open);

    ada.answer_next(attempt, 5, |_| true).await;
    let start = |domain: u8| NextStepView::StartDomain {
        exam: "alpha".into(),
        exam_name: exam_name.clone(),
        domain,
        domain_name: format!("Domain {domain} of alpha"),
    };
    assert_eq!(next(&ada).await, start(2));
    assert_eq!(ada.caller.result(attempt).await.unwrap().next, start(2), "the result page says the same");

    ada.practise(domain(2), |_| true).await;
    assert_eq!(next(&ada).await, start(3));

    ada.practise(domain(3), |item| item.as_str().ends_with('1')).await;
    let mark = Mark { correct: 2, of: 8 };
    let practise = NextStepView::PractiseDomain {
        exam: "alpha".into(),
        exam_name,
        domain: 3,
        domain_name: "Domain 3 of alpha".into(),
        mark,
    };
    assert_eq!(next(&ada).await, practise);
}

#[sqlx::test]
async fn of_two_open_quizzes_the_later_one_is_next(db: PgPool) {
    let ada = Learner::at(&Site::new(db).with_bank(&Bank::small()).await, "ada").await;
    let (first, second) = (ada.begin(5).await, ada.begin(5).await);
    assert!(matches!(next(&ada).await, NextStepView::Continue { attempt, .. } if attempt == second));
    ada.caller.finish(second).await.unwrap();
    assert!(matches!(next(&ada).await, NextStepView::Continue { attempt, .. } if attempt == first));
}

#[sqlx::test]
async fn the_exam_finished_last_comes_first(db: PgPool) {
    let bank = Bank::small().exam("beta", &[(60, &[6]), (40, &[0])]);
    let ada = Learner::at(&Site::new(db).with_bank(&bank).await, "ada").await;
    let beta = PracticeRequest { exam: "beta".into(), ..request(2) };
    let order =
        async || -> Vec<String> { ada.caller.standing().await.unwrap().exams.iter().map(|exam| exam.exam.to_string()).collect() };
    ada.practise(request(5), |_| true).await;
    ada.practise(beta.clone(), |_| true).await;
    assert_eq!(order().await, ["beta", "alpha"]);
    // Its other domain has no items, so it cannot be next.
    assert!(matches!(next(&ada).await, NextStepView::PractiseDomain { exam, domain: 1, .. } if exam.as_str() == "beta"));
    ada.practise(request(5), |_| true).await;
    assert_eq!(order().await, ["alpha", "beta"]);
}
