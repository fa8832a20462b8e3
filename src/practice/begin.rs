//! Draws a study quiz and stores it: from here on the form, its order and the versions of its items do not change.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use app::error::{AppError, Conflict};
use app::practice::api::PracticeRequest;
use domain::content::blueprint::Blueprint;
use domain::content::item::{Item, ItemKind};
use domain::ids::{AttemptId, ExamId, ItemId};
use domain::practice::{
    Candidate, FEWEST_LAST, FEWEST_MINUTES, MOST_LAST, MOST_MINUTES, MOST_QUESTIONS, Rules, Seen, Timing, chosen_objectives, draw,
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{form, pool};
use crate::accounts::session::Scope;
use crate::accounts::time_allowance;
use crate::caller::Caller;
use crate::error::OrInternal;

pub async fn begin(caller: &Caller, request: PracticeRequest) -> Result<AttemptId, AppError> {
    let scope = caller.scope()?;
    check(&request)?;
    let catalog = &caller.server.catalog;
    let exam = catalog.exam(&request.exam).ok_or(AppError::NotFound)?;
    let objectives = chosen_objectives(exam, &request.domains, &request.objectives);
    let fits =
        |item: &Item| objectives.contains(&item.objective) && (request.kinds.is_empty() || request.kinds.contains(&item.kind));
    let items: Vec<_> = catalog.questions_of(&exam.id).filter(|item| fits(item)).collect();

    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let history = pool::load(&mut tx, scope, &exam.id, request.pool).await.or_internal(caller)?;
    let rules = Rules { exam, last: request.last, now: history.now };
    let admitted: Vec<_> = items.iter().copied().filter(|item| request.pool.admits(&history.of(&item.id), rules)).collect();
    if admitted.is_empty() && !items.is_empty() {
        return Err(pool::empty(&request));
    }
    let met = history.seen();
    let seed = random_seed()?;
    let drawn = draw(exam, &candidates(exam, &admitted, &met), request.count, seed);
    let limit = limit(&mut tx, scope, exam, &request, &drawn).await.or_internal(caller)?;
    let quiz = Quiz { exam, items: &drawn, met: &met, seed, limit };
    let attempt = store(&mut tx, caller, scope, &quiz).await?;
    tx.commit().await.or_internal(caller)?;
    Ok(attempt)
}

/// The numbers of a request are within their bounds.
pub(super) fn check(request: &PracticeRequest) -> Result<(), AppError> {
    let within = |field: &str, number: u16, bounds: RangeInclusive<u16>, noun: &str| {
        let words = || format!("Choose between {} and {} {noun}.", bounds.start(), bounds.end());
        if bounds.contains(&number) { Ok(()) } else { Err(AppError::invalid(field, &words())) }
    };
    within("request[count]", request.count, 1..=MOST_QUESTIONS, "questions")?;
    within("request[last]", request.last, FEWEST_LAST..=MOST_LAST, "attempts")?;
    within("request[minutes]", request.minutes, FEWEST_MINUTES..=MOST_MINUTES, "minutes")
}

/// In seconds, for this learner.
async fn limit(
    db: &mut PgConnection,
    scope: &Scope,
    exam: &Blueprint,
    request: &PracticeRequest,
    drawn: &[ItemId],
) -> Result<Option<u32>, sqlx::Error> {
    if request.timing == Timing::None {
        return Ok(None);
    }
    let questions = u16::try_from(drawn.len()).unwrap_or(u16::MAX);
    let allowance = time_allowance(db, scope).await?;
    Ok(request.timing.seconds(exam, questions, request.minutes, allowance))
}

/// The questions of a finished attempt that were answered wrong or not at all, in a new order.
pub async fn begin_missed(caller: &Caller, attempt: AttemptId) -> Result<AttemptId, AppError> {
    let scope = caller.scope()?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let rows = sqlx::query!(
        "select a.exam_id, a.finished_at, i.item_id, i.correct from attempts a
         join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
         where a.org_id = $1 and a.account_id = $2 and a.attempt_id = $3
         order by i.position",
        scope.org().0,
        scope.account().0,
        attempt.0
    )
    .fetch_all(&mut *tx)
    .await
    .or_internal(caller)?;
    let first = rows.first().ok_or(AppError::NotFound)?;
    if first.finished_at.is_none() {
        return Err(AppError::Conflict(Conflict::AttemptOpen));
    }
    let exam = caller.server.catalog.exam(&first.exam_id.as_str().into()).ok_or(AppError::NotFound)?;
    let missed = rows.iter().filter(|row| row.correct != Some(true));
    let items = missed.filter_map(|row| caller.server.catalog.item(&row.item_id.as_str().into()));
    let items: Vec<_> = items.filter(|item| item.kind != ItemKind::Simulation).collect();
    let seed = random_seed()?;
    let drawn = draw(exam, &candidates(exam, &items, &HashMap::new()), MOST_QUESTIONS, seed);
    let met = seen_items(&mut tx, scope, &exam.id).await.or_internal(caller)?;
    let quiz = Quiz { exam, items: &drawn, met: &met, seed, limit: None };
    let attempt = store(&mut tx, caller, scope, &quiz).await?;
    tx.commit().await.or_internal(caller)?;
    Ok(attempt)
}

fn candidates(exam: &Blueprint, items: &[&Arc<Item>], seen: &HashMap<ItemId, Seen>) -> Vec<Candidate> {
    let with_domain = items.iter().filter_map(|item| exam.domain_of(&item.objective).map(|domain| (item, domain.number)));
    with_domain.map(|(item, domain)| candidate(item, domain, seen.get(&item.id).copied())).collect()
}

fn candidate(item: &Item, domain: u8, seen: Option<Seen>) -> Candidate {
    Candidate { item: item.id.clone(), domain, case: item.case.clone(), seen }
}

pub async fn seen_items(db: &mut PgConnection, scope: &Scope, exam: &ExamId) -> Result<HashMap<ItemId, Seen>, sqlx::Error> {
    let rows = sqlx::query!(
        "select item_id, last_correct, (extract(epoch from last_answered_at) * 1000000)::bigint as \"at!\"
         from item_history where org_id = $1 and account_id = $2 and exam_id = $3",
        scope.org().0,
        scope.account().0,
        exam.as_str()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.item_id.into(), Seen { correct: row.last_correct, at: row.at })).collect())
}

