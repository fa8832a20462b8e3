//! The reports of an organisation, for its administrators.

use std::collections::HashMap;

use app::error::AppError;
use app::reports::api::{Closed, ReportRow, ReportsView};
use domain::ids::{ItemId, ReportId};
use domain::reports::Kind;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{short, standing};
use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::content::Catalog;
use crate::error::OrInternal;

const REPORTS_A_PAGE: u32 = 20;

pub async fn reports(caller: &Caller, page: u32) -> Result<ReportsView, AppError> {
    let scope = caller.admin()?;
    let org = scope.org().0;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let counts = sqlx::query!(
        r#"select count(*) as "all!", count(*) filter (where outcome is null) as "open!" from item_reports where org_id = $1"#,
        org
    );
    let counts = counts.fetch_one(&mut *db).await.or_internal(caller)?;
    let pages = u32::try_from(counts.all).unwrap_or(u32::MAX).div_ceil(REPORTS_A_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows = load(&mut db, org, page).await.or_internal(caller)?;
    let names = names(&mut db, &rows).await.or_internal(caller)?;
    Ok(ReportsView {
        reports: rows.into_iter().map(|row| view(&caller.server.catalog, row, &names)).collect(),
        open: u32::try_from(counts.open).unwrap_or(u32::MAX),
        page,
        pages,
    })
}

struct Row {
    report_id: Uuid,
    account_id: Uuid,
    item_id: String,
    item_version: String,
    exam_id: String,
    objective_id: String,
    kind: String,
    note: String,
    reported_at: OffsetDateTime,
    outcome: Option<String>,
    closed_at: Option<OffsetDateTime>,
    closed_by: Option<Uuid>,
}

/// `page`: from 1.
async fn load(db: &mut PgConnection, org: Uuid, page: u32) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        "select r.report_id, r.account_id, r.item_id, r.item_version, v.exam_id, v.objective_id, r.kind, r.note,
                r.reported_at, r.outcome, r.closed_at, r.closed_by
         from item_reports r join item_versions v on v.item_id = r.item_id and v.version = r.item_version
         where r.org_id = $1
         order by r.outcome is not null, r.reported_at desc, r.report_id limit $2 offset $3",
        org,
        i64::from(REPORTS_A_PAGE),
        i64::from((page - 1) * REPORTS_A_PAGE)
    )
    .fetch_all(db)
    .await
}

/// Asked apart from the reports: accounts may live in another database than what belongs to organisations.
async fn names(db: &mut PgConnection, rows: &[Row]) -> Result<HashMap<Uuid, String>, sqlx::Error> {
    let accounts: Vec<Uuid> = rows.iter().flat_map(|row| [Some(row.account_id), row.closed_by]).flatten().collect();
    let names = sqlx::query!("select account_id, name from accounts where account_id = any($1)", &accounts);
    Ok(names.fetch_all(db).await?.into_iter().map(|row| (row.account_id, row.name)).collect())
}

fn view(catalog: &Catalog, row: Row, names: &HashMap<Uuid, String>) -> ReportRow {
    let item = ItemId::from(row.item_id);
    let closed = row.outcome.and_then(|outcome| outcome.parse().ok()).zip(row.closed_at).map(|(outcome, at)| Closed {
        outcome,
        at: rfc3339(at),
        by: row.closed_by.and_then(|account| names.get(&account)).cloned(),
    });
    ReportRow {
        id: ReportId(row.report_id),
        exam_name: catalog.exam_name(&row.exam_id.into()),
        objective: row.objective_id.into(),
        version: short(&row.item_version),
        standing: standing(catalog, &item, &row.item_version),
        item,
        // The table allows no other words.
        kind: row.kind.parse().unwrap_or(Kind::Unclear),
        note: row.note,
        by: names.get(&row.account_id).cloned().unwrap_or_default(),
        at: rfc3339(row.reported_at),
        closed,
    }
}
