//! A ticket and its log, as stored.

use domain::ids::{OrgId, TicketId};
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
    /// Of an assessment or of the exam around it, in real time; negative when it is over.
    pub seconds_left: Option<i64>,
    /// Of a simulation: its place on the form.
    pub attempt_id: Option<Uuid>,
    pub position: Option<i16>,
    /// How many the form has.
    pub questions: Option<i16>,
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

    /// The time of an assessment is up. That of an exam is its own matter.
    pub fn is_late(&self) -> bool {
        self.mode() == Mode::Assessment && self.seconds_left.is_some_and(|seconds| seconds < 0)
    }
}

pub async fn load(db: &mut PgConnection, scope: &Scope, ticket: TicketId) -> Result<Option<TicketRow>, sqlx::Error> {
    sqlx::query_as!(
        TicketRow,
        r#"select t.ticket_id, t.scenario_id, t.scenario_version, t.seed, t.engine_version, t.mode, t.requester, t.steps, t.writer,
                  t.closed_at, t.verdict, t.attempt_id, t.position, a.questions as "questions?",
                  floor(extract(epoch from coalesce(t.deadline_at, a.deadline_at) - firstline_now()))::bigint as seconds_left
           from tickets t left join attempts a on a.org_id = t.org_id and a.attempt_id = t.attempt_id
           where t.org_id = $1 and t.account_id = $2 and t.ticket_id = $3"#,
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
        r#"select t.ticket_id, t.scenario_id, t.scenario_version, t.seed, t.engine_version, t.mode, t.requester, t.steps, t.writer,
                  t.closed_at, t.verdict, t.attempt_id, t.position, a.questions as "questions?",
                  floor(extract(epoch from coalesce(t.deadline_at, a.deadline_at) - firstline_now()))::bigint as seconds_left
           from tickets t left join attempts a on a.org_id = t.org_id and a.attempt_id = t.attempt_id
           where t.org_id = $1 and t.account_id = $2 and t.ticket_id = $3 for update of t"#,
        scope.org().0,
        scope.account().0,
        ticket.0
    )
    .fetch_optional(db)
    .await
}

/// The log after a step, in order.
pub async fn steps_after(db: &mut PgConnection, org: OrgId, ticket: TicketId, after: u32) -> Result<Vec<Step>, sqlx::Error> {
    let rows = sqlx::query_scalar!(
        "select content from ticket_steps where org_id = $1 and ticket_id = $2 and step > $3 order by step",
        org.0,
        ticket.0,
        i32::try_from(after).unwrap_or(i32::MAX)
    )
    .fetch_all(db)
    .await?;
    let read = |content| serde_json::from_value(content).map_err(|error| sqlx::Error::Decode(error.into()));
    rows.into_iter().map(read).collect()
}
