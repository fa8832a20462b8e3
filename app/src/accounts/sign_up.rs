//! Make an account, where the site lets people.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{SignUp, SignUpPolicy};
use super::new_password::NewPassword;
use super::sign_in::viewer;
use super::words;
use crate::backend::{backend, go_to};
use crate::ui::{Button, Field, Form, Notice, Page, PageWidth};

/// `/sign-up?invitation=SECRET`; leads whoever is signed in home.
#[component]
pub fn SignUpPage() -> AnyView {
    if viewer().is_some() {
        go_to("/");
    }
    let invitation = use_query_map().get_untracked().get("invitation").filter(|secret| !secret.is_empty());
    let policy = backend().map_or(SignUpPolicy::Closed, |backend| backend.sign_up_policy());
    let content = match (policy, invitation) {
        (SignUpPolicy::Open, _) => view! { <SignUpForm/> }.into_any(),
        (SignUpPolicy::Invite, Some(invitation)) => view! { <SignUpForm invitation/> }.into_any(),
        (SignUpPolicy::Invite, None) => no_way_in(
            "You need an invitation to sign up here. Ask the person who runs this site for an invitation link, and open that link.",
        ),
        (SignUpPolicy::Closed, _) => no_way_in("Sign-up is closed here. Ask the person who runs this site for an account."),
    };
    view! {
        <Page title="Sign up" width=PageWidth::Narrow>
            {content}
            <div class="account-ways">
                <p>"You have an account? " <a href="/sign-in">"Sign in"</a></p>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn SignUpForm(#[prop(optional, into)] invitation: Option<String>) -> AnyView {
    view! {
        <Form action=SignUp::PATH>
            {invitation.map(|secret| view! { <input type="hidden" name="invitation" value=secret/> })}
            <Field name="name" label="Name" hint=words::NAME_RULE autocomplete="username" required=true/>
            <NewPassword name="password" label="Password"/>
            <div class="form-actions">
                <Button>"Sign up"</Button>
            </div>
        </Form>
    }
    .into_any()
}

fn no_way_in(words: &'static str) -> AnyView {
    view! {
        <Notice>
            <p>{words}</p>
        </Notice>
    }
    .into_any()
}
