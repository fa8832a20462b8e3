//! Paths as text: absolute, without `.` and `..`.

use crate::sorted::Set;
use crate::world::linux::Linux;

/// `name` as seen from `folder`, with `~` replaced by `home`.
#[must_use]
pub fn absolute(folder: &str, home: &str, name: &str) -> String {
    let name = match name.strip_prefix('~') {
        Some("") => home.to_owned(),
        Some(rest) if rest.starts_with('/') => format!("{home}{rest}"),
        _ => name.to_owned(),
    };
    let joined = if name.starts_with('/') { name } else { format!("{folder}/{name}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    format!("/{}", parts.join("/"))
}

/// `/` for `/etc`, and for `/` itself.
#[must_use]
pub fn parent(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/".to_owned(),
        Some((above, _)) => above.to_owned(),
    }
}

/// The last part.
#[must_use]
pub fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

#[must_use]
pub fn join(folder: &str, name: &str) -> String {
    if folder == "/" { format!("/{name}") } else { format!("{folder}/{name}") }
}

/// `/`, `/srv`, `/srv/team` for `/srv/team/plan.txt`.
#[must_use]
pub fn ancestors(path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = path.to_owned();
    while at != "/" {
        at = parent(&at);
        found.push(at.clone());
    }
    found.reverse();
    found
}

/// Equal or below.
#[must_use]
pub fn is_within(path: &str, folder: &str) -> bool {
    folder == "/" || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[must_use]
pub fn has_children(linux: &Linux, folder: &str) -> bool {
    let prefix = if folder == "/" { "/".to_owned() } else { format!("{folder}/") };
    linux.files.0.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix)).any(|(_, file)| !file.deleted)
}

/// The names right below a folder.
pub fn children<'a>(paths: impl Iterator<Item = &'a str>, folder: &str) -> Set<String> {
    let prefix = if folder == "/" { "/".to_owned() } else { format!("{folder}/") };
    paths
        .filter_map(|path| path.strip_prefix(&prefix))
        .filter_map(|rest| rest.split('/').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Shell patterns: `*` and `?`; nothing else is special.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || text.get(t) == Some(c) => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                p = at + 1;
                t = from + 1;
            }
        }
    }
    pattern.get(p..).is_none_or(|rest| rest.iter().all(|c| *c == '*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_absolute() {
        for (name, expected) in [
            ("notes", "/home/ada/notes"),
            ("../..", "/"),
            ("/etc/./x/../fstab", "/etc/fstab"),
            ("~/a", "/home/ada/a"),
            ("../../..", "/"),
        ] {
            assert_eq!(absolute("/home/ada", "/home/ada", name), expected, "{name}");
        }
        assert_eq!(ancestors("/srv/team/x"), ["/", "/srv", "/srv/team"]);
        assert!(is_within("/srv/team", "/srv") && !is_within("/srvx", "/srv"));
    }

    #[test]
    fn patterns_match_as_in_a_shell() {
        for (pattern, text, expected) in
            [("*.log", "a.log", true), ("*.log", "a.log.1", false), ("a?c", "abc", true), ("*", "", true), ("*a*b", "xaxb", true)]
        {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
