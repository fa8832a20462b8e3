//! Reports of faults in items: the use cases and their SQL, one file per use case.

mod close;
mod list;
pub mod open;
mod report;

use app::error::AppError;
use app::reports::api::{Filed, NewReport, Reports, ReportsView};
use async_trait::async_trait;
use domain::ids::{ItemId, ReportId};
use domain::reports::{Outcome, Standing};

use crate::caller::Caller;
use crate::content::Catalog;

/// How many digits of a version people see: enough to find it by.
const VERSION_DIGITS: usize = 12;

#[async_trait]
impl Reports for Caller {
    async fn report(&self, report: NewReport) -> Result<Filed, AppError> {
        report::report(self, report).await
    }

    async fn reports(&self, page: u32) -> Result<ReportsView, AppError> {
        list::reports(self, page).await
    }

    async fn close_report(&self, report: ReportId, outcome: Outcome) -> Result<(), AppError> {
        close::close(self, report, outcome).await
    }

    async fn reopen_report(&self, report: ReportId) -> Result<(), AppError> {
        close::reopen(self, report).await
    }
}

/// Whether the bank still holds the version that was reported.
fn standing(catalog: &Catalog, item: &ItemId, version: &str) -> Standing {
    match catalog.item(item) {
        Some(item) if item.version.as_str() == version => Standing::Present,
        Some(_) => Standing::Changed,
        None => Standing::Gone,
    }
}

fn short(version: &str) -> String {
    version.chars().take(VERSION_DIGITS).collect()
}
