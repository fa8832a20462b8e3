//! The text that teaches after the verdict.

use engine::site;
use engine::ticket::Scenario;

use super::Filed;
use crate::content::bank::Mistake;
use crate::content::prose;

/// T7: the debrief is prose as items have it, and long enough to teach.
const DEBRIEF: &str = "T7";

/// Cause, rivals and prevention need this many words, and nobody reads more.
const WORDS: std::ops::RangeInclusive<usize> = 60..=180;

pub fn check(filed: &Filed<Scenario>) -> Vec<Mistake> {
    let complaint = |message: String| filed.mistake(DEBRIEF, &site::Complaint { path: "debrief".to_owned(), message });
    let (prose, refusals) = prose::parse(&filed.value.debrief);
    let mut mistakes: Vec<_> = refusals
        .iter()
        .map(|refusal| complaint(format!("line {} of the text: {}", refusal.lines_before + 1, refusal.what)))
        .collect();
    let words = prose.plain_text().split_whitespace().count();
    if !WORDS.contains(&words) {
        mistakes.push(complaint(format!(
            "It has {words} words: write {} to {} on how the cause shows, why the others were out, and how to prevent it.",
            WORDS.start(),
            WORDS.end()
        )));
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tickets::read;

    fn complaints(debrief: &str) -> Vec<String> {
        let text = include_str!("../../../../../content/scenarios/clinic-no-link.toml");
        let (head, rest) = text.split_once("debrief = '''\n").unwrap();
        let (_, rest) = rest.split_once("'''").unwrap();
        let file = format!("{head}debrief = '''\n{debrief}'''{rest}");
        let (library, mistakes) = read(&[("scenarios/x.toml".to_owned(), file)].into());
        assert_eq!(mistakes, []);
        library.scenarios.values().flat_map(check).map(|one| one.complaint.message).collect()
    }

    #[test]
    fn a_debrief_is_prose_and_long_enough_to_teach() {
        assert_eq!(complaints(&"word ".repeat(60)), Vec::<String>::new());
        assert!(complaints("Too short.")[0].contains("It has 2 words"));
        assert!(complaints(&"word ".repeat(181))[0].contains("It has 181 words"));
        let html = format!("{}\n\n<b>bold</b>", "word ".repeat(60));
        assert!(complaints(&html)[0].starts_with("line 3 of the text"), "{:?}", complaints(&html));
    }

    #[test]
    fn a_scenario_without_kind_or_debrief_is_refused() {
        let text = include_str!("../../../../../content/scenarios/clinic-no-link.toml");
        for (from, to, wanted) in [
            ("kind = \"network-connectivity\"", "", "missing field `kind`"),
            ("kind = \"network-connectivity\"", "kind = \"network\"", "unknown variant `network`"),
            ("debrief =", "depart =", "unknown field `depart`"),
        ] {
            let (_, mistakes) = read(&[("scenarios/x.toml".to_owned(), text.replace(from, to))].into());
            assert!(mistakes[0].complaint.message.contains(wanted), "{mistakes:?}");
        }
    }
}
