//! The command line itself: chains, pipes, files, words it does not know.

use crate::panel::PanelKind;
use crate::shell::windows::network::trial::Trial;

#[test]
fn unknown_words_and_those_of_older_builds() {
    let mut trial = Trial::cmd("PC-01");
    let unknown =
        |name: &str| format!("'{name}' is not recognized as an internal or external command,\noperable program or batch file.\n");
    trial.check("foo", false, &unknown("foo"));
    trial.check("wmic os get caption", false, &unknown("wmic"));
    assert_eq!(trial.world.not_modelled, ["cmd: foo", "cmd: wmic"]);
    let id = trial.id("PC-01");
    trial.world.device_mut(id).windows_mut().unwrap().build = 22_631;
    trial.check("wmic os get caption", false, "[simulation] not modelled here: wmic os get caption\n");
    trial.check("dir |", false, "The syntax of the command is incorrect.\n");
}

#[test]
fn chains_and_pipes() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("hostname && ver", true, "PC-01\n\nMicrosoft Windows [Version 10.0.26100]\n");
    trial.check(
        "ping nosuch && hostname",
        false,
        "Ping request could not find host nosuch. Please check the name and try again.\n",
    );
    trial.check("ping nosuch >nul || hostname", true, "PC-01\n");
    trial.check("ipconfig /all | find \"DHCP Server\"", true, "   DHCP Server . . . . . . . . . . . : 10.44.20.5\n");
    trial.check("ipconfig | find /c \"IPv4\"", true, "1\n");
    trial.check("ipconfig | findstr /i nothing", false, "");
    trial.check("ipconfig | find IPv4", false, "FIND: Parameter format not correct\n");
    trial.check("echo b& echo a", true, "b\na\n");
    trial.check(
        "IPCONFIG.EXE /flushdns | more",
        true,
        "\nWindows IP Configuration\n\nSuccessfully flushed the DNS Resolver Cache.\n",
    );
}

#[test]
fn variables() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("echo %COMPUTERNAME% %nosuch%", true, "PC-01 %nosuch%\n");
    trial.check("set TARGET=srv-1", true, "");
    trial.holds("ping -n 1 %target%", "Pinging srv-1.clinic.example");
    trial.check("set userdns", true, "USERDNSDOMAIN=CLINIC.EXAMPLE\n");
    trial.check("set nosuch", false, "Environment variable nosuch not defined\n");
}

#[test]
fn folders_and_files() {
    let mut trial = Trial::cmd("PC-01");
    let home = trial.session.folder.clone();
    trial.check("cd nosuch", false, "The system cannot find the path specified.\n");
    trial.check("cd desktop", true, "");
    assert_eq!(trial.session.prompt(&trial.world), format!("{home}\\Desktop>"));
    trial.check("echo one line> note.txt", true, "");
    trial.check("echo another>> note.txt", true, "");
    trial.check("type note.txt", true, "one line\nanother\n");
    trial.check("type nosuch.txt", false, "The system cannot find the file specified.\n");
    trial.check("copy note.txt copy.txt", true, "        1 file(s) copied.\n");
    trial.check("ren copy.txt note.txt", false, "A duplicate file name exists, or the file\ncannot be found.\n");
    trial.check("ren copy.txt second.txt", true, "");
    trial.check("dir /b", true, "note.txt\nsecond.txt\n");
    trial.check("md sub", true, "");
    trial.check("md sub", false, "A subdirectory or file sub already exists.\n");
    trial.check("move second.txt sub", true, "        1 file(s) moved.\n");
    trial.check("rd sub", false, "The directory is not empty.\n");
    trial.check("del nosuch.txt", true, &format!("Could Not Find {home}\\Desktop\\nosuch.txt\n"));
    trial.holds("dir nosuch", "File Not Found\n");
    trial.holds("dir", "<DIR>          sub\n");
    trial.holds("dir", "                19 note.txt\n");
    trial.holds("dir", "               1 File(s)             19 bytes\n               3 Dir(s) ");
    trial.check("cd ..", true, "");
    assert_eq!(trial.session.folder, home);
}

