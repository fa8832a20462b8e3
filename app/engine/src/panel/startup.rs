//! Startup apps.

use super::parts::{offer_on, refuse, table, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let rows = windows.startup.iter().map(|item| {
        // Task Manager's classes: more than a second of processor or 3 MB of disk is high.
        let impact = match (item.enabled, item.seconds) {
            (false, _) => "None",
            (_, 0..=1) => "Low",
            (_, 2..=4) => "Medium",
            _ => "High",
        };
        let state = if item.enabled { "Enabled" } else { "Disabled" };
        vec![item.name.clone(), item.publisher.clone(), state.to_owned(), impact.to_owned()]
    });
    let of =
        |enabled: bool| windows.startup.iter().filter(|item| item.enabled == enabled).map(|item| item.name.clone()).collect();
    let seconds: u32 = windows.startup.iter().filter(|item| item.enabled).map(|item| u32::from(item.seconds)).sum();
    Some(View {
        title: "Startup apps".to_owned(),
        facts: vec![("Startup apps add to signing in".to_owned(), format!("{seconds} s"))],
        tables: vec![table("Startup apps", &["Name", "Publisher", "Status", "Startup impact"], rows.collect())],
        operations: [offer_on("enable", "Enable", of(false), Vec::new()), offer_on("disable", "Disable", of(true), Vec::new())]
            .into_iter()
            .flatten()
            .collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let enabled = match operation.verb.as_str() {
        "enable" => true,
        "disable" => false,
        _ => return operation.unknown(),
    };
    let windows = windows_mut(world, device)?;
    let Some(item) = windows.startup.iter_mut().find(|item| item.name.eq_ignore_ascii_case(&operation.target)) else {
        return refuse(format!("There is no startup app “{}”.", operation.target));
    };
    item.enabled = enabled;
    Ok(format!("{} is {}.", item.name, if enabled { "enabled" } else { "disabled" }))
}
