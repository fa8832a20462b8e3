//! Task Scheduler: tasks that run with a stored password.

use super::parts::{offer_on, refuse, table, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::services::tasks;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let rows =
        tasks::all(windows).map(|(name, kept)| vec![name.to_owned(), "Ready".to_owned(), kept.user.clone(), kept.target.clone()]);
    let names: Vec<String> = tasks::all(windows).map(|(name, _)| name.to_owned()).collect();
    Some(View {
        title: "Task Scheduler".to_owned(),
        tables: vec![table("Task Scheduler Library", &["Name", "Status", "Runs as", "Uses"], rows.collect())],
        operations: [
            offer_on("set-password", "Enter the password of its account", names.clone(), vec![text("password", "Password", "")]),
            offer_on("delete", "Delete", names, Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let windows = windows_mut(world, device)?;
    let (task, password) = (operation.target.as_str(), operation.value("password"));
    let (done, said) = match operation.verb.as_str() {
        "set-password" if password.is_empty() => return refuse("Enter a password."),
        "set-password" => (tasks::change(windows, task, None, Some(password)), "The password was saved."),
        "delete" => (tasks::delete(windows, task), "The task was deleted."),
        _ => return operation.unknown(),
    };
    if done { Ok(said.to_owned()) } else { refuse(format!("There is no task “{task}”.")) }
}
