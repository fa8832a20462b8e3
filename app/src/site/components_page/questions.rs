//! A question: waiting for its answer, and with its verdict.

use leptos::prelude::*;

use super::Theme;
use crate::ui::{Button, Icon, IconName, KeyHint, OptionRow, OptionState};

const OPTIONS: [&str; 4] = [
    "The DHCP server cannot be reached.",
    "The DNS server has no record for the name.",
    "The default gateway is on another subnet, which is a sentence long enough to need two lines on a phone.",
    "A firewall blocks port 443.",
];

const TOLD: [(OptionState, &str, &str); 4] = [
    (OptionState::Right, "The DHCP server cannot be reached.", "Without an offer the computer takes a 169.254 address."),
    (OptionState::Wrong, "The DNS server has no record for the name.", "Without a lease there is no DNS server to ask."),
    (OptionState::Missed, "The cable is not plugged in.", "No link, no offer: the same sign on the screen."),
    (OptionState::Passed, "A firewall blocks port 443.", "The address shows that the fault lies before any port."),
];

#[component]
pub fn Questions(theme: Theme) -> AnyView {
    let open = |kind: &'static str, name: &'static str, key_hint: bool| {
        (1_u8..)
            .zip(OPTIONS)
            .map(|(place, words)| {
                view! {
                    <OptionRow kind=kind name=name place=place checked=place == 2 key_hint=key_hint>
                        {words}
                    </OptionRow>
                }
            })
            .collect::<Vec<_>>()
    };
    let told: Vec<_> = (1_u8..)
        .zip(TOLD)
        .map(|(place, (state, words, reason))| {
            let chosen = matches!(state, OptionState::Right | OptionState::Wrong);
            let name = theme.pick("told-light", "told-dark");
            view! {
                <OptionRow
                    kind="checkbox"
                    name=name
                    place=place
                    checked=chosen
                    state=state
                    reason=view! { <p>{reason}</p> }.into_any()
                >
                    {words}
                </OptionRow>
            }
        })
        .collect();
    view! {
        <h3>"Question"</h3>
        <div class="stem">
            <p>"A computer has the address " <code>"169.254.17.3"</code> ". What is the most likely cause?"</p>
        </div>
        <ul class="options">{open("radio", theme.pick("one-light", "one-dark"), true)}</ul>
        <ul class="options">{open("checkbox", theme.pick("several-light", "several-dark"), false)}</ul>
        <div class="action-bar">
            <Button kind="button">"Check answer " <KeyHint key="Enter"/></Button>
        </div>
        <h3>"Question with its verdict"</h3>
        <p class="verdict verdict-right">
            <Icon name=IconName::Check/>
            "Right."
        </p>
        <p class="verdict verdict-wrong">
            <Icon name=IconName::Cross/>
            "Not right."
        </p>
        <ul class="options">{told}</ul>
    }
    .into_any()
}
