//! `net use`, `net view`, `net share`: names, connections and permissions with their numbers.

use crate::shell::windows::network::trial::Trial;
use crate::world::server::Share;

const OK: &str = "The command completed successfully.\n\n";

fn error(number: u16, text: &str) -> String {
    format!("System error {number} has occurred.\n\n{text}\n\n")
}

#[test]
fn drives_are_listed_connected_and_deleted() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "net use",
        true,
        "New connections will be remembered.


Status       Local     Remote                    Network

-------------------------------------------------------------------------------
OK           T:        \\\\SRV-1\\team              Microsoft Windows Network
The command completed successfully.

",
    );
    trial.check("net use T: /delete", true, "T: was deleted successfully.\n\n");
    trial.check("net use", true, "New connections will be remembered.\n\nThere are no entries in the list.\n\n");
    trial.check("net use X: \\\\srv-1\\team", true, OK);
    trial.check("net use X: \\\\srv-1\\team", false, &error(85, "The local device name is already in use."));
    trial.check("net use * \\\\srv-1\\team", true, &format!("Drive Z: is now connected to \\\\srv-1\\team.\n\n{OK}"));
    trial.check("net use Q: /delete", false, &error(2250, "The network connection could not be found."));
    trial.holds(
        "net use x:",
        "Local name        X:\nRemote name       \\\\srv-1\\team\nResource type     Disk\nStatus            OK\n",
    );
}

#[test]
fn deleting_everything_asks_first() {
    let mut trial = Trial::cmd("PC-01");
    trial.holds("net use * /delete", "You have these remote connections:\n\n    T:                \\\\SRV-1\\team\nContinuing will cancel the connections.\n\n");
    assert_eq!(trial.session.prompt(&trial.world), "Do you want to continue this operation? (Y/N) [N]: ");
    trial.check("n", false, "\nNo valid response was provided.\n\n");
    assert_eq!(trial.world.device(trial.id("PC-01")).windows().unwrap().mapped_drives.len(), 1);
    trial.text("net use * /delete");
    trial.check("y", true, OK);
    assert!(trial.world.device(trial.id("PC-01")).windows().unwrap().mapped_drives.is_empty());
}

#[test]
fn numbers_of_errors() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("net use X: \\\\nosuch\\team", false, &error(53, "The network path was not found."));
    trial.check("net use X: \\\\srv-1\\nosuch", false, &error(67, "The network name cannot be found."));
    trial.check("net use X: \\\\srv-1\\billing", false, &error(5, "Access is denied."));
    trial.holds(
        "net use X: \\\\srv-1\\team /user:nobody x",
        "System error 1219 has occurred.\n\nMultiple connections to a server",
    );
    trial.text("net use T: /delete");
    trial.check("net use X: \\\\srv-1\\team /user:nobody x", false, &error(1326, "The user name or password is incorrect."));
    trial.check("net view", false, &error(6118, "The list of servers for this workgroup is not currently available"));
    trial.text("net use T: \\\\SRV-1\\team");
    trial.unplug("SRV-1");
    trial.check("net use X: \\\\10.44.20.5\\team", false, &error(53, "The network path was not found."));
    trial.holds("net use", "Unavailable  T:        \\\\SRV-1\\team");
}

#[test]
fn shares_of_a_server() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "net view \\\\srv-1",
        true,
        "Shared resources at \\\\srv-1



Share name  Type  Used as  Comment

-------------------------------------------------------------------------------
billing     Disk
team        Disk  T:
The command completed successfully.

",
    );
    let mut trial = Trial::cmd("SRV-1").elevated();
    trial.holds("net share", "team         D:\\team\n");
    trial.holds("net share team", "Share name        team\nPath              D:\\team\n");
    trial.check("net share team /delete", true, "team was deleted successfully.\n\n");
    trial.holds("net share team", "This shared resource does not exist.\n");
    let left: Vec<&Share> = trial.world.device(trial.id("SRV-1")).roles.shares.iter().collect();
    assert!(left.iter().all(|share| share.name != "team"));
}

#[test]
fn a_typed_password_is_tried_at_the_directory() {
    let mut trial = Trial::cmd("SRV-1").elevated();
    trial.holds("net user ehayes Harbour-42-x /domain", OK);
    let mut trial = Trial::open(trial.world, "PC-01", crate::shell::ShellKind::Cmd);
    trial.text("net use T: /delete");
    trial.check(
        "net use X: \\\\srv-1\\team wrong /user:clinic\\ehayes",
        false,
        &error(1326, "The user name or password is incorrect."),
    );
    trial.check("net use X: \\\\srv-1\\team Harbour-42-x /user:clinic\\ehayes", true, OK);
    trial.check("net use X: /delete", true, "X: was deleted successfully.\n\n");
    trial.check("net use X: \\\\srv-1\\team /user:ehayes", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "Enter the password for 'ehayes' to connect to 'srv-1': ");
    trial.check("Harbour-42-x", true, OK);
    let directory = trial.world.device(trial.id("SRV-1")).roles.directory.as_ref().unwrap();
    assert_eq!(directory.accounts.user("ehayes").unwrap().bad_attempts, 0);
    trial.check("net use Y: \\\\nosuch\\team /user:ehayes", false, &error(53, "The network path was not found."));
}

#[test]
fn a_new_folder_is_shared_with_the_rights_that_it_has() {
    let mut trial = Trial::cmd("SRV-1").elevated();
    trial.text("md C:\\Plans");
    trial.check("net share Plans=C:\\Plans /grant:Everyone,READ", true, "Plans was shared successfully.\n\n");
    trial.holds("net share Plans", "Share name        Plans\nPath              C:\\Plans\n");
    trial.check(
        "net share Plans=C:\\Plans",
        false,
        "The name has already been shared.\n\nMore help is available by typing NET HELPMSG 2118.\n\n",
    );
    trial.check(
        "net share X=C:\\nope",
        false,
        "The device or directory does not exist.\n\nMore help is available by typing NET HELPMSG 2116.\n\n",
    );
    trial.check("net share Shared=C:\\Users\\Public", true, "Shared was shared successfully.\n\n");
    let mut trial = Trial::open(trial.world, "PC-01", crate::shell::ShellKind::Cmd);
    trial.check("net use P: \\\\srv-1\\Plans", true, OK);
}
