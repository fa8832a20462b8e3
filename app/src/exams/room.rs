//! The exam room: one question at a time, the clock, and the review of all. Works as plain forms; the island makes it instant,
//! goes on while the network is away, and sends what was changed meanwhile.

mod ask;
mod change;
mod clock;
mod head;
mod keys;
mod review;
mod state;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use domain::ids::AttemptId;

use self::ask::{Ask, Plain};
use self::head::{Head, Trouble};
use self::keys::{Shortcuts, listen};
use self::review::Review;
use self::state::{Place, Room};
use super::api::{Resume, SaveAndGo, SittingView};
use super::told::Told;
use super::words;
use crate::backend::{backend, go_to};
use crate::error::{AppError, Conflict};
use crate::forms::failure_of;
use crate::practice::api::QuestionView;
use crate::ui::{Button, Form, Notice, NoticeKind, Page, PageWidth, load};

/// What is at an address of an exam.
enum Found {
    Running(SittingView),
    Finished(Box<QuestionView>, u16),
}

/// `/exams/:attempt` shows the first question that is not answered, `/exams/:attempt/:position` a certain one.
#[component]
pub fn RoomPage() -> AnyView {
    let params = use_params_map().get_untracked();
    let attempt = params.get("attempt").and_then(|text| text.parse::<AttemptId>().ok());
    let position = params.get("position").map(|text| text.parse::<u16>().map_err(|_| AppError::NotFound)).transpose();
    let found = async move {
        let (attempt, position) = (attempt.ok_or(AppError::NotFound)?, position?);
        match (backend()?.sitting(attempt).await, position) {
            (Ok(sitting), _) => Ok((Found::Running(sitting), position)),
            (Err(AppError::Conflict(Conflict::ExamFinished)), Some(position)) => {
                let question = backend()?.exam_question(attempt, position).await?;
                Ok((Found::Finished(Box::new(question), position), Some(position)))
            }
            (Err(error), _) => {
                if error == AppError::Conflict(Conflict::ExamFinished) {
                    go_to(&format!("/exams/{attempt}/result"));
                }
                Err(error)
            }
        }
    };
    load(found, |(found, position)| match found {
        Found::Running(sitting) => view! { <Running sitting position/> }.into_any(),
        Found::Finished(question, position) => view! { <Told question=*question position/> }.into_any(),
    })
}

/// `/exams/:attempt/review`
#[component]
pub fn ReviewPage() -> AnyView {
    let attempt = use_params_map().get_untracked().get("attempt").and_then(|text| text.parse::<AttemptId>().ok());
    let sitting = async move {
        let attempt = attempt.ok_or(AppError::NotFound)?;
        let sitting = backend()?.sitting(attempt).await;
        if matches!(sitting, Err(AppError::Conflict(Conflict::ExamFinished))) {
            go_to(&format!("/exams/{attempt}/result"));
        }
        sitting
    };
    load(sitting, |sitting| {
        if sitting.clock.paused {
            return view! { <Paused sitting/> }.into_any();
        }
        let count = u16::try_from(sitting.questions.len()).unwrap_or(u16::MAX);
        view! {
            <leptos_meta::Title text=format!("Review: {} · Firstline", sitting.exam_name)/>
            <div class="page page-reading">
                <ExamRoom sitting at=0 count failure=None/>
            </div>
        }
        .into_any()
    })
}

#[component]
fn Running(sitting: SittingView, position: Option<u16>) -> AnyView {
    if sitting.clock.paused {
        return view! { <Paused sitting/> }.into_any();
    }
    let count = u16::try_from(sitting.questions.len()).unwrap_or(u16::MAX);
    let open = sitting.questions.iter().find(|question| question.progress == super::api::Answered::No);
    let at = position.unwrap_or_else(|| open.map_or(1, |question| question.position));
    if !(1..=count).contains(&at) {
        return view! { <crate::site::errors::ErrorPage error=AppError::NotFound/> }.into_any();
    }
    let title = format!("Question {at} of {count}: {}", sitting.exam_name);
    let failure = failure_of(SaveAndGo::PATH).map(|failure| failure.error);
    // The page wakes up with all of them; until then it needs the one in view.
    let mut sitting = sitting;
    sitting.questions.retain(|question| question.position == at);
    view! {
        <leptos_meta::Title text=format!("{title} · Firstline")/>
        <div class="page page-reading">
            <ExamRoom sitting at count failure/>
        </div>
    }
    .into_any()
}

#[component]
fn Paused(sitting: SittingView) -> AnyView {
    let left = words::span(sitting.clock.milliseconds_left / 1000);
    view! {
        <Page title="The clock stands still" lead=sitting.exam_name.clone() width=PageWidth::Reading>
            <p>{left} " left. The questions come back when you go on. Everything you answered is saved."</p>
            <Form action=Resume::PATH>
                <input type="hidden" name="attempt" value=sitting.attempt.to_string()/>
                <Button>"Go on"</Button>
            </Form>
        </Page>
    }
    .into_any()
}

/// `at`: a position from 1; 0 is the review. `failure`: why the plain form came back.
#[cfg_attr(feature = "bench", island)]
#[cfg_attr(not(feature = "bench"), component)]
pub fn ExamRoom(sitting: SittingView, at: u16, count: u16, failure: Option<AppError>) -> impl IntoView {
    let place = if at == 0 { Place::Review } else { Place::Question(at) };
    let (shortcuts, name, mode) = (sitting.shortcuts, sitting.exam_name.clone(), sitting.mode);
    let plain = Plain { key: sitting.key, writer: sitting.writer, sequence: sitting.sequence };
    let room = Room::new(sitting, place, count);
    Effect::new(move || room.sit_down());
    if shortcuts {
        listen(room);
    }
    let content = move |place| match place {
        Place::Review => view! { <Review room/> }.into_any(),
        Place::Question(position) => match untrack(move || room.question(position)) {
            Some(question) => view! { <Ask room question plain shortcuts/> }.into_any(),
            None => view! { <p role="status">"Loading the questions…"</p> }.into_any(),
        },
    };
    view! {
        <article class="quiz exam-room" aria-labelledby="exam-heading">
            <Head room name mode/>
            <Trouble room/>
            {failure
                .map(|error| {
                    view! {
                        <div role="alert">
                            <Notice kind=NoticeKind::Danger word="Not saved">
                                <p>{error.to_string()}</p>
                            </Notice>
                        </div>
                    }
                })}
            // By key: another question gets fields of its own. Fields that are used again would keep what was chosen in them.
            <For each=move || [(room.place.get(), room.drawn.get())] key=|(place, drawn)| (place.number(), *drawn) children=move |(place, _)| content(place)/>
            {shortcuts.then(|| view! { <Shortcuts/> })}
        </article>
    }
}
