//! `cp` and `mv`.

use super::super::call::{Call, Done, has, options, stranger};
use crate::machine::linux_files;
use crate::machine::linux_files::{FileError, WRITE, path};
use crate::world::files::File;

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

pub(super) fn cp(call: &mut Call<'_>, args: &[String]) -> Done {
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

pub(super) fn mv(call: &mut Call<'_>, args: &[String]) -> Done {
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
