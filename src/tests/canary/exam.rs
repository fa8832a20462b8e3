//! A timed exam from the lobby to its questions with their reasons: nothing is told before the end.

use app::exams::api::Change;
use domain::exams::Confidence;
use domain::ids::{AttemptId, WriterId};
use http::StatusCode;
use uuid::Uuid;

use super::journey::{Way, assert_options_look_alike, attempt_of};
use super::watch::Watch;
use crate::support::bank::asked_in;
use crate::support::taker::{change, change_fields};

/// As the forms of a page send them.
fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

pub async fn whole(watch: &mut Watch, way: Way) {
    watch.get("/exams", None).await;
    assert!(watch.get("/exams?exam=timed", None).await.has("Start the exam"));
    let request = [("from", "/exams"), ("request[exam]", "timed"), ("request[length]", "short"), ("request[mode]", "practice")];
    let begun = watch.send(way, "/api/exams/begin", &request, None).await;
    let attempt = attempt_of(&begun);
    for position in 1..=4 {
        plain_question(watch, way, &attempt, position).await;
    }
    scripts(watch, way, &attempt).await;
    pause(watch, way, &attempt).await;
    other_ways_in(watch, way, &attempt).await;
    end(watch, way, &attempt).await;
}

/// One question by the form of its page, seen again afterwards with everything in its fields.
async fn plain_question(watch: &mut Watch, way: Way, attempt: &str, position: u16) {
    let path = format!("/exams/{attempt}/{position}");
    watch.get(&format!("/exams/{attempt}"), None).await;
    let page = watch.get(&path, None).await;
    assert_options_look_alike(&page, &asked_in(&page.body));
    let mut fields = page.form("/api/exams/save-and-go");
    for (name, value) in [
        ("answer[choices][]", "1"),
        ("answer[struck][]", "3"),
        ("answer[confidence]", "unsure"),
        ("answer[marked]", "true"),
        ("to", if position == 4 { "review" } else { "2" }),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    let sent = watch.send(way, "/api/exams/save-and-go", &borrowed(&fields), None).await;
    assert!(sent.status.is_success() || sent.status == StatusCode::SEE_OTHER, "{} {}", sent.status, sent.body);
    watch.get(&path, None).await;
    assert!(watch.get(&format!("/exams/{attempt}/review"), None).await.has("Finish the exam"));
}

/// What the scripts of the room call.
async fn scripts(watch: &mut Watch, way: Way, attempt: &str) {
    let (id, writer): (AttemptId, _) = (attempt.parse().unwrap(), WriterId(Uuid::now_v7()));
    let seat = [("from", "/exams".to_owned()), ("attempt", attempt.to_owned()), ("writer", writer.to_string())];
    watch.send(way, "/api/exams/sit-here", &seat, None).await;
    for (choices, position, is_stored) in [(vec![2], 5, true), (vec![2, 3], 5, false), (vec![], 6, true), (vec![9], 7, false)] {
        let confidence = Some(Confidence::Sure);
        let change = Change { choices, position, confidence, sequence: 50, ..change(id, writer) };
        let answer = watch.send(way, "/api/exams/save", &borrowed(&change_fields("change", &change)), None).await;
        assert_eq!(answer.status.as_u16() < 400, is_stored, "{position}: {} {}", answer.status, answer.body);
    }
}

async fn pause(watch: &mut Watch, way: Way, attempt: &str) {
    let at = [("from", "/exams"), ("attempt", attempt)];
    watch.send(way, "/api/exams/pause", &at, None).await;
    for path in [format!("/exams/{attempt}"), format!("/exams/{attempt}/3"), format!("/exams/{attempt}/review")] {
        let page = watch.get(&path, None).await;
        assert!(page.has("The clock stands still") && !page.has("asked-"), "{}", page.body);
    }
    watch.get("/exams", None).await;
    watch.get("/", None).await;
    watch.send(way, "/api/exams/resume", &at, None).await;
}

/// A running exam behind the doors of a quiz, and behind those of its own end.
async fn other_ways_in(watch: &mut Watch, way: Way, attempt: &str) {
    for path in [format!("/practice/{attempt}"), format!("/practice/{attempt}/1"), format!("/practice/{attempt}/result")] {
        assert_eq!(watch.get(&path, None).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for function in ["question", "mark", "finish"] {
        let send = [("attempt", attempt), ("position", "1"), ("marked", "true")];
        watch.send(way, &format!("/api/practice/{function}"), &send, None).await;
    }
    let send = [("attempt", attempt)];
    watch.send(way, "/api/practice/begin-missed", &send, None).await;
    let result = watch.get(&format!("/exams/{attempt}/result"), None).await;
    assert!(!result.has("asked-"), "{}", result.body);
    assert!(watch.get("/history", None).await.has("/exams/"));
}

/// Over is over, so the pages of all questions tell everything, answered or not.
async fn end(watch: &mut Watch, way: Way, attempt: &str) {
    watch.send(way, "/api/exams/finish", &[("from", "/exams"), ("attempt", attempt)], None).await;
    let result = watch.get(&format!("/exams/{attempt}/result"), None).await;
    assert!(result.has("asked-"), "{}", result.body);
    for position in [1, 5, 20] {
        let path = format!("/exams/{attempt}/{position}");
        let item = asked_in(&watch.browser.get(&path).await.body);
        watch.get(&path, Some(&item)).await;
    }
    watch.get("/exams", None).await;
    watch.get("/history", None).await;
}
