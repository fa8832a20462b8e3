//! Set a new password through a one-time link.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use super::api::ResetPassword;
use super::new_password::NewPassword;
use crate::ui::{Button, Form, Page, PageWidth};

/// `/reset/SECRET`. Whether the link is still good is said when it is used, so that looking at it gives nothing away.
#[component]
pub fn ResetPasswordPage() -> AnyView {
    let secret = use_params_map().get_untracked().get("secret").unwrap_or_default();
    view! {
        <Page
            title="Set a new password"
            lead="The link works once. Afterwards you are signed out on every device and sign in with the new password."
            width=PageWidth::Narrow
        >
            <Form action=ResetPassword::PATH>
                <input type="hidden" name="secret" value=secret/>
                <NewPassword name="new" label="New password"/>
                <div class="form-actions">
                    <Button>"Set password"</Button>
                </div>
            </Form>
        </Page>
    }
    .into_any()
}
