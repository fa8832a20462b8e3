//! Hashing: the queue, and parameters that change.

use std::time::Duration;

use app::error::AppError;
use firstline::accounts::password::Limits;
use firstline::config::PasswordHashCost;
use futures::future::join_all;
use sqlx::PgPool;

use super::visitor::{CHEAP, OTHER_PASSWORD, PASSWORD, Site, fields, is_mismatch};

async fn stored_hash(site: &Site) -> String {
    sqlx::query_scalar("select password_hash from accounts").fetch_one(&site.server.db).await.unwrap()
}

#[sqlx::test]
async fn a_sign_in_brings_the_hash_to_the_cost_that_is_set_now(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    assert!(stored_hash(&site).await.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    let dearer = site.hashing(PasswordHashCost { memory_kib: 128, passes: 2, ..CHEAP }, Limits::default());
    assert!(is_mismatch(&dearer.visitor().sign_in("ada", OTHER_PASSWORD).await));
    assert!(stored_hash(&dearer).await.contains("m=64"), "a wrong password changes nothing");
    dearer.visitor().sign_in("ada", PASSWORD).await.unwrap();
    let hash = stored_hash(&dearer).await;
    assert!(hash.starts_with("$argon2id$v=19$m=128,t=2,p=1$"), "{hash}");
    dearer.visitor().sign_in("ada", PASSWORD).await.unwrap();
    assert_eq!(stored_hash(&dearer).await, hash, "the same cost needs no new hash");
}

#[sqlx::test]
async fn beyond_the_queue_the_answer_is_to_come_back_and_counts_as_no_failure(db: PgPool) {
    let slow = PasswordHashCost { memory_kib: 32_768, passes: 4, lanes: 1 };
    let limits = Limits { at_once: 1, waiting: 1, longest_wait: Duration::from_secs(30) };
    let site = Site::new(db).hashing(slow, limits);
    let names: Vec<String> = (0..8).map(|number| format!("visitor{number}")).collect();
    let answers = join_all(names.iter().map(|name| async { site.visitor().sign_in(name, OTHER_PASSWORD).await })).await;
    let tried = answers.iter().filter(|answer| is_mismatch(answer)).count();
    let refused = answers.iter().filter(|answer| **answer == Err(AppError::Unavailable { retry_after_seconds: 5 })).count();
    assert!(tried >= 1 && refused >= 1 && tried + refused == 8, "{answers:?}");
    let failures: i64 =
        sqlx::query_scalar("select sum(failures) from sign_in_failures").fetch_one(&site.server.db).await.unwrap();
    assert_eq!(failures, i64::try_from(tried).unwrap());
}

#[sqlx::test]
async fn a_new_password_must_pass_the_rules_everywhere(db: PgPool) {
    let site = Site::new(db);
    let mut ada = site.member("ada.lovelace").await;
    for (new, reason) in [("short", "at least 15"), ("ada.lovelace1815", "easy to guess"), (&"x ".repeat(200), "at most 256")] {
        let answer = ada.change_password(PASSWORD, new).await;
        assert!(fields(&answer)["new"].contains(reason), "{answer:?}");
    }
    assert!(ada.session().await.is_some());
    assert_eq!(site.visitor().sign_in("ada.lovelace", PASSWORD).await, Ok(()));
}
