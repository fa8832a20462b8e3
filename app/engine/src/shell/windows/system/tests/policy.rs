//! `gpupdate` and `gpresult`, as they print.

use crate::shell::windows::network::trial::Trial;

#[test]
fn policy_is_fetched_or_not() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "gpupdate /force",
        true,
        "Updating policy...\n\nComputer Policy update has completed successfully.\nUser Policy update has completed successfully.\n\n",
    );
    trial.check("gpupdate /target:user", true, "Updating policy...\n\nUser Policy update has completed successfully.\n\n");
    trial.unplug("PC-01");
    trial.check(
        "gpupdate /target:computer",
        false,
        "\
Updating policy...

Computer policy could not be updated successfully. The following errors were encountered:

The processing of Group Policy failed because of lack of network connectivity to a domain controller. This may be a transient condition. A success message would be generated once the machine gets connected to the domain controller and Group Policy has successfully processed. If you do not see a success message for several hours, then contact your administrator.

To diagnose the failure, review the event log or run GPRESULT /H GPReport.html from the command line to access information about Group Policy results.
",
    );
}

/// What stands in both halves.
const APPLIED: &str = "    Last time Group Policy was applied: 9/7/2026 at 7:53:54 AM
    Group Policy was applied from:      srv-1.clinic.example
    Group Policy slow link threshold:   500 kbps
    Domain Name:                        CLINIC
    Domain Type:                        Windows 2008 or later

    Applied Group Policy Objects
    -----------------------------
        Workstation settings

    The following GPOs were not applied because they were filtered out
    -------------------------------------------------------------------
        Local Group Policy
            Filtering:  Not Applied (Empty)

";

fn head(user: &str) -> String {
    let title = format!("RSOP data for CLINIC\\{user} on PC-01 : Logging Mode");
    let rule = "-".repeat(title.len() + 1);
    format!(
        "
Microsoft (R) Windows (R) Operating System Group Policy Result tool v2.0
\u{a9} Microsoft Corporation. All rights reserved.

Created on 9/7/2026 at 8:44:56 AM


{title}
{rule}

OS Configuration:            Member Workstation
OS Version:                  10.0.26100
Site Name:                   N/A
Roaming Profile:             N/A
Local Profile:               C:\\Users\\{user}
Connected over a slow link?: No

"
    )
}

#[test]
fn results_of_the_person() {
    let mut trial = Trial::cmd("PC-01");
    let user = trial.session.user.clone();
    let full = trial.world.people.iter().find(|person| person.account == user).unwrap().name.clone();
    let expected = format!(
        "{}
USER SETTINGS
--------------
    CN={full},OU=Staff,DC=clinic,DC=example
{APPLIED}    The user is a part of the following security groups
    ---------------------------------------------------
        Domain Users
        Staff
        Everyone
        NT AUTHORITY\\Authenticated Users
",
        head(&user)
    );
    trial.check("gpresult /r", true, &expected);
    trial.check("gpresult /r /scope computer", false, "ERROR: Access Denied.\n");
}

#[test]
fn an_administrator_sees_the_computer_and_has_no_results_of_its_own() {
    let mut trial = Trial::cmd("PC-01").elevated();
    let expected = format!(
        "{}
COMPUTER SETTINGS
------------------
    CN=PC-01,OU=Computers,DC=clinic,DC=example
{APPLIED}    The computer is a part of the following security groups
    -------------------------------------------------------
        BUILTIN\\Administrators
        Everyone
        NT AUTHORITY\\Authenticated Users

",
        head("support")
    );
    trial.check("gpresult /r /scope computer", true, &expected);
    trial.check("gpresult /r", true, "INFO: The user \"CLINIC\\support\" does not have RSoP data.\n");
    let id = trial.id("PC-01");
    let person = trial.world.device(id).windows().unwrap().signed_in.clone().unwrap();
    trial.holds(&format!("gpresult /r /user {person}"), "USER SETTINGS\n");
}
