//! The result of an exam, and what is compared with it.

use app::exams::api::{Change, Exams as _};
use domain::exams::{Confidence, Estimate, Length, Mode};
use domain::scoring::{Credit, Mark, Score};
use sqlx::PgPool;

use super::{ada, ada_sits, site};
use crate::support::bank::Bank;
use crate::support::learner::Learner;
use crate::support::site::Site;
use crate::support::taker::{Taker, exam_request};

#[sqlx::test]
async fn marks_add_up_by_domain_and_make_the_estimate(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.answer_first(16, |position| position <= 15).await;
    ada.finish().await;
    let result = ada.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.total, result.credit), (Mark { correct: 15, of: 20 }, Credit { hundredths: 1500 }));
    // 15 of 20 on 100 to 900, and sqrt(15 * 5 / 19) = 1.99 questions of 40 points each.
    assert_eq!(result.estimate, Estimate { scaled: 700, low: 621, high: 779 });
    assert_eq!((result.pass_mark, result.scale, result.passed), (700, (100, 900), true), "the pass mark itself passes");
    let shares: Vec<_> = result.domains.iter().map(|domain| (domain.number, domain.mark.of)).collect();
    assert_eq!(shares, [(1, 10), (2, 6), (3, 4)]);
    assert_eq!(result.domains.iter().map(|domain| domain.mark.correct).sum::<u32>(), 15);
    for (domain, row) in result.domains.iter().flat_map(|domain| result.questions.iter().map(move |row| (domain, row))) {
        let belongs = row.objective.as_str().starts_with(&format!("{}.", domain.number));
        assert_eq!(domain.objectives.iter().any(|objective| objective.id == row.objective), belongs);
    }
    let answered: Vec<_> = result.questions.iter().map(|row| row.score.map(Score::is_right)).collect();
    let expected: Vec<_> = (1..=20).map(|position| (position <= 16).then_some(position <= 15)).collect();
    assert_eq!(answered, expected);
    assert_eq!((result.questions[0].position, result.questions[19].position), (1, 20));
}

#[sqlx::test]
async fn one_question_less_does_not_pass(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.answer_first(14, |_| true).await;
    ada.finish().await;
    let result = ada.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.estimate.scaled, result.passed), (660, false));
}

/// The time before a change belongs to the question that was changed, by the server's own measure.
#[sqlx::test]
async fn the_time_of_each_question_is_what_passed_before_its_changes(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.site.stop_clock().await;
    ada.site.execute("update stopped_clock set at = (select started_at from attempts)").await;
    for ((position, seconds), sequence) in [(1, 30), (2, 75), (1, 10), (3, 5)].into_iter().zip(1..) {
        ada.site.pass(seconds).await;
        let marked = Change { marked: position == 2, ..ada.change(position, vec![1], sequence) };
        ada.save(Change { confidence: (position == 3).then_some(Confidence::Unsure), ..marked }).await.unwrap();
    }
    ada.site.pass(80).await;
    ada.finish().await;
    let result = ada.caller.exam_result(ada.attempt).await.unwrap();
    let seconds: Vec<u32> = result.questions.iter().take(4).map(|row| row.seconds).collect();
    assert_eq!(seconds, [40, 75, 5, 0]);
    assert_eq!((result.seconds_used, result.limit_seconds, result.seconds_per_question), (200, 1200, 60));
    assert!(!result.time_was_up);
    let rows = &result.questions;
    assert_eq!((rows[0].marked, rows[1].marked, rows[1].confidence), (false, true, None));
    assert_eq!(rows[2].confidence, Some(Confidence::Unsure));
}

/// A pause is no time spent on the question after it.
#[sqlx::test]
async fn a_pause_is_the_time_of_no_question(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.site.stop_clock().await;
    ada.site.execute("update stopped_clock set at = (select started_at from attempts)").await;
    ada.site.pass(20).await;
    ada.save(ada.change(1, vec![1], 1)).await.unwrap();
    ada.caller.pause(ada.attempt).await.unwrap();
    ada.site.pass(3600).await;
    ada.caller.resume(ada.attempt).await.unwrap();
    ada.site.pass(40).await;
    ada.save(ada.change(2, vec![1], 2)).await.unwrap();
    ada.finish().await;
    let result = ada.caller.exam_result(ada.attempt).await.unwrap();
    let seconds: Vec<u32> = result.questions.iter().take(2).map(|row| row.seconds).collect();
    assert_eq!((seconds, result.seconds_used), (vec![20, 40], 60));
}

