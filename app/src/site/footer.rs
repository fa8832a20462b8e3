//! The footer of every page.

use leptos::prelude::*;

#[component]
pub fn SiteFooter() -> AnyView {
    view! {
        <footer class="site-footer">
            <div class="site-footer-inner">
                <ul>
                    <li>
                        <a href="/about">"About and licences"</a>
                    </li>
                    <li>
                        <a href="/components">"Components"</a>
                    </li>
                </ul>
                <p>"Not affiliated with or endorsed by CompTIA."</p>
            </div>
        </footer>
    }
    .into_any()
}
