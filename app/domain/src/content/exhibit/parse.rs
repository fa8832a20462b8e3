//! Reads `[exhibit]`.

use engine::panel::{self, PanelKind};
use engine::shell::ShellKind;
use engine::site::build::nearest;
use engine::ticket::scenario::FaultSpec;

use super::{Plan, Show};
use crate::content::fields::{Located, Reader, Section};

const SHELLS: &[(&str, ShellKind)] =
    &[("cmd", ShellKind::Cmd), ("powershell", ShellKind::PowerShell), ("bash", ShellKind::Bash), ("ios", ShellKind::Ios)];

/// Rows of a table where the author says nothing: as many as one looks through without losing the question.
const ROWS: usize = 12;

/// `None` where it is not there, or lacks something.
pub fn read(reader: &mut Reader<'_>, file: &mut Section<'_>, required: bool) -> Option<Plan> {
    let mut section = reader.table(file, "exhibit", required)?;
    let line = section.line;
    let title = reader.text(&mut section, "title");
    let site = reader.text(&mut section, "site");
    let devices = reader.texts(&mut section, "device", true);
    let faults: Vec<_> = reader.tables(&mut section, "fault").into_iter().map(|fault| self::fault(reader, fault)).collect();
    let before = reader.optional_text(&mut section, "before");
    let show: Vec<_> = reader.tables(&mut section, "show").into_iter().map(|show| self::show(reader, show)).collect();
    if show.is_empty() {
        reader.field_error(line, "[exhibit] needs a [[exhibit.show]] with a `command`, a `panel` or a `topology`");
    }
    let nothing = Located { line, value: Vec::new() };
    let shows = reader.texts(&mut section, "shows", true);
    if let Some(shows) = shows.as_ref().filter(|shows| shows.value.is_empty()) {
        reader.field_error(shows.line, "`shows` needs what the learner has to see in it, for the key to be right");
    }
    let hides = reader.texts(&mut section, "hides", false).unwrap_or(nothing);
    let values = reader.table(&mut section, "values", false).map(|values| reader.named_texts(values)).unwrap_or_default();
    reader.finish(section);
    Some(Plan {
        line,
        title: title?.value,
        site: site?,
        devices: devices?,
        faults: faults.into_iter().collect::<Option<_>>()?,
        before,
        show: show.into_iter().collect::<Option<_>>()?,
        shows: shows?,
        hides,
        values,
    })
}

fn fault(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Located<FaultSpec>> {
    let id = reader.text(&mut section, "id");
    let mut optional = |name| reader.optional_text(&mut section, name).map(|text| text.value);
    let (device, name, port) = (optional("device"), optional("name"), optional("port"));
    reader.finish(section);
    let Located { line, value: id } = id?;
    Some(Located { line, value: FaultSpec { id, device, name, port, herring: false } })
}

fn show(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Located<Show>> {
    let line = section.line;
    let value = if section.has("topology") {
        reader.texts(&mut section, "topology", true).map(|devices| Show::Topology { devices: devices.value })
    } else if section.has("panel") {
        panel_of(reader, &mut section)
    } else {
        command(reader, &mut section)
    };
    reader.finish(section);
    value.map(|value| Located { line, value })
}

fn command(reader: &mut Reader<'_>, section: &mut Section<'_>) -> Option<Show> {
    let line = reader.text(section, "command");
    let device = reader.optional_text(section, "device").map(|text| text.value);
    let shell = if section.has("shell") { Some(reader.choice(section, "shell", SHELLS)?.value) } else { None };
    let elevated = reader.flag(section, "admin");
    Some(Show::Command { device, shell, elevated, line: line?.value })
}

fn panel_of(reader: &mut Reader<'_>, section: &mut Section<'_>) -> Option<Show> {
    let slug = reader.text(section, "panel");
    let device = reader.optional_text(section, "device").map(|text| text.value);
    let table = reader.optional_text(section, "table").map(|text| text.value);
    let rows = reader.optional_number::<u8>(section, "rows").map_or(ROWS, usize::from);
    let slug = slug?;
    let panel = PanelKind::parse(&slug.value);
    if panel.is_none() {
        let near = nearest(&slug.value, panel::ALL.iter().map(|(_, slug, _)| *slug));
        reader.field_error(slug.line, format!("there is no panel `{}`.{near}", slug.value));
    }
    Some(Show::Panel { device, panel: panel?, table, rows })
}
