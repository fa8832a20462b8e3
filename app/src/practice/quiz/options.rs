//! The options of an open question: whole rows are labels of native radio buttons or boxes.

use domain::content::prose::Prose;
use leptos::prelude::*;

use super::ask::CHOICES;
use crate::ui::InlineProse;

#[component]
pub fn Options(options: Vec<Prose>, choose: u8, kept: Vec<u8>, shortcuts: bool) -> AnyView {
    let kind = if choose == 1 { "radio" } else { "checkbox" };
    let rows: Vec<_> = (1_u8..)
        .zip(options)
        .map(|(place, option)| {
            view! {
                <label class="option">
                    <input
                        type=kind
                        name=CHOICES
                        value=place.to_string()
                        checked=kept.contains(&place)
                        required=choose == 1
                    />
                    <span class="option-text">
                        <InlineProse prose=option/>
                    </span>
                    {shortcuts.then(|| view! { <kbd class="key-hint" aria-hidden="true">{place.to_string()}</kbd> })}
                </label>
            }
        })
        .collect();
    rows.into_any()
}
