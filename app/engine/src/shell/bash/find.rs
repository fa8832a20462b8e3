//! `find`, with the tests that technicians use.

use super::call::{Call, Done, push_line};
use super::{Command, command};
use crate::machine::linux_files::{self, path};
use crate::time::Span;

pub const COMMANDS: &[Command] = &[command("find", "", find)];

#[derive(Default)]
struct Wanted {
    name: Option<String>,
    insensitive: bool,
    kind: Option<char>,
    /// Bytes, and whether more or less is wanted.
    size: Option<(char, u64)>,
    /// Days, and whether older or newer is wanted.
    days: Option<(char, u64)>,
    user: Option<String>,
    group: Option<String>,
    depth: Option<usize>,
    /// `-perm`: `=` exactly these bits, `-` all of them, `/` any of them.
    mode: Option<(char, u16)>,
    empty: bool,
    delete: bool,
}

fn find(call: &mut Call<'_>, args: &[String]) -> Done {
    let starts = args.iter().take_while(|arg| !arg.starts_with('-')).count();
    let (starts, tests) = args.split_at(starts);
    let wanted = match tests_of(tests) {
        Ok(wanted) => wanted,
        Err(complaint) if complaint.starts_with("find:") => return Done::failed(1, complaint),
        Err(test) => return call.not_modelled(&format!("find {test}")),
    };
    let here = [".".to_owned()];
    let mut done = Done::default();
    for start in if starts.is_empty() { &here } else { starts } {
        let at = call.path(start);
        if let Err(error) = linux_files::open(call.linux(), &at, &call.actor(), 0) {
            done.complain(1, format!("find: '{start}': {}\n", error.text()));
            continue;
        }
        walk(call, start, &at, &wanted, &mut done);
    }
    done
}

fn tests_of(tests: &[String]) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    let mut tests = tests.iter();
    while let Some(test) = tests.next() {
        let mut argument = || tests.next().cloned().ok_or_else(|| format!("find: missing argument to `{test}'\n"));
        match test.as_str() {
            "-name" => wanted.name = Some(argument()?),
            "-iname" => {
                wanted.name = Some(argument()?.to_lowercase());
                wanted.insensitive = true;
            }
            "-type" => wanted.kind = argument()?.chars().next(),
            "-user" => wanted.user = Some(argument()?),
            "-group" => wanted.group = Some(argument()?),
            "-maxdepth" => wanted.depth = argument()?.parse().ok(),
            "-mtime" => wanted.days = Some(signed(&argument()?)),
            "-size" => {
                let text = argument()?;
                let (sign, _) = signed(&text);
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let unit = match text.chars().last() {
                    Some('k') => 1024,
                    Some('M') => 1024 * 1024,
                    Some('G') => 1024 * 1024 * 1024,
                    Some('c') => 1,
                    _ => 512,
                };
                wanted.size = Some((sign, digits.parse::<u64>().unwrap_or(0).saturating_mul(unit)));
            }
            "-perm" => {
                let text = argument()?;
                let how = text.chars().next().filter(|c| matches!(c, '-' | '/')).unwrap_or('=');
                let digits = text.trim_start_matches(['-', '/']);
                let Ok(bits) = u16::from_str_radix(digits, 8) else { return Err(format!("-perm {text}")) };
                wanted.mode = Some((how, bits));
            }
            "-empty" => wanted.empty = true,
            "-delete" => wanted.delete = true,
            "-print" | "-xdev" | "-mount" => {}
            unknown if unknown.starts_with('-') => return Err(unknown.to_owned()),
            other => return Err(format!("find: paths must precede expression: `{other}'\n")),
        }
    }
    Ok(wanted)
}

/// `+7`, `-7`, `7`.
fn signed(text: &str) -> (char, u64) {
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-')).unwrap_or('=');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (sign, digits.parse().unwrap_or(0))
}

