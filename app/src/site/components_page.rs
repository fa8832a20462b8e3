//! The design system on one page: every part in every state, in both themes side by side.

mod actions;
mod figures;
mod forms;
mod messages;
mod questions;
mod structure;

use leptos::prelude::*;

use self::actions::Actions;
use self::figures::Figures;
use self::forms::Forms;
use self::messages::Messages;
use self::questions::Questions;
use self::structure::Structure;
use crate::ui::Page;

/// Which colours a part is shown in, whatever the browser prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    const fn class(self) -> &'static str {
        match self {
            Self::Light => "theme theme-light",
            Self::Dark => "theme theme-dark",
        }
    }

    /// Keeps ids and labels apart on the one page that shows everything twice.
    const fn slug(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Picks the text of this theme, where both stand on one page and must differ.
    const fn pick(self, light: &'static str, dark: &'static str) -> &'static str {
        match self {
            Self::Light => light,
            Self::Dark => dark,
        }
    }
}

/// `/components`
#[component]
pub fn ComponentsPage() -> AnyView {
    view! {
        <Page
            title="Components"
            lead="Every part that pages are made of, in every state and in both themes."
        >
            <div class="themes">
                <Gallery theme=Theme::Light/>
                <Gallery theme=Theme::Dark/>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn Gallery(theme: Theme) -> AnyView {
    view! {
        <div class=theme.class()>
            <h2>{theme.pick("Light theme", "Dark theme")}</h2>
            <Actions/>
            <Forms theme=theme/>
            <Messages/>
            <Questions theme=theme/>
            <Figures/>
            <Structure theme=theme/>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn no_id_stands_on_the_page_twice() {
        let html = render(|| view! { <ComponentsPage/> }.into_any());
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert!(ids.len() > 10 && ids.len() == unique.len(), "{ids:?}");
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(!html.contains(" style="));
    }
}
