//! `sfc`, `dism`, `chkdsk`, `tasklist`, `taskkill`, `shutdown`, to the letter, when they succeed and when they fail.

use crate::shell::windows::network::trial::Trial;

/// Each line with whether it succeeds and what it prints, typed in order.
fn all(trial: &mut Trial, lines: &[(&str, bool, &str)]) {
    for (line, ok, expected) in lines {
        trial.check(line, *ok, expected);
    }
}

#[test]
fn system_files_are_checked() {
    const SCAN: &str = "\nBeginning system scan.  This process will take some time.\n\nBeginning verification phase of system scan.\nVerification 100% complete.\n\n";
    const HEAD: &str =
        "\nDeployment Image Servicing and Management tool\nVersion: 10.0.26100.1\n\nImage Version: 10.0.26100.1\n\n";
    const BAR: &str = "[==========================100.0%==========================] ";
    const LOG: &str = "For online repairs, details are included in the CBS log file located at\nwindir\\Logs\\CBS\\CBS.log. For example C:\\Windows\\Logs\\CBS\\CBS.log. For offline\nrepairs, details are included in the log file provided by the /OFFLOGFILE flag.\n";
    let mut trial = Trial::cmd("PC-01").elevated();
    let sound = format!("{SCAN}Windows Resource Protection did not find any integrity violations.\n");
    let clean = "No component store corruption detected.\nThe operation completed successfully.\n";
    all(
        &mut trial,
        &[
            ("sfc /scannow", true, &sound),
            ("sfc /verifyonly", true, &sound),
            ("DISM /Online /Cleanup-Image /CheckHealth", true, &format!("{HEAD}{clean}")),
            ("DISM /Online /Cleanup-Image /ScanHealth", true, &format!("{HEAD}{BAR}{clean}")),
            (
                "DISM /Online /Cleanup-Image /StartComponentCleanup",
                true,
                &format!("{HEAD}{BAR}The operation completed successfully.\n"),
            ),
        ],
    );
    let id = trial.id("PC-01");
    let windows = trial.world.device_mut(id).windows_mut().unwrap();
    (windows.system_files, windows.component_store) =
        (crate::world::windows::Integrity::Damaged, crate::world::windows::Integrity::Damaged);
    all(
        &mut trial,
        &[
            ("sfc /verifyonly", true, &format!("{SCAN}Windows Resource Protection found integrity violations.\n{LOG}")),
            (
                "sfc /scannow",
                false,
                &format!("{SCAN}Windows Resource Protection found corrupt files but was unable to fix some of them.\n{LOG}"),
            ),
            (
                "DISM /Online /Cleanup-Image /CheckHealth",
                true,
                &format!("{HEAD}The component store is repairable.\nThe operation completed successfully.\n"),
            ),
            (
                "DISM /Online /Cleanup-Image /RestoreHealth",
                true,
                &format!("{HEAD}{BAR}The restore operation completed successfully.\nThe operation completed successfully.\n"),
            ),
            (
                "sfc /scannow",
                true,
                &format!("{SCAN}Windows Resource Protection found corrupt files and successfully repaired them.\n{LOG}"),
            ),
            ("sfc /scannow", true, &sound),
        ],
    );
}

