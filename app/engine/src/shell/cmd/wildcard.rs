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
}
