//! A change to a question: stored once, the latest counts, and from one page only.

use app::error::AppError;
use app::exams::api::{Answered, Change, ExamRequest, Exams as _};
use app::practice::api::{Answer, Given, Practice as _, Task};
use domain::exams::{Confidence, Length, Mode};
use domain::ids::WriterId;
use sqlx::PgPool;
use uuid::Uuid;

use super::{CHANGED, ELSEWHERE, ada_sits, site};
use crate::support::bank::{Bank, right};
use crate::support::learner::{Learner, new_key};
use crate::support::site::Site;
use crate::support::taker::{Taker, exam_request};

const CHOSEN: &str = "select count(*) from attempt_items where chosen is not null";
const LOGGED: &str = "select count(*) from responses";
/// Everything that an answer leaves behind.
const STORED: &str =
    "select concat_ws(' ', given, chosen, points, points_of, correct, marked, confidence, struck, sequence, answered_at)
                      from attempt_items order by position";

/// Ada in a form with so many questions that some have two keys; the positions of one with one key, and of one with two.
async fn single_and_multiple(db: PgPool) -> (Taker, u16, u16) {
    let taker = Taker::at(&site(db).await, "ada", exam_request(Length::Full, Mode::Practice)).await;
    let sitting = taker.sitting().await;
    let with = |keys: u8| {
        let fits = |task: &Task| matches!(task, Task::Choice { choose, .. } if *choose == keys);
        sitting.questions.iter().find(|question| fits(&question.prompt.task)).unwrap().position
    };
    let (single, multiple) = (with(1), with(2));
    (taker, single, multiple)
}

#[sqlx::test]
async fn an_answer_may_be_whole_in_part_or_taken_back(db: PgPool) {
    let (ada, single, multiple) = single_and_multiple(db).await;
    let cases: [(u16, &[u8], Answered, i64); 7] = [
        (single, &[2], Answered::Whole, 1),
        (single, &[3], Answered::Whole, 1),
        (multiple, &[1], Answered::Partly, 2),
        (multiple, &[1, 2], Answered::Whole, 2),
        (multiple, &[1, 2, 3], Answered::Partly, 2),
        (multiple, &[], Answered::No, 1),
        (single, &[0], Answered::No, 0),
    ];
    for ((position, choices, progress, answered), sequence) in cases.into_iter().zip(1..) {
        let saved = ada.save(ada.change(position, choices.to_vec(), sequence)).await.unwrap();
        assert_eq!((saved.position, saved.progress), (position, progress), "{choices:?}");
        let question = ada.question(position).await;
        assert_eq!((question.given.choices, question.progress), (choices.to_vec(), progress));
        assert_eq!(ada.site.count(CHOSEN).await, answered, "{choices:?}");
    }
    assert_eq!(ada.site.count(LOGGED).await, 7, "each change is logged");
    let left = "select count(*) from attempt_items where points is not null or correct is not null or answered_at is not null";
    assert_eq!(ada.site.count(left).await, 0, "an answer that was taken back leaves no points");
}

#[sqlx::test]
async fn a_key_is_stored_once_and_answered_again(db: PgPool) {
    let ada = ada_sits(db).await;
    let change = Change { marked: true, confidence: Some(Confidence::Sure), ..ada.change(1, vec![1], 1) };
    let first = ada.save(change.clone()).await.unwrap();
    let before = ada.site.texts(STORED).await;
    let other = Change { choices: vec![2], sequence: 9, ..change.clone() };
    for again in [change.clone(), other] {
        let saved = ada.save(again).await.unwrap();
        assert_eq!((saved.position, saved.progress), (1, first.progress));
    }
    assert_eq!((ada.site.count(LOGGED).await, ada.site.texts(STORED).await), (1, before));
    // The answer to the first was lost on its way, and the exam is over since: it is stored all the same.
    ada.finish().await;
    assert!(ada.save(change).await.is_ok());
}

