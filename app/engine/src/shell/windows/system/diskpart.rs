//! `diskpart`, the interactive partition tool.

use std::fmt::Write;

use super::of;
use crate::machine::services::disks::{self, NotDone};
use crate::shell::{Mode, Output, Session};
use crate::world::World;
use crate::world::windows::{Volume, VolumeKind};

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Mode::Diskpart { disk, volume } = session.mode else { return open(world, session, arguments) };
    let words: Vec<String> = arguments.iter().map(|word| word.to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Output::default(),
        ["exit"] => {
            session.mode = Mode::Shell;
            Output::ok("\nLeaving DiskPart...\n")
        }
        ["rescan"] => Output::ok(
            "\nPlease wait while DiskPart scans your configuration...\n\nDiskPart has finished scanning your configuration.\n",
        ),
        ["list", what] if "disk".starts_with(what.get(..4).unwrap_or(what)) => list_disks(world, session, disk),
        ["list", what] if what.starts_with("vol") => list_volumes(world, session, volume, None),
        ["list", what] if what.starts_with("par") => match disk {
            Some(disk) => list_partitions(world, session, disk, volume),
            None => Output::failed(1, "\nThere is no disk selected to list partitions.\nSelect a disk and try again.\n"),
        },
        [verb, what, number] if verb.starts_with("sel") => select(world, session, what, number),
        ["detail", "disk"] => match disk {
            Some(disk) => detail(world, session, disk),
            None => none_selected("disk"),
        },
        [verb @ ("clean" | "create" | "assign" | "active" | "format" | "remove" | "delete" | "convert"), ..] => {
            change(world, session, verb, arguments.get(1..).unwrap_or_default())
        }
        ["help" | "?" | "attributes" | "extend" | "shrink" | "online" | "offline" | "detail", ..] => {
            Output::not_modelled(world, &format!("diskpart {}", words.join(" ")))
        }
        _ => Output::failed(
            1,
            "\nMicrosoft DiskPart version 10.0\n\nThe command you entered is not valid. Type HELP for a list of commands.\n",
        ),
    }
}

fn open(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !arguments.is_empty() {
        return Output::not_modelled(world, "diskpart with a script");
    }
    if !session.elevated && !session.recovery {
        return Output::failed(740, "The requested operation requires elevation.\n");
    }
    session.mode = Mode::Diskpart { disk: None, volume: None };
    let build = of(world, session.device).map_or(0, |windows| windows.build);
    let name = &world.device(session.device).name;
    Output::ok(format!(
        "\nMicrosoft DiskPart version 10.0.{build}.1\n\nCopyright (C) Microsoft Corporation.\nOn computer: {name}\n"
    ))
}

fn none_selected(what: &str) -> Output {
    Output::failed(1, format!("\nThere is no {what} selected.\nPlease select a {what} and try again.\n"))
}

fn mark(selected: bool) -> char {
    if selected { '*' } else { ' ' }
}

fn list_disks(world: &World, session: &Session, selected: Option<u8>) -> Output {
    let mut text = String::from(
        "\n  Disk ###  Status         Size     Free     Dyn  Gpt\n  --------  -------------  -------  -------  ---  ---\n",
    );
    for (number, disk) in disks::present(world, session.device) {
        let free = disks::free_mib(world, session.device, number);
        _ = writeln!(
            text,
            "{} Disk {number:<3}  Online         {:>7}  {:>7}        *",
            mark(selected == Some(number)),
            disks::size_text(u64::from(disk.gib) << 10),
            if free == 0 { "0 B".to_owned() } else { disks::size_text(free) }
        );
    }
    Output::ok(text)
}

fn volumes(world: &World, session: &Session) -> Vec<(u8, Volume)> {
    let volumes = of(world, session.device).map(|windows| windows.volumes.clone().into_inner()).unwrap_or_default();
    (0_u8..).zip(volumes).collect()
}

