//! Command lines, compared without running them.

use super::{System, Unreadable};

/// A command line as far as it can be compared: two lines that differ in anything else do the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The program and its operands, in their order. Where a value belongs to an option, the order tells.
    words: Vec<String>,
    /// `--long` options, sorted: their order says nothing.
    long_options: Vec<String>,
    /// The letters of `-a`, `-an` and `/all`, sorted: `-a -n`, `-na` and `-an` are one. Options with the same letters in another
    /// order are taken for one too; no command has two such options.
    letters: Vec<char>,
}

impl Command {
    pub(super) fn read(text: &str, system: System) -> Result<Self, Unreadable> {
        let words = split(text)?.into_iter().map(|word| if system == System::Linux { word } else { word.to_lowercase() });
        let mut words: Vec<String> = words.collect();
        // Who runs it is not what it does.
        if system == System::Linux && words.len() > 1 && words.first().is_some_and(|word| word == "sudo") {
            words.remove(0);
        }
        let mut command = Self { words: Vec::new(), long_options: Vec::new(), letters: Vec::new() };
        for (at, word) in words.into_iter().enumerate() {
            if at == 0 {
                let name = if system == System::Windows { word.trim_end_matches(".exe") } else { word.as_str() };
                command.words.push(name.to_owned());
            } else if word.starts_with("--") && word.len() > 2 {
                command.long_options.push(word);
            } else if let Some(letters) = letters(&word, system) {
                command.letters.extend(letters.chars());
            } else {
                command.words.push(word);
            }
        }
        command.long_options.sort();
        command.letters.sort_unstable();
        if command.words.first().is_none_or(String::is_empty) { Err(Unreadable::Empty) } else { Ok(command) }
    }
}

/// The letters of an option; `None` for an operand, which may be a path (`/etc`) or a number (`-1`).
fn letters(word: &str, system: System) -> Option<&str> {
    let marks: &[char] = if system == System::Windows { &['-', '/'] } else { &['-'] };
    let letters = word.strip_prefix(marks)?;
    (!letters.is_empty() && letters.chars().all(char::is_alphabetic)).then_some(letters)
}

/// At spaces that are not between quotation marks.
fn split(text: &str) -> Result<Vec<String>, Unreadable> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    if quote.is_some() { Err(Unreadable::OpenQuote) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(system: System, same: &[&str], others: &[&str]) {
        let read = |text| Command::read(text, system).unwrap();
        for text in same {
            assert_eq!(read(text), read(same[0]), "{text:?} does the same as {:?}", same[0]);
        }
        for text in others {
            assert_ne!(read(text), read(same[0]), "{text:?} does something else than {:?}", same[0]);
        }
    }

    #[test]
    fn windows_commands() {
        check(System::Windows, &["ipconfig /all", "IPCONFIG.EXE  -All"], &["ipconfig", "ipconfig /release", "ip config /all"]);
        check(System::Windows, &["netstat -ano", "netstat -a -n -o", "netstat /o /na"], &["netstat -an", "netstat -anoo"]);
        check(System::Windows, &["ping -n 4 host", "ping -n  4 HOST"], &["ping -n 5 host", "ping host", "ping -n host 4"]);
    }

    #[test]
    fn linux_commands() {
        check(
            System::Linux,
            &["ls -la /etc", "ls -a -l /etc", "sudo ls -al /etc"],
            &["ls -LA /etc", "ls -la /ETC", "ls -la", "ls /etc"],
        );
        check(System::Linux, &["tail --lines=5 --follow f", "tail --follow --lines=5 f"], &["tail --lines=6 --follow f"]);
        check(System::Linux, &["chmod 'a b' x", "chmod \"a b\" x"], &["chmod a b x"]);
        check(System::Linux, &["sudo", "\"sudo\""], &["su"]);
        check(System::Linux, &["kill -9 1"], &["kill -1 9", "kill 9 1"]);
    }

    #[test]
    fn commands_of_network_devices() {
        check(System::Ios, &["show ip interface brief", "SHOW IP interface BRIEF"], &["show interface brief", "sh ip int br"]);
    }

    #[test]
    fn what_cannot_be_a_command() {
        assert_eq!(Command::read("echo \"open", System::Linux), Err(Unreadable::OpenQuote));
        assert_eq!(Command::read("\"\"", System::Linux), Err(Unreadable::Empty));
    }
}
