//! Draws an exam's form and starts its clock, in one statement of the database's time.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::error::{AppError, Conflict};
use app::exams::api::ExamRequest;
use domain::content::blueprint::Blueprint;
use domain::content::item::{Item, ItemKind};
use domain::exams::{Candidate, Form, Length, TooSmall, assemble};
use domain::ids::{AttemptId, ItemId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::simulations;
use crate::accounts::session::Scope;
use crate::accounts::time_allowance;
use crate::caller::Caller;
use crate::content::Catalog;
use crate::error::OrInternal;
use crate::practice::begin::{random_seed, seen_items};
use crate::practice::form::store_items;

/// A seed for the question whether there is a form at all.
const ANY_SEED: u64 = 0;

/// One learner has one open attempt of one exam: whoever asks for another gets that one.
pub async fn begin(caller: &Caller, request: ExamRequest) -> Result<AttemptId, AppError> {
    let scope = caller.scope()?;
    let catalog = &caller.server.catalog;
    let exam = catalog.exam(&request.exam).ok_or(AppError::NotFound)?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    lock_learner(&mut tx, scope).await.or_internal(caller)?;
    if let Some(open) = open_attempt(&mut tx, scope, exam).await.or_internal(caller)? {
        return Ok(open);
    }
    let history = seen_items(&mut tx, scope, &exam.id).await.or_internal(caller)?;
    let mut candidates = candidates(catalog, exam, |item| history.get(item).map(|seen| seen.at));
    candidates.retain(|candidate| request.simulations || !candidate.simulation);
    let seed = random_seed()?;
    let form = assemble(exam, &candidates, request.length, seed).map_err(|_| AppError::Conflict(Conflict::FormTooLong))?;
    let items: Vec<_> =
        form.iter().filter_map(|id| catalog.item(id)).map(|item| (item, history.contains_key(&item.id))).collect();
    let attempt = store(&mut tx, scope, exam, &request, &form, seed).await.or_internal(caller)?;
    store_items(&mut tx, scope, attempt, &items, seed).await.or_internal(caller)?;
    simulations::begin(&mut tx, scope, catalog, attempt, &items, seed).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    Ok(attempt)
}

/// Whether the bank has a form of this length for someone who has seen nothing, and whose browser runs no simulations.
pub fn missing(catalog: &Catalog, exam: &Blueprint, length: Length) -> Option<TooSmall> {
    let mut candidates = candidates(catalog, exam, |_| None);
    candidates.retain(|candidate| !candidate.simulation);
    assemble(exam, &candidates, length, ANY_SEED).err()
}

fn candidates(catalog: &Catalog, exam: &Blueprint, seen: impl Fn(&ItemId) -> Option<i64>) -> Vec<Candidate> {
    let items = catalog.items_of(&exam.id).filter_map(|item| Some((item, exam.domain_of(&item.objective)?.number)));
    let candidate = |(item, domain): (&Arc<Item>, u8)| Candidate {
        item: item.id.clone(),
        domain,
        objective: item.objective.clone(),
        simulation: item.kind == ItemKind::Simulation,
        case: item.case.clone(),
        seen: seen(&item.id),
        enemies: catalog.enemies(&item.id).cloned().unwrap_or_else(BTreeSet::new),
    };
    items.map(candidate).collect()
}

/// Two windows that begin at once begin one exam.
async fn lock_learner(db: &mut PgConnection, scope: &Scope) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select account_id from memberships where org_id = $1 and account_id = $2 for update",
        scope.org().0,
        scope.account().0
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

async fn open_attempt(db: &mut PgConnection, scope: &Scope, exam: &Blueprint) -> Result<Option<AttemptId>, sqlx::Error> {
    let attempt = sqlx::query_scalar!(
        "select attempt_id from attempts
         where org_id = $1 and account_id = $2 and exam_id = $3 and kind = 'exam' and finished_at is null",
        scope.org().0,
        scope.account().0,
        exam.id.as_str()
    );
    Ok(attempt.fetch_optional(db).await?.map(AttemptId))
}

async fn store(
    db: &mut PgConnection,
    scope: &Scope,
    exam: &Blueprint,
    request: &ExamRequest,
    form: &Form,
    seed: u64,
) -> Result<AttemptId, sqlx::Error> {
    let attempt = AttemptId(Uuid::now_v7());
    let limit = request.length.seconds(exam, time_allowance(&mut *db, scope).await?);
    let small = |number: u16| i16::try_from(number).unwrap_or(i16::MAX);
    sqlx::query!(
        "insert into attempts (org_id, attempt_id, account_id, exam_id, kind, seed, questions, length, mode,
                               time_limit, deadline_at, scale_min, scale_max, pass_mark)
         values ($1, $2, $3, $4, 'exam', $5, $6, $7, $8, $9, firstline_now() + make_interval(secs => $9::int), $10, $11, $12)",
        scope.org().0,
        attempt.0,
        scope.account().0,
        exam.id.as_str(),
        seed.cast_signed(),
        i16::try_from(form.len()).unwrap_or(i16::MAX),
        request.length.as_str(),
        request.mode.as_str(),
        i32::try_from(limit).unwrap_or(i32::MAX),
        small(exam.scale_min),
        small(exam.scale_max),
        small(exam.passing_score)
    )
    .execute(db)
    .await?;
    Ok(attempt)
}
