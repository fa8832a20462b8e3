//! A message that stands in the page: an icon, a word and a border say its kind, never colour alone.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    #[default]
    Info,
    Success,
    Warning,
    Danger,
}

impl NoticeKind {
    const fn parts(self) -> (&'static str, &'static str, IconName) {
        match self {
            Self::Info => ("notice notice-info", "Note", IconName::Info),
            Self::Success => ("notice notice-success", "Done", IconName::Check),
            Self::Warning => ("notice notice-warning", "Warning", IconName::Warning),
            Self::Danger => ("notice notice-danger", "Error", IconName::Danger),
        }
    }
}

#[component]
pub fn Notice(
    #[prop(optional)] kind: NoticeKind,
    /// The word beside the icon, where the usual one of the kind does not fit.
    #[prop(optional)]
    word: Option<&'static str>,
    /// Read out when it appears: `status` politely, `alert` at once.
    #[prop(optional)]
    role: Option<&'static str>,
    children: Children,
) -> AnyView {
    let (class, usual_word, icon) = kind.parts();
    view! {
        <div class=class role=role>
            <Icon name=icon/>
            <div class="notice-body">
                <strong class="notice-word">{word.unwrap_or(usual_word)}</strong>
                {children()}
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn the_kind_is_said_in_a_word() {
        for (kind, word) in [
            (NoticeKind::Info, "Note"),
            (NoticeKind::Success, "Done"),
            (NoticeKind::Warning, "Warning"),
            (NoticeKind::Danger, "Error"),
        ] {
            let html = render(move || view! { <Notice kind=kind>"Text"</Notice> }.into_any());
            assert!(html.contains(&format!(">{word}</strong>")), "{html}");
            assert!(!html.contains("role="), "{html}");
        }
    }

    #[test]
    fn a_live_notice_has_its_role() {
        let html = render(|| view! { <Notice role="status" word="Right">"Text"</Notice> }.into_any());
        assert!(html.contains(r#"role="status""#) && html.contains(">Right</strong>"), "{html}");
    }
}
