//! An attempt keeps the text it was drawn with, whatever becomes of the content.

use app::error::AppError;
use app::practice::api::{Practice as _, Told};
use app::progress::api::Progress as _;
use domain::ids::AttemptId;
use sqlx::PgPool;

use super::NOTHING;
use crate::support::bank::{Bank, asked, choose, right};
use crate::support::learner::{Learner, request};
use crate::support::site::Site;

/// Ada with an open quiz over all of the bank, and the browser she comes back with.
async fn begun(db: PgPool, bank: &Bank) -> (crate::support::site::Visitor, Learner, AttemptId) {
    let visitor = Site::new(db).with_bank(bank).await.member("ada").await;
    let ada = Learner::of(&visitor).await;
    let attempt = ada.begin(24).await;
    (visitor, ada, attempt)
}

/// The same browser at the same site, started again with other content.
async fn after(visitor: &crate::support::site::Visitor, bank: &Bank) -> Learner {
    let mut visitor = visitor.clone();
    visitor.site = visitor.site.with_bank(bank).await;
    Learner::of(&visitor).await
}

#[sqlx::test]
async fn an_item_edited_since_is_shown_and_scored_as_it_was(db: PgPool) {
    let old = Bank::small();
    let (visitor, ada, attempt) = begun(db, &old).await;
    let before = ada.ask(attempt, 1).await;
    let item = asked(&before);
    let mut new = old.clone();
    new.edit(&item, "Which part fits", "Which piece suits");
    new.edit(&item, "-reason0 to see", "-reason0 now to see");
    // Every key becomes a distractor, and the other way round.
    if choose(&before) == 1 {
        let (first, last) = (format!("p0-{item}\"\n"), format!("p3-{item}\"\n"));
        let text = new.files.values_mut().find(|text| text.contains(&format!("id = \"{item}\""))).unwrap();
        let moved = if text.contains(&format!("{first}key = true\n")) { last } else { first };
        *text = text.replace("key = true\n", "").replace(&moved, &format!("{moved}key = true\n"));
    }
    let ada_later = after(&visitor, &new).await;
    let now = ada_later.ask(attempt, 1).await;
    assert_eq!(now.prompt, before.prompt);
    let answered = ada_later.answer(&now, right(&ada.site.server.catalog, &before.prompt)).await.unwrap();
    let verdict = answered.verdict.unwrap();
    assert!(verdict.score.unwrap().is_right());
    let Told::Choice { options, .. } = verdict.reveal.told else { panic!("{:?}", verdict.reveal) };
    let reasons: Vec<_> = options.iter().map(|option| option.reason.plain_text()).collect();
    assert!(reasons.iter().all(|reason| !reason.contains(" now to see")), "{reasons:?}");
    // A quiz that is begun now asks the new text.
    let fresh = ada_later.begin(24).await;
    let mut stems = Vec::new();
    for position in 1..=24 {
        stems.push(ada_later.ask(fresh, position).await.prompt.stem.plain_text());
    }
    assert_eq!(stems.iter().filter(|stem| stem.starts_with("Which piece suits")).count(), 1);
}

#[sqlx::test]
async fn an_item_removed_since_is_still_there_in_its_attempt_only(db: PgPool) {
    let old = Bank::small();
    let (visitor, ada, attempt) = begun(db, &old).await;
    let gone = [asked(&ada.ask(attempt, 1).await), asked(&ada.ask(attempt, 2).await)];
    let mut new = old.clone();
    for item in &gone {
        new.remove(item);
    }
    let later = after(&visitor, &new).await;
    for position in [1, 2] {
        let question = later.ask(attempt, position).await;
        assert_eq!(question.prompt, ada.ask(attempt, position).await.prompt);
        let wrong = ada.wrong(&question);
        assert!(!later.answer(&question, wrong).await.unwrap().verdict.unwrap().score.unwrap().is_right());
    }
    later.answer_next(attempt, 22, |_| true).await;
    let result = later.caller.result(attempt).await.unwrap();
    assert_eq!((result.total.correct, result.total.of), (22, 24));
    assert!(result.questions[0].title.contains(gone[0].as_str()));
    assert_eq!(later.caller.begin_missed(attempt).await, Err(NOTHING), "both missed items are gone");
    let again = later.begin(90).await;
    assert_eq!(later.ask(again, 1).await.questions, 22);
}

#[sqlx::test]
async fn an_exam_removed_since_leaves_its_attempts_readable(db: PgPool) {
    let (visitor, ada, open) = begun(db, &Bank::small()).await;
    let finished = ada.practise(request(5), |_| false).await;
    let later = after(&visitor, &Bank::default().exam("beta", &[(100, &[6])])).await;
    assert_eq!(later.ask(open, 1).await.exam_name, "alpha");
    let question = later.ask(open, 1).await;
    assert!(later.answer(&question, ada.right(&question)).await.unwrap().verdict.unwrap().score.unwrap().is_right());
    assert_eq!(later.caller.result(finished).await.unwrap().total.of, 5);
    assert_eq!(later.caller.begin_missed(finished).await, Err(AppError::NotFound));
    assert_eq!(later.caller.history(1).await.unwrap().attempts.len(), 2);
    assert_eq!(later.caller.standing().await.unwrap().exams, []);
    assert_eq!(later.caller.builder(Some("alpha".into())).await.unwrap().exam.as_str(), "beta");
}
