//! Conditions of `Where-Object`: comparisons of a property with a value, joined by `-and` and `-or`.

use super::object::{Object, Value};
use super::parse::{self, Word};

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Test {
    property: String,
    operator: String,
    value: String,
    negated: bool,
}

/// Tests that must all hold; one of the groups must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition(Vec<Vec<Test>>);

const OPERATORS: &[&str] =
    &["eq", "ne", "gt", "ge", "lt", "le", "like", "notlike", "match", "notmatch", "contains", "in", "ceq", "clike"];

impl Condition {
    /// `{ $_.Status -eq 'Running' -and $_.Name -like 'W*' }`. `None` where it says more than the model understands.
    #[must_use]
    pub fn script(block: &str) -> Option<Self> {
        let inner = block.trim().strip_prefix('{')?.strip_suffix('}')?;
        let words = parse::words(inner.trim(), 0);
        let mut groups = vec![Vec::new()];
        let mut rest = words.as_slice();
        loop {
            let (test, after) = test(rest, 0)?;
            groups.last_mut()?.push(test);
            match after.split_first() {
                None => return Some(Self(groups)),
                Some((word, after)) if word.text.eq_ignore_ascii_case("-and") => rest = after,
                Some((word, after)) if word.text.eq_ignore_ascii_case("-or") => {
                    groups.push(Vec::new());
                    rest = after;
                }
                Some(_) => return None,
            }
        }
    }

    /// `Where-Object Status -eq Running`.
    #[must_use]
    pub fn simple(property: &str, operator: &str, value: &str) -> Option<Self> {
        let operator = operator.trim_start_matches('-').to_lowercase();
        OPERATORS
            .contains(&operator.as_str())
            .then(|| Self(vec![vec![Test { property: property.to_owned(), operator, value: value.to_owned(), negated: false }]]))
    }

    #[must_use]
    pub fn holds(&self, object: &Object) -> bool {
        self.0.iter().any(|group| group.iter().all(|test| test.holds(object) != test.negated))
    }
}

/// `$_.Name` is `Name`.
#[must_use]
pub fn property(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("$_.").or_else(|| text.strip_prefix("$PSItem."))?;
    rest.chars().all(|c| c.is_alphanumeric() || c == '_').then_some(rest)
}

/// Brackets and negations in each other that are still understood.
const DEEPEST: u8 = 16;

fn test(words: &[Word], depth: u8) -> Option<(Test, &[Word])> {
    if depth > DEEPEST {
        return None;
    }
    let (first, rest) = words.split_first()?;
    if first.text == "-not" || first.text == "!" {
        let (inner, after) = test(rest, depth + 1)?;
        return Some((Test { negated: !inner.negated, ..inner }, after));
    }
    let (text, negated) = first.text.strip_prefix('!').map_or((first.text.as_str(), false), |text| (text, true));
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    if text.contains(char::is_whitespace) {
        let inner = parse::words(text, 0);
        let (inner, after) = test(&inner, depth + 1).map(|(test, after)| (test, after.len()))?;
        return (after == 0).then_some((Test { negated: inner.negated != negated, ..inner }, rest));
    }
    let property = property(text)?.to_owned();
    let operator = rest.first().and_then(|word| word.text.strip_prefix('-')).map(str::to_lowercase);
    match operator.filter(|operator| OPERATORS.contains(&operator.as_str())) {
        None => Some((Test { property, operator: "true".to_owned(), value: String::new(), negated }, rest)),
        Some(operator) => {
            let mut value = rest.get(1)?.text.clone();
            let mut used = 2;
            while rest.get(used - 1).is_some_and(|word| word.more) {
                value.push(',');
                value.push_str(&rest.get(used)?.text);
                used += 1;
            }
            Some((Test { property, operator, value, negated }, rest.get(used..)?))
        }
    }
}

