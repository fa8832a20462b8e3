//! The report, and what is in the folders afterwards.

use crate::shell::windows::network::trial::Trial;

/// A folder with two files and one below.
fn folders() -> Trial {
    let mut trial = Trial::cmd("PC-01");
    trial.text("cd Desktop");
    trial.text("md from\\sub& echo one> from\\a.txt& echo two!> from\\b.log& echo three> from\\sub\\c.txt");
    trial
}

#[test]
fn a_tree_is_copied_once() {
    let mut trial = folders();
    let home = trial.session.folder.clone();
    let rule = "-".repeat(79);
    let output = trial.run("robocopy from to /e /r:1 /w:1");
    // Everything but the two lines with a time.
    let lines = output.text.lines().filter(|line| !line.starts_with("  Started :") && !line.starts_with("   Ended :"));
    assert_eq!(
        lines.collect::<Vec<_>>().join("\n") + "\n",
        format!(
            "
{rule}
   ROBOCOPY     ::     Robust File Copy for Windows
{rule}

   Source : {home}\\from\\
     Dest : {home}\\to\\

    Files : *.*

  Options : *.* /S /E /DCOPY:DA /COPY:DAT /R:1 /W:1

{rule}

\t                   3\t{home}\\from\\
\t    New File  \t\t        5\ta.txt
\t    New File  \t\t        6\tb.log
\t    New File  \t\t        7\tsub\\c.txt

{rule}

               Total    Copied   Skipped  Mismatch    FAILED    Extras
   Files :         3         3         0         0         0         0
   Bytes :        18        18         0         0         0         0

"
        )
    );
    assert_eq!(output.exit, 1);
    trial.check("type to\\sub\\c.txt", true, "three\n");
    let again = trial.run("robocopy from to /e");
    assert!(again.text.contains("   Files :         3         0         3         0         0         0\n"), "{}", again.text);
    assert_eq!(again.exit, 0);
}

#[test]
fn a_mirror_deletes_and_a_list_does_not() {
    let mut trial = folders();
    trial.text("md to& echo old> to\\old.txt");
    let listed = trial.run("robocopy from to /mir /l /njh");
    assert!(listed.text.contains("\t  *EXTRA File \t\t        5\told.txt\n"), "{}", listed.text);
    assert_eq!(listed.exit, 3);
    trial.check("type to\\old.txt", true, "old\n");
    trial.text("robocopy from to /mir");
    trial.check("type to\\old.txt", false, "The system cannot find the file specified.\n");
    trial.check("type to\\a.txt", true, "one\n");
}

#[test]
fn names_and_refusals() {
    let mut trial = folders();
    trial.text("robocopy from to *.log");
    trial.check("dir /b to", true, "b.log\n");
    let missing = trial.run("robocopy nosuch to");
    assert!(missing.text.contains(" ERROR 2 (0x00000002) Accessing Source Directory "), "{}", missing.text);
    assert!(missing.text.ends_with("The system cannot find the file specified.\n"), "{}", missing.text);
    assert_eq!(missing.exit, 16);
    let denied = trial.run("robocopy from C:\\Windows\\to");
    assert!(denied.text.contains("ERROR 5 (0x00000005) Copying File "), "{}", denied.text);
    assert_eq!(denied.exit, 8);
    trial.holds("robocopy", "       Simple Usage :: ROBOCOPY source destination /MIR\n");
    trial.holds("robocopy from to /foo", "[simulation] not modelled here: robocopy /foo");
}

#[test]
fn names_are_left_out_and_folders_moved() {
    let mut trial = folders();
    let home = trial.session.folder.clone();
    trial.holds(
        "robocopy from to /e /njh /xf *.log /xd sub",
        "   Files :         1         1         0         0         0         0\n",
    );
    trial.check("dir /b to", true, "a.txt\n");
    trial.check("robocopy from far /move /e /log:Report.txt", false, &format!("\n Log File : {home}\\Report.txt\n"));
    trial.check(
        "dir /b /s far",
        true,
        &format!("{home}\\far\\a.txt\n{home}\\far\\b.log\n{home}\\far\\sub\n{home}\\far\\sub\\c.txt\n"),
    );
    trial.check("dir /b from", false, "File Not Found\n");
    trial.holds("type Report.txt", "   Files :         3         3         0         0         0         0\n");
    trial.check(
        "robocopy to far /log:Z:\\no\\r.txt",
        false,
        "\nERROR : Could not open log file Z:\\no\\r.txt\nThe system cannot find the drive specified.\n",
    );
}
