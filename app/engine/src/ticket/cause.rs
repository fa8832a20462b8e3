//! Causes as people name them. Theories hold the id of a fault, or [`MISUNDERSTANDING`]; pages, logs and verdicts show the title.

use super::scenario::MISUNDERSTANDING;
use crate::fault;

/// The title where nothing is broken and something has to be explained.
pub const NOTHING_BROKEN: &str = "Nothing is broken: it works as it should";

/// What is no id is shown as it is.
#[must_use]
pub fn title_of(id: &str) -> &str {
    if id == MISUNDERSTANDING { NOTHING_BROKEN } else { fault::find(id).map_or(id, |fault| fault.title) }
}

/// The id of a title, whatever its case; what is no title stays as it is.
#[must_use]
pub fn id_of(title: &str) -> &str {
    if title.eq_ignore_ascii_case(NOTHING_BROKEN) {
        return MISUNDERSTANDING;
    }
    fault::all().find(|fault| fault.title.eq_ignore_ascii_case(title)).map_or(title, |fault| fault.id)
}

/// Several, in one line.
#[must_use]
pub fn titles_of(ids: &[String]) -> String {
    ids.iter().map(|id| title_of(id)).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_is_found_by_its_title() {
        let ids = fault::all().map(|fault| fault.id).chain([MISUNDERSTANDING]);
        for id in ids {
            assert_ne!(title_of(id), id);
            assert_eq!(id_of(title_of(id)), id);
            assert_eq!(id_of(&title_of(id).to_uppercase()), id);
        }
        assert_eq!((title_of("the cable"), id_of("the cable"), id_of("N8")), ("the cable", "the cable", "N8"));
    }
}