impl Test {
    fn holds(&self, object: &Object) -> bool {
        let value = object.get(&self.property).cloned().unwrap_or_default();
        let text = value.to_text();
        let same = |left: &str, right: &str| left.eq_ignore_ascii_case(right);
        let wanted = match self.value.to_lowercase().as_str() {
            "$true" => "True".to_owned(),
            "$false" => "False".to_owned(),
            "$null" => String::new(),
            _ => self.value.clone(),
        };
        match self.operator.as_str() {
            "true" => !matches!(value, Value::Empty | Value::Truth(false) | Value::Number(0)) && !text.is_empty(),
            "eq" => same(&text, &wanted) || number(&text).is_some_and(|left| number(&wanted) == Some(left)),
            "ne" => !same(&text, &wanted),
            "ceq" => text == wanted,
            "like" | "clike" => crate::shell::cmd::wildcard::matches(&wanted, &text),
            "notlike" => !crate::shell::cmd::wildcard::matches(&wanted, &text),
            "match" => matches(&text, &wanted),
            "notmatch" => !matches(&text, &wanted),
            "contains" => matches!(&value, Value::List(items) if items.iter().any(|item| same(item, &wanted))),
            "in" => wanted.split(',').any(|item| same(item.trim(), &text)),
            _ => self.ordered(&value, &wanted),
        }
    }

    fn ordered(&self, value: &Value, wanted: &str) -> bool {
        let order = match (value, number(wanted)) {
            (Value::Number(left), Some(right)) => left.cmp(&right),
            _ => value.to_text().to_lowercase().cmp(&wanted.to_lowercase()),
        };
        match self.operator.as_str() {
            "gt" => order.is_gt(),
            "ge" => order.is_ge(),
            "lt" => order.is_lt(),
            "le" => order.is_le(),
            _ => false,
        }
    }
}

/// `100MB` counts in units of 1024.
fn number(text: &str) -> Option<i64> {
    let lower = text.to_lowercase();
    for (unit, factor) in [("kb", 1i64 << 10), ("mb", 1 << 20), ("gb", 1 << 30)] {
        if let Some(digits) = lower.strip_suffix(unit) {
            return digits.parse::<i64>().ok().map(|number| number.saturating_mul(factor));
        }
    }
    lower.parse().ok()
}

/// A pattern of plain text with `|`, `^`, `$` and `.*`: the rest of regular expressions is taken as it is written.
#[must_use]
pub fn matches(text: &str, pattern: &str) -> bool {
    let text = text.to_lowercase();
    pattern.to_lowercase().split('|').any(|choice| {
        let (choice, begins) = choice.strip_prefix('^').map_or((choice, false), |rest| (rest, true));
        let (choice, ends) = choice.strip_suffix('$').map_or((choice, false), |rest| (rest, true));
        let plain = choice.replace(".*", "*").replace("\\.", ".").replace("\\\\", "\\");
        let before = if begins { "" } else { "*" };
        let after = if ends { "" } else { "*" };
        crate::shell::cmd::wildcard::matches(&format!("{before}{plain}{after}"), &text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions() {
        let object = Object::new().with("Status", "Running").with("Id", 1200u32).with("Ready", true);
        for (block, wanted) in [
            ("{ $_.Status -eq 'running' }", true),
            ("{$_.Status -ne \"Running\"}", false),
            ("{ $_.Id -gt 1000 -and $_.Status -like 'Run*' }", true),
            ("{ $_.Id -lt 1000 -or $_.Ready }", true),
            ("{ -not $_.Ready }", false),
            ("{ $_.Status -match '^run|stop' }", true),
            ("{ $_.Status -in 'Stopped','Running' }", true),
            ("{ !($_.Status -eq 'Running') }", false),
        ] {
            assert_eq!(Condition::script(block).map(|condition| condition.holds(&object)), Some(wanted), "{block}");
        }
        assert_eq!(Condition::script("{ Get-Item x }"), None);
        assert_eq!(Condition::simple("Status", "-foo", "x"), None);
    }
}
