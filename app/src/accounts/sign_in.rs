//! Sign in with a name and a password.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{SignIn, SignUpPolicy, Viewer};
use crate::backend::{backend, go_to};
use crate::routes::own_path;
use crate::ui::{Button, Field, Form, Notice, NoticeKind, Page, PageWidth};

/// `/sign-in?next=PATH&done=reset`; leads whoever is signed in on to `next`.
#[component]
pub fn SignInPage() -> AnyView {
    let query = use_query_map().get_untracked();
    let next = query.get("next");
    if viewer().is_some() {
        go_to(own_path(next.as_deref()));
    }
    let reset_done = query.get("done").as_deref() == Some("reset");
    view! {
        <Page title="Sign in" width=PageWidth::Narrow>
            {reset_done.then(|| view! {
                <Notice kind=NoticeKind::Success role="status">
                    <p>"Your new password is set. Sign in with it."</p>
                </Notice>
            })}
            <Form action=SignIn::PATH>
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                <Field name="name" label="Name" autocomplete="username" required=true/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true/>
                <div class="form-actions">
                    <Button>"Sign in"</Button>
                </div>
            </Form>
            <OtherWays/>
        </Page>
    }
    .into_any()
}

#[component]
fn OtherWays() -> AnyView {
    let open = backend().is_ok_and(|backend| backend.sign_up_policy() == SignUpPolicy::Open);
    view! {
        <div class="account-ways">
            {open.then(|| view! { <p>"New here? " <a href="/sign-up">"Sign up"</a></p> })}
            <p>"Forgotten your password? Ask the person who runs this site for a link to set a new one."</p>
        </div>
    }
    .into_any()
}

/// Whoever is signed in.
pub(super) fn viewer() -> Option<Viewer> {
    backend().ok().and_then(|backend| backend.viewer())
}
