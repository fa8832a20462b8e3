//! The parts of a question with their verdict: what was answered, what is right, why.

use leptos::prelude::*;

use domain::content::prose::Prose;

use super::picture::PlaceNumber;
use crate::practice::api::{
    RevealedExtra, RevealedOption, RevealedPair, RevealedSimulation, RevealedStep, RevealedTyped, Task, Told,
};
use crate::ui::{Icon, IconName, InlineProse, OptionRow, OptionState, ProseView};

#[component]
pub fn Parts(task: Task, has_places: bool, told: Told) -> AnyView {
    match (task, told) {
        (Task::Choice { options, choose }, Told::Choice { chosen, options: told }) => {
            view! { <Options options choose has_places chosen told/> }.into_any()
        }
        (_, Told::Ordering(steps)) => view! { <Steps steps/> }.into_any(),
        (_, Told::Matching { pairs, extras }) => view! { <Pairs pairs extras has_places/> }.into_any(),
        (_, Told::Typed(typed)) => view! { <Typed typed/> }.into_any(),
        (_, Told::Simulation(simulation)) => view! { <Simulation simulation/> }.into_any(),
        // The server makes both from one item.
        (_, Told::Choice { .. }) => ().into_any(),
    }
}

#[component]
fn Options(options: Vec<Prose>, choose: u8, has_places: bool, chosen: Vec<u8>, told: Vec<RevealedOption>) -> AnyView {
    let kind = if choose == 1 { "radio" } else { "checkbox" };
    let rows: Vec<_> = (1_u8..)
        .zip(options)
        .zip(told)
        .map(|((place, text), told)| {
            let chosen = chosen.contains(&place);
            view! {
                <OptionRow
                    kind
                    name="told"
                    place
                    checked=chosen
                    state=OptionState::of(told.key, chosen)
                    reason=view! { <ProseView prose=told.reason/> }.into_any()
                >
                    {has_places.then(|| view! { <PlaceNumber place/> })}
                    <InlineProse prose=text/>
                </OptionRow>
            }
        })
        .collect();
    view! { <ul class="options">{rows}</ul> }.into_any()
}

#[component]
fn Steps(steps: Vec<RevealedStep>) -> AnyView {
    let rows: Vec<_> = (1_u8..)
        .zip(steps)
        .map(|(position, step)| {
            let (outcome, words) = match step.given {
                None => (Outcome::Open, format!("Position {position}")),
                Some(given) if given == position => (Outcome::Right, format!("Right, at position {position}")),
                Some(given) => (Outcome::Wrong, format!("Wrong: you put it at {given}, it belongs at {position}")),
            };
            view! {
                <Part outcome words reason=step.reason>
                    <InlineProse prose=step.text/>
                </Part>
            }
        })
        .collect();
    view! { <ol class="parts">{rows}</ol> }.into_any()
}

#[component]
fn Pairs(pairs: Vec<RevealedPair>, extras: Vec<RevealedExtra>, has_places: bool) -> AnyView {
    let (a_match, left_over) =
        if has_places { ("label", "Belongs to none of the places") } else { ("match", "Fits none of the terms") };
    let pairs = pairs.into_iter().zip(1_u8..).map(|(pair, place)| {
        let given = pair.given.map(|given| given.plain_text());
        let (outcome, words) = match given {
            None => (Outcome::Open, format!("The right {a_match}")),
            Some(_) if pair.right => (Outcome::Right, format!("Right, your {a_match}")),
            Some(given) => (Outcome::Wrong, format!("Wrong: your {a_match} was {given}")),
        };
        view! {
            <Part outcome words place=has_places.then_some(place) reason=pair.reason>
                <span class="part-pair">
                    <InlineProse prose=pair.term/>
                    ": "
                    <InlineProse prose=pair.fits/>
                </span>
            </Part>
        }
        .into_any()
    });
    let extras = extras.into_iter().map(|extra| {
        view! {
            <Part outcome=Outcome::Open words=left_over.to_owned() reason=extra.reason>
                <InlineProse prose=extra.text/>
            </Part>
        }
        .into_any()
    });
    let rows: Vec<_> = pairs.chain(extras).collect();
    view! { <ul class="parts">{rows}</ul> }.into_any()
}