fn list_volumes(world: &World, session: &Session, selected: Option<u8>, of_disk: Option<u8>) -> Output {
    let mut text = String::from(
        "\n  Volume ###  Ltr  Label        Fs     Type        Size     Status     Info\n  ----------  ---  -----------  -----  ----------  -------  ---------  --------\n",
    );
    for (number, volume) in
        volumes(world, session).into_iter().filter(|(_, volume)| of_disk.is_none_or(|disk| volume.disk == disk))
    {
        let file_system = if volume.file_system.is_empty() { "RAW" } else { &volume.file_system };
        let info = match volume.kind {
            VolumeKind::System => "Boot",
            VolumeKind::Efi => "System",
            VolumeKind::Recovery => "Hidden",
            VolumeKind::Data | VolumeKind::Removable => "",
        };
        let kind = if volume.kind == VolumeKind::Removable { "Removable" } else { "Partition" };
        let line = format!(
            "{} Volume {number:<3}  {:^3}  {:<11.11}  {file_system:<5}  {kind:<10}  {:>7}  Healthy    {info}",
            mark(selected == Some(number)),
            volume.letter.unwrap_or(' '),
            volume.label,
            disks::size_text(volume.size)
        );
        _ = writeln!(text, "{line}");
    }
    Output::ok(text)
}

fn list_partitions(world: &World, session: &Session, disk: u8, selected: Option<u8>) -> Output {
    let mut text = String::from(
        "\n  Partition ###  Type              Size     Offset\n  -------------  ----------------  -------  -------\n",
    );
    // The first partition starts at 1 MiB.
    let mut offset = 1;
    for (number, (index, volume)) in (1_u8..).zip(volumes(world, session).into_iter().filter(|(_, volume)| volume.disk == disk)) {
        let kind = match volume.kind {
            VolumeKind::Efi => "System",
            VolumeKind::Recovery => "Recovery",
            _ => "Primary",
        };
        let place = if offset == 1 { "1024 KB".to_owned() } else { disks::size_text(offset) };
        _ = writeln!(
            text,
            "{} Partition {number:<3}  {kind:<16}  {:>7}  {place:>7}",
            mark(selected == Some(index)),
            disks::size_text(volume.size)
        );
        offset += volume.size;
    }
    if offset == 1 {
        return Output::ok("\nThere are no partitions on this disk to show.\n");
    }
    Output::ok(text)
}

fn detail(world: &World, session: &Session, number: u8) -> Output {
    let Some((_, disk)) = disks::present(world, session.device).into_iter().find(|(found, _)| *found == number) else {
        return none_selected("disk");
    };
    let kind = match disk.kind {
        crate::world::hardware::DiskKind::Nvme => "NVMe",
        _ => "SATA",
    };
    let head = format!(
        "\n{}\nType   : {kind}\nStatus : Online\nRead-only  : No\nBoot Disk  : {}\n",
        disk.model,
        if number == 0 { "Yes" } else { "No" }
    );
    Output::ok(head + &list_volumes(world, session, None, Some(number)).text)
}

fn select(world: &World, session: &mut Session, what: &str, text: &str) -> Output {
    let Mode::Diskpart { disk, .. } = session.mode else { return Output::default() };
    let number: Option<u8> = text.parse().ok();
    if what.starts_with("disk") || what == "dis" {
        let found = number.filter(|number| disks::present(world, session.device).iter().any(|(found, _)| found == number));
        let Some(found) = found else {
            return Output::failed(1, "\nThe disk you specified is not valid.\n\nThere is no disk selected.\n");
        };
        session.mode = Mode::Diskpart { disk: Some(found), volume: None };
        return Output::ok(format!("\nDisk {found} is now the selected disk.\n"));
    }
    let all = volumes(world, session);
    if what.starts_with("vol") {
        // A volume is named by its number or its letter.
        let letter =
            text.chars().next().filter(|_| text.trim_end_matches(':').len() == 1).map(|letter| letter.to_ascii_uppercase());
        let named = |volume: &Volume| volume.letter.is_some() && volume.letter == letter;
        let Some((found, volume)) = all.iter().find(|(index, volume)| Some(*index) == number || named(volume)) else {
            return Output::failed(1, "\nThe volume you specified is not valid.\n\nThere is no volume selected.\n");
        };
        session.mode = Mode::Diskpart { disk: Some(volume.disk), volume: Some(*found) };
        return Output::ok(format!("\nVolume {found} is the selected volume.\n"));
    }
    let Some(disk) = disk else { return none_selected("disk") };
    let place = number.and_then(|number| number.checked_sub(1));
    let found = place.and_then(|place| all.iter().filter(|(_, volume)| volume.disk == disk).nth(usize::from(place)));
    let (Some((found, _)), Some(number)) = (found, number) else {
        return Output::failed(
            1,
            "\nThe specified partition is not valid.\nPlease select a valid partition.\n\nThere is no partition selected.\n",
        );
    };
    session.mode = Mode::Diskpart { disk: Some(disk), volume: Some(*found) };
    Output::ok(format!("\nPartition {number} is now the selected partition.\n"))
}

