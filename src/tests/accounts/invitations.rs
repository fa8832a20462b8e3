//! Who may sign up.

use app::accounts::api::{Accounts as _, SignUpPolicy};
use app::error::{AppError, Conflict};
use firstline::accounts::operator::invitation;
use futures::future::join_all;
use sqlx::PgPool;

use crate::support::site::{PASSWORD, Site, fields};

const SPENT: Result<(), AppError> = Err(AppError::Conflict(Conflict::LinkSpent));
const CLOSED: Result<(), AppError> = Err(AppError::Conflict(Conflict::SignUpClosed));

fn site(db: PgPool, policy: SignUpPolicy) -> Site {
    Site::new(db).with(|settings| settings.sign_up = policy)
}

async fn invite(site: &Site) -> Option<String> {
    let path = invitation(&site.server.db).await.unwrap();
    Some(path.strip_prefix("/sign-up?invitation=").unwrap().to_owned())
}

#[sqlx::test]
async fn an_invitation_lets_one_person_in(db: PgPool) {
    let site = site(db, SignUpPolicy::Invite);
    assert_eq!(site.visitor().caller().await.sign_up_policy(), SignUpPolicy::Invite);
    let secret = invite(&site).await;
    assert!(!site.dump().await.contains(secret.as_deref().unwrap()));
    assert_eq!(site.visitor().sign_up_with("ada", PASSWORD, None).await, CLOSED);
    assert_eq!(site.visitor().sign_up_with("ada", PASSWORD, Some("0".repeat(64))).await, SPENT);
    assert_eq!(site.visitor().sign_up_with("ada", PASSWORD, Some(String::new())).await, SPENT);
    assert_eq!(site.visitor().sign_up_with("ada", PASSWORD, secret.clone()).await, Ok(()));
    assert_eq!(site.visitor().sign_up_with("bob", PASSWORD, secret).await, SPENT);
}

#[sqlx::test]
async fn of_two_who_use_an_invitation_at_once_one_gets_in(db: PgPool) {
    let site = site(db, SignUpPolicy::Invite);
    let secret = invite(&site).await;
    let sign_up = |name: &'static str| {
        let (mut visitor, secret) = (site.visitor(), secret.clone());
        async move { visitor.sign_up_with(name, PASSWORD, secret).await }
    };
    let answers = join_all([sign_up("ada"), sign_up("bob")]).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(answers.contains(&SPENT));
}

#[sqlx::test]
async fn a_name_that_is_taken_does_not_spend_the_invitation(db: PgPool) {
    let site = site(db, SignUpPolicy::Invite);
    let (first, second) = (invite(&site).await, invite(&site).await);
    site.visitor().sign_up_with("ada", PASSWORD, first).await.unwrap();
    let answer = site.visitor().sign_up_with("Ada", PASSWORD, second.clone()).await;
    assert!(fields(&answer).contains_key("name"));
    assert_eq!(site.visitor().sign_up_with("bob", PASSWORD, second).await, Ok(()));
}

#[sqlx::test]
async fn an_invitation_lives_for_a_week(db: PgPool) {
    let site = site(db, SignUpPolicy::Invite);
    let secret = invite(&site).await;
    let day = 24 * 3600;
    assert_eq!(site.later(7 * day + 60).visitor().sign_up_with("ada", PASSWORD, secret.clone()).await, SPENT);
    assert_eq!(site.later(7 * day - 60).visitor().sign_up_with("ada", PASSWORD, secret).await, Ok(()));
}

#[sqlx::test]
async fn a_reset_link_is_no_invitation_and_an_invitation_no_reset_link(db: PgPool) {
    let site = site(db, SignUpPolicy::Invite);
    let reset = firstline::accounts::operator::create_account(&site.server.db, "ada", false).await.unwrap();
    let reset = reset.strip_prefix("/reset/").map(str::to_owned);
    assert_eq!(site.visitor().sign_up_with("bob", PASSWORD, reset).await, SPENT);
    let secret = invite(&site).await.unwrap();
    assert_eq!(site.visitor().reset_password(&secret, PASSWORD).await, SPENT);
}

#[sqlx::test]
async fn closed_is_closed(db: PgPool) {
    let site = site(db, SignUpPolicy::Closed);
    let secret = invite(&site).await;
    assert_eq!(site.visitor().sign_up_with("ada", PASSWORD, None).await, CLOSED);
    assert_eq!(site.visitor().sign_up_with("ada", PASSWORD, secret).await, CLOSED);
}
