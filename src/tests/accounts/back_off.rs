//! The password door: how long it stays shut, for names that exist and for names that do not.

use app::error::{AppError, Conflict};
use domain::accounts::{Door, after_failure};
use firstline::accounts::operator::reset_link;
use firstline::accounts::tidy;
use futures::future::join_all;
use sqlx::PgPool;

use super::is_mismatch;
use crate::support::site::{OTHER_PASSWORD, PASSWORD, Site};

const DAY: u64 = 24 * 60 * 60;
const SHUT: Result<(), AppError> = Err(AppError::Conflict(Conflict::ResetNeeded));

fn seconds_left(answer: &Result<(), AppError>) -> Option<u32> {
    match answer {
        Err(AppError::TooMany { retry_after_seconds }) => Some(*retry_after_seconds),
        _ => None,
    }
}

#[sqlx::test]
async fn the_wait_doubles_for_known_and_unknown_names_alike(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    for name in ["ada", "nobody-here"] {
        let mut now = 0;
        for failures in 1..=18 {
            // New connections each time: the count is in the database, not in the program.
            let site = site.later(now);
            let answer = site.visitor().sign_in(name, OTHER_PASSWORD).await;
            assert!(is_mismatch(&answer), "failure {failures} of {name}: {answer:?}");
            let Door::OpensIn(wait) = after_failure(failures) else { panic!("shut after {failures}") };
            // Shorter waits may be over before the next try of a slow machine.
            if wait >= 16 {
                let refused = seconds_left(&site.visitor().sign_in(name, PASSWORD).await).unwrap();
                assert!((wait - 10..=wait).contains(&refused), "{refused} of {wait} s after {failures} failures of {name}");
            }
            now += u64::from(wait);
        }
        assert!(is_mismatch(&site.later(now).visitor().sign_in(name, OTHER_PASSWORD).await));
    }
}

#[sqlx::test]
async fn a_success_ends_the_row(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    for _ in 0..3 {
        for _ in 0..4 {
            assert!(is_mismatch(&site.visitor().sign_in("ada", OTHER_PASSWORD).await));
        }
        assert_eq!(site.visitor().sign_in("ada", PASSWORD).await, Ok(()));
    }
}

#[sqlx::test]
async fn guesses_sent_at_once_are_not_all_tried(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    let guesses = join_all((0..40).map(|_| async { site.visitor().sign_in("ada", OTHER_PASSWORD).await })).await;
    let tried = guesses.iter().filter(|answer| is_mismatch(answer)).count();
    // Five are free, the sixth shuts the door for a second; a slow machine may let one or two more in.
    assert!((6..=8).contains(&tried), "{tried}");
    assert!(guesses.iter().all(|answer| is_mismatch(answer) || seconds_left(answer).is_some()));
}

#[sqlx::test]
async fn after_a_hundred_failures_only_a_reset_link_opens_the_door(db: PgPool) {
    let site = Site::new(db);
    let ada = site.member("ada").await;
    for name in ["ada", "nobody-here"] {
        assert!(is_mismatch(&site.visitor().sign_in(name, OTHER_PASSWORD).await));
    }
    site.execute("update sign_in_failures set failures = 99").await;
    for name in ["ada", "nobody-here"] {
        assert!(is_mismatch(&site.visitor().sign_in(name, OTHER_PASSWORD).await));
        assert_eq!(site.visitor().sign_in(name, PASSWORD).await, SHUT);
        assert_eq!(site.later(365 * DAY).visitor().sign_in(name, PASSWORD).await, SHUT);
    }
    assert!(ada.session().await.is_some(), "whoever is signed in goes on");
    let link = reset_link(&site.server.db, "ada").await.unwrap();
    site.visitor().reset_password(&link, OTHER_PASSWORD).await.unwrap();
    assert_eq!(site.visitor().sign_in("ada", OTHER_PASSWORD).await, Ok(()));
}

#[sqlx::test]
async fn changing_the_password_goes_through_the_same_door(db: PgPool) {
    let site = Site::new(db);
    let mut ada = site.member("ada").await;
    for _ in 0..3 {
        let answer = ada.change_password("not my password at all", OTHER_PASSWORD).await;
        assert_eq!(crate::support::site::fields(&answer).into_keys().collect::<Vec<_>>(), ["current"]);
        assert!(is_mismatch(&site.visitor().sign_in("ada", OTHER_PASSWORD).await));
    }
    site.execute("update sign_in_failures set locked_until = firstline_now() + interval '1 minute'").await;
    assert!(seconds_left(&ada.change_password(PASSWORD, OTHER_PASSWORD).await).is_some());
    assert!(seconds_left(&site.visitor().sign_in("ada", PASSWORD).await).is_some());
}

#[sqlx::test]
async fn whoever_takes_a_name_does_not_inherit_its_failures(db: PgPool) {
    let site = Site::new(db);
    for _ in 0..6 {
        site.visitor().sign_in("ada", OTHER_PASSWORD).await.unwrap_err();
    }
    site.execute("update sign_in_failures set failures = 100").await;
    site.member("ada").await;
    assert_eq!(site.visitor().sign_in("ada", PASSWORD).await, Ok(()));
}

#[sqlx::test]
async fn tidying_forgets_the_failures_of_nobody_but_not_of_somebody(db: PgPool) {
    let site = Site::new(db);
    site.member("ada").await;
    for name in ["ada", "nobody-here"] {
        site.visitor().sign_in(name, OTHER_PASSWORD).await.unwrap_err();
    }
    let count = async || sqlx::query_scalar::<_, i64>("select count(*) from sign_in_failures").fetch_one(&site.server.db).await;
    tidy(&site.later(DAY / 2).server.db).await.unwrap();
    assert_eq!(count().await.unwrap(), 2);
    tidy(&site.later(DAY * 2).server.db).await.unwrap();
    assert_eq!(count().await.unwrap(), 1);
}
