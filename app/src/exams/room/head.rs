//! Above every question: where one is, the clock, and whether everything is stored.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use domain::exams::Mode;

use super::clock::TimeLeft;
use super::state::{Place, Room};
use crate::error::{AppError, Conflict};
use crate::exams::api::Pause;
use crate::exams::words;
use crate::ui::{Notice, NoticeKind};

#[component]
pub fn Head(room: Room, name: String, mode: Mode) -> AnyView {
    let heading = move || match room.place.get() {
        Place::Question(position) => format!("Question {position} of {}", room.count),
        Place::Review => "Review".to_owned(),
    };
    view! {
        <header class="quiz-head exam-head">
            <p class="quiz-exam">{name} ", " {words::mode(mode)}</p>
            <div class="quiz-title">
                <h1 id="exam-heading" tabindex="-1">
                    {heading}
                </h1>
                <div class="exam-clock">
                    <TimeLeft room/>
                    {(mode == Mode::Practice).then(|| view! { <PauseButton room/> })}
                </div>
            </div>
            <SaveState room/>
        </header>
    }
    .into_any()
}

#[component]
fn PauseButton(room: Room) -> AnyView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        if room.ready.get_untracked() {
            event.prevent_default();
            room.pause();
        }
    };
    view! {
        <form method="post" action=Pause::PATH on:submit=submit>
            <input type="hidden" name="from" value=format!("/exams/{}", room.attempt)/>
            <input type="hidden" name="attempt" value=room.attempt.to_string()/>
            <button class="button button-quiet" type="submit">
                "Stop the clock"
            </button>
        </form>
    }
    .into_any()
}

/// Calm words: what is not stored yet is kept on this device and counted.
#[component]
fn SaveState(room: Room) -> AnyView {
    let state = move || {
        let unsent = room.unsent.with(Vec::len);
        let answers = if unsent == 1 { "1 change".to_owned() } else { format!("{unsent} changes") };
        match (unsent, room.away.get()) {
            (0, false) if room.ready.get() => "All saved".to_owned(),
            (0, false) => String::new(),
            (0, true) => "No connection. You can go on: what you change is kept here and sent later.".to_owned(),
            (_, false) => "Saving…".to_owned(),
            (_, true) => format!("No connection. {answers} kept here, to be sent when it is back. You can go on."),
        }
    };
    view! {
        <p class="exam-saved quiet" role="status" data-unsent=move || room.unsent.with(Vec::len).to_string()>
            {state}
        </p>
    }
    .into_any()
}

/// What needs a decision.
#[component]
pub fn Trouble(room: Room) -> AnyView {
    let notice = move || {
        let error = room.trouble.get()?;
        let unsent = room.unsent.with(Vec::len);
        let result = format!("/exams/{}/result", room.attempt);
        let (word, text, way) = match error {
            AppError::Conflict(Conflict::ExamElsewhere) => (
                "In another window",
                "This exam is being taken in another window. What was answered there is stored.".to_owned(),
                view! {
                    <button class="button button-secondary" type="button" on:click=move |_| room.sit_down()>
                        "Continue here"
                    </button>
                }
                .into_any(),
            ),
            AppError::Conflict(Conflict::ExamFinished | Conflict::ExamTimeIsUp) => (
                "Finished",
                format!("This exam is over. What was not stored before its end does not count: {unsent} of your last changes."),
                view! { <a href=result>"See the result"</a> }.into_any(),
            ),
            AppError::Conflict(Conflict::ExamPaused) => (
                "The clock stands still",
                "Somebody stopped the clock in another window.".to_owned(),
                view! { <a href=format!("/exams/{}", room.attempt)>"Go on"</a> }.into_any(),
            ),
            AppError::SignInNeeded => (
                "Signed out",
                "Sign in again to go on. What you changed is kept on this device.".to_owned(),
                view! { <a href=format!("/sign-in?next=/exams/{}", room.attempt)>"Sign in"</a> }.into_any(),
            ),
            other => (
                "Not saved",
                other.to_string(),
                view! {
                    <button class="button button-secondary" type="button" on:click=move |_| room.sit_down()>
                        "Try again"
                    </button>
                }
                .into_any(),
            ),
        };
        Some(view! { <Notice kind=NoticeKind::Danger word=word><p>{text}</p> <p>{way}</p></Notice> })
    };
    view! { <div role="alert">{notice}</div> }.into_any()
}
