//! What can be taken, what is running, what was taken.

use app::error::AppError;
use app::exams::api::{FormOffer, LobbyView, OpenExam};
use domain::accounts::TimeAllowance;
use domain::content::blueprint::Blueprint;
use domain::content::item::ItemKind;
use domain::exams::Length;
use domain::ids::{AttemptId, ExamId};
use sqlx::PgConnection;

use super::row::clock;
use super::{begin, earlier};
use crate::accounts::session::Scope;
use crate::accounts::time_allowance;
use crate::caller::Caller;
use crate::content::Catalog;
use crate::error::OrInternal;
use crate::practice::builder::{exam_choice, last_exam};

pub async fn lobby(caller: &Caller, exam: Option<ExamId>) -> Result<LobbyView, AppError> {
    let scope = caller.scope()?;
    let catalog = &caller.server.catalog;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let last = last_exam(&mut db, scope).await.or_internal(caller)?;
    let shown = [exam, last].into_iter().flatten().find_map(|id| catalog.exam(&id)).or(catalog.exams.first());
    let shown = shown.ok_or(AppError::NotFound)?;
    let allowance = time_allowance(&mut *db, scope).await.or_internal(caller)?;
    Ok(LobbyView {
        exams: catalog.exams.iter().map(|exam| exam_choice(catalog, exam)).collect(),
        exam: shown.id.clone(),
        forms: Length::ALL.map(|length| offer(catalog, shown, length, allowance)).into(),
        pass_mark: shown.passing_score,
        scale: (shown.scale_min, shown.scale_max),
        allowance,
        simulations: catalog.items_of(&shown.id).any(|item| item.kind == ItemKind::Simulation),
        open: open_exams(&mut db, scope, catalog).await.or_internal(caller)?,
        earlier: earlier::earlier(&mut db, scope, &shown.id).await.or_internal(caller)?,
    })
}

fn offer(catalog: &Catalog, exam: &Blueprint, length: Length, allowance: TimeAllowance) -> FormOffer {
    let missing = begin::missing(catalog, exam, length).map(|missing| {
        let domain = exam.domains.iter().find(|domain| domain.number == missing.domain);
        (missing, domain.map(|domain| domain.name.clone()).unwrap_or_default())
    });
    FormOffer { length, questions: length.questions(exam), seconds: length.seconds(exam, allowance), missing }
}

/// Exams that this person has begun and not finished, the latest first.
async fn open_exams(db: &mut PgConnection, scope: &Scope, catalog: &Catalog) -> Result<Vec<OpenExam>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select attempt_id, exam_id, length as "length!", mode as "mode!", time_limit as "time_limit!",
                  paused_at is not null as "paused!",
                  floor(extract(epoch from deadline_at - coalesce(paused_at, firstline_now())) * 1000)::bigint
                      as "milliseconds_left!"
           from attempts where org_id = $1 and account_id = $2 and kind = 'exam' and finished_at is null
           order by started_at desc, attempt_id desc"#,
        scope.org().0,
        scope.account().0
    )
    .fetch_all(db)
    .await?;
    let open = rows.into_iter().map(|row| OpenExam {
        attempt: AttemptId(row.attempt_id),
        exam_name: catalog.exam_name(&row.exam_id.as_str().into()),
        exam: row.exam_id.into(),
        length: row.length.parse().unwrap_or_default(),
        mode: row.mode.parse().unwrap_or_default(),
        clock: clock(row.time_limit, row.milliseconds_left, row.paused),
    });
    Ok(open.collect())
}
