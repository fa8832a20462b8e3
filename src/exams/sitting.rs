//! A running exam with all of its questions.

use app::error::{AppError, Conflict};
use app::exams::api::{Answered, SimulationView, SittingQuestion, SittingView};
use app::practice::api::{CasePart, Given as Fields};
use domain::content::item::Item;
use domain::ids::{AttemptId, IdempotencyKey, TicketId, WriterId};
use domain::response::{Given, Response};
use sqlx::PgConnection;
use uuid::Uuid;

use super::row::{self, ExamRow};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::content::Pinned;
use crate::error::OrInternal;
use crate::practice::prompt::prompt;
use crate::practice::question::{case_parts, instance};
use crate::practice::verdict::small;

pub async fn sitting(caller: &Caller, attempt: AttemptId) -> Result<SittingView, AppError> {
    let scope = caller.scope()?;
    let row = running(caller, scope, attempt).await?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    view(&mut db, caller, scope, attempt, &row).await
}

pub async fn sit_here(caller: &Caller, attempt: AttemptId, writer: WriterId) -> Result<SittingView, AppError> {
    let scope = caller.scope()?;
    let row = running(caller, scope, attempt).await?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    sqlx::query!(
        "update attempts set writer = $4
         where org_id = $1 and account_id = $2 and attempt_id = $3 and kind = 'exam' and finished_at is null",
        scope.org().0,
        scope.account().0,
        attempt.0,
        writer.0
    )
    .execute(&mut *db)
    .await
    .or_internal(caller)?;
    view(&mut db, caller, scope, attempt, &row).await
}

/// An exam that is not finished. One whose time is up is finished here and now.
pub async fn running(caller: &Caller, scope: &Scope, attempt: AttemptId) -> Result<ExamRow, AppError> {
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let row = row::load(&mut db, scope, attempt).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    drop(db);
    if row.finished_at.is_none() && row.over {
        super::finish::finish(caller, attempt).await?;
        return Err(AppError::Conflict(Conflict::ExamFinished));
    }
    if row.finished_at.is_some() { Err(AppError::Conflict(Conflict::ExamFinished)) } else { Ok(row) }
}

struct Row {
    position: i16,
    item_id: String,
    item_version: String,
    option_order: Vec<i16>,
    given: Option<Vec<i16>>,
    typed: Option<String>,
    marked: bool,
    confidence: Option<String>,
    struck: Vec<i16>,
    /// Of a simulation.
    ticket_id: Option<Uuid>,
    actions: Option<i32>,
}

impl Row {
    fn simulation(&self) -> Option<SimulationView> {
        let actions = self.actions?.unsigned_abs();
        self.ticket_id.map(|ticket| SimulationView { ticket: TicketId(ticket), actions })
    }
}

async fn view(
    db: &mut PgConnection,
    caller: &Caller,
    scope: &Scope,
    attempt: AttemptId,
    exam: &ExamRow,
) -> Result<SittingView, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select i.position, i.item_id, i.item_version, i.option_order, i.given, i.typed, i.marked, i.confidence, i.struck,
                  t.ticket_id as "ticket_id?", t.actions as "actions?"
           from attempt_items i
           left join tickets t on t.org_id = i.org_id and t.attempt_id = i.attempt_id and t.position = i.position
           where i.org_id = $1 and i.attempt_id = $2 order by i.position"#,
        scope.org().0,
        attempt.0
    )
    .fetch_all(&mut *db)
    .await
    .or_internal(caller)?;
    let pinned: Vec<Pinned> = rows.iter().map(|row| (row.item_id.as_str().into(), row.item_version.as_str().into())).collect();
    let items = caller.server.catalog.versions(db, &pinned).await.or_internal(caller)?;
    // Before somebody goes on, a paused exam shows nothing to think about.
    let items: Vec<_> = rows.iter().zip(items).map(|(row, item)| instance(item, exam.seed, row.position)).collect();
    let questions = if exam.paused_at.is_some() {
        vec![]
    } else {
        let parts = case_parts(&items);
        rows.iter().zip(&items).zip(parts).map(|((row, item), part)| question(row, item, part)).collect()
    };
    Ok(SittingView {
        attempt,
        exam_name: caller.server.catalog.exam_name(&exam.exam_id.as_str().into()),
        length: exam.length(),
        mode: exam.mode(),
        clock: exam.clock(),
        questions,
        sequence: exam.sequence.unsigned_abs() + 1,
        key: IdempotencyKey(Uuid::new_v4()),
        writer: WriterId(Uuid::new_v4()),
        shortcuts: caller.session.as_ref().is_none_or(|session| session.shortcuts),
    })
}

fn question(row: &Row, item: &Item, part: Option<CasePart>) -> SittingQuestion {
    let simulation = row.simulation();
    let order = small(&row.option_order);
    let given = Fields { choices: small(row.given.as_deref().unwrap_or_default()), text: row.typed.clone().unwrap_or_default() };
    SittingQuestion {
        position: row.position.unsigned_abs(),
        prompt: prompt(item, &order, part),
        exhibit: item.shown.as_deref().cloned(),
        progress: match simulation {
            Some(simulation) => worked(simulation),
            None => progress(item, &order, Given { choices: &given.choices, text: &given.text }),
        },
        simulation,
        given,
        marked: row.marked,
        confidence: row.confidence.as_deref().and_then(|word| word.parse().ok()),
        struck: small(&row.struck),
    }
}

/// Whether it is whole only the end tells.
pub fn worked(simulation: SimulationView) -> Answered {
    if simulation.actions > 0 { Answered::Whole } else { Answered::No }
}

/// How far an answer has come.
pub fn progress(item: &Item, order: &[u8], given: Given<'_>) -> Answered {
    match Response::so_far(&item.interaction, order, given) {
        Ok(None) | Err(_) => Answered::No,
        Ok(Some(_)) if Response::read(&item.interaction, order, given).is_ok() => Answered::Whole,
        Ok(Some(_)) => Answered::Partly,
    }
}
