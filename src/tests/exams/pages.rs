//! The pages of an exam without scripts, for questions of every kind.

use app::exams::api::{ExamRequest, Exams as _};
use domain::exams::{Length, Mode};
use http::StatusCode;
use sqlx::PgPool;

use crate::support::bank::{Bank, asked_in};
use crate::support::browser::{Answer, Browser, attribute};
use crate::support::exhibits::PARTS;
use crate::support::learner::Learner;
use crate::support::site::{PASSWORD, Site};
use crate::support::taker::exam_request;

/// An exam under way in a browser.
struct Room {
    browser: Browser,
    path: String,
    learner: Learner,
}

impl Room {
    /// The short form of this exam is as long as the exam and has all of its items.
    async fn of(db: PgPool, mut bank: Bank, exam: &str, questions: u16) -> Self {
        let text = bank.files.get_mut(&format!("{exam}/exam.toml")).unwrap();
        *text = text.replace("max_questions = 90", &format!("max_questions = {questions}"));
        let site = Site::new(db).with_bank(&bank).await;
        let learner = Learner::at(&site, "ada").await;
        let request = ExamRequest { exam: exam.into(), ..exam_request(Length::Short, Mode::Exam) };
        let attempt = learner.caller.begin_exam(request).await.unwrap();
        let mut browser = Browser::new(&site);
        browser.post("/api/accounts/sign-in", &[("from", "/sign-in"), ("name", "ada"), ("password", PASSWORD)]).await;
        let path = format!("/exams/{attempt}");
        Self { browser, path, learner }
    }

    /// The page of an item and its path.
    async fn question(&mut self, item: &str) -> (String, Answer) {
        for position in 1..=5 {
            let path = format!("{}/{position}", self.path);
            let page = self.browser.get(&path).await;
            if asked_in(&page.body).as_str() == item {
                return (path, page);
            }
        }
        panic!("{item} is not asked");
    }

    async fn save(&mut self, page: &Answer, name: &str, values: &[&str]) {
        let mut fields = page.form("/api/exams/save-and-go");
        fields.extend(values.iter().map(|value| (name.to_owned(), (*value).to_owned())));
        fields.push(("to".to_owned(), "review".to_owned()));
        let sent = self.browser.post("/api/exams/save-and-go", &fields).await;
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, Some(format!("{}/review", self.path).as_str())));
    }

    async fn finish(&self) {
        let attempt = self.path.rsplit('/').next().unwrap().parse().unwrap();
        self.learner.caller.finish_exam(attempt).await.unwrap();
    }
}

/// What stands in the fields of the answer: menus, then choices, then text.
fn given(page: &Answer) -> Vec<String> {
    let tags = |kind: &str| page.body.split(kind).skip(1).filter_map(|rest| rest.split('>').next()).collect::<Vec<_>>();
    let is_on = |tag: &&str, word: &str| tag.split(' ').any(|attribute| attribute == word);
    let value = |tag: &&str| attribute(tag, "value").unwrap();
    let named = |name: &'static str| move |tag: &&str| attribute(tag, "name").as_deref() == Some(name);
    let menus = tags("<option").into_iter().filter(|tag| is_on(tag, "selected"));
    let choices = tags("<input").into_iter().filter(named("answer[choices][]")).filter(|tag| is_on(tag, "checked"));
    let text = tags("<input").into_iter().filter(named("answer[text]"));
    let given = menus.chain(choices).chain(text).map(|tag| value(&tag));
    given.filter(|value| !["", "0"].contains(&value.as_str())).collect()
}

#[sqlx::test]
async fn an_exhibit_and_the_part_of_its_case_stand_where_it_is_asked_and_told(db: PgPool) {
    let mut room = Room::of(db, Bank::small().with_clinic().with_exhibits(), "shown", 3).await;
    let (path, page) = room.question(PARTS[1]).await;
    let exhibit = |page: &Answer| {
        assert!(page.has("The desk at Gi0/3 has moved.") && page.has("Part 2 of 2 of one case"), "{}", page.body);
        let terminal = page.body.split("exhibit-terminal\">").nth(1).unwrap().split("</pre>").next().unwrap();
        assert!(terminal.contains("show interfaces Gi0/3 status"), "{terminal}");
        terminal.to_owned()
    };
    let asked = exhibit(&page);
    room.save(&page, "answer[choices][]", &["1"]).await;
    assert_eq!(exhibit(&room.browser.get(&path).await), asked, "looked at again, the same");
    room.finish().await;
    let told = room.browser.get(&path).await;
    assert_eq!(exhibit(&told), asked);
    assert!(told.has("Explanation of every option"), "{}", told.body);
}

#[sqlx::test]
async fn plain_forms_keep_and_tell_questions_of_every_kind(db: PgPool) {
    let mut room = Room::of(db, Bank::default().with_parts(), "parts", 5).await;
    let kinds: [(&str, &str, &[&str], &str); 5] = [
        ("parts-order", "answer[choices][]", &["2", "1", "4", "3"], "The right order, and why"),
        ("parts-match", "answer[choices][]", &["1", "2", "3", "1"], "The right matches, and why"),
        ("parts-place", "answer[choices][]", &["3", "1", "1", "2"], "The right labels, and why"),
        ("parts-where", "answer[choices][]", &["2"], "Explanation of every option"),
        ("parts-typed", "answer[text]", &["loopback"], "The right answer, and why"),
    ];
    for (item, name, values, _) in kinds {
        let (path, page) = room.question(item).await;
        assert_eq!(given(&page), [""; 0], "{item}: {}", page.body);
        room.save(&page, name, values).await;
        let again = room.browser.get(&path).await;
        assert_eq!(given(&again), values, "{item}: {}", again.body);
        let marked = if again.has("role=\"img\"") { values.len() } else { 0 };
        assert_eq!(again.body.matches("place-chosen").count(), marked, "{item}: {}", again.body);
    }
    room.finish().await;
    for (item, _, _, words) in kinds {
        let (_, told) = room.question(item).await;
        assert!(told.has(words) && told.has("Objective"), "{item}: {}", told.body);
        assert_eq!(told.has("role=\"img\""), ["parts-place", "parts-where"].contains(&item), "{item}");
    }
}
