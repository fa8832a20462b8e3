//! The coverage map, for its page.

use domain::content::coverage::Coverage;
use domain::ids::ExamId;

use crate::error::AppError;
use crate::practice::api::ExamChoice;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageView {
    pub exams: Vec<ExamChoice>,
    /// The exam whose map is shown.
    pub exam: ExamId,
    pub coverage: Coverage,
    /// What the checker says of the bank as a whole: [`domain::content::check::missing`].
    pub missing: Vec<String>,
}

#[async_trait::async_trait]
pub trait CoverageMap {
    /// For administrators. `exam`: the one to show; `None` or unknown: the first.
    async fn coverage(&self, exam: Option<ExamId>) -> Result<CoverageView, AppError>;
}
