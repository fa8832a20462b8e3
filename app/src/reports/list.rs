//! What learners say is wrong with questions, for the administrator of their organisation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use domain::ids::ReportId;
use domain::reports::{Outcome, Standing};

use super::api::{CloseReport, Closed, ReopenReport, ReportRow, ReportsView};
use super::words;
use crate::backend::backend;
use crate::forms::failure_of;
use crate::ui::{
    Badge, BadgeKind, Button, ButtonVariant, EmptyState, LinkButton, Notice, NoticeKind, Page, Pagination, Table, Time, load,
};

/// `/reports?page=N&done=mended`
#[component]
pub fn ReportsPage() -> AnyView {
    let query = use_query_map().get_untracked();
    let (page, done) = (query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1), query.get("done"));
    let reports = async move { backend()?.reports(page).await };
    load(reports, move |reports| {
        view! {
            <Page
                title="Reported faults"
                lead="What learners of your organisation say is wrong with questions, each with the version they saw. Open reports come first."
            >
                <Done done/>
                <Reports reports/>
            </Page>
        }
        .into_any()
    })
}

/// What the last form has done, or why it has not.
#[component]
fn Done(done: Option<String>) -> AnyView {
    let failure = [CloseReport::PATH, ReopenReport::PATH].into_iter().find_map(failure_of);
    if let Some(failure) = failure {
        let why = failure.error.to_string();
        return view! { <Notice kind=NoticeKind::Danger role="alert"><p>{why}</p></Notice> }.into_any();
    }
    let words = match done.as_deref() {
        Some("mended") => "The report is closed as mended.",
        Some("no-fault") => "The report is closed: no fault.",
        Some("reopened") => "The report is open again.",
        _ => return ().into_any(),
    };
    view! { <Notice kind=NoticeKind::Success role="status"><p>{words}</p></Notice> }.into_any()
}

#[component]
fn Reports(reports: ReportsView) -> AnyView {
    if reports.reports.is_empty() {
        return view! {
            <EmptyState
                title="No reports yet"
                text="Where the answer to a question is told, learners can report a fault in it. What they report stands here."
            >
                <LinkButton href="/practice">"Go to practice"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let page = reports.page;
    let open = match reports.open {
        0 => "No report is open.".to_owned(),
        1 => "1 report is open.".to_owned(),
        open => format!("{open} reports are open."),
    };
    let rows: Vec<_> = reports.reports.into_iter().map(|row| view! { <Row row page/> }).collect();
    view! {
        <p>{open}</p>
        <Table caption="Reported faults, open ones first, then the latest first">
            <thead>
                <tr>
                    <th scope="col">"Question"</th>
                    <th scope="col">"Fault"</th>
                    <th scope="col">"Reported"</th>
                    <th scope="col">"State"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        <Pagination path="/reports" page pages=reports.pages/>
    }
    .into_any()
}

#[component]
fn Row(row: ReportRow, page: u32) -> AnyView {
    let kind = match row.standing {
        Standing::Present => BadgeKind::Plain,
        Standing::Changed | Standing::Gone => BadgeKind::Warning,
    };
    let note = (!row.note.is_empty()).then(|| view! { <p class="report-note">{row.note}</p> });
    let state = match row.closed {
        Some(closed) => view! { <Decided id=row.id item=row.item.to_string() closed page/> }.into_any(),
        None => view! { <Decide id=row.id item=row.item.to_string() page/> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <div class="report-cell">
                    <code>{row.item.to_string()}</code>
                    <span class="quiet">{row.exam_name} ", objective " {row.objective.to_string()}</span>
                    <span class="quiet">"Version " <code>{row.version}</code> " " <Badge kind>{words::standing(row.standing)}</Badge></span>
                </div>
            </th>
            <td>
                <div class="report-cell">{words::kind(row.kind)} {note}</div>
            </td>
            <td>
                <div class="report-cell">
                    {row.by}
                    <Time at=row.at/>
                </div>
            </td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}

/// One click closes it. `item`: said to those who cannot see which row a button stands in.
#[component]
fn Decide(id: ReportId, item: String, page: u32) -> AnyView {
    let buttons: Vec<_> = Outcome::ALL
        .map(|outcome| {
            let item = item.clone();
            view! {
                <Button variant=ButtonVariant::Secondary attr:name="outcome" attr:value=outcome.as_str()>
                    {words::outcome(outcome)} <span class="visually-hidden">": " {item}</span>
                </Button>
            }
        })
        .into();
    view! {
        <form class="report-decision" method="post" action=CloseReport::PATH>
            <Hidden id page/>
            {buttons}
        </form>
    }
    .into_any()
}

#[component]
fn Decided(id: ReportId, item: String, closed: Closed, page: u32) -> AnyView {
    let by = closed.by.map(|by| format!(" by {by}"));
    view! {
        <form class="report-decision" method="post" action=ReopenReport::PATH>
            <Hidden id page/>
            <div class="report-cell">
                <Badge kind=BadgeKind::Success>{words::outcome(closed.outcome)}</Badge>
                <span class="quiet">
                    <Time at=closed.at/>
                    {by}
                </span>
            </div>
            <Button variant=ButtonVariant::Quiet>
                "Open again" <span class="visually-hidden">": " {item}</span>
            </Button>
        </form>
    }
    .into_any()
}

#[component]
fn Hidden(id: ReportId, page: u32) -> AnyView {
    view! {
        <input type="hidden" name="from" value=format!("/reports?page={page}")/>
        <input type="hidden" name="report" value=id.to_string()/>
        <input type="hidden" name="page" value=page.to_string()/>
    }
    .into_any()
}
