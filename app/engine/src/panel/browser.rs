//! The browser: pages, extensions, site data, notifications.

use super::parts::{offer, offer_on, refuse, table, text, toggle, windows, windows_mut, yes_no};
use super::{Operation, Refused, View};
use crate::machine::services::browsing::{self, Seen};
use crate::time::Span;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    // Servers have one too, but nobody should browse there.
    if windows.browser.default.is_empty() {
        return None;
    }
    let browser = &windows.browser;
    let names: Vec<String> = browser.extensions.iter().map(|extension| extension.name.clone()).collect();
    let rows = browser.extensions.iter().map(|extension| vec![extension.name.clone(), yes_no(extension.enabled).to_owned()]);
    let sites: Vec<String> = browser.notifications.iter().cloned().collect();
    let page = || vec![text("url", "Address", "https://"), toggle("private", "In a private window", false)];
    Some(View {
        title: "Browser".to_owned(),
        facts: vec![("Default browser".to_owned(), browser.default.clone())],
        tables: vec![
            table("Extensions", &["Extension", "On"], rows.collect()),
            table("Sites that may show notifications", &["Site"], sites.iter().map(|site| vec![site.clone()]).collect()),
        ],
        operations: [
            Some(offer("open", "Open a page", Vec::new(), page())),
            Some(offer("clear-site-data", "Clear the data of a site", Vec::new(), vec![text("site", "Site", "")])),
            offer_on("enable-extension", "Turn on", names.clone(), Vec::new()),
            offer_on("disable-extension", "Turn off", names.clone(), Vec::new()),
            offer_on("remove-extension", "Remove", names, Vec::new()),
            offer_on("block-notifications", "Block notifications", sites, Vec::new()),
            Some(offer("set-default", "Make default", Vec::new(), vec![text("program", "Program", &browser.default)])),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    windows_mut(world, device)?;
    if operation.verb == "open" {
        world.wait(Span::seconds(4));
        return Ok(match browsing::open(world, device, operation.value("url"), operation.value("private") == "yes") {
            Seen::Blank => "The page stays blank.".to_owned(),
            Seen::Outcome(outcome) => browsing::text(&outcome),
        });
    }
    let windows = windows_mut(world, device)?;
    let browser = &mut windows.browser;
    match operation.verb.as_str() {
        "clear-site-data" => {
            let site = operation.value("site").to_lowercase();
            browser.broken_cache.retain(|found| found.to_lowercase() != site);
            Ok(format!("The data of {site} was cleared."))
        }
        "enable-extension" | "disable-extension" => {
            let Some(extension) = browser.extensions.iter_mut().find(|extension| extension.name == operation.target) else {
                return refuse("There is no such extension.");
            };
            extension.enabled = operation.verb == "enable-extension";
            Ok(format!("{} is {}.", extension.name, if extension.enabled { "on" } else { "off" }))
        }
        "remove-extension" => {
            let before = browser.extensions.len();
            browser.extensions.retain(|extension| extension.name != operation.target);
            if browser.extensions.len() == before { refuse("There is no such extension.") } else { Ok("Removed.".to_owned()) }
        }
        "block-notifications" => {
            if browser.notifications.remove(&operation.target) {
                Ok("Blocked.".to_owned())
            } else {
                refuse("This site has no permission.")
            }
        }
        "set-default" => {
            let program = operation.value("program");
            if !windows.programs.iter().any(|found| found.name == program) {
                return refuse(format!("There is no program “{program}”."));
            }
            program.clone_into(&mut windows.browser.default);
            // What was put there to take the setting over takes it over again at once.
            browsing::take_over(windows);
            Ok(format!("The default browser is {}.", windows.browser.default))
        }
        _ => operation.unknown(),
    }
}
