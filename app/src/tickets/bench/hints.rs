//! Hints: what the next one gives away and costs is said before it is taken. Practice only.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::island::part;
use super::state::{BenchState, focus_soon};
use crate::tickets::api::{Asked, NextHint, hint_offer};
use crate::tickets::words::count;

#[component]
pub fn Hints(bench: BenchState) -> AnyView {
    if !bench.progress.with_untracked(|progress| progress.hints) {
        return ().into_any();
    }
    // Asked for, and what came.
    let offer = RwSignal::new(None::<Option<NextHint>>);
    let look = move |_| {
        spawn_local(async move {
            match hint_offer(bench.ticket).await {
                Ok(next) => {
                    offer.set(Some(next));
                    focus_soon("hint-take");
                }
                Err(error) => bench.trouble.set(Some(error)),
            }
        });
    };
    let take = move |_| {
        offer.set(None);
        bench.ask(Asked::Hint, Box::new(|_| focus_soon("hint-told")));
    };
    let told = move || {
        bench.progress.with(|progress| {
            progress
                .told
                .iter()
                .map(|(text, cost)| {
                    let cost = format!("(cost {})", count((*cost).into(), "point", "points"));
                    view! { <li>{text.clone()} " " <span class="quiet small">{cost}</span></li> }
                })
                .collect::<Vec<_>>()
        })
    };
    let asked = move || match offer.get() {
        None => view! {
            <button class="button button-secondary" type="button" on:click=look>
                "What would a hint tell, and cost?"
            </button>
        }
        .into_any(),
        Some(None) => view! { <p>"There is nothing left to hint at."</p> }.into_any(),
        Some(Some(NextHint { gives, cost })) => view! {
            <p>
                "The next hint tells " {gives} ". It costs " {count(cost.into(), "point", "points")} "."
            </p>
            <div class="row">
                <button class="button button-secondary" type="button" id="hint-take" on:click=take>
                    "Take the hint"
                </button>
                <button class="button button-quiet" type="button" on:click=move |_| offer.set(None)>
                    "Not now"
                </button>
            </div>
        }
        .into_any(),
    };
    let content = view! {
        <div id="hint-told" tabindex="-1" role="status"><ul class="note-list">{told}</ul></div>
        {asked}
    };
    part("part-hints", "Hints", false, content.into_any())
}
