//! What the commands for files print, and what they change.

use crate::shell::windows::network::trial::Trial;

/// A folder with two files and a folder in it.
fn folder() -> Trial {
    let mut trial = Trial::cmd("PC-01").elevated();
    for line in
        ["md C:\\T\\sub", "echo hello> C:\\T\\a.txt", "echo world and more> C:\\T\\b.log", "copy C:\\T\\a.txt C:\\T\\sub\\a.txt"]
    {
        trial.text(line);
    }
    trial
}

#[test]
fn dir_sorts_as_it_is_told() {
    let mut trial = folder();
    for (line, names) in [
        ("dir /b C:\\T", "a.txt\nb.log\nsub\n"),
        ("dir /b /o:-n C:\\T", "sub\nb.log\na.txt\n"),
        ("dir /b /og C:\\T", "sub\na.txt\nb.log\n"),
        ("dir /b /o-s C:\\T", "b.log\na.txt\nsub\n"),
        ("dir /b /oe C:\\T", "sub\nb.log\na.txt\n"),
        ("dir /b /od /a-d C:\\T", "a.txt\nb.log\n"),
    ] {
        trial.check(line, true, names);
    }
    trial.check("dir /z C:\\T", false, "Parameter format not correct - \"z\".\n");
}

#[test]
fn dir_of_folders_below_has_a_total() {
    let mut trial = folder();
    trial.check(
        "dir /s C:\\T\\a.txt",
        true,
        " Volume in drive C is Windows
 Volume Serial Number is 53B1-3345

 Directory of C:\\T

09/07/2026  08:44 AM                 7 a.txt
               1 File(s)              7 bytes

 Directory of C:\\T\\sub

09/07/2026  08:44 AM                 7 a.txt
               1 File(s)              7 bytes

     Total Files Listed:
               2 File(s)             14 bytes
               0 Dir(s) 296,424,046,592 bytes free
",
    );
    trial.holds("dir /-c C:\\T", "Dir(s)    296424046592 bytes free\n");
}

#[test]
fn files_are_renamed_joined_and_deleted_by_pattern() {
    let mut trial = folder();
    trial.check("ren C:\\T\\*.txt *.bak", true, "");
    trial.check("ren C:\\T\\*.doc *.bak", false, "The system cannot find the file specified.\n");
    trial.check("copy C:\\T\\a.bak+C:\\T\\b.log C:\\T\\c.txt", true, "C:\\T\\a.bak\nC:\\T\\b.log\n        1 file(s) copied.\n");
    trial.check("type C:\\T\\c.txt", true, "hello\nworld and more\n");
    trial.check(
        "copy C:\\T\\x+C:\\T\\y C:\\T\\z",
        false,
        "The system cannot find the file specified.\n        0 file(s) copied.\n",
    );
    trial.check("del /s /q C:\\T\\*.txt", true, "Deleted file - C:\\T\\c.txt\nDeleted file - C:\\T\\sub\\a.txt\n");
    trial.check("del /p C:\\T\\*.*", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "C:\\T\\a.bak, Delete (Y/N)? ");
    trial.check("n", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "C:\\T\\b.log, Delete (Y/N)? ");
    trial.check("y", true, "");
    trial.check("dir /b C:\\T", true, "a.bak\nsub\n");
    trial.check("del /s C:\\T\\*.doc", true, "Could Not Find C:\\T\\*.doc\n");
}

#[test]
fn a_tree_is_drawn() {
    let mut trial = folder();
    trial.text("md C:\\T\\sub\\deep C:\\T\\top");
    let head = "Folder PATH listing for volume Windows\nVolume serial number is 53B1-3345\nC:\\T\n";
    trial.check("tree C:\\T", true, &format!("{head}├───sub\n│   └───deep\n└───top\n"));
    trial.check(
        "tree /f /a C:\\T",
        true,
        &format!("{head}|   a.txt\n|   b.log\n|\n+---sub\n|   |   a.txt\n|   |\n|   \\---deep\n\\---top\n"),
    );
    trial.check("tree C:\\nope", false, "Invalid path - C:\\NOPE\nNo subfolders exist \n\n");
}

#[test]
fn folders_are_put_aside_and_programs_found() {
    let mut trial = folder();
    trial.text("pushd C:\\T");
    trial.check("pushd", true, "C:\\Windows\\System32\n");
    trial.text("popd");
    assert_eq!(trial.session.prompt(&trial.world), "C:\\Windows\\System32>");
    trial.check("where ping", true, "C:\\Windows\\System32\\ping.exe\n");
    trial.check("where nope", false, "INFO: Could not find files for the given pattern(s).\n");
}

#[test]
fn xcopy_asks_what_the_target_is_and_before_it_overwrites() {
    let mut trial = folder();
    trial.check(
        "xcopy C:\\T\\a.txt C:\\U\\new.txt",
        true,
        "Does C:\\U\\new.txt specify a file name\nor directory name on the target\n",
    );
    assert_eq!(trial.session.prompt(&trial.world), "(F = file, D = directory)?");
    trial.check("F", true, "C:\\T\\a.txt\n1 File(s) copied\n");
    trial.check("type C:\\U\\new.txt", true, "hello\n");
    trial.check("xcopy C:\\T C:\\U /f", true, "C:\\T\\a.txt -> C:\\U\\a.txt\nC:\\T\\b.log -> C:\\U\\b.log\n2 File(s) copied\n");
    trial.check("xcopy C:\\T C:\\U", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "Overwrite C:\\U\\a.txt (Yes/No/All)? ");
    trial.check("n", true, "");
    assert_eq!(trial.session.prompt(&trial.world), "Overwrite C:\\U\\b.log (Yes/No/All)? ");
    trial.check("y", true, "C:\\T\\b.log\n1 File(s) copied\n");
    trial.check("xcopy C:\\T C:\\W /e /i /q", true, "3 File(s) copied\n");
    trial.check("xcopy C:\\T C:\\W /d /e", true, "0 File(s) copied\n");
    trial.check("xcopy C:\\T C:\\W /l", true, "C:\\T\\a.txt\nC:\\T\\b.log\n2 File(s)\n");
    trial.check("xcopy C:\\T C:\\X\\ /t /s", true, "");
    trial.check("dir /b /s C:\\X", true, "C:\\X\\sub\n");
    trial.check("xcopy C:\\nope.txt C:\\X", false, "File not found - nope.txt\n0 File(s) copied\n");
}
