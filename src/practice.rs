//! Practice: the use cases of study quizzes and their SQL.

use app::error::AppError;
use app::practice::api::{Answer, BuilderView, HistoryView, Practice, PracticeRequest, QuestionView, ResultView};
use async_trait::async_trait;
use domain::ids::{AttemptId, ExamId};

use crate::caller::Caller;

#[async_trait]
impl Practice for Caller {
    async fn builder(&self, _exam: Option<ExamId>) -> Result<BuilderView, AppError> {
        Err(AppError::NotFound)
    }
    async fn begin(&self, _request: PracticeRequest) -> Result<AttemptId, AppError> {
        Err(AppError::NotFound)
    }
    async fn begin_missed(&self, _attempt: AttemptId) -> Result<AttemptId, AppError> {
        Err(AppError::NotFound)
    }
    async fn question(&self, _attempt: AttemptId, _position: Option<u16>) -> Result<QuestionView, AppError> {
        Err(AppError::NotFound)
    }
    async fn answer(&self, _answer: Answer) -> Result<QuestionView, AppError> {
        Err(AppError::NotFound)
    }
    async fn mark(&self, _attempt: AttemptId, _position: u16, _marked: bool) -> Result<QuestionView, AppError> {
        Err(AppError::NotFound)
    }
    async fn finish(&self, _attempt: AttemptId) -> Result<(), AppError> {
        Err(AppError::NotFound)
    }
    async fn result(&self, _attempt: AttemptId) -> Result<ResultView, AppError> {
        Err(AppError::NotFound)
    }
    async fn history(&self, _page: u32) -> Result<HistoryView, AppError> {
        Err(AppError::NotFound)
    }
}
