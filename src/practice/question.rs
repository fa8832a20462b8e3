//! One question of one attempt: without the key before the answer is stored, with the verdict afterwards.

use std::sync::Arc;

use app::error::{AppError, Conflict};
use app::practice::api::{CasePart, QuestionView, TimeLeft};
use domain::content::exhibit::bundle::MOST_PARTS;
use domain::content::item::{Item, ItemKind};
use domain::ids::{AttemptId, IdempotencyKey};
use domain::practice::item_seed;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::finish::finish;
use super::prompt::prompt;
use super::verdict::verdict;
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::error::OrInternal;
use crate::exams::simulations;

pub async fn question(caller: &Caller, attempt: AttemptId, position: Option<u16>) -> Result<QuestionView, AppError> {
    let scope = caller.scope()?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let row = match position {
        Some(position) => load(&mut db, scope, Kind::Study, attempt, position).await.or_internal(caller)?,
        None => load_first_open(&mut db, caller, scope, attempt).await?,
    };
    let mut row = row.ok_or(AppError::NotFound)?;
    if row.over {
        // Whoever looks finishes it, in a transaction of its own.
        drop(db);
        finish(caller, attempt).await?;
        let position = position.ok_or(AppError::Conflict(Conflict::AttemptFinished))?;
        db = caller.server.db.acquire().await.or_internal(caller)?;
        row = load(&mut db, scope, Kind::Study, attempt, position).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    }
    view(&mut db, caller, &row).await
}

/// Marks a question for review, or takes the mark away.
pub async fn mark(caller: &Caller, attempt: AttemptId, position: u16, marked: bool) -> Result<QuestionView, AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let found = sqlx::query!(
        "update attempt_items set marked = $4
         where org_id = $1 and attempt_id = $2 and position = $3
           and exists (select from attempts where org_id = $1 and attempt_id = $2 and account_id = $5 and kind = 'study')",
        scope.org().0,
        attempt.0,
        sql_position(position),
        marked,
        scope.account().0
    )
    .execute(&mut *tx)
    .await
    .or_internal(caller)?;
    if found.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    tx.commit().await.or_internal(caller)?;
    question(caller, attempt, Some(position)).await
}

/// A question with its attempt, as stored.
pub struct QuestionRow {
    pub attempt_id: Uuid,
    pub exam_id: String,
    pub seed: i64,
    pub questions: i16,
    pub answered: i16,
    pub finished: bool,
    /// Where there is a time limit.
    pub deadline_at: Option<OffsetDateTime>,
    /// Negative when the time is up.
    pub seconds_left: Option<i64>,
    /// Still open, but nothing more is accepted: the time is up and the grace period is over.
    pub over: bool,
    pub position: i16,
    pub item_id: String,
    pub item_version: String,
    pub option_order: Vec<i16>,
    pub marked: bool,
    pub chosen: Option<Vec<i16>>,
    pub typed: Option<String>,
    pub points: Option<i16>,
    pub points_of: Option<i16>,
    pub next_open: Option<i16>,
}

/// What sort of attempt: a study quiz tells after each answer, an exam at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Study,
    Exam,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Exam => "exam",
        }
    }
}

pub async fn load(
    db: &mut PgConnection,
    scope: &Scope,
    kind: Kind,
    attempt: AttemptId,
    position: u16,
) -> Result<Option<QuestionRow>, sqlx::Error> {
    sqlx::query_as!(
        QuestionRow,
        r#"select a.attempt_id, a.exam_id, a.seed, a.questions, a.answered, a.finished_at is not null as "finished!",
                  a.deadline_at, floor(extract(epoch from a.deadline_at - firstline_now()))::bigint as seconds_left,
                  a.finished_at is null
                      and coalesce(firstline_now() > a.deadline_at + make_interval(secs => $6), false) as "over!",
                  i.position, i.item_id, i.item_version, i.option_order, i.marked, i.chosen,
                  i.typed, i.points, i.points_of,
                  (select coalesce(min(o.position) filter (where o.position > i.position), min(o.position))
                   from attempt_items o
                   where o.org_id = $1 and o.attempt_id = $2 and o.chosen is null and o.position <> i.position) as next_open
           from attempts a
           join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
           where a.org_id = $1 and a.attempt_id = $2 and a.account_id = $3 and i.position = $4 and a.kind = $5"#,
        scope.org().0,
        attempt.0,
        scope.account().0,
        sql_position(position),
        kind.as_str(),
        f64::from(domain::exams::GRACE_SECONDS)
    )
    .fetch_optional(db)
    .await
}

