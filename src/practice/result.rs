//! The result of a finished attempt, by domain and objective.

use std::sync::Arc;

use app::error::{AppError, Conflict};
use app::practice::api::{DomainMark, ObjectiveMark, ResultRow, ResultView};
use domain::content::blueprint::{Blueprint, Domain};
use domain::content::item::Item;
use domain::ids::{AttemptId, ExamId, ObjectiveId};
use domain::scoring::{Credit, Mark, Score};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::question::instance;
use super::verdict::score_of;
use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::content::Pinned;
use crate::error::OrInternal;

/// Enough of a stem to know it again in a list.
const TITLE_CHARACTERS: usize = 90;

pub async fn result(caller: &Caller, attempt: AttemptId) -> Result<ResultView, AppError> {
    let scope = caller.scope()?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let rows = load(&mut db, scope.org().0, scope.account().0, attempt).await.or_internal(caller)?;
    let first = rows.first().ok_or(AppError::NotFound)?;
    let finished_at = first.finished_at.ok_or(AppError::Conflict(Conflict::AttemptOpen))?;
    let exam_id = ExamId::from(first.exam_id.as_str());
    let catalog = &caller.server.catalog;

    let pinned: Vec<Pinned> = rows.iter().map(|row| (row.item_id.as_str().into(), row.item_version.as_str().into())).collect();
    let items = catalog.versions(&mut db, &pinned).await.or_internal(caller)?;
    let next = crate::progress::next_step(&mut db, scope, catalog).await.or_internal(caller)?;
    Ok(ResultView {
        attempt,
        exam_name: catalog.exam_name(&exam_id),
        finished_at: rfc3339(finished_at),
        total: mark(&rows, |_| true),
        credit: credit(&rows),
        domains: catalog.exam(&exam_id).map(|exam| by_domain(exam, |id| mark(&rows, |other| other == id))).unwrap_or_default(),
        questions: rows.iter().zip(items).map(|(row, item)| question(row, item)).collect(),
        missed: u16::try_from(rows.iter().filter(|row| !row.is_right()).count()).unwrap_or(u16::MAX),
        exam: exam_id,
        next,
    })
}

struct AnswerRow {
    exam_id: String,
    seed: i64,
    finished_at: Option<OffsetDateTime>,
    position: i16,
    item_id: String,
    item_version: String,
    objective_id: String,
    marked: bool,
    points: Option<i16>,
    points_of: Option<i16>,
}

impl AnswerRow {
    /// `None`: not answered.
    fn score(&self) -> Option<Score> {
        score_of(self.points, self.points_of)
    }

    fn is_right(&self) -> bool {
        self.score().is_some_and(Score::is_right)
    }
}

async fn load(db: &mut PgConnection, org: Uuid, account: Uuid, attempt: AttemptId) -> Result<Vec<AnswerRow>, sqlx::Error> {
    sqlx::query_as!(
        AnswerRow,
        "select a.exam_id, a.seed, a.finished_at, i.position, i.item_id, i.item_version, i.objective_id, i.marked,
                i.points, i.points_of
         from attempts a
         join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
         where a.org_id = $1 and a.account_id = $2 and a.attempt_id = $3 and a.kind = 'study'
         order by i.position",
        org,
        account,
        attempt.0
    )
    .fetch_all(db)
    .await
}

/// Of what was answered; open questions are listed, not counted.
fn mark(rows: &[AnswerRow], belongs: impl Fn(&ObjectiveId) -> bool) -> Mark {
    let mut mark = Mark::default();
    for row in rows.iter().filter(|row| belongs(&row.objective_id.as_str().into())) {
        if let Some(score) = row.score() {
            mark.add(score.is_right());
        }
    }
    mark
}

fn credit(rows: &[AnswerRow]) -> Credit {
    let mut credit = Credit::default();
    rows.iter().filter_map(AnswerRow::score).for_each(|score| credit.add(score));
    credit
}

/// `mark`: that of an objective. What was not asked is left out.
pub fn by_domain(exam: &Blueprint, mark: impl Fn(&ObjectiveId) -> Mark) -> Vec<DomainMark> {
    let domains = exam.domains.iter().map(|domain| domain_mark(domain, &mark));
    domains.filter(|domain| !domain.objectives.is_empty()).collect()
}

fn domain_mark(domain: &Domain, mark: impl Fn(&ObjectiveId) -> Mark) -> DomainMark {
    let objectives: Vec<_> = domain
        .objectives
        .iter()
        .map(|objective| ObjectiveMark { id: objective.id.clone(), title: objective.title.clone(), mark: mark(&objective.id) })
        .filter(|objective| objective.mark.of > 0)
        .collect();
    DomainMark {
        number: domain.number,
        name: domain.name.clone(),
        mark: objectives.iter().fold(Mark::default(), |sum, objective| sum.plus(objective.mark)),
        objectives,
    }
}

fn question(row: &AnswerRow, item: Arc<Item>) -> ResultRow {
    let item = instance(item, row.seed, row.position);
    ResultRow {
        position: row.position.unsigned_abs(),
        title: shorten(&item.stem.plain_text()),
        objective: row.objective_id.as_str().into(),
        score: row.score(),
        marked: row.marked,
    }
}

/// Cut at a word.
pub fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(TITLE_CHARACTERS) else { return text.to_owned() };
    let cut = &text[..end];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stems_are_cut_at_a_word() {
        assert_eq!(shorten("Short stem?"), "Short stem?");
        let long = "word ".repeat(40);
        let short = shorten(&long);
        assert!(short.ends_with("word…") && short.chars().count() <= TITLE_CHARACTERS + 1, "{short}");
        assert_eq!(shorten(&"é".repeat(100)).chars().count(), TITLE_CHARACTERS + 1);
    }
}
