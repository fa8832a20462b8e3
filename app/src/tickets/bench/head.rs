//! Above and below the bench: time, the other view, help, and what went wrong.

use std::time::Duration;

use domain::tickets::Mode;
use engine::ticket::Action;
use engine::time::Span;
use leptos::prelude::*;

use super::island::open_part;
use super::state::BenchState;
use crate::error::{AppError, Conflict};
use crate::tickets::api::{Asked, ExamPlace};
use crate::tickets::words;
use crate::ui::{Notice, NoticeKind};

#[component]
pub fn Head(bench: BenchState, text: bool) -> AnyView {
    let progress = bench.progress;
    let clock = move || progress.with(|progress| format!("{} at the company, {} min on it", progress.clock, progress.minutes));
    let (href, label) = if text {
        (format!("/tickets/{}", bench.ticket), "Graphical view")
    } else {
        (format!("/tickets/{}?view=text", bench.ticket), "Text view")
    };
    let mode = match bench.mode {
        Mode::Practice => "Practice",
        Mode::Assessment => "Assessment",
        Mode::Simulation => "Simulation",
    };
    view! {
        {bench.exam().map(|exam| view! { <OfExam bench exam/> })}
        <div class="bench-head">
            <p class="quiet small bench-clock">{mode} " · " {clock}</p>
            <TimeLeft bench/>
            <div class="bench-tools">
                <Waits bench/>
                <a class="button button-quiet" href=href>
                    {label}
                </a>
            </div>
        </div>
        {bench.exam().is_none().then(|| view! { <Help/> })}
    }
    .into_any()
}

/// A simulation: the way back, and the way to begin again.
#[component]
fn OfExam(bench: BenchState, exam: ExamPlace) -> AnyView {
    let ExamPlace { attempt, position, questions } = exam;
    view! {
        <div class="bench-exam">
            <p>
                "Question " {position} " of " {questions} " of your exam. Everything is stored as you do it; how you leave the company counts, and there is nothing to hand in."
            </p>
            <div class="bench-tools">
                <a class="button button-primary" href=format!("/exams/{attempt}/{position}")>
                    "Back to the exam"
                </a>
                <details class="bench-menu">
                    <summary class="button button-quiet">"Start over"</summary>
                    <div class="bench-menu-body">
                        <p class="small">"All you have done in this simulation is taken back, and nothing else of your exam."</p>
                        <button class="button button-secondary" type="button" on:click=move |_| bench.ask(Asked::Rewind { to: 0 }, Box::new(|_| {}))>
                            "Take all of it back"
                        </button>
                    </div>
                </details>
            </div>
        </div>
    }
    .into_any()
}

/// The server counts; the page counts along between two answers. It can be hidden.
#[component]
fn TimeLeft(bench: BenchState) -> AnyView {
    if bench.mode == Mode::Practice {
        return ().into_any();
    }
    let left = RwSignal::new(None::<u32>);
    Effect::new(move || left.set(bench.progress.with(|progress| progress.seconds_left)));
    Effect::new(move || {
        let tick = move || {
            left.update(|left| *left = left.map(|seconds| seconds.saturating_sub(1)));
            if left.get_untracked() == Some(0) && !bench.pending.get_untracked() {
                left.set(None);
                bench.take_over();
            }
        };
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
    });
    let words = move || {
        let seconds = left.get().or_else(|| bench.progress.with(|progress| progress.seconds_left))?;
        Some(if seconds < 60 { "less than a minute".to_owned() } else { words::span(u64::from(seconds / 60) * 60) })
    };
    view! {
        <details class="bench-time" open>
            <summary>"Time left"</summary>
            <span>{words}</span>
        </details>
    }
    .into_any()
}

/// Somebody has to sign in again, a lease has to run out, an update has to end.
#[component]
fn Waits(bench: BenchState) -> AnyView {
    let wait = move |minutes: u64, label: &'static str| {
        view! {
            <button class="button button-quiet" type="button" on:click=move |_| bench.act(Action::Wait(Span::minutes(minutes)))>
                {label}
            </button>
        }
    };
    view! {
        <details class="bench-menu">
            <summary class="button button-quiet">"Let time pass"</summary>
            <div class="bench-menu-body">{wait(5, "5 minutes")} {wait(15, "15 minutes")} {wait(60, "1 hour")}</div>
        </details>
    }
    .into_any()
}

