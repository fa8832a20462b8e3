//! Opening the bench, and what can be done at a device.

use app::error::{AppError, Conflict};
use app::tickets::api::{BenchView, NextHint, PlaceToWork, ShellView};
use domain::ids::{AttemptId, TicketId, WriterId};
use domain::tickets::Mode;
use engine::panel;
use engine::shell::{self, ShellKind};
use engine::world::DeviceId;

use super::live::{Held, Live, apart, catch_up, hold};
use super::row::{self, TicketRow};
use super::{close, live, view};
use crate::caller::Caller;
use crate::error::OrInternal;
use crate::exams::sitting::running;

pub async fn bench(caller: &Caller, ticket: TicketId) -> Result<BenchView, AppError> {
    let (held, row) = open(caller, ticket).await?;
    held.as_ref().map(|live| view::bench(live, &row)).ok_or(AppError::NotFound)
}

/// The page that asks works on the ticket from now on.
pub async fn take_over(caller: &Caller, ticket: TicketId, writer: WriterId) -> Result<BenchView, AppError> {
    let scope = caller.scope()?;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    sqlx::query!(
        "update tickets set writer = $4 where org_id = $1 and account_id = $2 and ticket_id = $3 and closed_at is null",
        scope.org().0,
        scope.account().0,
        ticket.0,
        writer.0
    )
    .execute(&mut *db)
    .await
    .or_internal(caller)?;
    drop(db);
    bench(caller, ticket).await
}

/// Looking what there is costs nothing and tells nothing; opening it is an action.
pub async fn work_at(caller: &Caller, ticket: TicketId, device: DeviceId) -> Result<PlaceToWork, AppError> {
    let (held, _) = open(caller, ticket).await?;
    let live = held.as_ref().ok_or(AppError::NotFound)?;
    if usize::from(device.0) >= live.run.world.devices.len() {
        return Err(AppError::NotFound);
    }
    let kinds = [ShellKind::Cmd, ShellKind::PowerShell, ShellKind::Bash, ShellKind::Ios];
    Ok(PlaceToWork {
        device,
        panels: panel::offered(&live.run.world, device),
        shells: kinds.into_iter().filter_map(|kind| shell_view(live, device, kind)).collect(),
    })
}

fn shell_view(live: &Live, device: DeviceId, kind: ShellKind) -> Option<ShellView> {
    Some(ShellView {
        kind,
        prompt: live.run.prompt(device, kind, false)?,
        elevated_prompt: live.run.prompt(device, kind, true)?,
        commands: shell::commands(kind).iter().map(|name| (*name).to_owned()).collect(),
    })
}

/// What the next hint gives and costs, without what it says.
pub async fn hint_offer(caller: &Caller, ticket: TicketId) -> Result<Option<NextHint>, AppError> {
    let (held, row) = open(caller, ticket).await?;
    if row.mode() != Mode::Practice {
        return Err(AppError::Conflict(Conflict::NotInAssessment));
    }
    let (_, hint) = apart(held, |place| place.as_ref().and_then(Live::next_hint)).await;
    Ok(hint.map(|hint| NextHint { gives: hint.gives.to_owned(), cost: hint.cost }))
}

/// An open ticket of this person, played as far as its log goes.
async fn open(caller: &Caller, ticket: TicketId) -> Result<(Held, TicketRow), AppError> {
    let scope = caller.scope()?;
    let held = hold(caller, scope, ticket).await;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let row = row::load(&mut db, scope, ticket).await.or_internal(caller)?;
    let row = row.ok_or_else(|| live::nobodys(caller, scope, ticket))?;
    if row.closed_at.is_some() {
        return Err(AppError::Conflict(Conflict::TicketClosed));
    }
    if let Some(attempt) = row.attempt_id {
        // An exam whose time is up ends here and now, and its tickets with it.
        let exam = running(caller, scope, AttemptId(attempt)).await?;
        if exam.paused_at.is_some() {
            return Err(AppError::Conflict(Conflict::ExamPaused));
        }
    }
    let held = catch_up(caller, &mut db, scope, &row, held).await?;
    // The log may end in a resolution whose verdict was not stored yet, and the time may have run out while nobody looked.
    if row.is_late() || held.as_ref().is_some_and(|live| live.run.is_closed()) {
        close::close(caller, &mut db, scope, ticket, held).await?;
        return Err(AppError::Conflict(Conflict::TicketClosed));
    }
    Ok((held, row))
}
