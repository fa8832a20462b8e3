//! Reports of faults in items: what may be asked, and what is answered.

use leptos::prelude::server;
use serde::{Deserialize, Serialize};

use domain::ids::{AttemptId, ItemId, ObjectiveId, ReportId};
use domain::reports::{Kind, Outcome, Standing};

use crate::error::AppError;

/// What a learner says is wrong with a question of their own attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReport {
    pub attempt: AttemptId,
    /// From 1.
    pub position: u16,
    pub kind: Kind,
    #[serde(default)]
    pub note: String,
}

/// A report as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    pub attempt: AttemptId,
    pub position: u16,
    /// Of an exam; otherwise of a study quiz.
    pub is_exam: bool,
    /// This learner had said the same of this version of the item.
    pub before: bool,
}

impl Filed {
    /// The page of the question, which says what has become of the form.
    #[must_use]
    pub fn path(&self) -> String {
        let room = if self.is_exam { "exams" } else { "practice" };
        let word = if self.before { "before" } else { "new" };
        format!("/{room}/{}/{}?reported={word}", self.attempt, self.position)
    }
}

/// Reports of one organisation: open ones first, then the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportsView {
    pub reports: Vec<ReportRow>,
    /// On all pages.
    pub open: u32,
    /// From 1.
    pub page: u32,
    pub pages: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    pub id: ReportId,
    pub item: ItemId,
    pub exam_name: String,
    pub objective: ObjectiveId,
    /// The first digits of the version that was reported.
    pub version: String,
    pub standing: Standing,
    pub kind: Kind,
    pub note: String,
    /// The learner's name.
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
    /// `None` while it is open.
    pub closed: Option<Closed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub outcome: Outcome,
    /// RFC 3339, UTC.
    pub at: String,
    /// The administrator's name; `None`: has left.
    pub by: Option<String>,
}

#[async_trait::async_trait]
pub trait Reports {
    /// Of a question whose answer has been told to whoever asks. The same said twice is stored once.
    async fn report(&self, report: NewReport) -> Result<Filed, AppError>;
    /// For administrators.
    async fn reports(&self, page: u32) -> Result<ReportsView, AppError>;
    /// For administrators. Closing what is closed changes its outcome.
    async fn close_report(&self, report: ReportId, outcome: Outcome) -> Result<(), AppError>;
    /// For administrators.
    async fn reopen_report(&self, report: ReportId) -> Result<(), AppError>;
}

#[server(endpoint = "reports/report")]
pub async fn report_fault(report: NewReport) -> Result<Filed, AppError> {
    let filed = crate::backend::backend()?.report(report).await?;
    crate::backend::go_to(&filed.path());
    Ok(filed)
}

/// `page`: of the list, to come back to.
#[server(endpoint = "reports/close")]
pub async fn close_report(report: ReportId, outcome: Outcome, page: u32) -> Result<(), AppError> {
    crate::backend::backend()?.close_report(report, outcome).await?;
    crate::backend::go_to(&format!("/reports?page={page}&done={}", outcome.as_str()));
    Ok(())
}

#[server(endpoint = "reports/reopen")]
pub async fn reopen_report(report: ReportId, page: u32) -> Result<(), AppError> {
    crate::backend::backend()?.reopen_report(report).await?;
    crate::backend::go_to(&format!("/reports?page={page}&done=reopened"));
    Ok(())
}
