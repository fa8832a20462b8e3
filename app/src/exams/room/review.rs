//! All questions at a look before the end: what is answered, what is not, what is flagged or unsure.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use domain::exams::Confidence;

use super::state::{Place, Room};
use crate::exams::api::{Answered, FinishExam, SittingQuestion};
use crate::ui::{Icon, IconName};

/// Enough of a stem to know it again.
const TITLE_CHARACTERS: usize = 70;

#[component]
pub fn Review(room: Room) -> AnyView {
    let counts = move || room.questions.with(|questions| counted(questions));
    let rows = move || {
        room.questions.with(|questions| {
            questions.iter().map(|question| view! { <Row room question=question.clone()/> }).collect::<Vec<_>>()
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        if room.ready.get_untracked() {
            event.prevent_default();
            room.finish();
        }
    };
    view! {
        <section class="exam-review">
            <p>{counts}</p>
            <ol class="exam-review-list">{rows}</ol>
            <form class="exam-finish" method="post" action=FinishExam::PATH on:submit=submit>
                <input type="hidden" name="from" value=Place::Review.path(room.attempt)/>
                <input type="hidden" name="attempt" value=room.attempt.to_string()/>
                <p>{move || room.questions.with(|questions| before_the_end(questions))}</p>
                <div class="action-bar">
                    <button class="button button-primary" type="submit" aria-busy=move || room.finishing.get().then_some("true")>
                        "Finish the exam"
                    </button>
                    <a class="button button-secondary" href=Place::Question(1).path(room.attempt) on:click=to(room, 1)>
                        "Back to the questions"
                    </a>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn to(room: Room, position: u16) -> impl Fn(leptos::ev::MouseEvent) {
    move |event| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if plain && room.ready.get_untracked() {
            event.prevent_default();
            room.go(Place::Question(position));
        }
    }
}

#[component]
fn Row(room: Room, question: SittingQuestion) -> AnyView {
    let position = question.position;
    let (class, icon, state) = match question.progress {
        Answered::Whole if question.simulation.is_some() => ("result-state result-right", IconName::Check, "Worked on"),
        Answered::No if question.simulation.is_some() => ("result-state result-open", IconName::Minus, "Simulation not begun"),
        Answered::Whole => ("result-state result-right", IconName::Check, "Answered"),
        Answered::Partly => ("result-state result-part", IconName::Warning, "Not whole"),
        Answered::No => ("result-state result-open", IconName::Minus, "Not answered"),
    };
    let title = shorten(&question.prompt.stem.plain_text());
    view! {
        <li>
            <a href=Place::Question(position).path(room.attempt) on:click=to(room, position)>
                {position} ". " {title}
            </a>
            <span class="result-facts">
                <span class=class>
                    <Icon name=icon/>
                    {state}
                </span>
                {question.marked.then(|| view! { <span><Icon name=IconName::Bookmark/> "Flagged"</span> })}
                {(question.confidence == Some(Confidence::Unsure)).then(|| view! { <span>"Unsure"</span> })}
            </span>
        </li>
    }
    .into_any()
}

fn counted(questions: &[SittingQuestion]) -> String {
    let count = |wanted: fn(&SittingQuestion) -> bool| questions.iter().filter(|question| wanted(question)).count();
    format!(
        "{} answered, {} not whole, {} not answered, {} flagged, {} unsure.",
        count(|question| question.progress == Answered::Whole),
        count(|question| question.progress == Answered::Partly),
        count(|question| question.progress == Answered::No),
        count(|question| question.marked),
        count(|question| question.confidence == Some(Confidence::Unsure))
    )
}

fn before_the_end(questions: &[SittingQuestion]) -> &'static str {
    if questions.iter().all(|question| question.progress == Answered::Whole) {
        "Everything is answered. Once the exam is finished nothing can be changed."
    } else {
        "Nothing is taken away for a wrong answer, so a guess can only help. Once the exam is finished nothing can be changed."
    }
}

/// Cut at a word.
fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(TITLE_CHARACTERS) else { return text.to_owned() };
    let cut = &text[..end];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
}
