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
    trial.holds("regsvr32 wups2.dll", "[simulation] not modelled here: regsvr32 wups2.dll");
}

#[test]
fn events_are_written_as_xml_and_into_a_file() {
    let mut trial = Trial::cmd("PC-01").elevated();
    let line = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Time-Service'/><EventID>37</EventID><Level>4</Level><Task>0</Task><Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='2026-09-06T07:42:54.0000000Z'/><EventRecordID>5</EventRecordID><Channel>System</Channel><Computer>PC-01.clinic.example</Computer><Security/></System><EventData><Data>The time provider NtpClient is currently receiving valid time data.</Data></EventData></Event>\n";
    trial.check("wevtutil qe System /c:1 /rd:true", true, line);
    trial.check("wevtutil epl System C:\\sys.evtx", true, "");
    trial.holds("type C:\\sys.evtx", line);
    trial.check("wevtutil epl System C:\\sys.evtx", false, "Failed to export log System. The file exists.\n");
    trial.check("wevtutil epl System C:\\sys.evtx /ow:true", true, "");
    trial.check("wevtutil epl Foo C:\\x.evtx", false, "Failed to export log Foo.\nThe specified channel could not be found. \n");
}

#[test]
fn keys_and_values_come_and_go_with_questions() {
    const DONE: &str = "The operation completed successfully.\n\n";
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check("reg add HKLM\\Software\\Firm", true, DONE);
    trial.check(
        "reg query HKLM\\Software\\Firm /ve",
        true,
        "\nHKEY_LOCAL_MACHINE\\Software\\Firm\n    (Default)    REG_SZ    (value not set)\n\n",
    );
    trial.check("reg add HKLM\\Software\\Firm /v A /d one", true, DONE);
    trial.check("reg add HKLM\\Software\\Firm /v N /t REG_DWORD", true, DONE);
    trial.check("reg add HKLM\\Software\\Firm /v A /d \"two words\"", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "Value A exists, overwrite(Yes/No)? ");
    trial.check("yes", true, DONE);
    trial.check(
        "reg query HKLM\\Software\\Firm",
        true,
        "\nHKEY_LOCAL_MACHINE\\Software\\Firm\n    A    REG_SZ    two words\n    N    REG_DWORD    0x0\n\n",
    );
    trial.check("reg delete HKLM\\Software\\Firm /v A", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "Delete the registry value A (Yes/No)? ");
    trial.check("no", false, "");
    trial.holds("reg query HKLM\\Software\\Firm /v A", "    A    REG_SZ    two words\n");
    trial.check("reg delete HKLM\\Software\\Firm", true, "");
    let asked = "Permanently delete the registry key HKEY_LOCAL_MACHINE\\Software\\Firm (Yes/No)? ";
    assert_eq!(trial.session.prompt(&trial.world), asked);
    trial.check("y", true, DONE);
    trial.holds("reg query HKLM\\Software\\Firm", "ERROR: The system was unable to find the specified registry key or value.\n");
}

#[test]
fn a_library_of_the_system_is_registered() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "regsvr32 msxml3.dll",
        false,
        "The module \"msxml3.dll\" was loaded but the call to DllRegisterServer failed with error code 0x80070005.\n",
    );
    let mut trial = trial.elevated();
    trial.check("regsvr32 msxml3.dll", true, "DllRegisterServer in msxml3.dll succeeded.\n");
    trial.check("regsvr32 /u msxml3.dll", true, "DllUnregisterServer in msxml3.dll succeeded.\n");
    trial.check("regsvr32 /s msxml3.dll", true, "");
}

#[test]
fn the_clock_has_peers_and_another_source() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.text("w32tm /resync");
    trial.check(
        "w32tm /query /peers",
        true,
        "#Peers: 1\n\nPeer: srv-1.clinic.example\nState: Active\nTime Remaining: 1022.0000000s\nMode: 3 (Client)\nStratum: 3 (secondary reference - syncd by (S)NTP)\nPeerPoll Interval: 10 (1024s)\nHostPoll Interval: 10 (1024s)\n\n",
    );
    trial.check(
        "w32tm /config /manualpeerlist:time.example /syncfromflags:manual /update",
        true,
        "The command completed successfully.\n",
    );
    trial.check("w32tm /query /source", true, "time.example\n");
    trial.check("w32tm /config /syncfromflags:domhier /update", true, "The command completed successfully.\n");
    trial.check("w32tm /query /source", true, "srv-1.clinic.example\n");
}
