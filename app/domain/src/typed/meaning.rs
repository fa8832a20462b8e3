//! From what was typed to what it means.

use std::net::Ipv4Addr;

use super::command::Command;
use super::{MOST_CHARACTERS, System, TypedForm, Unreadable};

/// Numbers are whole millionths, so that no rounding decides what is right.
const MILLIONTHS: i64 = 1_000_000;
/// With the millionths this stays far within an i64.
const MOST_WHOLE_DIGITS: usize = 12;
const MOST_DECIMALS: usize = 6;

/// What an answer means; two answers of one form are the same answer when these are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    Ipv4(Ipv4Addr),
    /// In bits.
    Prefix(u32),
    /// In millionths.
    Number(i64),
    Path(String),
    Command(Command),
    Word(String),
}

impl TypedForm {
    /// # Errors
    /// [`Unreadable`] for what cannot be an answer of this form at all.
    pub fn read(&self, text: &str) -> Result<Meaning, Unreadable> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Unreadable::Empty);
        }
        if text.chars().count() > usize::from(MOST_CHARACTERS) {
            return Err(Unreadable::TooLong);
        }
        match self {
            // The standard parser refuses leading zeros, which some programs take for octal (RFC 6943 section 3.1.1).
            Self::Ipv4 => text.parse().map(Meaning::Ipv4).map_err(|_| Unreadable::NotAnAddress),
            Self::Prefix => prefix(text).map(Meaning::Prefix).ok_or(Unreadable::NotAPrefix),
            Self::Number { unit } => millionths(without_unit(text, unit)).map(Meaning::Number).ok_or(Unreadable::NotANumber),
            Self::Path(system) => path(text, *system).map(Meaning::Path).ok_or(Unreadable::Empty),
            Self::Command(system) => Command::read(text, *system).map(Meaning::Command),
            Self::Word => word(text).map(Meaning::Word).ok_or(Unreadable::Empty),
        }
    }
}

impl Meaning {
    /// `tolerance`: how far a number may be off, in millionths.
    #[must_use]
    pub fn is_same(&self, other: &Self, tolerance: i64) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.abs_diff(*b) <= tolerance.unsigned_abs(),
            _ => self == other,
        }
    }
}

/// `/26`, `26` or `255.255.255.192`, in bits.
fn prefix(text: &str) -> Option<u32> {
    if let Ok(mask) = text.trim_start_matches('/').trim_start().parse::<Ipv4Addr>() {
        let ones = mask.to_bits().leading_ones();
        // Ones stand at the left only.
        return (ones + mask.to_bits().trailing_zeros() >= u32::BITS).then_some(ones);
    }
    let digits = text.strip_prefix('/').unwrap_or(text).trim_start();
    let bits: u32 = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    (bits <= u32::BITS).then_some(bits)
}

/// `12.5`, `-3`, `.5`, in millionths. No commas: they mean thousands to some people and decimals to others.
#[must_use]
pub fn millionths(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = whole.len() <= MOST_WHOLE_DIGITS && decimals.len() <= MOST_DECIMALS;
    if !fits || whole.len() + decimals.len() == 0 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let decimals: i64 = format!("{decimals:0<MOST_DECIMALS$}").parse().ok()?;
    let value = whole * MILLIONTHS + decimals;
    Some(if negative { -value } else { value })
}

/// Without the unit that the form names, if it is there: `5 GHz`, `5ghz`, `50 %`.
fn without_unit<'t>(text: &'t str, unit: &str) -> &'t str {
    let Some(start) = text.len().checked_sub(unit.len()) else { return text };
    match text.split_at_checked(start) {
        Some((number, end)) if end.eq_ignore_ascii_case(unit) => number.trim_end(),
        _ => text,
    }
}

/// Quotation marks around it, doubled separators, `.` and a separator at the end say nothing.
fn path(text: &str, system: System) -> Option<String> {
    let text = unquoted(text);
    let text = if system == System::Linux { text.to_owned() } else { text.replace('\\', "/").to_lowercase() };
    // Two separators at the beginning of a Windows path name another computer.
    let start = match system {
        System::Windows if text.starts_with("//") => "//",
        _ if text.starts_with('/') => "/",
        _ => "",
    };
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    (!start.is_empty() || !parts.is_empty()).then(|| format!("{start}{}", parts.join("/")))
}

/// Capitals, spaces, hyphens, quotation marks and a full stop at the end say nothing, nor does an article: `The Wi-Fi` is `wifi`.
fn word(text: &str) -> Option<String> {
    let text = unquoted(text.trim_end_matches('.')).trim_end_matches('.').to_lowercase();
    let words = text.split_whitespace().enumerate();
    let words = words.filter(|(at, word)| *at > 0 || !matches!(*word, "a" | "an" | "the")).map(|(_, word)| word);
    let letters: String = words.flat_map(str::chars).filter(|c| !matches!(c, '-' | '‑' | '–' | '_')).collect();
    (!letters.is_empty()).then_some(letters)
}

