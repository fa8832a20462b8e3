//! Print Management of a server that shares printers.

use super::parts::{offer_on, text};
use super::{Operation, Refused, View, printers};
use crate::world::device::Kind;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let machine = world.device(device);
    let windows = machine.windows()?;
    let serves = windows.printers.iter().any(|queue| !queue.share.is_empty());
    if machine.kind != Kind::Server || !serves {
        return None;
    }
    let mut view = printers::view(world, device)?;
    view.title = format!("Print Management: {}", machine.name);
    if view.notices.is_empty() {
        let names: Vec<String> = windows.printers.iter().map(|queue| queue.name.clone()).collect();
        let shared = windows.printers.iter().filter(|queue| !queue.share.is_empty()).map(|queue| queue.name.clone()).collect();
        view.operations.extend(offer_on("share", "Share", names, vec![text("share", "Share name", "")]));
        view.operations.extend(offer_on("stop-sharing", "Stop sharing", shared, Vec::new()));
    }
    Some(view)
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let share = match operation.verb.as_str() {
        "share" if operation.value("share").is_empty() => return super::parts::refuse("A share needs a name."),
        "share" => operation.value("share").to_owned(),
        "stop-sharing" => String::new(),
        _ => return printers::apply(world, device, operation),
    };
    let queue = world
        .device_mut(device)
        .windows_mut()
        .and_then(|windows| windows.printers.iter_mut().find(|queue| queue.name.eq_ignore_ascii_case(&operation.target)));
    let Some(queue) = queue else { return super::parts::refuse(format!("There is no printer “{}”.", operation.target)) };
    queue.share.clone_from(&share);
    Ok(if share.is_empty() {
        format!("{} is no longer shared.", queue.name)
    } else {
        format!("{} is shared as {share}.", queue.name)
    })
}
