//! `chmod`, `chown`, `chgrp`.

use super::call::{Call, Done, has, options, stranger};
use super::{Command, command};
use crate::machine::linux_files::{self, FileError, path};
use crate::world::files::File;

pub const COMMANDS: &[Command] = &[command("chmod", "", chmod), command("chown", "", chown), command("chgrp", "", chgrp)];

/// A change of one file's entry: what chmod, chown and chgrp come down to.
type Change<'a> = &'a dyn Fn(&Call<'_>, &mut File) -> Result<(), FileError>;

fn chmod(call: &mut Call<'_>, args: &[String]) -> Done {
    // `-x` and `-w` look like options but are modes.
    let is_mode = |arg: &&String| arg.starts_with('-') && arg.chars().skip(1).all(|c| "rwxXst".contains(c)) && arg.len() > 1;
    let minus: Option<String> = args.iter().find(is_mode).cloned();
    let others: Vec<String> = args.iter().filter(|arg| Some(*arg) != minus.as_ref()).cloned().collect();
    let (given, mut names) = options(&others, "");
    if let Some(complaint) = stranger("chmod", &given, &["R", "v", "c", "f", "--recursive"]) {
        return complaint;
    }
    let mode = minus.or_else(|| (!names.is_empty()).then(|| names.remove(0)));
    let Some(mode) = mode else { return Done::failed(1, "chmod: missing operand\nTry 'chmod --help' for more information.\n") };
    if names.is_empty() {
        return Done::failed(1, format!("chmod: missing operand after '{mode}'\nTry 'chmod --help' for more information.\n"));
    }
    if applied(&mode, &File::default()).is_none() {
        return Done::failed(1, format!("chmod: invalid mode: '{mode}'\nTry 'chmod --help' for more information.\n"));
    }
    let change = |call: &Call<'_>, file: &mut File| {
        if !call.is_root() && file.owner != call.user() {
            return Err(FileError::NotPermitted);
        }
        file.mode = applied(&mode, file).unwrap_or(file.mode);
        Ok(())
    };
    each(call, &names, has(&given, &["R", "--recursive"]), "chmod: changing permissions of", &change)
}

/// The mode after `755`, `g+w`, `u=rwx,go-w`; `None` where it is not a mode. Octal modes keep a folder's set-id bits.
fn applied(mode: &str, file: &File) -> Option<u16> {
    if !mode.is_empty() && mode.len() <= 5 && mode.chars().all(|c| c.is_digit(8)) {
        let bits = u16::from_str_radix(mode, 8).ok().filter(|bits| *bits <= 0o7777)?;
        return Some(if file.folder && mode.len() < 5 { bits | file.mode & 0o6000 } else { bits });
    }
    let mut result = file.mode;
    for clause in mode.split(',') {
        let at = clause.find(['+', '-', '='])?;
        let (who, rest) = (clause.get(..at)?, clause.get(at..)?);
        let mut operator = '+';
        let all = who.is_empty() || who.contains('a');
        if !who.chars().all(|c| "ugoa".contains(c)) {
            return None;
        }
        for c in rest.chars() {
            if matches!(c, '+' | '-' | '=') {
                operator = c;
                if c == '=' {
                    for (letter, mask) in [('u', 0o700), ('g', 0o070), ('o', 0o007)] {
                        if all || who.contains(letter) {
                            result &= !mask;
                        }
                    }
                }
                continue;
            }
            let bits = bits(c, all, who, file.folder || result & 0o111 != 0)?;
            result = if operator == '-' { result & !bits } else { result | bits };
        }
    }
    Some(result)
}

fn bits(letter: char, all: bool, who: &str, runs: bool) -> Option<u16> {
    let one = match letter {
        'r' => 4,
        'w' => 2,
        'x' => 1,
        'X' => u16::from(runs),
        's' => {
            return Some(if all || who.contains('u') { 0o4000 } else { 0 } | if all || who.contains('g') { 0o2000 } else { 0 });
        }
        't' => return Some(0o1000),
        _ => return None,
    };
    // Without a class the umask 022 holds write back (chmod(1)).
    let masked = who.is_empty() && letter == 'w';
    let classes = [('u', 6), ('g', 3), ('o', 0)];
    let chosen = classes.iter().filter(|(class, _)| (all || who.contains(*class)) && (!masked || *class == 'u'));
    Some(chosen.fold(0, |bits, (_, shift)| bits | one << shift))
}

