//! Access lists and owners, as they print, and what they do.

use crate::shell::windows::network::trial::Trial;
use crate::world::files::Right;

const ONE: &str = "Successfully processed 1 files; Failed processing 0 files\n";
const NONE: &str = "Successfully processed 0 files; Failed processing 1 files\n";

#[test]
fn lists_show_what_came_from_above() {
    let mut trial = Trial::cmd("PC-01").elevated();
    trial.text("md C:\\data& echo x> C:\\data\\a.txt");
    trial.check(
        "icacls C:\\Windows",
        true,
        &format!(
            "\
C:\\Windows NT AUTHORITY\\SYSTEM:(I)(OI)(CI)(F)
           BUILTIN\\Administrators:(I)(OI)(CI)(F)
           BUILTIN\\Users:(I)(OI)(CI)(RX)

{ONE}"
        ),
    );
    trial.check("icacls C:\\data /grant CLINIC\\Staff:(OI)(CI)M", true, &format!("processed file: C:\\data\n{ONE}"));
    trial.check(
        "icacls C:\\data\\a.txt",
        true,
        &format!(
            "\
C:\\data\\a.txt CLINIC\\Staff:(I)(M)
              NT AUTHORITY\\SYSTEM:(I)(F)
              BUILTIN\\Administrators:(I)(F)
              BUILTIN\\Users:(I)(RX)
              NT AUTHORITY\\Authenticated Users:(I)(M)

{ONE}"
        ),
    );
    trial.check(
        "icacls C:\\data\\a.txt /inheritance:r /grant:r support:F",
        true,
        &format!("processed file: C:\\data\\a.txt\n{ONE}"),
    );
    trial.check("icacls C:\\data\\a.txt", true, &format!("C:\\data\\a.txt CLINIC\\support:(F)\n\n{ONE}"));
    trial.check(
        "icacls C:\\data /remove Staff /t",
        true,
        "processed file: C:\\data\nprocessed file: C:\\data\\a.txt\nSuccessfully processed 2 files; Failed processing 0 files\n",
    );
    trial.check("icacls C:\\data\\a.txt /reset /q", true, ONE);
    trial.holds("icacls C:\\data\\a.txt", "BUILTIN\\Users:(I)(RX)\n");
}

#[test]
fn what_cannot_be_done_is_said() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("icacls C:\\Windows /grant Users:F", false, &format!("C:\\Windows: Access is denied.\n{NONE}"));
    trial.check("icacls nosuch", false, &format!("nosuch: The system cannot find the file specified.\n{NONE}"));
    trial.check(
        "icacls C:\\Windows /deny nobody:F",
        false,
        &format!("nobody: No mapping between account names and security IDs was done.\n{NONE}"),
    );
    trial.check("icacls C:\\Windows /grant Users:Z", false, "Invalid parameter \"Users:Z\"\n");
    trial.check("icacls C:\\Windows /foo", false, "Invalid parameter \"/foo\"\n");
    trial.holds("icacls C:\\Windows /save x", "[simulation] not modelled here: icacls /save");
}

#[test]
fn a_denial_holds_and_the_owner_lifts_it() {
    let mut trial = Trial::cmd("PC-01");
    let user = trial.session.user.clone();
    trial.text("echo mine> note.txt");
    trial.check(&format!("icacls note.txt /deny {user}:F"), true, &format!("processed file: note.txt\n{ONE}"));
    trial.check("type note.txt", false, "Access is denied.\n");
    trial.holds("icacls note.txt", &format!("note.txt CLINIC\\{user}:(N)\n"));
    trial.check(&format!("icacls note.txt /remove:d {user} /grant {user}:F"), true, &format!("processed file: note.txt\n{ONE}"));
    trial.check("type note.txt", true, "mine\n");
}

#[test]
fn administrators_take_what_nobody_gives() {
    let mut trial = Trial::cmd("PC-01");
    let user = trial.session.user.clone();
    trial.text("echo mine> note.txt");
    trial.text(&format!("icacls note.txt /inheritance:r /grant:r {user}:F"));
    let note = format!("C:\\Users\\{user}\\note.txt");
    trial.check(
        "takeown /f C:\\Windows",
        false,
        "ERROR: The current logged on user does not have ownership privileges on\n       the file (or folder) \"C:\\Windows\".\n",
    );
    let mut trial = trial.elevated();
    trial.check(&format!("type {note}"), false, "Access is denied.\n");
    trial.check(&format!("icacls {note} /grant support:R"), false, &format!("{note}: Access is denied.\n{NONE}"));
    trial.check(
        &format!("takeown /f {note}"),
        true,
        &format!("\nSUCCESS: The file (or folder): \"{note}\" now owned by user \"CLINIC\\support\".\n"),
    );
    trial.check(&format!("icacls {note} /grant support:R"), true, &format!("processed file: {note}\n{ONE}"));
    trial.check(&format!("type {note}"), true, "mine\n");
    trial.check(
        &format!("takeown /f {note} /a"),
        true,
        &format!("\nSUCCESS: The file (or folder): \"{note}\" now owned by the administrators group.\n"),
    );
    trial.check("takeown /f nosuch", false, "ERROR: The system cannot find the file specified.\n");
    trial.holds("takeown", "ERROR: Invalid syntax. Mandatory option '/F' is missing.\n");
}

#[test]
fn a_shared_folder_has_one_list_for_server_and_network() {
    let mut trial = Trial::cmd("SRV-1").elevated();
    trial.check("icacls D:\\team", true, &format!("D:\\team CLINIC\\Staff:(OI)(CI)(M)\n\n{ONE}"));
    trial.check("icacls D:\\team /grant:r Staff:RX", true, &format!("processed file: D:\\team\n{ONE}"));
    let share = trial.world.device(trial.id("SRV-1")).roles.shares.iter().find(|share| share.name == "team").unwrap();
    assert_eq!(share.ntfs[0].right, Right::Read);
    let mut person = Trial::open(trial.world, "PC-01", crate::shell::ShellKind::Cmd);
    person.check("echo x> T:\\plan.txt", false, "Access is denied.\n");
}
