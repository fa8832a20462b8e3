//! Tickets, from the calls that pages and server functions make down to the rows.

mod assessment;
mod closing;
mod others;
mod steps;

use app::error::{AppError, Conflict};
use app::tickets::api::{Asked, BenchView, StepReply, StepRequest, TicketRequest, Tickets as _};
use domain::ids::{IdempotencyKey, TicketId, WriterId};
use domain::tickets::Mode;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::bank::Bank;
use crate::support::company::SCENARIO;
use crate::support::learner::Learner;
use crate::support::site::Site;

/// A learner with a ticket open before them.
struct Bench {
    learner: Learner,
    ticket: TicketId,
    writer: WriterId,
}

impl Bench {
    /// The same company each time.
    async fn open(db: PgPool) -> Self {
        let learner = Learner::at(&site(db).await, "ada").await;
        let request = TicketRequest { scenario: Some(SCENARIO.into()), mode: Mode::Practice, seed: Some(7) };
        Self::take(learner, request).await
    }

    async fn assessment(db: PgPool) -> Self {
        let learner = Learner::at(&site(db).await, "ada").await;
        let request = TicketRequest { scenario: Some(SCENARIO.into()), mode: Mode::Assessment, seed: Some(7) };
        Self::take(learner, request).await
    }

    async fn take(learner: Learner, request: TicketRequest) -> Self {
        let ticket = learner.caller.take(request).await.unwrap();
        let bench = Self { learner, ticket, writer: WriterId(Uuid::new_v4()) };
        bench.take_over().await.unwrap();
        bench
    }

    async fn take_over(&self) -> Result<BenchView, AppError> {
        self.learner.caller.take_over(self.ticket, self.writer).await
    }

    fn request(&self, step: Asked) -> StepRequest {
        StepRequest { ticket: self.ticket, writer: self.writer, key: IdempotencyKey(Uuid::new_v4()), step }
    }

    async fn step(&self, step: Asked) -> Result<StepReply, AppError> {
        self.learner.caller.step(self.request(step)).await
    }

    async fn line(&self, line: &str) -> StepReply {
        self.step(Asked::Line(line.to_owned())).await.unwrap_or_else(|error| panic!("{line}: {error:?}"))
    }

    /// The author's own way, from beginning to end.
    async fn solve(&self) {
        let solution = self.learner.site.server.catalog.scenario(&SCENARIO.into()).unwrap().scenario.solution.clone();
        for line in solution.lines().filter(|line| !line.trim().is_empty()) {
            self.line(line).await;
        }
    }

    async fn stored(&self) -> i64 {
        self.learner.site.count("select count(*) from ticket_steps").await
    }
}

async fn site(db: PgPool) -> Site {
    Site::new(db).with_bank(&Bank::small().with_clinic()).await
}

fn conflict(of: Conflict) -> AppError {
    AppError::Conflict(of)
}

/// The text of what came of a step.
fn text(reply: &StepReply) -> String {
    reply.entry.as_ref().map(|entry| entry.shown.text()).unwrap_or_default()
}
