//! Regular expressions as `grep` and `sed` use them: a small backtracking matcher (POSIX basic and extended, without back references).
//!
//! Our own, although the crate `regex-lite` (0.1.9, February 2026, MIT or Apache-2.0) is well kept: it reads another language, in which
//! basic expressions have to be translated, and takes the first alternative where POSIX takes the longest. In a WebAssembly module
//! of its own, optimised for size, it makes 82 KB (35 KB gzipped) against 18 KB (8 KB) of this file, and the engine's budget is spent.

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Regex {
    /// One of these must match.
    alternatives: Vec<Vec<Item>>,
    ignore_case: bool,
}

#[derive(Clone, Debug)]
struct Item {
    atom: Atom,
    least: u16,
    most: u16,
}

#[derive(Clone, Debug)]
enum Atom {
    Char(char),
    Any,
    /// Ranges, and whether they are excluded.
    Class(Vec<(char, char)>, bool),
    Group(Vec<Vec<Item>>),
    Start,
    End,
}

/// More steps than any honest pattern on a line needs; ends patterns made to explode.
const STEPS: u32 = 20_000;

/// The most repetitions of a group: each takes room on the stack.
const GROUPS: u16 = 100;

impl Regex {
    #[must_use]
    pub fn new(pattern: &str, extended: bool, ignore_case: bool) -> Self {
        let chars: Vec<char> = pattern.chars().collect();
        let mut reader = Reader { chars, at: 0, extended };
        Self { alternatives: reader.alternatives(0), ignore_case }
    }

    /// Only these characters, nothing special.
    #[must_use]
    pub fn literal(text: &str, ignore_case: bool) -> Self {
        let items = text.chars().map(|c| Item { atom: Atom::Char(c), least: 1, most: 1 }).collect();
        Self { alternatives: vec![items], ignore_case }
    }

    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        self.find(&chars, 0).is_some()
    }

    /// The first match from `from` on: start and end, in characters.
    #[must_use]
    pub fn find(&self, text: &[char], from: usize) -> Option<(usize, usize)> {
        for start in from..=text.len() {
            let mut run = Run { text, ignore_case: self.ignore_case, steps: STEPS };
            let ends = self.alternatives.iter().filter_map(|items| run.items(items, start, &|_, end| Some(end)));
            // POSIX takes the longest of the alternatives.
            if let Some(end) = ends.max() {
                return Some((start, end));
            }
        }
        None
    }

    /// Replaces the first match, or all of them; `&` in `with` is the match.
    #[must_use]
    pub fn replace(&self, text: &str, with: &str, all: bool) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::new();
        let mut at = 0;
        while let Some((start, end)) = self.find(&chars, at) {
            out.extend(chars.get(at..start).unwrap_or_default());
            let matched: String = chars.get(start..end).unwrap_or_default().iter().collect();
            let mut escaped = false;
            for c in with.chars() {
                match c {
                    '\\' if !escaped => escaped = true,
                    '&' if !escaped => out.push_str(&matched),
                    'n' if escaped => {
                        out.push('\n');
                        escaped = false;
                    }
                    other => {
                        out.push(other);
                        escaped = false;
                    }
                }
            }
            at = end;
            if start == end {
                out.extend(chars.get(at));
                at += 1;
            }
            if !all || at > chars.len() {
                break;
            }
        }
        out.extend(chars.get(at..).unwrap_or_default());
        out
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    extended: bool,
}

impl Reader {
    /// The operator `op` stands here: bare in extended expressions, after `\` in basic ones.
    fn takes(&mut self, op: char) -> bool {
        let here = self.chars.get(self.at).copied();
        let next = self.chars.get(self.at + 1).copied();
        if self.extended && here == Some(op) {
            self.at += 1;
            true
        } else if !self.extended && here == Some('\\') && next == Some(op) {
            self.at += 2;
            true
        } else {
            false
        }
    }

    fn alternatives(&mut self, depth: u8) -> Vec<Vec<Item>> {
        /// Deeper than any pattern that people type.
        const DEEPEST: u8 = 20;
        let mut all = Vec::new();
        let mut items: Vec<Item> = Vec::new();
        while self.at < self.chars.len() {
            if self.takes('|') {
                all.push(std::mem::take(&mut items));
                continue;
            }
            if depth > 0 && self.takes(')') {
                break;
            }
            let atom = if depth < DEEPEST && self.takes('(') {
                Atom::Group(self.alternatives(depth + 1))
            } else {
                self.atom(items.is_empty())
            };
            let (least, most) = self.repeat();
            items.push(Item { atom, least, most });
        }
        all.push(items);
        all
    }

