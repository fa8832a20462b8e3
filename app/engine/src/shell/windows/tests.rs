//! Whose name an elevated shell runs under, and what is that account's and not the person's.

use super::network::trial::Trial;
use crate::shell::{Session, ShellKind};
use crate::site::{Site, build};
use crate::world::windows::StoredCredential;

#[test]
fn run_as_administrator_is_the_support_account() {
    let mut trial = Trial::cmd("PC-01");
    let person = trial.session.user.clone();
    trial.check("whoami", true, &format!("clinic\\{person}\n"));
    let mut trial = trial.elevated();
    assert_eq!(trial.session.prompt(&trial.world), "C:\\Windows\\System32>");
    trial.check("whoami", true, "clinic\\support\n");
    trial.holds("whoami /groups", "CLINIC\\Domain Admins                 Group");
    trial.holds("whoami /groups", "BUILTIN\\Administrators               Alias");
    trial.check("echo %USERNAME% %USERPROFILE%", true, "support C:\\Users\\support\n");
}

#[test]
fn it_may_change_the_directory() {
    let mut trial = Trial::power_shell("PC-01");
    let person = trial.session.user.clone();
    trial.holds(&format!("Unlock-ADAccount {person}"), "Insufficient access rights to perform the operation");
    trial.holds(
        &format!(
            "Set-ADAccountPassword {person} -Reset -NewPassword (ConvertTo-SecureString -AsPlainText \"Harbour-42-x\" -Force)"
        ),
        "PermissionDenied: ",
    );
    let mut trial = trial.elevated();
    trial.check(&format!("Unlock-ADAccount {person}"), true, "");
    let mut trial = Trial::open(trial.world, "PC-01", ShellKind::Cmd).elevated();
    trial.holds(&format!("net user {person} /domain /active:yes"), "The command completed successfully.\n");
}

#[test]
fn drives_and_stored_passwords_stay_with_the_person() {
    let mut trial = Trial::cmd("PC-01");
    let id = trial.id("PC-01");
    trial.world.device_mut(id).windows_mut().unwrap().credentials.push(StoredCredential {
        target: "SRV-1".to_owned(),
        user: "ada".to_owned(),
        password: 1,
        used_by: "Credential Manager".to_owned(),
        retries: false,
    });
    trial.check(
        "cmdkey /list",
        true,
        "\nCurrently stored credentials:\n\n    Target: Domain:target=SRV-1\n    Type: Domain Password\n    User: ada\n\n",
    );
    let mut trial = trial.elevated();
    trial.check("cmdkey /list", true, "\nCurrently stored credentials:\n\n* NONE *\n");
    trial.check("cmdkey /delete:SRV-1", false, "\nCMDKEY: Element not found.\n");
    trial.check("net use", true, "New connections will be remembered.\n\nThere are no entries in the list.\n\n");
    trial.check("dir T:\\", false, "The system cannot find the drive specified.\n");
    let world = trial.world;
    assert_eq!(world.device(id).windows().unwrap().mapped_drives.len(), 1);
    let mut person = Trial { session: Session::open(&world, id, ShellKind::Cmd).unwrap(), world };
    person.check("cmdkey /delete:SRV-1", true, "\nCMDKEY: Credential deleted successfully.\n");
}

#[test]
fn an_elevated_shell_has_drives_of_its_own() {
    let mut trial = Trial::cmd("PC-01").elevated();
    let id = trial.id("SRV-1");
    for share in &mut trial.world.device_mut(id).roles.shares {
        for list in [&mut share.permissions, &mut share.ntfs] {
            list.push(crate::world::files::AccessEntry {
                who: "Domain Admins".to_owned(),
                right: crate::world::files::Right::Full,
                allow: true,
            });
        }
    }
    trial.check("net use Z: \\\\srv-1\\team", true, "The command completed successfully.\n\n");
    trial.holds("net use", "OK           Z:        \\\\srv-1\\team              Microsoft Windows Network\n");
    let pc = trial.id("PC-01");
    assert!(trial.world.device(pc).windows().unwrap().mapped_drives.iter().all(|drive| drive.letter != 'Z'));
}

#[test]
fn at_home_an_administrator_only_confirms() {
    let site: Site = toml::from_str(include_str!("../../../../../content/sites/home.toml")).unwrap();
    let mut world = build(&site, 7).unwrap().world;
    let device = world
        .devices
        .iter()
        .find(|device| device.windows().is_some_and(|windows| windows.joined.is_none() && windows.signed_in.is_some()))
        .unwrap()
        .id;
    let person = world.device(device).windows().unwrap().signed_in.clone().unwrap();
    assert_eq!(super::administrator(&world, device, &person), "support", "a standard user needs somebody else's password");
    let accounts = &mut world.device_mut(device).windows_mut().unwrap().accounts;
    accounts.groups.get_mut("Administrators").unwrap().members.insert(person.to_lowercase());
    assert_eq!(super::administrator(&world, device, &person), person);
}
