//! Practice exams: the use cases and their SQL, one file per use case.
//!
//! The database's clock decides everything about time: the deadline is written by the statement that creates the attempt, and
//! checked by each statement that stores a change.

mod begin;
mod clock;
mod earlier;
mod finish;
mod lobby;
mod question;
mod result;
mod row;
mod save;
pub mod simulations;
pub mod sitting;

use app::error::AppError;
use app::exams::api::{Change, Clock, ExamRequest, ExamResultView, Exams, LobbyView, Saved, SittingView};
use app::practice::api::QuestionView;
use async_trait::async_trait;
use domain::ids::{AttemptId, ExamId, WriterId};

use crate::caller::Caller;

pub use finish::{finish_expired, finish_expired_always};

#[async_trait]
impl Exams for Caller {
    async fn lobby(&self, exam: Option<ExamId>) -> Result<LobbyView, AppError> {
        lobby::lobby(self, exam).await
    }

    async fn begin_exam(&self, request: ExamRequest) -> Result<AttemptId, AppError> {
        begin::begin(self, request).await
    }

    async fn sitting(&self, attempt: AttemptId) -> Result<SittingView, AppError> {
        sitting::sitting(self, attempt).await
    }

    async fn sit_here(&self, attempt: AttemptId, writer: WriterId) -> Result<SittingView, AppError> {
        sitting::sit_here(self, attempt, writer).await
    }

    async fn save(&self, change: Change) -> Result<Saved, AppError> {
        save::save(self, change).await
    }

    async fn pause(&self, attempt: AttemptId) -> Result<Clock, AppError> {
        clock::pause(self, attempt).await
    }

    async fn resume(&self, attempt: AttemptId) -> Result<Clock, AppError> {
        clock::resume(self, attempt).await
    }

    async fn finish_exam(&self, attempt: AttemptId) -> Result<(), AppError> {
        finish::finish(self, attempt).await
    }

    async fn exam_result(&self, attempt: AttemptId) -> Result<ExamResultView, AppError> {
        result::result(self, attempt).await
    }

    async fn exam_question(&self, attempt: AttemptId, position: u16) -> Result<QuestionView, AppError> {
        question::question(self, attempt, position).await
    }
}
