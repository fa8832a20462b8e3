//! Dialogues with `diskpart` and `format`, as they print.

use crate::shell::windows::network::trial::Trial;

/// Lines and what each prints.
fn dialogue(trial: &mut Trial, lines: &[(&str, &str)]) {
    for (line, expected) in lines {
        assert_eq!(trial.text(line), *expected, "{line}");
    }
}

#[test]
fn the_disk_of_the_system_is_looked_at_and_protected() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("diskpart", false, "The requested operation requires elevation.\n");
    let mut trial = trial.elevated();
    let opened = "\nMicrosoft DiskPart version 10.0.26100.1\n\nCopyright (C) Microsoft Corporation.\nOn computer: PC-01\n";
    let volumes = "
  Volume ###  Ltr  Label        Fs     Type        Size     Status     Info
  ----------  ---  -----------  -----  ----------  -------  ---------  --------
  Volume 0                      FAT32  Partition    100 MB  Healthy    System
  Volume 1     C   Windows      NTFS   Partition    475 GB  Healthy    Boot
  Volume 2                      NTFS   Partition    750 MB  Healthy    Hidden
";
    let steps: &[(&str, &str)] = &[
        ("diskpart", opened),
        (
            "list disk",
            "
  Disk ###  Status         Size     Free     Dyn  Gpt
  --------  -------------  -------  -------  ---  ---
  Disk 0    Online          476 GB      0 B        *
",
        ),
        ("list volume", volumes),
        ("list partition", "\nThere is no disk selected to list partitions.\nSelect a disk and try again.\n"),
        ("select disk 9", "\nThe disk you specified is not valid.\n\nThere is no disk selected.\n"),
        ("select disk 0", "\nDisk 0 is now the selected disk.\n"),
        (
            "list partition",
            "
  Partition ###  Type              Size     Offset
  -------------  ----------------  -------  -------
  Partition 1    System             100 MB  1024 KB
  Partition 2    Primary            475 GB   101 MB
  Partition 3    Recovery           750 MB   475 GB
",
        ),
        ("select volume c", "\nVolume 1 is the selected volume.\n"),
        (
            "clean",
            "\nVirtual Disk Service error:\nClean is not allowed on the disk containing the current boot,\nsystem, pagefile, crashdump or hibernation volume.\n",
        ),
        (
            "format fs=ntfs quick",
            "\nVirtual Disk Service error:\nThe operation is not supported on a boot, system, pagefile,\ncrashdump or hibernation volume.\n",
        ),
        (
            "delete volume",
            "\nVirtual Disk Service error:\nCannot delete a protected partition without the\nforce protected parameter set.\n",
        ),
        ("active", "\nThe selected disk is not a fixed MBR disk.\nThe ACTIVE command can only be used on fixed MBR disks.\n"),
        ("foo", "\nMicrosoft DiskPart version 10.0\n\nThe command you entered is not valid. Type HELP for a list of commands.\n"),
        ("exit", "\nLeaving DiskPart...\n"),
    ];
    dialogue(&mut trial, steps);
    assert_eq!(trial.session.prompt(&trial.world), "C:\\Windows\\System32>");
}

#[test]
fn a_data_disk_is_cleaned_and_made_anew() {
    let mut trial = Trial::cmd("SRV-1").elevated();
    let steps: &[(&str, &str)] = &[
        ("select disk 1", "\nDisk 1 is now the selected disk.\n"),
        ("clean", "\nDiskPart succeeded in cleaning the disk.\n"),
        ("list partition", "\nThere are no partitions on this disk to show.\n"),
        ("create partition primary", "\nDiskPart succeeded in creating the specified partition.\n"),
        ("format fs=ntfs label=New quick", "\n  100 percent completed\n\nDiskPart successfully formatted the volume.\n"),
        ("assign letter=q", "\nDiskPart successfully assigned the drive letter or mount point.\n"),
        ("assign letter=c", "\nThe specified drive letter is not free to be assigned.\n"),
    ];
    trial.text("diskpart");
    dialogue(&mut trial, steps);
    assert!(trial.text("list volume").contains("Q   New          NTFS   Partition   3726 GB  Healthy"));
}

#[test]
fn format_asks_first() {
    let mut trial = Trial::cmd("SRV-1").elevated();
    trial.check("format c:", false, "System Partition is not allowed to be formatted.\n");
    trial.check("format q:", false, "The drive, the path, or the file name is not correct.\n");
    trial.check("format", false, "Required parameter missing - \n");
    let head = "The type of the file system is NTFS.\n";
    let warning = format!("{head}\nWARNING, ALL DATA ON NON-REMOVABLE DISK\nDRIVE D: WILL BE LOST!\n");
    trial.check("format d: /q", true, &warning);
    assert_eq!(trial.session.prompt(&trial.world), "Proceed with Format (Y/N)? ");
    trial.check("n", false, "\n");
    trial.check("format d: /fs:ext4 /y", false, "EXT4 is not a valid file system.\n");
    trial.check(
        "format d: /fs:exfat /v:Copies /y",
        true,
        &format!(
            "{head}Formatting 3726 GB\nCreating file system structures.\nFormat complete.\n    3726 GB total disk space.\n    3726 GB are available.\n"
        ),
    );
    trial.holds("vol d:", " Volume in drive D is Copies\n");
    let mut trial = Trial::cmd("SRV-1");
    trial.check(
        "format d:",
        false,
        "Access Denied as you do not have sufficient privileges.\nYou have to invoke this utility running in elevated mode.\n",
    );
}

#[test]
fn the_system_s_letter_and_its_disk_s_style_stay() {
    let mut trial = Trial::cmd("PC-01").elevated();
    dialogue(
        &mut trial,
        &[
            (
                "diskpart",
                "\nMicrosoft DiskPart version 10.0.26100.1\n\nCopyright (C) Microsoft Corporation.\nOn computer: PC-01\n",
            ),
            ("convert gpt", "\nThere is no disk selected.\nPlease select a disk and try again.\n"),
            ("select volume c", "\nVolume 1 is the selected volume.\n"),
            (
                "assign letter=X",
                "\nVirtual Disk Service error:\nThe operation is not supported on a boot, system, pagefile,\ncrashdump or hibernation volume.\n",
            ),
            ("convert gpt", "\nThe disk you specified is not MBR formatted.\nPlease select an empty MBR disk to convert.\n"),
        ],
    );
    let id = trial.id("PC-01");
    assert_eq!(trial.world.device(id).windows().unwrap().volumes[1].letter, Some('C'));
}
