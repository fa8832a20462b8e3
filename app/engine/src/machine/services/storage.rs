//! Room on volumes: what may go, what must not.

use crate::world::windows::Windows;

/// Folders that Windows fills by itself and makes again: temporary files, downloaded updates, the recycle bin.
#[must_use]
pub fn is_disposable(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    ["\\temp", "\\$recycle.bin", "\\softwaredistribution\\download", "\\delivery optimization", "\\windows.old"]
        .iter()
        .any(|end| folder.ends_with(end))
}

/// Folders of Windows itself and of its programs.
#[must_use]
pub fn is_system(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    !is_disposable(&folder)
        && [
            "c:\\windows",
            "c:\\program files",
            "c:\\program files (x86)",
            "c:\\programdata",
            "c:\\recovery",
            "c:\\boot",
            "c:\\users",
        ]
        .iter()
        .any(|system| folder == *system || (*system != "c:\\users" && folder.starts_with(&format!("{system}\\"))))
}

/// Removes what may go from a volume and says how many MiB that gave.
pub fn clean_up(windows: &mut Windows, letter: char) -> u64 {
    let Some(volume) = windows.volumes.iter_mut().find(|volume| volume.letter == Some(letter)) else { return 0 };
    let gained: u64 = volume.largest.iter().filter(|(folder, _)| is_disposable(folder)).map(|(_, mib)| *mib).sum();
    volume.largest.retain(|(folder, _)| !is_disposable(folder));
    volume.free = volume.free.saturating_add(gained).min(volume.size);
    gained
}

/// Takes a folder off a volume; how many MiB that gave, or `None` where it is not among the large ones.
pub fn remove(windows: &mut Windows, folder: &str) -> Option<u64> {
    let letter = folder.chars().next()?.to_ascii_uppercase();
    let volume = windows.volumes.iter_mut().find(|volume| volume.letter == Some(letter))?;
    let at = volume.largest.iter().position(|(found, _)| found.eq_ignore_ascii_case(folder))?;
    let (_, mib) = volume.largest.remove(at);
    volume.free = volume.free.saturating_add(mib).min(volume.size);
    Some(mib)
}
