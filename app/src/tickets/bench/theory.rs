//! What the learner thinks is wrong: layer, part, cause. Asked for at the first change; may be revised.

use engine::fault::Layer;
use engine::ticket::Action;
use engine::ticket::action::Theory;
use engine::ticket::script;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::fields::{SECONDARY, line, options, sent, submit, value};
use super::island::part;
use super::state::BenchState;
use crate::tickets::words;

#[component]
pub fn TheoryForm(bench: BenchState) -> AnyView {
    let layer = RwSignal::new(Layer::Physical);
    let stated = move || {
        bench.entries.with(|entries| {
            entries.iter().rev().find_map(|entry| match &entry.action {
                Action::Theory(theory) => Some(sentence(theory)),
                _ => None,
            })
        })
    };
    let state = move |event: SubmitEvent| {
        let Some(form) = sent(&event) else { return };
        let cause = value(&form, "theory-cause");
        let component = match value(&form, "theory-component") {
            typed if typed.is_empty() => component_of(bench, &cause),
            typed => typed,
        };
        bench.act(Action::Theory(Theory { layer: layer.get_untracked(), component, cause }));
    };
    let choose = move |event: leptos::ev::Event| {
        if let Some(chosen) = script::layer(&event_target_value(&event)) {
            layer.set(chosen);
        }
    };
    let causes = move || options(causes(bench, layer.get()), "");
    let content = view! {
        <p class="small">
            {move || stated().unwrap_or_else(|| "Not stated yet. State it before you change anything.".to_owned())}
        </p>
        <form class="form" on:submit=state>
            <div class="field">
                <label class="field-label" for="theory-layer">
                    "Where it sits"
                </label>
                <select class="select" id="theory-layer" name="theory-layer" on:change=choose>
                    {options(words::layers(), "physical")}
                </select>
            </div>
            <div class="field">
                <label class="field-label" for="theory-cause">
                    "Cause"
                </label>
                <select class="select" id="theory-cause" name="theory-cause">
                    {causes}
                </select>
            </div>
            {line("theory-component", "Part that is at fault", "Such as cable, account, DHCP scope. Left empty: the part of the cause above.", "")}
            {submit("State this theory", SECONDARY, bench.pending)}
        </form>
    };
    part("part-theory", "Theory", false, content.into_any())
}

fn sentence(theory: &Theory) -> String {
    let about =
        [theory.component.as_str(), &theory.cause].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    format!("Your theory: {}. {about}", words::layer(theory.layer))
}

/// The causes of a layer; forms send their titles.
fn causes(bench: BenchState, layer: Layer) -> Vec<(String, String)> {
    let none = (String::new(), "I do not know yet".to_owned());
    bench.about.with_value(|view| {
        let of_layer = view.causes.iter().filter(|cause| cause.layer == layer);
        std::iter::once(none)
            .chain(of_layer.map(|cause| (cause.title.clone(), format!("{}: {}", cause.component, cause.title))))
            .collect()
    })
}

fn component_of(bench: BenchState, cause: &str) -> String {
    bench.about.with_value(|view| {
        view.causes.iter().find(|known| known.title == cause).map(|known| known.component.clone()).unwrap_or_default()
    })
}
