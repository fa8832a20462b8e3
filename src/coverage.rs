//! The coverage map of the bank as it is served.

use app::coverage::api::{CoverageMap, CoverageView};
use app::error::AppError;
use async_trait::async_trait;
use domain::content::check::missing;
use domain::ids::ExamId;

use crate::caller::Caller;
use crate::practice::builder::exam_choice;

#[async_trait]
impl CoverageMap for Caller {
    async fn coverage(&self, exam: Option<ExamId>) -> Result<CoverageView, AppError> {
        self.admin()?;
        let catalog = &self.server.catalog;
        let shown = exam.and_then(|id| catalog.exam(&id)).or(catalog.exams.first()).ok_or(AppError::NotFound)?;
        let coverage = catalog.coverage(&shown.id).ok_or(AppError::NotFound)?;
        Ok(CoverageView {
            exams: catalog.exams.iter().map(|exam| exam_choice(catalog, exam)).collect(),
            exam: shown.id.clone(),
            missing: missing(coverage).into_iter().map(|(_, message)| message).collect(),
            coverage: coverage.clone(),
        })
    }
}
