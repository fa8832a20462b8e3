//! Settings that a learner keeps: saved, begun, deleted, and nobody else's.

use app::error::AppError;
use app::practice::api::{Practice as _, PracticeRequest, Preset};
use domain::content::item::ItemKind;
use domain::ids::PresetId;
use domain::practice::{Pool, Timing};
use http::StatusCode;
use sqlx::PgPool;
use uuid::Uuid;

use super::begin::items;
use super::{NOTHING, ada, site};
use crate::support::browser::Browser;
use crate::support::learner::{Learner, request};
use crate::support::site::fields;

fn kept() -> PracticeRequest {
    PracticeRequest {
        domains: vec![2],
        objectives: vec!["2.1".into()],
        kinds: vec![ItemKind::Multiple],
        timing: Timing::Minutes,
        minutes: 15,
        ..request(5)
    }
}

async fn presets(learner: &Learner) -> Vec<Preset> {
    learner.caller.builder(None).await.unwrap().presets
}

#[sqlx::test]
async fn settings_are_kept_begun_and_deleted(db: PgPool) {
    let ada = ada(db).await;
    assert_eq!(presets(&ada).await, []);
    ada.caller.save_preset("  Two keys ".to_owned(), kept()).await.unwrap();
    ada.caller.save_preset("Everything".to_owned(), request(90)).await.unwrap();
    let both = presets(&ada).await;
    assert_eq!(both.iter().map(|preset| preset.name.as_str()).collect::<Vec<_>>(), ["Two keys", "Everything"]);
    let asks = both[0].asks.clone().unwrap();
    assert_eq!((asks.exam_name.as_str(), asks.request), ("Exam alpha", kept()));
    let attempt = ada.caller.begin_preset(both[0].id).await.unwrap();
    assert_eq!(items(&ada, attempt).await.into_iter().collect::<Vec<_>>(), ["alpha-2-1-004"]);
    assert_eq!(ada.site.count("select time_limit::bigint from attempts").await, 900);
    ada.caller.delete_preset(both[0].id).await.unwrap();
    assert_eq!(ada.caller.delete_preset(both[0].id).await, Err(AppError::NotFound));
    assert_eq!(ada.caller.begin_preset(both[0].id).await, Err(AppError::NotFound));
    assert_eq!(presets(&ada).await, both[1..]);
}

#[sqlx::test]
async fn names_are_short_and_used_once_and_there_are_twenty_at_most(db: PgPool) {
    let ada = ada(db).await;
    let save = async |name: &str| ada.caller.save_preset(name.to_owned(), request(5)).await;
    for name in ["", "  ", &"x".repeat(61)] {
        assert_eq!(fields(&save(name).await)["name"], "Give these settings a name of 1 to 60 characters.");
    }
    save("Ports").await.unwrap();
    for name in ["Ports", "pORTS", " ports "] {
        assert!(fields(&save(name).await)["name"].contains("of this name already"), "{name}");
    }
    for number in 2..=20 {
        save(&format!("Set {number}")).await.unwrap();
    }
    assert!(fields(&save("One more").await)["name"].contains("20 settings already"));
    assert_eq!(ada.site.count("select count(*) from presets").await, 20);
    ada.caller.delete_preset(presets(&ada).await[0].id).await.unwrap();
    save("One more").await.unwrap();
}

#[sqlx::test]
async fn settings_that_could_not_be_begun_are_not_kept(db: PgPool) {
    let ada = ada(db).await;
    let save = async |request| ada.caller.save_preset("Mine".to_owned(), request).await;
    assert!(fields(&save(request(0)).await).contains_key("request[count]"));
    let minutes = PracticeRequest { minutes: 181, ..request(5) };
    assert!(fields(&save(minutes).await).contains_key("request[minutes]"));
    let no_exam = PracticeRequest { exam: "beta".into(), ..request(5) };
    assert_eq!(save(no_exam).await, Err(AppError::NotFound));
    assert_eq!(ada.site.count("select count(*) from presets").await, 0);
    // A pool that is empty today may be full tomorrow.
    save(PracticeRequest { pool: Pool::Due, ..request(5) }).await.unwrap();
}

