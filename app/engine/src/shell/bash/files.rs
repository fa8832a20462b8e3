//! `cat`, `cp`, `mv`, `rm`, `mkdir`, `touch` and their kin.

use super::call::{Call, Done, has, options, stranger, value};
use super::{Command, command};
use crate::machine::linux_files::{self, FileError, WRITE, path};
use crate::world::files::File;

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

/// The folder a copy goes into keeps the name; otherwise the name is new.
fn destination(call: &Call<'_>, from: &str, to: &str) -> String {
    let at = call.path(to);
    if linux_files::entry(call.linux(), &at).is_some_and(|file| file.folder) { path::join(&at, path::name(from)) } else { at }
}

/// Source and target operands, or the complaint about missing ones.
fn operands(program: &str, names: Vec<String>) -> Result<(Vec<String>, String), Done> {
    let hint = format!("Try '{program} --help' for more information.\n");
    let mut names = names;
    let Some(to) = names.pop() else { return Err(Done::failed(1, format!("{program}: missing file operand\n{hint}"))) };
    if names.is_empty() {
        return Err(Done::failed(1, format!("{program}: missing destination file operand after '{to}'\n{hint}")));
    }
    Ok((names, to))
}

fn cp(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("cp", &given, &["r", "R", "a", "p", "v", "f", "i", "n", "--recursive", "--preserve"]) {
        return complaint;
    }
    let (sources, to) = match operands("cp", names) {
        Ok(found) => found,
        Err(complaint) => return complaint,
    };
    let mut done = Done::default();
    for source in &sources {
        let from = call.path(source);
        let target = destination(call, &from, &to);
        let file = match linux_files::open(call.linux(), &from, &call.actor(), linux_files::READ) {
            Ok(file) => file,
            Err(FileError::NotFound) => {
                done.complain(1, format!("cp: cannot stat '{source}': No such file or directory\n"));
                continue;
            }
            Err(error) => {
                done.complain(1, format!("cp: cannot open '{source}' for reading: {}\n", error.text()));
                continue;
            }
        };
        if file.folder && !has(&given, &["r", "R", "a", "--recursive"]) {
            done.complain(1, format!("cp: -r not specified; omitting directory '{source}'\n"));
            continue;
        }
        done.add(copy_tree(call, &from, &target, has(&given, &["a", "p", "--preserve"])));
    }
    done
}

fn copy_tree(call: &mut Call<'_>, from: &str, target: &str, keep: bool) -> Done {
    if path::is_within(target, from) && target != from {
        return Done::failed(1, format!("cp: cannot copy a directory, '{from}', into itself, '{target}'\n"));
    }
    let mut pending = vec![(from.to_owned(), target.to_owned())];
    let mut done = Done::default();
    while let Some((from, target)) = pending.pop() {
        let (actor, now) = (call.actor(), call.now());
        let Some(file) = linux_files::entry(call.linux(), &from) else { continue };
        let result = if file.folder {
            for child in linux_files::children(call.linux(), &from) {
                pending.push((path::join(&from, &child), path::join(&target, &child)));
            }
            match linux_files::make_folder(call.linux_mut(), &target, &actor, now) {
                Err(FileError::Exists) => Ok(()),
                other => other,
            }
        } else {
            copy_file(call, &from, &target, &file)
        };
        if let Err(error) = result {
            done.complain(1, format!("cp: cannot create regular file '{target}': {}\n", error.text()));
        } else if keep {
            preserve(call, &target, &file);
        }
    }
    done
}

fn copy_file(call: &mut Call<'_>, from: &str, target: &str, file: &File) -> Result<(), FileError> {
    let text = call.read(from)?;
    let new = linux_files::entry(call.linux(), target).is_none();
    call.write(target, &text, false)?;
    let (size, mode) = (file.size, file.mode);
    if let Some(copy) = call.linux_mut().files.0.get_mut(target).filter(|_| new) {
        (copy.size, copy.mode) = (size, mode & 0o755);
    }
    Ok(())
}

/// Mode, time and, for root, owner.
fn preserve(call: &mut Call<'_>, target: &str, file: &File) {
    let root = call.is_root();
    if let Some(copy) = call.linux_mut().files.0.get_mut(target) {
        (copy.mode, copy.modified) = (file.mode, file.modified);
        if root {
            copy.owner.clone_from(&file.owner);
            copy.group.clone_from(&file.group);
        }
    }
}

fn mv(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("mv", &given, &["f", "i", "n", "v"]) {
        return complaint;
    }
    let (sources, to) = match operands("mv", names) {
        Ok(found) => found,
        Err(complaint) => return complaint,
    };
    let mut done = Done::default();
    for source in &sources {
        let from = call.path(source);
        let target = destination(call, &from, &to);
        if let Err(error) = rename(call, &from, &target) {
            let line = if error == FileError::NotFound {
                format!("mv: cannot stat '{source}': {}\n", error.text())
            } else {
                format!("mv: cannot move '{source}' to '{target}': {}\n", error.text())
            };
            done.complain(1, line);
        }
    }
    done
}

