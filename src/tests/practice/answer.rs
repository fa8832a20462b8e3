//! An answer: what is said about it, and that it is stored once.

use app::error::AppError;
use app::practice::api::{Answer, Practice as _, QuestionView};
use futures::future::join_all;
use sqlx::PgPool;

use super::ada;
use crate::support::bank::asked;
use crate::support::learner::{Learner, answer, new_key};
use crate::support::site::fields;

/// A question with one key, and one with two.
async fn single_and_multiple(ada: &Learner) -> (QuestionView, QuestionView) {
    let attempt = ada.begin(24).await;
    let (mut single, mut multiple) = (None, None);
    for position in 1..=24 {
        let question = ada.ask(attempt, position).await;
        if question.prompt.choose == 1 { single = Some(question) } else { multiple = Some(question) }
    }
    (single.unwrap(), multiple.unwrap())
}

async fn stored(ada: &Learner) -> [i64; 3] {
    [
        ada.site.count("select count(*) from responses").await,
        ada.site.count("select count(*) from attempt_items where chosen is not null").await,
        ada.site.count("select sum(answered) from attempts").await,
    ]
}

#[sqlx::test]
async fn a_question_says_nothing_before_its_answer_and_everything_after(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(2).await;
    for position in [1, 2] {
        assert_eq!(ada.ask(attempt, position).await.verdict, None);
    }
    let question = ada.ask(attempt, 1).await;
    let verdict = ada.answer(&question, ada.wrong(&question)).await.unwrap().verdict.unwrap();
    assert_eq!((verdict.correct, verdict.next, &verdict.chosen), (false, Some(2), &ada.wrong(&question)));
    let keys = (1_u8..).zip(&verdict.reveal.options).filter(|(_, option)| option.key).map(|(place, _)| place);
    assert_eq!(keys.collect::<Vec<_>>(), ada.right(&question));
    let item = ada.site.server.catalog.item(&asked(&question)).unwrap();
    for (text, told) in question.prompt.options.iter().zip(&verdict.reveal.options) {
        let option = item.options().iter().find(|option| option.text == *text).unwrap();
        assert_eq!((&told.reason, told.key), (&option.reason, option.key), "a reason at the wrong option");
    }
    assert_eq!((&verdict.reveal.remember, &verdict.reveal.source), (&item.remember, &item.source));
    assert_eq!(ada.ask(attempt, 2).await.verdict, None, "the other question");
}

#[sqlx::test]
async fn only_all_the_keys_and_nothing_else_are_right(db: PgPool) {
    let ada = ada(db).await;
    let (single, multiple) = single_and_multiple(&ada).await;
    assert_eq!((ada.right(&single).len(), ada.right(&multiple).len()), (1, 2));
    let half = vec![ada.right(&multiple)[0], ada.wrong(&multiple)[0]];
    let verdict = ada.answer(&multiple, half.clone()).await.unwrap().verdict.unwrap();
    assert!(!verdict.correct);
    let mut half = half;
    half.sort_unstable();
    assert_eq!(verdict.chosen, half);
    let (_, other) = single_and_multiple(&ada).await;
    let backwards = ada.right(&other).into_iter().rev().collect();
    assert!(ada.answer(&other, backwards).await.unwrap().verdict.unwrap().correct);
    assert!(ada.answer(&single, ada.right(&single)).await.unwrap().verdict.unwrap().correct);
}

#[sqlx::test]
async fn a_wrong_number_of_choices_is_said_at_the_field_and_not_stored(db: PgPool) {
    let ada = ada(db).await;
    let (single, multiple) = single_and_multiple(&ada).await;
    let cases: [(&QuestionView, &[u8], &str); 7] = [
        (&single, &[], "Choose one answer."),
        (&single, &[1, 2], "Choose one answer."),
        (&single, &[1, 2, 3, 4], "Choose one answer."),
        (&multiple, &[], "Choose 2 answers."),
        (&multiple, &[3], "Choose 2 answers."),
        (&multiple, &[3, 3], "Choose 2 answers."),
        (&multiple, &[1, 2, 3], "Choose 2 answers."),
    ];
    for (question, choices, words) in cases {
        let refused = ada.answer(question, choices.to_vec()).await;
        assert_eq!(fields(&refused)["answer[choices][]"], words, "{choices:?}");
    }
    assert_eq!(stored(&ada).await, [0, 0, 0]);
    assert!(ada.answer(&single, ada.right(&single)).await.is_ok(), "the same key may be used after a refusal");
}

