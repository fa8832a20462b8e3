//! `systeminfo`, `manage-bde`, `powercfg`, as they print.

use crate::shell::windows::network::trial::Trial;

#[test]
fn the_whole_inventory() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "systeminfo",
        true,
        "
Host Name:                 PC-01
OS Name:                   Microsoft Windows 11 Pro
OS Version:                10.0.26100 N/A Build 26100
OS Manufacturer:           Microsoft Corporation
OS Configuration:          Member Workstation
OS Build Type:             Multiprocessor Free
Registered Organization:   Harbour Street Clinic
System Boot Time:          8/31/2026, 8:43:54 AM
System Model:              Small desktop
System Type:               x64-based PC
Processor(s):              1 Processor(s) Installed.
                           [01]: 6-core processor @ 2.50GHz
BIOS Version:              1.14.0
Windows Directory:         C:\\Windows
System Directory:          C:\\Windows\\system32
Time Zone:                 (UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna
Total Physical Memory:     16,384 MB
Available Physical Memory: 13,307 MB
Virtual Memory: Max Size:  18,432 MB
Virtual Memory: Available: 15,355 MB
Virtual Memory: In Use:    3,077 MB
Page File Location(s):     C:\\pagefile.sys
Domain:                    clinic.example
Logon Server:              \\\\SRV-1
Hotfix(s):                 2 Hotfix(s) Installed.
                           [01]: KB0900011
                           [02]: KB0900024
Network Card(s):           1 NIC(s) Installed.
                           [01]: Ethernet
                                 Connection Name: Ethernet
                                 DHCP Enabled:    Yes
                                 DHCP Server:     10.44.20.5
                                 IP address(es)
                                 [01]: 10.44.10.51
",
    );
    trial.check("systeminfo /s SRV-1", false, "[simulation] not modelled here: systeminfo /s SRV-1\n");
}

const BANNER: &str = "BitLocker Drive Encryption: Configuration Tool version 10.0.26100\nCopyright (C) 2013 Microsoft Corporation. All rights reserved.\n\n";

#[test]
fn a_drive_without_and_with_protection() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "manage-bde -status",
        false,
        &format!(
            "{BANNER}ERROR: An attempt to access a required resource was denied.\n\nCheck that you have administrative rights on the computer.\n"
        ),
    );
    let mut trial = trial.elevated();
    let volume = |values: [&str; 6], protectors: &str| {
        let [version, conversion, percent, method, protection, field] = values;
        format!(
            "{BANNER}Disk volumes that can be protected with
BitLocker Drive Encryption:
Volume C: [Windows]
[OS Volume]

    Size:                 475.1 GB
    BitLocker Version:    {version}
    Conversion Status:    {conversion}
    Percentage Encrypted: {percent}
    Encryption Method:    {method}
    Protection Status:    {protection}
    Lock Status:          Unlocked
    Identification Field: {field}
    Key Protectors:{protectors}

"
        )
    };
    let plain = ["None", "Fully Decrypted", "0.0%", "None", "Protection Off", "None"];
    trial.check("manage-bde -status", true, &volume(plain, "       None Found"));
    let id = trial.id("PC-01");
    trial.world.device_mut(id).windows_mut().unwrap().boot.bitlocker = true;
    let sealed = ["2.0", "Used Space Only Encrypted", "100.0%", "XTS-AES 128", "Protection On", "Unknown"];
    trial.check("manage-bde -status c:", true, &volume(sealed, "\n        TPM\n        Numerical Password"));
}

#[test]
fn the_battery_reports_into_a_file() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "powercfg /batteryreport",
        false,
        "Unable to perform operation. An unexpected error (0x10d2) has occurred: The library, drive, or media pool is empty.\n",
    );
    let mut trial = Trial::cmd("LT-01").elevated();
    trial.check(
        "powercfg /batteryreport",
        true,
        "Battery life report saved to file path C:\\Windows\\System32\\battery-report.html.\n",
    );
    trial.check(
        "type battery-report.html",
        true,
        "\
Battery report
COMPUTER NAME LT-01

Installed batteries
DESIGN CAPACITY       54,000 mWh
FULL CHARGE CAPACITY  48,600 mWh
CYCLE COUNT           156

Recent usage
SOURCE                AC
CAPACITY REMAINING    45,200 mWh
",
    );
}

#[test]
fn the_recovery_password_is_the_directory_s() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check("manage-bde -protectors -get C:", false, &format!("{BANNER}ERROR: No key protectors found.\n"));
    let (pc, server) = (trial.id("PC-01"), trial.id("SRV-1"));
    trial.world.device_mut(pc).windows_mut().unwrap().boot.bitlocker = true;
    let key = "100000-200000-300000-400000-500000-600000-100001-200001";
    let directory = trial.world.device_mut(server).roles.directory.as_mut().unwrap();
    directory.recovery_keys.insert("PC-01".to_owned(), key.to_owned());
    trial.check(
        "manage-bde -protectors -get C:",
        true,
        &format!(
            "{BANNER}Volume C: [Windows]\nAll Key Protectors\n\n    TPM:\n      PCR Validation Profile:\n        7, 11\n        (Uses Secure Boot for integrity validation)\n\n    Numerical Password:\n      Password:\n        {key}\n\n"
        ),
    );
}

#[test]
fn schemes_of_power_and_hibernation() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check(
        "powercfg /list",
        true,
        "\nExisting Power Schemes (* Active)\n-----------------------------------\nPower Scheme GUID: 381b4222-f694-41f0-9685-ff5bb260df2e  (Balanced) *\n",
    );
    trial.check("powercfg /h off", true, "");
    let id = trial.id("PC-01");
    assert!(!trial.world.device(id).windows().unwrap().settings.fast_startup);
}
