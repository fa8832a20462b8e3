//! From a line to pipelines: quotes, variables, `;` `&&` `||` `|`, redirections.

/// A whole line.
pub type Line = Vec<(Join, Vec<Simple>)>;

/// When a pipeline runs, by the exit status before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    Always,
    IfOk,
    IfFailed,
}

/// One command with its words, not yet expanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simple {
    pub words: Vec<Word>,
    pub redirects: Vec<Redirect>,
    /// `&` stands behind it.
    pub background: bool,
}

pub type Word = Vec<Part>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Quoted text is neither split nor matched against files.
    Text(String, bool),
    Variable(String, bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// 0 input, 1 output, 2 errors.
    pub stream: u8,
    pub append: bool,
    /// `None`: `2>&1`.
    pub file: Option<Word>,
}

enum Token {
    Word(Word),
    Operator(String),
}

/// The line, or what bash says about it.
pub fn parse(line: &str) -> Result<Line, String> {
    let mut steps = Vec::new();
    let mut join = Join::Always;
    let mut pipeline = Vec::new();
    let mut simple = Simple::default();
    let mut tokens = tokens(line)?.into_iter().peekable();
    let unexpected = |token: &str| format!("bash: syntax error near unexpected token `{token}'\n");
    while let Some(token) = tokens.next() {
        let operator = match token {
            Token::Word(word) => {
                simple.words.push(word);
                continue;
            }
            Token::Operator(operator) => operator,
        };
        if let Some((stream, append)) = redirect(&operator) {
            // The other stream is its own target: no word stands behind it.
            let file = if operator == "2>&1" {
                None
            } else {
                match tokens.next() {
                    Some(Token::Word(word)) => Some(word),
                    Some(Token::Operator(next)) => return Err(unexpected(&next)),
                    None => return Err(unexpected("newline")),
                }
            };
            if operator == "&>" {
                simple.redirects.push(Redirect { stream: 1, append, file });
                simple.redirects.push(Redirect { stream: 2, append, file: None });
            } else {
                simple.redirects.push(Redirect { stream, append, file });
            }
            continue;
        }
        if simple == Simple::default() {
            return Err(unexpected(&operator));
        }
        simple.background = operator == "&";
        pipeline.push(std::mem::take(&mut simple));
        let next = match operator.as_str() {
            "|" => continue,
            "&&" => Join::IfOk,
            "||" => Join::IfFailed,
            _ => Join::Always,
        };
        steps.push((join, std::mem::take(&mut pipeline)));
        join = next;
    }
    if simple != Simple::default() {
        pipeline.push(simple);
        steps.push((join, pipeline));
    } else if !pipeline.is_empty() || join != Join::Always {
        return Err("bash: syntax error: unexpected end of file\n".to_owned());
    }
    Ok(steps)
}

fn redirect(operator: &str) -> Option<(u8, bool)> {
    Some(match operator {
        "<" => (0, false),
        ">" | "1>" | "&>" => (1, false),
        ">>" | "1>>" => (1, true),
        "2>" | "2>&1" => (2, false),
        "2>>" => (2, true),
        _ => return None,
    })
}

/// Longest first.
const OPERATORS: &[&str] = &["2>&1", "2>>", "1>>", "2>", "1>", "&>", "&&", "||", ">>", "|", ";", "<", ">", "&"];

fn tokens(line: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            return Ok(found);
        }
        if let Some(operator) = OPERATORS.iter().find(|operator| rest.starts_with(**operator)) {
            found.push(Token::Operator((*operator).to_owned()));
            rest = rest.get(operator.len()..).unwrap_or_default();
            continue;
        }
        let (word, after) = word(rest)?;
        found.push(Token::Word(word));
        rest = after;
    }
}

