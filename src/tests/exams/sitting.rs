//! What a running exam shows, and what it does not.

use app::exams::api::{Answered, Change, Exams as _};
use app::practice::api::{Given, Practice as _};
use app::progress::api::Progress as _;
use domain::exams::{Confidence, Length, Mode};
use domain::scoring::Mark;
use serde::Serialize;
use sqlx::PgPool;

use super::{RUNNING, ada_sits, site};
use crate::support::bank::SECRET;
use crate::support::learner::Learner;
use crate::support::taker::{Taker, exam_request};

/// Words that stand only in what is told after the end.
const VERDICTS: [&str; 6] = [SECRET, "\"key\":true", "\"key\":false", "\"points\"", "\"score\"", "\"verdict\":{"];

fn assert_tells_nothing(what: &str, sent: &impl Serialize) {
    let json = serde_json::to_string(sent).unwrap();
    assert!(!json.is_empty());
    for word in VERDICTS {
        assert!(!json.contains(word), "{what} holds {word}: {json}");
    }
}

#[sqlx::test]
async fn nothing_is_told_before_the_end(db: PgPool) {
    let ada = ada_sits(db).await;
    assert_tells_nothing("a new sitting", &ada.sitting().await);
    let sitting = ada.sitting().await;
    for (question, sequence) in sitting.questions.iter().zip(1..) {
        let saved = ada.save(ada.answer(question, sequence % 2 == 0, sequence)).await.unwrap();
        assert_tells_nothing("an answer that is stored", &saved);
    }
    assert_tells_nothing("a sitting with all answers", &ada.sitting().await);
    assert_tells_nothing("the lobby", &ada.caller.lobby(None).await.unwrap());
    assert_eq!(ada.caller.exam_result(ada.attempt).await, Err(RUNNING));
    for position in [1, 20] {
        assert_eq!(ada.caller.exam_question(ada.attempt, position).await, Err(RUNNING), "{position}");
    }
    let row = ada.caller.history(1).await.unwrap().attempts.remove(0);
    assert_eq!((row.id, row.mark, row.finished_at), (ada.attempt, Mark::default(), None));
    assert_eq!(ada.caller.standing().await.unwrap().exams, [], "first answers by domain would tell");
}

#[sqlx::test]
async fn a_sitting_shows_what_was_saved(db: PgPool) {
    let ada = ada_sits(db).await;
    let fresh = ada.sitting().await;
    assert_eq!((fresh.sequence, fresh.clock.limit_seconds, fresh.clock.paused), (1, 1200, false));
    let change = Change { marked: true, confidence: Some(Confidence::Unsure), struck: vec![2, 4], ..ada.change(3, vec![1], 7) };
    ada.save(change).await.unwrap();
    let sitting = ada.sitting().await;
    assert_eq!(sitting.sequence, 8, "after the highest");
    let question = &sitting.questions[2];
    assert_eq!(question.given, Given { choices: vec![1], text: String::new() });
    assert_eq!((question.marked, question.confidence, &question.struck), (true, Some(Confidence::Unsure), &vec![2, 4]));
    assert_ne!(question.progress, Answered::No);
    let others = sitting.questions.iter().filter(|question| question.position != 3);
    for (now, then) in others.zip(fresh.questions.iter().filter(|question| question.position != 3)) {
        assert_eq!(now, then);
    }
    assert!(sitting.questions.iter().zip(&fresh.questions).all(|(now, then)| now.prompt == then.prompt), "the order stays");
}

/// On another device too: everything comes from the server.
#[sqlx::test]
async fn an_exam_goes_on_elsewhere_as_it_stands(db: PgPool) {
    let site = site(db).await;
    let mut visitor = site.member("ada").await;
    let ada = Taker::of(&Learner::of(&visitor).await, exam_request(Length::Half, Mode::Exam)).await;
    ada.answer_first(9, |_| true).await;
    visitor.cookie = None;
    visitor.sign_in("ada", crate::support::site::PASSWORD).await.unwrap();
    let phone = Learner::of(&visitor).await;
    let (there, here) = (phone.caller.sitting(ada.attempt).await.unwrap(), ada.sitting().await);
    assert_eq!((there.questions, there.sequence), (here.questions, here.sequence));
    assert_eq!(phone.caller.lobby(None).await.unwrap().open[0].attempt, ada.attempt);
}
