//! `chkdsk`.

use std::fmt::Write;

use super::{answered, ask, given, letter, of};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{Volume, VolumeKind};

/// Stages one to three; a surface scan reads everything.
const QUICK: Span = Span::minutes(3);
const SURFACE: Span = Span::minutes(90);

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (answer, arguments) = answered(arguments).map_or((None, arguments), |(answer, rest)| (Some(answer.to_owned()), rest));
    let drive = arguments.iter().find_map(|argument| letter(argument)).or_else(|| letter(session.folder.get(..2)?));
    if let Some(answer) = answer {
        return scheduled(world, session, drive, &answer);
    }
    if !session.elevated && !session.recovery {
        return Output::failed(
            3,
            "Access Denied as you do not have sufficient privileges or the disk may be locked by another process.\nYou have to invoke this utility running in elevated mode\nand make sure the disk is unlocked.\n",
        );
    }
    let found =
        of(world, session.device).and_then(|windows| windows.volumes.iter().find(|volume| volume.letter == drive)).cloned();
    let Some(volume) = found.filter(|volume| volume.letter.is_some()) else {
        return Output::failed(3, "The drive, the path, or the file name is not correct.\n");
    };
    let fixes = given(arguments, "f") || given(arguments, "r") || given(arguments, "spotfix");
    let head = format!("The type of the file system is {}.\n", volume.file_system);
    if fixes && volume.kind == VolumeKind::System && !session.recovery {
        let text = format!(
            "{head}Cannot lock current drive.\n\nChkdsk cannot run because the volume is in use by another\nprocess.  Would you like to schedule this volume to be\n"
        );
        let line = format!("chkdsk {}", arguments.join(" "));
        return ask(session, &text, "checked the next time the system restarts? (Y/N) ", &line);
    }
    let surface = given(arguments, "r");
    world.wait(if surface { SURFACE } else { QUICK });
    let bad = if surface { remap(world, session, &volume) } else { bad_kib(world, session, &volume) };
    check(world, session, &volume, fixes, surface, bad, &head, given(arguments, "scan"))
}

#[expect(clippy::too_many_arguments, reason = "one report with its switches, used once")]
fn check(
    world: &mut World,
    session: &Session,
    volume: &Volume,
    fixes: bool,
    surface: bool,
    bad: u64,
    head: &str,
    online: bool,
) -> Output {
    let warning =
        if fixes || online { "" } else { "\nWARNING!  /F parameter not specified.\nRunning CHKDSK in read-only mode.\n" };
    let found = match (volume.dirty, fixes, online) {
        (false, ..) => "\nWindows has scanned the file system and found no problems.\nNo further action is required.\n",
        (true, true, _) => "\nWindows has made corrections to the file system.\nNo further action is required.\n",
        (true, false, true) => {
            "\nWindows has scanned the file system and found problems that must be fixed offline.\nPlease run \"chkdsk /spotfix\" to fix the issues.\n"
        }
        (true, false, false) => {
            "\nWindows has checked the file system and found problems.\nRun CHKDSK with the /F (fix) option to correct these.\n"
        }
    };
    if fixes && let Some(kept) = world.device_mut(session.device).windows_mut() {
        for kept in kept.volumes.iter_mut().filter(|kept| kept.letter == volume.letter) {
            kept.dirty = false;
        }
    }
    let exit = i32::from(volume.dirty) * if fixes { 1 } else { 3 };
    Output {
        text: format!(
            "{head}Volume label is {}.\n{warning}{}{found}{}",
            volume.label,
            stages(volume, surface),
            summary(volume, bad)
        ),
        exit,
        opens: None,
    }
}

/// Records follow from what is stored: an office volume has a file for every 220 KiB or so.
fn stages(volume: &Volume, surface: bool) -> String {
    let used = volume.size.saturating_sub(volume.free) << 10;
    let records = used / 220;
    let mut text = format!(
        "\nStage 1: Examining basic file system structure ...\n  {records} file records processed.\nFile verification completed.\n\nStage 2: Examining file name linkage ...\n  {} index entries processed.\nIndex verification completed.\n\nStage 3: Examining security descriptors ...\nSecurity descriptor verification completed.\n  {} data files processed.\n",
        records.saturating_mul(9) / 7,
        records / 7
    );
    if surface {
        _ = write!(
            text,
            "\nStage 4: Looking for bad clusters in user file data ...\n  {records} files processed.\nFile data verification completed.\n\nStage 5: Looking for bad, free clusters ...\n  {} free clusters processed.\nFree space verification is complete.\n",
            (volume.free << 10) / 4
        );
    }
    text
}

fn summary(volume: &Volume, bad: u64) -> String {
    let (size, free) = (volume.size << 10, volume.free << 10);
    let used = size.saturating_sub(free);
    let records = used / 220;
    format!(
        "\n{size:>10} KB total disk space.\n{used:>10} KB in {records} files.\n{bad:>10} KB in bad sectors.\n{free:>10} KB available on disk.\n\n      4096 bytes in each allocation unit.\n{:>10} total allocation units on disk.\n{:>10} allocation units available on disk.\n",
        size / 4,
        free / 4
    )
}

/// A cluster of 4 KiB for each sector that was given up.
fn bad_kib(world: &World, session: &Session, volume: &Volume) -> u64 {
    let disk = world.device(session.device).hardware.disks.get(usize::from(volume.disk));
    disk.map_or(0, |disk| u64::from(disk.reallocated_sectors).saturating_mul(4))
}

/// A surface scan makes the disk give up the sectors it could not read; how many there were is what the report says.
fn remap(world: &mut World, session: &Session, volume: &Volume) -> u64 {
    if let Some(disk) = world.device_mut(session.device).hardware.disks.get_mut(usize::from(volume.disk)) {
        disk.reallocated_sectors = disk.reallocated_sectors.saturating_add(disk.pending_sectors);
        disk.pending_sectors = 0;
    }
    bad_kib(world, session, volume)
}

fn scheduled(world: &mut World, session: &Session, drive: Option<char>, answer: &str) -> Output {
    if !answer.to_lowercase().starts_with('y') {
        return Output::failed(1, "\n");
    }
    if let (Some(drive), Some(windows)) = (drive, world.device_mut(session.device).windows_mut()) {
        windows.boot.check_at_start.insert(drive);
    }
    Output::ok("\nThis volume will be checked the next time the system restarts.\n")
}
