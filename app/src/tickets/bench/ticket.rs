//! The request as it came in.

use leptos::prelude::*;

use super::island::part;
use super::spot::{Spot, device_name};
use super::state::BenchState;

#[component]
pub fn Request(bench: BenchState) -> AnyView {
    let (subject, brief, from, device) = bench.about.with_value(|view| {
        let person = view.people.iter().find(|person| person.id == view.requester);
        let from = person.map(|person| format!("{}, {}", person.name, person.job)).unwrap_or_default();
        let device = person.and_then(|person| person.device).map(|device| (device, device_name(view, device)));
        (view.subject.clone(), view.brief.clone(), from, device)
    });
    let device = device.map(|(id, name)| {
        view! {
            <dt>"Works at"</dt>
            <dd>
                <button class="link-button" type="button" on:click=move |_| bench.go(Spot::Device(id))>
                    {name}
                </button>
            </dd>
        }
    });
    let text: Vec<_> = brief.split("\n\n").map(|text| view! { <p>{text.to_owned()}</p> }).collect();
    let content = view! {
        <p><strong>{subject}</strong></p>
        <div class="bench-brief">{text}</div>
        <dl class="facts">
            <dt>"From"</dt>
            <dd>{from}</dd>
            {device}
        </dl>
    };
    part("part-request", "Ticket", true, content.into_any())
}
