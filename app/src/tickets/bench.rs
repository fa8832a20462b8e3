//! The page of a ticket: the request stands in the page, the bench on it is an island.

mod close;
mod device;
pub(super) mod fields;
mod head;
mod here;
mod hints;
mod island;
mod log;
mod notes;
mod panel;
mod site;
mod spot;
mod state;
mod talk;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod theory;
mod ticket;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use domain::ids::TicketId;

use self::island::Bench;
use self::spot::Spot;
use super::api::BenchView;
use crate::backend::{backend, go_to};
use crate::error::{AppError, Conflict};
use crate::ui::{Notice, NoticeKind, load};

/// `/tickets/:ticket?view=text&at=…`
#[component]
pub fn BenchPage() -> AnyView {
    let ticket = use_params_map().get_untracked().get("ticket").and_then(|text| text.parse::<TicketId>().ok());
    let query = use_query_map().get_untracked();
    let text = query.get("view").is_some_and(|view| view == "text");
    let at = query.get("at").unwrap_or_default();
    let view = async move {
        let ticket = ticket.ok_or(AppError::NotFound)?;
        let view = backend()?.bench(ticket).await;
        if matches!(view, Err(AppError::Conflict(Conflict::TicketClosed | Conflict::TimeIsUp | Conflict::ExamFinished))) {
            go_to(&format!("/tickets/{ticket}/debrief"));
        }
        view
    };
    load(view, move |view| {
        let spot = Spot::parse(&at, &view);
        view! { <Work view text spot/> }.into_any()
    })
}

#[component]
fn Work(view: BenchView, text: bool, spot: Spot) -> AnyView {
    let title = format!("{} · {}", view.title, view.company);
    view! {
        <leptos_meta::Title text=format!("{title} · Firstline")/>
        <div class="page page-bench">
            <header class="page-heading">
                <h1>{view.title.clone()}</h1>
                <p class="lead">{view.company.clone()}</p>
            </header>
            <noscript>
                <Notice kind=NoticeKind::Warning word="Scripts needed">
                    <p>
                        "A ticket runs in the page, so it needs JavaScript and WebAssembly. Nothing you have done is lost: switch them on and load the page again. Practice quizzes work without."
                    </p>
                </Notice>
            </noscript>
            <Bench view text spot/>
        </div>
    }
    .into_any()
}