#[sqlx::test]
async fn new_questions_and_repeats_are_told_apart(db: PgPool) {
    // 30 items: of the second form of 20, ten are repeats.
    let bank = Bank::default().exam("alpha", &[(100, &[15, 15])]);
    let learner = Learner::at(&Site::new(db).with_bank(&bank).await, "ada").await;
    let first = Taker::of(&learner, exam_request(Length::Short, Mode::Exam)).await;
    first.answer_first(20, |_| true).await;
    first.finish().await;
    let result = first.caller.exam_result(first.attempt).await.unwrap();
    assert_eq!((result.new, result.repeats, result.earlier), (Mark { correct: 20, of: 20 }, Mark::default(), vec![]));
    let second = Taker::of(&learner, exam_request(Length::Short, Mode::Practice)).await;
    let repeats: Vec<bool> = sqlx::query_scalar("select is_repeat from attempt_items where attempt_id = $1 order by position")
        .bind(second.attempt.0)
        .fetch_all(&second.site.server.db)
        .await
        .unwrap();
    second.answer_first(20, |position| repeats[usize::from(position) - 1]).await;
    second.finish().await;
    let result = second.caller.exam_result(second.attempt).await.unwrap();
    assert_eq!((result.new, result.repeats), (Mark { correct: 0, of: 10 }, Mark { correct: 10, of: 10 }));
    assert!(result.questions.iter().all(|row| row.repeat == repeats[usize::from(row.position) - 1]));
    let [earlier] = &result.earlier[..] else { panic!("{:?}", result.earlier) };
    assert_eq!((earlier.attempt, earlier.mode, earlier.passed), (first.attempt, Mode::Exam, true));
    assert_eq!((earlier.new, earlier.repeats), (Mark { correct: 20, of: 20 }, Mark::default()));
    let in_lobby: Vec<_> = learner.caller.lobby(None).await.unwrap().earlier.iter().map(|one| one.attempt).collect();
    assert_eq!(in_lobby, [second.attempt, first.attempt], "the latest first");
}

/// What a full form is expected to lose by objective: the share of its questions times the chance of a wrong answer.
#[sqlx::test]
async fn what_to_study_next_is_where_most_is_lost(db: PgPool) {
    let ada = ada(db).await;
    let taker = Taker::of(&ada, exam_request(Length::Full, Mode::Exam)).await;
    let weak: Vec<u16> =
        taker.sitting().await.questions.iter().filter(|one| stem(one).contains("alpha-2-2")).map(|one| one.position).collect();
    taker.answer_first(90, |position| !weak.contains(&position)).await;
    taker.finish().await;
    let next = taker.caller.exam_result(taker.attempt).await.unwrap().next;
    assert_eq!(next.len(), 5, "a list that is not a wall");
    assert_eq!((next[0].objective.as_str(), next[0].title.as_str()), ("2.2", "Objective 2.2"));
    let wrong = u32::try_from(weak.len()).unwrap();
    assert_eq!(next[0].mark, Mark { correct: 0, of: wrong });
    // 30 % of 90 questions, shared by two objectives, in hundredths.
    assert_eq!(next[0].gain_hundredths, 1350 * (wrong + 1) / (wrong + 2));
    assert!(next.is_sorted_by(|one, other| one.gain_hundredths >= other.gain_hundredths), "{next:?}");
}

fn stem(question: &app::exams::api::SittingQuestion) -> String {
    question.prompt.stem.plain_text()
}

/// The form keeps its items and its scale, whatever becomes of the content.
#[sqlx::test]
async fn an_exam_is_shown_and_scored_as_it_was_drawn(db: PgPool) {
    let site = site(db).await;
    let visitor = site.member("ada").await;
    let ada = Taker::of(&Learner::of(&visitor).await, exam_request(Length::Short, Mode::Exam)).await;
    ada.answer_first(10, |_| true).await;
    let before = ada.sitting().await.questions;
    let mut bank = Bank::large();
    for text in bank.files.values_mut() {
        *text = text.replace("Which part fits", "Which piece suits").replace("passing_score = 700", "passing_score = 100");
    }
    let mut later = visitor.clone();
    later.site = site.with_bank(&bank).await;
    let later = Learner::of(&later).await;
    assert_eq!(later.caller.sitting(ada.attempt).await.unwrap().questions, before);
    later.caller.finish_exam(ada.attempt).await.unwrap();
    let result = later.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.pass_mark, result.passed, result.total.correct), (700, false, 10));
}
