//! What `/?` and `help` tell of the commands that are built in, and of those whose program does not tell itself.

use std::fmt::Write;

/// Name, one line, and the rest of its help.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "cd",
        "Displays the name of or changes the current directory.",
        "CD [/D] [drive:][path]\nCD [..]\n\n  ..   Specifies that you want to change to the parent directory.\n  /D   Changes the current drive too.",
    ),
    ("cls", "Clears the screen.", "CLS"),
    (
        "copy",
        "Copies one or more files to another location.",
        "COPY [/Y] source [destination]\n\n  /Y   Suppresses prompting to confirm you want to overwrite an existing\n       destination file.",
    ),
    ("date", "Displays the date.", "DATE /T"),
    (
        "del",
        "Deletes one or more files.",
        "DEL [/F] [/Q] names\n\n  /F   Force deleting of read-only files.\n  /Q   Quiet mode, do not ask if ok to delete on global wildcard.",
    ),
    (
        "dir",
        "Displays a list of files and subdirectories in a directory.",
        "DIR [drive:][path][filename] [/A[D|-D]] [/B] [/S]\n\n  /A   Displays files with specified attributes: D directories, -D files.\n  /B   Uses bare format (no heading information or summary).\n  /S   Displays files in specified directory and all subdirectories.",
    ),
    ("echo", "Displays messages, or turns command echoing on or off.", "ECHO [ON | OFF]\nECHO [message]"),
    ("exit", "Quits the CMD.EXE program (command interpreter).", "EXIT"),
    (
        "find",
        "Searches for a text string in a file or files.",
        "FIND [/V] [/C] [/N] [/I] \"string\" [[drive:][path]filename[ ...]]\n\n  /V   Displays all lines NOT containing the specified string.\n  /C   Displays only the count of lines containing the string.\n  /N   Displays line numbers with the displayed lines.\n  /I   Ignores the case of characters when searching for the string.",
    ),
    (
        "findstr",
        "Searches for strings in files.",
        "FINDSTR [/I] [/V] [/N] [/C:string] [strings] [[drive:][path]filename[ ...]]\n\n  /I   Specifies that the search is not to be case-sensitive.\n  /V   Prints only lines that do not contain a match.\n  /N   Prints the line number before each line that matches.\n  /C:string  Uses specified string as a literal search string.",
    ),
    ("help", "Provides Help information for Windows commands.", "HELP [command]"),
    ("hostname", "Prints the name of the current host.", "hostname"),
    ("md", "Creates a directory.", "MD [drive:]path"),
    ("more", "Displays output one screen at a time.", "MORE [drive:][path]filename\ncommand-name | MORE"),
    ("move", "Moves one or more files from one directory to another directory.", "MOVE [/Y] source destination"),
    ("path", "Displays a search path for executable files.", "PATH"),
    (
        "rd",
        "Removes a directory.",
        "RD [/S] [/Q] [drive:]path\n\n  /S   Removes all directories and files in the specified directory\n       in addition to the directory itself.\n  /Q   Quiet mode, do not ask if ok to remove a directory tree with /S.",
    ),
    ("ren", "Renames a file or files.", "REN [drive:][path]filename1 filename2"),
    (
        "robocopy",
        "Advanced utility to copy files and directory trees.",
        "ROBOCOPY source destination [file ...] [/S] [/E] [/MIR] [/PURGE] [/L] [/R:n] [/W:n]\n\n  /S      copy subdirectories, but not empty ones.\n  /E      copy subdirectories, including empty ones.\n  /PURGE  delete destination files and directories that no longer exist in source.\n  /MIR    mirror a directory tree (/E and /PURGE).\n  /L      list only: nothing is copied or deleted.",
    ),
    ("set", "Displays, sets, or removes Windows environment variables.", "SET [variable=[string]]"),
    ("sort", "Sorts input.", "SORT [/R] [[drive:][path]filename]\n\n  /R   Reverses the sort order."),
    (
        "start",
        "Starts a separate window to run a specified program or command.",
        "START [\"title\"] [command/program] [parameters]",
    ),
    ("time", "Displays the system time.", "TIME /T"),
    ("type", "Displays the contents of a text file.", "TYPE [drive:][path]filename"),
    ("ver", "Displays the Windows version.", "VER"),
    ("vol", "Displays a disk volume label and serial number.", "VOL [drive:]"),
    ("whoami", "Displays the current user and the groups of the sign-in.", "WHOAMI [/GROUPS]"),
    (
        "xcopy",
        "Copies files and directory trees.",
        "XCOPY source [destination] [/S] [/E] [/I] [/Y]\n\n  /S   Copies directories and subdirectories except empty ones.\n  /E   Copies directories and subdirectories, including empty ones.\n  /Y   Suppresses prompting to overwrite an existing file.",
    ),
];

/// Other names of the same commands.
fn canonical(name: &str) -> &str {
    match name {
        "chdir" => "cd",
        "mkdir" => "md",
        "rmdir" => "rd",
        "erase" => "del",
        "rename" => "ren",
        other => other,
    }
}

#[must_use]
pub fn text(name: &str) -> Option<String> {
    let name = canonical(name);
    TEXTS.iter().find(|(known, ..)| *known == name).map(|(_, line, rest)| format!("{line}\n\n{rest}\n"))
}

/// What `help` alone prints.
#[must_use]
pub fn list() -> String {
    let mut text = "For more information on a specific command, type HELP command-name\n".to_owned();
    for (name, line, _) in TEXTS {
        let _ = writeln!(text, "{:<15}{line}", name.to_uppercase());
    }
    text.push_str("\nFor more information on tools see the command-line reference in the online help.\n");
    text
}
