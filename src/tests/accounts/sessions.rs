//! How long a session lives, what ends it, who sees it.

use app::accounts::api::Accounts as _;
use app::error::AppError;
use domain::accounts::{Role, TimeAllowance};
use firstline::accounts::operator::create_account;
use sqlx::PgPool;

use crate::support::site::{OTHER_PASSWORD, PASSWORD, Site, Visitor};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

async fn admin(site: &Site) -> Visitor {
    let link = create_account(&site.server.db, "grace", true).await.unwrap();
    let mut grace = site.visitor();
    grace.reset_password(&link, PASSWORD).await.unwrap();
    grace.sign_in("grace", PASSWORD).await.unwrap();
    assert_eq!(grace.viewer().await.unwrap().role, Role::Admin);
    grace
}

async fn alive_after(visitor: &Visitor, seconds: u64) -> bool {
    visitor.later(seconds).session().await.is_some()
}

#[sqlx::test]
async fn a_learner_who_stays_away_for_a_week_is_signed_out(db: PgPool) {
    let ada = Site::new(db).member("ada").await;
    assert!(!alive_after(&ada, 7 * DAY + MINUTE).await);
    assert!(alive_after(&ada, 7 * DAY - HOUR).await);
    assert!(!alive_after(&ada, 14 * DAY).await);
    // That look put the idle time back to nothing.
    assert!(alive_after(&ada, 13 * DAY).await);
}

#[sqlx::test]
async fn a_learner_signs_in_again_after_a_month_at_the_latest(db: PgPool) {
    let ada = Site::new(db).member("ada").await;
    for days in [6, 12, 18, 24, 29] {
        assert!(alive_after(&ada, days * DAY).await, "after {days} days");
    }
    assert!(!alive_after(&ada, 30 * DAY + MINUTE).await);
}

#[sqlx::test]
async fn an_admin_is_signed_out_after_an_hour_of_rest_and_after_half_a_day(db: PgPool) {
    let grace = admin(&Site::new(db)).await;
    assert!(grace.set_cookie.contains("Max-Age=43200"), "{}", grace.set_cookie);
    assert!(!alive_after(&grace, HOUR + MINUTE).await);
    for quarters in 1..48 {
        assert!(alive_after(&grace, quarters * 15 * MINUTE).await, "after {quarters} quarters of an hour");
    }
    assert!(!alive_after(&grace, 12 * HOUR + MINUTE).await);
}

#[sqlx::test]
async fn being_seen_is_written_once_a_minute_at_most(db: PgPool) {
    let ada = Site::new(db).member("ada").await;
    let seen = async || ada.caller().await.sessions().await.unwrap()[0].last_seen_at.clone();
    let first = seen().await;
    assert!(alive_after(&ada, 40).await);
    assert_eq!(seen().await, first);
    assert!(alive_after(&ada, 90).await);
    assert_ne!(seen().await, first);
}

#[sqlx::test]
async fn a_new_role_needs_a_new_sign_in(db: PgPool) {
    let site = Site::new(db);
    let mut ada = site.member("ada").await;
    let token = ada.cookie.clone();
    site.execute("update memberships set role = 'lead'").await;
    assert!(ada.session().await.is_none(), "the token of a learner became a lead's");
    ada.sign_in("ada", PASSWORD).await.unwrap();
    assert_eq!(ada.viewer().await.unwrap().role, Role::Lead);
    assert_ne!(ada.cookie, token);
}

#[sqlx::test]
async fn a_new_password_ends_every_session_and_begins_a_new_one(db: PgPool) {
    let site = Site::new(db);
    let mut laptop = site.member("ada").await;
    let mut phone = site.visitor();
    phone.sign_in("ada", PASSWORD).await.unwrap();
    let before = laptop.clone();
    laptop.change_password(PASSWORD, OTHER_PASSWORD).await.unwrap();
    assert!(laptop.session().await.is_some());
    assert_ne!(laptop.cookie, before.cookie);
    assert!(before.session().await.is_none() && phone.session().await.is_none());
    assert!(site.visitor().sign_in("ada", PASSWORD).await.is_err());
    assert_eq!(site.visitor().sign_in("ada", OTHER_PASSWORD).await, Ok(()));
}