#[component]
fn Help() -> AnyView {
    view! {
        <details class="disclosure bench-help">
            <summary>"How the bench works"</summary>
            <div class="disclosure-body">
                <ol>
                    <li>"Read the request and talk to the person. They know what they see, not what is wrong."</li>
                    <li>"Look before you change anything: choose a device, look into its panels, type commands. Each thing you see rules something out."</li>
                    <li>"Say what you think is wrong before the first change. You may change your mind."</li>
                    <li>"Change as little as possible. Other people work here."</li>
                    <li>"Look again, and ask the person whether it works."</li>
                    <li>"Resolve the ticket, or hand it over to who can solve it, with what you have seen. Then you get the verdict."</li>
                </ol>
                <p>
                    "In a terminal: arrow up and down bring back earlier lines, Tab completes a word (Escape, then Tab leaves the line), Ctrl+C clears the line, Ctrl+L the screen. Each device says what can be done there. Everything is stored as you do it."
                </p>
            </div>
        </details>
    }
    .into_any()
}

#[component]
pub fn Failure(bench: BenchState) -> AnyView {
    let notice = move || {
        let error = bench.trouble.get()?;
        let (word, text, button) = match &error {
            AppError::Conflict(Conflict::TicketElsewhere) => (
                "In another window",
                "Another window works on this ticket now. What was done there is stored.".to_owned(),
                Some("Take it back here"),
            ),
            AppError::Unavailable { .. } => (
                "Not sent",
                "The server could not be reached. Nothing that is shown here is lost, and what you typed is still there."
                    .to_owned(),
                Some("Try again"),
            ),
            AppError::Conflict(Conflict::TicketClosed | Conflict::TimeIsUp) => ("Closed", error.to_string(), None),
            other => ("Not done", other.to_string(), None),
        };
        let elsewhere = matches!(error, AppError::Conflict(Conflict::TicketElsewhere));
        let button = button.map(|label| {
            view! {
                <button
                    class="button button-secondary"
                    type="button"
                    on:click=move |_| if elsewhere { bench.take_over() } else { bench.try_again() }
                >
                    {label}
                </button>
            }
        });
        let link = match error {
            AppError::SignInNeeded => Some(view! { <a href="/sign-in">"Sign in"</a> }.into_any()),
            AppError::Conflict(Conflict::TicketClosed | Conflict::TimeIsUp) => {
                Some(view! { <a href=format!("/tickets/{}/debrief", bench.ticket)>"See the verdict"</a> }.into_any())
            }
            AppError::Conflict(Conflict::ExamFinished | Conflict::ExamTimeIsUp | Conflict::ExamPaused) => {
                bench.exam().map(|exam| view! { <a href=format!("/exams/{}", exam.attempt)>"To the exam"</a> }.into_any())
            }
            _ => None,
        };
        Some(view! { <Notice kind=NoticeKind::Danger word=word><p>{text}</p> <p>{button} {link}</p></Notice> })
    };
    view! { <div role="alert">{notice}</div> }.into_any()
}

/// Asked for quietly at the first change, and only as long as there is none.
#[component]
pub fn TheoryWanted(bench: BenchState, text: bool) -> AnyView {
    let wanted = move || bench.progress.with(|progress| progress.theory_wanted && !progress.closed);
    let how = move || {
        if text {
            view! { <span>"Write it as: theory LAYER COMPONENT CAUSE"</span> }.into_any()
        } else {
            view! {
                <button
                    class="button button-secondary"
                    type="button"
                    on:click=move |_| open_part(bench, "part-theory", "theory-layer")
                >
                    "State your theory"
                </button>
            }
            .into_any()
        }
    };
    view! {
        <div role="status">
            {move || {
                wanted()
                    .then(|| {
                        view! {
                            <Notice word="Theory">
                                <p>"You have changed something. What do you think is wrong? You may revise it later."</p>
                                <p>{how()}</p>
                            </Notice>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// What came last, for eyes and for screen readers.
#[component]
pub fn Foot(bench: BenchState) -> AnyView {
    let last = move || {
        if bench.pending.get() {
            return "Working…".to_owned();
        }
        bench.entries.with(|entries| match entries.last() {
            None => "Nothing done yet. Everything you do is stored as you do it.".to_owned(),
            Some(entry) => format!("Stored: action {} at {}, took {}.", entry.number, entry.at, words::span(entry.took)),
        })
    };
    view! {
        <p class="bench-foot quiet small" role="status">
            {last}
        </p>
    }
    .into_any()
}
