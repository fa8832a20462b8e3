//! A running or finished exam, as stored.

use app::exams::api::Clock;
use domain::exams::{Length, Mode};
use domain::ids::AttemptId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::session::Scope;

pub struct ExamRow {
    pub exam_id: String,
    pub seed: i64,
    pub length: String,
    pub mode: String,
    pub time_limit: i32,
    /// Negative when the time is up; counted to where the clock stands, if it stands.
    pub milliseconds_left: i64,
    /// Nothing more is accepted: the time is up and the grace period is over.
    pub over: bool,
    pub paused_at: Option<OffsetDateTime>,
    pub writer: Option<Uuid>,
    pub finished_at: Option<OffsetDateTime>,
    /// The highest number of a stored change; 0 before the first.
    pub sequence: i32,
}

impl ExamRow {
    /// The table allows no other words.
    pub fn length(&self) -> Length {
        self.length.parse().unwrap_or_default()
    }

    /// The table allows no other words.
    pub fn mode(&self) -> Mode {
        self.mode.parse().unwrap_or(Mode::Exam)
    }

    pub fn clock(&self) -> Clock {
        clock(self.time_limit, self.milliseconds_left, self.paused_at.is_some())
    }
}

pub fn clock(limit: i32, milliseconds_left: i64, paused: bool) -> Clock {
    let left = u64::try_from(milliseconds_left).unwrap_or_default();
    Clock { limit_seconds: limit.unsigned_abs(), milliseconds_left: left, paused }
}

pub async fn load(db: &mut PgConnection, scope: &Scope, attempt: AttemptId) -> Result<Option<ExamRow>, sqlx::Error> {
    sqlx::query_as!(
        ExamRow,
        r#"select exam_id, seed, length as "length!", mode as "mode!", time_limit as "time_limit!",
                  paused_at, writer, finished_at,
                  floor(extract(epoch from deadline_at - coalesce(paused_at, firstline_now())) * 1000)::bigint
                      as "milliseconds_left!",
                  coalesce(paused_at, firstline_now()) > deadline_at + make_interval(secs => $4) as "over!",
                  (select coalesce(max(sequence), 0) from attempt_items i
                   where i.org_id = $1 and i.attempt_id = $2) as "sequence!"
           from attempts where org_id = $1 and account_id = $3 and attempt_id = $2 and kind = 'exam'"#,
        scope.org().0,
        attempt.0,
        scope.account().0,
        f64::from(domain::exams::GRACE_SECONDS)
    )
    .fetch_optional(db)
    .await
}
