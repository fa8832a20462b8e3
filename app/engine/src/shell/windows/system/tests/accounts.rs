//! `net user`, `net localgroup`, `net accounts`, as they print.

use crate::shell::windows::network::trial::Trial;

const RULE: &str = "-------------------------------------------------------------------------------\n";

#[test]
fn users_are_listed_and_shown() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "net user",
        true,
        &format!(
            "\nUser accounts for \\\\PC-01\n\n{RULE}Administrator            support                  \nThe command completed successfully.\n\n"
        ),
    );
    trial.check(
        "net user support /domain",
        true,
        "\
The request will be processed at a domain controller for domain clinic.example.

User name                    support
Full Name                    IT support
Comment                      
User's comment               
Country/region code          000 (System Default)
Account active               Yes
Account expires              Never

Password last set            8/28/2026 8:43:54 AM
Password expires             10/9/2026 8:43:54 AM
Password changeable          8/28/2026 8:43:54 AM
Password required            Yes
User may change password     Yes

Workstations allowed         All
Logon script                 
User profile                 
Home directory               

Logon hours allowed          All

Local Group Memberships      *None
Global Group memberships     *Domain Admins       
The command completed successfully.

",
    );
    trial.check(
        "net user nobody",
        false,
        "The user name could not be found.\n\nMore help is available by typing NET HELPMSG 2221.\n\n",
    );
    trial.check("net user kim Passw0rd! /add", false, "System error 5 has occurred.\n\nAccess is denied.\n\n");
}

#[test]
fn users_come_and_go() {
    const DONE: &str = "The command completed successfully.\n\n";
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check("net user kim Passw0rd! /add", true, DONE);
    trial.check(
        "net user kim Passw0rd! /add",
        false,
        "The account already exists.\n\nMore help is available by typing NET HELPMSG 2224.\n\n",
    );
    trial.check("net user kim /active:no", true, DONE);
    trial.holds("net user kim", "Account active               No\n");
    trial.check("net user kim /delete", true, DONE);
    trial.check(
        "net user kim /delete",
        false,
        "The user name could not be found.\n\nMore help is available by typing NET HELPMSG 2221.\n\n",
    );
    trial.holds("net user kim abc /add", "The password does not meet the password policy requirements.");
}

#[test]
fn groups_have_members() {
    const DONE: &str = "The command completed successfully.\n\n";
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check(
        "net localgroup",
        true,
        &format!("\nAliases for \\\\PC-01\n\n{RULE}*Administrators\n*Remote Desktop Users\n*Users\n{DONE}"),
    );
    trial.check("net localgroup helpers /add", true, DONE);
    trial.check("net localgroup helpers support /add", true, DONE);
    trial.check(
        "net localgroup helpers support /add",
        false,
        "System error 1378 has occurred.\n\nThe specified account name is already a member of the group.\n\n",
    );
    trial.check(
        "net localgroup helpers nobody /add",
        false,
        "There is no such global user or group: nobody.\n\nMore help is available by typing NET HELPMSG 3783.\n\n",
    );
    trial.check(
        "net localgroup helpers",
        true,
        &format!("Alias name     helpers\nComment        \n\nMembers\n\n{RULE}support\n{DONE}"),
    );
    trial.check("net localgroup helpers support /delete", true, DONE);
    trial.check("net localgroup helpers /delete", true, DONE);
    trial.check(
        "net localgroup helpers",
        false,
        "System error 1376 has occurred.\n\nThe specified local group does not exist.\n\n",
    );
}

#[test]
fn rules_for_passwords_are_those_of_who_keeps_the_accounts() {
    let rules = |age: &str, role: &str| {
        format!(
            "\
Force user logoff how long after time expires?:       Never
Minimum password age (days):                          0
Maximum password age (days):                          {age}
Minimum password length:                              7
Length of password history maintained:                24
Lockout threshold:                                    10
Lockout duration (minutes):                           10
Lockout observation window (minutes):                 10
Computer role:                                        {role}
The command completed successfully.

"
        )
    };
    let mut trial = Trial::cmd("PC-01");
    trial.check("net accounts", true, &rules("Unlimited", "WORKSTATION"));
    let asked = "The request will be processed at a domain controller for domain clinic.example.\n\n";
    trial.check("net accounts /domain", true, &format!("{asked}{}", rules("42", "PRIMARY")));
    trial.check("net accounts /minpwlen:8", false, "System error 5 has occurred.\n\nAccess is denied.\n\n");
    trial.unplug("PC-01");
    trial.check(
        "net accounts /domain",
        false,
        "System error 1355 has occurred.\n\nThe specified domain either does not exist or could not be contacted.\n\n",
    );
    let mut trial = trial.elevated();
    trial.check("net accounts /lockoutthreshold:5", true, "The command completed successfully.\n\n");
    trial.holds("net accounts", "Lockout threshold:                                    5\n");
    trial.holds("net accounts /foo:1", "The syntax of this command is:\n\nNET ACCOUNTS\n");
}

#[test]
fn a_password_is_asked_for_twice() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.check("net user kim * /add", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "Type a password for the user: ");
    trial.check("Harbour-42-x", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "Retype the password to confirm: ");
    trial.check("Harbour-43-x", false, "The passwords do not match.\n\nMore help is available by typing NET HELPMSG 3728.\n\n");
    trial.text("net user kim * /add");
    trial.text("Harbour-42-x");
    trial.check("Harbour-42-x", true, "The command completed successfully.\n\n");
    let id = trial.id("PC-01");
    let kim = trial.world.device(id).windows().unwrap().accounts.user("kim").unwrap().clone();
    assert_eq!(kim.password, crate::world::accounts::password_number("Harbour-42-x"));
}

#[test]
fn an_account_ends_on_a_day_and_has_a_comment() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.text("net user support /expires:12/31/2026 /comment:\"Help desk\"");
    trial.holds("net user support", "Comment                      Help desk\n");
    trial.holds("net user support", "Account expires              12/31/2026 12:00:00 AM\n");
    trial.holds("net user support /expires:31/12/2026", "[simulation] not modelled here: net user /expires:31/12/2026");
    trial.text("net localgroup Helpers /add /comment:\"Who may help\"");
    trial.holds("net localgroup Helpers", "Alias name     Helpers\nComment        Who may help\n");
    trial.holds("net user /domain", "User accounts for \\\\SRV-1\n");
}
