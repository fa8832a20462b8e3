//! Scheduled tasks, as far as they are held: those that run with a stored password.

use crate::world::accounts::password_number;
use crate::world::windows::{StoredCredential, Windows};

/// How a credential names the task that uses it.
const MARK: &str = "Scheduled task: ";

/// What a credential says of the task that uses it.
#[must_use]
pub fn used_by(name: &str) -> String {
    format!("{MARK}{name}")
}

/// The task's name where a credential belongs to one.
fn name_of(kept: &StoredCredential) -> Option<&str> {
    kept.used_by.strip_prefix(MARK)
}

/// Each task with the credential it runs with.
pub fn all(windows: &Windows) -> impl Iterator<Item = (&str, &StoredCredential)> {
    windows.credentials.iter().filter_map(|kept| Some((name_of(kept)?, kept)))
}

/// Takes a task away with its password. False: there is no such task.
pub fn delete(windows: &mut Windows, name: &str) -> bool {
    let before = windows.credentials.len();
    windows.credentials.retain(|kept| !name_of(kept).is_some_and(|known| known.eq_ignore_ascii_case(name)));
    windows.credentials.len() != before
}

/// Gives a task another account or password. False: there is no such task.
pub fn change(windows: &mut Windows, name: &str, user: Option<&str>, password: Option<&str>) -> bool {
    let found = windows.credentials.iter_mut().find(|kept| name_of(kept).is_some_and(|known| known.eq_ignore_ascii_case(name)));
    let Some(kept) = found else { return false };
    if let Some(user) = user {
        user.clone_into(&mut kept.user);
    }
    if let Some(password) = password {
        kept.password = password_number(password);
    }
    true
}