#[sqlx::test]
async fn a_person_sees_and_ends_their_own_sessions(db: PgPool) {
    let site = Site::new(db);
    let laptop = site.member("ada").await;
    let mut phone = site.visitor();
    phone.sign_in("ada", PASSWORD).await.unwrap();
    let list = laptop.caller().await.sessions().await.unwrap();
    assert_eq!(list.len(), 2);
    assert!(list.iter().all(|session| session.device == "Firefox on Linux" && session.signed_in_at.ends_with('Z')));
    let other = list.iter().find(|session| !session.current).unwrap();
    assert_eq!(other.id, phone.session().await.unwrap().id);
    laptop.caller().await.end_session(other.id).await.unwrap();
    assert!(phone.session().await.is_none());
    assert!(laptop.session().await.is_some());
    assert_eq!(laptop.caller().await.end_session(other.id).await, Err(AppError::NotFound));
}

#[sqlx::test]
async fn ending_the_session_one_is_in_clears_the_cookie(db: PgPool) {
    let ada = Site::new(db).member("ada").await;
    let caller = ada.caller().await;
    caller.end_session(ada.session().await.unwrap().id).await.unwrap();
    assert!(caller.take_cookies()[0].to_str().unwrap().starts_with("sid=; Path=/; Max-Age=0;"));
    assert!(ada.session().await.is_none());
}

#[sqlx::test]
async fn the_others_can_be_ended_at_once(db: PgPool) {
    let site = Site::new(db);
    let laptop = site.member("ada").await;
    let mut phone = site.visitor();
    phone.sign_in("ada", PASSWORD).await.unwrap();
    let bob = site.member("bob").await;
    phone.caller().await.end_other_sessions().await.unwrap();
    assert!(laptop.session().await.is_none());
    assert!(phone.session().await.is_some() && bob.session().await.is_some());
}

#[sqlx::test]
async fn nobody_sees_or_ends_the_sessions_of_somebody_else(db: PgPool) {
    let site = Site::new(db);
    let (ada, bob) = (site.member("ada").await, site.member("bob").await);
    let adas = ada.session().await.unwrap().id;
    assert!(bob.caller().await.sessions().await.unwrap().iter().all(|session| session.id != adas));
    assert_eq!(bob.caller().await.end_session(adas).await, Err(AppError::NotFound));
    assert!(ada.session().await.is_some());
}

#[sqlx::test]
async fn settings_need_a_session(db: PgPool) {
    let visitor = Site::new(db).visitor().caller().await;
    let needed = AppError::SignInNeeded;
    assert_eq!(visitor.sessions().await, Err(needed.clone()));
    assert_eq!(visitor.end_session("018f3a00-0000-7000-8000-000000000000".parse().unwrap()).await, Err(needed.clone()));
    assert_eq!(visitor.end_other_sessions().await, Err(needed.clone()));
    assert_eq!(visitor.set_shortcuts(false).await, Err(needed.clone()));
    assert_eq!(visitor.time_allowance().await, Err(needed.clone()));
    assert_eq!(visitor.set_time_allowance(TimeAllowance::Double).await, Err(needed.clone()));
    assert_eq!(visitor.change_password(PASSWORD.to_owned(), OTHER_PASSWORD.to_owned()).await, Err(needed));
}

#[sqlx::test]
async fn shortcuts_stay_as_they_were_set_on_every_device(db: PgPool) {
    let site = Site::new(db);
    let (ada, bob) = (site.member("ada").await, site.member("bob").await);
    ada.caller().await.set_shortcuts(false).await.unwrap();
    let mut phone = site.visitor();
    phone.sign_in("ada", PASSWORD).await.unwrap();
    assert!(!phone.viewer().await.unwrap().shortcuts);
    assert!(bob.viewer().await.unwrap().shortcuts);
}

#[sqlx::test]
async fn the_time_allowance_is_each_person_s_own(db: PgPool) {
    let site = Site::new(db);
    let (ada, bob) = (site.member("ada").await, site.member("bob").await);
    assert_eq!(ada.caller().await.time_allowance().await, Ok(TimeAllowance::Standard));
    ada.caller().await.set_time_allowance(TimeAllowance::HalfMore).await.unwrap();
    assert_eq!(ada.caller().await.time_allowance().await, Ok(TimeAllowance::HalfMore));
    assert_eq!(bob.caller().await.time_allowance().await, Ok(TimeAllowance::Standard));
}

#[sqlx::test]
async fn tidying_removes_only_what_is_dead(db: PgPool) {
    let ada = Site::new(db).member("ada").await;
    firstline::accounts::tidy(&ada.later(29 * DAY).site.server.db).await.unwrap();
    assert!(ada.session().await.is_some());
    firstline::accounts::tidy(&ada.later(31 * DAY).site.server.db).await.unwrap();
    assert!(ada.session().await.is_none());
}
