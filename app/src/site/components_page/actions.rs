//! Buttons, links that look like them, badges, icons and keys.

use leptos::prelude::*;

use crate::ui::{Badge, BadgeKind, Button, ButtonVariant, Icon, IconName, KeyHint, LinkButton};

const VARIANTS: [(ButtonVariant, &str); 4] = [
    (ButtonVariant::Primary, "Primary"),
    (ButtonVariant::Secondary, "Secondary"),
    (ButtonVariant::Quiet, "Quiet"),
    (ButtonVariant::Danger, "Danger"),
];

const BADGES: [(BadgeKind, &str); 5] = [
    (BadgeKind::Plain, "Open"),
    (BadgeKind::Accent, "New"),
    (BadgeKind::Success, "Right"),
    (BadgeKind::Warning, "Marked"),
    (BadgeKind::Danger, "Wrong"),
];

#[component]
pub fn Actions() -> AnyView {
    let buttons = |disabled: bool, pending: bool| {
        VARIANTS.map(|(variant, words)| {
            view! {
                <Button variant=variant kind="button" disabled=disabled pending=pending>
                    {words}
                </Button>
            }
        })
    };
    let badges = BADGES.map(|(kind, word)| view! { <Badge kind=kind>{word}</Badge> });
    let icons = IconName::ALL.map(|name| view! { <Icon name=name/> });
    view! {
        <h3>"Buttons"</h3>
        <div class="row">{buttons(false, false)}</div>
        <p class="small quiet">"Disabled, then pending"</p>
        <div class="row">{buttons(true, false)}</div>
        <div class="row">{buttons(false, true)}</div>
        <div class="row">
            <LinkButton href="/components">"A link that looks like a button"</LinkButton>
            <Button kind="button" variant=ButtonVariant::Secondary>
                <Icon name=IconName::Bookmark/>
                "With an icon and a key "
                <KeyHint key="M"/>
            </Button>
        </div>
        <h3>"Badges and icons"</h3>
        <div class="row">{badges}</div>
        <div class="row">{icons}</div>
    }
    .into_any()
}
