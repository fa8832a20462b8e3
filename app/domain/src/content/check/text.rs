//! Words, sentences and their kin, as far as rules need them.

/// Lower-case words and numbers. Hyphens, points and slashes inside a word belong to it (`802.11`, `read-only`); a possessive does not.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || ",;!?()[]{}\"“”`*=|<>".contains(c))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"))
        .map(|word| word.strip_suffix("'s").map_or(word.clone(), str::to_owned))
        .filter(|word| !word.is_empty())
        .collect()
}

/// What people count as words.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Sentences; a line break ends one too, as prose has them between paragraphs, entries and cells only.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let stops = matches!(letter, '.' | '?' | '!') && letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if stops || letter == '\n' {
            let end = at + letter.len_utf8();
            sentences.push(text.get(start..end).unwrap_or_default().trim());
            start = end;
        }
    }
    sentences.push(text.get(start..).unwrap_or_default().trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The last sentence that ends in a question mark, otherwise the last that does not say how many to choose.
pub fn question(stem: &str) -> &str {
    let sentences = sentences(stem);
    let asks = sentences.iter().rev().find(|sentence| sentence.ends_with('?'));
    let says = sentences.iter().rev().find(|sentence| !sentence.to_lowercase().starts_with("choose "));
    asks.or(says).copied().unwrap_or_default()
}

/// The word without its commonest English endings, so that `blocks`, `blocked` and `blocking` are one.
pub fn root(word: &str) -> String {
    let cut = |ending: &str, least: usize| word.strip_suffix(ending).filter(|rest| rest.len() >= least);
    let stem = cut("ies", 3)
        .map(|rest| format!("{rest}y"))
        .or_else(|| cut("ing", 4).or_else(|| cut("ed", 4)).or_else(|| cut("es", 4)).map(str::to_owned))
        .or_else(|| cut("s", 3).filter(|rest| !rest.ends_with('s')).map(str::to_owned))
        .unwrap_or_else(|| word.to_owned());
    let stem = stem.strip_suffix('e').filter(|rest| rest.len() >= 4).map_or(stem.clone(), str::to_owned);
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        // stopped, stopping: stop
        (Some(last), Some(before)) if last == before && !"lsz".contains(last) && stem.len() > 4 => {
            stem.chars().take(stem.chars().count() - 1).collect()
        }
        _ => stem,
    }
}

/// Words that carry the sense, as roots.
pub fn content_roots(text: &str) -> Vec<String> {
    words(text).iter().filter(|word| !is_function_word(word)).map(|word| root(word)).collect()
}

/// Whether the words of `part` stand in `whole` one after another.
pub fn contains_run(whole: &[String], part: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

pub fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot" | "no" | "none" | "nothing") || word.ends_with("n't")
}

fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "another", "any", "are", "as", "at", "be", "because", "been", "before",
    "being", "best", "both", "but", "by", "can", "could", "did", "do", "does", "done", "each", "either", "every", "few", "first",
    "for", "from", "gets", "get", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its",
    "just", "least", "likely", "many", "may", "more", "most", "much", "must", "next", "no", "nor", "not", "now", "of", "off",
    "on", "one", "only", "or", "other", "others", "our", "out", "over", "own", "same", "she", "should", "so", "some", "still",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too",
    "two", "under", "until", "up", "upon", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why",
    "will", "with", "within", "without", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(
            words("The user's 802.11ac Wi-Fi (read-only), at 10.0.0.1: \"OK\"?"),
            ["the", "user", "802.11ac", "wi-fi", "read-only", "at", "10.0.0.1", "ok"]
        );
        assert_eq!(word_count("a - b, c"), 3);
    }

    #[test]
    fn the_question_is_the_last_sentence_that_asks() {
        assert_eq!(question("It fails at 10.5 V. What next? Choose two."), "What next?");
        assert_eq!(question("A table:\nWhich row?\nRow 1"), "Which row?");
        assert_eq!(question("Name the part. Choose two."), "Name the part.");
        assert_eq!(question(""), "");
    }

    #[test]
    fn a_root_joins_the_forms_of_a_word() {
        for forms in [["blocks", "blocked", "blocking"], ["caches", "cached", "cache"], ["stops", "stopped", "stopping"]] {
            let roots: Vec<_> = forms.iter().map(|form| root(form)).collect();
            assert!(roots.windows(2).all(|pair| pair[0] == pair[1]), "{roots:?}");
        }
        assert_eq!(root("policies"), "policy");
        assert_eq!(root("dns"), "dns");
        assert_eq!(root("access"), "access");
    }
}
