//! Lists of units and what their files say.

use std::fmt::Write;

use super::super::call::{Call, Done, has};
use super::status::{ago, enabled_word, stamp, state_word, sub_word};
use crate::machine::units;
use crate::sorted;
use crate::world::linux::UnitState;

pub(super) fn overall(call: &Call<'_>) -> Done {
    let linux = call.linux();
    let failed = linux.units.values().filter(|unit| unit.state == UnitState::Failed).count();
    let state = if linux.emergency.is_some() {
        "maintenance"
    } else if failed > 0 {
        "degraded"
    } else {
        "running"
    };
    let host = crate::machine::linux_files::generated::host_name(call.device());
    let started = call.device().started;
    Done::ok(format!(
        "● {host}\n    State: {state}\n    Units: {} loaded (incl. loaded aliases)\n     Jobs: 0 queued\n   Failed: {failed} units\n    Since: {}; {}\n",
        linux.units.len(),
        stamp(call, started),
        ago(call.world.now - started)
    ))
}

/// What systemd lists: name, mark, and the four words after it.
struct Row {
    mark: &'static str,
    cells: [String; 4],
    description: String,
}

pub(super) fn list_units(call: &Call<'_>, given: &[(String, String)]) -> Done {
    let linux = call.linux();
    let failed_only = has(given, &["--failed"]) || super::super::call::value(given, &["--state"]) == Some("failed");
    let all = has(given, &["--all", "a"]);
    let kind = super::super::call::value(given, &["t", "--type"]).map(str::to_owned);
    let mut rows: Vec<Row> = Vec::new();
    for mount in linux.mounts.iter().filter(|mount| mount.mounted && mount.file_system != "swap" && !failed_only) {
        let description = if mount.target == "/" { "Root Mount".to_owned() } else { mount.target.clone() };
        let cells = [units::mount_unit(&mount.target), "loaded".to_owned(), "active".to_owned(), "mounted".to_owned()];
        rows.push(Row { mark: " ", cells, description });
    }
    for (name, unit) in &linux.units {
        let failed = unit.state == UnitState::Failed;
        if if failed_only { !failed } else { !all && unit.state == UnitState::Inactive } {
            continue;
        }
        let load = if unit.masked { "masked" } else { "loaded" };
        let cells = [name.clone(), load.to_owned(), state_word(unit).to_owned(), sub_word(unit).to_owned()];
        rows.push(Row { mark: if failed || unit.masked { "●" } else { " " }, cells, description: unit.description.clone() });
    }
    rows.retain(|row| kind.as_ref().is_none_or(|kind| row.cells[0].ends_with(&format!(".{kind}"))));
    if rows.is_empty() && failed_only {
        return Done::ok("  UNIT LOAD ACTIVE SUB DESCRIPTION\n0 loaded units listed.\n");
    }
    sorted::by(&mut rows, |a, b| a.cells[0].cmp(&b.cells[0]));
    let heads = ["UNIT", "LOAD", "ACTIVE", "SUB"];
    let width = |at: usize| rows.iter().map(|row| row.cells[at].len()).max().unwrap_or(0).max(heads[at].len());
    let (unit, load, active, sub) = (width(0), width(1), width(2), width(3));
    let mut out = format!("  {:<unit$} {:<load$} {:<active$} {:<sub$} DESCRIPTION\n", heads[0], heads[1], heads[2], heads[3]);
    for row in &rows {
        let [name, loaded, state, below] = &row.cells;
        let _ = writeln!(out, "{} {name:<unit$} {loaded:<load$} {state:<active$} {below:<sub$} {}", row.mark, row.description);
    }
    out.push_str("\nLOAD   = Reflects whether the unit definition was properly loaded.\n");
    out.push_str("ACTIVE = The high-level unit activation state, i.e. generalization of SUB.\n");
    out.push_str("SUB    = The low-level unit activation state, values depend on unit type.\n");
    let _ = write!(out, "{} loaded units listed.", rows.len());
    if !failed_only && !all {
        out.push_str(" Pass --all to see loaded but inactive units, too.\nTo show all installed unit files use 'systemctl list-unit-files'.");
    }
    Done::ok(out + "\n")
}

pub(super) fn list_files(call: &Call<'_>) -> Done {
    let units = &call.linux().units;
    let width = units.keys().map(String::len).max().unwrap_or(0).max("UNIT FILE".len());
    let mut out = format!("{:<width$} {:<8} PRESET\n", "UNIT FILE", "STATE");
    for (name, unit) in units {
        let _ = writeln!(out, "{name:<width$} {:<8} enabled", enabled_word(unit));
    }
    Done::ok(format!("{out}\n{} unit files listed.\n", units.len()))
}

/// The unit file as the model's unit says it.
pub(super) fn unit_file(call: &Call<'_>, name: &str) -> Done {
    let Some(unit) = call.linux().units.get(name) else {
        return Done::failed(1, format!("No files found for {name}.\n"));
    };
    let mut out = format!("# /lib/systemd/system/{name}\n[Unit]\nDescription={}\n", unit.description);
    if !unit.requires.is_empty() {
        let list = unit.requires.join(" ");
        let _ = write!(out, "Requires={list}\nAfter={list}\n");
    }
    let _ = write!(out, "\n[Service]\nType=notify\nExecStart={}\n", unit.exec);
    if unit.user != "root" {
        let _ = writeln!(out, "User={}", unit.user);
    }
    Done::ok(out + "\n[Install]\nWantedBy=multi-user.target\n")
}