fn walk(call: &mut Call<'_>, shown: &str, at: &str, wanted: &Wanted, done: &mut Done) {
    /// Names of a pile that are printed one by one.
    const SHOWN: u64 = 100_000;
    let mut open = vec![(shown.to_owned(), at.to_owned(), 0_usize)];
    let mut hits = Vec::new();
    while let Some((shown, at, depth)) = open.pop() {
        let linux = call.linux();
        let Some(file) = linux_files::entry(linux, &at) else { continue };
        if fits(call, &at, wanted) {
            hits.push(at.clone());
            if !wanted.delete {
                push_line(&mut done.out, &shown);
            }
        }
        if !file.folder || wanted.depth.is_some_and(|most| depth >= most) {
            continue;
        }
        if let Err(error) = linux_files::open(linux, &at, &call.actor(), linux_files::READ | linux_files::ENTER) {
            done.complain(1, format!("find: '{shown}': {}\n", error.text()));
            continue;
        }
        for child in linux_files::children(linux, &at).iter().rev() {
            open.push((path::join(shown.trim_end_matches('/'), child), path::join(&at, child), depth + 1));
        }
        if let Some(pile) = linux_files::many(linux, &at).filter(|_| pile_fits(wanted)) {
            if wanted.delete {
                let actor = call.actor();
                if let Err(error) = linux_files::clear_pile(call.linux_mut(), &at, &actor) {
                    done.complain(1, format!("find: cannot delete '{shown}': {}\n", error.text()));
                }
            } else {
                for number in 0..pile.min(SHOWN) {
                    push_line(&mut done.out, &format!("{shown}/sess_{number:08x}"));
                }
            }
        }
    }
    if wanted.delete {
        for at in hits.iter().rev() {
            let actor = call.actor();
            if let Err(error) = linux_files::remove(call.linux_mut(), at, &actor) {
                done.complain(1, format!("find: cannot delete '{at}': {}\n", error.text()));
            }
        }
    }
}

fn pile_fits(wanted: &Wanted) -> bool {
    wanted.kind.is_none_or(|kind| kind == 'f')
        && wanted.name.as_ref().is_none_or(|name| path::matches(name, "sess_00000000"))
        && wanted.size.is_none_or(|(sign, _)| sign == '-')
        && wanted.user.as_ref().is_none_or(|user| user == "www-data")
        && wanted.mode.is_none()
        && !wanted.empty
}

fn fits(call: &Call<'_>, at: &str, wanted: &Wanted) -> bool {
    let Some(file) = linux_files::entry(call.linux(), at) else { return false };
    let name = path::name(at);
    let name = if wanted.insensitive { name.to_lowercase() } else { name.to_owned() };
    let compare = |(sign, limit): (char, u64), value: u64| match sign {
        '+' => value > limit,
        '-' => value < limit,
        _ => value == limit,
    };
    let modified = if file.modified.0 == 0 { call.device().started } else { file.modified };
    let days = (call.world.now - modified).0 / Span::days(1).0;
    wanted.name.as_ref().is_none_or(|pattern| path::matches(pattern, &name))
        && wanted.kind.is_none_or(|kind| file.folder == (kind == 'd') && matches!(kind, 'f' | 'd'))
        && wanted.size.is_none_or(|size| !file.folder && compare(size, linux_files::bytes(&file)))
        && wanted.days.is_none_or(|limit| compare(limit, days))
        && wanted.user.as_ref().is_none_or(|user| *user == file.owner)
        && wanted.group.as_ref().is_none_or(|group| *group == file.group)
        && wanted.mode.is_none_or(|(how, bits)| match how {
            '-' => file.mode & bits == bits,
            '/' => bits == 0 || file.mode & bits != 0,
            _ => file.mode == bits,
        })
        && (!wanted.empty || is_empty(call, at, file.folder))
}

fn is_empty(call: &Call<'_>, at: &str, folder: bool) -> bool {
    let linux = call.linux();
    if folder {
        return linux_files::children(linux, at).is_empty() && linux_files::many(linux, at).is_none();
    }
    linux_files::entry(linux, at).is_some_and(|file| linux_files::bytes(&file) == 0)
}
