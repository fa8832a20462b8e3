//! From what went wrong inside to the one error that crosses the wire.

use app::error::AppError;

use crate::caller::Caller;

/// Turns a failure inside into what the browser may know; the cause goes to the log with the request's id.
pub trait OrInternal<T> {
    /// # Errors
    /// [`AppError::Unavailable`] when the database is away or overloaded, otherwise [`AppError::Internal`].
    fn or_internal(self, caller: &Caller) -> Result<T, AppError>;
}

impl<T> OrInternal<T> for Result<T, sqlx::Error> {
    fn or_internal(self, caller: &Caller) -> Result<T, AppError> {
        self.map_err(|error| {
            if is_transient(&error) {
                tracing::warn!(request.id = %caller.request_id, error = %error, "database unavailable");
                AppError::Unavailable { retry_after_seconds: 2 }
            } else {
                tracing::error!(request.id = %caller.request_id, error = ?error, "database error");
                AppError::Internal { request_id: caller.request_id.clone() }
            }
        })
    }
}

/// Errors that a second try may not meet: no connection, a server going down or coming up, a serialisation failure.
///
/// SQLSTATE classes: 08 connection, 53 resources, 57 operator intervention, 40 rollback (Postgres manual, appendix A).
#[must_use]
pub fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(cause) => {
            cause.code().is_some_and(|code| ["08", "53", "57", "40"].iter().any(|class| code.starts_with(class)))
        }
        _ => false,
    }
}
