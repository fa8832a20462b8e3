//! Programs of the system as they print, in the clinic.

mod accounts;
mod boot;
mod disks;
mod inventory;
mod policy;
mod records;
mod tools;

use crate::shell::{ShellKind, run};
use crate::site::profile::windows::tests::{clinic, session, windows};

/// What lines print in a command prompt of `PC-01`, together.
fn printed(elevated: bool, lines: &[&str]) -> String {
    let mut world = clinic();
    let mut session = session(&world, "PC-01", ShellKind::Cmd, elevated);
    lines.iter().map(|line| run(&mut world, &mut session, line).text).collect()
}

#[test]
fn services_start_stop_and_refuse() {
    assert_eq!(printed(false, &["net stop spooler"]), "System error 5 has occurred.\n\nAccess is denied.\n\n");
    assert_eq!(
        printed(true, &["net stop \"Print Spooler\"", "net start spooler", "net start spooler"]),
        "The Print Spooler service is stopping.\nThe Print Spooler service was stopped successfully.\n\nThe Print Spooler service is starting.\nThe Print Spooler service was started successfully.\n\nThe requested service has already been started.\n\nMore help is available by typing NET HELPMSG 2182.\n\n"
    );
    assert_eq!(
        printed(true, &["net stop spooler", "sc query spooler"]).lines().skip(3).take(4).collect::<Vec<_>>(),
        [
            "",
            "SERVICE_NAME: spooler ",
            "        TYPE               : 10  WIN32_OWN_PROCESS  ",
            "        STATE              : 1  STOPPED "
        ]
    );
    assert_eq!(
        printed(true, &["sc query nothing"]),
        "[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\n\nThe specified service does not exist as an installed service.\n\n"
    );
}

#[test]
fn tasks_are_listed_and_ended() {
    let listed = printed(false, &["tasklist /fi \"imagename eq spoolsv.exe\""]);
    assert!(listed.starts_with("\nImage Name                     PID Session Name        Session#    Mem Usage\n========================= ======== ================ =========== ============\nspoolsv.exe"), "{listed}");
    assert_eq!(
        printed(false, &["tasklist /fi \"imagename eq none.exe\""]),
        "INFO: No tasks are running which match the specified criteria.\n"
    );
    assert_eq!(printed(true, &["taskkill /im none.exe"]), "ERROR: The process \"none.exe\" not found.\n");
    assert!(printed(false, &["taskkill /f /im spoolsv.exe"]).ends_with("Reason: Access is denied.\n"));
    assert!(printed(true, &["taskkill /f /im spoolsv.exe", "sc query spooler"]).contains("1  STOPPED"));
}

#[test]
fn tools_refuse_without_elevation() {
    assert_eq!(
        printed(false, &["sfc /scannow"]),
        "\nYou must be an administrator running a console session in order to\nuse the sfc utility.\n"
    );
    assert!(printed(false, &["dism /online /cleanup-image /scanhealth"]).contains("Error: 740"));
    assert!(printed(false, &["chkdsk c: /f"]).starts_with("Access Denied as you do not have sufficient privileges"));
    assert_eq!(printed(false, &["diskpart"]), "The requested operation requires elevation.\n");
}

#[test]
fn a_system_drive_is_checked_at_the_next_start() {
    let mut world = clinic();
    let mut session = session(&world, "PC-01", ShellKind::Cmd, true);
    run(&mut world, &mut session, "chkdsk c: /f");
    let answer = run(&mut world, &mut session, "y");
    assert!(answer.text.contains("This volume will be checked the next time the system restarts."), "{}", answer.text);
    assert!(windows(&world, "PC-01").boot.check_at_start.contains(&'C'));
}

#[test]
fn a_shutdown_can_be_called_off() {
    assert_eq!(
        printed(false, &["shutdown /r /t 600", "shutdown /a", "shutdown /a"]),
        "Unable to abort the system shutdown because no shutdown was in progress.(1116)\n"
    );
}
