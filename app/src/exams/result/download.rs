//! The result as a table for other programs: inside the page itself, so that it needs no further request.

use std::fmt::Write as _;

use crate::exams::api::{ExamResultRow, ExamResultView};

/// An address that holds the whole file (RFC 2397).
pub fn as_csv(result: &ExamResultView) -> String {
    let mut address = "data:text/csv;charset=utf-8,".to_owned();
    for byte in table(result).bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(byte.into()),
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

/// RFC 4180, one line a question.
fn table(result: &ExamResultView) -> String {
    let mut text = "position,objective,question,points,of,sure,flagged,seconds,seen before\r\n".to_owned();
    for row in &result.questions {
        text += &line(row);
    }
    text
}

fn line(row: &ExamResultRow) -> String {
    let (points, of) = row.score.map_or_else(Default::default, |score| (score.points.to_string(), score.of.to_string()));
    let sure = row.confidence.map(domain::exams::Confidence::as_str).unwrap_or_default();
    let yes = |yes: bool| if yes { "yes" } else { "" };
    format!(
        "{},{},{},{points},{of},{sure},{},{},{}\r\n",
        row.position,
        row.objective,
        cell(&row.title),
        yes(row.marked),
        row.seconds,
        yes(row.repeat)
    )
}

/// In quotes; what a spreadsheet would take for a formula begins with an apostrophe (CWE-1236).
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(cell("A \"quoted\", word"), "\"A \"\"quoted\"\", word\"");
        for text in ["=1+1", "+1", "-1", "@x", "\tx", "＝1"] {
            assert!(cell(text).starts_with("\"'"), "{text}");
        }
    }
}