#[test]
fn questions_before_files_are_lost() {
    let mut trial = Trial::cmd("PC-01");
    let home = trial.session.folder.clone();
    trial.text("echo a> a.txt& echo b> b.txt");
    trial.text("copy a.txt b.txt");
    assert_eq!(trial.session.prompt(&trial.world), format!("Overwrite {home}\\b.txt? (Yes/No/All): "));
    trial.check("no", false, "        0 file(s) copied.\n");
    trial.check("type b.txt", true, "b\n");
    trial.text("copy a.txt b.txt");
    trial.check("yes", true, "        1 file(s) copied.\n");
    trial.check("type b.txt", true, "a\n");
    trial.text("md old & move a.txt old");
    trial.text("rd /s old");
    assert_eq!(trial.session.prompt(&trial.world), "old, Are you sure (Y/N)? ");
    trial.check("y", true, "");
    trial.holds("dir old", "File Not Found\n");
}

#[test]
fn rights_decide() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("echo x> C:\\Windows\\x.txt", false, "Access is denied.\n");
    trial.check("md \"C:\\Program Files\\x\"", false, "Access is denied.\n");
    trial.check("dir E:\\", false, "The system cannot find the drive specified.\n");
    trial.check("dir \\\\srv-1\\billing", false, "Access is denied.\n");
    trial.check("T:", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "T:\\>");
    trial.check("echo shared> plan.txt", true, "");
    let server = trial.id("SRV-1");
    let files = &trial.world.device(server).windows().unwrap().files.0;
    assert_eq!(files.get("D:\\team\\plan.txt").map(|file| file.text.as_str()), Some("shared\n"));
    trial.check("type \\\\srv-1\\team\\plan.txt", true, "shared\n");
    trial.unplug("SRV-1");
    trial.check("type T:\\plan.txt", false, "The network path was not found.\n");
}

#[test]
fn the_hosts_file_is_the_resolver() {
    let hosts = "C:\\Windows\\System32\\drivers\\etc\\hosts";
    let mut trial = Trial::cmd("PC-01");
    trial.check(&format!("echo 10.44.20.10 ledger>> {hosts}"), false, "Access is denied.\n");
    let mut trial = trial.elevated();
    trial.check(&format!("echo 10.44.20.10 ledger>> {hosts}"), true, "");
    trial.holds(&format!("type {hosts}"), "10.44.20.10\tledger\n");
    trial.holds("ping -n 1 ledger", "Pinging ledger [10.44.20.10] with 32 bytes of data:");
    trial.check(&format!("findstr /v ledger {hosts}> new.txt"), true, "");
    trial.check(&format!("copy /y new.txt {hosts}"), true, "        1 file(s) copied.\n");
    trial.check("ping ledger", false, "Ping request could not find host ledger. Please check the name and try again.\n");
}

#[test]
fn who_and_where() {
    let mut trial = Trial::cmd("PC-01");
    let user = trial.session.user.clone();
    trial.check("whoami", true, &format!("clinic\\{user}\n"));
    trial.holds("whoami /groups", "CLINIC\\Staff                           Group");
    trial.holds("whoami /groups", "Mandatory Label\\Medium Mandatory Level Label");
    trial.check("whoami /x", false, "ERROR: Invalid argument/option - '/x'.\nType \"WHOAMI /?\" for usage.\n");
    trial.check("hostname", true, "PC-01\n");
    trial.holds("date /t", " 09/07/2026 \n");
}

#[test]
fn whoami_shows_identifiers_groups_and_privileges() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "whoami /user",
        true,
        "
USER INFORMATION
----------------

