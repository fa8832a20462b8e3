//! `firstline content reports`: what is still open, of all organisations, for the authors of the content.

use std::io::{self, Write};

use app::reports::words;
use domain::ids::ItemId;
use domain::reports::{Kind, Standing};
use serde::Serialize;
use sqlx::PgPool;

use super::{short, standing};
use crate::clock::rfc3339;
use crate::content::Catalog;

/// Without the learner's name: authors do not need it.
#[derive(Debug, Serialize)]
pub struct OpenReport {
    pub item: ItemId,
    pub version: String,
    pub standing: Standing,
    pub exam: String,
    pub objective: String,
    pub kind: Kind,
    pub note: String,
    /// RFC 3339, UTC.
    pub reported_at: String,
    pub organisation: String,
}

/// By item, so that what several learners say of one stands together.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &PgPool, catalog: &Catalog) -> Result<Vec<OpenReport>, sqlx::Error> {
    let rows = sqlx::query!(
        "select r.item_id, r.item_version, v.exam_id, v.objective_id, r.kind, r.note, r.reported_at, o.name as organisation
         from item_reports r
         join organisations o on o.org_id = r.org_id
         join item_versions v on v.item_id = r.item_id and v.version = r.item_version
         where r.outcome is null
         order by r.item_id, r.reported_at, r.report_id"
    );
    let reports = rows.fetch_all(db).await?.into_iter().map(|row| OpenReport {
        standing: standing(catalog, &row.item_id.as_str().into(), &row.item_version),
        item: row.item_id.into(),
        version: short(&row.item_version),
        exam: row.exam_id,
        objective: row.objective_id,
        // The table allows no other words.
        kind: row.kind.parse().unwrap_or(Kind::Unclear),
        note: row.note,
        reported_at: rfc3339(row.reported_at),
        organisation: row.organisation,
    });
    Ok(reports.collect())
}

/// # Errors
/// When `out` cannot be written.
pub fn print(reports: &[OpenReport], json: bool, out: &mut impl Write) -> io::Result<()> {
    if json {
        serde_json::to_writer_pretty(&mut *out, reports)?;
        return writeln!(out);
    }
    for one in reports {
        let (standing, kind) = (words::standing(one.standing), words::kind(one.kind));
        writeln!(out, "{:40} {} {:21}  {:29}  {}", one.item.as_str(), one.version, standing, kind, one.reported_at)?;
        writeln!(out, "    {} {}, {}", one.exam, one.objective, one.organisation)?;
        for line in one.note.lines() {
            writeln!(out, "    | {line}")?;
        }
    }
    match reports.len() {
        0 => writeln!(out, "No report is open."),
        1 => writeln!(out, "\n1 open report"),
        count => writeln!(out, "\n{count} open reports"),
    }
}
