//! What the practice builder offers.

use app::error::AppError;
use app::practice::api::{BuilderView, DomainChoice, ExamChoice, ObjectiveChoice, OpenAttempt};
use domain::content::blueprint::{Blueprint, Domain};
use domain::ids::{AttemptId, ExamId};
use sqlx::PgConnection;

use super::{pool, preset};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::content::Catalog;
use crate::error::OrInternal;

pub async fn builder(caller: &Caller, exam: Option<ExamId>) -> Result<BuilderView, AppError> {
    let scope = caller.scope()?;
    let catalog = &caller.server.catalog;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let last = last_exam(&mut db, scope).await.or_internal(caller)?;
    let shown = [exam, last].into_iter().flatten().find_map(|id| catalog.exam(&id)).or(catalog.exams.first());
    let shown = shown.ok_or(AppError::NotFound)?;
    let open = open_attempt(&mut db, scope, catalog).await.or_internal(caller)?;
    let pools = pool::counts(&mut db, scope, catalog, shown).await.or_internal(caller)?;
    let presets = preset::list(&mut db, scope, catalog).await.or_internal(caller)?;
    Ok(BuilderView {
        exams: catalog.exams.iter().map(|exam| exam_choice(catalog, exam)).collect(),
        exam: shown.id.clone(),
        domains: shown.domains.iter().map(|domain| domain_choice(catalog, shown, domain)).collect(),
        pools,
        presets,
        open,
    })
}

/// The latest attempt that is still open.
pub async fn open_attempt(db: &mut PgConnection, scope: &Scope, catalog: &Catalog) -> Result<Option<OpenAttempt>, sqlx::Error> {
    let row = sqlx::query!(
        "select attempt_id, exam_id, answered, questions from attempts
         where org_id = $1 and account_id = $2 and kind = 'study' and finished_at is null
         order by started_at desc, attempt_id desc limit 1",
        scope.org().0,
        scope.account().0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| OpenAttempt {
        id: AttemptId(row.attempt_id),
        exam_name: catalog.exam_name(&row.exam_id.into()),
        answered: row.answered.unsigned_abs(),
        questions: row.questions.unsigned_abs(),
    }))
}

pub async fn last_exam(db: &mut PgConnection, scope: &Scope) -> Result<Option<ExamId>, sqlx::Error> {
    let exam = sqlx::query_scalar!(
        "select exam_id from attempts where org_id = $1 and account_id = $2
         order by started_at desc, attempt_id desc limit 1",
        scope.org().0,
        scope.account().0
    );
    Ok(exam.fetch_optional(db).await?.map(ExamId::from))
}

pub fn exam_choice(catalog: &Catalog, exam: &Blueprint) -> ExamChoice {
    let objectives = exam.domains.iter().flat_map(|domain| &domain.objectives);
    ExamChoice {
        id: exam.id.clone(),
        code: exam.code.clone(),
        name: exam.name.clone(),
        items: objectives.map(|objective| catalog.count(&exam.id, &objective.id)).sum(),
    }
}

fn domain_choice(catalog: &Catalog, exam: &Blueprint, domain: &Domain) -> DomainChoice {
    let objectives: Vec<_> = domain
        .objectives
        .iter()
        .map(|objective| ObjectiveChoice {
            id: objective.id.clone(),
            title: objective.title.clone(),
            items: catalog.count(&exam.id, &objective.id),
        })
        .collect();
    DomainChoice {
        number: domain.number,
        name: domain.name.clone(),
        weight: domain.weight,
        items: objectives.iter().map(|objective| objective.items).sum(),
        objectives,
    }
}
