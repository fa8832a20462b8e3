//! "Report a fault", where the answer to a question is told: one click opens it, a second one on a reason sends it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, SubmitEvent};

use domain::ids::AttemptId;
use domain::reports::{Kind, LONGEST_NOTE};

use super::api::{NewReport, ReportFault, report_fault};
use super::words;
use crate::forms::failure_of;
use crate::ui::{Notice, NoticeKind};

const KIND: &str = "report[kind]";
const NOTE: &str = "report[note]";

/// `page`: the path of the question. On a page that is awake the question stays as it is.
#[component]
pub fn ReportForm(attempt: AttemptId, position: u16, page: String) -> AnyView {
    let (told, pending) = (RwSignal::new(None), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(report) = read(&event, attempt, position).filter(|_| !pending.get_untracked()) {
            send(report, told, pending);
        }
    };
    let kinds: Vec<_> = Kind::ALL
        .map(|kind| {
            view! {
                <button
                    class="button button-secondary"
                    type="submit"
                    name=KIND
                    value=kind.as_str()
                    aria-disabled=move || pending.get().then_some("true")
                >
                    {words::kind(kind)}
                </button>
            }
        })
        .into();
    view! {
        <details class="disclosure report">
            <summary>"Report a fault"</summary>
            <form class="disclosure-body" method="post" action=ReportFault::PATH on:submit=submit>
                <input type="hidden" name="from" value=page/>
                <input type="hidden" name="report[attempt]" value=attempt.to_string()/>
                <input type="hidden" name="report[position]" value=position.to_string()/>
                <div class="field">
                    <label class="field-label" for="report-note">"Note (may stay empty)"</label>
                    <textarea class="input area" id="report-note" name=NOTE rows="2" maxlength=LONGEST_NOTE.to_string()></textarea>
                </div>
                <div class="report-kinds" role="group" aria-label="What is wrong? Your choice sends the report.">
                    {kinds}
                </div>
                <p class="report-told" role="status">{move || told.get()}</p>
            </form>
        </details>
    }
    .into_any()
}

/// The reason is the button that was pressed.
fn read(event: &SubmitEvent, attempt: AttemptId, position: u16) -> Option<NewReport> {
    let kind = event.submitter()?.get_attribute("value")?.parse().ok()?;
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let note = FormData::new_with_form(&form).ok()?.get(NOTE).as_string().unwrap_or_default();
    Some(NewReport { attempt, position, kind, note })
}

fn send(report: NewReport, told: RwSignal<Option<String>>, pending: RwSignal<bool>) {
    pending.set(true);
    // The same words a second time are said aloud again.
    told.set(None);
    spawn_local(async move {
        let answer = report_fault(report).await;
        pending.set(false);
        told.set(Some(match answer {
            Ok(filed) => words::filed(filed.before).to_owned(),
            Err(error) => words::not_filed(&error),
        }));
    });
}

/// What has become of a report that was sent without scripts: at the top of the page that comes back.
#[component]
pub fn Reported() -> AnyView {
    if let Some(failure) = failure_of(ReportFault::PATH) {
        let why = words::not_filed(&failure.error);
        return view! { <Notice kind=NoticeKind::Danger word="Not reported" role="alert"><p>{why}</p></Notice> }.into_any();
    }
    let before = match use_query_map().get_untracked().get("reported").as_deref() {
        Some("new") => false,
        Some("before") => true,
        _ => return ().into_any(),
    };
    view! { <Notice kind=NoticeKind::Success word="Reported" role="status"><p>{words::filed(before)}</p></Notice> }.into_any()
}