/// `rest` as it was typed: labels keep their capitals.
fn change(world: &mut World, session: &mut Session, verb: &str, rest: &[String]) -> Output {
    let Mode::Diskpart { disk, volume } = session.mode else { return Output::default() };
    let option = |name: &str| {
        let mut pairs = rest.iter().filter_map(|word| word.split_once('='));
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let device = session.device;
    let result =
        match (verb, disk, volume) {
            ("active", ..) => {
                return Output::failed(
                    1,
                    "\nThe selected disk is not a fixed MBR disk.\nThe ACTIVE command can only be used on fixed MBR disks.\n",
                );
            }
            // Every disk of the model is a GPT disk.
            ("convert", None, _) => return none_selected("disk"),
            ("convert", ..) if rest.first().is_some_and(|style| style.eq_ignore_ascii_case("gpt")) => {
                return Output::failed(
                    1,
                    "\nThe disk you specified is not MBR formatted.\nPlease select an empty MBR disk to convert.\n",
                );
            }
            ("convert", ..) => return Output::not_modelled(world, &format!("diskpart convert {}", rest.join(" "))),
            ("clean", Some(disk), _) => {
                disks::clean(world, device, disk, session.recovery).map(|()| "DiskPart succeeded in cleaning the disk.")
            }
            ("create", Some(disk), _) => {
                let size = option("size").and_then(|size| size.parse().ok());
                disks::create(world, device, disk, size).map(|index| {
                    session.mode = Mode::Diskpart { disk: Some(disk), volume: Some(index) };
                    "DiskPart succeeded in creating the specified partition."
                })
            }
            ("clean" | "create", ..) => return none_selected("disk"),
            (_, _, None) => return none_selected("volume"),
            ("assign", _, Some(volume)) => {
                let letter = option("letter").and_then(|text| text.chars().next());
                disks::assign(world, device, volume, letter)
                    .map(|_| "DiskPart successfully assigned the drive letter or mount point.")
            }
            ("remove", _, Some(volume)) => disks::remove_letter(world, device, volume)
                .map(|()| "DiskPart successfully removed the drive letter or mount point."),
            ("delete", _, Some(volume)) => disks::delete(world, device, volume, session.recovery)
                .map(|()| "DiskPart successfully deleted the selected volume."),
            (_, _, Some(volume)) => {
                let file_system = option("fs").unwrap_or("ntfs").to_uppercase();
                let label = option("label").unwrap_or_default().to_owned();
                disks::format_volume(world, device, volume, &file_system, &label, session.recovery)
                    .map(|()| "  100 percent completed\n\nDiskPart successfully formatted the volume.")
            }
        };
    match result {
        Ok(text) => Output::ok(format!("\n{text}\n")),
        Err(NotDone::InUse) => Output::failed(
            1,
            "\nVirtual Disk Service error:\nClean is not allowed on the disk containing the current boot,\nsystem, pagefile, crashdump or hibernation volume.\n",
        ),
        Err(NotDone::Protected) if verb == "delete" => Output::failed(
            1,
            "\nVirtual Disk Service error:\nCannot delete a protected partition without the\nforce protected parameter set.\n",
        ),
        Err(NotDone::Protected) => Output::failed(
            1,
            "\nVirtual Disk Service error:\nThe operation is not supported on a boot, system, pagefile,\ncrashdump or hibernation volume.\n",
        ),
        Err(NotDone::NoRoom) => Output::failed(
            1,
            "\nNo usable free extent could be found. It may be that there is insufficient\nfree space to create a partition at the specified size and offset. Specify\ndifferent size and offset values or don't specify either to create the\nmaximum sized partition. It may be that the disk is partitioned using the MBR disk\npartitioning format and the disk contains either 4 primary partitions, (no\nmore partitions may be created), or 3 primary partitions and one extended\npartition, (only logical drives may be created).\n",
        ),
        Err(NotDone::LetterTaken) => Output::failed(1, "\nThe specified drive letter is not free to be assigned.\n"),
        Err(NotDone::Missing) => none_selected("volume"),
    }
}
