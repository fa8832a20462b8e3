//! `sed`: print, delete, substitute, change, insert and append, with addresses; `-i` changes the file.

use super::call::{Call, Done, has, options, push_line, value};
use super::regex::Regex;
use super::{Command, command};

pub const COMMANDS: &[Command] = &[command("sed", "", sed)];

enum Address {
    Line(usize),
    Last,
    Matching(Regex),
}

struct Instruction {
    from: Option<Address>,
    to: Option<Address>,
    inverted: bool,
    act: Act,
}

enum Act {
    Substitute { regex: Regex, with: String, all: bool, print: bool },
    Delete,
    Print,
    Quit,
    Append(String),
    Insert(String),
    Change(String),
}

fn sed(call: &mut Call<'_>, args: &[String]) -> Done {
    // `-i.bak` keeps a copy: its suffix is part of the option.
    let suffix = args.iter().find_map(|arg| arg.strip_prefix("-i").filter(|rest| rest.starts_with('.'))).map(str::to_owned);
    let args: Vec<String> =
        args.iter().map(|arg| if suffix.is_some() && arg.starts_with("-i.") { "-i".to_owned() } else { arg.clone() }).collect();
    let (given, mut names) = options(&args, "e");
    if let Some((name, _)) =
        given.iter().find(|(name, _)| !["i", "n", "e", "E", "r", "--in-place", "--quiet"].contains(&name.as_str()))
    {
        return call.not_modelled(&format!("sed option {name}"));
    }
    let mut scripts: Vec<String> = given.iter().filter(|(name, _)| name == "e").map(|(_, script)| script.clone()).collect();
    if scripts.is_empty() {
        if names.is_empty() {
            return Done::failed(1, "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n");
        }
        scripts.push(names.remove(0));
    }
    let extended = has(&given, &["E", "r"]);
    let mut program = Vec::new();
    for script in &scripts {
        match read(script, extended) {
            Ok(read) => program.extend(read),
            Err(complaint) => {
                return Done::failed(1, format!("sed: -e expression #1, char {}: {complaint}\n", script.chars().count()));
            }
        }
    }
    let quiet = has(&given, &["n", "--quiet"]);
    if !has(&given, &["i", "--in-place"]) {
        let (text, mut done) = input(call, &names);
        done.out = apply(&program, &text, quiet);
        return done;
    }
    let _ = value(&given, &["i"]);
    in_place(call, &names, &program, quiet, suffix.as_deref())
}

fn input(call: &mut Call<'_>, names: &[String]) -> (String, Done) {
    let (text, mut done) = call.input("sed: can't read", names);
    done.exit = if done.exit == 0 { 0 } else { 2 };
    (text, done)
}

/// sed writes a new file beside the old one, so the folder must be writable (and the message says so).
fn in_place(call: &mut Call<'_>, names: &[String], program: &[Instruction], quiet: bool, suffix: Option<&str>) -> Done {
    use crate::machine::linux_files::{ENTER, FileError, WRITE, open, path};
    let mut done = Done::default();
    if names.is_empty() {
        return Done::failed(4, "sed: no input files\n");
    }
    for name in names {
        let text = match call.read(name) {
            Ok(text) => text,
            Err(FileError::IsFolder) => {
                done.complain(4, format!("sed: couldn't edit {name}: not a regular file\n"));
                continue;
            }
            Err(error) => {
                done.complain(2, format!("sed: can't read {name}: {}\n", error.text()));
                continue;
            }
        };
        let folder = path::parent(&call.path(name));
        if let Err(error) = open(call.linux(), &folder, &call.actor(), WRITE | ENTER) {
            done.complain(4, format!("sed: couldn't open temporary file {folder}/sedXXXXXX: {}\n", error.text()));
            continue;
        }
        if let Some(suffix) = suffix {
            let _ = call.write(&format!("{name}{suffix}"), &text, false);
        }
        if let Err(error) = call.write(name, &apply(program, &text, quiet), false) {
            done.complain(4, format!("sed: couldn't write to {name}: {}\n", error.text()));
        }
    }
    done
}

fn apply(program: &[Instruction], text: &str, quiet: bool) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut inside = vec![false; program.len()];
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let (number, last) = (at + 1, at + 1 == lines.len());
        let mut line = (*line).to_owned();
        let (mut keep, mut after, mut ends) = (true, String::new(), false);
        for (instruction, inside) in program.iter().zip(&mut inside) {
            if !selects(instruction, inside, number, last, &line) {
                continue;
            }
            match &instruction.act {
                Act::Substitute { regex, with, all, print } => {
                    let changed = regex.replace(&line, with, *all);
                    if *print && changed != line {
                        push_line(&mut out, &changed);
                    }
                    line = changed;
                }
                Act::Delete => {
                    keep = false;
                    break;
                }
                Act::Print => push_line(&mut out, &line),
                Act::Quit => ends = true,
                Act::Append(text) => push_line(&mut after, text),
                Act::Insert(text) => push_line(&mut out, text),
                Act::Change(text) => {
                    push_line(&mut out, text);
                    keep = false;
                    break;
                }
            }
        }
        if keep && !quiet {
            push_line(&mut out, &line);
        }
        out.push_str(&after);
        if ends {
            break;
        }
    }
    out
}

