//! What the cmdlets print, as it is printed.

use crate::fault::trial::clinic;
use crate::shell::{Session, ShellKind, run};
use crate::world::World;

fn type_in(world: &mut World, device: &str, user: &str, line: &str) -> String {
    let device = world.find(device).unwrap();
    let mut session =
        Session { user: user.to_owned(), elevated: true, ..Session::open(world, device, ShellKind::PowerShell).unwrap() };
    run(world, &mut session, line).text
}

fn first_account(world: &World) -> String {
    world.people[0].account.clone()
}

#[test]
fn a_user_is_a_list() {
    let mut world = clinic();
    let (name, full) = (first_account(&world), world.people[0].name.clone());
    let (given, surname) = full.split_once(' ').unwrap();
    let text = type_in(&mut world, "SRV-1", "support", &format!("Get-ADUser {name}"));
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("ObjectGUID") && !line.starts_with("SID")).collect();
    let expected = format!(
        "\n\nDistinguishedName : CN={full},OU=Staff,DC=clinic,DC=example\nEnabled           : True\nGivenName         : {given}\nName              : {full}\nObjectClass       : user\nSamAccountName    : {name}\nSurname           : {surname}\nUserPrincipalName : {name}@clinic.example\n\n\n"
    );
    assert_eq!(lines.join("\n").trim(), expected.trim());
}

#[test]
fn more_properties_on_demand() {
    let mut world = clinic();
    let name = first_account(&world);
    let line = format!("Get-ADUser {name} -Properties LockedOut | Select-Object -ExpandProperty LockedOut");
    assert_eq!(type_in(&mut world, "SRV-1", "support", &line).trim(), "False");
    let line = "Get-ADUser -Filter \"SamAccountName -like 'supp*'\" | Select-Object -ExpandProperty SamAccountName";
    assert_eq!(type_in(&mut world, "SRV-1", "support", line).trim(), "support");
}

#[test]
fn an_unknown_name() {
    let mut world = clinic();
    let text = type_in(&mut world, "SRV-1", "support", "Get-ADUser nobody");
    assert!(text.contains("Cannot find an object with identity: 'nobody' under: 'DC=clinic,DC=example'."), "{text}");
    assert!(text.contains("ObjectNotFound: (nobody:ADUser) [Get-ADUser], ADIdentityNotFoundException"), "{text}");
}

#[test]
fn locked_accounts_are_found_and_unlocked() {
    let mut world = clinic();
    let name = first_account(&world);
    let (server, device) = (world.find("SRV-1").unwrap(), world.find("PC-01").unwrap());
    for _ in 0..10 {
        crate::machine::sign_in::sign_in(&mut world, device, &name, 1);
    }
    let search = "Search-ADAccount -LockedOut | Select-Object -ExpandProperty SamAccountName";
    assert_eq!(type_in(&mut world, "SRV-1", "support", search).trim(), name);
    assert_eq!(type_in(&mut world, "SRV-1", "support", "Search-ADAccount -LockedOut | Unlock-ADAccount"), "");
    assert_eq!(type_in(&mut world, "SRV-1", "support", search).trim(), "");
    let ids: Vec<u32> = world.device(server).windows().unwrap().events.iter().map(|event| event.id).collect();
    assert!(ids.contains(&4740) && ids.contains(&4767), "{ids:?}");
}

#[test]
fn passwords_must_be_good_and_the_owner_learns_them() {
    let mut world = clinic();
    let name = first_account(&world);
    let set = |word: &str| {
        format!(
            "Set-ADAccountPassword -Identity {name} -Reset -NewPassword (ConvertTo-SecureString -AsPlainText \"{word}\" -Force)"
        )
    };
    let text = type_in(&mut world, "SRV-1", "support", &set("short"));
    assert!(text.contains("The password does not meet the length, complexity, or history requirement of the domain."), "{text}");
    assert_eq!(type_in(&mut world, "SRV-1", "support", &set("Harbour-42-x")), "");
    assert_eq!(world.people[0].password, crate::world::accounts::password_number("Harbour-42-x"));
}

#[test]
fn members_come_and_go_by_administrators_only() {
    let mut world = clinic();
    let name = first_account(&world);
    let members = "Get-ADGroupMember Billing | Select-Object -ExpandProperty SamAccountName";
    let before = type_in(&mut world, "SRV-1", "support", members);
    let add = format!("Add-ADGroupMember -Identity Billing -Members {name}");
    let refused = type_in(&mut world, "PC-01", &name, &add);
    assert!(refused.contains("Insufficient access rights to perform the operation"), "{refused}");
    assert_eq!(type_in(&mut world, "SRV-1", "support", members), before);
    assert_eq!(type_in(&mut world, "SRV-1", "support", &add), "");
    assert!(type_in(&mut world, "SRV-1", "support", members).lines().any(|line| line == name));
    let again = type_in(&mut world, "SRV-1", "support", &add);
    assert!(again.contains("The specified account name is already a member of the group."), "{again}");
}

#[test]
fn without_a_controller_there_is_no_answer() {
    let mut world = clinic();
    let name = first_account(&world);
    let server = world.find("SRV-1").unwrap();
    world.device_mut(server).power.plugged = false;
    let text = type_in(&mut world, "PC-01", "support", &format!("Get-ADUser {name}"));
    assert!(text.contains("Unable to contact the server. This may be because this server does not exist"), "{text}");
}
