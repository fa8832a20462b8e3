//! `format`.

use super::{after_colon, answered, ask, given, letter, of};
use crate::machine::services::disks;
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::windows::VolumeKind;

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (answer, arguments) = answered(arguments).map_or((None, arguments), |(answer, rest)| (Some(answer.to_owned()), rest));
    let Some(drive) = arguments.iter().find_map(|argument| letter(argument)) else {
        return Output::failed(1, "Required parameter missing - \n");
    };
    if !session.elevated && !session.recovery {
        return Output::failed(
            5,
            "Access Denied as you do not have sufficient privileges.\nYou have to invoke this utility running in elevated mode.\n",
        );
    }
    let found = of(world, session.device).and_then(|windows| windows.volumes.iter().find(|volume| volume.letter == Some(drive)));
    let Some(volume) = found.cloned() else {
        return Output::failed(1, "The drive, the path, or the file name is not correct.\n");
    };
    if volume.kind == VolumeKind::System && !session.recovery {
        return Output::failed(1, "System Partition is not allowed to be formatted.\n");
    }
    let head =
        format!("The type of the file system is {}.\n", if volume.file_system.is_empty() { "RAW" } else { &volume.file_system });
    match answer {
        None if !given(arguments, "y") => {
            let text = format!("{head}\nWARNING, ALL DATA ON NON-REMOVABLE DISK\nDRIVE {drive}: WILL BE LOST!\n");
            return ask(session, &text, "Proceed with Format (Y/N)? ", &format!("format {}", arguments.join(" ")));
        }
        Some(answer) if !answer.to_lowercase().starts_with('y') => return Output::failed(4, "\n"),
        _ => {}
    }
    let file_system = after_colon(arguments, "fs").unwrap_or("NTFS").to_uppercase();
    if !matches!(file_system.as_str(), "NTFS" | "FAT32" | "EXFAT" | "REFS") {
        return Output::failed(1, format!("{file_system} is not a valid file system.\n"));
    }
    disks::format(world, session.device, drive, &file_system, after_colon(arguments, "v").unwrap_or_default());
    let size = disks::size_text(volume.size);
    Output::ok(format!(
        "{head}Formatting {size}\nCreating file system structures.\nFormat complete.\n    {size} total disk space.\n    {size} are available.\n"
    ))
}
