//! `sort` and `uniq`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options, stranger, value};
use crate::sorted;

/// The number a line begins with, for `sort -n`; with `-h`, sizes such as `1.5G` too, in tenths.
fn leading(line: &str, human: bool) -> i128 {
    let text = line.trim_start();
    let negative = text.starts_with('-');
    let digits = text.trim_start_matches('-');
    let whole: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let rest = digits.get(whole.len()..).unwrap_or_default();
    let tenth = rest.strip_prefix('.').and_then(|rest| rest.chars().next()).and_then(|c| c.to_digit(10)).unwrap_or(0);
    let after = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let unit: i128 = match after.chars().next().filter(|_| human) {
        Some('K') => 1 << 10,
        Some('M') => 1 << 20,
        Some('G') => 1 << 30,
        Some('T') => 1 << 40,
        _ => 1,
    };
    let value = (whole.parse::<i64>().map_or(0, i128::from) * 10 + i128::from(tenth)) * unit;
    if negative { -value } else { value }
}

pub(super) fn sort(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "kt");
    if let Some(complaint) = stranger("sort", &given, &["n", "r", "u", "h", "k", "t", "f"]) {
        return complaint;
    }
    let (text, mut done) = call.input("sort", &names);
    let key = value(&given, &["k"])
        .and_then(|key| key.split([',', '.', 'n', 'r', 'h']).next())
        .and_then(|key| key.parse::<usize>().ok());
    let flags = value(&given, &["k"]).unwrap_or_default().to_owned();
    let numeric = has(&given, &["n"]) || flags.contains('n');
    let human = has(&given, &["h"]) || flags.contains('h');
    let between = value(&given, &["t"]).and_then(|between| between.chars().next());
    let field = |line: &str| -> String {
        match (key, between) {
            (None, _) => line.to_owned(),
            (Some(key), Some(between)) => line.split(between).skip(key.saturating_sub(1)).collect::<Vec<_>>().join(" "),
            (Some(key), None) => line.split_whitespace().skip(key.saturating_sub(1)).collect::<Vec<_>>().join(" "),
        }
    };
    let mut lines: Vec<&str> = text.lines().collect();
    sorted::by(&mut lines, |a, b| {
        let (a_key, b_key) = (field(a), field(b));
        let order = if numeric || human {
            leading(&a_key, human).cmp(&leading(&b_key, human))
        } else if has(&given, &["f"]) {
            a_key.to_lowercase().cmp(&b_key.to_lowercase())
        } else {
            a_key.cmp(&b_key)
        };
        order.then_with(|| a.cmp(b))
    });
    if has(&given, &["r"]) || flags.contains('r') {
        lines.reverse();
    }
    if has(&given, &["u"]) {
        lines.dedup();
    }
    done.out = lines.iter().fold(String::new(), |all, line| all + line + "\n");
    done
}

pub(super) fn uniq(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("uniq", &given, &["c", "d", "u", "i"]) {
        return complaint;
    }
    let (text, mut done) = call.input("uniq", &names);
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for line in text.lines() {
        match runs.last_mut() {
            Some((count, last)) if *last == line => *count += 1,
            _ => runs.push((1, line)),
        }
    }
    let wanted = |count: usize| (!has(&given, &["d"]) || count > 1) && (!has(&given, &["u"]) || count == 1);
    for (count, line) in runs.into_iter().filter(|(count, _)| wanted(*count)) {
        let _ = if has(&given, &["c"]) { writeln!(done.out, "{count:>7} {line}") } else { writeln!(done.out, "{line}") };
    }
    done
}
