//! Questions about exhibits, and cases.

use app::practice::api::{CasePart, Practice as _, PracticeRequest, QuestionView, Told};
use domain::content::exhibit::Block;
use domain::ids::AttemptId;
use sqlx::PgPool;

use crate::support::bank::{Bank, asked, options};
use crate::support::browser::Browser;
use crate::support::exhibits::{HIDDEN, PARTS, SINGLE};
use crate::support::learner::{Learner, request};
use crate::support::site::{PASSWORD, Site};

fn bank() -> Bank {
    Bank::small().with_clinic().with_exhibits()
}

async fn ada(db: PgPool) -> Learner {
    Learner::at(&Site::new(db).with_bank(&bank()).await, "ada").await
}

async fn begin(ada: &Learner) -> AttemptId {
    ada.caller.begin(PracticeRequest { exam: "shown".into(), ..request(3) }).await.unwrap()
}

async fn questions(ada: &Learner, attempt: AttemptId) -> Vec<QuestionView> {
    let mut questions = Vec::new();
    for position in 1..=3 {
        questions.push(ada.caller.question(attempt, Some(position)).await.unwrap());
    }
    questions
}

fn of<'q>(questions: &'q [QuestionView], item: &str) -> &'q QuestionView {
    questions.iter().find(|shown| asked(shown).as_str() == item).unwrap()
}

/// The VLAN of the port, as the switch prints it in the exhibit.
fn vlan(shown: &QuestionView) -> String {
    let exhibit = shown.exhibit.as_ref().unwrap();
    let Block::Terminal(terminal) = &exhibit.blocks[0] else { panic!("{exhibit:?}") };
    let row = terminal.text.lines().last().unwrap();
    row.split_whitespace().nth(2).unwrap().to_owned()
}

/// The place of the option that holds the value.
fn with(question: &QuestionView, text: &str) -> u8 {
    (1..).zip(options(question)).find(|(_, option)| option.plain_text() == text).unwrap().0
}

#[sqlx::test]
async fn the_parts_of_a_case_stand_together_see_one_exhibit_and_are_numbered(db: PgPool) {
    let ada = ada(db).await;
    let questions = questions(&ada, begin(&ada).await).await;
    let [one, two] = PARTS.map(|part| of(&questions, part));
    assert_eq!(two.position, one.position + 1);
    assert_eq!(one.exhibit, two.exhibit);
    assert_eq!([one, two].map(|part| part.prompt.part), [1, 2].map(|part| Some(CasePart { part, of: 2 })));
    assert_eq!(one.exhibit.as_ref().unwrap().text.plain_text(), "The desk at Gi0/3 has moved.");
    let single = of(&questions, SINGLE);
    assert_eq!(single.prompt.part, None);
    assert!(single.exhibit.is_some());
}

#[sqlx::test]
async fn what_is_right_is_what_the_exhibit_shows_and_stays_so(db: PgPool) {
    let ada = ada(db).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..6 {
        let attempt = begin(&ada).await;
        let questions = questions(&ada, attempt).await;
        let shown = of(&questions, PARTS[0]);
        let value = vlan(shown);
        let place = with(shown, &format!("Part p{value}-{}", PARTS[0]));
        let told = ada.answer(shown, vec![place]).await.unwrap();
        let verdict = told.verdict.unwrap();
        assert!(verdict.score.unwrap().is_right(), "VLAN {value}");
        let Told::Choice { options, .. } = verdict.reveal.told else { panic!() };
        assert!(options.iter().all(|option| option.reason.plain_text().contains(&format!("this one, {value},"))), "{options:?}");
        assert_eq!(
            (told.prompt, told.exhibit),
            (shown.prompt.clone(), shown.exhibit.clone()),
            "the verdict shows what was asked"
        );
        let single = of(&questions, SINGLE);
        seen.insert(format!("{:?}", single.exhibit));
    }
    assert!(seen.len() >= 5, "each attempt sees values of its own");
}

#[sqlx::test]
async fn an_attempt_keeps_its_exhibit_when_the_site_changes(db: PgPool) {
    let old = bank();
    let visitor = Site::new(db).with_bank(&old).await.member("ada").await;
    let ada = Learner::of(&visitor).await;
    let attempt = begin(&ada).await;
    let before = questions(&ada, attempt).await;
    let mut new = old.clone();
    let site = new.files.get_mut("sites/clinic.toml").unwrap();
    *site = site.replace("a = [20, 90]", "a = [91, 120]");
    let mut visitor = visitor.clone();
    visitor.site = visitor.site.with_bank(&new).await;
    let later = Learner::of(&visitor).await;
    for (old, now) in before.iter().zip(questions(&later, attempt).await) {
        assert_eq!((now.prompt, now.exhibit), (old.prompt.clone(), old.exhibit.clone()));
    }
    let fresh = questions(&later, begin(&later).await).await;
    let shown = format!("{:?}", of(&fresh, SINGLE).exhibit);
    assert!((91..=120).any(|letter| shown.contains(&format!(": 10.{letter}.10.1"))), "{shown}");
}

#[sqlx::test]
async fn the_page_shows_it_without_scripts_and_nothing_of_its_making(db: PgPool) {
    let site = Site::new(db).with_bank(&bank()).await;
    let ada = Learner::at(&site, "ada").await;
    let attempt = begin(&ada).await;
    let questions = questions(&ada, attempt).await;
    let question = of(&questions, PARTS[1]);
    let mut browser = Browser::new(&site);
    browser.post("/api/accounts/sign-in", &[("from", "/sign-in"), ("name", "ada"), ("password", PASSWORD)]).await;
    let page = browser.get(&format!("/practice/{attempt}/{}", question.position)).await;
    for wanted in ["Exhibit: The switch", "Part 2 of 2 of one case", "show interfaces Gi0/3 status", "Links as documented"] {
        assert!(page.body.contains(wanted), "{wanted} is missing in {}", page.body);
    }
    for hidden in HIDDEN {
        assert!(!page.body.contains(hidden), "{hidden} in {}", page.body);
    }
}
