//! Sign-up, sign-in, sign-out.

use std::time::Instant;

use app::accounts::api::Accounts as _;
use app::accounts::words;
use app::error::AppError;
use domain::accounts::Role;
use firstline::accounts::password::Limits;
use firstline::config::PasswordHashCost;
use sqlx::PgPool;

use super::{is_mismatch, median};
use crate::support::site::{OTHER_PASSWORD, PASSWORD, Site, fields};

#[sqlx::test]
async fn who_signs_up_is_signed_in_as_learner_of_an_organisation_of_one(db: PgPool) {
    let ada = Site::new(db).member("Ada").await;
    let viewer = ada.viewer().await.unwrap();
    assert_eq!((viewer.name.as_str(), viewer.organisation.as_str()), ("Ada", "Ada"));
    assert_eq!((viewer.role, viewer.shortcuts), (Role::Learner, true));
}

#[sqlx::test]
async fn two_people_never_share_an_organisation(db: PgPool) {
    let site = Site::new(db);
    let (ada, bob) = (site.member("ada").await.session().await.unwrap(), site.member("bob").await.session().await.unwrap());
    assert_ne!(ada.scope.org(), bob.scope.org());
    assert_ne!(ada.scope.account(), bob.scope.account());
}

#[sqlx::test]
async fn signing_out_ends_the_session_and_clears_the_cookie(db: PgPool) {
    let mut ada = Site::new(db).member("ada").await;
    let before = ada.clone();
    ada.sign_out().await.unwrap();
    assert!(ada.set_cookie.contains("Max-Age=0"), "{}", ada.set_cookie);
    assert_eq!(ada.cookie, None);
    assert!(before.session().await.is_none(), "the old cookie still works");
    ada.sign_in("ada", PASSWORD).await.unwrap();
    assert!(ada.session().await.is_some());
    assert_ne!(ada.cookie, before.cookie);
}

#[sqlx::test]
async fn signing_out_twice_is_fine(db: PgPool) {
    assert_eq!(Site::new(db).visitor().sign_out().await, Ok(()));
}

#[sqlx::test]
async fn signing_in_again_replaces_the_token_of_this_browser(db: PgPool) {
    let mut ada = Site::new(db).member("ada").await;
    let before = ada.clone();
    ada.sign_in("ada", PASSWORD).await.unwrap();
    assert!(before.session().await.is_none());
    assert_eq!(ada.caller().await.sessions().await.unwrap().len(), 1);
}

#[sqlx::test]
async fn the_cookie_is_locked_to_the_host_over_https(db: PgPool) {
    let site = Site::new(db);
    let plain = site.member("ada").await.set_cookie;
    assert!(plain.starts_with("sid=") && !plain.contains("Secure"), "{plain}");
    let https = site.with(|settings| settings.public_url = "https://practice.example.org".to_owned());
    let secure = https.member("bob").await.set_cookie;
    assert!(secure.starts_with("__Host-sid=") && secure.ends_with("; Secure"), "{secure}");
    for cookie in [plain, secure] {
        assert!(cookie.contains("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"), "{cookie}");
    }
}

#[sqlx::test]
async fn names_are_taken_whatever_their_case(db: PgPool) {
    let site = Site::new(db);
    site.member("Ada").await;
    let answer = site.visitor().sign_up("aDA", OTHER_PASSWORD).await;
    assert_eq!(fields(&answer)["name"], words::NAME_TAKEN);
    assert_eq!(site.visitor().sign_in(" ADA ", PASSWORD).await, Ok(()));
}

#[sqlx::test]
async fn a_form_says_everything_that_is_wrong_at_once(db: PgPool) {
    let answer = Site::new(db).visitor().sign_up("a b", "too short").await;
    assert_eq!(fields(&answer).into_keys().collect::<Vec<_>>(), ["name", "password"]);
}

#[sqlx::test]
async fn a_common_password_or_ones_own_name_is_refused(db: PgPool) {
    let site = Site::new(db);
    for password in ["passwordpassword", "grace.hopper2026", "firstlinefirstline"] {
        let answer = site.visitor().sign_up("grace.hopper", password).await;
        assert!(fields(&answer)["password"].contains("easy to guess"), "{password}");
    }
}

#[sqlx::test]
async fn a_password_is_the_same_from_every_keyboard(db: PgPool) {
    let site = Site::new(db);
    site.visitor().sign_up("ada", "drei K\u{f6}che, vier T\u{f6}pfe").await.unwrap();
    assert_eq!(site.visitor().sign_in("ada", "drei Ko\u{308}che, vier To\u{308}pfe").await, Ok(()));
}

#[sqlx::test]
async fn neither_token_nor_password_is_stored(db: PgPool) {
    let site = Site::new(db);
    let ada = site.member("ada").await;
    assert!(is_mismatch(&site.visitor().sign_in("ada", OTHER_PASSWORD).await));
    let dump = site.dump().await;
    assert!(dump.contains("$argon2id$"), "{dump}");
    for secret in [ada.cookie.unwrap().as_str(), PASSWORD, OTHER_PASSWORD] {
        assert!(!dump.contains(secret));
    }
}

#[sqlx::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let mut answers = Vec::new();
    for name in ["ada", "nobody-here", "no such name!", ""] {
        let mut visitor = site.visitor();
        answers.push(visitor.sign_in(name, OTHER_PASSWORD).await);
        assert_eq!(visitor.set_cookie, "");
    }
    assert!(is_mismatch(&answers[0]));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[sqlx::test]
async fn a_wrong_password_and_an_unknown_name_take_the_same_time(db: PgPool) {
    let cost = PasswordHashCost { memory_kib: 8_192, passes: 2, lanes: 1 };
    let site = Site::new(db).hashing(cost, Limits::default());
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..15 {
        site.member(&format!("known{number}")).await;
        // In turn, so that whatever else the machine does falls on both.
        for (name, times) in [(format!("known{number}"), &mut known), (format!("unknown{number}"), &mut unknown)] {
            let started = Instant::now();
            assert!(is_mismatch(&site.visitor().sign_in(&name, OTHER_PASSWORD).await));
            times.push(started.elapsed());
        }
    }
    let (known, unknown) = (median(known), median(unknown));
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    // Without the hash an unknown name would take a tenth. T14 measures closely; this holds on a busy machine.
    assert!((0.6..1.6).contains(&ratio), "known {known:?}, unknown {unknown:?}");
}

#[sqlx::test]
async fn who_has_left_the_organisation_is_out(db: PgPool) {
    let site = Site::new(db);
    let ada = site.member("ada").await;
    site.execute("delete from memberships").await;
    assert!(ada.session().await.is_none());
    assert_eq!(site.visitor().sign_in("ada", PASSWORD).await, Err(AppError::Forbidden));
}

#[sqlx::test]
async fn without_the_database_a_look_up_is_an_error_and_not_a_sign_out(db: PgPool) {
    let ada = Site::new(db).member("ada").await;
    ada.site.server.db.close().await;
    assert!(firstline::accounts::session::look_up(&ada.site.server.db, ada.cookie.as_deref().unwrap()).await.is_err());
    let answer = ada.site.visitor().sign_in("ada", PASSWORD).await;
    assert!(matches!(answer, Err(AppError::Unavailable { .. })), "{answer:?}");
}
