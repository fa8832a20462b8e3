//! A quiz over HTTP: by plain forms, by the calls of the scripts, and from one device to another.

use app::error::AppError;
use app::practice::api::{self, DrawnQuestion};
use domain::ids::AttemptId;
use http::StatusCode;
use sqlx::PgPool;

use super::{FINISHED, site};
use crate::support::bank::{asked, asked_in};
use crate::support::browser::{Answer, Browser};
use crate::support::learner::{Learner, answer_fields};
use crate::support::site::PASSWORD;

const BEGIN: [(&str, &str); 4] =
    [("from", "/practice"), ("request[exam]", "alpha"), ("request[count]", "3"), ("request[pool]", "All")];

/// Follows a redirect, as browsers do.
async fn follow(browser: &mut Browser, answer: &Answer) -> Answer {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser.get(answer.location().unwrap()).await
}

/// The form of the question on a page, with places chosen.
fn filled(page: &Answer, choices: &[u8]) -> Vec<(String, String)> {
    let mut fields = page.form("/api/practice/answer");
    fields.extend(choices.iter().map(|choice| ("answer[choices][]".to_owned(), choice.to_string())));
    fields
}

#[sqlx::test]
async fn a_quiz_is_done_by_plain_forms_from_the_builder_to_practising_what_was_missed(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    assert!(ada.get("/").await.has("Choose an exam and start"));
    assert!(ada.get("/practice").await.has("Start quiz"));
    let begun = ada.post("/api/practice/begin", &BEGIN).await;
    let mut page = follow(&mut ada, &begun).await;
    for position in 1..=3 {
        assert!(page.has(&format!("Question {position} of 3")) && page.has("Check answer"), "{}", page.body);
        assert!(!page.has("class=\"told\""), "{}", page.body);
        let item = site.server.catalog.item(&asked_in(&page.body)).unwrap();
        let choose = item.options().iter().filter(|option| option.key).count();
        let choices: Vec<u8> = (1..).take(choose).collect();
        let sent = ada.post("/api/practice/answer", &filled(&page, &choices)).await;
        let told = follow(&mut ada, &sent).await;
        assert!(told.has("Right.") || told.has("Not right."), "{}", told.body);
        let next = told.body.split("class=\"action-bar\"").nth(1).and_then(|bar| bar.split("href=\"").nth(1)).unwrap();
        page = ada.get(next.split('"').next().unwrap()).await;
    }
    assert!(page.has("Your mark") && page.has("Every question"), "{}", page.body);
    if page.has("I missed") {
        let missed = page.form("/api/practice/begin-missed");
        let again = ada.post("/api/practice/begin-missed", &missed).await;
        assert!(follow(&mut ada, &again).await.has("Question 1 of"));
    }
    assert!(ada.get("/history").await.has("Result"));
}

#[sqlx::test]
async fn too_few_choices_bring_the_form_back_with_what_was_chosen(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    let send = [("from", "/practice"), ("request[exam]", "alpha"), ("request[count]", "24")];
    let begun = ada.post("/api/practice/begin", &send).await;
    let path = begun.location().unwrap().to_owned();
    for position in 1..=24 {
        let page = ada.get(&format!("{path}/{position}")).await;
        let several = page.has("Choose 2 answers.");
        let refused = ada.post("/api/practice/answer", &filled(&page, if several { &[3] } else { &[] })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("Not saved") && refused.has("Check answer"), "{}", refused.body);
        let ticked = refused.body.split("<input").filter(|tag| tag.split('>').next().unwrap().contains(" checked"));
        assert_eq!(ticked.count(), usize::from(several), "{}", refused.body);
    }
    assert_eq!(site.count("select count(*) from responses").await, 0);
}

#[sqlx::test]
async fn a_wrong_builder_form_says_so_at_its_field(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    for (count, pool, status, words) in [
        ("0", "All", StatusCode::UNPROCESSABLE_ENTITY, "Choose between 1 and 90 questions."),
        ("10", "Missed", StatusCode::UNPROCESSABLE_ENTITY, "You answered none of these questions wrong last time."),
    ] {
        let send = [("from", "/practice"), ("request[exam]", "alpha"), ("request[count]", count), ("request[pool]", pool)];
        let refused = ada.post("/api/practice/begin", &send).await;
        assert_eq!(refused.status, status);
        assert!(refused.has(words) && refused.has("Start quiz"), "{}", refused.body);
    }
}

