//! `| include`, `| exclude`, `| begin`, `| section`.

/// A filter with its pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter<'l> {
    kind: Kind,
    pattern: &'l str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Include,
    Exclude,
    Begin,
    Section,
}

/// The command and what its output goes through. A bar without a known word after it belongs to the command.
pub fn split(line: &str) -> (&str, Option<Filter<'_>>) {
    let Some((command, rest)) = line.split_once('|') else { return (line, None) };
    let rest = rest.trim();
    let (word, pattern) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let word = word.to_ascii_lowercase();
    let kinds = [("include", Kind::Include), ("exclude", Kind::Exclude), ("begin", Kind::Begin), ("section", Kind::Section)];
    let found = kinds.iter().find(|(name, _)| !word.is_empty() && name.starts_with(word.as_str()));
    match found {
        Some((_, kind)) if !pattern.is_empty() => (command, Some(Filter { kind: *kind, pattern: pattern.trim_start() })),
        _ => (line, None),
    }
}

pub fn apply(text: &str, filter: Filter<'_>) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let fits = |line: &&&str| matches(line, filter.pattern);
    let kept: Vec<&str> = match filter.kind {
        Kind::Include => lines.iter().filter(fits).copied().collect(),
        Kind::Exclude => lines.iter().filter(|line| !fits(line)).copied().collect(),
        Kind::Begin => lines.iter().skip_while(|line| !fits(line)).copied().collect(),
        Kind::Section => section(&lines, filter.pattern),
    };
    kept.iter().flat_map(|line| [*line, "\n"]).collect()
}

/// A line that fits and what is indented below it.
fn section<'t>(lines: &[&'t str], pattern: &str) -> Vec<&'t str> {
    let mut kept = Vec::new();
    let mut inside = false;
    for line in lines {
        inside = if line.starts_with(' ') { inside } else { matches(line, pattern) };
        if inside || matches(line, pattern) {
            kept.push(*line);
        }
    }
    kept
}

/// Regular expressions of IOS, as far as people use them here: alternatives, `^`, `$` and a dot.
fn matches(line: &str, pattern: &str) -> bool {
    pattern.split('|').any(|one| {
        let (start, one) = one.strip_prefix('^').map_or((false, one), |rest| (true, rest));
        let (end, one) = one.strip_suffix('$').map_or((false, one), |rest| (true, rest));
        let wanted: Vec<char> = one.replace('\\', "").chars().collect();
        let line: Vec<char> = line.chars().collect();
        let last = line.len().saturating_sub(wanted.len());
        let at = |from: usize| {
            let fits = wanted.iter().zip(line.iter().skip(from)).all(|(wanted, there)| *wanted == '.' || wanted == there);
            fits && line.len() >= from.saturating_add(wanted.len()) && (!end || from.saturating_add(wanted.len()) == line.len())
        };
        if start { at(0) } else { (0..=last).any(at) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_filtered() {
        const TEXT: &str = "interface Gi0/1\n shutdown\n!\ninterface Gi0/2\n no cdp\nend\n";
        let run = |line: &str| {
            let (command, filter) = split(line);
            (command.to_owned(), filter.map(|filter| apply(TEXT, filter)))
        };
        assert_eq!(run("show run | i ^inter"), ("show run ".to_owned(), Some("interface Gi0/1\ninterface Gi0/2\n".to_owned())));
        assert_eq!(run("show run | exclude !").1.unwrap(), TEXT.replace("!\n", ""));
        assert_eq!(run("show run | begin 0/2$").1.unwrap(), "interface Gi0/2\n no cdp\nend\n");
        assert_eq!(run("show run | section Gi0/1").1.unwrap(), "interface Gi0/1\n shutdown\n");
        assert_eq!(run("show run | include shut|cdp").1.unwrap(), " shutdown\n no cdp\n");
        assert_eq!(run("show run | nothing x").1, None);
        assert_eq!(run("show run |").1, None);
    }
}
