//! "Report a fault", where the answer to a question is told: one click opens it, a second one on a reason sends it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use domain::ids::AttemptId;
use domain::reports::{Kind, LONGEST_NOTE};

use super::api::ReportFault;
use super::words;
use crate::forms::failure_of;
use crate::ui::{Notice, NoticeKind};

const KIND: &str = "report[kind]";
const NOTE: &str = "report[note]";

/// `page`: the path of the question; it comes back and says what has become of the report. A plain form also where the page is
/// awake: nothing on a page with a verdict can be lost by loading it again.
#[component]
pub fn ReportForm(attempt: AttemptId, position: u16, page: String) -> AnyView {
    let kinds: Vec<_> = Kind::ALL
        .map(|kind| {
            view! {
                <button class="button button-secondary" type="submit" name=KIND value=kind.as_str()>
                    {words::kind(kind)}
                </button>
            }
        })
        .into();
    view! {
        <details class="disclosure report">
            <summary>"Report a fault"</summary>
            <form class="disclosure-body" method="post" action=ReportFault::PATH>
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
            </form>
        </details>
    }
    .into_any()
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
