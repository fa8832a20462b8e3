//! Expansion: `~`, variables, splitting, file patterns.

use super::call::Call;
use super::parse::{Part, Word};
use crate::machine::linux_files::{self, path};

/// The words of a command after expansion.
pub fn words(call: &Call<'_>, words: &[Word]) -> Vec<String> {
    words.iter().flat_map(|word| one(call, word)).collect()
}

/// A single text, as redirections and assignments take it: no splitting, no patterns.
pub fn text(call: &Call<'_>, word: &Word) -> String {
    let part = |part: &Part| match part {
        Part::Text(text, _) => text.clone(),
        Part::Variable(name, _) => variable(call, name),
    };
    tilde(call, word, &word.iter().map(part).collect::<String>())
}

fn tilde(call: &Call<'_>, word: &Word, text: &str) -> String {
    let bare = matches!(word.first(), Some(Part::Text(first, false)) if first.starts_with('~'));
    match text.strip_prefix('~') {
        Some(rest) if bare && (rest.is_empty() || rest.starts_with('/')) => call.home() + rest,
        Some(rest) if bare => {
            let (user, below) = rest.split_once('/').map_or((rest, String::new()), |(user, below)| (user, format!("/{below}")));
            call.linux().accounts.user(user).map_or_else(|| text.to_owned(), |user| user.home.clone() + &below)
        }
        _ => text.to_owned(),
    }
}

fn variable(call: &Call<'_>, name: &str) -> String {
    let set = call.session.bash.variables.iter().find(|(set, _)| set == name).map(|(_, value)| value.clone());
    set.unwrap_or_else(|| match name {
        "?" => call.session.bash.last_exit.to_string(),
        "HOME" => call.home(),
        "USER" | "LOGNAME" => call.user(),
        "PWD" => call.session.folder.clone(),
        "SHELL" => "/bin/bash".to_owned(),
        "HOSTNAME" => linux_files::generated::host_name(call.device()),
        "PATH" => "/usr/local/bin:/usr/bin:/bin".to_owned(),
        "LANG" => "C.UTF-8".to_owned(),
        "UID" => call.linux().accounts.user(&call.user()).map_or(0, |user| user.uid).to_string(),
        _ => String::new(),
    })
}

/// One word to none, one or several.
fn one(call: &Call<'_>, word: &Word) -> Vec<String> {
    /// Marks characters that patterns must not see; never typed.
    const QUOTE: char = '\u{1}';
    let mut pieces: Vec<String> = vec![String::new()];
    let mut exists = false;
    let append = |pieces: &mut Vec<String>, text: &str| {
        if let Some(last) = pieces.last_mut() {
            last.push_str(text);
        }
    };
    for part in word {
        match part {
            Part::Text(text, true) => {
                exists = true;
                let marked: String =
                    text.chars().flat_map(|c| if matches!(c, '*' | '?') { vec![QUOTE, c] } else { vec![c] }).collect();
                append(&mut pieces, &marked);
            }
            Part::Text(text, false) => append(&mut pieces, text),
            Part::Variable(name, true) => {
                exists = true;
                append(&mut pieces, &variable(call, name));
            }
            Part::Variable(name, false) => {
                for (at, piece) in variable(call, name).split_whitespace().enumerate() {
                    if at > 0 {
                        pieces.push(String::new());
                    }
                    append(&mut pieces, piece);
                }
            }
        }
    }
    pieces.retain(|piece| exists || !piece.is_empty());
    let mut found = Vec::new();
    for piece in pieces {
        let piece = tilde(call, word, &piece);
        let pattern = piece.replace(QUOTE, "\\");
        let plain: String = piece.chars().filter(|c| *c != QUOTE).collect();
        let open = piece
            .chars()
            .zip(std::iter::once(' ').chain(piece.chars()))
            .any(|(c, before)| matches!(c, '*' | '?') && before != QUOTE);
        let matched = if open && !pattern.contains('\\') { files(call, &plain) } else { Vec::new() };
        if matched.is_empty() { found.push(plain) } else { found.extend(matched) }
    }
    found
}

/// The files a pattern stands for, as they would be typed; names with a dot first only when the pattern has it.
fn files(call: &Call<'_>, pattern: &str) -> Vec<String> {
    let mut found: Vec<(String, String)> = if pattern.starts_with('/') {
        vec![("/".to_owned(), "/".to_owned())]
    } else {
        vec![(String::new(), call.session.folder.clone())]
    };
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let mut next = Vec::new();
        for (shown, at) in found {
            let show = |name: &str| if shown.is_empty() { name.to_owned() } else { path::join(&shown, name) };
            if part.contains(['*', '?']) {
                let readable =
                    linux_files::open(call.linux(), &at, &call.actor(), linux_files::READ).is_ok_and(|file| file.folder);
                let names = if readable { linux_files::children(call.linux(), &at) } else { Vec::new() };
                let fits = |name: &&String| path::matches(part, name) && (!name.starts_with('.') || part.starts_with('.'));
                next.extend(names.iter().filter(fits).map(|name| (show(name), path::join(&at, name))));
            } else {
                next.push((show(part), path::absolute(&at, &call.home(), part)));
            }
        }
        found = next;
    }
    found.into_iter().filter(|(_, at)| linux_files::entry(call.linux(), at).is_some()).map(|(shown, _)| shown).collect()
}