fn selects(instruction: &Instruction, inside: &mut bool, number: usize, last: bool, line: &str) -> bool {
    let hits = |address: &Address| match address {
        Address::Line(wanted) => *wanted == number,
        Address::Last => last,
        Address::Matching(regex) => regex.is_match(line),
    };
    let selected = match (&instruction.from, &instruction.to) {
        (None, _) => true,
        (Some(from), None) => hits(from),
        (Some(from), Some(to)) => {
            if *inside {
                let past = matches!(to, Address::Line(end) if number > *end);
                *inside = !hits(to) && !past;
                !past
            } else if hits(from) {
                // A range whose end lies before its start is one line.
                *inside = !matches!(to, Address::Line(end) if *end <= number);
                true
            } else {
                false
            }
        }
    };
    selected != instruction.inverted
}

struct Reader<'a> {
    rest: &'a str,
    extended: bool,
}

fn read(script: &str, extended: bool) -> Result<Vec<Instruction>, &'static str> {
    let mut reader = Reader { rest: script, extended };
    let mut found = Vec::new();
    loop {
        reader.rest = reader.rest.trim_start_matches([' ', '\t', ';', '\n']);
        if reader.rest.is_empty() {
            return Ok(found);
        }
        let from = reader.address()?;
        let to = if from.is_some() && reader.take(',') { Some(reader.address()?.ok_or("unexpected `,'")?) } else { None };
        reader.rest = reader.rest.trim_start();
        let inverted = reader.take('!');
        let act = reader.act()?;
        found.push(Instruction { from, to, inverted, act });
    }
}

impl Reader<'_> {
    fn take(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn address(&mut self) -> Result<Option<Address>, &'static str> {
        if self.take('$') {
            return Ok(Some(Address::Last));
        }
        let digits: String = self.rest.chars().take_while(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            self.rest = self.rest.get(digits.len()..).unwrap_or_default();
            return Ok(Some(Address::Line(digits.parse().unwrap_or(usize::MAX))));
        }
        if self.take('/') {
            let pattern = self.until('/').ok_or("unterminated address regex")?;
            return Ok(Some(Address::Matching(Regex::new(&pattern, self.extended, false))));
        }
        Ok(None)
    }

    /// Up to the delimiter; `\` before it makes it plain.
    fn until(&mut self, end: char) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == end {
                self.rest = self.rest.get(at + c.len_utf8()..).unwrap_or_default();
                return Some(text);
            }
            if c == '\\' {
                match chars.next() {
                    Some((_, next)) if next == end => text.push(next),
                    Some((_, next)) => text.extend([c, next]),
                    None => text.push(c),
                }
            } else {
                text.push(c);
            }
        }
        None
    }

    fn act(&mut self) -> Result<Act, &'static str> {
        let mut chars = self.rest.chars();
        let Some(letter) = chars.next() else { return Err("missing command") };
        self.rest = chars.as_str();
        Ok(match letter {
            'd' => Act::Delete,
            'p' => Act::Print,
            'q' => Act::Quit,
            'a' => Act::Append(self.text()?),
            'i' => Act::Insert(self.text()?),
            'c' => Act::Change(self.text()?),
            's' => {
                let mut chars = self.rest.chars();
                let delimiter = chars.next().ok_or("unterminated `s' command")?;
                self.rest = chars.as_str();
                let pattern = self.until(delimiter).ok_or("unterminated `s' command")?;
                let with = self.until(delimiter).ok_or("unterminated `s' command")?;
                let flags: String = self.rest.chars().take_while(|c| matches!(c, 'g' | 'i' | 'I' | 'p')).collect();
                self.rest = self.rest.get(flags.len()..).unwrap_or_default();
                if !self.rest.is_empty() && !self.rest.starts_with([';', ' ', '\n']) {
                    return Err("unknown option to `s'");
                }
                let regex = Regex::new(&pattern, self.extended, flags.contains(['i', 'I']));
                Act::Substitute { regex, with, all: flags.contains('g'), print: flags.contains('p') }
            }
            _ => return Err("unknown command"),
        })
    }

    /// The rest of the script is the text of `a`, `i` and `c`.
    fn text(&mut self) -> Result<String, &'static str> {
        let text = self.rest.trim_start().trim_start_matches('\\').trim_start_matches('\n');
        self.rest = "";
        if text.is_empty() { Err("expected \\ after `a', `c' or `i'") } else { Ok(text.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_changed_as_sed_changes_them() {
        let text = "one\ntwo\nthree\n";
        for (script, quiet, expected) in [
            ("s/t/T/", false, "one\nTwo\nThree\n"),
            ("2d", false, "one\nthree\n"),
            ("/two/d", false, "one\nthree\n"),
            ("2,3p", true, "two\nthree\n"),
            ("$!d", false, "three\n"),
            ("2c new line", false, "one\nnew line\nthree\n"),
            ("2a after", false, "one\ntwo\nafter\nthree\n"),
            ("2s|two|/a/b|", false, "one\n/a/b\nthree\n"),
            ("s/e/E/g;1d", false, "two\nthrEE\n"),
        ] {
            assert_eq!(apply(&read(script, false).ok().unwrap(), text, quiet), expected, "{script}");
        }
        assert!(read("s/a/b", false).is_err() && read("x", false).is_err() && read("/a", false).is_err());
        for odd in ["s", "1,", "$", "s/é/b/é", "a", "!", "1,2,3d"] {
            let _ = read(odd, true);
        }
    }
}
