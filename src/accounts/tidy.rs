//! Throws away what no sign-in can use any more.

use std::time::Duration;

use sqlx::PgPool;

const EVERY: Duration = Duration::from_hours(1);

/// Tidies now and then every hour, for as long as the program runs; a failure waits for the next hour.
pub async fn tidy_hourly(db: PgPool) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = tidy(&db).await {
            tracing::warn!(error = %error, "expired sessions not removed");
        }
    }
}

/// Removes sessions and links past their time, and the failures of names that nobody bears once they are a day old. Failures on
/// an account stay: they count in a row, however long the row takes.
pub async fn tidy(db: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sessions where expires_at < firstline_now()").execute(db).await?;
    sqlx::query!("delete from account_links where expires_at < firstline_now()").execute(db).await?;
    sqlx::query!(
        "delete from sign_in_failures
         where tried_at < firstline_now() - interval '1 day'
           and name_hash not in (select sha256(convert_to(name_key, 'UTF8')) from accounts)"
    )
    .execute(db)
    .await?;
    Ok(())
}
