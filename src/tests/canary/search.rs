//! Finds what must not be in an answer.

use domain::ids::ItemId;
use http::HeaderMap;

use crate::support::bank::{Bank, SECRET};
use crate::support::exhibits::HIDDEN;

/// How a verdict could stand in an answer: as JSON, and as an author writes it.
const VERDICT_MARKS: [&str; 5] = ["\"key\":true", "\"key\":false", "\"verdict\":{", "\"reveal\":", "key = true"];
/// What each item keeps for after the answer, beside its four or five reasons.
const LINES: [&str; 2] = ["remember", "source"];

pub struct Search {
    items: Vec<ItemId>,
    /// Passwords, tokens and links: what may stand in no body and no log.
    pub secrets: Vec<String>,
    /// The one that its own page sends back.
    pub link: Option<String>,
}

impl Search {
    pub fn new(bank: &Bank) -> Self {
        Self { items: bank.ids(), secrets: Vec::new(), link: None }
    }

    /// What is wrong with an answer. `told`: the one item whose verdict it may, and must, hold.
    pub fn find(&self, headers: &HeaderMap, body: &str, told: Option<&ItemId>) -> Option<String> {
        // Properties of islands stand in HTML as JSON with its quotes escaped.
        let body = body.replace("&quot;", "\"").replace("\\\"", "\"").replace("\": ", "\":");
        let text = format!("{headers:?}\n{body}");
        let mut wrong = Vec::new();
        for item in &self.items {
            let has = |part: &str| text.contains(&format!("{SECRET}{item}{part}"));
            if told == Some(item) {
                let parts = (0..4).map(|place| format!("-reason{place}")).chain(LINES.map(|line| format!("-{line}")));
                wrong.extend(parts.filter(|part| !has(part)).map(|part| format!("{part} of {item} is not told")));
            } else if has("") {
                wrong.push(format!("{item} is told"));
            }
        }
        wrong.extend(
            HIDDEN.iter().filter(|hidden| body.contains(**hidden)).map(|hidden| format!("the making of an exhibit: {hidden}")),
        );
        if told.is_none() {
            wrong.extend(VERDICT_MARKS.iter().filter(|mark| text.contains(**mark)).map(|mark| format!("a verdict: {mark}")));
        }
        let secrets = self.secrets.iter().filter(|secret| self.link.as_ref() != Some(secret));
        wrong.extend(secrets.filter(|secret| body.contains(secret.as_str())).map(|secret| format!("the secret {secret}")));
        wrong.into_iter().next()
    }
}

/// A search that finds nothing proves nothing unless it finds what is there.
#[test]
fn what_is_hidden_is_found() {
    let bank = Bank::small();
    let ids = bank.ids();
    let (item, other) = (&ids[0], &ids[1]);
    let mut search = Search::new(&bank);
    search.secrets.extend(["seven grey herons".to_owned(), "0123abcd".to_owned()]);
    let none = HeaderMap::new();
    let whole = (0..4).map(|place| format!("{SECRET}{item}-reason{place} "));
    let whole: String = whole.chain(LINES.map(|line| format!("{SECRET}{item}-{line} "))).collect();
    let fine = [(format!("asked-{item}"), None), (whole.clone(), Some(item)), ("\"key\":\"0123\"".to_owned(), None)];
    for (body, told) in fine {
        assert_eq!(search.find(&none, &body, told), None);
    }
    let leaks = [
        (whole.clone(), None),
        (whole.clone(), Some(other)),
        (format!("{whole}{SECRET}{other}-source"), Some(item)),
        (whole.replace("-reason2", ""), Some(item)),
        ("{&quot;key&quot;:true}".to_owned(), None),
        ("{\\\"key\\\": false}".to_owned(), None),
        ("\"verdict\":{\"chosen\":[]}".to_owned(), None),
        ("value=\"seven grey herons\"".to_owned(), None),
        ("token 0123abcd".to_owned(), None),
        ("the fault \\\"R1\\\"".to_owned(), None),
    ];
    for (body, told) in leaks {
        assert!(search.find(&none, &body, told).is_some(), "not found: {body}");
    }
    let header = HeaderMap::from_iter([(http::header::LOCATION, format!("/{SECRET}{item}").parse().unwrap())]);
    assert!(search.find(&header, "", None).is_some(), "not found in a header");
    search.link = Some("0123abcd".to_owned());
    assert_eq!(search.find(&none, "value=\"0123abcd\"", None), None);
}
