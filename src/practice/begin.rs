//! Draws a study quiz and stores it: from here on the form, its order and the versions of its items do not change.

use std::collections::HashMap;
use std::sync::Arc;

use app::error::{AppError, Conflict};
use app::practice::api::PracticeRequest;
use domain::content::blueprint::Blueprint;
use domain::content::item::{Item, ItemKind};
use domain::ids::{AttemptId, ExamId, ItemId};
use domain::practice::{Candidate, MOST_QUESTIONS, Pool, Seen, chosen_objectives, draw};
use sqlx::PgConnection;
use uuid::Uuid;

use super::form;
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::error::OrInternal;

pub async fn begin(caller: &Caller, request: PracticeRequest) -> Result<AttemptId, AppError> {
    let scope = caller.scope()?;
    if !(1..=MOST_QUESTIONS).contains(&request.count) {
        return Err(AppError::invalid("request[count]", &format!("Choose between 1 and {MOST_QUESTIONS} questions.")));
    }
    let catalog = &caller.server.catalog;
    let exam = catalog.exam(&request.exam).ok_or(AppError::NotFound)?;
    let objectives = chosen_objectives(exam, &request.domains, &request.objectives);
    let items: Vec<_> = catalog.questions_of(&exam.id).filter(|item| objectives.contains(&item.objective)).collect();

    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    let history = seen_items(&mut tx, scope, &exam.id).await.or_internal(caller)?;
    let candidates = candidates(exam, &items, &history);
    let seed = random_seed()?;
    let drawn = draw(exam, &candidates, request.pool, request.count, seed);
    let attempt = store(&mut tx, caller, scope, exam, &drawn, &history, seed).await?;
    tx.commit().await.or_internal(caller)?;
    Ok(attempt)
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
    let drawn = draw(exam, &candidates(exam, &items, &HashMap::new()), Pool::All, MOST_QUESTIONS, seed);
    let history = seen_items(&mut tx, scope, &exam.id).await.or_internal(caller)?;
    let attempt = store(&mut tx, caller, scope, exam, &drawn, &history, seed).await?;
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

/// A study quiz of these items.
pub(super) async fn store(
    db: &mut PgConnection,
    caller: &Caller,
    scope: &Scope,
    exam: &Blueprint,
    drawn: &[ItemId],
    history: &HashMap<ItemId, Seen>,
    seed: u64,
) -> Result<AttemptId, AppError> {
    let items: Vec<_> = drawn.iter().filter_map(|id| caller.server.catalog.item(id)).collect();
    let questions = i16::try_from(items.len()).map_err(|_| AppError::BadRequest)?;
    if questions == 0 {
        return Err(AppError::Conflict(Conflict::NothingToAsk));
    }
    let attempt = AttemptId(Uuid::now_v7());
    sqlx::query!(
        "insert into attempts (org_id, attempt_id, account_id, exam_id, kind, seed, questions)
         values ($1, $2, $3, $4, 'study', $5, $6)",
        scope.org().0,
        attempt.0,
        scope.account().0,
        exam.id.as_str(),
        seed.cast_signed(),
        questions
    )
    .execute(&mut *db)
    .await
    .or_internal(caller)?;
    let form: Vec<_> = items.into_iter().map(|item| (item, history.contains_key(&item.id))).collect();
    form::store_items(db, scope, attempt, &form, seed).await.or_internal(caller)?;
    Ok(attempt)
}

pub fn random_seed() -> Result<u64, AppError> {
    getrandom::u64().map_err(|_| AppError::Unavailable { retry_after_seconds: 2 })
}
