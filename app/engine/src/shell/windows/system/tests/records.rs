//! `wevtutil`, `schtasks`, `regsvr32`, as they print.

use crate::shell::windows::network::trial::Trial;
use crate::world::windows::StoredCredential;

#[test]
fn events_are_asked_for_and_cleared() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("wevtutil el", true, "Application\nSecurity\nSystem\n");
    trial.check(
        "wevtutil qe System /c:1 /rd:true /f:text",
        true,
        "\
Event[0]
  Log Name: System
  Source: Time-Service
  Date: 2026-09-06T07:42:54.0000000Z
  Event ID: 37
  Task: N/A
  Level: Information
  Opcode: N/A
  Keyword: Classic
  User: N/A
  User Name: N/A
  Computer: PC-01.clinic.example
  Description: 
The time provider NtpClient is currently receiving valid time data.

",
    );
    trial.check("wevtutil qe Security /f:text", false, "Failed to read events. Access is denied.\n");
    trial.check("wevtutil qe Foo /f:text", false, "Failed to read events. The specified channel could not be found. \n");
    trial.check("wevtutil cl System", false, "Failed to clear log System.\nAccess is denied.\n");
    let mut trial = trial.elevated();
    trial.check("wevtutil cl System", true, "");
    trial.check("wevtutil cl Foo", false, "Failed to clear log Foo.\nThe specified channel could not be found. \n");
    trial.holds("wevtutil qe System /c:1 /rd:true /f:text", "  Event ID: 104\n");
}

#[test]
fn a_task_keeps_a_password() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("schtasks", true, "\nFolder: \\\nINFO: There are no scheduled tasks presently available at your access level.\n");
    let id = trial.id("PC-01");
    trial.world.device_mut(id).windows_mut().unwrap().credentials.push(StoredCredential {
        target: "SRV-1".to_owned(),
        user: "ada".to_owned(),
        password: 1,
        used_by: "Scheduled task: Nightly export".to_owned(),
        retries: true,
    });
    trial.check(
        "schtasks /query",
        true,
        "
Folder: \\
TaskName                                 Next Run Time          Status         
======================================== ====================== ===============
Nightly export                           N/A                    Ready          
",
    );
    trial.check(
        "schtasks /query /tn \"nightly export\" /fo list",
        true,
        "
Folder: \\
HostName:      PC-01
TaskName:      \\Nightly export
Next Run Time: N/A
Status:        Ready
Logon Mode:    Interactive/Background
",
    );
    trial.check("schtasks /query /tn other", false, "ERROR: The system cannot find the file specified.\n");
    trial.check("schtasks /delete /tn \"Nightly export\" /f", false, "ERROR: Access is denied.\n");
    let mut trial = trial.elevated();
    trial.check(
        "schtasks /delete /tn other /f",
        false,
        "ERROR: The specified task name \"other\" does not exist in the system.\n",
    );
    trial.check(
        "schtasks /change /tn \"Nightly export\" /rp Harbour-42-x",
        true,
        "SUCCESS: The parameters of scheduled task \"Nightly export\" have been changed.\n",
    );
    trial.text("schtasks /delete /tn \"Nightly export\"");
    assert_eq!(
        trial.session.prompt(&trial.world),
        "WARNING: Are you sure you want to remove the task \"Nightly export\" (Y/N)? "
    );
    trial.check("y", true, "SUCCESS: The scheduled task \"Nightly export\" was successfully deleted.\n");
    assert!(trial.world.device(id).windows().unwrap().credentials.is_empty());
}

#[test]
fn a_library_that_is_not_there() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check(
        "regsvr32 C:\\Tools\\a.dll",
        false,
        "The module \"C:\\Tools\\a.dll\" failed to load.\n\nMake sure the binary is stored at the specified path or debug it to check for problems with the binary or dependent .DLL files.\n\nThe specified module could not be found.\n",
    );
    trial.check("regsvr32 /s C:\\Tools\\a.dll", false, "");
    trial.holds("regsvr32", "To register a module, you must provide a binary name.\n");
    trial.holds("regsvr32 jscript.dll", "[simulation] not modelled here: regsvr32 jscript.dll");
}