#[sqlx::test]
async fn a_key_belongs_to_one_question(db: PgPool) {
    let ada = ada_sits(db).await;
    let first = ada.change(1, vec![1], 1);
    ada.save(first.clone()).await.unwrap();
    let reused = Change { key: first.key, ..ada.change(2, vec![1], 2) };
    assert_eq!(ada.save(reused).await, Err(AppError::BadRequest));
    assert_eq!((ada.site.count(LOGGED).await, ada.question(2).await.progress), (1, Answered::No));
}

#[sqlx::test]
async fn what_is_older_than_what_is_stored_changes_nothing(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.save(ada.change(1, vec![3], 5)).await.unwrap();
    let before = ada.site.texts(STORED).await;
    for sequence in [0, 4, 5] {
        let late = Change { marked: true, ..ada.change(1, vec![1], sequence) };
        for _ in 0..2 {
            assert_eq!(ada.save(late.clone()).await, Err(CHANGED), "{sequence}: the same when it is sent again");
        }
    }
    assert_eq!((ada.site.count(LOGGED).await, ada.site.texts(STORED).await), (1, before));
    assert!(ada.save(ada.change(2, vec![1], 1)).await.is_ok(), "the order is one of each question");
}

#[sqlx::test]
async fn one_page_writes_until_another_takes_over(db: PgPool) {
    let ada = ada_sits(db).await;
    let writer = WriterId(Uuid::new_v4());
    let from_there = |sequence| Change { writer, ..ada.change(1, vec![2], sequence) };
    ada.save(ada.change(1, vec![1], 1)).await.unwrap();
    assert_eq!(ada.save(from_there(2)).await, Err(ELSEWHERE));
    let there = ada.caller.sit_here(ada.attempt, writer).await.unwrap();
    assert_eq!(there.questions[0].given.choices, [1]);
    assert!(ada.save(from_there(there.sequence)).await.is_ok());
    assert_eq!(ada.save(ada.change(1, vec![3], 9)).await, Err(ELSEWHERE), "the first page has been left behind");
    assert_eq!(ada.question(1).await.given.choices, [2]);
}

#[sqlx::test]
async fn before_a_page_sits_down_it_does_not_write(db: PgPool) {
    let learner = super::ada(db).await;
    let attempt = learner.caller.begin_exam(exam_request(Length::Short, Mode::Exam)).await.unwrap();
    let (site, caller) = (learner.site.clone(), learner.caller.clone());
    let ada = Taker { site, caller, attempt, writer: WriterId(Uuid::nil()) };
    assert_eq!(ada.save(ada.change(1, vec![1], 1)).await, Err(ELSEWHERE));
    assert_eq!(ada.site.count(LOGGED).await, 0);
}

#[sqlx::test]
async fn a_place_or_a_question_that_is_not_there_is_refused(db: PgPool) {
    let (ada, single, multiple) = single_and_multiple(db).await;
    for (position, choices) in [(single, vec![5]), (single, vec![255]), (multiple, vec![1, 6])] {
        assert_eq!(ada.save(ada.change(position, choices, 1)).await, Err(AppError::BadRequest), "{position}");
    }
    for position in [0, 91, 32_767, 32_768, u16::MAX] {
        assert_eq!(ada.save(ada.change(position, vec![1], 1)).await, Err(AppError::NotFound), "{position}");
    }
    assert_eq!((ada.site.count(LOGGED).await, ada.site.count(CHOSEN).await), (0, 0));
}