User Name        SID                                           
================ ==============================================
clinic\\olindgren S-1-5-21-2386217092-4249562087-2996702030-3430
",
    );
    trial.check(
        "whoami /priv",
        true,
        "
PRIVILEGES INFORMATION
----------------------

Privilege Name                Description                          State   
============================= ==================================== ========
SeShutdownPrivilege           Shut down the system                 Disabled
SeChangeNotifyPrivilege       Bypass traverse checking             Enabled 
SeUndockPrivilege             Remove computer from docking station Disabled
SeIncreaseWorkingSetPrivilege Increase a process working set       Disabled
SeTimeZonePrivilege           Change the time zone                 Disabled
",
    );
    let mut trial = trial.elevated();
    trial.check(
        "whoami /groups",
        true,
        "
GROUP INFORMATION
-----------------

Group Name                           Type             SID                                           Attributes                                                     
==================================== ================ ============================================= ===============================================================
Everyone                             Well-known group S-1-1-0                                       Mandatory group, Enabled by default, Enabled group             
BUILTIN\\Administrators               Alias            S-1-5-32-544                                  Mandatory group, Enabled by default, Enabled group, Group owner
BUILTIN\\Users                        Alias            S-1-5-32-545                                  Mandatory group, Enabled by default, Enabled group             
NT AUTHORITY\\INTERACTIVE             Well-known group S-1-5-4                                       Mandatory group, Enabled by default, Enabled group             
NT AUTHORITY\\Authenticated Users     Well-known group S-1-5-11                                      Mandatory group, Enabled by default, Enabled group             
CLINIC\\Domain Admins                 Group            S-1-5-21-2386217092-4249562087-2996702030-512 Mandatory group, Enabled by default, Enabled group             
Mandatory Label\\High Mandatory Level Label            S-1-16-12288                                                                                                 
",
    );
    let told = trial.text("whoami /user");
    let own = told.lines().last().and_then(|line| line.rsplit(' ').next()).unwrap();
    let mut shell = Trial::open(trial.world.clone(), "SRV-1", crate::shell::ShellKind::PowerShell).elevated();
    shell.holds("Get-ADUser support", &format!("SID               : {own}\n"));
}

#[test]
fn names_of_panels_open_them() {
    let mut trial = Trial::cmd("PC-01");
    for (line, panel) in [
        ("ncpa.cpl", PanelKind::Adapter),
        ("start services.msc", PanelKind::Services),
        ("devmgmt.msc", PanelKind::DeviceManager),
        ("start ms-settings:network-proxy", PanelKind::InternetOptions),
        ("start https://news.example", PanelKind::Browser),
        ("wf.msc", PanelKind::Firewall),
        ("mstsc", PanelKind::RemoteDesktop),
        ("msinfo32", PanelKind::SystemInformation),
        ("winver", PanelKind::SystemInformation),
        ("msconfig", PanelKind::Startup),
        ("perfmon", PanelKind::ResourceMonitor),
        ("resmon", PanelKind::ResourceMonitor),
        ("cleanmgr", PanelKind::DiskCleanup),
        ("dxdiag", PanelKind::SystemInformation),
        ("diskmgmt.msc", PanelKind::DiskManagement),
        ("taskschd.msc", PanelKind::TaskScheduler),
        ("gpedit.msc", PanelKind::LocalPolicy),
        ("certmgr.msc", PanelKind::Certificates),
        ("lusrmgr.msc", PanelKind::LocalUsers),
        ("eventvwr", PanelKind::EventViewer),
    ] {
        assert_eq!(trial.run(line).opens, Some(panel), "{line}");
    }
    trial.check("dsa.msc", false, "Windows cannot find 'dsa.msc'. Make sure you typed the name correctly, and then try again.\n");
    trial.check("regedit", false, "[simulation] not modelled here: regedit\n");
}

#[test]
fn help_is_short_and_true() {
    let mut trial = Trial::cmd("PC-01");
    trial.holds("help", "CD             Displays the name of or changes the current directory.\n");
    trial.holds("dir /?", "Displays a list of files and subdirectories in a directory.\n");
    trial.holds("ping /?", "Usage: ping");
    trial.check("help foo", false, "This command is not supported by the help utility.  Try \"foo /?\".\n");
}

#[test]
fn any_line_is_answered() {
    let mut trial = Trial::cmd("PC-01");
    for line in [
        "é",
        "\"",
        "%",
        "%%",
        "&&",
        "^",
        "> x",
        "cd \\\\",
        "dir /é",
        "echo \u{1f600} | find \"é",
        "net use é: \\\\",
        "route add",
        "netsh int ip set",
    ] {
        trial.run(line);
    }
}

#[test]
fn every_name_that_is_offered_is_known() {
    let mut trial = Trial::cmd("PC-01");
    // `bootrec` exists in the recovery environment only.
    for name in super::NAMES.iter().filter(|name| **name != "bootrec") {
        assert!(!trial.text(&format!("{name} /?")).contains("is not recognized"), "{name}");
        trial.session.mode = crate::shell::Mode::Shell;
    }
}
