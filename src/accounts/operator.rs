//! What the operator does from the command line. No one chooses a password for somebody else: it is set through a one-time link.

use domain::accounts::{AccountName, NameProblem, Role};
use sqlx::PgPool;
use thiserror::Error;

use super::secret::Secret;
use super::{links, people};

#[derive(Debug, Error)]
pub enum OperatorError {
    #[error("\"{name}\" cannot be an account name. {}", app::accounts::words::name_problem(*problem))]
    Name { name: String, problem: NameProblem },
    #[error(
        "There is already an account named \"{0}\". Choose another name, or make a reset link for it: firstline account reset {0}"
    )]
    Taken(AccountName),
    #[error("There is no account named \"{0}\". Make one: firstline account create {0}")]
    Unknown(AccountName),
    #[error("The database refused: {0}")]
    Database(#[from] sqlx::Error),
    #[error("The operating system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

/// Makes an account with an organisation of its own and no password yet. The answer is the path of the link that sets the first
/// password, good for 24 hours. An admin is admin of that organisation.
pub async fn create_account(db: &PgPool, name: &str, admin: bool) -> Result<String, OperatorError> {
    let name = parse(name)?;
    let role = if admin { Role::Admin } else { Role::Learner };
    let secret = Secret::new()?;
    let mut tx = db.begin().await?;
    let created = people::create(&mut tx, &name, None, role).await;
    let account = created.map_err(|error| if people::is_taken(&error) { OperatorError::Taken(name) } else { error.into() })?;
    links::make_reset(&mut tx, &secret, account.id).await?;
    tx.commit().await?;
    Ok(reset_path(&secret))
}

/// The path of a link that sets a new password once, within 24 hours. Earlier links of this account stop working; the old
/// password works until the link is used.
pub async fn reset_link(db: &PgPool, name: &str) -> Result<String, OperatorError> {
    let name = parse(name)?;
    let account = people::by_name(db, name.key()).await?.ok_or(OperatorError::Unknown(name))?;
    let secret = Secret::new()?;
    let mut tx = db.begin().await?;
    links::make_reset(&mut tx, &secret, account.id).await?;
    tx.commit().await?;
    Ok(reset_path(&secret))
}

/// The path of a link with which one person may sign up within 7 days where `FIRSTLINE_SIGN_UP=invite`.
pub async fn invitation(db: &PgPool) -> Result<String, OperatorError> {
    let secret = Secret::new()?;
    let mut conn = db.acquire().await?;
    links::make_invitation(&mut conn, &secret).await?;
    Ok(format!("/sign-up?invitation={}", secret.expose()))
}

fn parse(text: &str) -> Result<AccountName, OperatorError> {
    AccountName::parse(text).map_err(|problem| OperatorError::Name { name: text.to_owned(), problem })
}

fn reset_path(secret: &Secret) -> String {
    format!("/reset/{}", secret.expose())
}
