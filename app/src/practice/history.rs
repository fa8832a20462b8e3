//! Everything a learner has practised, the latest first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{HistoryRow, HistoryView};
use super::builder::StartPractice;
use crate::backend::backend;
use crate::ui::{EmptyState, Page, Pagination, Table, Time, load};

/// `/history?page=N`
#[component]
pub fn HistoryPage() -> AnyView {
    let page = use_query_map().get_untracked().get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let history = async move { backend()?.history(page).await };
    load(history, |history| {
        view! {
            <Page title="History" lead="Every quiz and exam you have started. Open ones continue where you left them.">
                <History history/>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn History(history: HistoryView) -> AnyView {
    if history.attempts.is_empty() {
        return view! {
            <EmptyState title="No quiz yet" text="Once you have started one, it stands here with its mark and every question.">
                <StartPractice/>
            </EmptyState>
        }
        .into_any();
    }
    let rows: Vec<_> = history.attempts.into_iter().map(|row| view! { <Row row/> }).collect();
    view! {
        <Table caption="Quizzes and exams, the latest first">
            <thead>
                <tr>
                    <th scope="col">"Started"</th>
                    <th scope="col">"Exam"</th>
                    <th scope="col" class="wide-only">"Answered"</th>
                    <th scope="col">"Right"</th>
                    <th scope="col">"State"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        <Pagination path="/history" page=history.page pages=history.pages/>
    }
    .into_any()
}

#[component]
fn Row(row: HistoryRow) -> AnyView {
    let room = if row.length.is_some() { "exams" } else { "practice" };
    let link = if row.finished_at.is_some() {
        view! { <a href=format!("/{room}/{}/result", row.id)>"Result"</a> }
    } else {
        view! { <a href=format!("/{room}/{}", row.id)>"Continue"</a> }
    };
    let kind = row.length.map_or("", |_| ", practice exam");
    let percent = row.mark.percent().map(|percent| format!(" ({percent} %)"));
    view! {
        <tr>
            <td>
                <Time at=row.started_at/>
            </td>
            <td>{row.exam_name} {kind}</td>
            <td class="wide-only">{row.answered} " of " {row.questions}</td>
            <td>{row.mark.correct} {percent}</td>
            <td>{link}</td>
        </tr>
    }
    .into_any()
}
