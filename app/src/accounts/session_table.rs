//! Where a person is signed in, and how to end it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EndOtherSessions, EndSession, SessionView};
use crate::forms::failure_of;
use crate::ui::{Button, ButtonVariant, Card, Form, Notice, NoticeKind, Table, Time};

#[component]
pub fn Sessions(sessions: Vec<SessionView>) -> AnyView {
    let others = sessions.len() > 1;
    let failure = failure_of(EndSession::PATH).map(|failure| failure.error.to_string());
    let rows: Vec<_> = sessions.into_iter().map(|session| view! { <Row session/> }).collect();
    view! {
        <Card title="Where you are signed in">
            {failure.map(|words| view! { <Notice kind=NoticeKind::Danger role="alert"><p>{words}</p></Notice> })}
            <Table caption="Your sign-ins, the latest seen first" hide_caption=true>
                <thead>
                    <tr>
                        <th scope="col">"Device"</th>
                        <th scope="col">"Signed in"</th>
                        <th scope="col">"Last seen"</th>
                        <th scope="col">"End"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
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
    let end = if session.current {
        view! { <span>"This device"</span> }.into_any()
    } else {
        view! { <End id=session.id.to_string() device=session.device.clone()/> }.into_any()
    };
    view! {
        <tr>
            <td>{session.device}</td>
            <td>
                <Time at=session.signed_in_at/>
            </td>
            <td>
                <Time at=session.last_seen_at/>
            </td>
            <td>{end}</td>
        </tr>
    }
    .into_any()
}

/// A form of its own in each row; what went wrong stands once, above the table.
#[component]
fn End(id: String, device: String) -> AnyView {
    view! {
        <form method="post" action=EndSession::PATH>
            <input type="hidden" name="from" value="/account"/>
            <input type="hidden" name="id" value=id/>
            <Button variant=ButtonVariant::Quiet>
                "Sign out" <span class="visually-hidden">" " {device}</span>
            </Button>
        </form>
    }
    .into_any()
}