#[test]
fn a_volume_is_checked() {
    let mut trial = Trial::cmd("PC-01").elevated();
    let sums = "
Windows has scanned the file system and found no problems.
No further action is required.

 498241536 KB total disk space.
 208764928 KB in 948931 files.
         0 KB in bad sectors.
 289476608 KB available on disk.

      4096 bytes in each allocation unit.
 124560384 total allocation units on disk.
  72369152 allocation units available on disk.
";
    let stages = "
Stage 1: Examining basic file system structure ...
  948931 file records processed.
File verification completed.

Stage 2: Examining file name linkage ...
  1220054 index entries processed.
Index verification completed.

Stage 3: Examining security descriptors ...
Security descriptor verification completed.
  135561 data files processed.
";
    let head = "The type of the file system is NTFS.\nVolume label is Windows.\n";
    let warning = "\nWARNING!  /F parameter not specified.\nRunning CHKDSK in read-only mode.\n";
    all(
        &mut trial,
        &[
            ("chkdsk", true, &format!("{head}{warning}{stages}{sums}")),
            ("chkdsk C: /scan", true, &format!("{head}{stages}{sums}")),
            ("chkdsk X:", false, "The drive, the path, or the file name is not correct.\n"),
            (
                "chkdsk C: /f",
                true,
                "The type of the file system is NTFS.\nCannot lock current drive.\n\nChkdsk cannot run because the volume is in use by another\nprocess.  Would you like to schedule this volume to be\n",
            ),
        ],
    );
    assert_eq!(trial.session.prompt(&trial.world), "checked the next time the system restarts? (Y/N) ");
    trial.check("y", true, "\nThis volume will be checked the next time the system restarts.\n");
}

#[test]
fn tasks_in_every_form() {
    const HEAD: &str = "
Image Name                     PID Session Name        Session#    Mem Usage
========================= ======== ================ =========== ============
";
    let mut trial = Trial::cmd("PC-01");
    all(
        &mut trial,
        &[
            (
                "tasklist /fi \"imagename eq OUTLOOK.EXE\"",
                true,
                &format!("{HEAD}OUTLOOK.EXE                   6136 Console                    1    252,877 K\n"),
            ),
            (
                "tasklist /svc /fi \"imagename eq lsass.exe\"",
                true,
                "
Image Name                     PID Services                                    
========================= ======== ============================================
lsass.exe                      744 Netlogon, SamSs                             
",
            ),
            (
                "tasklist /fo csv /nh /fi \"imagename eq OUTLOOK.EXE\"",
                true,
                "\"OUTLOOK.EXE\",\"6136\",\"Console\",\"1\",\"252,877 K\"\n",
            ),
            (
                "tasklist /fo list /fi \"imagename eq OUTLOOK.EXE\"",
                true,
                "
Image Name:   OUTLOOK.EXE
PID:          6136
Session Name: Console
Session#:     1
Mem Usage:    252,877 K
",
            ),
            ("tasklist /fi nope", false, "ERROR: The search filter cannot be recognized.\n"),
            (
                "taskkill /im outlook.exe",
                true,
                "SUCCESS: Sent termination signal to the process \"OUTLOOK.EXE\" with PID 6136.\n",
            ),
            (
                "taskkill /pid 744 /f",
                false,
                "ERROR: The process with PID 744 could not be terminated.\nReason: Access is denied.\n",
            ),
            (
                "taskkill",
                false,
                "ERROR: Invalid syntax. Neither /FI nor /PID nor /IM were specified.\nType \"TASKKILL /?\" for usage.\n",
            ),
        ],
    );
    let mut trial = trial.elevated();
    all(
        &mut trial,
        &[
            ("taskkill /im ms-teams.exe /f", true, "SUCCESS: The process \"ms-teams.exe\" with PID 6636 has been terminated.\n"),
            (
                "taskkill /pid 4 /f",
                false,
                "ERROR: The process with PID 4 could not be terminated.\nReason: This is critical system process. Taskkill cannot end this process.\n",
            ),
        ],
    );
}

#[test]
fn a_shutdown_is_announced_once() {
    let mut trial = Trial::cmd("PC-01").elevated();
    all(
        &mut trial,
        &[
            ("shutdown /r /t abc", false, "The parameter is incorrect.(87)\n"),
            ("shutdown /r /t 60", true, ""),
            ("shutdown /s", false, "A system shutdown has already been scheduled.(1190)\n"),
            ("shutdown /a", true, ""),
        ],
    );
    trial.check("logoff", true, "");
    let id = trial.id("PC-01");
    assert_eq!(trial.world.device(id).windows().unwrap().signed_in, None);
}
