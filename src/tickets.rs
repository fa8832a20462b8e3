//! Tickets: the use cases of the queue, the bench and the debrief, and their SQL, one file per use case.
//!
//! A ticket is a row of `tickets` and its log in `ticket_steps`; the company that a learner works on is played from them and kept
//! in [`Benches`] while somebody works on it.

mod bench;
pub mod close;
mod debrief;
pub mod live;
mod queue;
pub mod row;
mod step;
pub mod take;
mod view;
mod words;

pub use live::Benches;

use app::error::AppError;
use app::tickets::api::{
    BenchView, DebriefView, NextHint, PlaceToWork, QueueFilter, QueueView, RecordingView, StepReply, StepRequest, TicketRequest,
    Tickets,
};
use async_trait::async_trait;
use domain::ids::{TicketId, WriterId};
use engine::world::DeviceId;

use crate::caller::Caller;

#[async_trait]
impl Tickets for Caller {
    async fn queue(&self, filter: QueueFilter) -> Result<QueueView, AppError> {
        queue::queue(self, filter).await
    }

    async fn take(&self, request: TicketRequest) -> Result<TicketId, AppError> {
        take::take(self, request).await
    }

    async fn bench(&self, ticket: TicketId) -> Result<BenchView, AppError> {
        bench::bench(self, ticket).await
    }

    async fn take_over(&self, ticket: TicketId, writer: WriterId) -> Result<BenchView, AppError> {
        bench::take_over(self, ticket, writer).await
    }

    async fn work_at(&self, ticket: TicketId, device: DeviceId) -> Result<PlaceToWork, AppError> {
        bench::work_at(self, ticket, device).await
    }

    async fn hint_offer(&self, ticket: TicketId) -> Result<Option<NextHint>, AppError> {
        bench::hint_offer(self, ticket).await
    }

    async fn step(&self, request: StepRequest) -> Result<StepReply, AppError> {
        step::step(self, request).await
    }

    async fn debrief(&self, ticket: TicketId) -> Result<DebriefView, AppError> {
        debrief::debrief(self, ticket).await
    }

    async fn recording(&self, ticket: TicketId) -> Result<RecordingView, AppError> {
        debrief::recording(self, ticket).await
    }

    async fn fork(&self, ticket: TicketId, actions: u32) -> Result<TicketId, AppError> {
        take::fork(self, ticket, actions).await
    }
}