/// A study quiz to store.
pub(super) struct Quiz<'q> {
    pub exam: &'q Blueprint,
    pub items: &'q [ItemId],
    /// What the learner has met before.
    pub met: &'q HashMap<ItemId, Seen>,
    pub seed: u64,
    /// In seconds.
    pub limit: Option<u32>,
}

/// Its clock starts now, by the database's time.
pub(super) async fn store(db: &mut PgConnection, caller: &Caller, scope: &Scope, quiz: &Quiz<'_>) -> Result<AttemptId, AppError> {
    let items: Vec<_> = quiz.items.iter().filter_map(|id| caller.server.catalog.item(id)).collect();
    let questions = i16::try_from(items.len()).map_err(|_| AppError::BadRequest)?;
    if questions == 0 {
        return Err(AppError::Conflict(Conflict::NothingToAsk));
    }
    let attempt = AttemptId(Uuid::now_v7());
    sqlx::query!(
        "insert into attempts (org_id, attempt_id, account_id, exam_id, kind, seed, questions, time_limit, deadline_at)
         values ($1, $2, $3, $4, 'study', $5, $6, $7, firstline_now() + make_interval(secs => $7::int))",
        scope.org().0,
        attempt.0,
        scope.account().0,
        quiz.exam.id.as_str(),
        quiz.seed.cast_signed(),
        questions,
        quiz.limit.map(|seconds| i32::try_from(seconds).unwrap_or(i32::MAX))
    )
    .execute(&mut *db)
    .await
    .or_internal(caller)?;
    let form: Vec<_> = items.into_iter().map(|item| (item, quiz.met.contains_key(&item.id))).collect();
    form::store_items(db, scope, attempt, &form, quiz.seed).await.or_internal(caller)?;
    Ok(attempt)
}

pub fn random_seed() -> Result<u64, AppError> {
    getrandom::u64().map_err(|_| AppError::Unavailable { retry_after_seconds: 2 })
}
