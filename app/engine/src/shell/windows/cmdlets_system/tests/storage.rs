//! `Get-PhysicalDisk`, `Get-Disk`, `Get-Volume`, as they print.

use crate::shell::windows::network::trial::Trial;

#[test]
fn disks_and_volumes() {
    let mut trial = Trial::power_shell("PC-01");
    trial.check(
        "Get-PhysicalDisk",
        true,
        "
Number FriendlyName   MediaType OperationalStatus HealthStatus     Size
------ ------------   --------- ----------------- ------------     ----
0      NVMe SSD 512GB SSD       OK                Healthy      476.0 GB


",
    );
    trial.check(
        "Get-Disk",
        true,
        "
Number Friendly Name  HealthStatus OperationalStatus Total Size Partition Style
------ -------------  ------------ ----------------- ---------- ---------------
0      NVMe SSD 512GB Healthy      Online              476.0 GB GPT


",
    );
    trial.check(
        "Get-Volume",
        true,
        "
DriveLetter FriendlyName FileSystemType DriveType HealthStatus OperationalStatus SizeRemaining     Size
----------- ------------ -------------- --------- ------------ ----------------- -------------     ----
                         FAT32          Fixed     Healthy      OK                        50 MB   100 MB
C           Windows      NTFS           Fixed     Healthy      OK                     276.0 GB 475.1 GB
                         NTFS           Fixed     Healthy      OK                       375 MB   750 MB


",
    );
}

#[test]
fn a_worn_disk_and_a_damaged_volume_show() {
    let mut trial = Trial::power_shell("PC-01");
    let id = trial.id("PC-01");
    trial.world.device_mut(id).hardware.disks[0].pending_sectors = 12;
    for volume in &mut trial.world.device_mut(id).windows_mut().unwrap().volumes {
        volume.dirty = true;
    }
    trial.holds("Get-PhysicalDisk", "SSD       Predictive Failure Warning");
    trial.holds("Get-Volume -DriveLetter c", "Warning      Full Repair Needed");
}

#[test]
fn a_letter_that_no_volume_has() {
    let mut trial = Trial::power_shell("PC-01");
    let said = trial.text("Get-Volume -DriveLetter Q").replace('\n', " ");
    for part in [
        "Get-Volume : No MSFT_Volume objects found with property 'DriveLetter' equal to 'Q'.",
        "CategoryInfo          : ObjectNotFound: (Q:Char) [Get-Volume], CimJobException",
        "FullyQualifiedErrorId : CmdletizationQuery_NotFound_DriveLetter,Get-Volume",
    ] {
        assert!(said.contains(part), "{said}");
    }
    trial.check("Get-Partition", false, "[simulation] not modelled here: Get-Partition\n");
}
