//! The mail profile on this computer.

use super::parts::{offer, offer_on, refuse, table, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::time::Span;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let profile = windows(world, device)?.mail.as_ref()?;
    let full = profile.limit > 0 && profile.size >= profile.limit;
    let rules: Vec<String> = profile.rules.iter().map(|rule| rule.name.clone()).collect();
    let rows = profile.rules.iter().map(|rule| {
        let forwards = if rule.forwards_to.is_empty() { String::new() } else { format!("Forward to {}", rule.forwards_to) };
        vec![rule.name.clone(), forwards]
    });
    Some(View {
        title: format!("Mail: {}", profile.address),
        notices: if full { vec!["The mailbox file has reached its maximum size.".to_owned()] } else { Vec::new() },
        facts: vec![
            ("Account".to_owned(), profile.address.clone()),
            ("Server".to_owned(), profile.server.clone()),
            ("Mailbox file".to_owned(), format!("{} MB of {} MB", profile.size, profile.limit)),
        ],
        tables: vec![table("Rules", &["Rule", "Action"], rows.collect())],
        operations: [
            Some(offer("set-server", "Change server", Vec::new(), vec![text("server", "Server", &profile.server)])),
            Some(offer("archive", "Move old mail to the archive", Vec::new(), Vec::new())),
            offer_on("remove-rule", "Delete rule", rules, Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let Some(profile) = windows_mut(world, device)?.mail.as_mut() else { return refuse("There is no mail profile here.") };
    match operation.verb.as_str() {
        "set-server" => {
            let server = operation.value("server").trim();
            if server.is_empty() {
                return refuse("Enter a server.");
            }
            server.clone_into(&mut profile.server);
            Ok("Saved.".to_owned())
        }
        "archive" => {
            // Mail older than a year: most of what an old mailbox holds.
            profile.size -= profile.size / 5 * 3;
            world.wait(Span::minutes(20));
            Ok("Old mail was moved to the archive, and the file was compacted.".to_owned())
        }
        "remove-rule" => {
            let before = profile.rules.len();
            profile.rules.retain(|rule| rule.name != operation.target);
            if profile.rules.len() == before { refuse("There is no such rule.") } else { Ok("The rule was deleted.".to_owned()) }
        }
        _ => operation.unknown(),
    }
}
