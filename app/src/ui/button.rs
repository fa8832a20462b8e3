//! Buttons do something; link buttons go somewhere. Both look the same.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one next thing to do; at most one in view.
    #[default]
    Primary,
    Secondary,
    /// Without a border, for what is rarely wanted.
    Quiet,
    /// Cannot be undone.
    Danger,
}

impl ButtonVariant {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// Add `attr:name`, `attr:value` or `on:click` where needed.
#[component]
pub fn Button(
    #[prop(optional)] variant: ButtonVariant,
    /// `submit`, or `button` for what only scripts act on.
    #[prop(default = "submit")]
    kind: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// The work has begun: the button keeps its size, the focus and its words, and says that it is busy.
    #[prop(optional, into)]
    pending: Signal<bool>,
    children: Children,
) -> AnyView {
    view! {
        <button
            class=variant.class()
            type=kind
            disabled=move || disabled.get()
            aria-busy=move || pending.get().then_some("true")
            aria-disabled=move || pending.get().then_some("true")
        >
            {children()}
        </button>
    }
    .into_any()
}

#[component]
pub fn LinkButton(#[prop(optional)] variant: ButtonVariant, #[prop(into)] href: String, children: Children) -> AnyView {
    view! {
        <a class=variant.class() href=href>
            {children()}
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn a_pending_button_keeps_the_focus_and_says_that_it_is_busy() {
        let html = render(|| view! { <Button pending=true>"Save"</Button> }.into_any());
        assert!(html.contains(r#"aria-busy="true""#) && html.contains(r#"aria-disabled="true""#), "{html}");
        assert!(!html.contains(" disabled"), "{html}");
        assert!(html.contains(r#"type="submit""#) && html.contains("Save"), "{html}");
    }

    #[test]
    fn a_button_at_rest_carries_no_state() {
        let html = render(|| view! { <Button variant=ButtonVariant::Danger kind="button">"End"</Button> }.into_any());
        assert!(!html.contains("aria-") && !html.contains("disabled"), "{html}");
        assert!(html.contains("button-danger"), "{html}");
    }
}
