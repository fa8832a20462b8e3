//! The parts of a quiz, the same ones the quiz is made of: a question that waits, and one with its verdict.

use domain::content::prose::{Block, Prose, Span};
use domain::ids::{AttemptId, IdempotencyKey, ObjectiveId};
use leptos::prelude::*;
use uuid::Uuid;

use super::figures::sample;
use crate::practice::api::{Prompt, QuestionView, Reveal, RevealedOption, Verdict};
use crate::practice::quiz::{Ask, QuizState, Told};

/// Specimens: they cannot be operated, so that no answer goes out from here.
#[component]
pub fn QuizParts() -> AnyView {
    let open = QuizState::new(question(None), None);
    let told = QuizState::new(question(Some(verdict())), None);
    view! {
        <div class="quiz-specimens" inert>
            <section class="quiz" aria-label="A question that waits for its answer">
                <Ask quiz=open question=question(None) kept=vec![2]/>
            </section>
            <section class="quiz" aria-label="A question with its verdict">
                <Told quiz=told question=question(Some(verdict())) verdict=verdict()/>
            </section>
        </div>
    }
    .into_any()
}

fn question(verdict: Option<Verdict>) -> QuestionView {
    QuestionView {
        attempt: AttemptId(Uuid::nil()),
        exam_name: "A+ Core 1".to_owned(),
        position: 3,
        questions: 10,
        answered: 2,
        prompt: Prompt {
            stem: sample(),
            options: [
                "The DHCP server cannot be reached.",
                "The DNS server has no record for the name.",
                "The default gateway is on another subnet, which is a sentence long enough to need two lines on a phone.",
                "A firewall blocks port 443.",
            ]
            .map(line)
            .to_vec(),
            choose: 2,
        },
        marked: false,
        key: IdempotencyKey(Uuid::nil()),
        sequence: 3,
        verdict,
        shortcuts: true,
    }
}

fn verdict() -> Verdict {
    let reason = |key, words| RevealedOption { key, reason: line(words) };
    Verdict {
        chosen: vec![1, 2],
        correct: false,
        reveal: Reveal {
            options: vec![
                reason(true, "Without an offer the computer takes an address from 169.254.0.0/16."),
                reason(false, "Names come after addresses: without a lease there is no DNS server to ask."),
                reason(true, "A specimen needs a right answer that was not chosen, too."),
                reason(false, "The address shows that the fault lies before any port."),
            ],
            remember: line("169.254 means that no DHCP server answered."),
            objective: ObjectiveId::from("2.6"),
            objective_title: "Configure addresses".to_owned(),
            source: "RFC 3927".to_owned(),
            checked: "2026-11-22".to_owned(),
        },
        next: Some(4),
    }
}

fn line(words: &str) -> Prose {
    Prose(vec![Block::Paragraph(vec![Span::Text(words.to_owned())])])
}
