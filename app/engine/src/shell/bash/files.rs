//! `cat`, `cp`, `mv`, `rm`, `mkdir`, `touch` and their kin.

mod copy;
mod remove;

use super::call::{Call, Done, has, options, stranger, value};
use super::{Command, command};
use crate::machine::linux_files;
use crate::machine::linux_files::{FileError, WRITE, path};

use copy::{cp, mv};
use remove::{rm, rmdir};

pub const COMMANDS: &[Command] = &[
    command("cat", "", cat),
    command("cp", "", cp),
    command("mv", "", mv),
    command("rm", "", rm),
    command("mkdir", "", mkdir),
    command("rmdir", "", rmdir),
    command("touch", "", touch),
    command("ln", "", ln),
    command("truncate", "", truncate),
    command("nano", "", editor),
    command("vi", "", editor),
    command("vim", "", editor),
];

fn cat(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("cat", &given, &["n", "A", "--number"]) {
        return complaint;
    }
    let (text, mut done) = call.input("cat", &names);
    done.out = if has(&given, &["n", "--number"]) {
        text.lines().enumerate().map(|(at, line)| format!("{:>6}\t{line}\n", at + 1)).collect::<Vec<_>>().concat()
    } else {
        text
    };
    done
}

fn mkdir(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "m");
    if let Some(complaint) = stranger("mkdir", &given, &["p", "v", "m", "--parents"]) {
        return complaint;
    }
    if names.is_empty() {
        return Done::failed(1, "mkdir: missing operand\nTry 'mkdir --help' for more information.\n");
    }
    let parents = has(&given, &["p", "--parents"]);
    let mut done = Done::default();
    for name in &names {
        let at = call.path(name);
        let mut wanted = if parents { path::ancestors(&at) } else { Vec::new() };
        wanted.push(at.clone());
        for folder in wanted {
            let (actor, now) = (call.actor(), call.now());
            match linux_files::make_folder(call.linux_mut(), &folder, &actor, now) {
                Ok(()) => {}
                Err(FileError::Exists) if parents => {}
                Err(error) => {
                    done.complain(1, format!("mkdir: cannot create directory '{name}': {}\n", error.text()));
                    break;
                }
            }
        }
        if let Some(mode) = value(&given, &["m"]).and_then(|mode| u16::from_str_radix(mode, 8).ok())
            && let Some(folder) = call.linux_mut().files.0.get_mut(&at)
        {
            folder.mode = mode & 0o7777;
        }
    }
    done
}

fn touch(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("touch", &given, &["c", "a", "m"]) {
        return complaint;
    }
    if names.is_empty() {
        return Done::failed(1, "touch: missing file operand\nTry 'touch --help' for more information.\n");
    }
    let mut done = Done::default();
    for name in &names {
        let (at, now) = (call.path(name), call.now());
        let folder = linux_files::entry(call.linux(), &at).is_some_and(|file| file.folder);
        let result = if folder {
            linux_files::open(call.linux(), &at, &call.actor(), WRITE).map(|_| ())
        } else {
            call.write(name, "", true)
        };
        match result {
            Ok(()) => {
                if let Some(file) = call.linux_mut().files.0.get_mut(&at) {
                    file.modified = now;
                }
            }
            Err(FileError::Denied | FileError::NotFound | FileError::NoSpace | FileError::ReadOnly) if folder => {
                done.complain(1, format!("touch: setting times of '{name}': Permission denied\n"));
            }
            Err(error) => done.complain(1, format!("touch: cannot touch '{name}': {}\n", error.text())),
        }
    }
    done
}

fn ln(call: &mut Call<'_>, _args: &[String]) -> Done {
    call.not_modelled("links between files (ln)")
}

/// `truncate -s 0 FILE`: the way to empty a log that a program holds open.
fn truncate(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "s");
    let size = value(&given, &["s", "--size"]);
    if names.is_empty() {
        return Done::failed(1, "truncate: missing file operand\nTry 'truncate --help' for more information.\n");
    }
    match size {
        None => {
            return Done::failed(
                1,
                "truncate: you must specify either '--size' or '--reference'\nTry 'truncate --help' for more information.\n",
            );
        }
        Some("0") => {}
        Some(_) => return call.not_modelled("truncate to another size than 0"),
    }
    let mut done = Done::default();
    for name in &names {
        if let Err(error) = call.write(name, "", false) {
            done.complain(1, format!("truncate: cannot open '{name}' for writing: {}\n", error.text()));
        }
    }
    done
}

/// Full-screen editors need a screen; the model offers the same change through `sed -i`, `tee` and `>`.
fn editor(call: &mut Call<'_>, args: &[String]) -> Done {
    let Some(name) = args.iter().find(|arg| !arg.starts_with('-')) else {
        return Done::failed(
            1,
            "[simulation] name a file; the editor needs a screen of its own, which this terminal does not have\n",
        );
    };
    let text = match call.read(name) {
        Ok(text) => text,
        Err(FileError::NotFound) => String::new(),
        Err(error) => return Done::failed(1, format!("Error reading {name}: {}\n", error.text())),
    };
    let lines: Vec<String> = text.lines().enumerate().map(|(at, line)| format!("{:>4}  {line}\n", at + 1)).collect();
    let lines = lines.concat();
    Done::ok(format!(
        "[simulation] {name} is shown with line numbers. Change a line here with: sed -i 'NUMBERc new text' {name}\n\
         [simulation] or replace words with: sed -i 's/old/new/' {name}; append with: echo 'text' | sudo tee -a {name}\n{lines}"
    ))
}
