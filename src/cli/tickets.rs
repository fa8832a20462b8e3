//! `firstline tickets …`: the engine without a browser, for authors and tests.

mod exec;
mod export;
mod lists;
mod play;
mod prove;

use std::io;
use std::path::Path;

use domain::content::bank::Mistake;
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

/// The sites and scenarios of the content with `overlay` laid over it. Files that cannot be read are named, and nothing is played.
/// Whether a scenario can be prepared shows when it is: only `content check` tries all of them, which takes a while.
///
/// # Errors
/// Files that cannot be read; every mistake in their shape.
pub fn library(overlay: Option<&Path>) -> io::Result<Library> {
    let files = files::read(overlay).map_err(io::Error::other)?;
    let (library, mistakes) = tickets::read(&files);
    if mistakes.is_empty() { Ok(library) } else { Err(refusal(&mistakes)) }
}

fn refusal(mistakes: &[Mistake]) -> io::Error {
    let told: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    io::Error::other(format!("the sites and scenarios have mistakes:\n  {}", told.join("\n  ")))
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
fn given(filed: &Filed<Scenario>, site: &Filed<Site>, seed: u64, instead: &Instead) -> io::Result<Given> {
    let scenario = &filed.value;
    let prepared = |scenario: &Scenario| prepare(scenario, &site.value, seed);
    let given = match instead {
        Instead::Nothing => prepared(scenario),
        Instead::Healthy => prepared(scenario).map(|given| Given { start: given.twin.clone(), ..given }),
        Instead::Fault(id) => {
            // On the requester's own machine where it fits there, else where it fits.
            let with = |device: Option<&str>| Scenario {
                fault: vec![FaultSpec { id: id.clone(), device: device.map(str::to_owned), ..FaultSpec::default() }],
                misunderstanding: None,
                ..scenario.clone()
            };
            prepared(&with(Some("{device}"))).or_else(|_| prepared(&with(None)))
        }
    };
    given.map_err(|complaints| {
        let mistake = |one: &engine::site::Complaint| tickets::mistake(filed, site, one);
        refusal(&complaints.iter().map(mistake).collect::<Vec<_>>())
    })
}
