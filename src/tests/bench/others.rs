//! Somebody else's ticket does not exist.

use app::error::AppError;
use app::tickets::api::{Asked, QueueFilter, Tickets as _};
use domain::ids::{IdempotencyKey, WriterId};
use engine::world::DeviceId;
use sqlx::PgPool;
use uuid::Uuid;

use super::Bench;
use crate::support::learner::Learner;

#[sqlx::test]
async fn a_stranger_finds_nothing(db: PgPool) {
    let bench = Bench::open(db).await;
    bench.line("wait 1m").await;
    let bob = Learner::at(&bench.learner.site, "bob").await.caller;
    let ticket = bench.ticket;
    let missing = AppError::NotFound;
    assert_eq!(bob.bench(ticket).await.unwrap_err(), missing);
    assert_eq!(bob.take_over(ticket, WriterId(Uuid::new_v4())).await.unwrap_err(), missing);
    assert_eq!(bob.work_at(ticket, DeviceId(0)).await.unwrap_err(), missing);
    assert_eq!(bob.hint_offer(ticket).await.unwrap_err(), missing);
    assert_eq!(bob.debrief(ticket).await.unwrap_err(), missing);
    assert_eq!(bob.recording(ticket).await.unwrap_err(), missing);
    assert_eq!(bob.fork(ticket, 1).await.unwrap_err(), missing);
    let mut request = bench.request(Asked::Line("wait 1m".to_owned()));
    assert_eq!(bob.step(request.clone()).await.unwrap_err(), missing);
    request.key = IdempotencyKey(Uuid::new_v4());
    assert_eq!(bob.step(request).await.unwrap_err(), missing);
    assert!(bob.queue(QueueFilter::default()).await.unwrap().open.is_empty());
    // The writer is still who it was.
    bench.line("wait 1m").await;
    assert_eq!(bench.stored().await, 2);
}

#[sqlx::test]
async fn who_is_not_signed_in_is_asked_to(db: PgPool) {
    let bench = Bench::open(db).await;
    let nobody = bench.learner.site.visitor().caller().await;
    assert_eq!(nobody.queue(QueueFilter::default()).await.unwrap_err(), AppError::SignInNeeded);
    assert_eq!(nobody.bench(bench.ticket).await.unwrap_err(), AppError::SignInNeeded);
}

#[sqlx::test]
async fn twenty_open_tickets_are_enough(db: PgPool) {
    let bench = Bench::open(db).await;
    let request = || app::tickets::api::TicketRequest::default();
    for _ in 1..20 {
        bench.learner.caller.take(request()).await.unwrap();
    }
    let answer = bench.learner.caller.take(request()).await.unwrap_err();
    assert_eq!(answer, AppError::Conflict(app::error::Conflict::TooManyTickets));
}
