//! `bcdedit`, `bcdboot`, `bootrec`, as they print.

use crate::shell::windows::network::trial::Trial;

const STORE: &str = "
Windows Boot Manager
--------------------
identifier              {bootmgr}
device                  partition=\\Device\\HarddiskVolume1
path                    \\EFI\\MICROSOFT\\BOOT\\BOOTMGFW.EFI
description             Windows Boot Manager
locale                  en-US
default                 {current}
timeout                 30

Windows Boot Loader
-------------------
identifier              {current}
device                  partition=C:
path                    \\Windows\\system32\\winload.efi
description             Windows 11
locale                  en-US
osdevice                partition=C:
systemroot              \\Windows
";

#[test]
fn the_store_is_shown_and_changed_by_administrators() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("bcdedit", false, "The boot configuration data store could not be opened.\nAccess is denied.\n");
    trial.check(
        "bootrec /fixmbr",
        false,
        "'bootrec' is not recognized as an internal or external command,\noperable program or batch file.\n",
    );
    let mut trial = trial.elevated();
    trial.check("bcdedit", true, STORE);
    trial.check("bcdedit /set {current} safeboot minimal", true, "The operation completed successfully.\n");
    trial.check("bcdedit /enum", true, &format!("{STORE}safeboot                Minimal\n"));
    trial.check("bcdedit /deletevalue {current} safeboot", true, "The operation completed successfully.\n");
    trial.check("bcdboot d:\\nothing", false, "Failure when attempting to copy boot files.\n");
    trial.check("bcdboot C:\\Windows", true, "Boot files successfully created.\n");
}

#[test]
fn recovery_mends_a_store_that_is_gone() {
    let mut trial = Trial::cmd("PC-01");
    let id = trial.id("PC-01");
    trial.world.device_mut(id).windows_mut().unwrap().boot.store_ok = false;
    crate::machine::services::shut_down(&mut trial.world, id, true);
    trial.world.wait(crate::time::Span::minutes(5));
    trial.check(
        "bcdedit",
        false,
        "The boot configuration data store could not be opened.\nThe requested system device cannot be found.\n",
    );
    trial.check("bootrec /fixmbr", true, "The operation completed successfully.\n");
    trial.check("bootrec /fixboot", false, "Access is denied.\n");
    let scan = "Scanning all disks for Windows installations.\n\nPlease wait, since this may take a while...\n\nSuccessfully scanned Windows installations.\nTotal identified Windows installations: 1\n[1]  C:\\Windows\n";
    trial.check("bootrec /scanos", true, &format!("{scan}The operation completed successfully.\n"));
    trial.check("bootrec /rebuildbcd", true, scan);
    assert_eq!(trial.session.prompt(&trial.world), "Add installation to boot list? Yes(Y)/No(N)/All(A):");
    trial.check("y", true, "The operation completed successfully.\n");
    assert!(trial.world.device(id).windows().unwrap().boot.store_ok);
}
