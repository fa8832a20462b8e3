//! The question of the day: an ordinary quiz of one question, begun once a day.
//!
//! There is no table for it. What a learner did with it is the first study quiz of that one item that they began that day.

use app::error::{AppError, Conflict};
use app::progress::api::{DayState, DayView};
use domain::ids::{AttemptId, ExamId, ItemId};
use domain::practice::question_of_day;
use sqlx::PgConnection;
use uuid::Uuid;

use super::begin::{Quiz, random_seed, seen_items, store};
use super::verdict::score_of;
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::content::Catalog;
use crate::error::OrInternal;

/// Begins it, or leads to what was begun before: the learner's row is locked, so that two clicks begin one.
pub async fn begin_day(caller: &Caller, exam: ExamId) -> Result<AttemptId, AppError> {
    let scope = caller.scope()?;
    let catalog = &caller.server.catalog;
    let blueprint = catalog.exam(&exam).ok_or(AppError::NotFound)?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    lock(&mut tx, scope).await.or_internal(caller)?;
    let rows = today(&mut tx, scope, Some(&exam)).await.or_internal(caller)?;
    let day = rows.first().ok_or(AppError::NotFound)?.day;
    let item = item_of(catalog, &exam, day).ok_or(AppError::Conflict(Conflict::NothingToAsk))?;
    if let Some(begun) = rows.iter().find_map(|row| row.attempt_of(&item)) {
        return Ok(begun);
    }
    let met = seen_items(&mut tx, scope, &exam).await.or_internal(caller)?;
    let quiz = Quiz { exam: blueprint, items: &[item], met: &met, seed: random_seed()?, limit: None };
    let attempt = store(&mut tx, caller, scope, &quiz).await?;
    tx.commit().await.or_internal(caller)?;
    Ok(attempt)
}

/// In the exam of the learner's latest attempt; `None`: there is none yet, or its exam has no questions any more.
pub async fn day(db: &mut PgConnection, scope: &Scope, catalog: &Catalog) -> Result<Option<DayView>, sqlx::Error> {
    let rows = today(db, scope, None).await?;
    let Some((exam, day)) = rows.first().and_then(|row| Some((ExamId::from(row.exam_id.clone()?), row.day))) else {
        return Ok(None);
    };
    let Some(item) = item_of(catalog, &exam, day) else { return Ok(None) };
    let begun = rows.iter().find(|row| row.attempt_of(&item).is_some());
    Ok(Some(DayView { exam_name: catalog.exam_name(&exam), exam, state: begun.map_or(DayState::New, TodayRow::state) }))
}

/// `day`: since 1970, UTC.
fn item_of(catalog: &Catalog, exam: &ExamId, day: i64) -> Option<ItemId> {
    let items = catalog.questions_of(exam).map(|item| &item.id);
    question_of_day(exam, items, u32::try_from(day).unwrap_or_default()).cloned()
}

struct TodayRow {
    day: i64,
    /// `None`: nothing was ever practised.
    exam_id: Option<String>,
    /// With its item; `None`: no quiz of one question was begun today.
    attempt_id: Option<Uuid>,
    item_id: Option<String>,
    finished: Option<bool>,
    points: Option<i16>,
    points_of: Option<i16>,
}

impl TodayRow {
    fn attempt_of(&self, item: &ItemId) -> Option<AttemptId> {
        self.attempt_id.filter(|_| self.item_id.as_deref() == Some(item.as_str())).map(AttemptId)
    }

    fn state(&self) -> DayState {
        match self.attempt_id.map(AttemptId) {
            None => DayState::New,
            Some(attempt) if self.finished == Some(true) => {
                DayState::Done { attempt, score: score_of(self.points, self.points_of) }
            }
            Some(attempt) => DayState::Begun { attempt },
        }
    }
}

/// Which day it is by the database's clock, and the quizzes of one question begun since its midnight, the first one first: in this
/// exam, or in that of the latest attempt. There is always a row.
async fn today(db: &mut PgConnection, scope: &Scope, exam: Option<&ExamId>) -> Result<Vec<TodayRow>, sqlx::Error> {
    sqlx::query_as!(
        TodayRow,
        r#"with today as (
               select date_trunc('day', firstline_now(), 'UTC') as began,
                      coalesce($3, (select exam_id from attempts where org_id = $1 and account_id = $2
                                    order by started_at desc, attempt_id desc limit 1)) as exam_id
           ), single as (
               select a.attempt_id, a.exam_id, a.started_at, a.finished_at, i.item_id, i.points, i.points_of
               from attempts a join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
               where a.org_id = $1 and a.account_id = $2 and a.kind = 'study' and a.questions = 1
           )
           select (extract(epoch from t.began) / 86400)::bigint as "day!", t.exam_id,
                  s.attempt_id as "attempt_id?", s.item_id as "item_id?", s.finished_at is not null as finished,
                  s.points as "points?", s.points_of as "points_of?"
           from today t left join single s on s.exam_id = t.exam_id and s.started_at >= t.began
           order by s.started_at, s.attempt_id"#,
        scope.org().0,
        scope.account().0,
        exam.map(ExamId::as_str)
    )
    .fetch_all(db)
    .await
}

/// What this learner does one at a time.
pub(super) async fn lock(db: &mut PgConnection, scope: &Scope) -> Result<(), sqlx::Error> {
    let row = sqlx::query!(
        "select account_id from memberships where org_id = $1 and account_id = $2 for no key update",
        scope.org().0,
        scope.account().0
    );
    row.fetch_optional(db).await.map(drop)
}
