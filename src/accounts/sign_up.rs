//! Sign-up: an account, its organisation of one, and the first session.

use app::accounts::api::SignUpPolicy;
use app::accounts::words;
use app::error::{AppError, Conflict, FieldError};
use domain::accounts::{AccountName, Password, Role};

use super::cookie::session_cookie;
use super::secret::Secret;
use super::{device, links, people, session};
use crate::caller::Caller;
use crate::error::OrInternal as _;

pub(super) async fn sign_up(caller: &Caller, name: &str, password: &str, invitation: Option<&str>) -> Result<(), AppError> {
    let invitation = admit(caller, invitation).await?;
    let (name, password) = check_fields(caller, name, password).await?;
    let hash = caller.server.hasher.hash(password).await.or_internal(caller)?;
    let token = Secret::new().or_internal(caller)?;
    let device = device::describe(&caller.user_agent);

    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    if let Some(invitation) = &invitation
        && !links::spend(&mut tx, invitation).await.or_internal(caller)?
    {
        return Err(AppError::Conflict(Conflict::LinkSpent));
    }
    let created = people::create(&mut tx, &name, Some(&hash), Role::Learner).await;
    if created.as_ref().is_err_and(people::is_taken) {
        return Err(AppError::invalid("name", words::NAME_TAKEN));
    }
    let account = created.or_internal(caller)?;
    if let Some(old) = &caller.session {
        sqlx::query!("delete from sessions where session_id = $1", old.id.0).execute(&mut *tx).await.or_internal(caller)?;
    }
    let start = session::Start { org: account.home, account: account.id, role: Role::Learner, device: &device };
    session::start(&mut tx, &token, start).await.or_internal(caller)?;
    tx.commit().await.or_internal(caller)?;
    caller.set_cookie(session_cookie(&caller.server.settings, &token, Role::Learner));
    tracing::info!(request.id = %caller.request_id, account.id = %account.id, "signed up");
    Ok(())
}

/// Who may sign up at all; the invitation to spend, where one is needed.
async fn admit(caller: &Caller, invitation: Option<&str>) -> Result<Option<Secret>, AppError> {
    match (caller.server.settings.sign_up, invitation) {
        (SignUpPolicy::Open, _) => Ok(None),
        (SignUpPolicy::Closed, _) | (SignUpPolicy::Invite, None) => Err(AppError::Conflict(Conflict::SignUpClosed)),
        (SignUpPolicy::Invite, Some(text)) => {
            let spent = AppError::Conflict(Conflict::LinkSpent);
            let Some(secret) = Secret::parse(text) else {
                return Err(spent);
            };
            let open = links::invitation_is_open(&caller.server.db, &secret).await.or_internal(caller)?;
            if open { Ok(Some(secret)) } else { Err(spent) }
        }
    }
}

/// Says everything that is wrong at once.
async fn check_fields(caller: &Caller, name: &str, password: &str) -> Result<(AccountName, Password), AppError> {
    let parsed = AccountName::parse(name);
    let password = people::check_new_password(caller, password, vec![name.trim().chars().take(40).collect()]).await?;
    match (parsed, password) {
        (Ok(name), Ok(password)) => Ok((name, password)),
        (name, password) => {
            let name = name.err().map(|problem| ("name", words::name_problem(problem)));
            let password = password.err().map(|problem| ("password", words::password_problem(problem)));
            let errors = [name, password].into_iter().flatten();
            Err(AppError::Invalid(
                errors.map(|(field, message)| FieldError { field: field.to_owned(), message: message.to_owned() }).collect(),
            ))
        }
    }
}
