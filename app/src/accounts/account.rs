//! A person's own account: who they are here, password, sign-ins, keyboard.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use domain::accounts::{Role, TimeAllowance};

use super::api::{ChangePassword, SetShortcuts, SetTimeAllowance, Viewer};
use super::new_password::NewPassword;
use super::session_list::Sessions;
use super::words;
use crate::backend::backend;
use crate::error::AppError;
use crate::ui::{
    Button, ButtonVariant, Card, Choice, Field, Form, LinkButton, Notice, NoticeKind, Page, PageWidth, RadioGroup, Switch, load,
};

/// `/account?done=password`
#[component]
pub fn AccountPage() -> AnyView {
    let done = use_query_map().get_untracked().get("done");
    let account = async move {
        let backend = backend()?;
        let viewer = backend.viewer().ok_or(AppError::SignInNeeded)?;
        Ok((viewer, backend.sessions().await?, backend.time_allowance().await?))
    };
    load(account, move |(viewer, sessions, allowance)| {
        view! {
            <Page title="Your account" width=PageWidth::Reading>
                <Done done/>
                <Facts viewer=viewer.clone()/>
                {(viewer.role == Role::Admin).then(|| view! { <Administration/> })}
                <Password name=viewer.name/>
                <Sessions sessions/>
                <TimeLimits allowance/>
                <Shortcuts on=viewer.shortcuts/>
            </Page>
        }
        .into_any()
    })
}

/// What the last form has done.
#[component]
fn Done(done: Option<String>) -> AnyView {
    let words = match done.as_deref() {
        Some("password") => "Your password is changed. All other devices are signed out.",
        Some("session") => "That device is signed out.",
        Some("sessions") => "All other devices are signed out.",
        Some("time") => "Your choice about time limits is saved. It holds for what you start from now on.",
        Some("shortcuts") => "Your choice about keyboard shortcuts is saved.",
        _ => return ().into_any(),
    };
    view! {
        <Notice kind=NoticeKind::Success role="status">
            <p>{words}</p>
        </Notice>
    }
    .into_any()
}

#[component]
fn Facts(viewer: Viewer) -> AnyView {
    view! {
        <Card>
            <dl class="facts">
                <dt>"Name"</dt>
                <dd>{viewer.name}</dd>
                <dt>"Organisation"</dt>
                <dd>{viewer.organisation}</dd>
                <dt>"Role"</dt>
                <dd>{words::role(viewer.role)}</dd>
            </dl>
        </Card>
    }
    .into_any()
}

/// Where an administrator looks after the organisation.
#[component]
fn Administration() -> AnyView {
    view! {
        <Card title="Your organisation">
            <p>"What learners say is wrong with questions: see each report with the version they saw, and close it."</p>
            <LinkButton variant=ButtonVariant::Secondary href="/reports">"Reported faults"</LinkButton>
            <p>"What the questions of each exam cover, and what is still missing."</p>
            <LinkButton variant=ButtonVariant::Secondary href="/coverage">"Coverage of the exams"</LinkButton>
        </Card>
    }
    .into_any()
}

#[component]
fn Password(name: String) -> AnyView {
    view! {
        <Card title="Change your password">
            <p>"Changing it signs you out on all other devices."</p>
            <Form action=ChangePassword::PATH>
                // Tells a password manager whose password this is.
                <input type="text" name="username" autocomplete="username" value=name hidden=true readonly=true/>
                <Field name="current" label="Current password" kind="password" autocomplete="current-password" required=true/>
                <NewPassword name="new" label="New password"/>
                <div class="form-actions">
                    <Button>"Change password"</Button>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
fn TimeLimits(allowance: TimeAllowance) -> AnyView {
    let choice = |one: TimeAllowance| {
        let words = match one {
            TimeAllowance::Standard => "The usual time",
            TimeAllowance::QuarterMore => "A quarter more",
            TimeAllowance::HalfMore => "Half as much again",
            TimeAllowance::Double => "Twice the time",
        };
        Choice::new(one.percent().to_string(), words)
    };
    view! {
        <Card title="Time limits">
            <Form action=SetTimeAllowance::PATH>
                <RadioGroup
                    name="percent"
                    legend="Time in assessments"
                    hint="For those who read, type or move more slowly than most. Nobody has to be asked."
                    choices=TimeAllowance::ALL.map(choice).to_vec()
                    selected=allowance.percent().to_string()
                />
                <div class="form-actions">
                    <Button>"Save time limits"</Button>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
fn Shortcuts(on: bool) -> AnyView {
    view! {
        <Card title="Keyboard shortcuts">
            <Form action=SetShortcuts::PATH>
                <Switch
                    name="on"
                    label="Single-key shortcuts in a quiz"
                    hint="Keys such as 1 to 6, M and E act at once. Turn this off if you use speech input or press keys by accident."
                    on=on
                />
                <div class="form-actions">
                    <Button>"Save shortcuts"</Button>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}