#[sqlx::test]
async fn a_choice_or_a_question_that_is_not_there_is_refused(db: PgPool) {
    let ada = ada(db).await;
    let (single, multiple) = single_and_multiple(&ada).await;
    for (question, choices) in [(&single, vec![0]), (&single, vec![5]), (&single, vec![255]), (&multiple, vec![1, 6])] {
        assert_eq!(ada.answer(question, choices).await, Err(AppError::BadRequest));
    }
    for position in [0, 25, 32_767, 32_768, u16::MAX] {
        let nowhere = Answer { position, ..answer(&single, vec![1]) };
        assert_eq!(ada.caller.answer(nowhere).await, Err(AppError::NotFound), "{position}");
        assert_eq!(ada.caller.question(single.attempt, Some(position)).await, Err(AppError::NotFound), "{position}");
    }
    assert_eq!(stored(&ada).await, [0, 0, 0]);
}

#[sqlx::test]
async fn the_first_answer_counts_whatever_is_sent_afterwards(db: PgPool) {
    let ada = ada(db).await;
    let (question, _) = single_and_multiple(&ada).await;
    let first = ada.answer(&question, ada.wrong(&question)).await.unwrap();
    let same = answer(&question, ada.wrong(&question));
    let same_key_other_choice = answer(&question, ada.right(&question));
    let other_key = Answer { key: new_key(), ..same_key_other_choice.clone() };
    let nonsense = Answer { choices: vec![9, 9, 9], ..other_key.clone() };
    for again in [same, same_key_other_choice, other_key, nonsense] {
        let told = ada.caller.answer(again).await.unwrap();
        assert_eq!((&told.verdict, told.answered), (&first.verdict, 1));
    }
    assert_eq!(stored(&ada).await, [1, 1, 1]);
}

#[sqlx::test]
async fn a_key_belongs_to_one_question(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(3).await;
    let (one, two) = (ada.ask(attempt, 1).await, ada.ask(attempt, 2).await);
    ada.answer(&one, ada.right(&one)).await.unwrap();
    let reused = Answer { key: one.key, ..answer(&two, ada.right(&two)) };
    assert_eq!(ada.caller.answer(reused.clone()).await, Err(AppError::BadRequest));
    assert_eq!((stored(&ada).await, ada.ask(attempt, 2).await.verdict), ([1, 1, 1], None));
    // The same key in another attempt is another key.
    let elsewhere = ada.ask(ada.begin(3).await, 1).await;
    let answered = ada.caller.answer(Answer { key: one.key, ..answer(&elsewhere, ada.right(&elsewhere)) }).await;
    assert!(answered.is_ok(), "{answered:?}");
}

#[sqlx::test]
async fn of_sixteen_answers_at_once_one_is_stored_and_all_are_told_the_same(db: PgPool) {
    let ada = ada(db).await;
    let (question, _) = single_and_multiple(&ada).await;
    let answers = (0..16).map(|n| {
        let key = if n % 2 == 0 { question.key } else { new_key() };
        let answer = Answer { key, ..answer(&question, vec![n % 4 + 1]) };
        let caller = ada.caller.clone();
        async move { caller.answer(answer).await.unwrap() }
    });
    let told = join_all(answers).await;
    assert!(told.iter().all(|view| view.verdict.is_some() && view.verdict == told[0].verdict && view.answered == 1));
    assert_eq!(stored(&ada).await, [1, 1, 1]);
}

#[sqlx::test]
async fn answers_to_all_questions_at_once_are_all_stored_and_finish_once(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(16).await;
    let questions = join_all((1..=16).map(|position| ada.ask(attempt, position))).await;
    let told = join_all(questions.iter().map(|question| ada.answer(question, ada.right(question)))).await;
    assert!(told.iter().all(|view| view.as_ref().unwrap().verdict.as_ref().unwrap().correct));
    assert_eq!(stored(&ada).await, [16, 16, 16]);
    assert_eq!(ada.site.count("select sum(answered)::bigint from mastery").await, 16);
    assert_eq!(ada.site.count("select sum(answered)::bigint from item_history").await, 16);
    assert_eq!(ada.caller.result(attempt).await.unwrap().total.correct, 16);
}
