//! A line of `cmd` in its parts: chains, pipes, redirections, words.

/// One command between `&`, `|` and their like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simple {
    /// As it was written, without redirections: what `echo` prints.
    pub text: String,
    pub out: Option<Redirect>,
    /// `2>nul` or `2>&1`: errors are not told apart in the model, so this is only taken out.
    pub input: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    pub path: String,
    pub append: bool,
}

/// How a pipeline hangs on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// `&`, or the first.
    Always,
    /// `&&`.
    IfOk,
    /// `||`.
    IfFailed,
}

/// Pipelines in order. `None`: an operator stands where a command should.
#[must_use]
pub fn line(text: &str) -> Option<Vec<(Join, Vec<Simple>)>> {
    let mut chain: Vec<(Join, Vec<Simple>)> = vec![(Join::Always, vec![Simple::default()])];
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        let (_, pipeline) = chain.last_mut()?;
        let simple = pipeline.last_mut()?;
        match c {
            '"' => {
                quoted = !quoted;
                simple.text.push(c);
            }
            _ if quoted => simple.text.push(c),
            '^' => simple.text.extend(chars.next()),
            '&' => {
                let join = if chars.next_if_eq(&'&').is_some() { Join::IfOk } else { Join::Always };
                chain.push((join, vec![Simple::default()]));
            }
            '|' if chars.next_if_eq(&'|').is_some() => chain.push((Join::IfFailed, vec![Simple::default()])),
            '|' => pipeline.push(Simple::default()),
            '>' => {
                let append = chars.next_if_eq(&'>').is_some();
                let target = target(&mut chars);
                // `2>` is for errors, `1>` is the same as `>`.
                let handle = simple.text.chars().last().filter(char::is_ascii_digit);
                let alone = simple.text.chars().rev().nth(1).is_none_or(char::is_whitespace);
                match handle.filter(|_| alone) {
                    Some('1') => {
                        simple.text.pop();
                        simple.out = Some(Redirect { path: target, append });
                    }
                    Some(_) => {
                        simple.text.pop();
                    }
                    None => simple.out = Some(Redirect { path: target, append }),
                }
            }
            '<' => simple.input = Some(target(&mut chars)),
            _ => simple.text.push(c),
        }
    }
    let empty = |simple: &Simple| simple.text.trim().is_empty();
    // A `&` at the end is allowed; an empty command anywhere else is not.
    if chain.len() > 1 && chain.last().is_some_and(|(join, last)| *join == Join::Always && last.iter().all(empty)) {
        chain.pop();
    }
    let wrong = chain.iter().any(|(_, pipeline)| pipeline.iter().any(empty)) && !text.trim().is_empty();
    (!wrong).then_some(chain)
}

/// The word behind `>`: to the next blank outside quotes.
fn target(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    while chars.next_if(|c| *c == ' ').is_some() {}
    let mut quoted = false;
    let mut path = String::new();
    // `2>&1` names the other stream; a later `&` begins the next command.
    while let Some(c) = chars.next_if(|c| quoted || !matches!(c, ' ' | '|' | '<' | '>' | '&') || *c == '&' && path.is_empty()) {
        if c == '"' {
            quoted = !quoted;
        } else {
            path.push(c);
        }
    }
    path
}

/// Words as programs get them: blanks separate, quotes hold together and are taken off.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut started) = (false, false);
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                started = true;
            }
            c if c.is_whitespace() && !quoted => {
                if started {
                    found.push(std::mem::take(&mut word));
                }
                started = false;
            }
            c => {
                word.push(c);
                started = true;
            }
        }
    }
    if started {
        found.push(word);
    }
    found
}

/// The command's name and what stands behind it. `cd..`, `cd\` and `echo.` need no blank.
#[must_use]
pub fn split_name(text: &str) -> (String, &str) {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('"') {
        let (name, rest) = rest.split_once('"').unwrap_or((rest, ""));
        return (name.to_owned(), rest.trim_start());
    }
    for name in ["cd", "chdir", "md", "rd", "dir"] {
        if let Some(rest) = text.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name)).and(text.get(name.len()..))
            && rest.starts_with(['.', '\\', '/'])
        {
            return (name.to_owned(), rest);
        }
    }
    if let Some(rest) = text.get(..4).filter(|head| head.eq_ignore_ascii_case("echo")).and(text.get(4..))
        && rest.starts_with(['.', ':', '('])
    {
        return ("echo.".to_owned(), rest.get(1..).unwrap_or_default());
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    // A switch may hang on the name: `dir/s`, `ipconfig/all`.
    match head.find('/').filter(|at| *at > 0 && !head.contains('\\')) {
        Some(at) => (head.get(..at).unwrap_or(head).to_owned(), text.get(at..).unwrap_or_default()),
        None => (head.to_owned(), rest.trim_start()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(Join, Vec<String>)> {
        let chain = line(text).unwrap();
        chain.into_iter().map(|(join, pipe)| (join, pipe.into_iter().map(|one| one.text.trim().to_owned()).collect())).collect()
    }

    #[test]
    fn chains_and_pipes() {
        assert_eq!(
            texts("ipconfig /all | find \"DNS & Co\" && ver || dir & cls"),
            [
                (Join::Always, vec!["ipconfig /all".to_owned(), "find \"DNS & Co\"".to_owned()]),
                (Join::IfOk, vec!["ver".to_owned()]),
                (Join::IfFailed, vec!["dir".to_owned()]),
                (Join::Always, vec!["cls".to_owned()]),
            ]
        );
        assert_eq!(line("| find x"), None);
        assert_eq!(line("dir |"), None);
        assert_eq!(texts("echo a^&b"), [(Join::Always, vec!["echo a&b".to_owned()])]);
    }

    #[test]
    fn redirections_are_taken_out() {
        let chain = line("ipconfig /all > \"C:\\my file.txt\" 2>nul").unwrap();
        let simple = &chain[0].1[0];
        assert_eq!(simple.text.trim(), "ipconfig /all");
        assert_eq!(simple.out, Some(Redirect { path: "C:\\my file.txt".to_owned(), append: false }));
        assert_eq!(line("echo a> a.txt& echo b> b.txt").unwrap().len(), 2);
        assert_eq!(line("echo a> a.txt 2>&1").unwrap().len(), 1);
        let chain = line("echo x>>log.txt").unwrap();
        assert_eq!(chain[0].1[0].out, Some(Redirect { path: "log.txt".to_owned(), append: true }));
    }

    #[test]
    fn names_and_words() {
        assert_eq!(split_name("cd.."), ("cd".to_owned(), ".."));
        assert_eq!(split_name("ipconfig/all"), ("ipconfig".to_owned(), "/all"));
        assert_eq!(split_name("echo.hi"), ("echo.".to_owned(), "hi"));
        assert_eq!(split_name("é"), ("é".to_owned(), ""));
        assert_eq!(words("net use Z: \"\\\\SRV 1\\a b\" \"\""), ["net", "use", "Z:", "\\\\SRV 1\\a b", ""]);
    }
}
