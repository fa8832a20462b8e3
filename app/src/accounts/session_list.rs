//! Where a person is signed in, and how to end it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EndOtherSessions, EndSession, SessionView};
use crate::forms::failure_of;
use crate::ui::{Button, ButtonVariant, Card, Form, Notice, NoticeKind, Time};

#[component]
pub fn Sessions(sessions: Vec<SessionView>) -> AnyView {
    let others = sessions.len() > 1;
    let failure = failure_of(EndSession::PATH).map(|failure| failure.error.to_string());
    let rows: Vec<_> = sessions.into_iter().map(|session| view! { <Row session/> }).collect();
    view! {
        <Card title="Where you are signed in">
            {failure.map(|words| view! { <Notice kind=NoticeKind::Danger role="alert"><p>{words}</p></Notice> })}
            <ul class="sessions">{rows}</ul>
            {others.then(|| view! {
                <Form action=EndOtherSessions::PATH>
                    <div class="form-actions">
                        <Button variant=ButtonVariant::Secondary>"Sign out all other devices"</Button>
                    </div>
                </Form>
            })}
        </Card>
    }
    .into_any()
}

#[component]
fn Row(session: SessionView) -> AnyView {
    let SessionView { id, device, signed_in_at, last_seen_at, current } = session;
    let end = if current {
        view! { <span class="session-current">"This device"</span> }.into_any()
    } else {
        view! { <End id=id.to_string() device=device.clone() since=signed_in_at.clone()/> }.into_any()
    };
    view! {
        <li class="session">
            <div class="session-facts">
                <span class="session-device">{device}</span>
                <span class="session-times">
                    "Last seen " <Time at=last_seen_at/> ", signed in " <Time at=signed_in_at/>
                </span>
            </div>
            {end}
        </li>
    }
    .into_any()
}

/// A form of its own in each row; what went wrong stands once, above the list.
#[component]
fn End(id: String, device: String, since: String) -> AnyView {
    view! {
        <form method="post" action=EndSession::PATH>
            <input type="hidden" name="from" value="/account"/>
            <input type="hidden" name="id" value=id/>
            <Button variant=ButtonVariant::Secondary>
                "Sign out" <span class="visually-hidden">" " {device} ", signed in " <Time at=since/></span>
            </Button>
        </form>
    }
    .into_any()
}
