//! What gives a page its order: cards, tabs, paths, pages of lists, things to open.

use leptos::prelude::*;

use super::Theme;
use crate::ui::{Breadcrumbs, Card, Dialog, Disclosure, Pagination, Tab, Tabs};

#[component]
pub fn Structure(theme: Theme) -> AnyView {
    let tab = |label: &str, current| Tab { href: "/components".to_owned(), label: label.to_owned(), current };
    view! {
        <h3>"Card, tabs, breadcrumbs, pages"</h3>
        <Card title="What to do next">
            <p>"Practise the domain where a few questions gain most."</p>
        </Card>
        <Tabs
            label=theme.pick("Views, light", "Views, dark")
            tabs=vec![tab("Overview", true), tab("By objective", false), tab("Every question", false)]
        />
        <Breadcrumbs
            label=theme.pick("Breadcrumbs, light", "Breadcrumbs, dark")
            above=vec![("/".to_owned(), "Home".to_owned()), ("/history".to_owned(), "History".to_owned())]
            here="Result"
        />
        <Pagination label=theme.pick("Pages, light", "Pages, dark") path="/components" page=2 pages=9/>
        <h3>"Disclosure and dialog"</h3>
        <Disclosure summary="Closed">
            <p>"Hidden until opened."</p>
        </Disclosure>
        <Disclosure summary="Open" open=true>
            <p>"Shown."</p>
        </Disclosure>
        <Dialog id=theme.pick("dialog-light", "dialog-dark") title="Keyboard shortcuts" open=true>
            <p>"1 to 6 choose an option, Enter checks the answer."</p>
        </Dialog>
    }
    .into_any()
}
