//! `firstline tickets …`: the engine without a browser, for authors and tests.

mod exec;
mod export;
mod lists;
mod play;
mod prove;

use std::io;
use std::path::Path;

use domain::content::bank;
use domain::content::tickets::{self, Filed, Library};
use engine::site::Site;
use engine::ticket::Scenario;
use engine::ticket::run::Given;
use engine::ticket::scenario::{FaultSpec, prepare};

use crate::content::files;

pub use exec::{Exec, exec, solution};
pub use export::export;
pub use lists::{faults, list};
pub use play::play;
pub use prove::prove;

/// What stands in the scenario's place of the fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Instead {
    /// The scenario's own.
    #[default]
    Nothing,
    Fault(String),
    Healthy,
}

/// The sites and scenarios of the content with `overlay` laid over it. What is broken is named, and nothing is played.
///
/// # Errors
/// Files that cannot be read; every mistake in sites and scenarios.
pub fn library(overlay: Option<&Path>) -> io::Result<Library> {
    let files = files::read(overlay).map_err(io::Error::other)?;
    let (library, mut mistakes) = tickets::read(&files);
    let (bank, _) = bank::read(&files);
    mistakes.extend(tickets::check(&library, &bank));
    if mistakes.is_empty() {
        return Ok(library);
    }
    let told: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    Err(io::Error::other(format!("the sites and scenarios have mistakes:\n  {}", told.join("\n  "))))
}

/// A scenario with its site.
fn find<'l>(library: &'l Library, id: &str) -> io::Result<(&'l Filed<Scenario>, &'l Filed<Site>)> {
    let near = || engine::site::build::nearest(id, library.scenarios.keys().map(String::as_str));
    let scenario = library.scenarios.get(id).ok_or_else(|| {
        io::Error::other(format!("There is no scenario “{id}”: `firstline tickets list` names them.{}", near()))
    })?;
    let site = library.site_of(&scenario.value).ok_or_else(|| io::Error::other("its site is missing"))?;
    Ok((scenario, site))
}

/// The ticket of a scenario and a seed, with another fault or none where that is asked.
fn given(scenario: &Scenario, site: &Site, seed: u64, instead: &Instead) -> io::Result<Given> {
    let told = |complaints: Vec<engine::site::Complaint>| {
        io::Error::other(
            complaints.into_iter().map(|one| format!("{}: {}", one.path, one.message)).collect::<Vec<_>>().join("\n"),
        )
    };
    match instead {
        Instead::Nothing => prepare(scenario, site, seed).map_err(told),
        Instead::Healthy => {
            let given = prepare(scenario, site, seed).map_err(told)?;
            Ok(Given { start: given.twin.clone(), ..given })
        }
        Instead::Fault(id) => {
            // On the requester's own machine where it fits there, else where it fits.
            let with = |device: Option<&str>| Scenario {
                fault: vec![FaultSpec { id: id.clone(), device: device.map(str::to_owned), ..FaultSpec::default() }],
                misunderstanding: None,
                ..scenario.clone()
            };
            prepare(&with(Some("{device}")), site, seed).or_else(|_| prepare(&with(None), site, seed)).map_err(told)
        }
    }
}