async fn load_first_open(
    db: &mut PgConnection,
    caller: &Caller,
    scope: &Scope,
    attempt: AttemptId,
) -> Result<Option<QuestionRow>, AppError> {
    let open = sqlx::query!(
        r#"select a.finished_at is not null as "finished!",
                  (select min(i.position) from attempt_items i
                   where i.org_id = $1 and i.attempt_id = $2 and i.chosen is null) as position
           from attempts a where a.org_id = $1 and a.attempt_id = $2 and a.account_id = $3 and a.kind = 'study'"#,
        scope.org().0,
        attempt.0,
        scope.account().0
    )
    .fetch_optional(&mut *db)
    .await
    .or_internal(caller)?
    .ok_or(AppError::NotFound)?;
    match open.position {
        Some(position) if !open.finished => {
            load(db, scope, Kind::Study, attempt, position.unsigned_abs()).await.or_internal(caller)
        }
        _ => Err(AppError::Conflict(Conflict::AttemptFinished)),
    }
}

pub async fn view(db: &mut PgConnection, caller: &Caller, row: &QuestionRow) -> Result<QuestionView, AppError> {
    let scope = caller.scope()?;
    let item = pinned(db, caller, row).await?;
    let part = case_part(db, caller, scope, row, &item).await.or_internal(caller)?;
    let ended = if item.kind == ItemKind::Simulation {
        simulations::ended(db, scope, AttemptId(row.attempt_id), row.position).await.or_internal(caller)?
    } else {
        None
    };
    let exam_id = row.exam_id.as_str().into();
    Ok(QuestionView {
        attempt: AttemptId(row.attempt_id),
        exam_name: caller.server.catalog.exam_name(&exam_id),
        position: row.position.unsigned_abs(),
        questions: row.questions.unsigned_abs(),
        answered: row.answered.unsigned_abs(),
        time_left: time_left(row),
        exhibit: item.shown.as_deref().cloned(),
        prompt: prompt(&item, &row.order(), part),
        marked: row.marked,
        key: IdempotencyKey(Uuid::new_v4()),
        sequence: u32::from(row.answered.unsigned_abs()) + 1,
        verdict: verdict(caller, row, &item, ended),
        shortcuts: caller.session.as_ref().is_none_or(|session| session.shortcuts),
    })
}

fn time_left(row: &QuestionRow) -> Option<TimeLeft> {
    let ends_at = row.deadline_at.filter(|_| !row.finished)?;
    let seconds = u32::try_from(row.seconds_left.unwrap_or(0)).unwrap_or(0);
    Some(TimeLeft { ends_at: rfc3339(ends_at), seconds })
}

/// The item as it was when the attempt was drawn, with the values of this question.
pub async fn pinned(db: &mut PgConnection, caller: &Caller, row: &QuestionRow) -> Result<Arc<Item>, AppError> {
    let version = caller.server.catalog.version(db, row.item_id.as_str().into(), row.item_version.as_str().into());
    let item = version.await.or_internal(caller)?;
    Ok(instance(item, row.seed, row.position))
}

/// The place of a question among those that were drawn of its case: they stand one after the other.
async fn case_part(
    db: &mut PgConnection,
    caller: &Caller,
    scope: &Scope,
    row: &QuestionRow,
    item: &Item,
) -> Result<Option<CasePart>, sqlx::Error> {
    if item.case.is_none() {
        return Ok(None);
    }
    let rows = sqlx::query!(
        "select item_id, item_version, position from attempt_items
         where org_id = $1 and attempt_id = $2 and position between $3 - $4::smallint and $3 + $4::smallint
         order by position",
        scope.org().0,
        row.attempt_id,
        row.position,
        i16::from(MOST_PARTS)
    )
    .fetch_all(&mut *db)
    .await?;
    let pinned: Vec<_> = rows.iter().map(|row| (row.item_id.as_str().into(), row.item_version.as_str().into())).collect();
    let items = caller.server.catalog.versions(db, &pinned).await?;
    let place = rows.iter().position(|other| other.position == row.position);
    Ok(place.and_then(|place| case_parts(&items).get(place).copied().flatten()))
}

/// For each question of a form its place among those of its case.
pub fn case_parts(form: &[Arc<Item>]) -> Vec<Option<CasePart>> {
    let small = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
    let parts = |items: &[Arc<Item>], item: &Item| small(items.iter().filter(|other| other.case == item.case).count());
    let part = |(place, item): (usize, &Arc<Item>)| {
        item.case.as_ref().map(|_| CasePart { part: parts(form.get(..=place).unwrap_or_default(), item), of: parts(form, item) })
    };
    form.iter().enumerate().map(part).collect()
}

/// An item as the attempt with this seed shows it at this position.
pub fn instance(item: Arc<Item>, seed: i64, position: i16) -> Arc<Item> {
    let seed = item_seed(&item, seed.cast_unsigned(), position.unsigned_abs());
    item.instance(seed)
}

/// Positions beyond any form find nothing, rather than an error.
pub fn sql_position(position: u16) -> i16 {
    i16::try_from(position).unwrap_or(i16::MAX)
}
