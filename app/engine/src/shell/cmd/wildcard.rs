//! `*` and `?` in names.

/// `*` stands for any text, `?` for one character; upper and lower case are the same. `*.*` is everything, as in `cmd`.
#[must_use]
pub fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = if pattern == "*.*" { vec!['*'] } else { pattern.to_lowercase().chars().collect() };
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || name.get(n) == Some(c) => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                p = at + 1;
                n = from + 1;
            }
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|c| *c == '*'))
}

/// Whether a text has `*` or `?` in it.
#[must_use]
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// The name that `ren` gives: the mask's letters replace the name's one by one, `?` keeps one, `*` keeps all up to the last place
/// of the letter after it, and a dot goes on behind the name's next dot.
#[must_use]
pub fn renamed(mask: &str, name: &str) -> String {
    let (mask, name): (Vec<char>, Vec<char>) = (mask.chars().collect(), name.chars().collect());
    let mut made = String::new();
    let mut at = 0;
    for (place, letter) in mask.iter().enumerate() {
        let rest = name.get(at..).unwrap_or_default();
        match letter {
            '*' => {
                let until = mask.get(place + 1).filter(|next| !matches!(next, '*' | '?'));
                let kept = until.and_then(|next| rest.iter().rposition(|c| c == next)).unwrap_or(rest.len());
                made.extend(rest.iter().take(kept));
                at += kept;
            }
            '?' => {
                if let Some(kept) = rest.first().filter(|c| **c != '.') {
                    made.push(*kept);
                    at += 1;
                }
            }
            '.' => {
                at += rest.iter().position(|c| *c == '.').map_or(rest.len(), |dot| dot + 1);
                made.push('.');
            }
            other => {
                if rest.first().is_some_and(|c| *c != '.') {
                    at += 1;
                }
                made.push(*other);
            }
        }
    }
    made.trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name, wanted) in [
            ("*", "anything", true),
            ("*.*", "no-dot", true),
            ("Eth*", "ethernet 2", true),
            ("?at", "cat", true),
            ("?at", "at", false),
            ("a*b*c", "a-xb-yc", true),
            ("a*b*c", "a-xb-y", false),
            ("", "", true),
            ("", "x", false),
        ] {
            assert_eq!(matches(pattern, name), wanted, "{pattern} {name}");
        }
    }

    #[test]
    fn new_names_from_a_mask() {
        for (mask, name, wanted) in [
            ("z.txt", "a.txt", "z.txt"),
            ("*.bak", "plan.txt", "plan.bak"),
            ("*.bak", "plan.old.txt", "plan.old.bak"),
            ("new*", "plan.txt", "newn.txt"),
            ("??-x.*", "plan.txt", "pl-x.txt"),
            ("*", "plan.txt", "plan.txt"),
            ("*.", "plan.txt", "plan"),
        ] {
            assert_eq!(renamed(mask, name), wanted, "{mask} {name}");
        }
    }
}