/// The functions of a quiz tell after each answer, so none of them may know an exam, running or finished.
#[sqlx::test]
async fn the_functions_of_a_quiz_know_no_exam(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.answer_first(3, |_| true).await;
    let before = ada.site.texts(STORED).await;
    for state in ["running", "finished"] {
        let attempt = ada.attempt;
        for position in [1, 9] {
            let answer = Answer { attempt, position, choices: vec![1], text: String::new(), key: new_key(), sequence: 1 };
            let calls = [
                ("question", ada.caller.question(attempt, Some(position)).await.map(drop)),
                ("next question", ada.caller.question(attempt, None).await.map(drop)),
                ("answer", ada.caller.answer(answer).await.map(drop)),
                ("mark", ada.caller.mark(attempt, position, true).await.map(drop)),
                ("finish", ada.caller.finish(attempt).await),
                ("result", ada.caller.result(attempt).await.map(drop)),
            ];
            for (call, answer) in calls {
                assert_eq!(answer, Err(AppError::NotFound), "{call} of a {state} exam");
            }
        }
        if state == "running" {
            assert!(ada.caller.begin_missed(attempt).await.is_err(), "which were missed would tell");
            ada.finish().await;
        }
    }
    assert_eq!(ada.site.texts(STORED).await, before);
    assert!(ada.caller.begin_missed(ada.attempt).await.is_ok());
}

/// The functions of an exam know no quiz either: one could be answered twice.
#[sqlx::test]
async fn the_functions_of_an_exam_know_no_quiz(db: PgPool) {
    let site = site(db).await;
    let learner = Learner::at(&site, "ada").await;
    let quiz = Taker { attempt: learner.begin(5).await, writer: WriterId(Uuid::new_v4()), site, caller: learner.caller.clone() };
    for (call, answer) in super::others::calls(&quiz.caller, quiz.attempt).await {
        assert_eq!(answer, Err(AppError::NotFound), "{call}");
    }
    assert_eq!(quiz.site.count(LOGGED).await, 0);
}

/// Steps, pairs and typed answers count as far as they go.
#[sqlx::test]
async fn parts_of_an_answer_are_stored_and_have_their_points(db: PgPool) {
    let mut bank = Bank::small().with_parts();
    let text = bank.files.get_mut("parts/exam.toml").unwrap();
    *text = text.replace("max_questions = 90", "max_questions = 5");
    let request = ExamRequest { exam: "parts".into(), length: Length::Full, mode: Mode::Practice, simulations: false };
    let ada = Taker::at(&Site::new(db).with_bank(&bank).await, "ada", request).await;
    for (question, sequence) in ada.sitting().await.questions.into_iter().zip(1..) {
        let (choices, text) = match &question.prompt.task {
            // The first step of the page at its position, and the others nowhere.
            Task::Ordering { steps } => {
                let position = steps[0].plain_text().strip_prefix("Step ").unwrap().parse().unwrap();
                (vec![position, 0, 0, 0], "")
            }
            Task::Matching { matches, .. } => {
                let place = (1..).zip(matches).find(|(_, text)| *text == "Match y").unwrap().0;
                (vec![0, place, 0, 0], "")
            }
            Task::Typed(_) => (vec![], "  loopback "),
            Task::Simulation => unreachable!("none in this bank"),
            Task::Choice { .. } => (right(&ada.site.server.catalog, &question.prompt), ""),
        };
        let text = text.to_owned();
        let change = Change { text: text.clone(), ..ada.change(question.position, choices.clone(), sequence) };
        let saved = ada.save(change).await.unwrap();
        let has_parts = matches!(question.prompt.task, Task::Ordering { .. } | Task::Matching { .. });
        let expected = if has_parts { Answered::Partly } else { Answered::Whole };
        assert_eq!(saved.progress, expected, "{question:?}");
        assert_eq!(ada.question(question.position).await.given, Given { choices, text: text.trim().to_owned() });
    }
    let points = "select concat_ws(' ', item_id, points, points_of) from attempt_items order by item_id";
    let expected = ["parts-match 1 4", "parts-order 1 4", "parts-place 1 4", "parts-typed 1 1", "parts-where 1 1"];
    assert_eq!(ada.site.texts(points).await, expected);
    ada.finish().await;
    let result = ada.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.credit.hundredths, result.total.correct), (275, 2));
}
