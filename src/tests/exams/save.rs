//! Changes to the questions of a running exam.

use app::error::{AppError, Conflict};
use app::exams::api::{Answered, Change, Exams as _};
use domain::exams::{Confidence, Mode};
use domain::ids::WriterId;
use futures::StreamExt as _;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::sitter::Sitter;

const STORED: &str =
    "select concat_ws(' ', position, given::text, sequence, coalesce(chosen::text, 'open'), marked, confidence, struck::text)
                      from attempt_items where sequence > 0 order by position";

/// A question that wants two options; items of the bank have some.
async fn multiple(sitter: &Sitter) -> u16 {
    let questions = sitter.sit().await.unwrap().questions;
    questions.iter().find(|question| sitter.choices(&question.prompt, true).len() == 2).unwrap().position
}

#[sqlx::test]
async fn an_answer_may_be_whole_or_not_and_be_taken_back(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    let position = multiple(&ada).await;
    for (choices, progress) in [(vec![1], Answered::Partly), (vec![1, 2], Answered::Whole), (vec![], Answered::No)] {
        assert_eq!(ada.save(position, &choices).await.unwrap().progress, progress);
        let sitting = ada.sit().await.unwrap();
        let question = &sitting.questions[usize::from(position) - 1];
        assert_eq!((&question.given.choices, question.progress), (&choices, progress));
    }
    let open = "select count(*) from attempt_items where chosen is null and points is null and correct is null";
    assert_eq!(ada.learner.site.count(open).await, 20);
    assert_eq!(ada.learner.site.count("select count(*) from responses").await, 3, "the log keeps each");
    assert_eq!(ada.save(position, &[9]).await.err(), Some(AppError::BadRequest));
    assert_eq!(ada.save(21, &[1]).await.err(), Some(AppError::NotFound));
}

#[sqlx::test]
async fn flags_confidence_and_what_was_ruled_out_are_kept(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    let change = Change { marked: true, confidence: Some(Confidence::Unsure), struck: vec![2, 3], ..ada.change(1, &[]) };
    ada.learner.caller.save(change).await.unwrap();
    let question = ada.sit().await.unwrap().questions.remove(0);
    assert!(question.marked);
    assert_eq!((question.confidence, question.struck), (Some(Confidence::Unsure), vec![2, 3]));
}

#[sqlx::test]
async fn what_is_sent_again_or_too_late_changes_nothing(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    let (early, late) = (ada.change(1, &[1]), ada.change(1, &[2]));
    let first = ada.learner.caller.save(late.clone()).await.unwrap();
    let stored = ada.learner.site.texts(STORED).await;
    let again = ada.learner.caller.save(late).await.unwrap();
    assert_eq!((again.position, again.progress), (first.position, first.progress));
    let refused = ada.learner.caller.save(early).await.err();
    assert_eq!(refused, Some(AppError::Conflict(Conflict::ChangedElsewhere)));
    assert_eq!(ada.learner.site.texts(STORED).await, stored);
}

#[sqlx::test]
async fn one_page_writes_at_a_time(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    ada.save(1, &[1]).await.unwrap();
    let first = ada.writer;
    let other = WriterId(Uuid::new_v4());
    ada.writer = other;
    assert_eq!(ada.save(1, &[2]).await.err(), Some(AppError::Conflict(Conflict::ExamElsewhere)));
    assert_eq!(ada.sit().await.unwrap().questions[0].given.choices, [1], "whoever takes over finds everything");
    ada.save(1, &[2]).await.unwrap();
    ada.writer = first;
    assert_eq!(ada.save(2, &[1]).await.err(), Some(AppError::Conflict(Conflict::ExamElsewhere)));
}

/// T3: a thousand changes, shuffled, each sent twice, sixteen at a time: the last of each question stays.
#[sqlx::test]
async fn of_changes_in_any_order_the_last_one_stays(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    let changes: Vec<Change> = (0..1_000_u16).map(|n| ada.change(n % 20 + 1, &[u8::try_from(n % 3).unwrap() + 1])).collect();
    let mut sent: Vec<Change> = changes.iter().chain(&changes).cloned().collect();
    sent.shuffle(&mut StdRng::seed_from_u64(3));
    let caller = &ada.learner.caller;
    futures::stream::iter(sent)
        .for_each_concurrent(16, |change| async move {
            let answer = caller.save(change).await;
            assert!(matches!(answer, Ok(_) | Err(AppError::Conflict(Conflict::ChangedElsewhere))), "{answer:?}");
        })
        .await;
    for (question, last) in ada.sit().await.unwrap().questions.iter().zip(changes.iter().skip(980)) {
        assert_eq!((question.position, &question.given.choices), (last.position, &last.choices));
    }
    let highest = "select count(*) from attempt_items i where sequence = (select max(client_sequence) from responses r
                   where r.org_id = i.org_id and r.attempt_id = i.attempt_id and r.position = i.position)";
    assert_eq!(ada.learner.site.count(highest).await, 20);
}
