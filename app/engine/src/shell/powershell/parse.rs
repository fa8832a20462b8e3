//! A line of PowerShell in its parts: statements, pipelines, words.

/// One word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// Was in quotes: never a parameter.
    pub quoted: bool,
    /// Where it begins in the line, in characters from 1, and how long it is there.
    pub at: usize,
    pub length: usize,
    /// A comma follows: the next word belongs to the same list.
    pub more: bool,
}

/// One command of a pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub words: Vec<Word>,
    /// As it stands in the line, without blanks around it.
    pub text: String,
    /// Where that begins, in characters from 1.
    pub at: usize,
}

/// Cuts at a separator outside quotes, braces and brackets; with the place of each part.
fn cut(text: &str, separator: char) -> Vec<(usize, String)> {
    let mut parts = vec![(0, String::new())];
    let (mut quote, mut depth) = (None, 0u32);
    for (at, c) in text.chars().enumerate() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '(') => depth = depth.saturating_add(1),
            (None, '}' | ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == separator && quote.is_none() && depth == 0 {
            parts.push((at + 1, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

/// The statements of a line, at `;`.
#[must_use]
pub fn statements(line: &str) -> Vec<(usize, String)> {
    let line: String = without_comment(line);
    cut(&line, ';').into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// `#` outside quotes begins a comment where a word could begin.
fn without_comment(line: &str) -> String {
    let mut quote = None;
    let mut before = ' ';
    let mut kept = String::new();
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') if before.is_whitespace() => break,
            _ => {}
        }
        before = c;
        kept.push(c);
    }
    kept
}

/// The commands of a statement, at `|`. `offset` is where the statement begins in the line.
#[must_use]
pub fn pipeline(statement: &str, offset: usize) -> Vec<Element> {
    cut(statement, '|')
        .into_iter()
        .map(|(at, text)| {
            let blanks = text.chars().take_while(|c| c.is_whitespace()).count();
            let begin = offset + at + blanks;
            Element { words: words(text.trim(), begin), text: text.trim().to_owned(), at: begin + 1 }
        })
        .collect()
}

/// Words at blanks and commas; quotes, braces and brackets hold together. `offset` counts characters of the line before.
#[must_use]
pub fn words(text: &str, offset: usize) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let (mut quote, mut depth) = (None, 0u32);
    let finish = |open: &mut Option<Word>, end: usize, found: &mut Vec<Word>| {
        if let Some(mut word) = open.take() {
            word.length = end.saturating_sub(word.at - 1);
            found.push(word);
        }
    };
    for (at, c) in text.chars().enumerate() {
        let place = offset + at;
        if quote.is_none() && depth == 0 {
            if c.is_whitespace() {
                finish(&mut open, place, &mut found);
                continue;
            }
            if c == ',' {
                finish(&mut open, place, &mut found);
                if let Some(last) = found.last_mut() {
                    last.more = true;
                }
                continue;
            }
        }
        let word = open.get_or_insert_with(|| Word { text: String::new(), quoted: false, at: place + 1, length: 0, more: false });
        match (quote, c) {
            (Some(mark), c) if c == mark => {
                quote = None;
                if depth > 0 {
                    word.text.push(c);
                }
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                if depth > 0 {
                    word.text.push(c);
                } else {
                    word.quoted |= word.text.is_empty();
                }
            }
            (None, '{' | '(') => {
                depth = depth.saturating_add(1);
                word.text.push(c);
            }
            (None, '}' | ')') => {
                depth = depth.saturating_sub(1);
                word.text.push(c);
            }
            _ => word.text.push(c),
        }
    }
    finish(&mut open, offset + text.chars().count(), &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipelines_are_cut_outside_quotes_and_braces() {
        let parts = pipeline("Get-Service | Where-Object { $_.Name -eq 'a|b' } | select Name, Status", 0);
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["Get-Service", "Where-Object { $_.Name -eq 'a|b' }", "select Name, Status"]);
        assert_eq!(parts[1].at, 15);
        let words: Vec<(&str, bool)> = parts[2].words.iter().map(|word| (word.text.as_str(), word.more)).collect();
        assert_eq!(words, [("select", false), ("Name", true), ("Status", false)]);
    }

    #[test]
    fn places_of_words_count_from_one() {
        let found = words("Get-Service -Foo 'a b'", 0);
        assert_eq!((found[1].at, found[1].length), (13, 4));
        assert_eq!((found[2].text.as_str(), found[2].quoted), ("a b", true));
        assert!(statements("# nothing").is_empty());
        assert_eq!(statements("a; b").len(), 2);
    }
}