#[sqlx::test]
async fn the_settings_of_somebody_else_are_not_there(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    ada.caller.save_preset("Mine".to_owned(), request(5)).await.unwrap();
    let preset = presets(&ada).await[0].id;
    let stranger = Learner::at(&site, "bob").await;
    let colleague = Learner::of(&site.colleague("cem", "ada").await).await;
    for other in [stranger, colleague] {
        assert_eq!(presets(&other).await, []);
        for id in [preset, PresetId(Uuid::now_v7())] {
            assert_eq!(other.caller.begin_preset(id).await, Err(AppError::NotFound));
            assert_eq!(other.caller.delete_preset(id).await, Err(AppError::NotFound));
        }
        other.caller.save_preset("mine".to_owned(), request(5)).await.unwrap();
    }
    assert_eq!(presets(&ada).await.len(), 1);
}

#[sqlx::test]
async fn what_can_no_longer_be_read_is_shown_to_be_deleted(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    for (name, stored) in [
        ("Nonsense", "update presets set request = '[1]' where name = 'Nonsense'"),
        ("Gone pool", r#"update presets set request = request || '{"pool": "Lucky"}' where name = 'Gone pool'"#),
        ("Gone exam", r#"update presets set request = request || '{"exam": "beta"}' where name = 'Gone exam'"#),
    ] {
        save(&mut ada, name).await;
        site.execute(stored).await;
        let page = ada.get("/practice").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.has(name) && page.has("They can only be deleted."), "{}", page.body);
        assert!(!page.has("/api/practice/begin-preset"), "{}", page.body);
        let id: Uuid = sqlx::query_scalar("select preset_id from presets").fetch_one(&site.server.db).await.unwrap();
        let begun = ada.call("/api/practice/begin-preset", &[("preset", id.to_string())]).await;
        assert_eq!(begun.error(), NOTHING);
        let deleted = ada.post("/api/practice/delete-preset", &page.form("/api/practice/delete-preset")).await;
        assert_eq!(deleted.location(), Some("/practice"), "{}", deleted.body);
    }
    // Kept before there were types and limits.
    save(&mut ada, "Old").await;
    site.execute("update presets set request = '{\"exam\": \"alpha\", \"count\": 5}'").await;
    let begun = ada.get("/practice").await.form("/api/practice/begin-preset");
    assert_eq!(ada.post("/api/practice/begin-preset", &begun).await.status, StatusCode::SEE_OTHER);
}

async fn save(browser: &mut Browser, name: &str) {
    let send = [("from", "/practice"), ("request[exam]", "alpha"), ("request[count]", "5"), ("name", name)];
    let saved = browser.post("/api/practice/save-preset", &send).await;
    assert_eq!(saved.location(), Some("/practice?exam=alpha"), "{}", saved.body);
}

#[sqlx::test]
async fn forms_that_fail_come_back_with_what_was_chosen(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    let chosen = [
        ("from", "/practice"),
        ("request[exam]", "alpha"),
        ("request[count]", "40"),
        ("request[pool]", "Flagged"),
        ("request[kinds][]", "typed"),
        ("request[timing]", "Pace"),
        ("request[minutes]", "45"),
        ("name", ""),
    ];
    for (action, words) in [
        ("/api/practice/begin", "None of these questions is"),
        ("/api/practice/save-preset", "Give these settings a name of 1 to 60 characters."),
    ] {
        // There is nothing to type in this bank, so that beginning asks for all types.
        let chosen: Vec<_> = chosen.into_iter().filter(|(_, value)| action.ends_with("preset") || *value != "typed").collect();
        let back = ada.post(action, &chosen).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.has(words), "{}", back.body);
        let checked: Vec<_> =
            back.body.split("<input").filter(|input| input.split('>').next().unwrap().contains(" checked")).collect();
        for value in
            chosen.iter().filter(|(name, _)| ["count", "pool", "kinds", "timing"].iter().any(|field| name.contains(field)))
        {
            let attribute = format!("value=\"{}\"", value.1);
            assert!(checked.iter().any(|input| input.contains(&attribute)), "{value:?}: {}", back.body);
        }
        assert!(back.body.contains("<option value=\"45\" selected"), "{}", back.body);
    }
}

/// The fields of the settings are not marked anywhere, so the page says what is wrong with them.
#[sqlx::test]
async fn a_preset_with_nothing_to_ask_says_so_on_the_page(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    let pool =
        [("from", "/practice"), ("request[exam]", "alpha"), ("request[count]", "5"), ("request[pool]", "Slow"), ("name", "Slow")];
    ada.post("/api/practice/save-preset", &pool).await;
    let page = ada.get("/practice").await;
    let refused = ada.post("/api/practice/begin-preset", &page.form("/api/practice/begin-preset")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Exams measure the time of each question") && refused.has("Start quiz"), "{}", refused.body);
}
