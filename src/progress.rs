//! Progress: where a learner stands, from the rollups that finishing an attempt writes.

use std::collections::HashMap;

use app::error::AppError;
use app::progress::api::{DomainStanding, ExamStanding, NextStepView, Progress, StandingView};
use async_trait::async_trait;
use domain::content::blueprint::{Blueprint, Domain};
use domain::ids::{AttemptId, ExamId, ObjectiveId};
use domain::progress::{DomainRecord, next_domain};
use domain::scoring::Mark;
use sqlx::PgConnection;

use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::content::Catalog;
use crate::error::OrInternal;
use crate::practice::day::day;

#[async_trait]
impl Progress for Caller {
    async fn standing(&self) -> Result<StandingView, AppError> {
        let scope = self.scope()?;
        let catalog = &self.server.catalog;
        let mut db = self.server.db.acquire().await.or_internal(self)?;
        let exams = standings(&mut db, scope, catalog).await.or_internal(self)?;
        let next = next_of(&mut db, scope, catalog, &exams).await.or_internal(self)?;
        let day = day(&mut db, scope, catalog).await.or_internal(self)?;
        Ok(StandingView { exams, next, day })
    }
}

/// The one next thing to do.
pub async fn next_step(db: &mut PgConnection, scope: &Scope, catalog: &Catalog) -> Result<NextStepView, sqlx::Error> {
    let exams = standings(db, scope, catalog).await?;
    next_of(db, scope, catalog, &exams).await
}

async fn next_of(
    db: &mut PgConnection,
    scope: &Scope,
    catalog: &Catalog,
    exams: &[ExamStanding],
) -> Result<NextStepView, sqlx::Error> {
    Ok(match unfinished(db, scope, catalog).await? {
        Some(step) => step,
        None => exams.first().and_then(next_in).unwrap_or(NextStepView::ChooseExam),
    })
}

/// What was begun and not finished: an exam first, because its clock runs, then the latest.
async fn unfinished(db: &mut PgConnection, scope: &Scope, catalog: &Catalog) -> Result<Option<NextStepView>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select attempt_id, exam_id, kind = 'exam' as "is_exam!", answered, questions, paused_at is not null as "paused!",
                  floor(extract(epoch from deadline_at - coalesce(paused_at, firstline_now())))::bigint as seconds_left
           from attempts where org_id = $1 and account_id = $2 and finished_at is null
           order by kind = 'exam' desc, started_at desc, attempt_id desc limit 1"#,
        scope.org().0,
        scope.account().0
    );
    Ok(row.fetch_optional(db).await?.map(|row| {
        let (attempt, exam_name) = (AttemptId(row.attempt_id), catalog.exam_name(&row.exam_id.into()));
        if row.is_exam {
            let seconds_left = row.seconds_left.and_then(|left| u64::try_from(left).ok()).unwrap_or_default();
            NextStepView::ContinueExam { attempt, exam_name, seconds_left, paused: row.paused }
        } else {
            let (answered, questions) = (row.answered.unsigned_abs(), row.questions.unsigned_abs());
            NextStepView::Continue { attempt, exam_name, answered, questions }
        }
    }))
}

/// In the exam practised last.
fn next_in(exam: &ExamStanding) -> Option<NextStepView> {
    let record = |domain: &DomainStanding| DomainRecord {
        number: domain.number,
        weight: domain.weight,
        mark: domain.mark,
        items: domain.items,
    };
    let records: Vec<_> = exam.domains.iter().map(record).collect();
    let number = next_domain(&records)?.number;
    let domain = exam.domains.iter().find(|domain| domain.number == number)?;
    let (id, exam_name, domain_name) = (exam.exam.clone(), exam.name.clone(), domain.name.clone());
    Some(if domain.mark.of == 0 {
        NextStepView::StartDomain { exam: id, exam_name, domain: number, domain_name }
    } else {
        NextStepView::PractiseDomain { exam: id, exam_name, domain: number, domain_name, mark: domain.mark }
    })
}

/// Exams with finished practice, the latest first.
async fn standings(db: &mut PgConnection, scope: &Scope, catalog: &Catalog) -> Result<Vec<ExamStanding>, sqlx::Error> {
    let rows = sqlx::query!(
        "select exam_id, objective_id, first_answered, first_correct from mastery
         where org_id = $1 and account_id = $2
         order by max(updated_at) over (partition by exam_id) desc, exam_id",
        scope.org().0,
        scope.account().0
    )
    .fetch_all(db)
    .await?;
    let mut order: Vec<ExamId> = Vec::new();
    let mut marks: HashMap<(ExamId, ObjectiveId), Mark> = HashMap::new();
    for row in rows {
        let exam = ExamId::from(row.exam_id);
        if order.last() != Some(&exam) {
            order.push(exam.clone());
        }
        let mark = Mark { correct: row.first_correct.unsigned_abs(), of: row.first_answered.unsigned_abs() };
        marks.insert((exam, row.objective_id.into()), mark);
    }
    Ok(order.iter().filter_map(|id| catalog.exam(id)).map(|exam| standing(catalog, exam, &marks)).collect())
}

fn standing(catalog: &Catalog, exam: &Blueprint, marks: &HashMap<(ExamId, ObjectiveId), Mark>) -> ExamStanding {
    let domains = exam.domains.iter().map(|domain| DomainStanding {
        number: domain.number,
        name: domain.name.clone(),
        weight: domain.weight,
        mark: sum(exam, domain, marks),
        items: domain.objectives.iter().map(|objective| catalog.count(&exam.id, &objective.id)).sum(),
    });
    ExamStanding { exam: exam.id.clone(), code: exam.code.clone(), name: exam.name.clone(), domains: domains.collect() }
}

fn sum(exam: &Blueprint, domain: &Domain, marks: &HashMap<(ExamId, ObjectiveId), Mark>) -> Mark {
    let mut sum = Mark::default();
    for objective in &domain.objectives {
        if let Some(mark) = marks.get(&(exam.id.clone(), objective.id.clone())) {
            sum.correct += mark.correct;
            sum.of += mark.of;
        }
    }
    sum
}