/// Renames within the rights of both folders. What lies below goes along; sizes move to the target's file system.
fn rename(call: &mut Call<'_>, from: &str, target: &str) -> Result<(), FileError> {
    let actor = call.actor();
    let file = linux_files::open(call.linux(), from, &actor, 0)?;
    for at in [from, target] {
        linux_files::open(call.linux(), &path::parent(at), &actor, WRITE | linux_files::ENTER)?;
    }
    if linux_files::generated::entry(from).is_some() || linux_files::generated::entry(target).is_some() {
        return Err(FileError::NotPermitted);
    }
    if from == target || path::is_within(target, from) {
        return Err(FileError::Exists);
    }
    if linux_files::entry(call.linux(), target).is_some() {
        linux_files::remove(call.linux_mut(), target, &actor)?;
    }
    let linux = call.linux_mut();
    linux.fstab_stale |= from == "/etc/fstab" || target == "/etc/fstab";
    let moved: Vec<String> = linux.files.0.keys().filter(|name| path::is_within(name, from)).cloned().collect();
    if moved.is_empty() {
        linux.files.0.insert(target.to_owned(), file);
    }
    for name in moved {
        let rest = name.strip_prefix(from).unwrap_or_default().to_owned();
        if let Some(entry) = linux.files.0.remove(&name) {
            linux.files.0.insert(format!("{target}{rest}"), entry);
        }
        // A process that has it open goes on with it under its new name.
        for open in linux.processes.iter_mut().flat_map(|process| &mut process.open).filter(|open| **open == name) {
            *open = format!("{target}{rest}");
        }
    }
    Ok(())
}

fn rm(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    let known = ["r", "R", "f", "v", "i", "d", "--recursive", "--force", "--no-preserve-root"];
    if let Some(complaint) = stranger("rm", &given, &known) {
        return complaint;
    }
    let (recursive, force) = (has(&given, &["r", "R", "--recursive"]), has(&given, &["f", "--force"]));
    if names.is_empty() {
        return if force {
            Done::default()
        } else {
            Done::failed(1, "rm: missing operand\nTry 'rm --help' for more information.\n")
        };
    }
    let mut done = Done::default();
    for name in &names {
        let at = call.path(name);
        if at == "/" {
            done.complain(
                1,
                "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n",
            );
            continue;
        }
        // `folder/*` of a pile: bash hands the names over, which have no entries of their own here.
        if let Some(folder) = at.strip_suffix("/*").or_else(|| at.strip_suffix("/sess_*"))
            && linux_files::many(call.linux(), folder).is_some()
        {
            done.add(argument_list(call, folder));
            continue;
        }
        let Some(file) = linux_files::entry(call.linux(), &at) else {
            if !force {
                done.complain(1, format!("rm: cannot remove '{name}': No such file or directory\n"));
            }
            continue;
        };
        if file.folder && !recursive {
            done.complain(1, format!("rm: cannot remove '{name}': Is a directory\n"));
            continue;
        }
        done.add(remove_tree(call, name, &at));
    }
    done
}

/// Linux hands a program at most 2 MiB of arguments (execve(2), a quarter of an 8 MiB stack); a longer list does not start it.
fn argument_list(call: &mut Call<'_>, folder: &str) -> Done {
    const MOST: u64 = 2 * 1024 * 1024;
    let each = u64::try_from(folder.len()).unwrap_or(0) + 23;
    if linux_files::many(call.linux(), folder).unwrap_or(0) * each > MOST {
        return Done::failed(126, "bash: /usr/bin/rm: Argument list too long\n");
    }
    let actor = call.actor();
    match linux_files::clear_pile(call.linux_mut(), folder, &actor) {
        Ok(_) => Done::default(),
        Err(error) => Done::failed(1, format!("rm: cannot remove '{folder}/*': {}\n", error.text())),
    }
}

fn remove_tree(call: &mut Call<'_>, shown: &str, at: &str) -> Done {
    let actor = call.actor();
    let mut done = Done::default();
    let mut found = vec![at.to_owned()];
    let mut next = 0;
    while let Some(folder) = found.get(next).cloned() {
        next += 1;
        if linux_files::entry(call.linux(), &folder).is_some_and(|file| file.folder) {
            found.extend(linux_files::children(call.linux(), &folder).iter().map(|child| path::join(&folder, child)));
        }
    }
    for name in found.iter().rev() {
        if linux_files::many(call.linux(), name).is_some() {
            let _ = linux_files::clear_pile(call.linux_mut(), name, &actor);
        }
        let implied = !call.linux().files.0.contains_key(name);
        if let Err(error) = linux_files::remove(call.linux_mut(), name, &actor) {
            if implied && error == FileError::NotFound {
                continue;
            }
            let text = if error == FileError::Denied && call.is_root() { "Device or resource busy" } else { error.text() };
            let label = name.replacen(at, shown, 1);
            done.complain(1, format!("rm: cannot remove '{label}': {text}\n"));
        }
    }
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

fn rmdir(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut done = Done::default();
    for name in args {
        let (at, actor) = (call.path(name), call.actor());
        let result = match linux_files::entry(call.linux(), &at) {
            Some(file) if !file.folder => Err(FileError::NotFolder),
            _ => linux_files::remove(call.linux_mut(), &at, &actor),
        };
        if let Err(error) = result {
            done.complain(1, format!("rmdir: failed to remove '{name}': {}\n", error.text()));
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
