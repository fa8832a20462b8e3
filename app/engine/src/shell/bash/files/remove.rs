//! `rm` and `rmdir`.

use super::super::call::{Call, Done, has, options, stranger};
use crate::machine::linux_files;
use crate::machine::linux_files::{FileError, path};

pub(super) fn rm(call: &mut Call<'_>, args: &[String]) -> Done {
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

pub(super) fn rmdir(call: &mut Call<'_>, args: &[String]) -> Done {
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