fn unquoted(text: &str) -> &str {
    let inside = |mark: char| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    inside('"').or_else(|| inside('\'')).or_else(|| inside('`')).unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &TypedForm, same: &[&str], others: &[&str], unreadable: &[&str]) {
        let first = form.read(same[0]).unwrap();
        for text in same {
            assert_eq!(form.read(text).as_ref(), Ok(&first), "{text:?} means the same as {:?}", same[0]);
        }
        for text in others {
            assert_ne!(form.read(text).unwrap(), first, "{text:?} means something else than {:?}", same[0]);
        }
        for text in unreadable {
            assert!(form.read(text).is_err(), "{text:?} can be read as {:?}", form.read(text));
        }
    }

    #[test]
    fn addresses() {
        let unreadable = ["10.0.0", "10.0.0.256", "10.0.0.08", "10.0.0.8/24", "ten", "", "10,0,0,8", "10.0.0.8.1"];
        check(&TypedForm::Ipv4, &["10.0.0.8", " 10.0.0.8\t"], &["10.0.0.9"], &unreadable);
    }

    #[test]
    fn a_prefix_length_is_its_mask() {
        let unreadable = ["/33", "255.0.255.0", "255.255.255.193", "-1", "+26", "//26", "26 bits", "", "0.0.0.255", "/"];
        check(&TypedForm::Prefix, &["/26", "26", "255.255.255.192", "/ 26"], &["/27", "255.255.255.128"], &unreadable);
        assert_eq!(TypedForm::Prefix.read("0.0.0.0"), TypedForm::Prefix.read("/0"));
        assert_eq!(TypedForm::Prefix.read("255.255.255.255"), TypedForm::Prefix.read("32"));
    }

    #[test]
    fn numbers_with_and_without_their_unit() {
        let form = TypedForm::Number { unit: "GHz".to_owned() };
        let unreadable = ["2,4", "2.4 MHz", "two", "GHz", "", "1e3", ".", "-", "1.2.3", "1234567890123", "0.1234567"];
        check(&form, &["2.4", "2.40 GHz", "2.4ghz", "+2.4"], &["2.5", "-2.4", "24"], &unreadable);
        let bare = TypedForm::Number { unit: String::new() };
        check(&bare, &["0.5", ".5", "00.50"], &["5", "-0.5", "−0.5"], &["5 GHz"]);
        assert_eq!(bare.read("999999999999.999999"), Ok(Meaning::Number(999_999_999_999_999_999)));
    }

    #[test]
    fn a_number_may_be_off_by_its_tolerance_and_no_more() {
        let read = |text| TypedForm::Number { unit: String::new() }.read(text).unwrap();
        let tolerance = millionths("0.1").unwrap();
        for (given, right) in [("2.4", true), ("2.5", true), ("2.3", true), ("2.500001", false), ("2.29", false)] {
            assert_eq!(read(given).is_same(&read("2.4"), tolerance), right, "{given}");
        }
        assert!(!TypedForm::Word.read("one").unwrap().is_same(&TypedForm::Word.read("two").unwrap(), i64::MAX));
    }

    #[test]
    fn paths_by_the_rules_of_their_system() {
        let same = [
            r"C:\Windows\System32\drivers\etc\hosts",
            "c:/windows/system32/drivers/etc/hosts",
            r#""C:\WINDOWS\System32\drivers\etc\hosts""#,
        ];
        check(
            &TypedForm::Path(System::Windows),
            &same,
            &[r"C:\Windows\hosts", r"D:\Windows\System32\drivers\etc\hosts"],
            &["", "\"\""],
        );
        check(&TypedForm::Path(System::Windows), &[r"\\srv\share\", "//SRV/share"], &[r"\srv\share", r"srv\share"], &[]);
        check(
            &TypedForm::Path(System::Linux),
            &["/etc/hosts", "//etc/./hosts/", "'/etc/hosts'"],
            &["/etc/Hosts", "etc/hosts", "/"],
            &[""],
        );
    }

    #[test]
    fn words_whatever_their_spelling() {
        let same = ["Wi-Fi", "wifi", "WI FI", "the Wi-Fi", "\"Wi-Fi\".", "wi‑fi"];
        check(&TypedForm::Word, &same, &["wired", "wi-fi 6"], &["", " - ", "..."]);
        check(&TypedForm::Word, &["loopback", "A loopback"], &["loop"], &["the"]);
    }

    #[test]
    fn nothing_is_read_beyond_the_longest_answer() {
        let long = "a".repeat(usize::from(MOST_CHARACTERS));
        assert!(TypedForm::Word.read(&long).is_ok());
        assert_eq!(TypedForm::Word.read(&(long + "a")), Err(Unreadable::TooLong));
    }
}
