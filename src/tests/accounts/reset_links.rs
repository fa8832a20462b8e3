//! Reset links, and the accounts that the operator makes.

use app::error::{AppError, Conflict};
use domain::accounts::Role;
use firstline::accounts::operator::{OperatorError, create_account, reset_link};
use futures::future::join_all;
use sqlx::PgPool;

use super::visitor::{OTHER_PASSWORD, PASSWORD, Site, fields, is_mismatch};

const SPENT: Result<(), AppError> = Err(AppError::Conflict(Conflict::LinkSpent));
const THIRD_PASSWORD: &str = "no owl reads the timetable";

#[sqlx::test]
async fn a_link_sets_the_password_once_and_ends_every_session(db: PgPool) {
    let site = Site::new(db);
    let ada = site.member("ada").await;
    let link = reset_link(&site.server.db, "ADA").await.unwrap();
    assert_eq!(site.visitor().sign_in("ada", PASSWORD).await, Ok(()), "the old password works until the link is used");
    let mut visitor = site.visitor();
    visitor.reset_password(&link, OTHER_PASSWORD).await.unwrap();
    assert_eq!(visitor.cookie, None, "nobody is signed in by a link");
    assert!(ada.session().await.is_none());
    assert!(is_mismatch(&site.visitor().sign_in("ada", PASSWORD).await));
    assert_eq!(site.visitor().sign_in("ada", OTHER_PASSWORD).await, Ok(()));
    assert_eq!(visitor.reset_password(&link, THIRD_PASSWORD).await, SPENT);
    assert_eq!(site.visitor().sign_in("ada", OTHER_PASSWORD).await, Ok(()));
}

#[sqlx::test]
async fn of_two_who_use_a_link_at_once_one_wins(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let link = reset_link(&site.server.db, "ada").await.unwrap();
    let use_link = |new: &'static str| {
        let (mut visitor, link) = (site.visitor(), link.clone());
        async move { visitor.reset_password(&link, new).await }
    };
    let answers = join_all([use_link(OTHER_PASSWORD), use_link(THIRD_PASSWORD)]).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(answers.contains(&SPENT));
}

#[sqlx::test]
async fn a_link_lives_for_a_day(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let link = reset_link(&site.server.db, "ada").await.unwrap();
    assert_eq!(site.later(24 * 3600 + 60).visitor().reset_password(&link, OTHER_PASSWORD).await, SPENT);
    assert_eq!(site.later(23 * 3600).visitor().reset_password(&link, OTHER_PASSWORD).await, Ok(()));
}

#[sqlx::test]
async fn a_newer_link_or_a_new_password_voids_the_older_one(db: PgPool) {
    let site = Site::new(db);
    let mut ada = site.member("ada").await;
    let first = reset_link(&site.server.db, "ada").await.unwrap();
    let second = reset_link(&site.server.db, "ada").await.unwrap();
    assert_eq!(site.visitor().reset_password(&first, OTHER_PASSWORD).await, SPENT);
    ada.change_password(PASSWORD, OTHER_PASSWORD).await.unwrap();
    assert_eq!(site.visitor().reset_password(&second, THIRD_PASSWORD).await, SPENT);
}

#[sqlx::test]
async fn a_refused_password_does_not_spend_the_link(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let link = reset_link(&site.server.db, "ada").await.unwrap();
    let answer = site.visitor().reset_password(&link, "short").await;
    assert_eq!(fields(&answer).into_keys().collect::<Vec<_>>(), ["new"]);
    assert_eq!(site.visitor().reset_password(&link, OTHER_PASSWORD).await, Ok(()));
}

#[sqlx::test]
async fn made_up_secrets_open_nothing(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    for secret in ["", "0", &"0".repeat(64), "' or true --"] {
        assert_eq!(site.visitor().reset_password(secret, OTHER_PASSWORD).await, SPENT, "{secret:?}");
    }
}

#[sqlx::test]
async fn the_secret_of_a_link_is_not_stored(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let link = reset_link(&site.server.db, "ada").await.unwrap();
    assert!(!site.dump().await.contains(link.strip_prefix("/reset/").unwrap()));
}

#[sqlx::test]
async fn an_account_from_the_command_line_has_no_password_until_its_link_is_used(db: PgPool) {
    let site = Site::new(db);
    let link = create_account(&site.server.db, "Grace", true).await.unwrap();
    for guess in ["", PASSWORD] {
        assert!(is_mismatch(&site.visitor().sign_in("grace", guess).await));
    }
    site.visitor().reset_password(&link, PASSWORD).await.unwrap();
    let mut grace = site.visitor();
    grace.sign_in("grace", PASSWORD).await.unwrap();
    let viewer = grace.viewer().await.unwrap();
    assert_eq!((viewer.name.as_str(), viewer.organisation.as_str(), viewer.role), ("Grace", "Grace", Role::Admin));
}

#[sqlx::test]
async fn the_command_line_can_make_a_learner_too(db: PgPool) {
    let site = Site::new(db);
    let link = create_account(&site.server.db, "ada", false).await.unwrap();
    site.visitor().reset_password(&link, PASSWORD).await.unwrap();
    let mut ada = site.visitor();
    ada.sign_in("ada", PASSWORD).await.unwrap();
    assert_eq!(ada.viewer().await.unwrap().role, Role::Learner);
}

#[sqlx::test]
async fn the_command_line_names_what_is_wrong_and_the_way_out(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let taken = create_account(&site.server.db, "Ada", true).await.unwrap_err();
    assert!(matches!(taken, OperatorError::Taken(_)) && taken.to_string().contains("account reset Ada"), "{taken}");
    let unknown = reset_link(&site.server.db, "bob").await.unwrap_err();
    assert!(matches!(unknown, OperatorError::Unknown(_)) && unknown.to_string().contains("account create bob"), "{unknown}");
    let impossible = create_account(&site.server.db, "a b c", true).await.unwrap_err();
    assert!(
        matches!(impossible, OperatorError::Name { .. }) && impossible.to_string().contains("without spaces"),
        "{impossible}"
    );
}