/// The right answer; why one's own is wrong, if that was foreseen; other mistakes.
#[component]
fn Typed(typed: RevealedTyped) -> AnyView {
    let mut accepted = typed.accepted.into_iter();
    let first = accepted.next().unwrap_or_default();
    let others: Vec<_> =
        accepted.flat_map(|text| [view! { " or " }.into_any(), view! { <code>{text}</code> }.into_any()]).collect();
    let given = typed.given.filter(|_| !typed.right).map(|given| {
        let reason = typed.made.unwrap_or_default();
        view! {
            <Part outcome=Outcome::Wrong words="Wrong, your answer".to_owned() reason>
                <code>{given}</code>
            </Part>
        }
    });
    let (outcome, words) = if typed.right { (Outcome::Right, "Right, your answer") } else { (Outcome::Open, "The right answer") };
    let mistakes: Vec<_> = typed
        .mistakes
        .into_iter()
        .map(|(text, reason)| {
            view! {
                <Part outcome=Outcome::Open words="A common mistake".to_owned() reason>
                    <code>{text}</code>
                </Part>
            }
        })
        .collect();
    view! {
        <ul class="parts">
            {given}
            <Part outcome words=words.to_owned() reason=typed.reason>
                <code>{first}</code>
                {others}
            </Part>
            {mistakes}
        </ul>
    }
    .into_any()
}

/// The three points, the debrief, and what was behind it.
#[component]
fn Simulation(simulation: RevealedSimulation) -> AnyView {
    let RevealedSimulation { ended, reason } = simulation;
    let Some(ended) = ended else {
        return view! {
            <p>"This simulation could not be played again, so it was not graded."</p>
            <ProseView prose=reason/>
        }
        .into_any();
    };
    let point = |reached: bool, yes: &'static str, no: &'static str| {
        let (outcome, words) = if reached { (Outcome::Right, "One point") } else { (Outcome::Wrong, "No point") };
        view! {
            <Part outcome words=words.to_owned() reason=Prose::default()>
                {if reached { yes } else { no }}
            </Part>
        }
        .into_any()
    };
    let whole = ended.damage.is_empty();
    let reached = ended.restored || ended.fixed;
    let damage: Vec<_> = ended.damage.into_iter().map(|damage| view! { <li>{damage}</li> }).collect();
    view! {
        <ul class="parts">
            {point(ended.restored, "What was asked for works.", "What was asked for does not work.")}
            {point(ended.fixed, "The cause is gone.", "The cause is still there.")}
            {point(
                whole && reached,
                "Nothing else was damaged.",
                if whole { "Nothing else was damaged, which counts only with one of the others." } else { "Something else was damaged." },
            )}
        </ul>
        {(!whole).then(|| view! { <ul>{damage}</ul> })}
        <ProseView prose=reason/>
        <p>
            <a href=format!("/tickets/{}/debrief", ended.ticket)>"Debrief: every step again, and what it showed"</a>
        </p>
    }
    .into_any()
}

#[derive(Clone, Copy)]
enum Outcome {
    Right,
    Wrong,
    /// Nothing that the learner answered.
    Open,
}

/// Icon, words and edge say the outcome.
#[component]
fn Part(
    outcome: Outcome,
    words: String,
    /// Its number on the picture.
    #[prop(optional_no_strip)]
    place: Option<u8>,
    reason: Prose,
    children: Children,
) -> AnyView {
    let (class, icon) = match outcome {
        Outcome::Right => ("part part-right", IconName::Check),
        Outcome::Wrong => ("part part-wrong", IconName::Cross),
        Outcome::Open => ("part part-open", IconName::Minus),
    };
    let reason = (!reason.0.is_empty()).then(|| {
        view! {
            <div class="part-reason">
                <ProseView prose=reason/>
            </div>
        }
    });
    view! {
        <li class=class>
            <span class="part-outcome">
                {place.map(|place| view! { <PlaceNumber place/> })}
                <Icon name=icon/>
                {words}
            </span>
            <span class="part-text">{children()}</span>
            {reason}
        </li>
    }
    .into_any()
}