fn chown(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, mut names) = options(args, "");
    if let Some(complaint) = stranger("chown", &given, &["R", "v", "c", "f", "--recursive"]) {
        return complaint;
    }
    if names.is_empty() {
        return Done::failed(1, "chown: missing operand\nTry 'chown --help' for more information.\n");
    }
    let wanted = names.remove(0);
    if names.is_empty() {
        return Done::failed(1, format!("chown: missing operand after '{wanted}'\nTry 'chown --help' for more information.\n"));
    }
    let (owner, group) = wanted.split_once(':').map_or((wanted.as_str(), None), |(owner, group)| (owner, Some(group)));
    let accounts = &call.linux().accounts;
    if !owner.is_empty() && accounts.user(owner).is_none() {
        return Done::failed(1, format!("chown: invalid user: '{wanted}'\n"));
    }
    if group.is_some_and(|group| !group.is_empty() && !accounts.groups.contains_key(group)) {
        return Done::failed(1, format!("chown: invalid group: '{wanted}'\n"));
    }
    let change = |call: &Call<'_>, file: &mut File| {
        if !call.is_root() {
            return Err(FileError::NotPermitted);
        }
        if !owner.is_empty() {
            owner.clone_into(&mut file.owner);
        }
        match group {
            Some("") if !owner.is_empty() => owner.clone_into(&mut file.group),
            Some(group) if !group.is_empty() => group.clone_into(&mut file.group),
            _ => {}
        }
        Ok(())
    };
    each(call, &names, has(&given, &["R", "--recursive"]), "chown: changing ownership of", &change)
}

fn chgrp(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, mut names) = options(args, "");
    if let Some(complaint) = stranger("chgrp", &given, &["R", "v", "c", "f", "--recursive"]) {
        return complaint;
    }
    if names.len() < 2 {
        return Done::failed(1, "chgrp: missing operand\nTry 'chgrp --help' for more information.\n");
    }
    let group = names.remove(0);
    if !call.linux().accounts.groups.contains_key(&group) {
        return Done::failed(1, format!("chgrp: invalid group: '{group}'\n"));
    }
    let change = |call: &Call<'_>, file: &mut File| {
        // An owner may give a file to a group that he is in.
        if !call.is_root() && (file.owner != call.user() || !call.actor().groups.contains(&group)) {
            return Err(FileError::NotPermitted);
        }
        group.clone_into(&mut file.group);
        Ok(())
    };
    each(call, &names, has(&given, &["R", "--recursive"]), "chgrp: changing group of", &change)
}

fn each(call: &mut Call<'_>, names: &[String], recursive: bool, doing: &str, change: Change<'_>) -> Done {
    let program = doing.split(':').next().unwrap_or_default();
    let mut done = Done::default();
    for name in names {
        let at = call.path(name);
        if let Err(error) = linux_files::open(call.linux(), &at, &call.actor(), 0) {
            done.complain(1, format!("{program}: cannot access '{name}': {}\n", error.text()));
            continue;
        }
        let mut found = vec![at.clone()];
        if recursive {
            found.extend(call.linux().files.0.keys().filter(|path| **path != at && path::is_within(path, &at)).cloned());
        }
        for path in found {
            let Some(mut file) = linux_files::entry(call.linux(), &path) else { continue };
            if linux_files::generated::entry(&path).is_some() {
                call.world.note_not_modelled(format!("{program} on {path}"));
                done.complain(1, format!("[simulation] not modelled here: {program} on {path}\n"));
                continue;
            }
            match change(call, &mut file) {
                Ok(()) => {
                    call.linux_mut().files.0.insert(path, file);
                }
                Err(error) => {
                    let shown = path.replacen(&at, name, 1);
                    done.complain(1, format!("{doing} '{shown}': {}\n", error.text()));
                }
            }
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_read_as_chmod_reads_them() {
        let file = |mode, folder| File { folder, mode, ..File::default() };
        for (mode, before, folder, expected) in [
            ("644", 0o777, false, Some(0o644)),
            ("775", 0o2755, true, Some(0o2775)),
            ("g+w", 0o2755, true, Some(0o2775)),
            ("u=rw,go=r", 0o777, false, Some(0o644)),
            ("+x", 0o644, false, Some(0o755)),
            ("+w", 0o444, false, Some(0o644)),
            ("o-rwx", 0o777, false, Some(0o770)),
            ("g+s", 0o775, true, Some(0o2775)),
            ("999", 0o644, false, None),
            ("z+w", 0o644, false, None),
            ("", 0o644, false, None),
        ] {
            assert_eq!(applied(mode, &file(before, folder)), expected, "{mode}");
        }
    }
}
