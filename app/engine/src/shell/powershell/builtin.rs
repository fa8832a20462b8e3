//! Cmdlets of the language itself: objects chosen, sorted, formatted; files; help.

mod files;
mod items;
mod objects;
mod output;

use std::fmt::Write;

use super::call::{Cmdlet, Parameter, ParameterKind};
use super::object::{Answer, Failure};
use crate::shell::Session;
use crate::shell::windows::disk;
use crate::world::World;

/// By name, in any case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Cmdlet> {
    let tables = [objects::CMDLETS, output::CMDLETS, files::CMDLETS, items::CMDLETS];
    tables.into_iter().flatten().find(|cmdlet| cmdlet.name.eq_ignore_ascii_case(name))
}

/// `Get-Service -?`, `Get-Help Get-Service`: its syntax as it is bound here.
#[must_use]
pub fn help(name: &str, parameters: &[Parameter]) -> Answer {
    let mut text = format!("\nNAME\n    {name}\n\nSYNTAX\n    {name}");
    for parameter in parameters {
        let _ = match parameter.kind {
            ParameterKind::Positional => write!(text, " [[-{}] <string[]>]", parameter.name),
            ParameterKind::Named => write!(text, " [-{} <string>]", parameter.name),
            ParameterKind::Switch => write!(text, " [-{}]", parameter.name),
        };
    }
    text.push_str(" [<CommonParameters>]\n\n");
    super::lines(&text)
}

/// What `>` does. `$null` swallows it.
pub fn write_file(world: &mut World, session: &Session, path: &str, text: &str, append: bool) -> Result<(), Failure> {
    if path.eq_ignore_ascii_case("$null") || path.eq_ignore_ascii_case("nul") {
        return Ok(());
    }
    let written = super::spot(world, session, path).and_then(|spot| disk::write(world, session, &spot, text, append));
    written.map_err(|error| files::failure(error, path, session, "Out-File"))
}
