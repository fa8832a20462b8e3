//! What this is, under which licences, and what it deliberately does not do.

use leptos::prelude::*;

use crate::ui::{Card, Page, PageWidth};

#[component]
pub fn AboutPage() -> AnyView {
    view! {
        <Page
            title="About and licences"
            lead="Firstline is a practice ground for IT support that you run yourself."
            width=PageWidth::Reading
        >
            <Card title="What it does">
                <p>
                    "You choose an exam, answer questions one at a time, and read why each option is right or wrong. Your answers are
                    stored before the page says so, and the home page shows where you stand in each domain."
                </p>
            </Card>
            <Card title="What it does not do">
                <ul>
                    <li>"It loads nothing from other hosts and sends nothing to them."</li>
                    <li>"It sets one cookie, to keep you signed in. It has no trackers and no advertisements."</li>
                    <li>"It sends no e-mail. The person who runs this site can give you a link to set a new password."</li>
                    <li>"Its questions are its own. None is taken from a real exam."</li>
                    <li>"A mark here is practice. It does not predict the result of an exam."</li>
                </ul>
            </Card>
            <Card title="Licences">
                <dl class="facts">
                    <dt>"Program"</dt>
                    <dd>"MIT or Apache License 2.0, as you choose"</dd>
                    <dt>"Questions and explanations"</dt>
                    <dd>"Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)"</dd>
                </dl>
            </Card>
            <Card title="Trade marks">
                <p>
                    "CompTIA, A+ and Network+ are trade marks of CompTIA, Inc. Firstline is not affiliated with or endorsed by CompTIA.
                    The objectives are named to say what a question is about."
                </p>
            </Card>
        </Page>
    }
    .into_any()
}
