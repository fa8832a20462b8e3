//! One option of a question: a whole row to press, and after the answer its outcome and reason.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::key_hint::KeyHint;

/// What may be told about an option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OptionState {
    /// Not answered yet: nothing.
    #[default]
    Open,
    /// Chosen and right.
    Right,
    /// Chosen and wrong.
    Wrong,
    /// Right, and not chosen.
    Missed,
    /// Wrong, and not chosen.
    Passed,
}

impl OptionState {
    /// After the answer.
    #[must_use]
    pub const fn of(key: bool, chosen: bool) -> Self {
        match (key, chosen) {
            (true, true) => Self::Right,
            (false, true) => Self::Wrong,
            (true, false) => Self::Missed,
            (false, false) => Self::Passed,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Open => "option",
            Self::Right => "option option-right",
            Self::Wrong => "option option-wrong",
            Self::Missed => "option option-missed",
            Self::Passed => "option option-passed",
        }
    }

    const fn outcome(self) -> Option<(IconName, &'static str)> {
        match self {
            Self::Open => None,
            Self::Right => Some((IconName::Check, "Right, your answer")),
            Self::Wrong => Some((IconName::Cross, "Wrong, your answer")),
            Self::Missed => Some((IconName::Check, "Right, not chosen")),
            Self::Passed => Some((IconName::Minus, "Wrong, not chosen")),
        }
    }
}

/// Goes into `<ul class="options">`. Listen for `on:change` on the row or on the list around it.
#[component]
pub fn OptionRow(
    /// `radio` where one option is asked for, else `checkbox`.
    kind: &'static str,
    #[prop(into)] name: String,
    /// From 1; also what is sent, and the key that chooses it.
    place: u8,
    /// At first. The browser may know better (it restores what was chosen), so scripts never set it afterwards.
    #[prop(optional)]
    checked: bool,
    #[prop(optional)] required: bool,
    /// Shows the key that chooses this row.
    #[prop(default = true)]
    key_hint: bool,
    #[prop(optional)] state: OptionState,
    /// Why the option is right or wrong; only after the answer.
    #[prop(optional)]
    reason: Option<AnyView>,
    /// The option's text: phrasing content only, such as `InlineProse`.
    children: Children,
) -> AnyView {
    let answered = state != OptionState::Open;
    let outcome = state.outcome().map(|(icon, words)| {
        view! {
            <span class="option-outcome">
                <Icon name=icon/>
                {words}
            </span>
        }
    });
    view! {
        <li class=state.class()>
            <label class="option-label">
                <input
                    class="option-input"
                    type=kind
                    name=name
                    value=place.to_string()
                    checked=checked
                    required=required
                    disabled=answered
                />
                <span class="option-text">{children()}</span>
                {outcome} {(key_hint && !answered).then(|| view! { <KeyHint key=place.to_string()/> })}
            </label>
            {reason.map(|reason| view! { <div class="option-reason">{reason}</div> })}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn an_open_option_is_a_native_control_inside_its_label() {
        let html = render(|| view! { <OptionRow kind="radio" name="choices" place=2 checked=true>"DHCP"</OptionRow> }.into_any());
        assert!(html.contains("<label") && html.contains(r#"type="radio""#), "{html}");
        assert!(html.contains(r#"value="2""#) && html.contains(" checked"), "{html}");
        assert!(!html.contains("disabled") && !html.contains("option-outcome"), "{html}");
    }

    #[test]
    fn every_outcome_is_said_in_words() {
        for (key, chosen, words) in [
            (true, true, "Right, your answer"),
            (false, true, "Wrong, your answer"),
            (true, false, "Right, not chosen"),
            (false, false, "Wrong, not chosen"),
        ] {
            let html = render(move || {
                let reason = view! { <p>"Because."</p> }.into_any();
                let state = OptionState::of(key, chosen);
                view! { <OptionRow kind="checkbox" name="choices" place=1 state=state reason=reason>"A"</OptionRow> }.into_any()
            });
            assert!(html.contains(words) && html.contains("Because.") && html.contains("disabled"), "{html}");
        }
    }
}
