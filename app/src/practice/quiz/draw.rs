//! What the server draws of a question for the quiz: its exhibit, and its verdict.

use leptos::prelude::*;

use super::told::Told;
use crate::practice::api::{DrawnQuestion, DrawnVerdict, QuestionView, TimeLeft};
use crate::practice::exhibit::Exhibit;

#[must_use]
pub fn draw(question: QuestionView) -> DrawnQuestion {
    let next = question.verdict.as_ref().map(|verdict| verdict.next);
    let verdict = next.map(|next| DrawnVerdict { html: told(question.clone()), next });
    let exhibit = question.exhibit.map(|exhibit| view! { <Exhibit exhibit/> }.to_html());
    let overline = overline(&question.exam_name, question.time_left.as_ref());
    let QuestionView { attempt, position, questions, answered, prompt, marked, key, sequence, shortcuts, .. } = question;
    DrawnQuestion { attempt, overline, position, questions, answered, exhibit, prompt, marked, key, sequence, verdict, shortcuts }
}

/// The time left is that of this answer of the server: each question and each verdict brings it anew.
fn overline(exam_name: &str, time_left: Option<&TimeLeft>) -> String {
    let Some(TimeLeft { ends_at, seconds }) = time_left else { return exam_name.to_owned() };
    // `2026-11-22T09:05:31Z`
    let clock = ends_at.get(11..16).unwrap_or(ends_at);
    let left = match seconds / 60 {
        0 if *seconds == 0 => "the time is up".to_owned(),
        0 => "less than a minute left".to_owned(),
        1 => "1 minute left".to_owned(),
        minutes => format!("{minutes} minutes left"),
    };
    format!("{exam_name}. Ends at {clock} UTC, {left}")
}

fn told(question: QuestionView) -> String {
    view! { <Told question/> }.to_html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_the_time_is_said_in_whole_minutes() {
        let told = |seconds| overline("Net", Some(&TimeLeft { ends_at: "2026-11-22T14:05:31Z".to_owned(), seconds }));
        for (seconds, words) in [
            (0, "the time is up"),
            (1, "less than a minute left"),
            (59, "less than a minute left"),
            (60, "1 minute left"),
            (599, "9 minutes left"),
            (21_600, "360 minutes left"),
        ] {
            assert_eq!(told(seconds), format!("Net. Ends at 14:05 UTC, {words}"));
        }
        assert_eq!(overline("Net", None), "Net");
    }
}
