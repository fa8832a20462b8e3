//! No page asks the database once for each thing it shows: the number of statements does not grow with the length of a quiz.

use domain::exams::{Length, Mode};
use domain::ids::AttemptId;
use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::browser::Browser;
use crate::support::learner::Learner;
use crate::support::log::Log;
use crate::support::site::Site;
use crate::support::taker::{Taker, exam_request};

/// Two of each are for who is asking: the session and the membership.
const MOST: [(&str, usize); 6] = [("home", 5), ("builder", 6), ("question", 4), ("verdict", 3), ("result", 5), ("history", 4)];

fn bank() -> Bank {
    Bank::default().exam("alpha", &[(50, &[10, 10]), (30, &[8, 8]), (20, &[6, 6])])
}

/// Statements for each page of `MOST`, for a learner with a finished and an open quiz of this length.
async fn counted(site: &Site, name: &str, questions: u16, log: &Log) -> Vec<usize> {
    let visitor = site.member(name).await;
    let learner = Learner::of(&visitor).await;
    let (finished, open) = (learner.begin(questions).await, learner.begin(questions).await);
    learner.answer_next(finished, questions.into(), |item| item.as_str().ends_with('1')).await;
    learner.answer_next(open, 1, |_| true).await;
    let mut browser = Browser::new(site);
    browser.cookie = Some(format!("sid={}", visitor.cookie.unwrap()));
    let mut counts = Vec::new();
    for path in paths(finished, open) {
        log.take();
        let page = browser.get(&path).await;
        assert!(page.status.is_success(), "{path}: {}", page.status);
        counts.push(log.take().matches(" sqlx::query: ").count());
    }
    counts
}

fn paths(finished: AttemptId, open: AttemptId) -> [String; 6] {
    [
        "/".to_owned(),
        "/practice".to_owned(),
        format!("/practice/{open}"),
        format!("/practice/{finished}/1"),
        format!("/practice/{finished}/result"),
        "/history".to_owned(),
    ]
}

#[sqlx::test]
async fn pages_need_as_many_statements_for_forty_questions_as_for_five(db: PgPool) {
    let (log, _guard) = Log::catch();
    let site = Site::new(db).with_bank(&bank()).await;
    let (few, many) = (counted(&site, "ada", 5, &log).await, counted(&site, "bob", 40, &log).await);
    assert!(few.iter().all(|count| *count > 0), "nothing was counted");
    assert_eq!(few, many);
    for ((page, most), count) in MOST.iter().zip(few) {
        assert!(count <= *most, "{page}: {count} statements");
    }
}

/// Statements for each page of an exam: lobby, room, review, result, a question with its reasons.
async fn counted_exam(site: &Site, name: &str, length: Length, log: &Log) -> Vec<usize> {
    let visitor = site.member(name).await;
    let taker = Taker::of(&Learner::of(&visitor).await, exam_request(length, Mode::Exam)).await;
    taker.answer_first(20, |position| position % 2 == 0).await;
    let mut browser = Browser::new(site);
    browser.cookie = Some(format!("sid={}", visitor.cookie.unwrap()));
    let at = |place: &str| format!("/exams/{}{place}", taker.attempt);
    let mut counts = Vec::new();
    for path in ["/exams".to_owned(), at(""), at("/review"), at("/result"), at("/1")] {
        if path.ends_with("/result") {
            taker.finish().await;
        }
        log.take();
        let page = browser.get(&path).await;
        assert!(page.status.is_success(), "{path}: {}", page.status);
        counts.push(log.take().matches(" sqlx::query: ").count());
    }
    counts
}

#[sqlx::test]
async fn pages_of_an_exam_need_as_many_statements_for_ninety_questions_as_for_twenty(db: PgPool) {
    let (log, _guard) = Log::catch();
    let site = Site::new(db).with_bank(&Bank::large()).await;
    let (few, many) =
        (counted_exam(&site, "ada", Length::Short, &log).await, counted_exam(&site, "bob", Length::Full, &log).await);
    assert_eq!(few, many);
    for ((page, most), count) in [("lobby", 6), ("room", 4), ("review", 4), ("result", 6), ("question", 4)].iter().zip(few) {
        assert!((1..=*most).contains(&count), "{page}: {count} statements");
    }
}

/// Texts that the content no longer has come in one statement, and the second time from memory.
#[sqlx::test]
async fn old_versions_come_together(db: PgPool) {
    let (log, _guard) = Log::catch();
    let site = Site::new(db).with_bank(&bank()).await;
    let mut results = Vec::new();
    for (name, questions) in [("ada", 5), ("bob", 40)] {
        let visitor = site.member(name).await;
        let learner = Learner::of(&visitor).await;
        let attempt = learner.begin(questions).await;
        learner.answer_next(attempt, questions.into(), |_| true).await;
        let later = site.clone().with_bank(&Bank::default().exam("beta", &[(100, &[5])])).await;
        let mut browser = Browser::new(&later);
        browser.cookie = Some(format!("sid={}", visitor.cookie.unwrap()));
        for _ in 0..2 {
            log.take();
            assert!(browser.get(&format!("/practice/{attempt}/result")).await.status.is_success());
            results.push(log.take().matches(" sqlx::query: ").count());
        }
    }
    assert_eq!(results, [6, 5, 6, 5]);
}
