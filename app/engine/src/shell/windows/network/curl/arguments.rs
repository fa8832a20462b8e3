//! What was asked of `curl`.

/// One call.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub address: String,
    pub head: bool,
    pub include: bool,
    pub verbose: bool,
    pub insecure: bool,
    pub silent: bool,
    pub show_errors: bool,
    pub fail: bool,
    pub file: Option<String>,
    /// Seconds.
    pub limit: Option<u64>,
    pub format: Option<String>,
}

/// Why nothing is asked of any server.
#[derive(Debug, PartialEq, Eq)]
pub enum Wrong {
    Refused(i32, String),
    NotModelled(String),
    Version,
}

/// Long options and the letters they stand for.
const LONG: &[(&str, char)] = &[
    ("--head", 'I'),
    ("--include", 'i'),
    ("--verbose", 'v'),
    ("--insecure", 'k'),
    ("--silent", 's'),
    ("--show-error", 'S'),
    ("--fail", 'f'),
    ("--location", 'L'),
    ("--output", 'o'),
    ("--remote-name", 'O'),
    ("--max-time", 'm'),
    ("--connect-timeout", 'm'),
    ("--write-out", 'w'),
    ("--ipv4", '4'),
    ("--ssl-no-revoke", '4'),
    ("--version", 'V'),
];

/// Letters of the real program that change what the model does not hold.
const OTHERS: &str = "AbcCdeEFgGhHjJKlMnNpPqQrRtTuUxXyYzZ";
const HINT: &str = "curl: try 'curl --help' for more information\n";

pub fn read(arguments: &[String]) -> Result<Wish, Wrong> {
    let mut wish = Wish::default();
    let (mut addresses, mut own_name) = (Vec::new(), false);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let letters: Vec<char> = match argument.strip_prefix('-') {
            Some(long) if long.starts_with('-') => vec![long_letter(argument)?],
            Some(short) if !short.is_empty() => short.chars().collect(),
            _ => {
                addresses.push(argument.clone());
                continue;
            }
        };
        let mut letters = letters.into_iter();
        while let Some(letter) = letters.next() {
            match letter {
                'I' => wish.head = true,
                'i' => wish.include = true,
                'v' => wish.verbose = true,
                'k' => wish.insecure = true,
                's' => wish.silent = true,
                'S' => wish.show_errors = true,
                'f' => wish.fail = true,
                'O' => own_name = true,
                // Nothing redirects here, everything is IPv4, and there are no lists of revoked certificates.
                'L' | '4' => {}
                'V' => return Err(Wrong::Version),
                'o' | 'm' | 'w' => {
                    let joined: String = letters.by_ref().collect();
                    let value = if joined.is_empty() { rest.next().cloned() } else { Some(joined) };
                    take(&mut wish, letter, value.ok_or_else(|| needs_value(argument))?)?;
                }
                other if OTHERS.contains(other) => return Err(Wrong::NotModelled(format!("-{other}"))),
                _ => return Err(unknown(argument)),
            }
        }
    }
    let [address] = addresses.as_slice() else {
        return Err(match addresses.first() {
            None => Wrong::Refused(2, format!("curl: (2) no URL specified\n{HINT}")),
            Some(_) => Wrong::NotModelled("with several addresses".to_owned()),
        });
    };
    wish.address.clone_from(address);
    if own_name {
        let name = address.split("://").last().unwrap_or_default().split_once('/').map_or("", |(_, path)| path);
        let name = name.rsplit('/').next().unwrap_or_default();
        if name.is_empty() {
            return Err(Wrong::Refused(23, "curl: (23) Failed to open the file : No such file or directory\n".to_owned()));
        }
        wish.file = Some(name.to_owned());
    }
    Ok(wish)
}

fn long_letter(argument: &str) -> Result<char, Wrong> {
    LONG.iter().find(|(name, _)| *name == argument).map(|(_, letter)| *letter).ok_or_else(|| unknown(argument))
}

fn take(wish: &mut Wish, letter: char, value: String) -> Result<(), Wrong> {
    match letter {
        'o' => wish.file = Some(value),
        'w' => wish.format = Some(value),
        _ => {
            let seconds = value
                .parse()
                .map_err(|_| Wrong::Refused(2, format!("curl: option -m: expected a proper numerical parameter\n{HINT}")))?;
            wish.limit = Some(seconds);
        }
    }
    Ok(())
}

fn unknown(argument: &str) -> Wrong {
    Wrong::Refused(2, format!("curl: option {argument}: is unknown\n{HINT}"))
}

fn needs_value(argument: &str) -> Wrong {
    Wrong::Refused(2, format!("curl: option {argument}: requires parameter\n{HINT}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn letters_stand_together_and_values_behind_them() {
        let wish = read(&words("-skIm5 http://a/x -o page.html")).unwrap();
        assert!(wish.silent && wish.insecure && wish.head);
        assert_eq!((wish.limit, wish.file.as_deref()), (Some(5), Some("page.html")));
        assert_eq!(read(&words("-O http://a/b/list.txt?x=1")).unwrap().file.as_deref(), Some("list.txt?x=1"));
    }

    #[test]
    fn what_it_does_not_know() {
        for (line, wrong) in [
            ("-Ω http://a", Wrong::Refused(2, format!("curl: option -Ω: is unknown\n{HINT}"))),
            ("--nothing http://a", Wrong::Refused(2, format!("curl: option --nothing: is unknown\n{HINT}"))),
            ("http://a -o", Wrong::Refused(2, format!("curl: option -o: requires parameter\n{HINT}"))),
            ("", Wrong::Refused(2, format!("curl: (2) no URL specified\n{HINT}"))),
            ("-x proxy:80 http://a", Wrong::NotModelled("-x".to_owned())),
        ] {
            assert_eq!(read(&words(line)), Err(wrong), "{line}");
        }
    }
}