#[sqlx::test]
async fn scripts_get_the_question_the_verdict_and_typed_errors(db: PgPool) {
    let site = site(db).await;
    let learner = Learner::at(&site, "ada").await;
    let mut ada = Browser::new(&site);
    let signed_in = ada.call("/api/accounts/sign-in", &[("name", "ada"), ("password", PASSWORD)]).await;
    assert_eq!(signed_in.status, StatusCode::OK);
    let attempt: AttemptId = ada.call("/api/practice/begin", &BEGIN[1..]).await.json();
    let ask = [("attempt", attempt.to_string()), ("position", "1".to_owned())];
    let question: DrawnQuestion = ada.call("/api/practice/question", &ask).await.json();
    assert_eq!((question.position, question.questions, &question.verdict), (1, 3, &None));
    let DrawnQuestion { position, key, sequence, .. } = question;
    let mut wrong = api::Answer { attempt, position, choices: vec![], text: String::new(), key, sequence };
    let refused = ada.call("/api/practice/answer", &answer_fields(&wrong)).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && matches!(refused.error(), AppError::Invalid(_)));
    wrong.choices = crate::support::bank::wrong(&learner.caller.server.catalog, &question.prompt);
    let told: DrawnQuestion = ada.call("/api/practice/answer", &answer_fields(&wrong)).await.json();
    let verdict = told.verdict.unwrap();
    assert!(verdict.html.contains("Not right.") && verdict.next == Some(2), "{verdict:?}");
    let mark = [("attempt", attempt.to_string()), ("position", "2".to_owned()), ("marked", "true".to_owned())];
    assert!(ada.call("/api/practice/mark", &mark).await.json::<DrawnQuestion>().marked);
    let finish = [("attempt", attempt.to_string())];
    assert_eq!(ada.call("/api/practice/finish", &finish).await.status, StatusCode::OK);
    let open = api::Answer { position: 2, choices: vec![1], ..wrong };
    let late = ada.call("/api/practice/answer", &answer_fields(&open)).await;
    assert_eq!((late.status, late.error()), (StatusCode::CONFLICT, FINISHED));
}

#[sqlx::test]
async fn a_quiz_goes_on_at_the_same_question_on_another_device(db: PgPool) {
    let site = site(db).await;
    let learner = Learner::at(&site, "ada").await;
    let attempt = learner.begin(5).await;
    learner.answer_next(attempt, 2, |_| true).await;
    let third = asked(&learner.ask(attempt, 3).await);
    let mut phone = Browser::new(&site);
    let sign_in = [("from", "/sign-in"), ("name", "ada"), ("password", PASSWORD)];
    let signed_in = phone.post("/api/accounts/sign-in", &sign_in).await;
    let home = follow(&mut phone, &signed_in).await;
    assert!(home.has("2 of 5 answered"), "{}", home.body);
    let page = phone.get(&format!("/practice/{attempt}")).await;
    assert!(page.has("Question 3 of 5"), "{}", page.body);
    assert_eq!(asked_in(&page.body), third);
}

#[sqlx::test]
async fn open_and_finished_quizzes_lead_to_the_page_that_fits(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    let path = ada.post("/api/practice/begin", &BEGIN).await.location().unwrap().to_owned();
    assert_eq!(ada.get(&format!("{path}/result")).await.location(), Some(path.as_str()));
    let attempt = path.rsplit('/').next().unwrap();
    let finish = [("from", path.as_str()), ("attempt", attempt)];
    let ended = ada.post("/api/practice/finish", &finish).await;
    assert_eq!(ended.location(), Some(format!("{path}/result").as_str()));
    assert_eq!(ada.get(&path).await.location(), Some(format!("{path}/result").as_str()));
    let unanswered = ada.get(&format!("{path}/2")).await;
    assert!(unanswered.has("You did not answer this one."), "{}", unanswered.body);
    for nowhere in [format!("{path}/9"), format!("{path}/x"), format!("{path}/70000"), "/practice/not-an-id".to_owned()] {
        assert_eq!(ada.get(&nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}
