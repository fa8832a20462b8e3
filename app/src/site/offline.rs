//! Shown by the browser itself when the server cannot be reached. It is kept on the device, so it says nothing personal.

use leptos::prelude::*;

use crate::ui::{LinkButton, Page, PageWidth};

#[component]
pub fn OfflinePage() -> AnyView {
    view! {
        <Page
            title="Firstline cannot be reached"
            lead="Your device is offline, or the server is not running. Every answer that was shown as saved is safe."
            width=PageWidth::Narrow
        >
            <p>"Check your connection, then try again. A quiz goes on at the question where you left it."</p>
            <p>
                <LinkButton href="">"Try again"</LinkButton>
            </p>
        </Page>
    }
    .into_any()
}