/// One word from the front of `text`, and what is left.
fn word(text: &str) -> Result<(Word, &str), String> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut chars = text.char_indices().peekable();
    let take = |plain: &mut String, parts: &mut Word| {
        if !plain.is_empty() {
            parts.push(Part::Text(std::mem::take(plain), false));
        }
    };
    while let Some((at, c)) = chars.next() {
        match c {
            ' ' | '\t' | '|' | ';' | '<' | '>' | '&' => {
                take(&mut plain, &mut parts);
                return Ok((parts, text.get(at..).unwrap_or_default()));
            }
            '\\' => {
                take(&mut plain, &mut parts);
                if let Some((_, next)) = chars.next() {
                    parts.push(Part::Text(next.to_string(), true));
                }
            }
            '\'' | '"' => {
                take(&mut plain, &mut parts);
                let inner = quoted(&mut chars, c)?;
                if c == '\'' { parts.push(Part::Text(inner, true)) } else { double(&inner, &mut parts) }
            }
            '$' => {
                let after = text.get(at + 1..).unwrap_or_default();
                let (name, length) = variable(after);
                if length == 0 {
                    plain.push('$');
                    continue;
                }
                take(&mut plain, &mut parts);
                parts.push(Part::Variable(name, false));
                for _ in 0..length {
                    chars.next();
                }
            }
            other => plain.push(other),
        }
    }
    take(&mut plain, &mut parts);
    Ok((parts, ""))
}

fn quoted(chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>, quote: char) -> Result<String, String> {
    let mut inner = String::new();
    while let Some((_, c)) = chars.next() {
        if c == quote {
            return Ok(inner);
        }
        inner.push(c);
        if c == '\\' && quote == '"' {
            inner.extend(chars.next().map(|(_, next)| next));
        }
    }
    Err(format!("bash: unexpected EOF while looking for matching `{quote}'\n"))
}

/// The inside of double quotes: variables count, and `\` before `$`, `` ` ``, `"` and `\`.
fn double(inner: &str, parts: &mut Word) {
    let mut text = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        let after = inner.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' if after.starts_with(['$', '`', '"', '\\']) => text.extend(chars.next().map(|(_, next)| next)),
            '$' => {
                let (name, length) = variable(after);
                if length == 0 {
                    text.push('$');
                    continue;
                }
                parts.push(Part::Text(std::mem::take(&mut text), true));
                parts.push(Part::Variable(name, true));
                for _ in 0..length {
                    chars.next();
                }
            }
            other => text.push(other),
        }
    }
    parts.push(Part::Text(text, true));
}

/// The name after a `$`, and how many characters it takes; 0 where none follows.
fn variable(after: &str) -> (String, usize) {
    if after.starts_with('?') || after.starts_with('$') {
        return (after.chars().take(1).collect(), 1);
    }
    if let Some(rest) = after.strip_prefix('{') {
        let name: String = rest.chars().take_while(|c| *c != '}').collect();
        let length = name.chars().count() + 2;
        return (name, length);
    }
    let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let length = name.len();
    (name, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> Vec<Vec<String>> {
        let plain = |word: &Word| {
            let one = |part: &Part| match part {
                Part::Text(text, _) => text.clone(),
                Part::Variable(name, _) => format!("${name}"),
            };
            word.iter().map(one).collect::<String>()
        };
        let parsed = parse(line).unwrap();
        parsed.iter().flat_map(|(_, pipeline)| pipeline).map(|simple| simple.words.iter().map(plain).collect()).collect()
    }

    #[test]
    fn words_are_split_and_quotes_kept_together() {
        assert_eq!(text("echo 'a b' \"c $HOME\" d\\ e"), [["echo", "a b", "c $HOME", "d e"]]);
        assert_eq!(text("a | b && c; d"), [["a"], ["b"], ["c"], ["d"]]);
        assert_eq!(text("echo a#b # no"), [["echo", "a#b"]]);
    }

    #[test]
    fn redirections_belong_to_their_command() {
        let parsed = parse("cat < in > out 2>&1").unwrap();
        let redirects = &parsed[0].1[0].redirects;
        assert_eq!(redirects.iter().map(|redirect| redirect.stream).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(redirects[2].file, None);
        assert_eq!(text("a 2>&1 | b; c 2>&1; d"), [["a"], ["b"], ["c"], ["d"]]);
    }

    #[test]
    fn mistakes_are_named_as_bash_names_them() {
        assert_eq!(parse("| a"), Err("bash: syntax error near unexpected token `|'\n".to_owned()));
        assert_eq!(parse("echo >"), Err("bash: syntax error near unexpected token `newline'\n".to_owned()));
        assert_eq!(parse("echo 'a"), Err("bash: unexpected EOF while looking for matching `''\n".to_owned()));
        for line in ["$", "${", "\\", "\"\\", "é$é", "a &&", "2>&1", "&>"] {
            let _ = parse(line);
        }
    }
}
