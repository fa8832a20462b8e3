//! The contrast of every pair of colours that meet on a page, computed from `style/tokens.css` (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../../style/tokens.css");

const GROUNDS: [&str; 4] = ["ground", "surface", "sunken", "raised"];
const SOFT: [&str; 4] = ["accent-soft", "success-soft", "warning-soft", "danger-soft"];

/// Light and dark value of each token that has both, as red, green and blue.
fn colours() -> BTreeMap<&'static str, [[u8; 3]; 2]> {
    let lines = TOKENS.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": light-dark("));
    lines
        .filter_map(|(name, values)| {
            let (light, dark) = values.strip_suffix(");")?.split_once(", ")?;
            Some((name, [parse(light)?, parse(dark)?]))
        })
        .collect()
}

fn parse(hex: &str) -> Option<[u8; 3]> {
    let hex = hex.strip_prefix('#')?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Lists every pair below `least`.
fn too_low(least: f64, pairs: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<String> {
    let colours = colours();
    let mut found = Vec::new();
    for (front, back) in pairs {
        for (theme, name) in ["light", "dark"].into_iter().enumerate() {
            let ratio = contrast(colours[front][theme], colours[back][theme]);
            if ratio < least {
                found.push(format!("{front} on {back}, {name}: {ratio:.2}"));
            }
        }
    }
    found
}

#[test]
fn text_has_at_least_4_5_to_1() {
    let mut pairs = vec![
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("on-danger", "danger"),
        ("success", "success-soft"),
        ("warning", "warning-soft"),
        ("danger", "danger-soft"),
        ("accent-strong", "accent-soft"),
    ];
    for text in ["text", "text-quiet", "accent", "accent-strong", "success", "warning", "danger"] {
        pairs.extend(GROUNDS.map(|ground| (text, ground)));
    }
    for text in ["text", "text-quiet", "accent"] {
        pairs.extend(SOFT.map(|ground| (text, ground)));
    }
    assert_eq!(too_low(4.5, pairs), Vec::<String>::new());
}

#[test]
fn edges_of_controls_have_at_least_3_to_1() {
    let mut pairs = Vec::new();
    for edge in ["line-strong", "focus", "accent", "success", "warning", "danger"] {
        pairs.extend(GROUNDS.map(|ground| (edge, ground)));
    }
    pairs.extend(SOFT.map(|ground| ("line-strong", ground)));
    assert_eq!(too_low(3.0, pairs), Vec::<String>::new());
}
