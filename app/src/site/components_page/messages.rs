//! What a page may say: notices, errors with a way out, nothing here yet, something on its way.

use leptos::prelude::*;

use crate::error::AppError;
use crate::ui::{EmptyState, ErrorView, LinkButton, Notice, NoticeKind, Skeleton};

const KINDS: [(NoticeKind, &str); 4] = [
    (NoticeKind::Info, "You have a quiz that is still open."),
    (NoticeKind::Success, "Your password is changed. All other sessions are signed out."),
    (NoticeKind::Warning, "This link works once and for a day only."),
    (NoticeKind::Danger, "The server could not be reached. What you chose is still here; try again."),
];

#[component]
pub fn Messages() -> AnyView {
    let notices = KINDS.map(|(kind, words)| {
        view! {
            <Notice kind=kind>
                <p>{words} " " <a href="/components">"A link"</a></p>
            </Notice>
        }
    });
    let error = AppError::Internal { request_id: "01990a4e-5b1f-7c3e-8a55-2f6c1d9b7e10".to_owned() };
    view! {
        <h3>"Notices"</h3>
        <div class="stack">{notices}</div>
        <h3>"Error with a way out"</h3>
        <ErrorView error=error here="/components"/>
        <h3>"Empty and loading"</h3>
        <EmptyState title="No quiz yet" text="Once you have started one, it stands here with its mark and every question.">
            <LinkButton href="/practice">"Choose an exam and start"</LinkButton>
        </EmptyState>
        <Skeleton label="Loading the question"/>
    }
    .into_any()
}
