//! What there is: scenarios and faults.

use std::io::{self, Write};

use domain::content::tickets::Library;
use serde::Serialize;

#[derive(Serialize)]
struct Listed<'l> {
    id: &'l str,
    title: &'l str,
    site: &'l str,
    track: &'l str,
    difficulty: &'l str,
    minutes: u32,
    faults: Vec<&'l str>,
    objectives: &'l [String],
}

/// Every scenario, in order of id.
pub fn list(library: &Library, json: bool, out: &mut impl Write) -> io::Result<()> {
    let listed: Vec<_> = library
        .scenarios
        .values()
        .map(|filed| {
            let scenario = &filed.value;
            Listed {
                id: &scenario.id,
                title: &scenario.title,
                site: &scenario.site,
                track: &scenario.track,
                difficulty: &scenario.difficulty,
                minutes: scenario.minutes,
                faults: scenario.fault.iter().filter(|fault| !fault.herring).map(|fault| fault.id.as_str()).collect(),
                objectives: &scenario.objectives,
            }
        })
        .collect();
    if json {
        serde_json::to_writer_pretty(&mut *out, &listed)?;
        return writeln!(out);
    }
    for one in &listed {
        writeln!(out, "{:28} {:8} {:7} {:>3} min  {}", one.id, one.site, one.difficulty, one.minutes, one.title)?;
    }
    writeln!(out, "\n{} scenarios on {} sites. Play one: firstline tickets play ID", listed.len(), library.sites.len())
}

#[derive(Serialize)]
struct ListedFault {
    id: &'static str,
    group: &'static str,
    title: &'static str,
    component: &'static str,
}

/// Every fault the engine can put into a site, in the order of the catalogue.
pub fn faults(json: bool, out: &mut impl Write) -> io::Result<()> {
    let listed: Vec<_> = engine::fault::all()
        .map(|fault| ListedFault { id: fault.id, group: fault.group(), title: fault.title, component: fault.component })
        .collect();
    if json {
        serde_json::to_writer_pretty(&mut *out, &listed)?;
        return writeln!(out);
    }
    for one in &listed {
        writeln!(out, "{:4} {:24} {}", one.id, one.component, one.title)?;
    }
    let groups: std::collections::BTreeSet<_> = listed.iter().map(|one| one.group).collect();
    writeln!(out, "\n{} faults in {} groups", listed.len(), groups.len())
}
