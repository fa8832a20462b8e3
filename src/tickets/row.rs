//! A ticket and its log, as stored.

use domain::ids::TicketId;
use domain::tickets::{Mode, Step};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::session::Scope;

pub struct TicketRow {
    pub ticket_id: Uuid,
    pub scenario_id: String,
    pub scenario_version: String,
    pub seed: i64,
    pub engine_version: i32,
    pub mode: String,
    /// Name and job of the person who asked; empty in tickets older than this column.
    pub requester: String,
    pub steps: i32,
    pub writer: Option<Uuid>,
    /// Of an assessment, in real time; negative when it is over.
    pub seconds_left: Option<i64>,
    pub closed_at: Option<OffsetDateTime>,
    /// As the engine gave it; only of a closed ticket.
    pub verdict: Option<Value>,
}

impl TicketRow {
    pub fn id(&self) -> TicketId {
        TicketId(self.ticket_id)
    }

    /// The table allows no other words.
    pub fn mode(&self) -> Mode {
        self.mode.parse().unwrap_or(Mode::Assessment)
    }

    pub fn is_late(&self) -> bool {
        self.seconds_left.is_some_and(|seconds| seconds < 0)
    }
}

pub async fn load(db: &mut PgConnection, scope: &Scope, ticket: TicketId) -> Result<Option<TicketRow>, sqlx::Error> {
    sqlx::query_as!(
        TicketRow,
        "select ticket_id, scenario_id, scenario_version, seed, engine_version, mode, requester, steps, writer, closed_at, verdict,
                floor(extract(epoch from deadline_at - firstline_now()))::bigint as seconds_left
         from tickets where org_id = $1 and account_id = $2 and ticket_id = $3",
        scope.org().0,
        scope.account().0,
        ticket.0
    )
    .fetch_optional(db)
    .await
}

/// The same, and no other transaction writes to the ticket until this one ends.
pub async fn lock(db: &mut PgConnection, scope: &Scope, ticket: TicketId) -> Result<Option<TicketRow>, sqlx::Error> {
    sqlx::query_as!(
        TicketRow,
        "select ticket_id, scenario_id, scenario_version, seed, engine_version, mode, requester, steps, writer, closed_at, verdict,
                floor(extract(epoch from deadline_at - firstline_now()))::bigint as seconds_left
         from tickets where org_id = $1 and account_id = $2 and ticket_id = $3 for update",
        scope.org().0,
        scope.account().0,
        ticket.0
    )
    .fetch_optional(db)
    .await
}

/// The log after a step, in order.
pub async fn steps_after(db: &mut PgConnection, scope: &Scope, ticket: TicketId, after: u32) -> Result<Vec<Step>, sqlx::Error> {
    let rows = sqlx::query_scalar!(
        "select content from ticket_steps where org_id = $1 and ticket_id = $2 and step > $3 order by step",
        scope.org().0,
        ticket.0,
        i32::try_from(after).unwrap_or(i32::MAX)
    )
    .fetch_all(db)
    .await?;
    let read = |content| serde_json::from_value(content).map_err(|error| sqlx::Error::Decode(error.into()));
    rows.into_iter().map(read).collect()
}
