//! The coverage map: for administrators, counted from the bank that is served.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::browser::Browser;
use crate::support::site::Site;

async fn site(db: PgPool) -> Site {
    Site::new(db).with_bank(&Bank::default().exam("alpha", &[(60, &[3, 2]), (40, &[5])]).exam("beta", &[(100, &[1])])).await
}

#[sqlx::test]
async fn an_administrator_sees_what_each_exam_has_and_lacks(db: PgPool) {
    let site = site(db).await;
    let mut grace = Browser::of(&site.administrator("grace").await);
    assert!(grace.get("/account").await.has("href=\"/coverage\""));
    let page = grace.get("/coverage").await;
    for part in [
        "5, 50\u{a0}% of the questions, weight 60\u{a0}%",
        "domain 1 has 5 of 10 items",
        "objective 1.2 has 2 items",
        "(3 wanted)",
    ] {
        assert!(page.has(part), "{part}: {}", page.body);
    }
    let other = grace.get("/coverage?exam=beta").await;
    assert!(other.has("1, 100\u{a0}% of the questions, weight 100\u{a0}%"), "{}", other.body);
    assert!(grace.get("/coverage?exam=nowhere").await.has("weight 60\u{a0}%"), "the first exam instead");
}

#[sqlx::test]
async fn the_map_is_not_for_learners(db: PgPool) {
    let site = site(db).await;
    let mut bob = Browser::signed_in(&site, "bob").await;
    assert!(!bob.get("/account").await.has("href=\"/coverage\""));
    assert_eq!(bob.get("/coverage").await.status, StatusCode::FORBIDDEN);
    assert_ne!(Browser::new(&site).get("/coverage").await.status, StatusCode::OK);
}
