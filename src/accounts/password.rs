//! Hashing of passwords: argon2id, off the async threads, as many at once as there are cores.

mod queue;
mod strength;

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::error::AppError;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version};
use domain::accounts::Password;
use thiserror::Error;

use self::queue::Queue;
use super::secret::Secret;
use crate::caller::Caller;
use crate::config::PasswordHashCost;
use crate::error::OrInternal;

pub use queue::Limits;

/// What a visitor is told to wait when the queue is full: about the time a full queue takes on two cores.
const RETRY_AFTER_SECONDS: u32 = 5;

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Hasher {
    argon2: Argon2<'static>,
    /// Checked where there is no account, so that the answer takes as long as where there is one.
    nobody: Arc<str>,
    queue: Queue,
}

/// What checking a password has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed with other parameters than those set now.
    RightButOld,
}

#[derive(Debug, Error)]
pub enum HashError {
    #[error("too many passwords are being hashed")]
    Busy,
    #[error("password hashing failed: {0}")]
    Failed(String),
}

impl Hasher {
    /// Takes as long as one hash.
    ///
    /// # Errors
    /// [`HashError::Failed`] with argon2's reason when it does not accept the cost.
    pub fn new(cost: PasswordHashCost, limits: Limits) -> Result<Self, HashError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobodys_password = Secret::new().map_err(failed)?;
        let nobody = hash_now(&argon2, nobodys_password.expose())?;
        Ok(Self { argon2, nobody: nobody.into(), queue: Queue::new(limits) })
    }

    /// The PHC string to store, with a salt of its own.
    pub async fn hash(&self, password: Password) -> Result<String, HashError> {
        let argon2 = self.argon2.clone();
        self.queue.run(move || hash_now(&argon2, password.expose())).await?
    }

    /// `stored` is `None` where there is no account or no password: that is always wrong, and takes as long.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<Verdict, HashError> {
        let argon2 = self.argon2.clone();
        let nobody = Arc::clone(&self.nobody);
        self.queue.run(move || verify_now(&argon2, &password, stored.as_deref(), &nobody)).await?
    }

    /// Whether someone who knows the common passwords and these words about the person gets there soon.
    pub async fn is_guessable(&self, password: Password, about: Vec<String>) -> Result<bool, HashError> {
        self.queue.run(move || strength::is_guessable(password.expose(), &about)).await
    }

    /// The time of one hash on this machine, for the start-up line.
    pub async fn measure(&self) -> Result<Duration, HashError> {
        let started = Instant::now();
        self.hash(Password::given("how long does this take?")).await?;
        Ok(started.elapsed())
    }
}

fn hash_now(argon2: &Argon2<'_>, password: &str) -> Result<String, HashError> {
    argon2.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(failed)
}

fn verify_now(argon2: &Argon2<'_>, password: &Password, stored: Option<&str>, nobody: &str) -> Result<Verdict, HashError> {
    let hash = PasswordHash::new(stored.unwrap_or(nobody)).map_err(failed)?;
    // The parameters are those of the stored hash, not of `argon2`.
    let matches = argon2.verify_password(password.expose().as_bytes(), &hash).is_ok();
    if !matches || stored.is_none() {
        return Ok(Verdict::Wrong);
    }
    let params = Params::try_from(&hash).map_err(failed)?;
    let current = argon2.params();
    let same = hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
        && (params.m_cost(), params.t_cost(), params.p_cost()) == (current.m_cost(), current.t_cost(), current.p_cost());
    Ok(if same { Verdict::Right } else { Verdict::RightButOld })
}

fn failed(error: impl std::fmt::Display) -> HashError {
    HashError::Failed(error.to_string())
}

impl<T> OrInternal<T> for Result<T, HashError> {
    fn or_internal(self, caller: &Caller) -> Result<T, AppError> {
        self.map_err(|error| match error {
            HashError::Busy => {
                tracing::warn!(request.id = %caller.request_id, "password queue full");
                AppError::Unavailable { retry_after_seconds: RETRY_AFTER_SECONDS }
            }
            HashError::Failed(reason) => {
                tracing::error!(request.id = %caller.request_id, reason, "password hashing failed");
                AppError::Internal { request_id: caller.request_id.clone() }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Far below the floor: these tests are about the logic.
    const CHEAP: PasswordHashCost = PasswordHashCost { memory_kib: 64, passes: 1, lanes: 1 };

    fn hasher(cost: PasswordHashCost) -> Hasher {
        Hasher::new(cost, Limits::default()).unwrap()
    }

    async fn verdict(hasher: &Hasher, password: &str, stored: Option<&str>) -> Verdict {
        hasher.verify(Password::given(password), stored.map(str::to_owned)).await.unwrap()
    }

    #[tokio::test]
    async fn only_the_same_password_is_right() {
        let hasher = hasher(CHEAP);
        let stored = hasher.hash(Password::given("the printer is on fire")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert_eq!(verdict(&hasher, "the printer is on fire", Some(&stored)).await, Verdict::Right);
        assert_eq!(verdict(&hasher, "The printer is on fire", Some(&stored)).await, Verdict::Wrong);
        assert_eq!(verdict(&hasher, "", Some(&stored)).await, Verdict::Wrong);
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ() {
        let hasher = hasher(CHEAP);
        let password = Password::given("the printer is on fire");
        assert_ne!(hasher.hash(password.clone()).await.unwrap(), hasher.hash(password).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        assert_eq!(verdict(&hasher(CHEAP), "anything at all", None).await, Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_hash_of_other_cost_is_right_but_old() {
        let old = hasher(CHEAP).hash(Password::given("the printer is on fire")).await.unwrap();
        let now = hasher(PasswordHashCost { memory_kib: 128, ..CHEAP });
        assert_eq!(verdict(&now, "the printer is on fire", Some(&old)).await, Verdict::RightButOld);
    }

    #[tokio::test]
    async fn a_stored_text_that_is_no_hash_is_an_error() {
        let result = hasher(CHEAP).verify(Password::given("anything"), Some("plain".to_owned())).await;
        assert!(matches!(result, Err(HashError::Failed(_))));
    }

    #[test]
    fn a_cost_that_argon2_refuses_is_an_error() {
        let impossible = PasswordHashCost { memory_kib: 1, passes: 0, lanes: 0 };
        assert!(Hasher::new(impossible, Limits::default()).is_err());
    }
}
