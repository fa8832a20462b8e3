//! The database's clock, stopped: it says what a test writes, to the millisecond.

use domain::ids::AttemptId;

use super::site::Site;

impl Site {
    /// From here on the time is what [`Self::pass`] and [`Self::at_deadline`] say.
    pub async fn stop_clock(&self) {
        self.execute("create table stopped_clock (at timestamptz not null)").await;
        self.execute("insert into stopped_clock select now()").await;
        self.execute(
            "create or replace function firstline_now() returns timestamptz language sql stable parallel safe
             return (select at from stopped_clock)",
        )
        .await;
    }

    pub async fn pass(&self, seconds: i32) {
        let sql = "update stopped_clock set at = at + make_interval(secs => $1)";
        sqlx::query(sql).bind(f64::from(seconds)).execute(&self.server.db).await.unwrap();
    }

    /// So many milliseconds after the deadline of an exam; before it if negative.
    pub async fn at_deadline(&self, attempt: AttemptId, milliseconds: i32) {
        let sql = "update stopped_clock
                   set at = (select deadline_at from attempts where attempt_id = $1) + $2 * interval '1 millisecond'";
        let moved = sqlx::query(sql).bind(attempt.0).bind(milliseconds).execute(&self.server.db).await.unwrap();
        assert_eq!(moved.rows_affected(), 1, "the clock runs");
    }
}
