//! Practice: the use cases of study quizzes and their SQL, one file per use case.

mod answer;
pub mod begin;
pub mod builder;
pub mod day;
pub mod finish;
pub mod form;
mod history;
mod pool;
mod preset;
pub mod prompt;
pub mod question;
pub mod result;
pub mod verdict;

pub use builder::open_attempt;

use app::error::AppError;
use app::practice::api::{Answer, BuilderView, HistoryView, Practice, PracticeRequest, QuestionView, ResultView};
use async_trait::async_trait;
use domain::ids::{AttemptId, ExamId, PresetId};

use crate::caller::Caller;

#[async_trait]
impl Practice for Caller {
    async fn builder(&self, exam: Option<ExamId>) -> Result<BuilderView, AppError> {
        builder::builder(self, exam).await
    }

    async fn begin(&self, request: PracticeRequest) -> Result<AttemptId, AppError> {
        begin::begin(self, request).await
    }

    async fn begin_missed(&self, attempt: AttemptId) -> Result<AttemptId, AppError> {
        begin::begin_missed(self, attempt).await
    }

    async fn begin_day(&self, exam: ExamId) -> Result<AttemptId, AppError> {
        day::begin_day(self, exam).await
    }

    async fn question(&self, attempt: AttemptId, position: Option<u16>) -> Result<QuestionView, AppError> {
        question::question(self, attempt, position).await
    }

    async fn answer(&self, answer: Answer) -> Result<QuestionView, AppError> {
        answer::answer(self, answer).await
    }

    async fn mark(&self, attempt: AttemptId, position: u16, marked: bool) -> Result<QuestionView, AppError> {
        question::mark(self, attempt, position, marked).await
    }

    async fn finish(&self, attempt: AttemptId) -> Result<(), AppError> {
        finish::finish(self, attempt).await
    }

    async fn result(&self, attempt: AttemptId) -> Result<ResultView, AppError> {
        result::result(self, attempt).await
    }

    async fn history(&self, page: u32) -> Result<HistoryView, AppError> {
        history::history(self, page).await
    }

    async fn save_preset(&self, name: String, request: PracticeRequest) -> Result<(), AppError> {
        preset::save(self, &name, &request).await
    }

    async fn begin_preset(&self, preset: PresetId) -> Result<AttemptId, AppError> {
        preset::begin(self, preset).await
    }

    async fn delete_preset(&self, preset: PresetId) -> Result<(), AppError> {
        preset::delete(self, preset).await
    }
}
