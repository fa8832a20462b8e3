//! Disk Cleanup, Task Scheduler, Remote Desktop, System Information, Resource Monitor.

use super::Seen;
use crate::panel::PanelKind;
use crate::world::windows::StoredCredential;

#[test]
fn only_what_windows_makes_again_is_cleaned_up() {
    let mut seen = Seen::of("PC-01", PanelKind::DiskCleanup);
    let volume = &mut seen.windows().volumes[1];
    volume.largest = vec![("C:\\Users\\ada\\Videos".to_owned(), 90_000), ("C:\\Windows\\Temp".to_owned(), 2048)];
    volume.free = 1000;
    assert_eq!(
        seen.text(),
        "Disk Cleanup\nSpace to gain on drive C: 2.0 GB\n\nFiles to delete\nFolder           Size\nC:\\Windows\\Temp  2.0 GB\n"
    );
    seen.refuses("clean-up", "X:", &[], "There is no drive “X:”.");
    seen.does("clean-up", "C:", &[], "2.0 GB were freed.");
    assert_eq!(seen.windows().volumes[1].free, 3048);
    assert!(seen.offers().is_empty());
}

#[test]
fn a_task_gets_the_new_password_or_goes() {
    let mut seen = Seen::of("PC-01", PanelKind::TaskScheduler);
    assert!(seen.offers().is_empty());
    seen.windows().credentials.push(StoredCredential {
        target: "SRV-1".to_owned(),
        user: "ada".to_owned(),
        password: 1,
        used_by: "Scheduled task: Nightly export".to_owned(),
        retries: true,
    });
    assert_eq!(
        seen.text(),
        "Task Scheduler\n\nTask Scheduler Library\nName            Status  Runs as  Uses\nNightly export  Ready   ada      SRV-1\n"
    );
    seen.refuses("set-password", "Nightly export", &[], "Enter a password.");
    seen.does("set-password", "Nightly export", &[("password", "Harbour-42-x")], "The password was saved.");
    assert_eq!(seen.windows().credentials[0].password, crate::world::accounts::password_number("Harbour-42-x"));
    seen.refuses("delete", "Other", &[], "There is no task “Other”.");
    seen.does("delete", "Nightly export", &[], "The task was deleted.");
    assert!(seen.windows().credentials.is_empty());
}

#[test]
fn remote_desktop_reaches_what_answers_on_its_port() {
    let mut seen = Seen::of("PC-01", PanelKind::RemoteDesktop);
    seen.refuses("connect", "", &[("computer", "")], "Type the name of a computer.");
    let unknown = seen.operate("connect", "", &[("computer", "nosuch")]).unwrap_err().0;
    assert!(unknown.starts_with("Remote Desktop can't find the computer \"nosuch\"."), "{unknown}");
    let closed = seen.operate("connect", "", &[("computer", "PC-02")]).unwrap_err().0;
    assert!(closed.starts_with("Remote Desktop can't find the computer") || closed.starts_with("Remote Desktop can't connect"));
    let unreached = seen.operate("connect", "", &[("computer", "10.44.20.99")]).unwrap_err().0;
    assert!(unreached.starts_with("Remote Desktop can't connect to the remote computer for one of these reasons:"));
}

#[test]
fn the_machine_and_its_load_are_shown() {
    let seen = Seen::of("PC-01", PanelKind::SystemInformation);
    let shown = seen.text();
    for line in [
        "System Information\nOS Name: Microsoft Windows 11 Pro\nVersion: 10.0.26100 Build 26100\nSystem Name: PC-01\n",
        "Installed Physical Memory (RAM): 16384 MB\n",
        "Disk 0  NVMe SSD 512GB  476.0 GB\n",
        "Ethernet  10.44.10.51  Yes\n",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    let seen = Seen::of("PC-01", PanelKind::ResourceMonitor);
    let shown = seen.text();
    assert!(shown.starts_with("Resource Monitor\nCPU usage: "), "{shown}");
    assert!(shown.contains("spoolsv.exe"), "{shown}");
    assert!(seen.offers().is_empty());
}

#[test]
fn the_local_policy_is_the_one_of_net_accounts() {
    let mut seen = Seen::of("PC-01", PanelKind::LocalPolicy);
    assert_eq!(
        seen.text(),
        "Local Group Policy Editor\n\nPassword Policy\nPolicy                    Security Setting\nEnforce password history  24 passwords remembered\nMaximum password age      0 days\nMinimum password length   7 characters\n\nAccount Lockout Policy\nPolicy                               Security Setting\nAccount lockout duration             10 minutes\nAccount lockout threshold            10 invalid logon attempts\nReset account lockout counter after  10 minutes\n\nDomain policies that come after this one\nName\nWorkstation settings\n"
    );
    seen.does("set", "", &[("lockout-threshold", "5"), ("maximum-age", "30")], "The settings were changed.");
    let policy = seen.windows().accounts.policy;
    assert_eq!((policy.lockout_threshold, policy.maximum_age), (5, crate::time::Span::days(30)));
    seen.refuses("set", "", &[("minimum-length", "15")], "Minimum password length: enter a number from 0 to 14.");
    assert_eq!(seen.windows().accounts.policy.minimum_length, 7);
}