    fn atom(&mut self, first: bool) -> Atom {
        let Some(c) = self.chars.get(self.at).copied() else { return Atom::End };
        self.at += 1;
        match c {
            '.' => Atom::Any,
            '^' if first => Atom::Start,
            '$' if self.at == self.chars.len() || self.extended => Atom::End,
            '[' => self.class(),
            '\\' => {
                let escaped = self.chars.get(self.at).copied();
                self.at += 1;
                match escaped {
                    Some('s') => Atom::Class(vec![(' ', ' '), ('\t', '\t')], false),
                    Some('d') => Atom::Class(vec![('0', '9')], false),
                    Some('w') => Atom::Class(vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')], false),
                    Some('t') => Atom::Char('\t'),
                    Some(other) => Atom::Char(other),
                    None => Atom::Char('\\'),
                }
            }
            other => Atom::Char(other),
        }
    }

    fn class(&mut self) -> Atom {
        let negated = self.chars.get(self.at) == Some(&'^');
        self.at += usize::from(negated);
        let mut ranges = Vec::new();
        let begin = self.at;
        while let Some(c) = self.chars.get(self.at).copied() {
            if c == ']' && self.at > begin {
                self.at += 1;
                break;
            }
            let rest: String = self.chars.get(self.at..).unwrap_or_default().iter().take(10).collect();
            let named: &[(&str, &[(char, char)])] = &[
                ("[:space:]", &[(' ', ' '), ('\t', '\t')]),
                ("[:digit:]", &[('0', '9')]),
                ("[:alpha:]", &[('a', 'z'), ('A', 'Z')]),
                ("[:alnum:]", &[('a', 'z'), ('A', 'Z'), ('0', '9')]),
            ];
            if let Some((name, members)) = named.iter().find(|(name, _)| rest.starts_with(name)) {
                ranges.extend_from_slice(members);
                self.at += name.len();
                continue;
            }
            let last =
                self.chars.get(self.at + 2).copied().filter(|last| self.chars.get(self.at + 1) == Some(&'-') && *last != ']');
            ranges.push((c, last.unwrap_or(c)));
            self.at += if last.is_some() { 3 } else { 1 };
        }
        Atom::Class(ranges, negated)
    }

    fn repeat(&mut self) -> (u16, u16) {
        if self.chars.get(self.at) == Some(&'*') {
            self.at += 1;
            (0, u16::MAX)
        } else if self.takes('+') {
            (1, u16::MAX)
        } else if self.takes('?') {
            (0, 1)
        } else {
            (1, 1)
        }
    }
}

struct Run<'a> {
    text: &'a [char],
    ignore_case: bool,
    steps: u32,
}

impl Run<'_> {
    /// Matches the items from `at` on, then whatever `then` wants; greedy.
    fn items(&mut self, items: &[Item], at: usize, then: &dyn Fn(&mut Self, usize) -> Option<usize>) -> Option<usize> {
        let Some((first, rest)) = items.split_first() else { return then(self, at) };
        self.repeated(first, 0, rest, at, then)
    }

    fn repeated(
        &mut self,
        item: &Item,
        done: u16,
        rest: &[Item],
        at: usize,
        then: &dyn Fn(&mut Self, usize) -> Option<usize>,
    ) -> Option<usize> {
        self.steps = self.steps.checked_sub(1)?;
        let Atom::Group(all) = &item.atom else { return self.plain(item, rest, at, then) };
        if done < item.most.min(GROUPS) {
            let more = |run: &mut Self, end: usize| {
                if end == at && done >= item.least { None } else { run.repeated(item, done + 1, rest, end, then) }
            };
            if let Some(end) = all.iter().find_map(|items| self.items(items, at, &more)) {
                return Some(end);
            }
        }
        if done >= item.least { self.items(rest, at, then) } else { None }
    }

    /// One character again and again: as many as there are, then fewer.
    fn plain(
        &mut self,
        item: &Item,
        rest: &[Item],
        at: usize,
        then: &dyn Fn(&mut Self, usize) -> Option<usize>,
    ) -> Option<usize> {
        match item.atom {
            Atom::Start => return if at == 0 { self.items(rest, at, then) } else { None },
            Atom::End => return if at == self.text.len() { self.items(rest, at, then) } else { None },
            _ => {}
        }
        let fitting = self.text.iter().skip(at).take(usize::from(item.most)).take_while(|c| self.fits(&item.atom, **c)).count();
        let least = usize::from(item.least);
        for count in (least..=fitting).rev() {
            self.steps = self.steps.checked_sub(1)?;
            if let Some(end) = self.items(rest, at + count, then) {
                return Some(end);
            }
        }
        None
    }

    fn fits(&self, atom: &Atom, here: char) -> bool {
        match atom {
            Atom::Any => true,
            Atom::Char(c) => self.same(here, *c),
            Atom::Class(ranges, negated) => {
                let within = |(low, high): &(char, char)| {
                    let range = *low..=*high;
                    range.contains(&here)
                        || self.ignore_case
                            && (range.contains(&here.to_ascii_lowercase()) || range.contains(&here.to_ascii_uppercase()))
                };
                ranges.iter().any(within) != *negated
            }
            Atom::Start | Atom::End | Atom::Group(_) => false,
        }
    }

    fn same(&self, a: char, b: char) -> bool {
        a == b || self.ignore_case && a.eq_ignore_ascii_case(&b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_and_extended_expressions_match() {
        for (pattern, extended, text, expected) in [
            ("^a.c$", false, "abc", true),
            ("^a.c$", false, "xabc", false),
            ("ab*", false, "a", true),
            ("a\\|b", false, "xb", true),
            ("a|b", false, "xb", false),
            ("err(or)?s?$", true, "3 errors", true),
            ("[0-9]+", true, "no", false),
            ("[^a-z]", false, "abc1", true),
            ("[[:space:]]x", false, "a x", true),
            ("(a*)*b", true, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
        ] {
            assert_eq!(Regex::new(pattern, extended, false).is_match(text), expected, "{pattern} {text}");
        }
        assert!(Regex::new("ERROR", false, true).is_match("an error"));
        for odd in ["[", "(", "\\", "*", "+", "[^", "a{", "(()"] {
            let _ = (Regex::new(odd, true, true).is_match("é(["), Regex::new(odd, false, false).is_match(""));
        }
    }

    #[test]
    fn replacing_keeps_the_rest() {
        assert_eq!(Regex::new("b", false, false).replace("abcb", "[&]", true), "a[b]c[b]");
        assert_eq!(Regex::new("b", false, false).replace("abcb", "x", false), "axcb");
        assert_eq!(Regex::new("^", false, false).replace("ab", "#", false), "#ab");
    }
}
